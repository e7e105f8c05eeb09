"""From a path to its text: what cannot be read as a file, what is no text, and where lines begin."""

import os
import re
import stat
import sys
from array import array
from bisect import bisect_right
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rlhf_linkcheck.model import Defect, DefectKind, Position

STDIN = "-"
MAX_BYTES = 64 * 1024 * 1024

_BREAK = re.compile(r"\r\n|\r|\n")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD = 1024
_WIDE_BOMS = (BOM_UTF16_LE, BOM_UTF16_BE)


class InputError(Exception):
    """An input that cannot be read as a file at all; ``message`` says what to do about it."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


class _Advice(NamedTuple):
    """What to do about a name that is a directory's, or a pipe's or a device's."""

    of_directory: str
    of_pipe: str


_LIST = _Advice("name the entries file or Markdown list in it", "pipe its text in with «-» instead")
_FILE = _Advice("name a file in it", "save its text into a file, and name that")


class Lines:
    """Where the lines of a text begin: LF, CRLF and CR end them, and nothing else does.

    Offsets count code points from 0, lines and columns from 1.
    Source: https://yaml.org/spec/1.2.2/#54-line-break-characters
    """

    __slots__ = ("_starts",)

    def __init__(self, text: str) -> None:
        self._starts: Sequence[int] = array("I", [0, *(found.end() for found in _BREAK.finditer(text))])

    def locate(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def position(self, start: int, end: int) -> Position:
        """The stretch between two offsets, the second exclusive."""
        line, column = self.locate(start)
        # Most stretches end on the line they begin on: no second search for those.
        if line == len(self._starts) or end < self._starts[line]:
            return Position(line, column, line, column + end - start)
        return Position(line, column, *self.locate(end))


@dataclass(frozen=True, slots=True)
class Source:
    """A file as text. Where ``defect`` is set, ``text`` is what stands before it.

    ``bom`` tells whether a byte order mark was taken off; it counts as no column.
    """

    path: str
    text: str
    bom: bool = False
    defect: Defect | None = None


def read(path: str) -> Source:
    """Read a file, or standard input for ``-``.

    Raises InputError for what is missing, forbidden, or no file.
    """
    return decode(path, _stdin_bytes()) if path == STDIN else decode(path, file_bytes(path, _LIST))


def read_file(path: str) -> Source:
    """Read a file, whatever its name. Raises InputError as ``read`` does."""
    return decode(path, file_bytes(path))


def decode(path: str, data: bytes) -> Source:
    """The text of these bytes; what is no UTF-8 text is a SYNTAX defect at the exact place."""
    if len(data) > MAX_BYTES:
        return _broken(path, "", "the file is larger than 64 MiB, more than this tool reads: split it")
    bom = data.startswith(BOM_UTF8)
    body = data.removeprefix(BOM_UTF8)
    if _looks_wide(body):
        return _broken(path, "", "the file looks like UTF-16: save it as UTF-8")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        if _BINARY.search(body[:_HEAD]):
            return _broken(path, "", "the file looks binary, not like text")
        return _broken(path, body[: error.start].decode("utf-8"), _what_byte(body, error), bom=bom)
    before, nul, _ = text.partition("\0")
    if nul:
        return _broken(path, before, "there is a NUL byte here: the file looks binary, not like text", bom=bom)
    return Source(path, text, bom)


def _stdin_bytes() -> bytes:
    # Python sets no standard input where the process was started with it closed.
    if sys.stdin is None:
        raise InputError(STDIN, "there is no standard input: name a file, or pipe one in")
    return sys.stdin.buffer.read(MAX_BYTES + 1)


def file_bytes(path: str, advice: _Advice = _FILE) -> bytes:
    """What is in a file, whatever its name, to one byte more than is read. Raises InputError as ``read`` does."""
    try:
        # Asked before opening: opening a named pipe would wait for somebody to write.
        mode = os.stat(path).st_mode  # noqa: PTH116 - a path is kept exactly as it was given
        if stat.S_ISDIR(mode):
            raise InputError(path, f"is a directory: {advice.of_directory}")
        if not stat.S_ISREG(mode):
            raise InputError(path, f"is not a regular file: {advice.of_pipe}")
        with open(path, "rb") as file:  # noqa: PTH123 - as above
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError(path, "there is no such file: check the name and the directory") from None
    except PermissionError:
        raise InputError(path, "may not be read (permission denied): check its access rights") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(path, f"cannot be read ({reason}): check the name") from None


def _looks_wide(data: bytes) -> bool:
    """Whether this is UTF-16: its mark, or (in Latin letters) a NUL as every other byte."""
    if data.startswith(_WIDE_BOMS):
        return True
    head = data[:_HEAD]
    few, many = sorted(half.count(0) for half in (head[0::2], head[1::2]))
    return few == 0 and many * 4 > len(head) > 1


def _what_byte(data: bytes, error: UnicodeDecodeError) -> str:
    # Where all before it is ASCII, a Latin-1 file that ends in an accented letter is as likely.
    if error.reason == "unexpected end of data" and not data[: error.start].isascii():
        return "the file ends in the middle of a UTF-8 character: it was cut off; restore it, or save it again as UTF-8"
    meant = data[error.start : error.start + 1].decode("cp1252", "ignore")
    guess = f": the file looks like Windows-1252 or Latin-1, where it is «{meant}»" if meant else ""
    return f"byte 0x{data[error.start]:02X} is not UTF-8{guess}; save the file as UTF-8"


def _broken(path: str, before: str, message: str, *, bom: bool = False) -> Source:
    line, column = Lines(before).locate(len(before))
    return Source(path, before, bom, Defect(DefectKind.SYNTAX, message, Position(line, column, line, column + 1)))
