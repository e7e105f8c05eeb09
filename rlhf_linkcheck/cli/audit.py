"""`audit`: the main job over everything, with memory; it writes a folder of reports."""

import re
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
from rlhf_linkcheck.config import Audit, Config, NetworkConfig
from rlhf_linkcheck.finding import Severity
from rlhf_linkcheck.report import Report

EPILOG = HELP

EXIT_UNTRACKED = 2
"""Who may not write the issue would otherwise go unnoticed for ever; findings that fail the run are louder."""

_REFUSED = typer.Option(hidden=True)
_DEFAULT_FOLDER = Path("linkcheck-report")
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}/(?!\.{1,2}\Z)[A-Za-z0-9._-]{1,100}", re.ASCII)


@dataclass(frozen=True, slots=True)
class AuditFlags(Flags):
    """What the command line said, of an audit; what asks for less than everything is refused, and not listed."""

    since: Annotated[str | None, _REFUSED] = None
    offline: Annotated[bool, _REFUSED] = False
    entry: Annotated[list[str] | None, typer.Option("--entry", hidden=True)] = None
    max_age: Annotated[str | None, _REFUSED] = None
    write_baseline: Annotated[Path | None, _REFUSED] = None
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
    issue: Annotated[
        str | None,
        typer.Option(
            metavar="OWNER/REPO",
            help="Keep up one issue there, on GitHub, that says what is to be mended. Takes GITHUB_TOKEN.",
            rich_help_panel=AUDIT,
        ),
    ] = None
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="With --issue: say what would be done there.", rich_help_panel=AUDIT),
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
    _demand_token(flags, config.network)
    folder = ReportFolder.prepare(flags.out or _DEFAULT_FOLDER)
    previous = _last_report(flags, folder, output, config.state)
    for note in (*settings.notes, *unknown_codes(config)):
        output.say(note)
    with progress_on(sys.stderr, wanted=not (flags.no_progress or flags.quiet)) as on_plan:
        report = pipeline.audit(config, previous, on_plan)
    try:
        folder.write(report, output.style)
    finally:
        # A disk that is full must not cost what a long run found.
        output.write(report)
    if flags.issue is not None and not _is_tracked(report, config, output, flags.issue, dry=flags.dry_run):
        raise typer.Exit(report.exit_code or EXIT_UNTRACKED)
    leave(report)


def _refuse(flags: AuditFlags) -> None:
    """An audit is one of everything, freshly asked. Raises UsageError for what asks for less."""
    without = (("--since", flags.since), ("--offline", flags.offline), ("--entry", flags.entry))
    for option, given in (*without, ("--max-age", flags.max_age), ("--write-baseline", flags.write_baseline)):
        if given:
            raise UsageError(f"audit: {option} is for `check`; an audit asks everything anew")


def _last_report(flags: AuditFlags, folder: ReportFolder, output: Output, state: Path | None) -> Report | None:
    """The report that remembers. Raises UsageError for one that cannot be read where nothing else does.

    After a power cut the one in the folder may be empty, and who was not asked for it need not be red for ever.
    """
    if flags.previous is not None:
        return read_saved(flags.previous)
    if not folder.report.is_file():
        return None
    try:
        return read_saved(folder.report)
    except UsageError as error:
        if state is None or not state.is_file():
            raise
        output.say(f"{error}; the state file alone remembers")
        return None


def _demand_token(flags: AuditFlags, network: NetworkConfig) -> None:
    """Refuse now what would come to nothing after a long run. Raises UsageError."""
    if flags.issue is None:
        if flags.dry_run:
            raise UsageError("--dry-run is for --issue: say which")
        return
    if not _REPOSITORY.fullmatch(flags.issue):
        raise UsageError(f"--issue {flags.issue}: write OWNER/REPO, as GitHub has it")
    if network.github[-1].token is None and not flags.dry_run:
        raise UsageError("--issue: set GITHUB_TOKEN to a token with «issues: write», or look at --dry-run")


def _is_tracked(report: Report, config: Config, output: Output, repository: str, *, dry: bool) -> bool:
    """Keep up the issue, and whether that is as it should be: what may pass by itself is said, and no more."""
    # Whoever wants no issue need not pay for importing what asks for it.
    from rlhf_linkcheck.tracking import track  # noqa: PLC0415 - see above

    least = Severity.WARNING if config.fail_on == "warning" else Severity.ERROR
    tracked = track(report, repository, config.network, least=least, dry=dry)
    for line in tracked.lines:
        output.say(line)
    return not tracked.broken


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
