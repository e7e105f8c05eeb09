"""The report as SARIF 2.1.0, as GitHub's code scanning and other viewers of findings take it."""

import json
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any

from rlhf_linkcheck.finding import Finding, Severity
from rlhf_linkcheck.fingerprint import fingerprints
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters.base import Reporter, Style
from rlhf_linkcheck.reporters.places import Places
from rlhf_linkcheck.reporters.sarif_results import SOURCE_ROOT, Results
from rlhf_linkcheck.reporters.sarif_run import automation, driver, invocation

MOST = 25_000
"""The most results of a run that code scanning takes; of these it shows the 5,000 gravest.

https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_RANKS = {severity: rank for rank, severity in enumerate(sorted(Severity, reverse=True))}

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class SarifReporter(Reporter):
    """SARIF with one run: the rules, one result a finding, and what is to be said of the run itself.

    Suppressed findings are in it, marked as such; infos are notes. Of more findings than code
    scanning takes the gravest are kept, and a notification counts the others.
    """

    name = "sarif"

    def parts(self, report: Report, style: Style) -> Iterator[str]:
        """One object, a result on a line of its own, piece by piece; the style changes nothing."""
        del style
        places = Places(report.files)
        rules = {rule.code: rule for rule in (*report.rules, *(finding.rule for finding in report.findings))}
        left_out = max(len(report.findings) - MOST, 0)
        run = {
            "tool": {"driver": driver(report.version, tuple(rules.values()))},
            "automationDetails": {"id": automation(report)},
            "invocations": [invocation(report, places, left_out)],
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "originalUriBaseIds": {SOURCE_ROOT: {"description": {"text": "The root of the repository."}}},
        }
        yield f'{{\n"$schema": {_encode(_SCHEMA)},\n"version": "2.1.0",\n"runs": [{{\n'
        for key, value in run.items():
            yield f"{_encode(key)}: {json.dumps(value, ensure_ascii=False, indent=1)},\n"
        yield '"results": ['
        known = zip(report.findings, fingerprints(report), strict=True)
        yield from _lines(
            Results(places, tuple(rules), audited=report.history is not None).of(known, _kept(report.findings))
        )
        yield "]\n}]\n}\n"


def _lines(results: Iterable[dict[str, Any]]) -> Iterator[str]:
    before = "\n"
    for result in results:
        yield f"{before}{_encode(result)}"
        before = ",\n"
    yield "" if before == "\n" else "\n"


def _kept(findings: Sequence[Finding]) -> Container[int]:
    """The numbers of the gravest, those not suppressed before all others, and of equally grave ones the first."""
    if len(findings) <= MOST:
        return range(len(findings))
    ranks = [(finding.suppressed, _RANKS[finding.severity]) for finding in findings]
    return frozenset(sorted(range(len(findings)), key=ranks.__getitem__)[:MOST])
