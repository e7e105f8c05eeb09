"""Where reports go: one to standard output, and any number into files."""

import io
import os
import shutil
import signal
import socket
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import typer

from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.cli.streams import print_no_more, tell
from rlhf_linkcheck.cli.terminal import has_hyperlinks
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters import REPORTERS, Style
from rlhf_linkcheck.reporters.story import INTERRUPTED
from rlhf_linkcheck.reporters.typesetting import harmless

_NARROWEST = 60


@dataclass(frozen=True, slots=True)
class Output:
    """What is to be written where; made and checked before the run, so that no run is in vain."""

    format: str
    files: tuple[tuple[str, Path], ...]
    style: Style

    @classmethod
    def prepare(cls, format_name: str, files: Sequence[str], color: str, *, quiet: bool, verbose: bool) -> "Output":
        """Read the options. Raises UsageError for a file that could not be written later."""
        terminal = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
        coloured = color == "always" or (color == "auto" and terminal and not os.environ.get("NO_COLOR"))
        style = Style(
            width=max(shutil.get_terminal_size().columns, _NARROWEST) if terminal else None,
            color=coloured,
            hyperlinks=coloured and (terminal or "FORCE_HYPERLINK" in os.environ) and has_hyperlinks(os.environ),
            folder=_folder(),
            host=socket.gethostname(),
            quiet=quiet,
            verbose=verbose,
        )
        reports = tuple(_report_file(text) for text in files)
        _demand_each_its_own([path for _, path in reports])
        return cls(format_name, reports, style)

    def spare(self, inputs: Sequence[str], state: Path | None, what: str = "the list itself") -> None:
        """Refuse to write over what is to be read, which ``what`` names, or remembered. Raises UsageError."""
        for _, path in self.files:
            spare("--report", path, inputs, state, "write the report elsewhere", what)

    def say(self, note: str) -> None:
        """A word about the run, to standard error."""
        tell(f"rlhf-linkcheck: {harmless(note)}")

    def write(self, report: Report) -> None:
        """Write the files, and print even where one of them fails; raises UsageError for it at the end.

        Quiet text has no notes, so what is trouble goes to standard error: a memory that is lost is not to be missed.
        """
        failures: list[UsageError] = []
        # The files come first: a reader of standard output may be gone before its end.
        for name, path in self.files:
            try:
                write_whole(path, REPORTERS[name].parts(report, Style()))
            except UsageError as error:
                failures.append(error)
        parts = REPORTERS[self.format].parts(report, self.style)
        if self.format == "text":
            _print(parts)
            for note in report.notes if self.style.quiet else ():
                if note.trouble:
                    self.say(note.message)
        else:
            print_exactly(parts)
        for failure in failures:
            raise failure


def _folder() -> str:
    try:
        return str(Path.cwd())
    except FileNotFoundError as error:
        raise UsageError("the folder that this runs in is not there any more: change to another") from error


def spare(  # noqa: PLR0917 - what may not be written over, and how that is said
    option: str, path: Path, inputs: Sequence[str], state: Path | None, advice: str, what: str = "the list itself"
) -> None:
    """Refuse to write this file over what is to be checked, or remembered. Raises UsageError."""
    if state is not None and os.path.realpath(path) == os.path.realpath(state):
        raise UsageError(f"{option}: {path} is the state file; {advice}")
    for listed in inputs:
        with suppress(OSError):  # what is not there, or may not be looked at, is told of by who reads or writes it
            if path.samefile(listed):
                raise UsageError(f"{option}: {path} is {what}; {advice}")


def _report_file(text: str) -> tuple[str, Path]:
    name, separator, file = text.partition("=")
    if not separator or not file:
        raise UsageError(f"--report {text}: write FORMAT=FILE, as in json=report.json")
    if name not in REPORTERS:
        raise UsageError(f"--report {text}: «{name}» is no format; there are {', '.join(REPORTERS)}")
    if file == "-":
        raise UsageError(f"--report {text}: «-» is no file's name: --format {name} prints to standard output")
    path = Path(file)
    demand_writable(f"--report {text}", path)
    return name, path


def _demand_each_its_own(paths: Iterable[Path]) -> None:
    """Refuse to write one report over another; a device takes any number. Raises UsageError."""
    seen: set[str] = set()
    for path in paths:
        if path.exists() and not path.is_file():
            continue
        real = os.path.realpath(path)
        if real in seen:
            raise UsageError(f"--report: {path} is given twice; write each report into a file of its own")
        seen.add(real)


def demand_writable(option: str, path: Path) -> None:
    """Refuse now what could not be written after a long run. Raises UsageError."""
    try:
        _demand_writable(path)
    except UsageError as error:
        raise UsageError(f"{option}: {error}") from error
    except OSError as error:
        raise UsageError(f"{option}: {error.strerror}") from error


def _demand_writable(path: Path) -> None:
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name a file in it")
    if not path.parent.is_dir():
        raise UsageError(f"there is no folder {path.parent}")
    device = path.exists() and not path.is_file()
    if not os.access(path if device else path.parent, os.W_OK):
        raise UsageError(f"{path if device else path.parent} cannot be written to")


def print_exactly(parts: Iterable[str]) -> None:
    """Print what programs read, piece by piece: UTF-8, whatever the terminal's encoding."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    _print(parts)


def write_whole(path: Path, parts: Iterable[str]) -> None:
    """Write a whole file or none: whoever reads it meanwhile sees the old one. Raises UsageError."""
    try:
        if path.exists() and not path.is_file():
            # A device or a pipe must be written to, not replaced.
            _write(path, parts)
            return
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            _write(temporary, parts)
            temporary.replace(path)
        finally:
            with suppress(OSError):  # what could not be made need not be removed
                temporary.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error


def _write(path: Path, parts: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(parts)


def leave(report: Report) -> NoReturn:
    """End with a report's exit code, once it is out."""
    if report.exit_code in INTERRUPTED:
        # A nervous second Ctrl-C must not change the exit code while Python ends.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise typer.Exit(report.exit_code)


def _print(parts: Iterable[str]) -> None:
    """Print; whoever reads our output may leave early, which changes nothing about the run."""
    try:
        sys.stdout.writelines(parts)
        sys.stdout.flush()
    except BrokenPipeError:
        print_no_more(sys.stdout)
    except OSError as error:
        print_no_more(sys.stdout)
        raise UsageError(f"standard output cannot be written: {error.strerror}") from error
