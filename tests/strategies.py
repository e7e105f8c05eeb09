"""Hypothesis strategies for reports: all that a run can produce, with the texts that an attacker would choose."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from hypothesis import strategies as st

from rlhf_linkcheck.evidence import (
    Archived,
    Evidence,
    Outcome,
    Past,
    Reason,
    Record,
    Redirect,
    SourceStats,
    Trust,
    Verdict,
)
from rlhf_linkcheck.finding import Edit, Finding, Fingerprint, Proof, Related, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.model import Position
from rlhf_linkcheck.report import (
    EntryReport,
    History,
    InputFile,
    Known,
    LinkReport,
    Note,
    PastAudit,
    Recovery,
    Report,
    summarize,
)
from rlhf_linkcheck.reporters.merging import PRECEDENCE
from rlhf_linkcheck.repository import Cited, Repository, Restriction, Writing

T = TypeVar("T")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

HOSTILE = (
    "\x1b[2J",
    "\x1b]8;;https://evil.example\x1b\\here",
    "\x9b31m",
    "two\r\nlines\u2028three",
    "\u202etxt.exe\u2066",
    "half \ud800",
    "\x00\x7f",
    "[bold]x[/] :warning:",
    "\ufeff\u200b ",
    "%s {0} \\n '\"",
)
"""What must reach neither a terminal nor a parser as it is."""


def _paired(text: str) -> str:
    """With each pair of surrogates as the one character it is: no decoder leaves them apart."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def _several(items: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(items, max_size=2).map(tuple)


def _perhaps(items: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    """At most one of what is made of many parts itself."""
    return st.lists(items, max_size=1).map(tuple)


# One choice from a table is far cheaper than a text letter by letter, and a report has hundreds of texts.
TEXTS = st.one_of(
    st.sampled_from(("", "a", "Title of «One»", "强化学习 é", "word " * 40, *HOSTILE)), st.text(max_size=4).map(_paired)
)
ADDRESSES = st.sampled_from(("https://a.org/", "https://b.org/x?id=A", "http://c.org/#d", "", *HOSTILE))
PATHS = ("entries.yaml", "README.md", "odd\n\x1bname.md")
TIMES = st.integers(0, 4_000_000_000).map(lambda seconds: _EPOCH + timedelta(seconds=seconds))
NUMBERS = st.sampled_from((0, 1, 2, 1_234, 10**12))
PLACES = st.sampled_from((1, 2, 3, 77, 10**12))

_HISTORIES = st.none() | st.builds(
    lambda audits, recovered, known: History(
        tuple(sorted(set(audits), key=lambda audit: audit.finished_at)), tuple(dict.fromkeys(recovered)), known, known
    ),
    _several(st.builds(PastAudit, TIMES, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS)),
    _several(st.builds(Recovery, ADDRESSES, st.sampled_from(Verdict), st.none() | TIMES, _several(TEXTS))),
    _perhaps(
        st.builds(
            Known,
            st.builds(Fingerprint, *[TEXTS] * 8),
            TIMES,
            st.sampled_from(Severity),
            st.none() | TIMES,
            st.booleans(),
        )
    ),
)
_MAYBE_TIMES = st.none() | TIMES
_PASTS = st.builds(
    *(Past, TIMES, TIMES, st.sampled_from(Verdict)), *(_MAYBE_TIMES, NUMBERS, _MAYBE_TIMES, _MAYBE_TIMES, NUMBERS)
)

_MAYBE_TEXT = st.none() | TEXTS
_MAYBE_ADDRESS = st.none() | ADDRESSES
_MAYBE_TIME = st.none() | TIMES

RECORDS = st.builds(
    Record,
    st.sampled_from(("arxiv:2203.02155", "github:a/b", "hf:datasets/c", "doi:10.1/x\x1b")),
    st.sampled_from(("arxiv", "github")),
    TEXTS,
    _several(TEXTS),
    TIMES,
    trust=st.sampled_from(Trust),
    other_titles=_several(TEXTS),
    complete=st.booleans(),
    ordered=st.booleans(),
    version=st.none() | NUMBERS,
    withdrawn=_MAYBE_TEXT,
    published=_MAYBE_TEXT,
    doi=_MAYBE_TEXT,
    repositories=_several(TEXTS),
)
REPOSITORIES = st.builds(
    Repository,
    st.sampled_from(("github:a/b", "hf:datasets/c", "gitlab:a/b/c\x1b", "zenodo:1")),
    st.sampled_from(("github", "huggingface", "")),
    TEXTS,
    TIMES,
    description=TEXTS,
    homepage=ADDRESSES,
    topics=_several(TEXTS),
    authors=_several(TEXTS),
    licence=_MAYBE_TEXT,
    default_branch=_MAYBE_TEXT,
    fork=st.booleans(),
    fork_of=_MAYBE_TEXT,
    archived=st.booleans(),
    archived_at=_MAYBE_TIME,
    pushed_at=_MAYBE_TIME,
    empty=st.none() | st.booleans(),
    restricted=st.none() | st.sampled_from(Restriction),
    restriction=TEXTS,
    seen_only=st.booleans(),
)
WRITINGS = st.builds(
    Writing,
    TEXTS,
    heading=TEXTS,
    names=_several(TEXTS),
    titles=_several(TEXTS),
    own=_perhaps(st.builds(Cited, TEXTS, _several(TEXTS), TEXTS)),
    words=NUMBERS,
    notice=_MAYBE_TEXT,
)
OUTCOMES = st.builds(
    Outcome,
    reason=st.sampled_from(Reason),
    status=st.none() | st.integers(100, 999),
    final_url=_MAYBE_ADDRESS,
    moved_to=_MAYBE_ADDRESS,
    redirects=_several(st.builds(Redirect, st.integers(300, 399), ADDRESSES)),
    attempts=NUMBERS,
    elapsed_ms=NUMBERS,
    detail=TEXTS,
    checked_at=_MAYBE_TIME,
    from_cache=st.booleans(),
)
EVIDENCE = st.builds(
    Evidence,
    OUTCOMES,
    _MAYBE_TEXT,
    record=st.none() | RECORDS,
    newest=st.none() | RECORDS,
    earlier=_perhaps(RECORDS),
    elsewhere=_perhaps(RECORDS),
    meant=_perhaps(RECORDS),
    unsettled=st.booleans(),
    repository=st.none() | REPOSITORIES,
    writings=st.none() | _perhaps(WRITINGS),
    homeless=st.booleans(),
    missing_fragments=st.lists(TEXTS, max_size=1).map(tuple),
    secure_url=_MAYBE_ADDRESS,
    past=st.none() | _PASTS,
    archived=st.none() | st.builds(Archived, ADDRESSES, TIMES),
)
LINKS = st.builds(LinkReport, ADDRESSES, EVIDENCE, st.lists(TEXTS, max_size=2, unique=True).map(tuple))
RULES = st.builds(
    RuleInfo,
    st.sampled_from(("LNK101", "PAP101", "ENT103", "XYZ000")),
    TEXTS,
    st.sampled_from(Severity),
    TEXTS,
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
FINDINGS = st.builds(
    Finding,
    rule=RULES,
    severity=st.sampled_from(Severity),
    message=TEXTS,
    path=st.sampled_from(PATHS),
    position=st.builds(Position, PLACES, PLACES, PLACES, PLACES),
    entry=_MAYBE_TEXT,
    field=_MAYBE_TEXT,
    url=_MAYBE_ADDRESS,
    proof=st.none() | st.builds(Proof, _MAYBE_TEXT, _MAYBE_TEXT, _MAYBE_TEXT, _MAYBE_TIME),
    related=_several(st.builds(Related, _MAYBE_TEXT, TEXTS, PLACES)),
    suggestion=st.none() | st.builds(Suggestion, _several(st.builds(Edit, TEXTS, TEXTS)), st.booleans()),
    suppressed_by=_MAYBE_TEXT,
    known_since=_MAYBE_TIMES,
    has_risen=st.booleans(),
    gravest=st.none() | st.sampled_from(Severity),
)
ENTRIES = st.builds(EntryReport, TEXTS, _MAYBE_TEXT, _MAYBE_TEXT, TEXTS, ADDRESSES, st.sampled_from(PATHS), PLACES)
SOURCES = st.builds(
    SourceStats, st.sampled_from(("web", "arxiv", "\x1b")), NUMBERS, NUMBERS, NUMBERS, NUMBERS, _MAYBE_TEXT
)
NOTES = st.builds(Note, TEXTS, _MAYBE_TEXT, st.none() | PLACES, st.booleans())

_LINKS = st.lists(LINKS, max_size=2, unique_by=lambda link: link.url)
_RULES = st.lists(RULES, max_size=2)
_FINDINGS = st.lists(FINDINGS, max_size=3)
_ENTRIES = st.lists(ENTRIES, max_size=2, unique=True)
_RECORDS = st.lists(RECORDS, max_size=2, unique_by=lambda record: (record.identity, record.source))
_SOURCES = st.lists(SOURCES, max_size=2, unique_by=lambda source: source.name)
_NOTES = st.lists(NOTES, max_size=2, unique=True)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report as a run makes it: each thing once, findings in order and of known rules, numbers that add up."""
    drawn = draw(_FINDINGS)
    rules = {rule.code: rule for rule in (*draw(_RULES), *(finding.rule for finding in drawn))}
    findings = sorted(
        dict.fromkeys(replace(finding, rule=rules[finding.rule.code]) for finding in drawn),
        key=lambda finding: (PATHS.index(finding.path), finding.position, finding.rule.code),
    )
    links, entries, records, sources = draw(_LINKS), draw(_ENTRIES), draw(_RECORDS), draw(_SOURCES)
    return Report(
        version=draw(TEXTS),
        started_at=draw(TIMES),
        finished_at=draw(TIMES),
        complete=draw(st.booleans()),
        no_way_out=draw(st.booleans()),
        exit_code=draw(st.sampled_from(PRECEDENCE)),
        inputs=PATHS,
        summary=summarize(len(entries), links, findings, sources, records),
        links=tuple(links),
        findings=tuple(findings),
        entries=tuple(entries),
        records=tuple(records),
        sources=tuple(sources),
        rules=tuple(rules.values()),
        notes=tuple(draw(_NOTES)),
        elapsed_ms=draw(NUMBERS),
        files=tuple(InputFile(path, draw(st.sampled_from((None, "list/entries.yaml", path)))) for path in PATHS),
        history=draw(_HISTORIES),
    )
