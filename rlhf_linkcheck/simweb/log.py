"""What was asked of the simulated web: every request and every name, in the order they came."""

import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from time import monotonic
from typing import IO, Any

from .limits import Limit, Meters
from .request import Request, Scheme
from .tally import Tally


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """One request. Times are seconds of the monotonic clock.

    ``started`` is when it had been read, ``ended`` when its answer was handed over or its client had gone.
    ``in_flight`` counts the host's requests at the start, with this one; ``connection`` numbers connections.
    ``beyond`` says that it was beyond a limit of the host.
    """

    scheme: Scheme
    host: str
    method: str
    path: str
    headers: Mapping[str, str]
    connection: int
    started: float
    in_flight: int
    body: bytes = b""
    ended: float | None = None
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class LoggedQuestion:
    """One question to the name server; ``kind`` is the number of the record type (1 is A, 28 is AAAA)."""

    name: str
    kind: int
    asked: float


@dataclass(slots=True)
class Visit:
    """A request between its start and its end, and the limit that it was beyond, if any."""

    host: str
    number: int
    beyond: Limit | None
    open: bool = True


class RequestLog:
    """Written by the server's thread, read by any; without ``keeps`` requests and questions are counted only."""

    def __init__(self, limits: Iterable[Limit] = (), *, keeps: bool = True) -> None:
        self._lock = threading.Lock()
        self._keeps = keeps
        self._requests: list[LoggedRequest] = []
        self._questions: list[LoggedQuestion] = []
        self._asked = 0
        self._meters = Meters(limits)
        self._tally = Tally(self._meters)

    @property
    def requests(self) -> tuple[LoggedRequest, ...]:
        """All requests so far."""
        with self._lock:
            return tuple(self._requests)

    @property
    def questions(self) -> tuple[LoggedQuestion, ...]:
        """All questions to the name server so far."""
        with self._lock:
            return tuple(self._questions)

    def of(self, host: str, path: str | None = None) -> tuple[LoggedRequest, ...]:
        """The requests for a host, or for one page of it."""
        return tuple(one for one in self.requests if one.host == host and path in (None, one.path))

    def peak(self, host: str, path: str | None = None) -> int:
        """The most requests for a host, or for one page of it, that were ever in flight at once."""
        asked = self.of(host, path)
        if path is None:
            return max((one.in_flight for one in asked), default=0)
        return max((sum(_meet(one, other) for other in asked) for one in asked), default=0)

    def summary(self) -> Mapping[str, Any]:
        """What was counted (``tally.Tally.summary``), with the questions to the name server."""
        with self._lock:
            return {**self._tally.summary(), "questions": self._asked}

    def write(self, file: IO[str]) -> None:
        """Writes the requests as lines of JSON; a body is written as Latin-1, byte for byte."""
        for one in self.requests:
            plain = {name: getattr(one, name) for name in LoggedRequest.__slots__}
            file.write(json.dumps({**plain, "headers": dict(one.headers), "body": one.body.decode("latin-1")}) + "\n")

    def begin(self, request: Request, connection: int) -> Visit:
        """Notes a request's start; what it returns is for ``end``."""
        with self._lock:
            in_flight = self._tally.begin(request)
            visit = Visit(request.host, len(self._requests), self._meters.begin(request.host))
            if self._keeps:
                self._requests.append(
                    LoggedRequest(
                        scheme=request.scheme,
                        host=request.host,
                        method=request.method,
                        path=request.path,
                        headers=request.headers,
                        connection=connection,
                        started=monotonic(),
                        in_flight=in_flight,
                        body=request.body,
                        beyond=visit.beyond is not None,
                    )
                )
            return visit

    def lead(self, request: Request, location: str) -> None:
        """Notes that the answer to this request leads to another address."""
        with self._lock:
            self._tally.lead(request, location)

    def end(self, visit: Visit) -> None:
        """Notes a request's end; the first end counts."""
        with self._lock:
            if visit.open:
                visit.open = False
                self._tally.end(visit.host)
                self._meters.end(visit.host)
                if self._keeps:
                    self._requests[visit.number] = replace(self._requests[visit.number], ended=monotonic())

    def ask(self, name: str, kind: int) -> None:
        """Notes a question to the name server."""
        with self._lock:
            self._asked += 1
            if self._keeps:
                self._questions.append(LoggedQuestion(name, kind, monotonic()))


def _meet(one: LoggedRequest, other: LoggedRequest) -> bool:
    """Whether the other was in flight when the one began; each was when it began itself."""
    return other.started <= one.started and (other is one or other.ended is None or other.ended > one.started)
