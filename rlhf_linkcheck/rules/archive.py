"""The last good copy of what is gone, as a finding about it tells of it."""

from dataclasses import replace

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Edit, Finding, Suggestion
from rlhf_linkcheck.rules.repository import day


def with_copy(finding: Finding, evidence: Evidence) -> Finding:
    """The finding with the copy as its suggestion, where there is one: whether it shows what was meant, people see."""
    copy = evidence.archived
    if copy is None:
        return finding
    return replace(
        finding,
        message=f"{finding.message}; the Wayback Machine has a copy of {day(copy.taken_at)}",
        suggestion=Suggestion((Edit(finding.field or "", copy.url),), safe=False),
    )
