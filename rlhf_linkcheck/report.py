"""One run as all reporters see it: findings, verdicts, entries, records, and what it cost."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rlhf_linkcheck.evidence import Evidence, Record, SourceStats, Verdict
from rlhf_linkcheck.finding import Finding, Fingerprint, RuleInfo, Severity


@dataclass(frozen=True, slots=True)
class LinkReport:
    """One distinct address (trimmed, in the form first written), what became of it, and who lists it."""

    url: str
    evidence: Evidence
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryReport:
    """An entry as a reader needs it to find its way back to the list; ``category`` is as the text has it."""

    id: str
    category: str | None
    section: str | None
    title: str
    url: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file as it was given, and as the repository around it names it: None where there is none."""

    path: str
    repository_path: str | None = None


@dataclass(frozen=True, slots=True)
class PastAudit:
    """The numbers of an earlier audit: links by verdict, and findings that were not suppressed by severity.

    ``complete`` is whether it has seen everything; else its numbers are no point of the trend.
    """

    finished_at: datetime
    alive: int
    dead: int
    uncertain: int
    skipped: int
    errors: int
    warnings: int
    infos: int
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Recovery:
    """A link that was dead, or that nobody could reach, ``since`` some time, and is there again."""

    url: str
    was: Verdict
    since: datetime | None
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A finding that an audit has told of: what it is about, ``since`` when, and how grave it was at most.

    ``risen_at`` is when the last audit began, where that was the first to find it so grave. ``suppressed`` is whether
    somebody asks not to hear of it, as far as that can be told of what is not there.
    """

    about: Fingerprint
    since: datetime
    severity: Severity
    risen_at: datetime | None = None
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """What earlier audits of the same inputs saw, the oldest first, and what has become of it.

    ``recovered`` links have come back since the last audit, ``mended`` findings are gone. ``unseen`` are known,
    and this run could not see whether they are gone: who did not answer has not mended anything.
    """

    audits: tuple[PastAudit, ...] = ()
    recovered: tuple[Recovery, ...] = ()
    mended: tuple[Known, ...] = ()
    unseen: tuple[Known, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A word about the run itself, such as a suppression that nothing needs; never a finding.

    ``trouble`` is True where something that the run needs could not be used, be the list as it may: who wants to
    hear of findings alone wants to hear of that, too.
    """

    message: str
    path: str | None = None
    line: int | None = None
    trouble: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """The numbers of a run; what is suppressed counts in ``suppressed`` and nowhere else."""

    entries: int
    links: int
    alive: int
    dead: int
    uncertain: int
    skipped: int
    papers_verified: int
    repositories_verified: int
    requests: int
    errors: int
    warnings: int
    infos: int
    suppressed: int


@dataclass(frozen=True, slots=True)
class Report:
    """All that any format shows. Findings are sorted by path, place and code.

    Times are UTC in whole seconds, as the JSON has them; ``elapsed_ms`` is how long the run took.
    ``no_way_out`` is True where nobody answered, not even the control address.
    ``rules`` holds the rule of every finding, each code once. ``files`` tells where the inputs lie.
    """

    version: str
    started_at: datetime
    finished_at: datetime
    complete: bool
    exit_code: int
    inputs: tuple[str, ...]
    summary: Summary
    links: tuple[LinkReport, ...] = ()
    findings: tuple[Finding, ...] = ()
    entries: tuple[EntryReport, ...] = ()
    records: tuple[Record, ...] = ()
    sources: tuple[SourceStats, ...] = ()
    rules: tuple[RuleInfo, ...] = ()
    notes: tuple[Note, ...] = ()
    elapsed_ms: int = 0
    no_way_out: bool = False
    files: tuple[InputFile, ...] = ()
    history: History | None = None


def summarize(
    entries: int,
    links: Iterable[LinkReport],
    findings: Iterable[Finding],
    sources: Iterable[SourceStats],
    records: Iterable[Record] = (),
) -> Summary:
    """Count what a report holds; a pure function, so that a merged report counts as a fresh one does."""
    verdicts = [link.evidence.outcome.verdict for link in links]
    open_severities, suppressed = [], 0
    for finding in findings:
        if finding.suppressed:
            suppressed += 1
        else:
            open_severities.append(finding.severity)
    papers = {record.identity for record in records if not record.identity.startswith(_REPOSITORIES)}
    repositories = {record.identity for record in records} - papers
    return Summary(
        entries=entries,
        links=len(verdicts),
        alive=verdicts.count(Verdict.ALIVE),
        dead=verdicts.count(Verdict.DEAD),
        uncertain=verdicts.count(Verdict.UNCERTAIN),
        skipped=verdicts.count(Verdict.SKIPPED),
        papers_verified=len(papers),
        repositories_verified=len(repositories),
        requests=sum(source.requests for source in sources),
        errors=open_severities.count(Severity.ERROR),
        warnings=open_severities.count(Severity.WARNING),
        infos=open_severities.count(Severity.INFO),
        suppressed=suppressed,
    )


_REPOSITORIES = ("github:", "gist:", "hf:", "gitlab:", "zenodo:")
