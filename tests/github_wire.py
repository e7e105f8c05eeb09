"""Asks the simulated GitHub over its plain port, with a token or without."""

import json
from email.message import Message
from email.parser import BytesParser
from typing import Any, NamedTuple

from simweb_wire import plain, read_all, request, status_of

from rlhf_linkcheck.simweb import Web

API, PAGES, RAW, GISTS = "api.github.com", "github.com", "raw.githubusercontent.com", "gist.github.com"
AGENT = "User-Agent: test"
TOKEN = "Authorization: Bearer ghp_simulated"


class Answer(NamedTuple):
    """One answer; ``json`` reads its body."""

    status: int
    headers: Message
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def location(self) -> str | None:
        return self.headers["location"]


def get(web: Web, path: str, host: str = API, *headers: str, method: str = "GET") -> Answer:
    """The answer to a request that says who asks."""
    return _send(web, request(path, host, method, "Connection: close", AGENT, *headers))


def graphql(web: Web, query: str, *headers: str, host: str = API, path: str = "/graphql", **variables: Any) -> Answer:
    """The answer to a query with the good token, or with other headers."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    own = ("Connection: close", AGENT, f"Content-Length: {len(body)}", *(headers or (TOKEN,)))
    return _send(web, request(path, host, "POST", *own) + body)


def post(web: Web, path: str, body: bytes, *headers: str, host: str = API, method: str = "POST") -> Answer:
    """The answer to a document that is sent."""
    own = ("Connection: close", AGENT, f"Content-Length: {len(body)}", *headers)
    return _send(web, request(path, host, method, *own) + body)


def aliases(*names: str, fields: str = "nameWithOwner") -> str:
    """A query for repositories, one alias each: r0, r1 …"""
    parts = (name.partition("/") for name in names)
    roots = (
        f'r{index}: repository(owner: "{owner}", name: "{name}") {{ {fields} }}'
        for index, (owner, _, name) in enumerate(parts)
    )
    return "{ " + " ".join(roots) + " }"


def _send(web: Web, octets: bytes) -> Answer:
    with plain(web) as connection:
        connection.sendall(octets)
        head, _, body = read_all(connection).partition(b"\r\n\r\n")
    return Answer(status_of(head), BytesParser().parsebytes(head.partition(b"\r\n")[2] + b"\r\n\r\n"), body)
