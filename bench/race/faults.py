"""*faults*: the behaviours of tests/behaviours, all in one web."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from behaviours.catalogue import TEXT, Behaviour, load

from race.world import CONTROL, Truth, World
from rlhf_linkcheck.evidence import Verdict
from rlhf_linkcheck.simweb import Behaviour as Answer
from rlhf_linkcheck.simweb import Handler, Request

TIMEOUT = 20.0
"""As most tools have it by themselves: it must also be enough for one that asks all hosts at once, since all of them
are one process here, whose handshakes take turns."""
_TRUTHS = {Verdict.ALIVE: Truth.ALIVE, Verdict.DEAD: Truth.DEAD}
_OWN = re.compile(r"\b([\w-]+)\.example\b", re.IGNORECASE)
_RENAMED = re.compile(r"\b([\w-]+)-f(\d+)\.simweb\b", re.IGNORECASE)
_NUMERIC = re.compile(r"[\d.]+|\[.*\]?")
_NOT_OF_ALL = ("22-private-addresses", "23-no-addresses", "24-not-asked")
"""Files whose rows are about what a user says or writes, and not about what the web does."""


def faults_world() -> World:
    """The world: each behaviour has hosts of its own, under a domain that no tool takes for an example.

    Left out are those that no web of many can show: a behaviour that is about all of the network, a host in numbers
    or other letters, options of ours, and a second one of a host whose real name is the point.
    """
    hosts: dict[str, Any] = {CONTROL: {"/": 200}}
    links: dict[str, Truth] = {}
    handlers: dict[str, str] = {}
    ports: dict[str, bool] = {}
    for number, behaviour in enumerate(load()):
        if not _fits(behaviour):
            continue
        own = _renamed({**{host: {} for host in behaviour.handlers}, **behaviour.hosts}, number)
        wanted = _ports(own)
        if own.keys() & hosts.keys() or any(ports.get(port, tls) is not tls for port, tls in wanted.items()):
            continue
        ports |= wanted
        hosts |= own
        handlers |= {_rename(host, number): name for host, name in behaviour.handlers.items()}
        links |= {_rename(url.strip(), number): _TRUTHS.get(behaviour.verdict, Truth.OPEN) for url in behaviour.urls}
    return World(name="faults", scenario={"hosts": hosts}, links=links, timeout=TIMEOUT, paced=False, handlers=handlers)


def renamed(handler: Handler) -> Handler:
    """A handler of the catalogue, whose host has another name here."""

    def answer(request: Request) -> Answer:
        number = next((int(found[2]) for found in _RENAMED.finditer(request.host)), 0)
        headers = {name: _RENAMED.sub(r"\1.example", value) for name, value in request.headers.items()}
        own = replace(
            request,
            host=_RENAMED.sub(r"\1.example", request.host),
            path=_RENAMED.sub(r"\1.example", request.path),
            headers=headers,
        )
        said = handler(own)
        return replace(
            said,
            location=None if said.location is None else _rename(said.location, number),
            headers=tuple((name, _rename(value, number)) for name, value in said.headers),
            body=None if said.body is None else _rename(said.body.decode("latin-1"), number).encode("latin-1"),
        )

    return answer


def _fits(behaviour: Behaviour) -> bool:
    whole = behaviour.file in _NOT_OF_ALL or behaviour.alone or behaviour.default is not None or behaviour.config
    names = (*behaviour.hosts, *(url.partition("://")[2].partition("/")[0] for url in behaviour.urls))
    # A name in other letters is another one in ASCII once it has a number behind it.
    return not whole and all(name.isascii() and "xn--" not in name and not _NUMERIC.fullmatch(name) for name in names)


def _ports(hosts: Mapping[str, Any]) -> dict[str, bool]:
    """The ports of their own that hosts have, and whether TLS is spoken there."""
    return {host.rpartition(":")[2]: "tls" in (value or {}) for host, value in hosts.items() if ":" in host}


def _renamed(value: Any, number: int) -> Any:  # noqa: ANN401 - any part of a scenario
    match value:
        case dict():
            return {_renamed(key, number): _renamed(inner, number) for key, inner in value.items()}
        case list():
            return [_renamed(inner, number) for inner in value]
        case str():
            return _rename(value.replace("$TEXT", TEXT), number)
        case bytes():
            return _rename(value.decode("latin-1"), number).encode("latin-1")
        case _:
            return value


def _rename(text: str, number: int) -> str:
    return _OWN.sub(rf"\1-f{number}.simweb", text)
