"""Answers DNS questions over UDP (RFC 1035) as the scenario says."""

import asyncio
import struct
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import IntEnum
from socket import inet_aton
from types import MappingProxyType
from typing import cast

from .host import Dns
from .log import RequestLog
from .routes import AUTHORITY, DESERTED, LOOPBACK
from .scenario import Scenario

HEADER = struct.Struct("!6H")
KIND_AND_CLASS = struct.Struct("!2H")
RECORD = struct.Struct("!3HIH4s")
POINTER_TO_NAME = 0xC000 | HEADER.size
LONGEST_LABEL = 63
CLASS_IN, TYPE_A = 1, 1
RESPONSE, OPCODE, AUTHORITATIVE, RECURSION_DESIRED, RECURSION_AVAILABLE = 0x8000, 0x7800, 0x0400, 0x0100, 0x0080


class Code(IntEnum):
    """RCODE: RFC 1035, 4.1.1."""

    NOERROR = 0
    FORMERR = 1
    SERVFAIL = 2
    NXDOMAIN = 3
    NOTIMP = 4


@dataclass(frozen=True, slots=True)
class Question:
    """One question: ``name`` in lower case without the root's dot, ``octets`` as it stood in the query."""

    name: str
    kind: int
    octets: bytes


FAULTS: Mapping[Dns, Code] = MappingProxyType(
    {Dns.NXDOMAIN: Code.NXDOMAIN, Dns.SERVFAIL: Code.SERVFAIL, Dns.NODATA: Code.NOERROR}
)


def answer(query: bytes, scenario: Scenario, log: RequestLog) -> bytes | None:
    """The answer to a query; None where there is none: to what is no query, and where the fault is silence.

    Times to live are 0, so that a client that asks twice is heard twice.
    """
    if len(query) < HEADER.size:
        return None
    identifier, flags, questions, *_ = HEADER.unpack_from(query)
    if flags & RESPONSE:
        return None
    if flags & OPCODE:
        return _message(identifier, flags, Code.NOTIMP)
    question = _parse_question(query) if questions == 1 else None
    if question is None:
        return _message(identifier, flags, Code.FORMERR)
    log.ask(question.name, question.kind)
    fault = _fault(question.name, scenario)
    if fault is None:
        host = scenario.hosts.get(question.name)
        address = DESERTED if host and host.refuse else LOOPBACK
        return _message(identifier, flags, Code.NOERROR, question, address=address)
    return None if fault is Dns.TIMEOUT else _message(identifier, flags, FAULTS[fault], question)


def _fault(name: str, scenario: Scenario) -> Dns | None:
    """How a name fails; None where it resolves: known hosts do, and with a default all others."""
    if name not in scenario.certificates:
        return None if scenario.default or name == AUTHORITY else Dns.NXDOMAIN
    host = scenario.hosts.get(name)
    return host.dns if host else None


def _parse_question(query: bytes) -> Question | None:
    """The first question, None where it is malformed; a query's name has nothing to point back to."""
    labels: list[bytes] = []
    position = HEADER.size
    while length := query[position] if position < len(query) else LONGEST_LABEL + 1:
        if length > LONGEST_LABEL:
            return None
        labels.append(query[position + 1 : position + 1 + length])
        position += 1 + length
    end = position + 1 + KIND_AND_CLASS.size
    if end > len(query):
        return None
    kind, kind_class = KIND_AND_CLASS.unpack_from(query, position + 1)
    name = b".".join(labels).decode("latin-1").lower()
    return Question(name, kind if kind_class == CLASS_IN else 0, query[HEADER.size : end])


def _message(
    identifier: int, flags: int, code: Code, question: Question | None = None, address: str | None = None
) -> bytes:
    """A response; it holds the address only where the question was for one."""
    record = b""
    if question and address and question.kind == TYPE_A:
        record = RECORD.pack(POINTER_TO_NAME, TYPE_A, CLASS_IN, 0, 4, inet_aton(address))
    bits = RESPONSE | AUTHORITATIVE | RECURSION_AVAILABLE | flags & RECURSION_DESIRED | code
    header = HEADER.pack(identifier, bits, int(question is not None), int(bool(record)), 0, 0)
    return header + (question.octets if question else b"") + record


class _NameServer(asyncio.DatagramProtocol):
    def __init__(self, scenario: Scenario, log: RequestLog) -> None:
        self._scenario = scenario
        self._log = log

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        reply = answer(data, self._scenario, self._log)
        if reply is not None:
            self._transport.sendto(reply, addr)


@asynccontextmanager
async def name_server(scenario: Scenario, log: RequestLog, port: int = 0) -> AsyncIterator[tuple[str, int]]:
    """Answers on a UDP port of loopback, a free one where it is 0, whose address it yields."""
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: _NameServer(scenario, log), local_addr=(LOOPBACK, port)
    )
    try:
        yield transport.get_extra_info("sockname")
    finally:
        transport.close()
