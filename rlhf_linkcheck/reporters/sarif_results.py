"""Findings as SARIF's results: where, what in words, the fix, who suppressed it, and by what it is known again."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from rlhf_linkcheck.finding import Finding, Fingerprint, Severity
from rlhf_linkcheck.fingerprint import of_those_sharing
from rlhf_linkcheck.model import Position
from rlhf_linkcheck.reporters.places import Places
from rlhf_linkcheck.reporters.typesetting import harmless
from rlhf_linkcheck.reporters.wording import facts, message

SOURCE_ROOT = "%SRCROOT%"
"""By this name viewers know the root of a repository."""

LEVELS: Mapping[Severity, str] = MappingProxyType(
    {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
)

MOST_RELATED = 100
"""As many locations of one result are shown; of more than 1,000 the whole file is refused."""

_ENDS = (".", "!", "?", "…")
_LINE = re.compile(r"[1-9][0-9]{0,17}")
_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9._~/?=&%+@-]+")
"""Letters that mean nothing to YAML or Markdown wherever an address stands without quotes."""

Object = dict[str, Any]


class Results:
    """One result a finding; equal ones of a file are numbered, whatever else is left out of the log."""

    def __init__(self, places: Places, codes: Sequence[str], *, audited: bool) -> None:
        self._places = places
        self._index = {code: index for index, code in enumerate(codes)}
        self._audited = audited

    def of(self, known: Iterable[tuple[Finding, Fingerprint]], kept: Container[int]) -> Iterator[Object]:
        """The results of the findings with these numbers, in the order given."""
        seen: Counter[tuple[str, str]] = Counter()
        for number, (finding, about) in enumerate(known):
            known_by = _known_by(about)
            seen[finding.path, known_by] += 1
            if number in kept:
                yield self._result(finding, f"{known_by}:{seen[finding.path, known_by]}")

    def _result(self, finding: Finding, fingerprint: str) -> Object:
        related = finding.related[:MOST_RELATED]
        links = "".join(f"\nSee {_link(_name(one.entry, one.path), n)}." for n, one in enumerate(related, 1))
        said = message(finding)
        text = "\n".join((said if said.endswith(_ENDS) else f"{said}.", *facts(finding)))
        result: Object = {
            "ruleId": harmless(finding.rule.code),
            "ruleIndex": self._index[finding.rule.code],
            "level": LEVELS[finding.severity],
            "message": {"text": f"{plain(text)}{links}"},
            "locations": [{"physicalLocation": physical(self._places, finding.path, _region(finding.position))}],
            "partialFingerprints": {"primaryLocationLineHash": fingerprint},
        }
        if related:
            result["relatedLocations"] = [
                {
                    "id": number,
                    "physicalLocation": physical(self._places, one.path, {"startLine": one.line}),
                    "message": {"text": plain(_name(one.entry, one.path))},
                }
                for number, one in enumerate(related, 1)
            ]
        fixes = [] if (value := _replacement(finding)) is None else [self._fix(finding, value)]
        result |= {"fixes": fixes} if fixes else {}
        result["suppressions"] = self._suppressions(finding)
        if self._audited:
            result |= _standing(finding)
        since = None if finding.known_since is None else utc(finding.known_since)
        about = {"entry": finding.entry, "field": finding.field, "url": finding.url, "known_since": since}
        known = {key: harmless(value) for key, value in about.items() if value is not None}
        return {**result, **({"properties": known} if known else {})}

    def _fix(self, finding: Finding, value: str) -> Object:
        place = physical(self._places, finding.path, _region(finding.position))
        replacement = {"deletedRegion": place["region"], "insertedContent": {"text": value}}
        change = {"artifactLocation": place["artifactLocation"], "replacements": [replacement]}
        safe = finding.suggestion is not None and finding.suggestion.safe
        doubt = "" if safe else " (look at it before you take it over)"
        return {"description": {"text": f"Replace it{doubt}."}, "artifactChanges": [change]}

    def _suppressions(self, finding: Finding) -> list[Object]:
        """None is said of every result: «not suppressed» is not the same as «nobody has looked» (§3.27.23)."""
        if finding.suppressed_by is None:
            return []
        suppression: Object = {"kind": "external", "status": "accepted"}
        path, _, line = finding.suppressed_by.rpartition(":")
        if path == finding.path and _LINE.fullmatch(line):
            place = physical(self._places, path, {"startLine": int(line)})
            suppression |= {"kind": "inSource", "location": {"physicalLocation": place}}
        return [suppression | {"justification": harmless(finding.suppressed_by)}]


def _standing(finding: Finding) -> Object:
    """What earlier audits knew of it. A log tells that of all its results, or of none (§3.27.24).

    What is mended is none of them: code scanning does not heed the state, so that an ``absent`` one would be
    an alert, which to close it has to be left out; and it has no place any more, which each alert needs.
    https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
    """
    if finding.known_since is None:
        return {"baselineState": "new"}
    state = "updated" if finding.has_risen else "unchanged"
    return {"baselineState": state, "provenance": {"firstDetectionTimeUtc": utc(finding.known_since)}}


def utc(moment: datetime) -> str:
    """A time as SARIF has it (§3.9)."""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def physical(places: Places, path: str, region: Object | None = None) -> Object:
    """A place in a file; below the root of the repository wherever it can be."""
    location = {"uri": places.uri(path)}
    if places.is_below_root(path):
        location["uriBaseId"] = SOURCE_ROOT
    return {"artifactLocation": location, **({} if region is None else {"region": region})}


def _region(position: Position) -> Object:
    """From the first character to the one behind the last; without an end where that lies before."""
    region = {"startLine": position.line, "startColumn": position.column}
    if (position.end_line, position.end_column) >= (position.line, position.column):
        region |= {"endLine": position.end_line, "endColumn": position.end_column}
    return region


def _name(entry: str | None, path: str) -> str:
    return harmless(entry or path) or "there"


def plain(text: str) -> str:
    """Text of ours or from outside in which nothing is a placeholder or a link (§3.11.5, §3.11.6).

    Braces are doubled. Brackets and backslashes mean something in links alone, so that a blank in
    what would make one is enough, and reads better than backslashes.
    """
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _link(text: str, target: int) -> str:
    label = text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return f"[{label.replace('{', '{{').replace('}', '}}')}]({target})"


def _known_by(about: Fingerprint) -> str:
    """A hash of what a baseline knows a finding by, but for its file: that may be renamed, and viewers look at it, too.

    Of entries that share something it is the same, whichever of them is the later one.
    """
    one = of_those_sharing(about) or about
    parts = one.title, one.link, one.entry, one.code, one.field, one.url, one.listed
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _replacement(finding: Finding) -> str | None:
    """What can be put at the finding's own place as it is, else None.

    Text for the place itself (an edit without a field) can, and an address where one stands without
    quotes, escapes or blanks: the place is then exactly as wide as the address.
    """
    edits = () if finding.suggestion is None else finding.suggestion.edits
    if len(edits) != 1:
        return None
    edit = edits[0]
    if not edit.field:
        return edit.value if edit.value.isprintable() else None
    line, column, end_line, end_column = finding.position
    bare = line == end_line and end_column - column == len(finding.url or "") > 0
    return edit.value if edit.field == finding.field and bare and _PLAIN_URL.fullmatch(edit.value) else None
