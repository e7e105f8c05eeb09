"""The command `rlhf-linkcheck`: its subcommands, and what becomes of errors."""

import os
import sys
import traceback
from typing import Annotated, NoReturn

import typer

from rlhf_linkcheck.cli.check import check
from rlhf_linkcheck.cli.demo import demo
from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.cli.explain import explain
from rlhf_linkcheck.cli.importing import import_list
from rlhf_linkcheck.cli.report import report
from rlhf_linkcheck.loaders import InputError, SchemaError
from rlhf_linkcheck.version import __version__

EXIT_TROUBLE = 2

app = typer.Typer(
    name="rlhf-linkcheck",
    help="Check the health of curated paper lists: every entry, every link, with the evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 nothing to mend · 1 findings · 2 usage, input or a bug · 3 no way out to the network · "
    "130, 143 interrupted.",
)
app.command("check")(check)
app.command("import")(import_list)
app.command("report")(report)
app.command("explain")(explain)
app.command("demo")(demo)


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
    try:
        app()
    except (UsageError, InputError, SchemaError) as error:
        _complain(str(error))
    except BrokenPipeError:
        # Whoever read our output has enough. Python would complain once more while flushing at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_TROUBLE)
    except Exception:  # noqa: BLE001 - a bug must not leave with 1, which means findings
        traceback.print_exc()
        _complain("this is a bug; please report it with the lines above")
    sys.exit(0)


def _complain(message: str) -> NoReturn:
    typer.echo(f"rlhf-linkcheck: {message}", err=True)
    sys.exit(EXIT_TROUBLE)
