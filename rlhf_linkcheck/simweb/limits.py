"""What hosts ask of their clients: limits that count each request beyond them, and may refuse it."""

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from time import monotonic
from typing import Any

from .behaviour import Behaviour
from .fields import Fields, ScenarioError, inside
from .hostnames import normal_authority

KEYS = ("hosts", "interval", "in_flight", "requests", "window", "tolerance", "status")
TOLERANCE = 0.1
"""The share of an interval by which a request may come too early: that much the way there may differ."""


class Excess(StrEnum):
    """Which part of a limit a request was beyond."""

    INTERVAL = "interval"
    IN_FLIGHT = "in_flight"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Limit:
    """What some hosts ask for together, mostly one.

    ``interval`` is seconds between the starts of two requests, on average: one may come up to ``tolerance``
    seconds early, by itself a tenth of the interval, since not all ways here take equally long.
    ``in_flight`` is requests at once; ``requests`` those in any ``window`` of seconds. A request beyond any of
    these is counted, and answered with ``status`` where there is one.
    Raises ScenarioError for what limits nothing.
    """

    hosts: tuple[str, ...]
    interval: float = 0.0
    in_flight: int | None = None
    requests: int | None = None
    window: float = 0.0
    tolerance: float | None = None
    status: int | None = None

    def __post_init__(self) -> None:
        if not self.hosts:
            raise ScenarioError("hosts: expected a list of hosts")
        for key, value in (("interval", self.interval), ("window", self.window), ("tolerance", self.tolerance or 0.0)):
            if value < 0:
                raise ScenarioError(f"{key}: must not be negative, found {value}")
        for key, count in (("in_flight", self.in_flight), ("requests", self.requests)):
            if count is not None and count < 1:
                raise ScenarioError(f"{key}: must be 1 or more, found {count}")
        if (self.requests is None) != (self.window == 0):
            raise ScenarioError("requests and window: give both, or none")
        if not self.interval and self.in_flight is None and self.requests is None:
            raise ScenarioError(f"{self.hosts[0]}: limits nothing: give it an interval, in_flight or requests")

    @property
    def early(self) -> float:
        """By how many seconds a request may come before its time."""
        return self.interval * TOLERANCE if self.tolerance is None else self.tolerance

    @property
    def refusal(self) -> Behaviour | None:
        """What a request beyond the limit is answered; None where it is only counted."""
        return None if self.status is None else Behaviour(status=self.status)


def parse_limits(value: object) -> tuple[Limit, ...]:
    """A list of limits. Raises ScenarioError, naming limit and key, also for a host that is in two."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise ScenarioError("expected a list of limits")
    limits = tuple(_parse_limit(index, row) for index, row in enumerate(value))
    taken = Counter(host for limit in limits for host in limit.hosts)
    for host, count in taken.items():
        if count > 1:
            raise ScenarioError(f"{host}: is in two limits")
    return limits


def _parse_limit(index: int, value: object) -> Limit:
    with inside(f"[{index}]"):
        fields = Fields(value)
        given: dict[str, Any] = {
            "hosts": tuple(map(normal_authority, fields.texts("hosts") or ())),
            "interval": fields.seconds("interval"),
            "in_flight": fields.integer("in_flight"),
            "requests": fields.integer("requests"),
            "window": fields.seconds("window"),
            "tolerance": fields.seconds("tolerance") if "tolerance" in fields.names else None,
            "status": fields.integer("status"),
        }
        fields.finish(KEYS)
        limit = Limit(**given)
        if limit.status is not None:
            Behaviour(status=limit.status)
        return limit


class Meters:
    """How far the hosts of all limits are from them."""

    def __init__(self, limits: Iterable[Limit]) -> None:
        meters = [Meter(limit) for limit in limits]
        self._of: Mapping[str, Meter] = {host: meter for meter in meters for host in meter.limit.hosts}
        self.excesses: dict[str, Counter[Excess]] = {meter.limit.hosts[0]: meter.excesses for meter in meters}
        """How often each part of each limit was exceeded, by the limit's first host; one request may exceed several."""
        self._all = meters

    @property
    def beyond(self) -> dict[str, int]:
        """How many requests were beyond each limit, by its first host; those that nobody was beyond are left out."""
        return {meter.limit.hosts[0]: meter.beyond for meter in self._all if meter.beyond}

    def begin(self, host: str) -> Limit | None:
        """Notes a request's start; gives the limit that it is beyond, if any."""
        meter = self._of.get(host)
        return meter.limit if meter and meter.begin(monotonic()) else None

    def end(self, host: str) -> None:
        """Notes its end."""
        if meter := self._of.get(host):
            meter.end()


class Meter:
    """Counts against one limit. Times are seconds of any clock that only goes forward."""

    def __init__(self, limit: Limit) -> None:
        self.limit = limit
        self.excesses: Counter[Excess] = Counter()
        self.beyond = 0
        self._in_flight = 0
        self._due = float("-inf")
        self._starts: deque[float] = deque()

    def begin(self, now: float) -> bool:
        """Notes a request's start, and tells whether it is beyond the limit."""
        found = [excess for excess, beyond in self._look(now) if beyond]
        self.excesses.update(found)
        self.beyond += bool(found)
        return bool(found)

    def end(self) -> None:
        """Notes a request's end."""
        self._in_flight -= 1

    def _look(self, now: float) -> Iterable[tuple[Excess, bool]]:
        limit = self.limit
        self._in_flight += 1
        if limit.interval:
            # The generic cell rate algorithm (ITU-T I.371, annex A): what is beyond moves nothing.
            early = now < self._due - limit.early
            yield Excess.INTERVAL, early
            self._due = self._due if early else max(now, self._due) + limit.interval
        if limit.in_flight is not None:
            yield Excess.IN_FLIGHT, self._in_flight > limit.in_flight
        if limit.requests is not None:
            while self._starts and self._starts[0] <= now - limit.window:
                self._starts.popleft()
            full = len(self._starts) >= limit.requests
            yield Excess.WINDOW, full
            if not full:
                self._starts.append(now)
