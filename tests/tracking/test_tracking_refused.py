"""What GitHub does not do for us, and what is said of it: over real sockets."""

import json
import os
import signal
from datetime import date
from typing import Any

import pytest
from crawling import network
from github_wire import API
from hypothesis import given
from hypothesis import strategies as st
from lookups import ANYTHING
from tracked import GOOD, NAME, audited, dead, github, sent, text_of, tracked, written

from rlhf_linkcheck.config import GitHubServer
from rlhf_linkcheck.simweb import Scenario, serve
from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.request import Request
from rlhf_linkcheck.tracking import Tracked, run, track
from rlhf_linkcheck.tracking.issue import issue_in

A, B = dead("https://a.example/"), dead("https://b.example/")
ISSUES = f"/repos/{NAME}/issues"
OWN: dict[str, Any] = {"by": "github-actions[bot]", "body": text_of(A), "labels": ["linkcheck"]}
WORDS = f"{NAME}: the issue could not be kept up: "
NOT_ALLOWED = f"GITHUB_TOKEN may not write issues in {NAME}: give it «issues: write»"
SWITCHED_OFF = f"{NAME} has no issues: they can be switched on in its settings"
TOO_LONG = "body is too long (maximum is 65536 characters)"
LEFT = ": the next audit says what is left to say"
LIMIT = "GitHub's limit is reached, and it takes nothing more"


@pytest.mark.parametrize(
    ("settings", "repository", "words"),
    [
        (
            {"reads_only": True},
            {},
            f"{NOT_ALLOWED} (GitHub says: Resource not accessible by integration)",
        ),
        (
            {"reads_only": True, "login": "someone"},
            {},
            f"{NOT_ALLOWED} (GitHub says: Resource not accessible by personal access token)",
        ),
        ({"token": "another"}, {}, "GITHUB_TOKEN was refused: is it still valid? (GitHub says: Bad credentials)"),
        ({}, {"private": True}, f"there is no {NAME}, or GITHUB_TOKEN may not see it (GitHub says: Not Found)"),
        (
            {},
            {"without_issues": True},
            f"{SWITCHED_OFF} (GitHub says: Issues has been disabled in this repository.)",
        ),
        (
            {},
            {"taken_down": "https://github.com/x"},
            f"{NAME} is blocked (GitHub says: Repository access blocked)",
        ),
    ],
)
def test_what_somebody_has_to_see_to(settings: dict[str, Any], repository: dict[str, Any], words: str) -> None:
    with github(repository=repository, **settings) as web:
        assert tracked(web, audited(A)) == Tracked((WORDS + words,), broken=True)


def test_a_limit_that_is_used_up_passes_by_itself() -> None:
    with github(OWN, rest_limit_with_token=0, reset_after=3000) as web:
        assert tracked(web, audited(A)) == Tracked((f"{WORDS}{LIMIT} for 50 min: the next audit tries again",))
        assert len(sent(web)) == 1


def test_who_takes_too_long_has_to_wait_for_the_next_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "PATIENCE", 0.2)
    silent = Scenario.parse(f"hosts: {{{API}: {{/*: {{delay: 30}}}}}}")
    with serve(silent) as web:
        late = "GitHub took more than 0.2 s: the next audit says what is left to say"
        assert tracked(web, audited(A)) == Tracked((f"{WORDS}{late}",))


@pytest.mark.usefixtures("kept_handlers")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(
    ("verb", "lines"),
    [
        ("GET", [f"{WORDS}interrupted{LEFT}"]),
        ("POST", [f"{WORDS}interrupted, and whether GitHub took «comment #1 with 1 new finding» is not known{LEFT}"]),
        (
            "PATCH",
            [
                f"{NAME}: comment #1 with 1 new finding",
                f"{WORDS}interrupted, and whether GitHub took «update #1» is not known{LEFT}",
            ],
        ),
    ],
)
def test_a_signal_ends_it_with_a_word_about_what_was_done_and_what_may_have_been(
    number: signal.Signals, verb: str, lines: list[str]
) -> None:
    def handler(request: Request) -> Behaviour:
        if request.method == verb:
            os.kill(os.getpid(), number)
            return Behaviour(delay=30)
        return answers(LISTED) if request.method == "GET" else Behaviour(status=200, body=b"{}")

    with serve(Scenario(), {API: handler}) as web:
        told = track(audited(A, B), NAME, network(web, github=(GitHubServer(token=GOOD),), retries=0))
    assert told == Tracked(tuple(lines), signal=number)


def test_who_takes_too_long_to_write_may_have_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "PATIENCE", 1)
    told = against({"POST": Behaviour(delay=30)}, audited(A, B))
    unknown = "and whether GitHub took «comment #1 with 1 new finding» is not known"
    assert told == Tracked((f"{WORDS}GitHub took more than 1 s, {unknown}{LEFT}",))


def test_a_secondary_limit_is_waited_for_where_it_is_short() -> None:
    with github(OWN, secondary_after=1, retry_after=1) as web:
        assert tracked(web, audited(A)) == Tracked((f"{NAME}: update #1 → https://github.com/{NAME}/issues/1",))
        assert written(web) == [("PATCH", f"{ISSUES}/1")] * 2


@pytest.mark.parametrize("status", [403, 429])
def test_each_request_is_sent_once_more_after_a_limit_that_is_over(status: int) -> None:
    def handler(request: Request) -> Behaviour:
        asked.append((request.method, request.path, request.body))
        if len(asked) % 2:
            return Behaviour(status=status, headers=(("Retry-After", "0"),), body=b"{}")
        return answers(LISTED) if request.method == "GET" else Behaviour(status=200, body=b"{}")

    with serve(Scenario(), {API: handler}) as web:
        told = track(audited(A, B), NAME, network(web, github=(GitHubServer(token=GOOD),), retries=0))
    assert told.lines == (f"{NAME}: comment #1 with 1 new finding", f"{NAME}: update #1")
    assert [verb for verb, *_ in asked] == ["GET", "GET", "POST", "POST", "PATCH", "PATCH"]


@pytest.mark.parametrize(("retry_after", "when"), [(3600, " for 60 min"), (-1, "")])
def test_one_that_is_long_or_of_no_length_is_left_for_the_next_audit_which_says_what_was_not_said(
    retry_after: int, when: str
) -> None:
    with github(OWN, secondary_after=1, retry_after=retry_after) as web:
        words = f"{WORDS}{LIMIT}{when}: the next audit tries again"
        assert tracked(web, audited(A, B)) == Tracked((words,))
        assert written(web) == [("POST", f"{ISSUES}/1/comments")]


def test_an_archived_repository_is_read_only() -> None:
    with github(OWN, repository={"archived_at": date(2026, 1, 1)}) as web:
        told = tracked(web, audited(A))
    assert told.broken
    assert told.lines[0].endswith("(GitHub says: Repository was archived so is read-only.)")


def answers(*found: Any) -> Behaviour:
    return Behaviour(content_type="application/json", body=json.dumps(found).encode())


LISTED = {"number": 1, "state": "open", "body": text_of(A), "user": {"login": "x[bot]", "type": "Bot"}}


def against(by_verb: dict[str, Behaviour], report: Any, **changes: Any) -> Tracked:
    """The tracking at a GitHub that has one issue, and says this to each request of a kind."""

    def handler(request: Request) -> Behaviour:
        asked.append((request.method, request.path.partition("?")[0], request.body))
        return by_verb.get(request.method, answers(LISTED))

    with serve(Scenario(), {API: handler}) as web:
        usual = {"github": (GitHubServer(token=GOOD),), "retries": 1}
        return track(report, NAME, network(web, **{**usual, **changes}))


asked: list[tuple[str, str, bytes]] = []


@pytest.fixture(autouse=True)
def _nothing_was_asked() -> None:
    asked.clear()


@pytest.mark.parametrize("status", [500, 502, 504])
def test_what_was_posted_is_not_sent_again_where_it_may_have_been_taken(status: int) -> None:
    told = against({"POST": Behaviour(status=status, body=b"")}, audited(A, B))
    assert told == Tracked((f"{WORDS}GitHub answered with {status}",))
    assert [verb for verb, *_ in asked] == ["GET", "POST"]


def test_what_can_be_sent_twice_is_tried_again() -> None:
    told = against({"PATCH": Behaviour(status=502, body=b"")}, audited(A))
    assert told == Tracked((f"{WORDS}GitHub answered with 502",))
    assert [verb for verb, *_ in asked] == ["GET", "PATCH", "PATCH"]


@pytest.mark.parametrize("body", [b"", b"{}", b"null", b"[[[", b"<html>"])
def test_a_list_that_is_none_opens_no_issue(body: bytes) -> None:
    told = against({"GET": Behaviour(body=body)}, audited(A))
    assert told == Tracked((f"{WORDS}GitHub's list of issues cannot be read",))
    assert {verb for verb, *_ in asked} == {"GET"}


def test_a_server_that_fails_opens_no_issue() -> None:
    told = against({"GET": Behaviour(status=503, body=b"")}, audited(A))
    assert told == Tracked((f"{WORDS}GitHub answered with 503",))


def test_an_answer_from_elsewhere_is_nobodys() -> None:
    with serve(Scenario.parse("hosts: {other.example: {/*: {body: '[]'}}}"), {API: _sends_on}) as web:
        told = track(audited(A), NAME, network(web, github=(GitHubServer(token=GOOD),), retries=0))
        elsewhere = [one for one in web.log.requests if one.host == "other.example"]
    assert told == Tracked((f"{WORDS}GitHub sent its caller on to another host, whose word is not its own",))
    assert [one.headers.get("authorization") for one in elsewhere] == [None]


def _sends_on(_: Request) -> Behaviour:
    return Behaviour(status=302, location="https://other.example/")


@pytest.mark.parametrize("body", [b"", b"[]", b"<html>Sign in to the network"])
def test_what_is_no_answer_of_the_api_has_written_nothing(body: bytes) -> None:
    told = against({"PATCH": Behaviour(status=200, body=body)}, audited(A))
    assert told == Tracked((f"{WORDS}GitHub's answer cannot be read, so it may not have been written",))


@pytest.mark.parametrize(
    ("verb", "status", "said", "words"),
    [
        (
            "POST",
            403,
            "Unable to create comment because issue is locked.",
            f"its conversation is locked, and GITHUB_TOKEN may not write there: unlock it in {NAME}",
        ),
        ("PATCH", 410, "This issue was deleted", "it has been deleted meanwhile: the next audit opens another"),
    ],
)
def test_an_issue_that_is_not_as_it_was_is_no_lack_of_permission(verb: str, status: int, said: str, words: str) -> None:
    body = json.dumps({"message": said}).encode()
    told = against({"POST": Behaviour(body=b"{}"), verb: Behaviour(status=status, body=body)}, audited(A, B))
    assert told.lines[-1] == f"{WORDS}{words} (GitHub says: {said})"
    assert told.broken is (verb == "POST")


def test_a_text_that_is_too_long_after_all_is_sent_once_more_and_shorter() -> None:
    errors = [{"resource": "Issue", "field": "body", "message": TOO_LONG}]
    long = Behaviour(status=422, body=json.dumps({"message": "Validation Failed", "errors": errors}).encode())
    told = against({"PATCH": long}, audited(A))
    assert told == Tracked(
        (f"{WORDS}GitHub does not take the text (GitHub says: Validation Failed: {TOO_LONG})",),
        broken=True,
    )
    first, second = (json.loads(body)["body"] for verb, _, body in asked if verb == "PATCH")
    assert "The whole report is too long for an issue." in second
    assert len(second) < len(first)


def test_where_a_label_may_not_be_made_the_issue_is_opened_without() -> None:
    def handler(request: Request) -> Behaviour:
        asked.append((request.method, request.path, request.body))
        if request.method == "GET":
            return answers()
        labelled = "labels" in json.loads(request.body)
        page = json.dumps({"html_url": "https://github.com/o/list/issues/1"}).encode()
        return Behaviour(status=403, body=b"{}") if labelled else Behaviour(status=201, body=page)

    with serve(Scenario(), {API: handler}) as web:
        told = track(audited(A), NAME, network(web, github=(GitHubServer(token=GOOD),)))
    assert told.lines == (f"{NAME}: open an issue with 1 finding → https://github.com/o/list/issues/1",)
    assert [verb for verb, *_ in asked] == ["GET", "GET", "POST", "POST"]


def test_whose_the_token_is_has_to_be_known_before_another_issue_is_opened() -> None:
    strange = {**LISTED, "user": {"login": "x", "type": "User"}}

    def handler(request: Request) -> Behaviour:
        asked.append((request.method, request.path, request.body))
        return Behaviour(status=500, body=b"") if request.path == "/user" else answers(strange)

    with serve(Scenario(), {API: handler}) as web:
        told = track(audited(A), NAME, network(web, github=(GitHubServer(token=GOOD),), retries=0))
    assert told == Tracked((f"{WORDS}GitHub answered with 500",))
    assert {verb for verb, *_ in asked} == {"GET"}


def test_a_server_in_a_private_network_is_guarded_and_one_that_is_silent_is_none_of_ours() -> None:
    private = GitHubServer("git.example", "https://10.0.0.1/api/v3", "https://10.0.0.1/api/graphql", GOOD)
    with github() as web:
        told = track(audited(A), NAME, network(web, github=(GitHubServer(), private), connect_to=()))
        assert told.broken
        assert told.lines[0].startswith(f"{WORDS}GitHub gave no answer: ")
        assert web.log.requests == ()
    with serve(Scenario.parse("hosts: {api.github.com: {refuse: true}}")) as web:
        told = track(audited(A), NAME, network(web, github=(GitHubServer(token=GOOD),), retries=0))
    assert told == Tracked((f"{WORDS}GitHub gave no answer: the connection was refused",))


@given(ANYTHING | st.fixed_dictionaries({"number": ANYTHING, "state": ANYTHING, "user": ANYTHING, "body": ANYTHING}))
def test_whatever_github_tells_it_is_an_issue_or_none(found: object) -> None:
    told = issue_in(found)
    assert told is None or not told.trusted


@pytest.mark.parametrize("found", [None, [], {}, *({"number": one, "state": "open"} for one in ("1", 0, True))])
def test_what_is_no_issue_is_none(found: object) -> None:
    assert issue_in(found) is None
