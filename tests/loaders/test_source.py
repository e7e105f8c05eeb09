"""From a path to text: what is no file, what is no text, and where lines begin."""

import io
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.loaders.source import MAX_BYTES, InputError, Lines, decode, read
from rlhf_linkcheck.model import DefectKind, Position


def test_a_file_is_read_as_utf8(tmp_path: Path) -> None:
    path = tmp_path / "entries.yaml"
    path.write_bytes("- title: Kianté\r\n".encode())
    source = read(str(path))
    assert (source.path, source.text, source.bom, source.defect) == (str(path), "- title: Kianté\r\n", False, None)


def test_standard_input_is_read_for_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"- id: a\n")))
    assert read("-").text == "- id: a\n"


def test_a_closed_standard_input_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match="no standard input"):
        read("-")


def test_a_byte_order_mark_is_taken_off_and_shifts_no_column() -> None:
    source = decode("a.yaml", b"\xef\xbb\xbf- \xe9")
    assert source.bom
    assert source.text == "- "
    assert source.defect is not None
    assert source.defect.position == Position(1, 3, 1, 4)


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    path = str(tmp_path / "entires.yaml")
    with pytest.raises(InputError) as caught:
        read(path)
    assert caught.value.path == path
    assert str(caught.value) == f"{path}: there is no such file: check the name and the directory"


@pytest.mark.parametrize("path", ["a\0b.yaml", "x" * 5000 + ".yaml"])
def test_a_name_that_no_file_can_have_is_an_input_error(path: str) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read(path)


def test_a_directory_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a directory"):
        read(str(tmp_path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "pipe.yaml"
    os.mkfifo(path)
    with pytest.raises(InputError, match="not a regular file"):
        read(str(path))


def test_a_forbidden_file_is_an_input_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "entries.yaml"
    path.touch(mode=0o000)
    if os.access(path, os.R_OK):  # root may read anything, so the refusal itself is acted
        monkeypatch.setattr("builtins.open", _refuse)
    with pytest.raises(InputError, match="permission denied"):
        read(str(path))


def _refuse(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_a_file_over_64_mib_is_a_syntax_defect_and_read_no_further(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 100)
    source = read(str(path))
    assert source.text == ""
    assert source.defect is not None
    assert source.defect.kind is DefectKind.SYNTAX
    assert "larger than 64 MiB" in source.defect.message


@pytest.mark.parametrize(
    ("data", "before", "words", "place"),
    [
        pytest.param(
            "- id: a\n  title: Kianté".encode("latin-1"),
            "- id: a\n  title: Kiant",
            "byte 0xE9 is not UTF-8: the file looks like Windows-1252 or Latin-1, where it is «é»",
            (2, 15),
            id="latin-1",
        ),
        pytest.param("é\r\n\xe9".encode() + b"\xe9 ", "é\r\né", "byte 0xE9", (2, 2), id="columns count code points"),
        pytest.param(b"a\rb\x81", "a\rb", "byte 0x81 is not UTF-8; save", (2, 2), id="undefined in windows-1252"),
        pytest.param("- éü".encode()[:-1], "- é", "cut off", (1, 4), id="cut in a character"),
        pytest.param("- id: a\n".encode("utf-16"), "", "looks like UTF-16", (1, 1), id="utf-16 with its mark"),
        pytest.param("- id: a\n".encode("utf-16-be"), "", "looks like UTF-16", (1, 1), id="utf-16 big-endian"),
        pytest.param("- id: a\n".encode("utf-16-le"), "", "looks like UTF-16", (1, 1), id="utf-16 little-endian"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "", "looks binary", (1, 1), id="picture"),
        pytest.param(b"\x7fELF\x02\x01\x01\0\xff", "", "looks binary", (1, 1), id="program"),
        pytest.param(b"\0", "", "NUL byte", (1, 1), id="nul alone"),
        pytest.param(b"- id: a\n- \0id", "- id: a\n- ", "NUL byte", (2, 3), id="nul"),
    ],
)
def test_bytes_that_are_no_text_are_a_defect_at_their_place(
    data: bytes, before: str, words: str, place: tuple[int, int]
) -> None:
    source = decode("a.yaml", data)
    assert source.text == before
    assert source.defect is not None
    assert source.defect.kind is DefectKind.SYNTAX
    assert words in source.defect.message
    assert (source.defect.position.line, source.defect.position.column) == place


@given(st.binary())
def test_any_bytes_are_either_text_or_a_defect(data: bytes) -> None:
    source = decode("a.yaml", data)
    if source.defect is None:
        assert source.text.encode() == data.removeprefix(b"\xef\xbb\xbf")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lf_crlf_and_cr_end_lines(end: str) -> None:
    text = f"ab{end}{end}c"
    lines = Lines(text)
    assert lines.locate(1) == (1, 2)
    assert lines.locate(len(text) - 1) == (3, 1)
    assert lines.position(1, len(text)) == Position(1, 2, 3, 2)
    assert lines.position(0, 2) == Position(1, 1, 1, 3)


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\x1c"])
def test_nothing_else_ends_a_line(character: str) -> None:
    assert Lines(f"a{character}b").locate(2) == (1, 3)


@given(st.text(alphabet="a\r\n\x85\u2028é"), st.data())
def test_a_place_is_where_splitting_at_line_ends_finds_it(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    before = (
        text[:offset].replace("\r\n", "\n").replace("\r", "\n") if text[offset - 1 : offset + 1] != "\r\n" else None
    )
    if before is not None:
        assert Lines(text).locate(offset) == (before.count("\n") + 1, len(before) - before.rfind("\n"))
