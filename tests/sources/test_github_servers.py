"""GitHub at a host of its own: who is asked about what, and who gets to see which token."""

from dataclasses import replace
from typing import Any

import pytest
from crawling import client_of
from github_asked import FULL, GIST, SITE, WORLD, api, ask, ask_plan, bearers, note, timeless_repository, verdicts
from github_wire import API, PAGES
from lookups import NOW, asked, asked_hosts, hosts
from lookups import told as page

from rlhf_linkcheck.config import GitHubServer
from rlhf_linkcheck.evidence import Reason, Verdict
from rlhf_linkcheck.identity import Identity, identify
from rlhf_linkcheck.identity.address import Address, parse_address
from rlhf_linkcheck.identity.kinds import ROUTES
from rlhf_linkcheck.identity.repositories import identify_at
from rlhf_linkcheck.sources.base import Request, Writings
from rlhf_linkcheck.sources.github import GitHub

OWN = "git.example.org"
HERE = f"https://{OWN}"
INNER = f"{HERE}/o/inner"
SECRET = "ghp_simulated"
SERVERS = (GitHubServer(), GitHubServer(OWN, f"{HERE}/api/v3", f"{HERE}/api/graphql", SECRET))
BOTH = WORLD.replace(
    "repositories:\n",
    f"""repositories:
  - {{github: o/inner, server: {OWN}, description: Ours, former: [o/older], files: {{README.md: A, a/b.md: B}}}}
  - {{github: o/full, server: {OWN}, description: Another, archived_at: 2024-01-02, files: {{README.md: A}}}}
  - {{github: o/taken, server: {OWN}, taken_down: "https://git.example.org/notice"}}
""",
)


def at(server: str, address: str) -> Request:
    parsed = parse_address(address)
    known = identify_at(server, parsed) if isinstance(parsed, Address) else None
    identity: Identity = known or identify(address)
    return Request(identity, (address,), ROUTES[identity.kind])


def own(*names: str) -> list[Request]:
    return [at(OWN, f"{HERE}/{name}") for name in names]


async def test_each_server_answers_for_its_own_addresses_and_sees_its_own_token() -> None:
    listed = own("o/inner", "o/inner/blob/main/a/b.md", "o/full", "o/nothing")
    heard = await ask_plan(BOTH, *listed, asked(FULL), asked(f"{SITE}/o/inner"), github=SERVERS)
    assert verdicts(heard) == ["alive", "alive", "alive", "dead", "alive", "dead"]
    assert heard.asked(OWN) == ("/api/graphql", "/api/graphql")
    assert set(heard.asked(API)) == {"/repos/o/full", "/repos/o/inner"}
    assert bearers(heard.log.requests) == {(OWN, f"Bearer {SECRET}"), (API, None), (PAGES, None)}
    theirs, public = heard.crawl.evidence[f"{HERE}/o/full"], heard.crawl.evidence[FULL]
    assert theirs.repository is not None
    assert (theirs.repository.identity, theirs.repository.archived) == (f"github:{OWN}/o/full", True)
    assert public.repository is not None
    assert (public.repository.identity, public.repository.archived) == ("github:o/full", False)


async def test_a_place_at_another_host_moves_within_it() -> None:
    (request,) = own("o/older/blob/main/a/b.md")
    heard = await ask_plan(BOTH, request, github=SERVERS)
    assert heard[request.addresses[0]].moved_to == f"{INNER}/blob/main/a/b.md"


async def test_its_takedowns_are_asked_of_its_own_other_api() -> None:
    heard = await ask_plan(BOTH, *own("o/taken"), github=SERVERS)
    assert heard[f"{HERE}/o/taken"].reason is Reason.LEGAL
    assert heard.asked(OWN)[:2] == ("/api/graphql", "/api/v3/repos/o/taken")
    assert bearers(heard.log.requests) == {(OWN, f"Bearer {SECRET}")}


async def test_without_a_token_it_is_asked_as_a_stranger() -> None:
    bare = (GitHubServer(), replace(SERVERS[1], token=None))
    heard = await ask_plan(BOTH, *own("o/inner", "o/full"), github=bare)
    assert heard.asked(OWN) == ("/api/v3/repos/o/inner", "/api/v3/repos/o/full")
    known = timeless_repository(heard.crawl.evidence[INNER].repository)
    assert known is not None
    assert (known.identity, known.name, known.retrieved_at) == (f"github:{OWN}/o/inner", "o/inner", NOW)


async def test_in_private_mode_a_stranger_learns_nothing() -> None:
    bare = (GitHubServer(), replace(SERVERS[1], token=None))
    private = page({"message": "Must authenticate to access this API."}, 401)
    login = {"location": f"{HERE}/login", "status": 302}
    pages = hosts({OWN: {"/api/v3*": private, "/o/*": login, "/login": {"body": "<title>Sign in</title>"}}})
    heard = await ask_plan(BOTH + pages, *own("o/inner", "o/nothing"), github=bare)
    assert [one.outcome.reason for one in heard.crawl.evidence.values()] == [Reason.AUTH_REQUIRED] * 2


async def test_with_it_down_its_links_are_uncertain_and_the_public_ones_are_answered() -> None:
    down = hosts({OWN: {"refuse": True}})
    heard = await ask_plan(BOTH + down, *own("o/inner", "o/nothing"), asked(FULL), github=SERVERS)
    assert verdicts(heard) == ["uncertain", "uncertain", "alive"]


async def test_where_there_is_no_token_at_all_one_would_help() -> None:
    bare = (GitHubServer(), replace(SERVERS[1], token=None))
    limited = page({"message": "API rate limit exceeded for 203.0.113.7."}, 403)
    heard = await ask_plan(BOTH + hosts({OWN: {"/api/v3*": limited}}), *own("o/inner"), github=bare)
    assert (note(heard) or "").endswith(
        "; GITHUB_TOKEN would verify them: any token will do, strangers get 60 answers an hour"
    )


async def test_a_tenant_of_ghe_com_is_asked_at_its_own_api() -> None:
    world = "repositories: [{github: o/tenant, server: corp.ghe.com, files: {a: b}}]"
    tenant = GitHubServer("corp.ghe.com", "https://api.corp.ghe.com", "https://api.corp.ghe.com/graphql", SECRET)
    heard = await ask_plan(world, at("corp.ghe.com", "https://corp.ghe.com/o/tenant"), github=(GitHubServer(), tenant))
    assert (verdicts(heard), asked_hosts(heard)) == (["alive"], {"api.corp.ghe.com"})


async def test_readmes_are_read_where_the_repository_is() -> None:
    inner, public = at(OWN, INNER).identity, identify(FULL)
    async with client_of(BOTH, github=SERVERS, retries=0) as (client, web):
        answers = await GitHub(client).investigate([Writings(inner), Writings(public)])
    assert [len(answers[Writings(one)] or ()) for one in (inner, public)] == [1, 1]
    assert [(one.host, one.path) for one in web.log.requests] == [(API, "/repos/o/full/readme"), (OWN, "/api/graphql")]


async def test_pages_and_raw_files_never_see_a_token() -> None:
    listed = (
        f"{SITE}/nobody/nothing",
        f"{SITE}/someone",
        f"{SITE}/o/locked",
        f"{SITE}/o/gone",
        f"{FULL}/blob/master/README.md",
        "https://raw.githubusercontent.com/o/full/master/README.md",
        f"https://gist.github.com/yoavg/{GIST[::-1]}",
        f"{FULL}#readme",
    )
    heard = await ask(WORLD, *listed)
    seen = {host for host, token in bearers(heard.log.requests) if token}
    assert (seen, len(asked_hosts(heard)) > 3) == ({API}, True)


ELSEWHERE = "https://elsewhere.example/there"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_who_is_sent_elsewhere_does_not_take_the_token_there(status: int) -> None:
    pages: dict[str, dict[str, Any]] = {
        API: {"/repos*": {"location": ELSEWHERE, "status": status}},
        PAGES: {"/o/locked": 404},
        "elsewhere.example": {"/there": page({"full_name": "o/locked"})},
    }
    heard = await ask(WORLD + hosts(pages), f"{SITE}/o/locked")
    assert (API, f"Bearer {SECRET}") in bearers(heard.log.requests)
    assert {token for host, token in bearers(heard.log.requests) if host != API} == {None}
    assert "elsewhere.example" in asked_hosts(heard)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_posted_question_goes_nowhere_else(status: int) -> None:
    heard = await ask(WORLD + api(graphql={"location": ELSEWHERE, "status": status}), FULL)
    assert asked_hosts(heard) == {API, PAGES}
    assert heard[FULL].verdict is Verdict.ALIVE
    assert note(heard) is not None


async def test_where_the_token_is_for_a_server_of_ones_own_no_other_is_asked_for() -> None:
    limited = api(repos={"status": 403, "headers": {"x-ratelimit-remaining": "0"}})
    heard = await ask_plan(WORLD + limited, asked(FULL), github=SERVERS)
    assert note(heard) == (
        "gave no answer about 1 link, asked as pages instead (REP102–REP109); "
        "github.com answers strangers 60 questions an hour, and the token is for the server of your own"
    )
