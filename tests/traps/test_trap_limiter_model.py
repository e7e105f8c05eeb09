"""The limiter against what is true of every schedule: who comes, waits, leaves and is held, at any moment."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st
from virtual import lived

from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.net.limiter import Limiter
from rlhf_linkcheck.net.manners import Etiquette, Manners

HOSTS = "abcd"
TIMES = st.integers(0, 24).map(lambda quarters: quarters / 4)
"""Quarters of a second: exact, and the same moment comes up often."""
ROUNDING = 1e-6
"""Seconds; what is added and taken away again is not always what it was."""


class Told(Etiquette):
    """Manners as a test has them."""

    def __init__(self, rows: Mapping[str, Manners]) -> None:
        super().__init__(NetworkConfig())
        self._rows = rows

    def at(self, host: str) -> Manners:
        return self._rows[host]


@dataclass(frozen=True)
class Visit:
    host: str
    comes: float
    stays: float
    used: bool
    connects: float | None
    leaves: float | None


@dataclass(frozen=True)
class Word:
    """What somebody says of a host at a moment: hold it for so long, or (None) nobody starts there any more."""

    host: str
    at: float
    hold: float | None


@dataclass(frozen=True)
class Schedule:
    concurrency: int
    manners: Mapping[str, Manners]
    visits: tuple[Visit, ...]
    words: tuple[Word, ...]


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    def manners(gate: str) -> Manners:
        return Manners(
            gate,
            places=draw(st.integers(1, 3)),
            interval=draw(st.sampled_from((0.0, 0.25, 1.0, 1.5))),
            burst=draw(st.integers(1, 3)),
        )

    rows = {host: manners(host) for host in HOSTS}
    if draw(st.booleans()):
        rows["b"] = rows["a"]
    visits = st.builds(
        Visit,
        host=st.sampled_from(HOSTS),
        comes=TIMES,
        stays=TIMES,
        used=st.sampled_from((True, True, True, False)),
        connects=st.none() | st.sampled_from((0.0, 0.0113, 0.257)),  # so that it meets no leave at its moment
        leaves=st.none() | TIMES,
    )
    words = st.builds(Word, host=st.sampled_from(HOSTS), at=TIMES, hold=st.none() | TIMES)
    return Schedule(
        draw(st.integers(1, 4)),
        rows,
        tuple(draw(st.lists(visits, max_size=16))),
        tuple(draw(st.lists(words, max_size=4))),
    )


@dataclass
class Seen:
    """What was seen of one gate from outside; ``due`` is when its bucket is full again, told by its used starts."""

    manners: Manners
    waiting: list[int] = field(default_factory=list)
    inside: int = 0
    starts: list[float] = field(default_factory=list)
    due: float = 0.0
    held_until: float = 0.0

    def may_start(self) -> float:
        return max(self.due - (self.manners.burst - 1) * self.manners.interval, self.held_until)


class Watch:
    """Carries a schedule out, and asserts at every start and at every quiet moment."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.limiter = Limiter(schedule.concurrency, Told(schedule.manners))
        self.gates = {manners.gate: Seen(manners) for manners in schedule.manners.values()}
        self.inside = 0
        self.sent_away: set[int] = set()

    def gate(self, host: str) -> Seen:
        return self.gates[self.schedule.manners[host].gate]

    async def all(self) -> None:
        for host in HOSTS:
            self.limiter.expect(host, sum(visit.host == host for visit in self.schedule.visits))
        async with asyncio.TaskGroup() as group:
            for word in self.schedule.words:
                group.create_task(self.say(word))
            for number, visit in enumerate(self.schedule.visits):
                group.create_task(self.come(number, visit))

    async def say(self, word: Word) -> None:
        await asyncio.sleep(word.at)
        seen = self.gate(word.host)
        if word.hold is None:
            self.sent_away |= set(seen.waiting)
            self.limiter.dissolve(word.host)
        else:
            until = asyncio.get_running_loop().time() + word.hold
            seen.held_until = max(seen.held_until, until)
            self.limiter.hold_until(word.host, until)

    async def come(self, number: int, visit: Visit) -> None:
        await asyncio.sleep(visit.comes)
        task = asyncio.create_task(self.stay(number, visit))
        if visit.leaves is not None:
            asyncio.get_running_loop().call_later(visit.leaves, task.cancel)
        with suppress(asyncio.CancelledError):
            await task

    async def stay(self, number: int, visit: Visit) -> None:
        seen = self.gate(visit.host)
        seen.waiting.append(number)
        try:
            async with self.limiter.turn(visit.host) as turn:
                if not turn.granted:
                    assert number in self.sent_away
                    return
                # Of two whose leave a hold took back at once, the second comes first.
                assert number == seen.waiting[0] or seen.held_until, "who came first starts first"
                seen.waiting.remove(number)
                turn.used = visit.used
                await self.begin(seen, visit)
        finally:
            if number in seen.waiting:
                seen.waiting.remove(number)

    async def begin(self, seen: Seen, visit: Visit) -> None:
        now = asyncio.get_running_loop().time()
        seen.inside += 1
        self.inside += 1
        assert seen.inside <= seen.manners.places, "places of the host"
        assert self.inside <= self.schedule.concurrency, "places of all"
        assert now >= seen.held_until, "nobody starts during a hold"
        assert now >= seen.may_start() - ROUNDING, "the interval holds"
        try:
            if visit.used:
                seen.starts.append(now)
                seen.due = max(seen.due, now) + seen.manners.interval
                await self.be_inside(seen, visit)
        finally:
            seen.inside -= 1
            self.inside -= 1

    async def be_inside(self, seen: Seen, visit: Visit) -> None:
        if visit.connects is not None:
            await asyncio.sleep(visit.connects)
            seen.due = max(seen.due, asyncio.get_running_loop().time() + seen.manners.interval)
            self.limiter.connected(visit.host)
        await asyncio.sleep(visit.stays)

    def rest(self, now: float) -> None:
        """Nothing is left to do at this moment: then no place is free that somebody could have."""
        for seen in self.gates.values():
            could = seen.waiting and seen.inside < seen.manners.places and seen.may_start() <= now - ROUNDING
            assert not could or self.inside == self.schedule.concurrency, "no place is free in vain"


@given(schedules())
@settings(max_examples=120)
def test_no_schedule_breaks_a_limit_loses_a_place_or_leaves_anybody_waiting(schedule: Schedule) -> None:
    """Field notes: places and pace of lychee, muffet and linkchecker; each fails under another schedule."""
    watch = Watch(schedule)
    lived(watch.all(), on_idle=watch.rest)
    limiter = watch.limiter
    assert limiter._free == schedule.concurrency
    for gate in limiter._gates.values():
        assert gate.in_use == 0
        assert all(waiting.done() for waiting in gate._line or ())
        assert gate.timer is None or gate.next_start() is None
