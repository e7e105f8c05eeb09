"""`report`: a saved JSON report in any other format."""

from pathlib import Path
from typing import Annotated

import typer

from rlhf_linkcheck.cli import options as o
from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.cli.output import Output
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters import ReportError, merge, read_report


def report(  # noqa: PLR0917 - its options
    saved: Annotated[list[Path], typer.Argument(metavar="REPORT.json", help="Written by --report json=FILE.")],
    together: Annotated[bool, typer.Option("--merge", help="Join several reports into one.")] = False,
    format: o.FormatOption = o.DEFAULT_FORMAT,  # noqa: A002 - the option's name
    files: o.ReportFiles = None,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
    color: o.ColorOption = o.Color.AUTO,
) -> None:
    """Render a saved JSON report in any other format. Nothing is asked again; the exit code is 0."""
    if len(saved) > 1 and not together:
        raise UsageError("report: several reports need --merge, which joins them into one")
    output = Output.prepare(format.value, files or (), color.value, quiet=quiet, verbose=verbose)
    output.spare([str(path) for path in saved], None, "a report to be read")
    reports = [read_saved(path) for path in saved]
    output.write(merge(reports) if together else reports[0])


def read_saved(path: Path) -> Report:
    """A report from its file. Raises UsageError for one that cannot be read, or is none."""
    try:
        if path.is_char_device():  # a pipe's end comes; that of /dev/zero never does
            raise UsageError(f"{path}: is a device and no report: name the file that --report json=FILE wrote")
        return read_report(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: no report of this tool: it is not UTF-8 (byte {error.start + 1})") from error
    except ReportError as error:
        raise UsageError(f"{path}: no report of this tool: {error}") from error
