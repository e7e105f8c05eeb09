"""Runs the rules over what was read and heard: findings, in order, with the suppressed ones marked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from rlhf_linkcheck.aging import aged, silent_hosts
from rlhf_linkcheck.config import Audit, Config
from rlhf_linkcheck.evidence import Crawl, Evidence
from rlhf_linkcheck.finding import Finding, Severity
from rlhf_linkcheck.local import local_evidence
from rlhf_linkcheck.model import Document
from rlhf_linkcheck.report import Note
from rlhf_linkcheck.rules import RULES, Rule
from rlhf_linkcheck.rules.walk import walk
from rlhf_linkcheck.since.scope import Scope
from rlhf_linkcheck.suppression import Suppressor

_ABOUT_THE_PAPER = frozenset({"PAP101", "PAP106", "PAP107"})
_ABOUT_THE_REPOSITORY = frozenset({"REP101", "REP105", "REP106", "REP108"})

_SUPERSEDES: Mapping[str, frozenset[str]] = MappingProxyType(
    {"ENT101": frozenset({"ENT103", "ENT104", "ENT105"})}
    # What became of the link is no news where the paper is another's, taken back, or was never there.
    | dict.fromkeys(
        ("LNK101", "LNK102", "LNK104", "LNK105", "LNK107", "LNK109"), _ABOUT_THE_PAPER | _ABOUT_THE_REPOSITORY
    )
    | {"LNK102": _ABOUT_THE_PAPER | _ABOUT_THE_REPOSITORY | {"REP102"}}
)
"""One cause, one finding: a finding of the first code falls where one of the others names the same value."""

_SUPERSEDING = frozenset().union(*_SUPERSEDES.values())


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say, and what is to be said about the suppressions themselves."""

    findings: tuple[Finding, ...]
    notes: tuple[Note, ...]


def judge(documents: Sequence[Document], crawl: Crawl, config: Config, scope: Scope | None = None) -> Judgement:
    """Judge all documents, as far as the scope goes. Findings are sorted by document, place and code."""
    scope = scope or Scope(config.entry_ids)
    rules = selected_rules(config)
    if crawl.no_way_out:
        # Nothing was heard from anybody, so nothing can be said about any link.
        rules = tuple(rule for rule in rules if not rule.info.needs_network)
    suppressor = Suppressor(documents, config.suppressions, scope)
    findings: list[Finding] = []
    for document in documents:
        local = local_evidence(document)
        evidence = {**crawl.evidence, **local} if local else crawl.evidence
        raised = scope.told(tuple(walk(rules, scope.narrowed(document), evidence)), document)
        if config.audit is not None:
            raised = _as_audited(raised, document, evidence, rules, config.audit)
        kept = (_marked(finding, suppressor) for finding in _most_specific(raised))
        findings += sorted(kept, key=lambda finding: (finding.position, finding.rule.code))
    notes = tuple(note for note in suppressor.notes(rules, crawl) if scope.speaks_of(note))
    return Judgement(tuple(findings), notes)


def _as_audited(
    findings: Iterable[Finding],
    document: Document,
    evidence: Mapping[str, Evidence],
    rules: Iterable[Rule],
    audit: Audit,
) -> list[Finding]:
    """The findings as their links' past makes them, and one for each host that has been silent for long."""
    told = [aged(finding, evidence, audit) for finding in findings]
    unreachable = [rule.info for rule in rules if rule.info.code == "LNK104"]
    return [*told, *(one for info in unreachable for one in silent_hosts(document, evidence, audit, info))]


def selected_rules(config: Config) -> tuple[Rule, ...]:
    """The rules that the configuration asks for, in the order of their codes."""
    return tuple(rule.configured(config) for rule in RULES if config.selects(rule.info.code))


def exit_code(findings: Iterable[Finding], fail_on: str, *, no_way_out: bool, interrupted_by: int | None = None) -> int:
    """The run's exit code: 128 + signal, 1 for findings, 3 for no way out, else 0; 1 wins over 3."""
    if interrupted_by is not None:
        return 128 + interrupted_by
    return 1 if _fails(findings, fail_on) else 3 if no_way_out else 0


def _fails(findings: Iterable[Finding], fail_on: str) -> bool:
    """Whether any of these is so grave that the run is to fail."""
    if fail_on == "never":
        return False
    threshold = Severity(fail_on)
    return any(not finding.suppressed and finding.severity >= threshold for finding in findings)


def _marked(finding: Finding, suppressor: Suppressor) -> Finding:
    """The finding, with who asked not to hear of it where somebody did."""
    suppressed_by = suppressor.who_suppresses(finding)
    return finding if suppressed_by is None else replace(finding, suppressed_by=suppressed_by)


def _most_specific(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Leave out each finding that a more specific one about the same value replaces."""
    listed = tuple(findings)
    codes_at: dict[tuple[object, ...], set[str]] = {}
    for finding in listed:
        if finding.rule.code in _SUPERSEDING:
            codes_at.setdefault(_value_of(finding), set()).add(finding.rule.code)
    for finding in listed:
        others = _SUPERSEDES.get(finding.rule.code)
        if others is None or others.isdisjoint(codes_at.get(_value_of(finding), ())):
            yield finding


def _value_of(finding: Finding) -> tuple[object, ...]:
    """A field of an entry; outside the entries, where there are none, a place in the text."""
    column = None if finding.field else finding.position.column
    return finding.path, finding.entry, finding.field, finding.position.line, column
