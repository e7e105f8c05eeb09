import pytest
from crawling import crawl, outcome_of

from rlhf_linkcheck.evidence import Outcome, Reason, Redirect, SourceStats, Verdict

STATUS_ROWS = (
    (200, Verdict.ALIVE, Reason.OK),
    (204, Verdict.ALIVE, Reason.OK),
    (206, Verdict.ALIVE, Reason.OK),
    (404, Verdict.DEAD, Reason.NOT_FOUND),
    (410, Verdict.DEAD, Reason.GONE),
    (451, Verdict.DEAD, Reason.LEGAL),
    (401, Verdict.UNCERTAIN, Reason.AUTH_REQUIRED),
    (403, Verdict.UNCERTAIN, Reason.BLOCKED),
    (406, Verdict.UNCERTAIN, Reason.BLOCKED),
    (418, Verdict.UNCERTAIN, Reason.BLOCKED),
    (999, Verdict.UNCERTAIN, Reason.BLOCKED),
    (429, Verdict.UNCERTAIN, Reason.RATE_LIMITED),
    (400, Verdict.UNCERTAIN, Reason.CLIENT_ERROR),
    (405, Verdict.UNCERTAIN, Reason.CLIENT_ERROR),
    (500, Verdict.UNCERTAIN, Reason.SERVER_ERROR),
    (503, Verdict.UNCERTAIN, Reason.SERVER_ERROR),
    (304, Verdict.UNCERTAIN, Reason.PROTOCOL_ERROR),
)


@pytest.mark.parametrize(("status", "verdict", "reason"), STATUS_ROWS)
async def test_a_status_row_of_the_contract(status: int, verdict: Verdict, reason: Reason) -> None:
    outcome = await outcome_of(f"hosts: {{a.example: {{/: {status}}}}}", "https://a.example/")
    assert (outcome.verdict, outcome.reason, outcome.status) == (verdict, reason, status)


FAULT_ROWS = (
    ("{hang: true}", Reason.TIMEOUT, "no answer within 0.3 s, tried 2 times"),
    ("{reset: true}", Reason.RESET, "the connection was reset, tried 2 times"),
    ("{close: true}", Reason.RESET, "the connection was closed before an answer came, tried 2 times"),
    (
        "{garbage: true}",
        Reason.PROTOCOL_ERROR,
        "what came back is not HTTP, or its headers are too large, tried 2 times",
    ),
    ("{status: 200, body: '', truncate: 100}", Reason.RESET, "the answer was cut off, tried 2 times"),
)


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(("page", "reason", "detail"), FAULT_ROWS)
async def test_a_broken_answer_is_uncertain(page: str, reason: Reason, detail: str, scheme: str) -> None:
    outcome = await outcome_of(
        f"hosts: {{a.example: {{/: {page}}}, control.example: {{/: 200}}}}",
        f"{scheme}://a.example/",
        timeout=0.3 if reason is Reason.TIMEOUT else 5.0,
        retries=0,
    )
    assert (outcome.verdict, outcome.reason, outcome.detail) == (Verdict.UNCERTAIN, reason, detail)


async def test_a_refused_connection_is_uncertain() -> None:
    outcome = await outcome_of(
        "hosts: {a.example: {refuse: true}, control.example: {/: 200}}", "http://a.example/", retries=1
    )
    assert (outcome.reason, outcome.detail) == (Reason.REFUSED, "the connection was refused, tried 3 times")


TLS_ROWS = (
    ("expired", "its certificate has expired"),
    ("not-yet-valid", "its certificate is not yet valid"),
    ("self-signed", "its certificate is self-signed"),
    ("wrong-name", "its certificate is for another name"),
    ("unknown-authority", "its certificate is from an unknown authority, or an intermediate certificate is missing"),
    (
        "missing-intermediate",
        "its server leaves out an intermediate certificate; browsers fetch it by themselves, other programs fail",
    ),
)


@pytest.mark.parametrize(("kind", "detail"), TLS_ROWS)
async def test_a_certificate_that_cannot_be_trusted_is_named(kind: str, detail: str) -> None:
    outcome = await outcome_of(f"hosts: {{a.example: {{tls: {kind}, /: 200}}}}", "https://a.example/")
    assert (outcome.reason, outcome.detail, outcome.attempts) == (Reason.TLS, detail, 1)


HANDSHAKE_ROWS = (
    (
        "old-version",
        Reason.PROTOCOL_ERROR,
        "it speaks only old versions of TLS (1.1 or older), which browsers refuse too, tried 2 times",
    ),
    (
        "hang",
        Reason.TIMEOUT,
        "connected, but the TLS handshake did not finish within 0.3 s, tried 2 times",
    ),
)


@pytest.mark.parametrize(("kind", "reason", "detail"), HANDSHAKE_ROWS)
async def test_a_handshake_that_comes_to_nothing_is_named(kind: str, reason: Reason, detail: str) -> None:
    outcome = await outcome_of(
        f"hosts: {{a.example: {{tls: {kind}, /: 200}}, control.example: {{/: 200}}}}",
        "https://a.example/",
        connect_timeout=0.3,
        retries=0,
    )
    assert (outcome.verdict, outcome.reason, outcome.detail) == (Verdict.UNCERTAIN, reason, detail)


DNS_ROWS = (
    ("nxdomain", Verdict.DEAD, Reason.HOST_NOT_FOUND, "gone.example does not exist in DNS"),
    ("nodata", Verdict.UNCERTAIN, Reason.DNS_ERROR, "gone.example exists in DNS, but has no address, tried 2 times"),
    (
        "servfail",
        Verdict.UNCERTAIN,
        Reason.DNS_ERROR,
        "gone.example could not be resolved: the name server reported a failure, tried 2 times",
    ),
    (
        "timeout",
        Verdict.UNCERTAIN,
        Reason.DNS_ERROR,
        "gone.example could not be resolved: the name server did not answer, tried 2 times",
    ),
)


@pytest.mark.parametrize(("kind", "verdict", "reason", "detail"), DNS_ROWS)
async def test_the_ways_in_which_a_name_fails_are_told_apart(
    kind: str, verdict: Verdict, reason: Reason, detail: str
) -> None:
    heard = await crawl(
        f"hosts: {{gone.example: {{dns: {kind}}}, a.example: {{/: 200}}}}",
        ("http://gone.example/", "http://a.example/"),
        connect_timeout=0.8,
    )
    outcome = heard["http://gone.example/"]
    assert (outcome.verdict, outcome.reason, outcome.detail) == (verdict, reason, detail)


async def test_a_live_page_says_when_and_how_it_was_seen() -> None:
    outcome = await outcome_of("hosts: {a.example: {/p: 200}}", "http://a.example/p#part")
    assert outcome.checked_at is not None
    assert outcome.checked_at.utcoffset() is not None
    assert outcome == Outcome(
        Reason.OK,
        status=200,
        final_url="http://a.example/p#part",
        attempts=1,
        elapsed_ms=outcome.elapsed_ms,
        detail="200 OK",
        checked_at=outcome.checked_at,
    )


MOVES = """
hosts:
  a.example:
    /permanent: {status: 301, location: "https://b.example/new"}
    /308: {status: 308, location: "/permanent"}
    /temporary: {status: 302, location: "https://b.example/new"}
    /303: {status: 303, location: "https://b.example/new"}
    /307: {status: 307, location: "https://b.example/new"}
    /mixed: {status: 301, location: "/temporary"}
    /gone: {status: 301, location: "https://b.example/gone"}
    /own-fragment: {status: 301, location: "https://b.example/new#its-own"}
    /circle: {status: 302, location: "/back"}
    /back: {status: 302, location: "/circle"}
    /self: {status: 302, location: ""}
    /no-target: {status: 302}
    /mail: {status: 301, location: "mailto:someone@b.example"}
    /unicode: {status: 301, location: "https://b.example/ünï code"}
    /members: {status: 301, location: "https://b.example/login?next=/members"}
    /to-dead-name: {status: 301, location: "https://gone.example/"}
  b.example:
    /new: 200
    /gone: 404
    /login*: 200
    /%C3%BCn%C3%AF%20code: 200
  gone.example: {dns: nxdomain}
"""
NEW = "https://b.example/new"
REDIRECT_ROWS = (
    ("permanent", Reason.OK, NEW, NEW),
    ("308", Reason.OK, NEW, NEW),
    ("temporary", Reason.OK, NEW, None),
    ("303", Reason.OK, NEW, None),
    ("307", Reason.OK, NEW, None),
    ("mixed", Reason.OK, NEW, None),
    ("gone", Reason.NOT_FOUND, "https://b.example/gone", None),
    ("permanent#part", Reason.OK, f"{NEW}#part", f"{NEW}#part"),
    ("own-fragment#part", Reason.OK, f"{NEW}#its-own", f"{NEW}#its-own"),
    ("circle", Reason.REDIRECT_LOOP, "http://a.example/circle", None),
    ("no-target", Reason.BAD_REDIRECT, "http://a.example/no-target", None),
    ("self", Reason.BAD_REDIRECT, "http://a.example/self", None),
    ("mail", Reason.BAD_REDIRECT, "http://a.example/mail", None),
    (
        "unicode",
        Reason.OK,
        "https://b.example/%C3%BCn%C3%AF%20code",
        "https://b.example/%C3%BCn%C3%AF%20code",
    ),
    ("members", Reason.AUTH_REQUIRED, "https://b.example/login?next=/members", None),
    ("to-dead-name", Reason.HOST_NOT_FOUND, "https://gone.example/", None),
)


@pytest.mark.parametrize(("path", "reason", "final_url", "moved_to"), REDIRECT_ROWS)
async def test_a_redirect_row_of_the_contract(path: str, reason: Reason, final_url: str, moved_to: str | None) -> None:
    outcome = await outcome_of(MOVES, f"http://a.example/{path}")
    assert (outcome.reason, outcome.final_url, outcome.moved_to) == (reason, final_url, moved_to)


async def test_every_hop_is_told() -> None:
    outcome = await outcome_of(MOVES, "http://a.example/mixed")
    assert outcome.redirects == (Redirect(301, "http://a.example/temporary"), Redirect(302, NEW))


@pytest.mark.parametrize(("hops", "reason"), [(10, Reason.OK), (11, Reason.REDIRECT_LOOP)])
async def test_ten_hops_are_followed_and_not_one_more(hops: int, reason: Reason) -> None:
    steps = "\n".join(f"    /{n}: {{status: 302, location: /{n + 1}}}" for n in range(hops))
    heard = await crawl(f"hosts:\n  a.example:\n{steps}\n    /{hops}: 200\n", ("http://a.example/0",))
    assert heard["http://a.example/0"].reason is reason
    assert len(heard.asked("a.example")) == 11


async def test_challenges_are_recognised_by_their_headers_and_not_retried() -> None:
    heard = await crawl(
        """
        hosts:
          a.example:
            /cloudflare: {status: 503, headers: {cf-mitigated: challenge}}
            /waf: {status: 202, body: "", headers: {x-amzn-waf-action: challenge}}
            /quota: {status: 403, headers: {x-ratelimit-remaining: 0}}
        """,
        (f"http://a.example/{path}" for path in ("cloudflare", "waf", "quota")),
    )
    reasons = [heard[f"http://a.example/{path}"].reason for path in ("cloudflare", "waf", "quota")]
    assert reasons == [Reason.BLOCKED, Reason.BLOCKED, Reason.RATE_LIMITED]
    assert heard.asked("a.example").count("/cloudflare") == 1
    assert heard.asked("a.example").count("/waf") == 1


async def test_first_looks_and_follow_ups_are_counted_apart() -> None:
    heard = await crawl(
        """
        hosts:
          a.example:
            /fine: 200
            /moved: {status: 301, location: /fine-too}
            /fine-too: 200
            /flaky: {sequence: [503, 200]}
            /broken: 500
            /walled: 403
        """,
        (f"http://a.example/{path}" for path in ("fine", "moved", "flaky", "broken", "walled")),
        retries=1,
    )
    assert heard.crawl.sources == (SourceStats("web", asked=5, answered=3, requests=5, follow_ups=4),)
    assert len(heard.asked("a.example")) == 9


async def test_a_target_that_was_asked_already_is_not_asked_again() -> None:
    heard = await crawl(
        "hosts: {a.example: {/x: {status: 301, location: /z}, /y: {status: 302, location: /z}, /z: 200}}",
        ("http://a.example/x", "http://a.example/y", "http://a.example/z"),
    )
    assert sorted(heard.asked("a.example")) == ["/x", "/y", "/z"]
    assert {outcome.outcome.reason for outcome in heard.crawl.evidence.values()} == {Reason.OK}
    stats = heard.crawl.sources[0]
    assert stats.requests + stats.follow_ups == 3
