"""Standard output and standard error, whatever they are like: closed, full, or of an encoding that lacks signs."""

import io
import os
import sys
from pathlib import Path
from typing import TextIO

_WIDTHS = ("COLUMNS", "TERMINAL_WIDTH")
_NARROWEST, _MOST_DIGITS = 10, 4


def prepare_streams() -> None:
    """Make output possible; a width in the environment that no terminal has would leave help without words."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open to the end
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    for variable in _WIDTHS:
        if not _is_width(os.environ.get(variable, "")):
            os.environ.pop(variable, None)


def tell(line: str) -> None:
    """Say a line on standard error; where that is full or nobody listens, the run is the same without it."""
    try:
        print(line, file=sys.stderr, flush=True)  # noqa: T201 - this is the command line
    except OSError:
        print_no_more(sys.stderr)


def print_no_more(stream: TextIO) -> None:
    """Python would complain once more while flushing at exit, and change the exit code."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _is_width(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and int(text) >= _NARROWEST
