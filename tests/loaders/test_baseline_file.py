"""The baseline's file: what is written is read back, and what is no baseline is one clear line."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from strategies import ADDRESSES, HOSTILE, TEXTS

from rlhf_linkcheck.baseline import NEVER_ACCEPTED
from rlhf_linkcheck.config import Accepted, Baseline
from rlhf_linkcheck.finding import Fingerprint
from rlhf_linkcheck.fingerprint import LONGEST_TITLE, folded_title
from rlhf_linkcheck.loaders.baseline import SCHEMA_VERSION, _schema, load_baseline, read_baseline, written
from rlhf_linkcheck.loaders.source import InputError

CODES = st.sampled_from(("LNK101", "PAP101", "ENT103", "XYZ999"))


def accepted(title: str, parts: tuple[str, ...], says: str, count: int) -> Accepted:
    file, link, entry, code, field, url, listed = parts
    return Accepted(Fingerprint(file, folded_title(title), link, entry, code, field, url, listed), title, says, count)


PARTS = st.tuples(TEXTS, ADDRESSES, TEXTS, CODES, TEXTS, ADDRESSES, TEXTS)
ACCEPTED = st.builds(
    accepted, TEXTS.map(lambda text: text[:LONGEST_TITLE]), PARTS, TEXTS, st.sampled_from((1, 2, 1_000_000))
)
ONE = Accepted(
    Fingerprint("entries.yaml", "titleofa", "arxiv:2203.02155", code="LNK101", field="url", url="https://a.org/"),
    "Title of A",
    "not there",
    2,
)


def text_of(baseline: Baseline) -> str:
    return "".join(written(baseline))


@settings(max_examples=30)
@given(st.lists(ACCEPTED, max_size=2))
def test_what_is_written_is_read_back_and_is_what_the_schema_describes(several: list[Accepted]) -> None:
    text = text_of(Baseline("b.json", tuple(several)))
    ordered = tuple(sorted(several, key=lambda one: one.about))
    assert read_baseline("b.json", text.encode()) == Baseline("b.json", ordered)
    Draft202012Validator(_schema()).validate(json.loads(text))
    assert all(line.isprintable() for line in text.split("\n"))


def test_the_file_is_sorted_and_has_a_line_for_each_thing_that_is_said() -> None:
    other = Accepted(Fingerprint("README.md", code="LNK101", url="https://b.org/"))
    assert (
        text_of(Baseline("b.json", (ONE, other)))
        == """\
{
  "schema_version": 1,
  "accepted": [
    {
      "file": "README.md",
      "code": "LNK101",
      "url": "https://b.org/"
    },
    {
      "file": "entries.yaml",
      "title": "Title of A",
      "link": "arxiv:2203.02155",
      "code": "LNK101",
      "field": "url",
      "url": "https://a.org/",
      "count": 2,
      "says": "not there"
    }
  ]
}
"""
    )
    assert text_of(Baseline("b.json")) == '{\n  "schema_version": 1,\n  "accepted": []\n}\n'


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_a_reviewer_would_not_see_is_spelt_out(hostile: str) -> None:
    text = text_of(Baseline("b", (Accepted(Fingerprint("f", folded_title(hostile), code="LNK101"), hostile, hostile),)))
    assert text.isascii()
    assert all(line.isprintable() for line in text.splitlines())


def test_a_reviewer_decides_by_what_is_read_so_the_title_counts_as_it_is_printed() -> None:
    text = text_of(Baseline("b", (ONE,))).replace("Title of A", "TITLE of «b»")
    assert read_baseline("b", text.encode()).accepted[0].about.title == "titleofb"


def spoilt(**changes: Any) -> str:
    document = json.loads(text_of(Baseline("b", (ONE,))))
    document["accepted"][0] |= changes
    return json.dumps(document)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "is not JSON (line 1, column 1: Expecting value)"),
        ("<<<<<<< HEAD\n{}", "is not JSON (line 1, column 1: Expecting value)"),
        ("NaN", "is not JSON (a number that is none, or far too long)"),
        ("1" * 5_000, "is not JSON (a number that is none, or far too long)"),
        ("[" * 100_000, "is nested too deeply to be a baseline"),
        (spoilt().replace('"count"', '"code": "PAP101", "count"'), "has the key 'code' twice in one object"),
        ('{"accepted": [], "schema_version": 1, "accepted": []}', "has the key 'accepted' twice in one object"),
        (f'{{"{"k" * 900}": 1, "{"k" * 900}": 2}}', "has the key 'kkk"),
        ("[]", "the file: should be of type object, not []"),
        ("{}", "the file: the key «schema_version» is missing"),
        ('{"schema_version": true, "accepted": []}', "schema_version: should be of type integer, not True"),
        ('{"schema_version": 0, "accepted": []}', "schema_version: 0 does not satisfy minimum: 1"),
        ('{"schema_version": 1, "accepted": {}}', "accepted: should be of type array, not {}"),
        ('{"schema_version": 1, "accepted": [7]}', "accepted[0]: should be of type object, not 7"),
        ('{"schema_version": 1, "accepted": [{}]}', "accepted[0]: the key «code» is missing"),
        (spoilt(urls="x"), "accepted[0].urls: there is no such key; there are file, title, link"),
        (spoilt(count=0), "accepted[0].count: 0 does not satisfy minimum: 1"),
        (spoilt(count=10**9), "accepted[0].count: 1000000000 does not satisfy maximum: 1000000"),
        (spoilt(code="dead-link"), "accepted[0].code: 'dead-link' is not what belongs there: a rule's code"),
        (spoilt(code="LNK101\n"), "accepted[0].code: 'LNK101\\n' is not what belongs there"),
        (spoilt(title=None), "accepted[0].title: should be of type string, not None"),
        (spoilt(title=["x" * 900] * 900), "accepted[0].title: should be of type string, not ['xxx"),
        (spoilt(**{"\x1b[2J" * 2_000: 1}), "accepted[0]"),
    ],
)
def test_what_is_no_baseline_is_one_line_that_says_where_and_what_to_do(text: str, complaint: str) -> None:
    with pytest.raises(InputError) as error:
        read_baseline("b.json", text.encode())
    said = str(error.value)
    assert said.startswith(f"b.json: {complaint}")
    assert said.endswith("; mend it, or write it anew with --write-baseline")
    assert len(said) < 400
    assert "\n" not in said


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"\xff\xfe{\x00", "the file looks like UTF-16: save it as UTF-8"),
        (b'{"schema_version": 1, "accepted": [\xe9]}', "byte 0xE9 is not UTF-8"),
        (b'{"schema_version": 2}', "is written for version 2 of baselines; this tool reads version 1: update it"),
    ],
)
def test_what_another_program_wrote_is_said(data: bytes, complaint: str) -> None:
    with pytest.raises(InputError, match=r"^b\.json: ") as error:
        read_baseline("b.json", data)
    assert complaint in str(error.value)


@pytest.mark.parametrize("code", sorted(NEVER_ACCEPTED))
def test_what_no_baseline_accepts_cannot_be_written_by_hand(code: str) -> None:
    with pytest.raises(InputError, match="not ENT100, LNK104 or LNK105, which no baseline accepts"):
        read_baseline("b.json", spoilt(code=code).encode())


@settings(max_examples=20)
@given(st.binary(max_size=60) | st.recursive(st.none() | st.integers() | TEXTS, st.lists).map(repr).map(str.encode))
def test_whatever_stands_in_the_file_it_is_a_baseline_or_a_complaint(data: bytes) -> None:
    with pytest.raises(InputError):
        read_baseline("b.json", data)


def test_a_byte_order_mark_and_other_whole_numbers_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_text("\ufeff" + spoilt(count=2.0), encoding="utf-8")
    assert load_baseline(path) == Baseline(str(path), (ONE,))
    assert SCHEMA_VERSION == 1


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        load_baseline(tmp_path / "absent.json")
