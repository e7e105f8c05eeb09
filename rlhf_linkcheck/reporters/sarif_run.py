"""What SARIF says of the run as a whole: the tool with its rules, how it went, and what could not be verified."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from rlhf_linkcheck.evidence import Reason, Verdict
from rlhf_linkcheck.finding import RuleInfo, Severity
from rlhf_linkcheck.report import Note, Report
from rlhf_linkcheck.reporters.places import Places
from rlhf_linkcheck.reporters.sarif_results import LEVELS, physical, plain, utc
from rlhf_linkcheck.reporters.typesetting import harmless
from rlhf_linkcheck.reporters.wording import changed, missing

HOME = "https://github.com/opendilab/rlhf-linkcheck"

_SUCCESSFUL = (0, 1)
_SIGNALS: Mapping[int, tuple[str, int]] = MappingProxyType({130: ("SIGINT", 2), 143: ("SIGTERM", 15)})
_PROBLEMS: Mapping[Severity, str] = MappingProxyType(
    {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
)
_TAGS: Mapping[str, str] = MappingProxyType(
    {"ENT": "entries", "DUP": "duplicates", "LNK": "links", "PAP": "papers", "REP": "repositories"}
)
_LONGEST_TEXT = 1024
_LONGEST_NAME = 255
_LONGEST_CATEGORY = 120
_SEMANTIC = re.compile(r"(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*)){2}(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?")

Object = dict[str, Any]


def driver(version: str, rules: Sequence[RuleInfo]) -> Object:
    """The tool, with all its rules: what found nothing this time must be known, too, for old alerts to close."""
    known: Object = {
        "name": "rlhf-linkcheck",
        "informationUri": HOME,
        "version": harmless(version),
        "semanticVersion": version,
        "rules": list(map(_rule, rules)),
    }
    if not _SEMANTIC.fullmatch(version):
        del known["semanticVersion"]
    return known


def _rule(rule: RuleInfo) -> Object:
    """A rule; ``security-severity`` is left out, as no finding of ours is a weakness of that kind."""
    code, name = harmless(rule.code), harmless(rule.name)[:_LONGEST_NAME] or harmless(rule.code)
    summary = plain(harmless(rule.summary) or name)[: _LONGEST_TEXT - 1]
    sentence = f"{summary[0].upper()}{summary[1:]}."
    page = f"{HOME}/blob/main/docs/rules/{quote(code)}.md"
    return {
        "id": code,
        "name": name,
        "shortDescription": {"text": sentence},
        "fullDescription": {"text": sentence},
        "helpUri": page,
        "help": _help(rule, f"{code} {name}", sentence, page),
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "tags": [*filter(None, (_TAGS.get(code[:3]), "network" if rule.needs_network else "offline"))],
            # What the text alone shows is so; what servers say of themselves is so nearly always.
            "precision": "high" if rule.needs_network else "very-high",
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }


def _help(rule: RuleInfo, head: str, sentence: str, page: str) -> Object:
    """What fits beside an alert: what it says, how to mend it or not to hear of it, and where the whole page is."""
    code = harmless(rule.code)
    fix = "Where it is certain, the finding carries the fix." if rule.fixable else "It has to be mended by hand."
    hush = f"# linkcheck: ignore[{code}]", f"<!-- linkcheck: ignore[{code}] -->"
    where = "on the entry's first line or the value's line of an entries file, or", "in a Markdown list."
    text = f"{head}\n\n{sentence} {fix}\n\nNot to hear of it, write {hush[0]} {where[0]} {hush[1]} {where[1]}"
    markdown = (
        f"# {head}\n\n{sentence} {fix}\n\n"
        f"[What it is about, an example, and what to do instead]({page})\n\n"
        f"Not to hear of it, write `{hush[0]}` {where[0]} `{hush[1]}` {where[1]}\n"
    )
    return {"text": f"{text}\n\n{page}", "markdown": markdown}


def automation(report: Report) -> str:
    """``category/run``: the category is the same for the same inputs, so that each list keeps its own alerts."""
    inputs = ",".join(report.inputs)
    if len(inputs) > _LONGEST_CATEGORY:
        inputs = sha256(inputs.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"rlhf-linkcheck/{harmless(inputs)}/{utc(report.finished_at)}"


def invocation(report: Report, places: Places, left_out: int) -> Object:
    """How the run went, with a notification for all that is to be said besides the findings."""
    ended: Object = {"exitCode": report.exit_code}
    if report.exit_code in _SIGNALS:
        ended["exitSignalName"], ended["exitSignalNumber"] = _SIGNALS[report.exit_code]
    return {
        "executionSuccessful": report.complete and report.exit_code in _SUCCESSFUL,
        **ended,
        "startTimeUtc": utc(report.started_at),
        "endTimeUtc": utc(report.finished_at),
        "toolExecutionNotifications": [
            *_about_the_run(report, left_out),
            *(_notification("note", words) for words in changed(report)),
            *(_notification("warning", f"{one.name}: {one.note}") for one in report.sources if one.note),
            *(_noted(note, places) for note in report.notes),
        ],
    }


def _about_the_run(report: Report, left_out: int) -> Iterator[Object]:
    """What is missing, in the report or in this file, and which rules had nothing to go by."""
    if word := missing(report):
        yield _notification("error", word)
    if left_out:
        total = len(report.findings)
        yield _notification(
            "warning",
            f"{left_out:,} of {total:,} findings are left out, the least grave: code scanning takes no more. "
            "The JSON report has all.",
        )
    reasons = Counter(link.evidence.outcome.reason for link in report.links)
    if report.no_way_out or reasons[Reason.OFFLINE]:
        codes = ", ".join(rule.code for rule in report.rules if rule.needs_network)
        yield _notification("warning", f"Nobody was heard, so that these rules could not run: {codes or 'none'}.")
    for verdict in (Verdict.UNCERTAIN, Verdict.SKIPPED):
        told = [(reason, number) for reason, number in reasons.most_common() if reason.verdict is verdict]
        if told:
            share = f"{sum(number for _, number in told):,} of {len(report.links):,} links"
            listed = ", ".join(f"{number:,} {reason.value.replace('_', ' ')}" for reason, number in told)
            yield _notification("note", f"{verdict.value.capitalize()}: {share} ({listed}).")


def _noted(note: Note, places: Places) -> Object:
    noted = _notification("note", note.message)
    if note.path is not None:
        region = None if note.line is None else {"startLine": note.line}
        noted["locations"] = [{"physicalLocation": physical(places, note.path, region)}]
    return noted


def _notification(level: str, text: str) -> Object:
    return {"level": level, "message": {"text": plain(harmless(text))}}
