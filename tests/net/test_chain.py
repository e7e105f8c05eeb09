from collections.abc import Sequence
from typing import Any

import pytest
from crawling import client_of

from rlhf_linkcheck.net.chain import Chain, End, follow
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.simweb.web import Web


async def followed(client: Client, address: str, **how: Any) -> Chain:
    return await follow(client, address, on_send=lambda _: None, **how)


def asked(web: Web) -> list[tuple[str, str, str]]:
    """Host, path and cookies of each request, in order."""
    return [(one.host, one.path, one.headers.get("cookie", "")) for one in web.log.requests]


def told(chain: Chain) -> tuple[End, int | None, str]:
    return chain.end, chain.last.status, chain.final_url


COOKIES = """
hosts:
  a.example:
    /self: {sequence: [{status: 302, location: /self, headers: {set-cookie: "seen=1; Path=/"}}, 200]}
    /door: {status: 302, location: /page, headers: {set-cookie: ["one=1; Path=/", "two=2; Path=/"]}}
    /page: 200
    /away: {status: 302, location: "https://b.example/page", headers: {set-cookie: "mine=1; Path=/"}}
    /there-and-back: {status: 302, location: "https://b.example/back", headers: {set-cookie: "mine=1; Path=/"}}
    /secure: {status: 302, location: "http://a.example/page", headers: {set-cookie: "s=1; Path=/; Secure"}}
    /baker: {status: 302, location: /baker, headers: {set-cookie: "always=1; Path=/"}}
    /first: {status: 302, location: /shared}
    /second: {status: 302, location: /shared}
    /shared: {status: 302, location: /page, headers: {set-cookie: "token=1; Path=/"}}
    /of-its-own: {headers: {set-cookie: "late=1; Path=/"}}
    /refreshing:
      headers: {set-cookie: "js=1; Path=/"}
      body: "<meta http-equiv=refresh content='0;url=/page'>"
  b.example:
    /page: 200
    /back: {status: 302, location: "https://a.example/page", headers: {set-cookie: "theirs=1; Path=/"}}
"""


@pytest.mark.parametrize(
    ("path", "requests"),
    [
        ("door", [("a.example", "/door", ""), ("a.example", "/page", "one=1; two=2")]),
        ("self", [("a.example", "/self", ""), ("a.example", "/self", "seen=1")]),
        ("away", [("a.example", "/away", ""), ("b.example", "/page", "")]),
        (
            "there-and-back",
            [("a.example", "/there-and-back", ""), ("b.example", "/back", ""), ("a.example", "/page", "mine=1")],
        ),
        ("secure", [("a.example", "/secure", ""), ("a.example", "/page", "")]),
        ("refreshing", [("a.example", "/refreshing", ""), ("a.example", "/page", "js=1")]),
    ],
)
async def test_cookies_come_back_within_a_chain_to_who_set_them(
    path: str, requests: Sequence[tuple[str, str, str]]
) -> None:
    async with client_of(COOKIES) as (client, web):
        chain = await followed(client, f"https://a.example/{path}")
    assert asked(web) == requests
    assert (chain.end, chain.last.status) == (End.ANSWERED, 200)


async def test_who_always_sets_a_cookie_and_sends_to_itself_is_a_circle() -> None:
    async with client_of(COOKIES) as (client, web):
        chain = await followed(client, "https://a.example/baker")
    assert told(chain) == (End.CIRCLE, 302, "https://a.example/baker")
    assert asked(web) == [
        ("a.example", "/baker", ""),
        ("a.example", "/baker", "always=1"),
        ("a.example", "/baker", "always=1"),
    ]


async def test_who_is_sent_back_to_where_it_was_asks_anew_once() -> None:
    scenario = """
    hosts:
      a.example:
        /once: {sequence: [{status: 302, location: /once}, 200]}
        /door: {sequence: [{status: 302, location: /gate}, 200]}
        /gate: {status: 302, location: /door}
        /circle: {status: 302, location: /other}
        /other: {status: 302, location: /circle}
    """
    async with client_of(scenario) as (client, web):
        chains = [await followed(client, f"https://a.example/{path}") for path in ("once", "door", "circle")]
    assert [chain.end for chain in chains] == [End.ANSWERED, End.ANSWERED, End.CIRCLE]
    paths = [path for _, path, _ in asked(web)]
    assert paths == ["/once"] * 2 + ["/door", "/gate", "/door"] + ["/circle", "/other"] * 2


async def test_cookies_never_come_into_another_chain() -> None:
    async with client_of(COOKIES) as (client, web):
        for path in ("door", "of-its-own", "page"):
            await followed(client, f"https://a.example/{path}")
    assert asked(web) == [
        ("a.example", "/door", ""),
        ("a.example", "/page", "one=1; two=2"),
        ("a.example", "/of-its-own", ""),
        ("a.example", "/page", ""),
    ]


async def test_a_hop_that_several_chains_share_is_asked_anew_for_each_where_it_sets_cookies() -> None:
    async with client_of(COOKIES) as (client, web):
        chains = [await followed(client, f"https://a.example/{path}") for path in ("first", "second")]
    assert [chain.end for chain in chains] == [End.ANSWERED] * 2
    assert asked(web) == [
        ("a.example", "/first", ""),
        ("a.example", "/shared", ""),
        ("a.example", "/page", "token=1"),
        ("a.example", "/second", ""),
        ("a.example", "/shared", ""),
        ("a.example", "/page", "token=1"),
    ]


async def test_a_page_that_was_heard_with_cookies_is_no_answer_for_who_has_none() -> None:
    async with client_of(COOKIES) as (client, web):
        await followed(client, "https://a.example/door")
        await followed(client, "https://a.example/page")
        await followed(client, "https://a.example/page")
    assert [cookies for _, path, cookies in asked(web) if path == "/page"] == ["one=1; two=2", ""]


def refresh(target: str, after: str = "0") -> str:
    return f"{{body: \"<meta http-equiv=refresh content='{after}; url={target}'><p>Wait.\"}}"


REFRESHES = f"""
hosts:
  a.example:
    /at-once: {refresh("/page")}
    /soon: {refresh("https://b.example/page", "5")}
    /late: {refresh("/page", "30")}
    /itself: {refresh("/itself")}
    /part: {refresh("#part")}
    /nowhere: {refresh("javascript:go()")}
    /ping: {refresh("/pong")}
    /pong: {refresh("/ping")}
    /dead: {refresh("/gone")}
    /gone: {{status: 404, body: "<meta http-equiv=refresh content='0; url=/page'>"}}
    /by-field: {{headers: {{refresh: "0; url=/page"}}}}
    /by-field-late: {{headers: {{refresh: "60; url=/page"}}}}
    /scriptless: {{body: "<noscript><meta http-equiv=refresh content='0; url=/page'></noscript><p>Hello."}}
    /walled: {{headers: {{cf-mitigated: challenge}}, body: "<meta http-equiv=refresh content='0; url=/page'>"}}
    /redirect: {{status: 302, location: /at-once}}
    /round: {refresh("/back")}
    /back: {{status: 302, location: /round}}
    /page: 200
  b.example: {{/page: 200}}
"""


@pytest.mark.parametrize(
    ("path", "end", "status", "final", "hops"),
    [
        ("at-once", End.ANSWERED, 200, "https://a.example/page", [200]),
        ("at-once#part", End.ANSWERED, 200, "https://a.example/page#part", [200]),
        ("soon", End.ANSWERED, 200, "https://b.example/page", [200]),
        ("by-field", End.ANSWERED, 200, "https://a.example/page", [200]),
        ("redirect", End.ANSWERED, 200, "https://a.example/page", [302, 200]),
        ("dead", End.ANSWERED, 404, "https://a.example/gone", [200]),
        ("late", End.ANSWERED, 200, "https://a.example/late", []),
        ("by-field-late", End.ANSWERED, 200, "https://a.example/by-field-late", []),
        ("itself", End.ANSWERED, 200, "https://a.example/itself", []),
        ("part", End.ANSWERED, 200, "https://a.example/part", []),
        ("nowhere", End.ANSWERED, 200, "https://a.example/nowhere", []),
        ("scriptless", End.ANSWERED, 200, "https://a.example/scriptless", []),
        ("walled", End.ANSWERED, 200, "https://a.example/walled", []),
        ("gone", End.ANSWERED, 404, "https://a.example/gone", []),
        ("ping", End.ANSWERED, 200, "https://a.example/pong", [200]),
        ("round", End.ANSWERED, 200, "https://a.example/round", [200, 302]),
    ],
)
async def test_a_page_that_sends_its_reader_on_at_once_is_a_hop(
    path: str, end: End, status: int, final: str, hops: list[int]
) -> None:
    async with client_of(REFRESHES) as (client, _):
        chain = await followed(client, f"https://a.example/{path}")
    assert told(chain) == (end, status, final)
    assert [redirect.status for redirect in chain.redirects] == hops
    assert not chain.permanent


async def test_refreshes_have_an_end_too() -> None:
    pages = "\n".join(f"    /{number}: {refresh(f'/{number + 1}')}" for number in range(12))
    async with client_of(f"hosts:\n  a.example:\n{pages}") as (client, web):
        chain = await followed(client, "https://a.example/0")
    assert told(chain) == (End.ANSWERED, 200, "https://a.example/10")
    assert len(chain.redirects) == 10
    assert len(web.log.requests) == 11


async def test_asked_again_each_hop_is_asked_anew() -> None:
    scenario = "hosts: {a.example: {/: {status: 302, location: /page}, /page: {sequence: [404, 200]}}}"
    async with client_of(scenario) as (client, web):
        chains = [await followed(client, "https://a.example/", again=again) for again in (False, False, True)]
    assert [chain.last.status for chain in chains] == [404, 404, 200]
    assert [path for _, path, _ in asked(web)] == ["/", "/page", "/", "/page"]


@pytest.mark.parametrize(("patient", "attempts"), [(True, 3), (False, 1)])
async def test_who_is_not_patient_tries_once(patient: bool, attempts: int) -> None:
    async with client_of("hosts: {a.example: {/: 503}}", retries=2) as (client, _):
        chain = await followed(client, "https://a.example/", patient=patient)
    assert chain.last.attempts == attempts


async def test_each_try_is_told_with_its_hop() -> None:
    sent: list[int] = []
    scenario = "hosts: {a.example: {/: {location: /page}, /page: {sequence: [503, 200]}}}"
    async with client_of(scenario) as (client, _):
        chain = await follow(client, "https://a.example/", on_send=sent.append)
    assert sent == [0, 1, 1]
    assert chain.permanent
