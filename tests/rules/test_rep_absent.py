"""REP101, REP105 and REP106: what is not there, in whole or in part."""

from dataclasses import replace
from typing import Any

import pytest
from builders import NOON, at, document, evidence, link
from repositories import HOME, PLACE, code, codebase, gone, repository, there

from rlhf_linkcheck.evidence import Archived, Evidence, Outcome, Reason
from rlhf_linkcheck.finding import Edit, Finding, Proof, Severity, Suggestion
from rlhf_linkcheck.model import Category
from rlhf_linkcheck.repository import Repository, Restriction
from rlhf_linkcheck.rules.base import Rule
from rlhf_linkcheck.rules.rep101_missing_repository import MissingRepository
from rlhf_linkcheck.rules.rep105_empty_repository import EmptyRepository
from rlhf_linkcheck.rules.rep106_missing_path import MissingPath

GIST = "https://gist.github.com/someone/6bff0fecd65950898eba"
MODEL = "https://huggingface.co/Owner/Name"
DATASET = "https://huggingface.co/datasets/Owner/Name"
SPACE = "https://huggingface.co/spaces/Owner/Name"
COLLECTION = "https://huggingface.co/collections/Owner/some-slug"
PROJECT = "https://gitlab.com/Group/Sub/Name"
RECORD = "https://zenodo.org/records/2630551"
ENTERPRISE = "https://git.example.edu/group/name"


def findings(rule: Rule, url: str, known: Evidence) -> list[Finding]:
    return list(rule.check_document(document(codebase(url)), {url: known}))


def finding(rule: Rule, url: str, message: str, proof: Proof, severity: Severity | None = None) -> Finding:
    """The finding about a codebase's main link."""
    return Finding(
        rule.info,
        severity or rule.info.severity,
        message,
        "entries.yaml",
        at(3, 8, len(url)),
        entry="toolkit",
        field="url",
        url=url,
        proof=proof,
    )


MISSING = MissingRepository()
SURE = "does not exist: the server answered 404; find where it went, or take the link out"


@pytest.mark.parametrize(
    ("url", "known", "called"),
    [
        (HOME, gone("github"), "repository owner/name"),
        (HOME, gone("web"), "repository owner/name"),
        (HOME, gone("web", reason=Reason.GONE), "repository owner/name"),
        (f"{HOME}.git", gone("web"), "repository owner/name"),
        (PLACE, gone("github"), "repository owner/name"),
        (PLACE, gone("web", homeless=True), "repository owner/name"),
        (f"{HOME}/releases/tag/v1", gone("github"), "repository owner/name"),
        (GIST, gone("github"), "gist 6bff0fecd65950898eba"),
        (GIST, gone("web"), "gist 6bff0fecd65950898eba"),
        (MODEL, gone("huggingface"), "model Owner/Name"),
        (DATASET, gone("web"), "dataset Owner/Name"),
        (f"{DATASET}/blob/main/x", gone("huggingface"), "dataset Owner/Name"),
        (SPACE, gone("huggingface"), "space Owner/Name"),
        (COLLECTION, gone("web"), "collection Owner/some-slug"),
        (PROJECT, gone("gitlab"), "project group/sub/name"),
        (f"{PROJECT}/-/blob/main/x", gone("web", homeless=True), "project group/sub/name"),
        (RECORD, gone("zenodo", reason=Reason.GONE), "record 2630551"),
        (ENTERPRISE, gone("github"), "repository group/name"),
    ],
)
def test_what_is_kept_nowhere_is_an_error(url: str, known: Evidence, called: str) -> None:
    proof = Proof(source=known.source, retrieved_at=NOON)
    assert findings(MISSING, url, known) == [finding(MISSING, url, f"the {called} {SURE}", proof)]


@pytest.mark.parametrize(
    ("url", "called"),
    [
        (MODEL, "model Owner/Name"),
        (DATASET, "dataset Owner/Name"),
        (f"{MODEL}/blob/main/config.json", "model Owner/Name"),
        (PROJECT, "project group/sub/name"),
    ],
)
def test_what_is_not_shown_to_strangers_may_be_private_and_is_a_warning(url: str, called: str) -> None:
    known = Evidence(Outcome(Reason.AUTH_REQUIRED, 401, checked_at=NOON, detail="it asks for a login"), "web")
    message = (
        f"the {called} is missing or private: it asks for a login; "
        "open the link without being logged in, and take it out if it shows nothing"
    )
    proof = Proof(source="web", retrieved_at=NOON)
    assert findings(MISSING, url, known) == [finding(MISSING, url, message, proof, Severity.WARNING)]


@pytest.mark.parametrize(
    ("url", "known"),
    [
        (HOME, there(repository())),
        (HOME, evidence(Reason.OK)),
        (HOME, evidence(Reason.TIMEOUT)),
        (HOME, evidence(Reason.RATE_LIMITED)),
        (HOME, evidence(Reason.SERVER_ERROR)),
        (HOME, evidence(Reason.HOST_NOT_FOUND)),
        (HOME, evidence(Reason.OFFLINE)),
        # GitHub asks nobody to log in, so a login says nothing about the repository
        (HOME, evidence(Reason.AUTH_REQUIRED)),
        (RECORD, evidence(Reason.AUTH_REQUIRED)),
        # of a place alone nobody has said that the repository is gone
        (PLACE, gone("web")),
        (f"{HOME}/releases/tag/v1", gone("web")),
        (f"{DATASET}/blob/main/x", gone("web")),
        # it is there, whatever became of the place
        (PLACE, gone("github", repository())),
        (MODEL, Evidence(Outcome(Reason.AUTH_REQUIRED, 401), "web", repository=repository())),
        # no home of code or data
        ("https://github.com/owner", gone("web")),
        ("https://github.com/owner/name/issues/1", gone("web")),
        ("https://arxiv.org/abs/2203.02155", gone("arxiv")),
        ("https://youtu.be/hhiLw5Q_UFg", gone("youtube")),
        (ENTERPRISE, gone("web")),
        ("https://a.org/", gone("web")),
    ],
)
def test_nothing_is_missing_as_long_as_nobody_says_so(url: str, known: Evidence) -> None:
    assert findings(MISSING, url, known) == []


def test_where_nobody_says_why_the_finding_does_without() -> None:
    (found,) = findings(MISSING, HOME, gone("github", detail=""))
    assert found.message == "the repository owner/name does not exist; find where it went, or take the link out"


EMPTY = EmptyRepository()


@pytest.mark.parametrize(
    ("url", "held", "known", "called"),
    [
        (HOME, {}, there, "repository Owner/Name"),
        (PLACE, {}, lambda held: gone("github", held), "repository Owner/Name"),
        (MODEL, {"source": "huggingface", "identity": "hf:models/Owner/Name"}, there, "model Owner/Name"),
        (PROJECT, {"source": "gitlab", "name": "Group/Sub/Name"}, there, "project Group/Sub/Name"),
        (ENTERPRISE, {"name": "Group/Name"}, there, "repository Group/Name"),
        (HOME, {}, lambda held: Evidence(Outcome(Reason.TIMEOUT), "web", repository=held), "repository Owner/Name"),
    ],
)
def test_what_has_nothing_in_it_is_an_error(url: str, held: dict[str, Any], known: Any, called: str) -> None:
    kept = repository(empty=True, **held)
    message = f"the {called} is empty; take the link out until there is something in it"
    proof = Proof(kept.source, None, "empty", NOON)
    assert findings(EMPTY, url, known(kept)) == [finding(EMPTY, url, message, proof)]


@pytest.mark.parametrize(
    "known",
    [
        there(repository(empty=False)),
        there(repository(empty=None)),
        there(None),
        gone("web"),
        # nothing of it is shown
        there(repository(empty=True, restricted=Restriction.DISABLED)),
    ],
)
def test_what_is_not_known_to_be_empty_is_not(known: Evidence) -> None:
    assert findings(EMPTY, HOME, known) == []


ABSENT = MissingPath()


@pytest.mark.parametrize(
    ("url", "held", "source", "called", "found"),
    [
        (PLACE, {}, "github", "repository Owner/Name", "main/run.sh"),
        (PLACE, {"seen_only": True}, "web", "repository Owner/Name", "main/run.sh"),
        (f"{HOME}/tree/feature/x", {}, "github", "repository Owner/Name", "feature/x"),
        (f"{HOME}/releases/tag/v/1", {}, "github", "repository Owner/Name", f"{HOME}/releases/tag/v/1"),
        (f"{DATASET}/blob/main/x", {"source": "huggingface"}, "web", "dataset Owner/Name", "main/x"),
        (f"{PROJECT}/-/raw/main/x", {"source": "gitlab"}, "web", "project Owner/Name", "main/x"),
        (f"{ENTERPRISE}/blob/main/x", {}, "github", "repository Owner/Name", "main/x"),
        (f"{ENTERPRISE}/blob/main/x", {}, "web", "repository Owner/Name", "main/x"),
    ],
)
def test_a_place_that_is_gone_from_a_repository_that_is_there_is_an_error(
    url: str, held: dict[str, Any], source: str, called: str, found: str | None
) -> None:
    kept = repository(**held)
    message = (
        f"the {called} is there, but not what the link points at: the server answered 404; "
        f"link to where it is now, or to the {called.split(maxsplit=1)[0]} itself"
    )
    proof = Proof(kept.source, found or url, "the server answered 404", NOON)
    assert findings(ABSENT, url, gone(source, kept)) == [finding(ABSENT, url, message, proof)]


def test_a_name_that_the_source_says_itself_is_not_said_twice() -> None:
    (found,) = findings(ABSENT, PLACE, gone("github", repository(), detail="Owner/Name has no main/run.sh"))
    assert found.message == (
        "the repository is there, but not what the link points at: Owner/Name has no main/run.sh; "
        "link to where it is now, or to the repository itself"
    )


@pytest.mark.parametrize(
    "known",
    [
        gone("web"),
        gone("github"),
        gone("web", homeless=True),
        gone("github", repository(empty=True)),
        gone("github", repository(), Reason.LEGAL),
        # nothing of its repository is shown, or it was taken down
        gone("github", repository(restricted=Restriction.DISABLED)),
        gone("web", repository(restricted=Restriction.TAKEN_DOWN), homeless=True),
        there(repository()),
        Evidence(Outcome(Reason.TIMEOUT), "web", repository=repository()),
        Evidence(Outcome(Reason.SOFT_404), "web", repository=repository()),
    ],
)
def test_a_place_is_not_gone_where_its_repository_is_or_nobody_knows(known: Evidence) -> None:
    assert findings(ABSENT, PLACE, known) == []


def test_gitlab_sends_who_asks_for_what_is_gone_to_the_branch_that_had_it() -> None:
    kept, url = repository("Group/Sub/Name", source="gitlab"), f"{PROJECT}/-/blob/main/x"
    (found,) = findings(ABSENT, url, gone("web", kept, Reason.SOFT_404, detail="it redirects to the branch"))
    assert found.message == (
        "the project Group/Sub/Name is there, but not what the link points at: it redirects to the branch; "
        "link to where it is now, or to the project itself"
    )
    assert findings(ABSENT, url, gone("web", None, Reason.SOFT_404)) == []


@pytest.mark.parametrize(
    ("rule", "known"),
    [
        (MISSING, gone("github")),
        (EMPTY, there(repository(empty=True))),
        (ABSENT, gone("github", repository())),
    ],
)
def test_every_link_is_judged_whatever_lists_it(rule: Rule, known: Evidence) -> None:
    listed = codebase("https://a.org/", category=Category.PAPER, links=(code(PLACE, 9, label="third party"),))
    outside = document(listed, links=(link(PLACE, 40, field=""),))
    found = list(rule.check_document(outside, {PLACE: known}))
    assert [(one.entry, one.field, one.url, one.position) for one in found] == [
        ("toolkit", "links[0].url", PLACE, at(9, 8, len(PLACE))),
        (None, None, PLACE, at(40, 8, len(PLACE))),
    ]
    assert {one.severity for one in found} == {rule.info.severity}


LONG = "word " * 200


@pytest.mark.parametrize(
    ("rule", "known"),
    [
        (MISSING, gone("github", detail=LONG)),
        (EMPTY, there(repository(LONG, empty=True))),
        (ABSENT, gone("github", repository(LONG), detail=LONG)),
    ],
)
def test_a_strangers_words_fill_no_more_than_a_line(rule: Rule, known: Evidence) -> None:
    url = "https://gitlab.com/" + "group/" * 200 + "name/-/tree/main"
    (found,) = findings(rule, url, known)
    assert len(found.message) < 620
    assert "…" in found.message


def test_a_home_that_only_was_seen_is_named_by_its_address() -> None:
    seen = Repository("hf:datasets/Owner/Name", "web", "Owner/Name", NOON, seen_only=True)
    (found,) = findings(ABSENT, f"{DATASET}/blob/main/x", gone("web", seen))
    assert found.message.startswith("the dataset Owner/Name is there, but")


@pytest.mark.parametrize(("rule", "url", "held"), [(MISSING, HOME, None), (MissingPath(), PLACE, repository())])
def test_the_last_good_copy_of_its_page_is_offered(rule: Rule, url: str, held: Repository | None) -> None:
    known = gone("github", held)
    copy = Archived(f"https://web.archive.org/web/20260131120000/{url}", NOON)
    (without,) = findings(rule, url, known)
    (found,) = findings(rule, url, replace(known, archived=copy))
    assert without.suggestion is None
    assert found == replace(
        without,
        message=f"{without.message}; the Wayback Machine has a copy of 2026-01-31",
        suggestion=Suggestion((Edit("url", copy.url),), safe=False),
    )
