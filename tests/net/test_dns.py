import asyncio
from typing import Any

import pytest
from crawling import QUICK, network

from rlhf_linkcheck.config import ConnectTo, NetworkConfig
from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.address import target_of
from rlhf_linkcheck.net.answer import Trouble
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.net.dns import Names, NameTrouble, Route, RoutedResolver
from rlhf_linkcheck.simweb.scenario import Scenario
from rlhf_linkcheck.simweb.web import Web, running

TO_HERE = ("127.0.0.1", 1)


async def route(url: str, *rules: ConnectTo, **changes: Any) -> Route | Trouble:
    target = target_of(url)
    assert target is not None
    names = Names(NetworkConfig(connect_to=rules, **changes))
    try:
        return await names.route(target)
    finally:
        await names.close()


CONNECT_TO = (
    # the rule, the address asked, where it goes
    (ConnectTo("a.example", 80, "10.0.0.1", 8080), "http://a.example/", Route(("10.0.0.1",), 8080)),
    (ConnectTo("a.example", 80, "[::1]", 8080), "http://a.example/", Route(("::1",), 8080)),
    (ConnectTo("a.example", 80, "::1", 8080), "http://a.example/", Route(("::1",), 8080)),
    (ConnectTo("", 80, "10.0.0.1", 8080), "http://a.example/", Route(("10.0.0.1",), 8080)),
    (ConnectTo("", None, "10.0.0.1", None), "https://a.example/", Route(("10.0.0.1",), 443)),
    (ConnectTo("a.example", None, "10.0.0.1", 8080), "http://A.Example.:81/", Route(("10.0.0.1",), 8080)),
    (ConnectTo("1.2.3.4", None, "", 8080), "http://1.2.3.4/", Route(("1.2.3.4",), 8080)),
    (ConnectTo("a.example", 443, "10.0.0.1", 1), "https://1.2.3.4/", Route(("1.2.3.4",), 443)),
    (ConnectTo("1.2.3.4", 443, "10.0.0.1", 1), "https://1.2.3.4/", Route(("10.0.0.1",), 1)),
    (ConnectTo("2606:4700::1", 443, "10.0.0.1", 1), "https://[2606:4700::1]/", Route(("10.0.0.1",), 1)),
    (ConnectTo("", None, "", None), "http://1.2.3.4:81/", Route(("1.2.3.4",), 81)),
    (ConnectTo("a.example", None, "localhost", 5), "http://a.example/", Route(("::1", "127.0.0.1"), 5)),
    (ConnectTo("localhost", None, "", 8080), "http://localhost/", Route(("::1", "127.0.0.1"), 8080)),
    (ConnectTo("127.0.0.1", None, "", 8080), "http://127.0.0.1/", Route(("127.0.0.1",), 8080)),
)


@pytest.mark.parametrize(("rule", "url", "expected"), CONNECT_TO)
async def test_connect_to_works_as_curls(rule: ConnectTo, url: str, expected: Route) -> None:
    found = await route(url, rule)
    assert isinstance(found, Route)
    assert (set(found.addresses), found.port) == (set(expected.addresses), expected.port)


async def test_the_first_rule_that_matches_wins() -> None:
    rules = (
        ConnectTo("a.example", 81, "10.0.0.1", 1),
        ConnectTo("", 80, "10.0.0.2", 2),
        ConnectTo("a.example", None, "10.0.0.3", 3),
    )
    assert await route("http://a.example/", *rules) == Route(("10.0.0.2",), 2)
    assert await route("http://a.example:82/", *rules) == Route(("10.0.0.3",), 3)


PRIVATE = (
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://[::1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://169.254.169.254/latest/meta-data",
    "http://10.0.0.1/",
    "http://localhost/",
    "http://LOCALHOST.:8000/",
    "http://api.localhost/",
)


@pytest.mark.parametrize("url", PRIVATE)
@pytest.mark.parametrize(
    "rules",
    [(), (ConnectTo("", None, *TO_HERE),), (ConnectTo("", None, "", 80),), (ConnectTo("other", None, *TO_HERE),)],
    ids=["none", "wildcard", "wildcard-port", "other"],
)
async def test_a_private_address_is_refused_whatever_a_wildcard_says(url: str, rules: tuple[ConnectTo, ...]) -> None:
    found = await route(url, *rules)
    assert isinstance(found, Trouble)
    assert found.reason is Reason.PRIVATE_ADDRESS


async def test_private_addresses_may_be_allowed() -> None:
    assert await route("http://127.0.0.1:81/", allow_private=True) == Route(("127.0.0.1",), 81)
    wildcard = ConnectTo("", None, "10.0.0.1", 5)
    assert await route("http://127.0.0.1/", wildcard, allow_private=True) == Route(("10.0.0.1",), 5)


async def test_a_name_that_leads_to_a_private_address_is_refused_with_both() -> None:
    # The hosts file of every machine has the one; localhost itself is refused by its name.
    names = Names(NetworkConfig())
    names._lookups._known["intranet.example"] = ("10.0.0.1", "fd00::1")
    target = target_of("http://intranet.example/")
    assert target is not None
    assert await names.route(target) == Trouble(
        Reason.PRIVATE_ADDRESS, "intranet.example leads to 10.0.0.1, not a public address (private use)"
    )


async def test_a_name_with_any_public_address_is_reached_only_there() -> None:
    names = Names(NetworkConfig())
    names._lookups._known["mixed.example"] = ("10.0.0.1", "1.2.3.4", "::1")
    target = target_of("http://mixed.example/")
    assert target is not None
    assert await names.route(target) == Route(("1.2.3.4",), 80)
    assert names.permits("1.2.3.4", 80)
    assert not names.permits("10.0.0.1", 80)


async def test_the_guard_looks_once_more_at_the_address_really_used() -> None:
    names = Names(NetworkConfig(connect_to=(ConnectTo("a.example", None, "127.0.0.1", 8080),)))
    assert not names.permits("127.0.0.1", 8080)
    target = target_of("http://a.example/")
    assert target is not None
    await names.route(target)
    assert names.permits("127.0.0.1", 8080)
    assert not names.permits("127.0.0.1", 22)
    assert Names(NetworkConfig(allow_private=True)).permits("127.0.0.1", 22)


async def test_a_resolver_that_lies_to_the_connector_gets_no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    async def lie(*_: object) -> Route:
        return Route(("127.0.0.1",), 80)

    async def public(*_: object, **__: object) -> Route:
        return Route(("1.2.3.4",), 80)

    monkeypatch.setattr(Names, "route", public)
    monkeypatch.setattr(RoutedResolver, "_route", lie)
    async with Client(NetworkConfig(retries=0)) as client:
        answer = await client.get("http://a.example/")
    assert answer.trouble == Trouble(Reason.PRIVATE_ADDRESS, "127.0.0.1 is not a public address")


PROXIES = {"http": "http://10.0.0.9:3128", "https": "http://10.0.0.9:3128", "no": "direct.example"}


async def test_a_proxy_resolves_names_itself() -> None:
    assert await route("http://a.example/", proxies=PROXIES) == Route(proxy="http://10.0.0.9:3128")


async def test_a_private_target_is_refused_before_a_proxy_too() -> None:
    for url in ("http://127.0.0.1/", "http://localhost/", "http://[::1]/"):
        found = await route(url, proxies=PROXIES)
        assert isinstance(found, Trouble)
        assert found.reason is Reason.PRIVATE_ADDRESS


async def test_a_connect_to_bypasses_the_proxy() -> None:
    rule = ConnectTo("a.example", None, "10.0.0.1", 1)
    assert await route("http://a.example/", rule, proxies=PROXIES) == Route(("10.0.0.1",), 1)
    assert await route("http://b.example/", rule, proxies=PROXIES) == Route(proxy="http://10.0.0.9:3128")


def dns_config(web: Web, **changes: Any) -> NetworkConfig:
    return NetworkConfig(**{**QUICK, "dns_server": web.dns_address, "connect_timeout": 0.8, **changes})


FAILING = """
hosts:
  gone.example: {dns: nxdomain}
  empty.example: {dns: nodata}
  broken.example: {dns: servfail}
  silent.example: {dns: timeout}
"""
FAILURES = (
    ("gone", Reason.HOST_NOT_FOUND, "gone.example does not exist in DNS"),
    ("empty", Reason.DNS_ERROR, "empty.example exists in DNS, but has no address"),
    ("broken", Reason.DNS_ERROR, "broken.example could not be resolved: the name server reported a failure"),
    ("silent", Reason.DNS_ERROR, "silent.example could not be resolved: the name server did not answer"),
)


@pytest.mark.parametrize(("name", "reason", "words"), FAILURES)
async def test_each_failure_of_a_name_is_told_apart_and_shared(name: str, reason: Reason, words: str) -> None:
    async with running(Scenario.parse(FAILING)) as web, Client(dns_config(web)) as client:
        answers = await asyncio.gather(*(client.get(f"http://{name}.example/{n}") for n in range(9)))
        assert {answer.trouble for answer in answers} == {Trouble(reason, words)}
        asked = len(web.log.questions)
        await client.get(f"http://{name}.example/late")
        assert len(web.log.questions) == asked
        client.relent()
        await client.get(f"http://{name}.example/late", again=True)
        assert len(web.log.questions) > asked


async def test_the_operators_own_target_that_does_not_resolve_kills_no_link() -> None:
    async with running(Scenario.parse(FAILING)) as web:
        rule = ConnectTo("", None, "gone.example", 80)
        async with Client(dns_config(web, connect_to=(rule,))) as client:
            answer = await client.get("http://a.example/")
    assert answer.trouble == Trouble(
        Reason.DNS_ERROR, "gone.example, the address that was set to connect to, does not exist in DNS"
    )


async def test_names_that_dns_cannot_hold_do_not_exist() -> None:
    names = Names(NetworkConfig())
    try:
        found = await names._look_up(f"{'a' * 70}.example")
    finally:
        await names.close()
    assert found is NameTrouble.NO_SUCH_NAME


async def test_the_systems_hosts_file_is_respected() -> None:
    assert await route("http://a.example/", ConnectTo("", None, "localhost", 7)) in (
        Route(("127.0.0.1",), 7),
        Route(("::1",), 7),
        Route(("::1", "127.0.0.1"), 7),
        Route(("127.0.0.1", "::1"), 7),
    )


LITERAL = "hosts: {1.2.3.4: {/: 200}, '[2606:4700::1]': {/: 200}}"


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", ["1.2.3.4", "[2606:4700::1]"])
async def test_a_literal_address_is_connected_elsewhere_and_asked_by_its_own_name(scheme: str, host: str) -> None:
    async with running(Scenario.parse(LITERAL)) as web, Client(network(web)) as client:
        answer = await client.get(f"{scheme}://{host}/")
        assert (answer.status, answer.url) == (200, f"{scheme}://{host}/")
        (seen,) = web.log.requests
        assert seen.headers["host"] == host


async def test_literals_that_lead_to_one_place_share_no_connection() -> None:
    scenario = "hosts: {1.2.3.4: {/: 200}, 1.2.3.5: {/: 404}}"
    async with running(Scenario.parse(scenario)) as web, Client(network(web)) as client:
        statuses = [(await client.get(f"https://{host}/")).status for host in ("1.2.3.4", "1.2.3.5")]
        assert statuses == [200, 404]
        assert len({one.connection for one in web.log.requests}) == 2


async def test_an_idn_and_a_trailing_dot_reach_their_host() -> None:
    scenario = "hosts: {bücher.example: {/: 200}, a.example: {/: 200}}"
    async with running(Scenario.parse(scenario)) as web, Client(network(web)) as client:
        for url in ("https://bücher.example/", "https://BÜCHER.example/", "https://a.example./"):
            assert (await client.get(url)).status == 200


async def test_a_port_of_its_own_is_kept_in_the_host_header() -> None:
    scenario = "hosts: {'a.example:8080': {/: 200}, a.example: {/: 404}}"
    async with running(Scenario.parse(scenario)) as web, Client(network(web)) as client:
        assert (await client.get("http://a.example:8080/")).status == 200
        assert web.log.requests[0].headers["host"] == "a.example:8080"


async def test_a_request_goes_through_the_proxy_with_the_whole_address() -> None:
    async with running(Scenario.parse("hosts: {}\ndefault: 204")) as web:
        proxy = f"http://127.0.0.1:{web.http_port}"
        async with Client(NetworkConfig(**QUICK, proxies={"http": proxy, "no": "direct.example"})) as client:
            assert (await client.get("http://a.example/page")).status == 204
        assert [one.host for one in web.log.requests] == ["a.example"]


async def test_a_proxy_with_a_name_is_the_operators_choice() -> None:
    async with running(Scenario.parse("hosts: {}\ndefault: 204")) as web:
        proxy = f"localhost:{web.http_port}"
        async with Client(NetworkConfig(**QUICK, proxies={"http": proxy})) as client:
            assert (await client.get("http://a.example/")).status == 204
            refused = await client.get(f"http://{proxy}/")
    assert refused.trouble is not None
    assert refused.trouble.reason is Reason.PRIVATE_ADDRESS


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://a.example/", "the proxy could not be reached"),
        ("https://a.example/", "the proxy did not let it through"),
    ],
)
async def test_trouble_with_the_proxy_is_said_to_be_the_proxys(url: str, words: str) -> None:
    async with running(Scenario.parse("hosts: {}\ndefault: 403")) as web:
        proxies = {"http": "http://127.0.0.1:1", "https": f"http://127.0.0.1:{web.http_port}"}
        async with Client(NetworkConfig(**QUICK, retries=0, proxies=proxies)) as client:
            answer = await client.get(url)
    assert answer.trouble == Trouble(Reason.REFUSED, words)


async def test_a_proxys_name_that_does_not_resolve_is_said() -> None:
    async with running(Scenario.parse(FAILING)) as web:
        config = dns_config(web, proxies={"http": "http://gone.example:3128"}, retries=0)
        async with Client(config) as client:
            answer = await client.get("http://a.example/")
    assert answer.trouble is not None
    assert answer.trouble.reason in (Reason.DNS_ERROR, Reason.REFUSED)


async def test_a_name_server_may_have_an_ipv6_address() -> None:
    found = await route("http://a.example/", dns_server=("::1", 9), connect_timeout=0.1)
    assert isinstance(found, Trouble)
    assert found.reason is Reason.DNS_ERROR


async def test_names_whose_servers_are_silent_keep_no_others_from_being_found() -> None:
    silent = ", ".join(f"h{n}.example: {{dns: timeout}}" for n in range(100))
    async with running(Scenario.parse(f"hosts: {{{silent}, a.example: {{/: 200}}}}")) as web:
        names = Names(network(web, connect_to=(), allow_private=True, connect_timeout=30.0))
        targets = filter(None, map(target_of, (f"http://h{n}.example/" for n in range(100))))
        waiting = [asyncio.create_task(names.route(target)) for target in targets]
        await asyncio.sleep(0)
        target = target_of("http://a.example/")
        assert target is not None
        assert isinstance(await names.route(target), Route)
        assert not any(task.done() for task in waiting)
        await names.close()
        await asyncio.gather(*waiting)
