"""One report with a finding of every kind, made of the real list's defects; every format renders it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from rlhf_linkcheck.evidence import Evidence, Outcome, Reason, Record, Redirect, SourceStats, Verdict
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
from rlhf_linkcheck.repository import Cited, Repository, Writing

_PATH = "README.md"
_NOW = datetime(2026, 1, 31, 2, 0, 7, tzinfo=UTC)

_RULES = {
    rule.code: rule
    for rule in (
        RuleInfo("DUP101", "shared-link", Severity.ERROR, "two entries have the same main link"),
        RuleInfo("DUP102", "repeated-entry", Severity.WARNING, "an entry is repeated"),
        RuleInfo("ENT103", "empty-link", Severity.ERROR, "a label without an address"),
        RuleInfo("ENT104", "malformed-url", Severity.ERROR, "not an address that can be fetched", fixable=True),
        RuleInfo("ENT105", "malformed-authors", Severity.WARNING, "a list of authors with a slip", fixable=True),
        RuleInfo("ENT107", "malformed-item", Severity.WARNING, "a slip changes what a reader sees", fixable=True),
        RuleInfo("LNK101", "dead-link", Severity.ERROR, "the link's target no longer exists", needs_network=True),
        RuleInfo("LNK102", "moved-link", Severity.WARNING, "the target has moved for good", True, True),
        RuleInfo("LNK103", "insecure-link", Severity.INFO, "http, and https serves the same", True, True),
        RuleInfo("LNK104", "unreachable-link", Severity.WARNING, "could not be reached", needs_network=True),
        RuleInfo("LNK105", "blocked-link", Severity.INFO, "the site does not let a checker in", needs_network=True),
        RuleInfo("LNK106", "noncanonical-link", Severity.INFO, "another form of an address", fixable=True),
        RuleInfo("LNK109", "invalid-certificate", Severity.WARNING, "the certificate is not valid", True),
        RuleInfo("PAP101", "wrong-paper", Severity.ERROR, "the link is a different paper", needs_network=True),
        RuleInfo("PAP102", "title-mismatch", Severity.ERROR, "the title departs in words", True, True),
        RuleInfo("PAP107", "unknown-paper", Severity.ERROR, "the identifier does not exist", needs_network=True),
        RuleInfo("REP106", "missing-path", Severity.ERROR, "the file is not in the repository", needs_network=True),
    )
}

_MISLEAD = EntryReport(
    "language-models-learn-to-mislead-humans-via-rlhf",
    "paper",
    "2025",
    "Language Models Learn to Mislead Humans via RLHF",
    "https://arxiv.org/abs/2503.00897",
    _PATH,
    105,
)
_TEXT_TO_IMAGE = EntryReport(
    "a-simple-and-effective-reinforcement-learning-method-for-text-to-image-diffusion-fine-tuning",
    "paper",
    "2025",
    "A Simple and Effective Reinforcement Learning Method for Text-to-Image Diffusion Fine-tuning",
    "https://arxiv.org/abs/2503.00897",
    _PATH,
    109,
)
_REINFORCE = EntryReport(
    "reinforce",
    "paper",
    "2025",
    "REINFORCE++: A Simple and Efficient Approach for Aligning Large Language Models",
    "https://arxiv.org/abs/2501.03262",
    _PATH,
    152,
)
_TLCR = EntryReport(
    "tlcr",
    "paper",
    "2024",
    "TLCR: Token-Level Continuous Reward for Fine-grained Reinforcement Learning from Human Feedback",
    "https://arxiv.org/abs/2407.16574",
    _PATH,
    216,
)
_DENSE = EntryReport(
    "dense-reward-for-free-in-reinforcement-learning-from-human-feedback",
    "paper",
    "2024",
    "Dense Reward for Free in Reinforcement Learning from Human Feedback",
    "https://openaccess.thecvf.com/content/CVPR2024/html/Yu_RLHF-V_CVPR_2024_paper.html",
    _PATH,
    256,
)
_RIME = EntryReport(
    "rime",
    "paper",
    "2024",
    "RIME: Robust Preference-based Reinforcement Learning with Noisy Human Preferences",
    "https://arxiv.org/abs/2402.17257",
    _PATH,
    359,
)
_ALIGNDIFF = EntryReport(
    "aligndiff-2",
    "paper",
    "2023",
    "AlignDiff: Aligning Diverse Human Preferences via Behavior-Customisable Diffusion Model",
    "https://arxiv.org/abs/2310.02054",
    _PATH,
    438,
)
_RL4LMS = EntryReport(
    "rl4lms",
    "codebase",
    "Codebases",
    "RL4LMs (A modular RL library to fine-tune language models to human preferences)",
    "https://github.com/allenai/RL4LMs",
    _PATH,
    707,
)
_HOSTILE = EntryReport(
    "hostile",
    "blog",
    "Blogs",
    "[bold]Not bold[/bold] \x1b]0;owned\x07 \u202etxt.exe 强化学习 «quotes»\nand a second line",
    "https://example.com/%1b[31m",
    _PATH,
    812,
)
_UNTITLED = EntryReport("untitled", None, None, "", "", _PATH, 900)

_DEEPMIND = "https://www.deepmind.com/blog/learning-through-human-feedback"
_DEEPMIND_NOW = "https://deepmind.google/discover/blog/learning-through-human-feedback/"
_SCRIPT = "main/examples/scripts/train_reinforce_llama_ray.sh"
_DELETED = f"https://github.com/OpenRLHF/OpenRLHF/blob/{_SCRIPT}"
_NOT_THERE = f"OpenRLHF/OpenRLHF has no {_SCRIPT}"
_BADGE = "https://visitor-badge.lithub.cc/badge?page_id=opendilab.awesome-RLHF&left_text=Visitors"


def _finding(  # noqa: PLR0913 - a finding has that many parts
    code: str,
    message: str,
    position: tuple[int, int, int],
    entry: EntryReport | None = None,
    *,
    field: str | None = None,
    url: str | None = None,
    proof: Proof | None = None,
    related: tuple[Related, ...] = (),
    suggestion: Suggestion | None = None,
    severity: Severity | None = None,
    suppressed_by: str | None = None,
) -> Finding:
    line, column, end_column = position
    return Finding(
        rule=_RULES[code],
        severity=severity or _RULES[code].severity,
        message=message,
        path=_PATH,
        position=Position(line, column, line, end_column),
        entry=None if entry is None else entry.id,
        field=field,
        url=url,
        proof=proof,
        related=related,
        suggestion=suggestion,
        suppressed_by=suppressed_by,
    )


def _set(field: str, value: str, *, safe: bool = True) -> Suggestion:
    return Suggestion((Edit(field, value),), safe)


_FINDINGS = (
    _finding(
        "LNK104",
        "no answer in 20 s, tried 3 times",
        (2, 152, 240),
        url=_BADGE,
        proof=Proof(source="web", retrieved_at=_NOW),
    ),
    _finding(
        "PAP101",
        "the link is a different paper",
        (105, 53, 85),
        _MISLEAD,
        field="url",
        url=_MISLEAD.url,
        proof=Proof("arxiv", _MISLEAD.title, _TEXT_TO_IMAGE.title, _NOW),
        related=(Related(_TEXT_TO_IMAGE.id, _PATH, 109),),
    ),
    _finding(
        "DUP101",
        "shares its main link with another title",
        (109, 97, 129),
        _TEXT_TO_IMAGE,
        field="url",
        url=_TEXT_TO_IMAGE.url,
        related=(Related(_MISLEAD.id, _PATH, 105),),
    ),
    _finding(
        "REP106",
        f"the repository is there, but not what the link points at: {_NOT_THERE}; "
        "link to where it is now, or to the repository itself",
        (155, 20, 112),
        _REINFORCE,
        field="links[0].url",
        url=_DELETED,
        proof=Proof("github", _SCRIPT, _NOT_THERE, _NOW),
    ),
    _finding("ENT103", "«Official» has no address", (219, 20, 20), _TLCR, field="links[0].url"),
    _finding(
        "ENT104",
        "a blank before the address",
        (259, 20, 73),
        _DENSE,
        field="links[0].url",
        severity=Severity.WARNING,
        url="https://github.com/XanderJC/attention-based-credit",
        suggestion=_set("links[0].url", "https://github.com/XanderJC/attention-based-credit"),
    ),
    _finding(
        "LNK106",
        "a PDF; the abstract page is the canonical form",
        (342, 72, 104),
        _DENSE,
        field="url",
        url="https://arxiv.org/pdf/2402.00782",
        proof=Proof(listed="https://arxiv.org/pdf/2402.00782", found="https://arxiv.org/abs/2402.00782"),
        suggestion=_set("url", "https://arxiv.org/abs/2402.00782"),
    ),
    _finding(
        "PAP102",
        "the title has a word that the paper's has not",
        (359, 4, 85),
        _RIME,
        field="title",
        url=_RIME.url,
        proof=Proof(
            "arxiv",
            _RIME.title,
            "RIME: Robust Preference-based Reinforcement Learning with Noisy Preferences",
            _NOW,
        ),
        suggestion=_set("title", "RIME: Robust Preference-based Reinforcement Learning with Noisy Preferences"),
    ),
    _finding(
        "DUP102",
        "is listed twice",
        (438, 94, 126),
        _ALIGNDIFF,
        field="title",
        related=(Related("aligndiff", _PATH, 337),),
    ),
    _finding(
        "PAP107",
        "arXiv knows no such paper",
        (438, 94, 126),
        _ALIGNDIFF,
        field="url",
        url="https://arxiv.org/abs/2310.99999",
        proof=Proof("arxiv", listed="2310.99999", retrieved_at=_NOW),
    ),
    _finding(
        "LNK109",
        "the certificate expired on 2025-11-02",
        (440, 18, 48),
        _ALIGNDIFF,
        field="links[0].url",
        url="https://aligndiff.github.io/",
        proof=Proof("web", retrieved_at=_NOW),
        suppressed_by="README.md:440",
    ),
    _finding(
        "ENT107",
        "«;» where the list has «:»",
        (541, 12, 13),
        None,
        proof=Proof(listed="Dataset; [BBQ]", found="Dataset: [BBQ]"),
        suggestion=_set("", ":"),
    ),
    _finding(
        "LNK103",
        "https serves the same page",
        (573, 25, 64),
        url="http://nlp.cs.washington.edu/triviaqa/",
        proof=Proof("web", "http://nlp.cs.washington.edu/triviaqa/", "https://nlp.cs.washington.edu/triviaqa/", _NOW),
        suggestion=_set("", "https://nlp.cs.washington.edu/triviaqa/"),
    ),
    _finding(
        "ENT105",
        "a comma splits one name",
        (708, 45, 60),
        _RL4LMS,
        field="authors[2]",
        proof=Proof(listed="Kianté,Brantley", found="Kianté Brantley"),
        suggestion=Suggestion((Edit("authors[2]", "Kianté Brantley"), Edit("authors[3]", ""))),
    ),
    _finding(
        "ENT107",
        "without a blank after its mark this is no list item",
        (735, 1, 2),
        None,
        proof=Proof(listed="-", found="- "),
        suggestion=_set("", "- "),
    ),
    _finding(
        "LNK102",
        f"moved permanently to {_DEEPMIND_NOW}",
        (812, 30, 91),
        _HOSTILE,
        field="url",
        url=_DEEPMIND,
        proof=Proof("web", _DEEPMIND, _DEEPMIND_NOW, _NOW),
        suggestion=_set("url", _DEEPMIND_NOW, safe=False),
    ),
    _finding("LNK105", "answers 403 to a checker", (812, 30, 91), _HOSTILE, field="url", url=_HOSTILE.url),
    _finding("ENT103", "has no address", (900, 1, 1), _UNTITLED, field="url"),
)


def _link(url: str, reason: Reason, *entries: EntryReport, **more: Any) -> LinkReport:
    asked: dict[str, Any] = {} if reason in {Reason.INVALID, Reason.EXCLUDED} else {"attempts": 1, "checked_at": _NOW}
    source = "web" if asked else None
    outcome = Outcome(reason, **(asked | more))
    return LinkReport(url, Evidence(outcome, source), tuple(entry.id for entry in entries))


_RECORD = Record(
    "arxiv:2503.00897",
    "arxiv",
    _TEXT_TO_IMAGE.title,
    ("Shashank Gupta", "Chaitanya Ahuja", "Tsung-Yu Lin", "Kianté Brantley"),
    _NOW,
)

_REPOSITORY = Repository(
    "github:openrlhf/openrlhf",
    "github",
    "OpenRLHF/OpenRLHF",
    _NOW,
    description="A framework for RLHF",
    topics=("rlhf", "ray"),
    licence="Apache-2.0",
    default_branch="main",
    pushed_at=datetime(2026, 1, 30, 23, 59, 59, tzinfo=UTC),
    empty=False,
)
_README = Writing(
    "README.md",
    heading="OpenRLHF",
    names=("arxiv:2405.11143", "arxiv:2501.03262"),
    own=(Cited("OpenRLHF", ("Jian Hu", "Xibin Wu"), "arxiv:2405.11143"),),
    words=812,
)
_KNOWN = Record("github:openrlhf/openrlhf", "github", "OpenRLHF/OpenRLHF", (), _NOW)

_LINKS = (
    _link(_BADGE, Reason.TIMEOUT, attempts=3, elapsed_ms=61_003, detail="no answer in 20 s, tried 3 times"),
    LinkReport(
        _MISLEAD.url,
        Evidence(Outcome(Reason.OK, 200, _MISLEAD.url, attempts=1, elapsed_ms=412, checked_at=_NOW), "arxiv", _RECORD),
        (_MISLEAD.id, _TEXT_TO_IMAGE.id),
    ),
    LinkReport(
        _DELETED,
        Evidence(
            Outcome(Reason.NOT_FOUND, attempts=2, elapsed_ms=131, detail=_NOT_THERE, checked_at=_NOW),
            "github",
            repository=_REPOSITORY,
            writings=(_README, Writing("CITATION.cff", heading="OpenRLHF", words=9)),
        ),
        (_REINFORCE.id,),
    ),
    _link(_TLCR.url, Reason.OK, _TLCR, status=200, final_url=_TLCR.url, from_cache=True),
    _link(_DENSE.url, Reason.OK, _DENSE, status=200, final_url=_DENSE.url, elapsed_ms=87),
    _link(_RIME.url, Reason.OK, _RIME, status=200, final_url=_RIME.url, elapsed_ms=90),
    _link("https://arxiv.org/abs/2310.99999", Reason.NOT_FOUND, _ALIGNDIFF, status=404),
    _link("https://aligndiff.github.io/", Reason.TLS, _ALIGNDIFF, detail="certificate expired on 2025-11-02"),
    _link("http://nlp.cs.washington.edu/triviaqa/", Reason.OK, status=200),
    _link(_RL4LMS.url, Reason.OK, _RL4LMS, status=200, final_url=_RL4LMS.url),
    _link(
        _DEEPMIND,
        Reason.OK,
        _HOSTILE,
        status=200,
        final_url=_DEEPMIND_NOW,
        moved_to=_DEEPMIND_NOW,
        redirects=(Redirect(301, "https://deepmind.google/blog"), Redirect(308, _DEEPMIND_NOW)),
    ),
    _link(_HOSTILE.url, Reason.BLOCKED, _HOSTILE, status=403),
    _link("https://www.reddit.com/r/rlhf", Reason.BLOCKED, status=403),
    _link("https://example.org/private", Reason.EXCLUDED),
)

_ENTRIES = (
    _MISLEAD,
    _TEXT_TO_IMAGE,
    _REINFORCE,
    _TLCR,
    _DENSE,
    _RIME,
    _ALIGNDIFF,
    _RL4LMS,
    _HOSTILE,
    _UNTITLED,
)

_SOURCES = (
    SourceStats("arxiv", asked=4, answered=4, requests=1),
    SourceStats(
        "github",
        asked=3,
        answered=1,
        requests=1,
        note="2 repositories were not compared: set GITHUB_TOKEN to ask GitHub's API",
    ),
    SourceStats("web", asked=12, answered=9, requests=11, follow_ups=7),
)

_NEW = frozenset({"PAP101", "LNK104"})
_TOLD: tuple[Finding, ...] = tuple(
    finding if finding.rule.code in _NEW else replace(finding, known_since=_NOW - timedelta(days=3))
    for finding in _FINDINGS
)

GOLDEN = Report(
    version="0.1.0",
    started_at=datetime(2026, 1, 31, 2, 0, 0, tzinfo=UTC),
    finished_at=datetime(2026, 1, 31, 2, 0, 12, tzinfo=UTC),
    elapsed_ms=11_437,
    complete=True,
    exit_code=1,
    inputs=(_PATH,),
    files=(InputFile(_PATH, f"list/{_PATH}"),),
    history=History(
        tuple(
            PastAudit(_NOW - timedelta(days=days), 11 - dead, dead, 2, 1, 2 + dead, 4, 3)
            for days, dead in ((3, 0), (2, 1), (1, 1))
        ),
        (Recovery("https://openreview.net/forum?id=bxfKIYfHyx", Verdict.DEAD, _NOW - timedelta(days=2), (_TLCR.id,)),),
        (
            Known(
                Fingerprint(_PATH, code="LNK102", url="https://github.com/opendilab/gone"),
                _NOW - timedelta(days=3),
                Severity.WARNING,
            ),
        ),
    ),
    summary=summarize(len(_ENTRIES), _LINKS, _TOLD, _SOURCES, (_RECORD, _KNOWN)),
    links=_LINKS,
    findings=_TOLD,
    entries=_ENTRIES,
    records=(_RECORD, _KNOWN),
    sources=_SOURCES,
    rules=tuple(_RULES.values()),
    notes=(Note("the suppression of LNK105 is no longer needed", _PATH, 612),),
)
"""Seventeen rules, ten entries, fourteen links; one entry's title is an attack on terminals."""

EMPTY = Report(
    version="0.1.0",
    started_at=GOLDEN.started_at,
    finished_at=GOLDEN.started_at,
    complete=True,
    exit_code=0,
    inputs=(),
    summary=summarize(0, (), (), ()),
)
"""A run that saw nothing at all."""
