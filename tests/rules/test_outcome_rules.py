"""LNK101, LNK104, LNK105, LNK107 and LNK109: which reason is whose, and in which words."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from builders import NOON, at, document, entry, evidence, link

from rlhf_linkcheck.evidence import Archived, Evidence, Reason, Verdict
from rlhf_linkcheck.finding import Edit, Finding, Proof, Severity, Suggestion
from rlhf_linkcheck.model import Role
from rlhf_linkcheck.rules import RULES
from rlhf_linkcheck.rules.lnk101_dead_link import DeadLink

URL = "https://example.org/page"


def raised(reason: Reason) -> list[Finding]:
    listed = document(entry("a", URL))
    known = {URL: evidence(reason, detail="seen with our own eyes")}
    return [finding for rule in RULES if rule.info.needs_network for finding in rule.check_document(listed, known)]


@pytest.mark.parametrize(
    ("reason", "code", "severity"),
    [
        (Reason.NOT_FOUND, "LNK101", Severity.ERROR),
        (Reason.GONE, "LNK101", Severity.ERROR),
        (Reason.LEGAL, "LNK101", Severity.ERROR),
        (Reason.HOST_NOT_FOUND, "LNK101", Severity.ERROR),
        (Reason.REDIRECT_LOOP, "LNK101", Severity.ERROR),
        (Reason.BAD_REDIRECT, "LNK101", Severity.ERROR),
        (Reason.AUTH_REQUIRED, "LNK105", Severity.INFO),
        (Reason.BLOCKED, "LNK105", Severity.INFO),
        (Reason.RATE_LIMITED, "LNK105", Severity.INFO),
        (Reason.CLIENT_ERROR, "LNK104", Severity.WARNING),
        (Reason.SERVER_ERROR, "LNK104", Severity.WARNING),
        (Reason.TIMEOUT, "LNK104", Severity.WARNING),
        (Reason.REFUSED, "LNK104", Severity.WARNING),
        (Reason.RESET, "LNK104", Severity.WARNING),
        (Reason.PROTOCOL_ERROR, "LNK104", Severity.WARNING),
        (Reason.DNS_ERROR, "LNK104", Severity.WARNING),
        (Reason.PRIVATE_ADDRESS, "LNK104", Severity.WARNING),
        (Reason.TLS, "LNK109", Severity.WARNING),
        (Reason.INCONSISTENT, "LNK104", Severity.WARNING),
        (Reason.SHORTAGE, "LNK104", Severity.WARNING),
        (Reason.SOFT_404, "LNK107", Severity.WARNING),
        (Reason.PARKED, "LNK107", Severity.WARNING),
    ],
)
def test_a_reason_has_one_rule(reason: Reason, code: str, severity: Severity) -> None:
    (finding,) = raised(reason)
    assert (finding.rule.code, finding.severity) == (code, severity)
    assert "seen with our own eyes; " in finding.message
    assert (finding.entry, finding.field, finding.url, finding.position) == ("a", "url", URL, at(3, 8, len(URL)))


@pytest.mark.parametrize(
    "reason",
    [
        Reason.OK,
        Reason.HOST_DOWN,
        Reason.INVALID,
        Reason.EXCLUDED,
        Reason.DEADLINE,
        Reason.OFFLINE,
        Reason.INTERRUPTED,
    ],
)
def test_other_reasons_have_none(reason: Reason) -> None:
    assert raised(reason) == []


def test_only_the_dead_are_errors_and_of_these_not_who_answers_with_something_else() -> None:
    errors = {reason for reason in Reason if Severity.ERROR in {finding.severity for finding in raised(reason)}}
    dead = {reason for reason in Reason if reason.verdict is Verdict.DEAD}
    assert errors == dead - {Reason.SOFT_404, Reason.PARKED}


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason.verdict is Verdict.DEAD])
def test_every_dead_link_has_one_finding(reason: Reason) -> None:
    assert len(raised(reason)) == 1


def test_each_reason_stands_for_the_verdict_that_the_contract_gives_it() -> None:
    assert {verdict: [reason.value for reason in Reason if reason.verdict is verdict] for verdict in Verdict} == {
        Verdict.ALIVE: ["ok"],
        Verdict.DEAD: [
            *("not_found", "gone", "legal", "host_not_found"),
            *("redirect_loop", "bad_redirect", "soft_404", "parked"),
        ],
        Verdict.UNCERTAIN: [
            *("auth_required", "blocked", "rate_limited", "client_error", "server_error"),
            *("timeout", "refused", "reset", "protocol_error", "dns_error", "tls"),
            *("inconsistent", "host_down", "shortage"),
        ],
        Verdict.SKIPPED: ["private_address", "invalid", "excluded", "deadline", "offline", "interrupted"],
    }


def test_each_link_is_judged_and_links_outside_entries_too() -> None:
    other = link(URL, 9, role=Role.CODE, field="links[0].url")
    outside = link(URL, 20, role=Role.OTHER, field="")
    listed = document(entry("a", URL, links=(other,)), links=(outside,))
    findings = list(DeadLink().check_document(listed, {URL: evidence(Reason.GONE)}))
    assert [(finding.entry, finding.field, finding.position.line) for finding in findings] == [
        ("a", "url", 3),
        ("a", "links[0].url", 9),
        (None, None, 20),
    ]
    assert findings[0].message == "the page is gone for good; link to an archived copy, or take the link out"
    assert findings[0].proof == Proof(source="web", retrieved_at=NOON)


def test_a_link_that_nobody_asked_about_is_not_judged() -> None:
    assert list(DeadLink().check_document(document(entry("a", URL)), {})) == []


@pytest.mark.parametrize(
    ("reason", "detail", "message"),
    [
        (
            Reason.NOT_FOUND,
            "404 Not Found after 2 redirects",
            "the page does not exist: 404 Not Found after 2 redirects; find where it went, or take the link out",
        ),
        (
            Reason.TLS,
            "its certificate has expired",
            "its certificate has expired; tell the site's owner",
        ),
        (
            Reason.PRIVATE_ADDRESS,
            "10.0.0.1 is not a public address",
            (
                "not asked: 10.0.0.1 is not a public address; "
                "link to a public address, or allow this one with --allow-private"
            ),
        ),
        (Reason.GONE, "", "the page is gone for good; link to an archived copy, or take the link out"),
        (Reason.SERVER_ERROR, "", "the server is in trouble; open it by hand, or check again later"),
    ],
)
def test_a_message_says_what_was_seen_and_what_it_means(reason: Reason, detail: str, message: str) -> None:
    known = {URL: evidence(reason, detail=detail)}
    assert [finding.message for rule in RULES for finding in rule.check_document(document(entry("a", URL)), known)] == [
        message
    ]


COPY = Archived(f"https://web.archive.org/web/20240506070809/{URL}", datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC))


def _raised_with_copy(known: Evidence) -> list[Finding]:
    listed = document(entry("a", URL))
    rules = [rule for rule in RULES if rule.info.needs_network]
    return [finding for rule in rules for finding in rule.check_document(listed, {URL: known})]


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason.verdict is Verdict.DEAD])
def test_a_last_good_copy_is_offered_for_a_second_look(reason: Reason) -> None:
    known = evidence(reason, detail="seen with our own eyes")
    (without,) = _raised_with_copy(known)
    (finding,) = _raised_with_copy(replace(known, archived=COPY))
    assert without.suggestion is None
    assert finding == replace(
        without,
        message=f"{without.message}; the Wayback Machine has a copy of 2024-05-06",
        suggestion=Suggestion((Edit("url", COPY.url),), safe=False),
    )


def test_outside_entries_the_copy_takes_the_place_of_the_text() -> None:
    listed = document(links=(link(URL, field=""),))
    known = replace(evidence(Reason.NOT_FOUND), archived=COPY)
    (finding,) = DeadLink().check_document(listed, {URL: known})
    assert finding.suggestion == Suggestion((Edit("", COPY.url),), safe=False)


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason.verdict is Verdict.UNCERTAIN])
def test_what_may_live_is_not_offered_a_copy(reason: Reason) -> None:
    known = evidence(reason)
    assert _raised_with_copy(replace(known, archived=COPY)) == _raised_with_copy(known)
