"""The tracking issue at the simulated GitHub, over real sockets: nights, one after the other."""

from typing import Any

import pytest
from github_wire import API
from tracked import (
    GOOD,
    NAME,
    about,
    audited,
    comments,
    dead,
    github,
    issue,
    numbers,
    sent,
    text_of,
    tracked,
    written,
)

from rlhf_linkcheck.config import GitHubServer
from rlhf_linkcheck.report import InputFile
from rlhf_linkcheck.tracking import Tracked

A, B = dead("https://a.example/"), dead("https://b.example/")
ISSUES = f"/repos/{NAME}/issues"
PAGE = f"https://github.com/{NAME}/issues"
STRANGER: dict[str, Any] = {"by": "stranger", "body": text_of(A)}
OWN: dict[str, Any] = {"by": "github-actions[bot]", "body": text_of(A), "labels": ["linkcheck"]}


def shown(found: dict[str, Any]) -> tuple[str, str | None, str]:
    return found["state"], found["state_reason"], found["body"].splitlines()[1]


def test_the_life_of_an_issue() -> None:
    with github() as web:
        assert tracked(web, audited()) == Tracked((f"{NAME}: nothing to do",))
        assert numbers(web) == []
        assert tracked(web, audited(A)) == Tracked((f"{NAME}: open an issue with 1 finding → {PAGE}/1",))
        opened = issue(web)
        assert (opened["title"], opened["labels"]) == ("Link check: entries.yaml", [{"name": "linkcheck"}])
        assert "https://a.example/" in opened["body"]
        assert opened["body"].count("No earlier audit of the whole list is known") == 1
        assert tracked(web, audited(A)) == Tracked((f"{NAME}: update #1 → {PAGE}/1",))
        assert comments(web) == []
        assert tracked(web, audited(A, B)).lines[0].startswith(f"{NAME}: comment #1 with 1 new finding")
        (comment,) = comments(web)
        assert "https://b.example/" in comment
        assert tracked(web, audited()) == Tracked((f"{NAME}: close #1: nothing is left → {PAGE}/1",))
        assert shown(issue(web)) == ("closed", "completed", "<!-- told: -->")
        assert tracked(web, audited()) == Tracked((f"{NAME}: nothing to do",))
        tracked(web, audited(B))
        assert shown(issue(web))[:2] == ("open", "reopened")
        assert len(comments(web)) == 2
        assert numbers(web) == [1]


def test_it_takes_one_question_to_find_it_and_one_request_to_write_it() -> None:
    with github(OWN) as web:
        tracked(web, audited(A))
        assert sent(web) == [("GET", ISSUES), ("PATCH", f"{ISSUES}/1")]
        (listed, _) = web.log.requests
        assert listed.path == f"{ISSUES}?labels=linkcheck&state=all&sort=updated&direction=desc&per_page=50&page=1"
        assert {one.headers["authorization"] for one in web.log.requests} == {f"Bearer {GOOD}"}


def test_nobody_sees_the_token_but_the_api() -> None:
    with github() as web:
        tracked(web, audited(A))
        assert {one.host for one in web.log.requests} == {API}


def test_closed_by_hand_it_stays_closed_until_something_new_is_found() -> None:
    with github({**OWN, "closed": True}) as web:
        tracked(web, audited(A))
        assert (issue(web)["state"], comments(web)) == ("closed", [])
        tracked(web, audited(A, B))
        assert (issue(web)["state"], len(comments(web))) == ("open", 1)


def test_without_its_label_it_is_found_among_those_that_were_changed_last() -> None:
    """Pull requests are in the list as well, and one that has the mark is no issue."""
    pulls = {"pull_request": True, "body": text_of(A), "by": "github-actions[bot]", "times": 60}
    with github({**OWN, "labels": []}, pulls) as web:
        tracked(web, audited(A))
        assert sent(web) == [*[("GET", ISSUES)] * 3, ("PATCH", f"{ISSUES}/1")]
        assert issue(web)["labels"] == []


def test_it_is_not_looked_for_without_end() -> None:
    with github({**OWN, "labels": []}, {"times": 1_000}) as web:
        tracked(web, audited(A))
        assert sent(web) == [*[("GET", ISSUES)] * 21, ("POST", ISSUES)]


def test_what_a_stranger_writes_is_not_taken_though_it_begins_with_the_mark() -> None:
    with github(STRANGER, {**STRANGER, "association": "CONTRIBUTOR"}) as web:
        tracked(web, audited(A))
        assert [issue(web, number)["body"] for number in (1, 2)] == [text_of(A)] * 2
        assert issue(web, 3)["user"]["login"] == "github-actions[bot]"
        tracked(web, audited(A))
        assert numbers(web) == [1, 2, 3]


def test_who_quotes_the_mark_has_not_got_it_be_it_a_member() -> None:
    with github({"by": "member", "association": "MEMBER", "body": f"Look at this:\n{text_of(A)}"}) as web:
        tracked(web, audited(A))
        assert numbers(web) == [1, 2]


def test_what_a_member_has_opened_with_a_token_of_their_own_is_taken() -> None:
    with github({**STRANGER, "association": "MEMBER"}) as web:
        tracked(web, audited(A))
        assert numbers(web) == [1]


def test_whose_the_token_is_is_asked_where_the_author_is_no_insider() -> None:
    """A member may be one in private, so that the API does not call them one."""
    with github(STRANGER, {**STRANGER, "by": "nightly"}, login="nightly") as web:
        tracked(web, audited(A))
        assert numbers(web) == [1, 2]
        assert written(web) == [("PATCH", f"{ISSUES}/2")]
        assert ("GET", "/user") in sent(web)


def test_of_two_issues_with_the_mark_the_older_one_that_is_open_is_kept_up() -> None:
    with github({**OWN, "closed": True}, OWN, OWN, {**OWN, "closed": True}) as web:
        assert tracked(web, audited(A)).lines == (
            f"{NAME}: #3 has the mark of this list as well: close it by hand",
            f"{NAME}: update #2 → {PAGE}/2",
        )


def test_two_lists_of_one_repository_have_an_issue_each() -> None:
    other = audited(A, files=(InputFile("README.md", "README.md"),))
    with github() as web:
        for report in (audited(A), other, audited(A), other):
            tracked(web, report)
        assert [issue(web, number)["title"] for number in numbers(web)] == [
            "Link check: entries.yaml",
            "Link check: README.md",
        ]


def test_a_repository_that_was_renamed_is_followed() -> None:
    with github(OWN, repository={"former": ["o/old"]}) as web:
        assert tracked(web, audited(A, B), "o/old").broken is False
        assert [verb for verb, _ in written(web)] == ["POST", "PATCH"]
        assert len(comments(web)) == 1


def test_a_dry_run_says_what_would_be_done_and_writes_nothing() -> None:
    with github(OWN) as web:
        assert tracked(web, audited(A, B), dry=True).lines == (
            f"{NAME}: would comment #1 with 1 new finding",
            f"{NAME}: would update #1",
        )
        assert tracked(web, audited(), dry=True).lines == (f"{NAME}: would close #1: nothing is left",)
        assert written(web) == []


def test_a_dry_run_takes_no_token() -> None:
    with github(STRANGER) as web:
        assert tracked(web, audited(A), dry=True, token=None).lines == (f"{NAME}: would open an issue with 1 finding",)
        assert {one.headers.get("authorization") for one in web.log.requests} == {None}


def test_a_run_that_was_none_asks_nobody() -> None:
    with github(OWN) as web:
        for report in (audited(complete=False), audited(no_way_out=True, exit_code=3), audited(B, exit_code=143)):
            words = f"{NAME}: the audit is incomplete, so its issue is left as it is"
            assert tracked(web, report) == Tracked((words,))
        assert web.log.requests == ()


def test_a_link_that_did_not_answer_closes_nothing() -> None:
    with github(OWN) as web:
        tracked(web, audited(unseen=about(audited(A))))
        assert issue(web)["state"] == "open"
        assert comments(web) == []


def test_a_server_of_ones_own_holds_its_issues() -> None:
    own = GitHubServer("git.example", "https://git.example/api/v3", "https://git.example/api/graphql", GOOD)
    with github(repository={"server": "git.example"}) as web:
        told = tracked(web, audited(A), github=(GitHubServer(), own))
        assert told.lines == (f"{NAME}: open an issue with 1 finding → https://git.example/{NAME}/issues/1",)
        assert {one.host for one in web.log.requests} == {"git.example"}


@pytest.mark.parametrize("api", ["https://git.example:443/api/v3", "https://Git.Example/api/v3"])
def test_an_address_of_its_api_may_be_written_as_any_other(api: str) -> None:
    own = GitHubServer("git.example", api, "https://git.example/api/graphql", GOOD)
    with github(OWN, repository={"server": "git.example"}) as web:
        told = tracked(web, audited(A), github=(GitHubServer(), own))
    assert told.lines == (f"{NAME}: update #1 → https://git.example/{NAME}/issues/1",)
