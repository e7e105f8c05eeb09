"""`audit`: the main job over everything, with memory; it writes a folder of reports."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from rlhf_linkcheck import pipeline
from rlhf_linkcheck.audits.auditing import part_of
from rlhf_linkcheck.cli.environment import HELP
from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.cli.flags import Flags, takes_flags
from rlhf_linkcheck.cli.folder import ReportFolder
from rlhf_linkcheck.cli.options import AUDIT, MEMORY
from rlhf_linkcheck.cli.output import Output, leave
from rlhf_linkcheck.cli.report import read_saved
from rlhf_linkcheck.cli.settings import Settings
from rlhf_linkcheck.cli.task import Task
from rlhf_linkcheck.config import Audit, Base, Config, NetworkConfig
from rlhf_linkcheck.finding import Severity
from rlhf_linkcheck.report import Report

EPILOG = HELP

EXIT_UNTRACKED = 2
"""Who may not write the issue would otherwise go unnoticed for ever; findings that fail the run are louder."""

_DEFAULT_FOLDER, _FOLDER_OF_PARTS = Path("linkcheck-report"), Path("linkcheck-part")
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}/(?!\.{1,2}\Z)[A-Za-z0-9._-]{1,100}", re.ASCII)


@dataclass(frozen=True, slots=True)
class AuditFlags(Flags):
    """What the command line said, of an audit."""

    max_age: Annotated[
        str | None,
        typer.Option(
            metavar="DURATION",
            help="How long a link that was alive is not asked again; what is not asked does not count. (default 0s)",
            show_default=False,
            rich_help_panel=MEMORY,
        ),
    ] = None
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="The folder of reports, replaced as a whole. "
            "(default linkcheck-report, of an audit of a part linkcheck-part)",
            show_default=False,
            rich_help_panel=AUDIT,
        ),
    ] = None
    previous: Annotated[
        Path | None,
        typer.Option(
            metavar="REPORT.json",
            help="The report of an earlier audit; of it and the state file the later one counts. Default: in DIR.",
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
            help="Keep up one issue there, on GitHub, that says what is to be mended. Needs GITHUB_TOKEN.",
            rich_help_panel=AUDIT,
        ),
    ] = None
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="With --issue: say what would be done there.", rich_help_panel=AUDIT),
    ] = False

    def merged_with(self, settings: Settings, base: Base | None = None) -> Config:
        """One Config, as for a check, with what audits want besides. Raises UsageError."""
        config = Flags.merged_with(self, settings, base)
        # The settings' age is for checks.
        max_age = timedelta() if self.max_age is None else config.max_age
        selected = self.select is not None and config.select != settings.select
        return replace(config, audit=replace(self._doubts(settings), max_age=max_age, selected=selected))

    def state_file(self, settings: Settings) -> Path | None:
        """Also offline: nobody is asked, and what audits have told of is known all the same."""
        return Flags.state_file(replace(self, offline=False), settings)

    def _doubts(self, settings: Settings) -> Audit:
        usual = Audit()
        days = settings.suspect_days, settings.uncertain_days
        least_age, patience = (None if count is None else timedelta(days=count) for count in days)
        return Audit(
            least_audits=usual.least_audits if settings.suspect_audits is None else settings.suspect_audits,
            least_age=usual.least_age if least_age is None else least_age,
            patience=usual.patience if patience is None else patience,
            fail_on_known=self.fail_on_known,
        )


@takes_flags(AuditFlags)
def audit(flags: AuditFlags) -> None:
    """Check everything anew, with memory: what is new, what blinked, and what has died since the last audit."""
    task = Task.prepare(flags)
    config, output, part = task.config, task.output, part_of(task.config)
    _demand_token(flags, config.network)
    folder = ReportFolder.prepare(flags.out or (_FOLDER_OF_PARTS if part else _DEFAULT_FOLDER), of_part=bool(part))
    previous = _previous(flags, config, output)
    report, failure = task.carry_out(partial(pipeline.audit, config, previous))
    try:
        folder.write(report, output.style)
    finally:
        # A disk that is full must not cost what a long run found.
        output.write(report)
    if failure is not None:
        raise failure
    if flags.issue is not None and part:
        output.say(
            f"{flags.issue}: an audit of a part ({part}) says nothing about the rest, so its issue is left as it is"
        )
    elif flags.issue is not None:
        report = _tracked(report, config, output, flags.issue, dry=flags.dry_run)
    leave(report)


def _previous(flags: AuditFlags, config: Config, output: Output) -> Report | None:
    """The report of an earlier audit. One that is of no use costs no night: the state file remembers as well.

    Raises UsageError for one that was named, and without which nothing would be known.
    """
    whole = _DEFAULT_FOLDER if part_of(config) else flags.out or _DEFAULT_FOLDER
    earlier = flags.previous or ReportFolder(whole).memory
    if earlier is None:
        return None
    try:
        return _read_audit(earlier)
    except UsageError as error:
        remembered = pipeline.has_been_audited(config)
        if flags.previous is not None and not remembered:
            raise
        # By default there would be no new one in its place either, and so no audit ever again.
        output.say(f"{error}; {'the state file remembers' if remembered else 'nothing else remembers, so all is new'}")
        return None


def _read_audit(path: Path) -> Report:
    """The report of an audit. Raises UsageError for one that cannot be read, or is of a check.

    A check may have seen a part, or have heard from memory, and no audit has told of what it found.
    """
    report = read_saved(path)
    if report.history is None:
        raise UsageError(f"{path}: tells of no audit, so it is no memory of one: name the report of an audit")
    return report


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


def _tracked(report: Report, config: Config, output: Output, repository: str, *, dry: bool) -> Report:
    """Keep up the issue; the report with the exit code to leave with then.

    What may pass by itself is said, and no more.
    """
    # Whoever wants no issue need not pay for importing what asks for it.
    from rlhf_linkcheck.tracking import track, without_left_out  # noqa: PLC0415 - see above

    least = Severity.WARNING if config.fail_on == "warning" else Severity.ERROR
    tracked = track(without_left_out(report, config), repository, config.network, least=least, dry=dry)
    for line in tracked.lines:
        output.say(line)
    if tracked.signal is not None:
        return replace(report, exit_code=128 + tracked.signal)
    return replace(report, exit_code=report.exit_code or (EXIT_UNTRACKED if tracked.broken else 0))
