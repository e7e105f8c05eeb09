"""*list*: the hosts and papers of the shipped list, as far away, as polite and as broken as the real ones may be."""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from race.texts import dump, load
from race.world import CONTROL, Truth, World
from rlhf_linkcheck.cli.planting import DATA, scenario_of
from rlhf_linkcheck.identity import Identity, Kind, Malformed, identify, parse_address
from rlhf_linkcheck.simweb import Scenario

TIMEOUT = 10.0
BROKEN = 0.06
FASTEST, SLOWEST = 0.08, 0.4
SPREAD = 0.4
SLOW = 2.5
SLOW_HOSTS = 3

LIMITS: tuple[Mapping[str, Any], ...] = (
    {"hosts": ["arxiv.org", "www.arxiv.org", "export.arxiv.org", "oaipmh.arxiv.org"], "interval": 3, "in_flight": 1},
    {"hosts": ["api.github.com"], "in_flight": 1},
    {"hosts": ["api.semanticscholar.org"], "interval": 1},
    {"hosts": ["api.crossref.org"], "interval": 1},
    {"hosts": ["api.openreview.net", "api2.openreview.net"], "requests": 500, "window": 3600},
    {"hosts": ["huggingface.co"], "requests": 100, "window": 300},
    {"hosts": ["zenodo.org"], "requests": 133, "window": 60},
)
"""What the real hosts ask for; where each says so stands in rlhf_linkcheck/data/hosts.toml, and of the Hub at
https://huggingface.co/docs/hub/rate-limits: a hundred pages in five minutes, without a token. Requests are counted
that are beyond these, and answered all the same, so that all tools see one web."""


def list_world(seed: int = 6) -> World:
    """The world; the same seed plants the same faults at the same addresses."""
    chance = random.Random(seed)  # noqa: S311 - chance, not secrets
    text = (DATA / "entries.yaml").read_text(encoding="utf-8")
    scenario = scenario_of(())
    links = dict.fromkeys(_addresses(load(text)), Truth.ALIVE)
    identities = {url: identify(url) for url in links}
    hosts = scenario["hosts"]
    scenario["hub"] += [{"model": f"distilbert/{name}", "former": [name]} for name in _bare_models(identities.values())]
    shut = _shut_hosts(chance, links, identities, hosts)
    for url in _chosen(chance, {url: one for url, one in identities.items() if url not in shut}):
        _break(scenario, url, identities[url])
        links[url] = Truth.DEAD
    scenario |= {"limits": [dict(limit) for limit in LIMITS], "seed": seed, "hosts": _placed(chance, scenario)}
    return World(
        name="list",
        scenario=scenario,
        links=links | dict.fromkeys(shut, Truth.OPEN),
        timeout=TIMEOUT,
        paced=True,
        entries=text,
    )


def _addresses(entries: Sequence[Mapping[str, Any]]) -> list[str]:
    """The list's addresses that are some, trimmed, in its order."""
    every = (
        url.strip() for entry in entries for url in (entry["url"], *(link["url"] for link in entry.get("links", ())))
    )
    return list(dict.fromkeys(url for url in every if not isinstance(parse_address(url), Malformed)))


def _bare_models(identities: Iterable[Identity]) -> list[str]:
    """Models without an owner in their address, as the first ones of the Hub had: it leads to the one of today."""
    names = (one.whole.key.partition("/") for one in identities if one.kind is Kind.HUGGINGFACE)
    return [name for shelf, _, name in names if shelf == "models" and "/" not in name]


def _host(url: str) -> str:
    parsed = parse_address(url)
    return "" if isinstance(parsed, Malformed) else parsed.host.lower()


def _shut_hosts(
    chance: random.Random, links: Mapping[str, Truth], identities: Mapping[str, Identity], hosts: dict[str, Any]
) -> list[str]:
    """Two hosts that never answer, one that refuses and one that breaks off; gives their addresses."""
    counts = Counter(map(_host, links))
    single = sorted(_host(url) for url in links if identities[url].kind is Kind.WEB and counts[_host(url)] == 1)
    silent, mute, closed, broken = chance.sample(single, 4)
    hosts[silent] = {"/*": {"hang": True}}
    hosts[mute] = {"/*": {"hang": True}}
    hosts[closed] = {"refuse": True}
    hosts[broken] = {"/*": {"reset": True}}
    return [url for url in links if _host(url) in (silent, mute, closed, broken)]


def _chosen(chance: random.Random, identities: Mapping[str, Identity]) -> list[str]:
    """The links that break: such whose paper or repository has no other link, of each kind its share."""
    alone = Counter(one.whole.key for one in identities.values())
    kinds = (Kind.ARXIV, Kind.GITHUB, Kind.WEB)
    able = sorted(url for url, one in identities.items() if one.kind in kinds and alone[one.whole.key] == 1)
    return chance.sample(able, round(BROKEN * len(identities)))


def _break(scenario: dict[str, Any], url: str, identity: Identity) -> None:
    """Takes what the link leads to out of the scenario."""
    match identity.kind:
        case Kind.ARXIV:
            scenario["papers"] = [paper for paper in scenario["papers"] if paper.get("arxiv") != identity.key]
        case Kind.GITHUB:
            name = identity.whole.key
            scenario["repositories"] = [one for one in scenario["repositories"] if one.get("github") != name]
        case _:
            parsed = parse_address(url)
            assert not isinstance(parsed, Malformed)  # noqa: S101 - such are no links of this world
            path = urlsplit(url)._replace(scheme="", netloc="", fragment="").geturl()
            scenario["hosts"].setdefault(parsed.host.lower(), {})[path or "/"] = 404


def _placed(chance: random.Random, scenario: Mapping[str, Any]) -> dict[str, Any]:
    """The hosts, each so far away that its answers take their time, and a few of them slow."""
    services = Scenario.parse(dump(dict(scenario))).services
    names = sorted({*scenario["hosts"], *services, CONTROL})
    medians = {name: FASTEST * (SLOWEST / FASTEST) ** chance.random() for name in names}
    for name in chance.sample([name for name in scenario["hosts"] if name not in services], SLOW_HOSTS):
        medians[name] = SLOW
    return {
        name: {**scenario["hosts"].get(name, {}), "latency": {"median": round(medians[name], 3), "spread": SPREAD}}
        for name in names
    }
