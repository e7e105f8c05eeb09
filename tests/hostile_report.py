"""A report in which every text is an attack: on terminals, parsers and the page that shows it."""

from dataclasses import replace
from datetime import UTC, datetime

from golden_report import GOLDEN
from strategies import HOSTILE

from rlhf_linkcheck.evidence import Evidence, Outcome, Reason, Record, Redirect, SourceStats
from rlhf_linkcheck.finding import Edit, Finding, Proof, Related, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.model import Position
from rlhf_linkcheck.report import EntryReport, LinkReport, Note, Report, summarize
from rlhf_linkcheck.repository import Cited, Repository, Restriction, Writing

_NOW = datetime(2026, 1, 31, 2, 0, 7, tzinfo=UTC)

ATTACKS = (
    *HOSTILE,
    "<script>executed=1</script>",
    "</script><script>executed=1</script>",
    "</style><script>executed=1</script>",
    "<!--<script>",
    "-->]]><svg onload=executed=1>",
    '"><img src=x onerror=executed=1>',
    "' onmouseover='executed=1",
    "javascript:executed=1",
    "JaVaScRiPt:executed=1//https://a.org/",
    "data:text/html,<script>executed=1</script>",
    'https://a.org/"onclick="executed=1',
    "{{ 7 * 7 }}{% raw %}${executed=1}",
    "<base href=https://evil.example/>",
    "&lt;b&gt; &amp;",
    "__proto__",
    "constructor",
)
"""What would be executed, fetched or lost where one text is taken for anything but text."""


def hostile(attacks: tuple[str, ...] = ATTACKS) -> Report:
    """An entry with a link, a finding and a record for each attack, all of whose texts it is."""
    entries, links, findings = zip(*map(_about, range(len(attacks)), attacks), strict=True)
    notes = tuple(Note(attack, attack, 1) for attack in attacks)
    sources = tuple(SourceStats(attack, 1, 1, 1, 1, attack) for attack in attacks)
    return replace(
        GOLDEN,
        version=attacks[0],
        inputs=attacks,
        entries=entries,
        links=links,
        findings=findings,
        rules=tuple(finding.rule for finding in findings),
        sources=sources,
        notes=notes,
        summary=summarize(len(entries), links, findings, sources),
    )


def _about(number: int, attack: str) -> tuple[EntryReport, LinkReport, Finding]:
    key = f"attack-{number}-"
    entry = EntryReport(key, attack, attack, attack, attack, attack, number + 1)
    return entry, LinkReport(attack, _evidence(attack), (key,)), _finding(number, key, attack)


def _evidence(attack: str) -> Evidence:
    record = Record(attack, attack, attack, (attack,), _NOW, other_titles=(attack,), withdrawn=attack, doi=attack)
    repository = Repository(
        attack,
        attack,
        attack,
        _NOW,
        description=attack,
        homepage=attack,
        licence=attack,
        restricted=Restriction.GATED,
        restriction=attack,
        pushed_at=_NOW,
    )
    outcome = Outcome(
        Reason.NOT_FOUND, 404, attack, attack, (Redirect(301, attack),), 1, 5, detail=attack, checked_at=_NOW
    )
    writing = Writing(attack, attack, (attack,), (attack,), (Cited(attack, (attack,), attack),), 1, attack)
    return Evidence(
        outcome,
        attack,
        record=record,
        elsewhere=(record,),
        repository=repository,
        writings=(writing,),
        missing_fragments=(attack,),
        secure_url=attack,
    )


def _finding(number: int, key: str, attack: str) -> Finding:
    return Finding(
        RuleInfo(f"XSS{number:03}", attack, Severity.ERROR, attack),
        Severity.ERROR,
        attack,
        attack,
        Position(number + 2, 1, number + 2, 2),
        key,
        attack,
        attack,
        Proof(attack, attack, f"{attack} more", _NOW),
        (Related(attack, attack, 1),),
        Suggestion((Edit(attack, attack),)),
    )
