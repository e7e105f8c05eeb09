"""`audit`: the main job over everything, with memory; it writes a folder of reports."""

import sys
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from rlhf_linkcheck import pipeline
from rlhf_linkcheck.cli.environment import HELP
from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.cli.flags import Flags, takes_flags, unknown_codes
from rlhf_linkcheck.cli.folder import ReportFolder
from rlhf_linkcheck.cli.options import AUDIT
from rlhf_linkcheck.cli.output import Output, leave
from rlhf_linkcheck.cli.progress import progress_on
from rlhf_linkcheck.cli.report import read_saved
from rlhf_linkcheck.cli.settings import Settings, read_settings
from rlhf_linkcheck.config import Audit

EPILOG = HELP

_DEFAULT_FOLDER = Path("linkcheck-report")


@dataclass(frozen=True, slots=True)
class AuditFlags(Flags):
    """What the command line said, of an audit."""

    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where the reports go. (default linkcheck-report)", rich_help_panel=AUDIT),
    ] = None
    previous: Annotated[
        Path | None,
        typer.Option(
            metavar="REPORT.json",
            help="The report of an earlier audit, for where the state file knows nothing. Default: the one in DIR.",
            show_default=False,
            rich_help_panel=AUDIT,
        ),
    ] = None
    fail_on_known: Annotated[
        bool,
        typer.Option("--fail-on-known", help="Fail also over what was known before.", rich_help_panel=AUDIT),
    ] = False


@takes_flags(AuditFlags)
def audit(flags: AuditFlags) -> None:
    """Check everything anew, with memory: what is new, what blinked, and what has died since the last audit."""
    _refuse(flags)
    settings = read_settings(flags.config)
    output = Output.prepare(
        flags.format.value, flags.report or (), flags.color.value, quiet=flags.quiet, verbose=flags.verbose
    )
    config = replace(flags.merged_with(settings), audit=_doubts(settings, flags))
    output.spare(config.inputs, config.state)
    folder = ReportFolder.prepare(flags.out or _DEFAULT_FOLDER)
    earlier = flags.previous or folder.report
    previous = read_saved(earlier) if flags.previous is not None or earlier.is_file() else None
    for note in (*settings.notes, *unknown_codes(config)):
        output.say(note)
    with progress_on(sys.stderr, wanted=not (flags.no_progress or flags.quiet)) as on_plan:
        report = pipeline.audit(config, previous, on_plan)
    folder.write(report, output.style)
    output.write(report)
    leave(report)


def _refuse(flags: AuditFlags) -> None:
    """An audit is one of everything, freshly asked. Raises UsageError for what asks for less."""
    without = (("--since", flags.since), ("--offline", flags.offline), ("--entry", flags.entry))
    for option, given in (*without, ("--max-age", flags.max_age), ("--write-baseline", flags.write_baseline)):
        if given:
            raise UsageError(f"audit: {option} is for `check`; an audit asks everything anew")


def _doubts(settings: Settings, flags: AuditFlags) -> Audit:
    usual = Audit()
    days = settings.suspect_days, settings.uncertain_days
    least_age, patience = (None if count is None else timedelta(days=count) for count in days)
    return Audit(
        least_audits=usual.least_audits if settings.suspect_audits is None else settings.suspect_audits,
        least_age=usual.least_age if least_age is None else least_age,
        patience=usual.patience if patience is None else patience,
        fail_on_known=flags.fail_on_known,
    )
