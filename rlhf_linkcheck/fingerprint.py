"""What makes a finding the same one from run to run, wherever it stands by then; pure."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import PurePath
from types import MappingProxyType
from typing import TypeAlias

from rlhf_linkcheck.finding import Finding, Fingerprint
from rlhf_linkcheck.identity import canonical_address, identify
from rlhf_linkcheck.matching.titles import fold
from rlhf_linkcheck.report import EntryReport, InputFile, Report

_INDEX = re.compile(r"\[\d+\]")
_MADE_UP = re.compile(r"entry-\d+")
"""The id that an entry without id and title is given: its place in the list, which shifts."""

_LONGEST = 400
"""Characters of a field that are kept as they are; what is longer ends in its hash."""

LONGEST_TITLE = 1_000
"""More characters than any title has."""

_SHARED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"DUP101": ("title", "url"), "DUP102": ("link", "url"), "ENT102": ("title", "link", "entry", "url")}
)
"""By code, what tells apart the entries that share something: which of them the finding stands at is their order's."""

_Places: TypeAlias = defaultdict[tuple[str, str], list[EntryReport]]
"""Entries by path and id, as they follow each other; many may have one id."""


def fingerprints(report: Report) -> tuple[Fingerprint, ...]:
    """The fingerprint of each finding of a report, a saved one included, in its order."""
    files = {file.path: name_of(file) for file in report.files}
    entries: _Places = defaultdict(list)
    for entry in sorted(report.entries, key=_line_of):
        entries[entry.path, entry.id].append(entry)
    return tuple(
        fingerprint(finding, _entry_at(finding, entries), files.get(finding.path) or _tidy(finding.path))
        for finding in report.findings
    )


def fingerprint(finding: Finding, entry: EntryReport | None, file: str) -> Fingerprint:
    """What this finding is about; ``entry`` is the one that it stands in, ``file`` the name of its file.

    Neither the place nor the message is part of it, nor what was found in the world: a link
    that was a 404 and is a 410 now is the same finding.
    """
    about = Fingerprint(file, entry=finding.entry or "") if entry is None else fingerprint_of_entry(entry, file)
    listed = finding.proof.listed if finding.proof else None
    return replace(
        about,
        code=finding.rule.code,
        field=_INDEX.sub("[]", finding.field or ""),
        url=folded_address(finding.url or ""),
        listed="" if listed is None or listed == finding.url else _brief(" ".join(listed.split())),
    )


@lru_cache(maxsize=4_096)
def fingerprint_of_entry(entry: EntryReport, file: str) -> Fingerprint:
    """The part that all findings of an entry share."""
    title, link = folded_title(entry.title), _brief(str(identify(entry.url))) if entry.url else ""
    named = "" if title or link else "entry" if _MADE_UP.fullmatch(entry.id) else entry.id
    return Fingerprint(file, title, link, named)


def of_those_sharing(about: Fingerprint) -> Fingerprint | None:
    """The same for all entries that share what the finding is about; None where it is about one entry alone."""
    apart = _SHARED.get(about.code)
    if apart is None or (about.code == "ENT102" and about.field != "id"):
        return None
    return replace(about, **dict.fromkeys(apart, ""))


def name_of(file: InputFile) -> str:
    """What a file is called wherever the command is given: its path in its repository, where it lies in one."""
    return file.repository_path or _tidy(file.path)


def folded_title(title: str) -> str:
    """A title as fingerprints have it."""
    return fold(title[:LONGEST_TITLE])


def folded_address(url: str) -> str:
    """An address as fingerprints have it."""
    return _brief(canonical_address(url) or url)


def _tidy(path: str) -> str:
    return PurePath(path).as_posix()


def _brief(text: str) -> str:
    """The text, at a length that a reviewer can bear; no two texts become one."""
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST]}… {sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _line_of(entry: EntryReport) -> int:
    return entry.line


def _entry_at(finding: Finding, entries: _Places) -> EntryReport | None:
    """The entry that a finding stands in: of several with one id the last that begins above it."""
    named = entries.get((finding.path, finding.entry)) if finding.entry is not None else None
    if named is None:
        return None
    above = bisect_right(named, finding.position.line, key=_line_of)
    return named[max(above - 1, 0)]
