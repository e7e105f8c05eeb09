"""The command `rlhf-linkcheck`: what stands before its sub-commands, and what becomes of errors."""

import errno
import gc
import sys
import traceback
from typing import Annotated, NoReturn

import typer

from rlhf_linkcheck.cli.commands import Click, Commands
from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.cli.streams import prepare_streams, print_no_more, tell
from rlhf_linkcheck.version import __version__

EXIT_TROUBLE = 2
_LONGEST_COMPLAINT, _ITS_BEGINNING = 1_000, 600
"""Signs of one message: whatever was given is repeated in it, and may be of any length."""

app = typer.Typer(
    name="rlhf-linkcheck",
    cls=Commands,
    help="Check the health of curated paper lists: every entry, every link, with the evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 nothing to mend · 1 findings · 2 usage, input or a bug · 3 no way out to the network · "
    "130, 143 interrupted.",
)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it so
    if wanted:
        typer.echo(f"rlhf-linkcheck {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Check the health of curated paper lists: every entry, every link, with the evidence."""


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    prepare_streams()
    # What a run makes mostly stays to its end; to look through it again and again takes a tenth of its time.
    gc.set_threshold(25_000, 20, 50)
    try:
        # Not standalone: else typer would draw a box of several lines around what one line says.
        code = app(standalone_mode=False)
    except UsageError as error:
        _complain(str(error))
    except Exception as error:  # noqa: BLE001 - a bug must not leave with 1, which means findings
        _leave_over(error)
    sys.exit(code or 0)


def _leave_over(error: Exception) -> NoReturn:
    """Say what is wrong in one line, or that it is a bug."""
    # `--version` need not pay for importing what reads lists.
    from rlhf_linkcheck.loaders import InputError  # noqa: PLC0415 - see above

    if isinstance(error, InputError):
        _complain(str(error))
    if any(kind.__name__ == "ClickException" for kind in type(error).__mro__):
        _complain_of_command_line(error)
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        print_no_more(sys.stdout)
        _complain(f"standard output cannot be written: {error.strerror}")
    tell(traceback.format_exc().rstrip("\n"))
    _complain("this is a bug; please report it with the lines above")


def _complain_of_command_line(error: Click) -> NoReturn:
    """What the parser has to say, and where to look it up."""
    if type(error).__name__ == "NoArgsIsHelpError":  # help is out already
        sys.exit(EXIT_TROUBLE)
    message = " ".join(error.format_message().split("\n")).replace("Value error, ", "").rstrip(".")
    context = error.ctx
    command = ["rlhf-linkcheck", *([context.info_name] if context is not None and context.parent is not None else [])]
    _complain(f"{message}; `{' '.join(command)} --help` lists what there is")


def _complain(message: str) -> NoReturn:
    # Neither for the reporters.
    from rlhf_linkcheck.reporters.typesetting import harmless  # noqa: PLC0415 - see above

    # A setting or a file's name may hold a line break, and a line of its own may be an order to a CI system.
    if len(message) > _LONGEST_COMPLAINT:
        message = f"{message[:_ITS_BEGINNING]} … {message[_ITS_BEGINNING - _LONGEST_COMPLAINT :]}"
    tell(f"rlhf-linkcheck: {harmless(message)}")
    sys.exit(EXIT_TROUBLE)
