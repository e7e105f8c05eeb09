"""What some hosts share, mostly one: places, a pace, and how long they are to be left alone."""

from asyncio import Future, TimerHandle
from collections import deque
from typing import TypeAlias

from rlhf_linkcheck.net.manners import Manners

Urgency: TypeAlias = tuple[bool, bool, float, bool]
_NO_INTERVAL = 1e-9
"""Seconds; among hosts without an interval the number of links tells."""


class Gate:
    """The line of those who wait for one host, and when the next of them may start. Times are the event loop's.

    The pace is a token bucket in the form of a point in time (the generic cell rate algorithm, ITU-T I.371):
    ``due`` is when the bucket would be full again, and each start moves it on by one interval.
    """

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._begun = False
        self._due = 0.0
        self._due_of_the_connected = 0.0
        self._held_until = 0.0
        self._line: deque[Future[bool]] | None = None
        self.in_use = 0
        self.holds = 0
        self._seconds_held = 0.0
        self.expected = 0
        self.is_ready = False
        self.is_silent = False
        self.timer: TimerHandle | None = None

    def next_start(self) -> float | None:
        """When the first in the line may start; None where nobody waits, or all places are taken."""
        while self._line and self._line[0].done():
            self._line.popleft()  # who was cancelled waits no more
        if not self._line:
            self._line = None  # an empty one is as large as sixty who wait, and thousands of hosts have nobody waiting
            return None
        if self.in_use >= self._manners.places:
            return None
        return max(self._due - (self._manners.burst - 1) * self._manners.interval, self._held_until)

    @property
    def urgency(self) -> Urgency:
        """Who starts first where not all can: whoever takes but one at a time, then whoever has the longest line.

        The first are the APIs, whose few answers are for many links, and those who are slow by their own wish.
        Who was silent when last asked is last, and keeps nobody waiting who was never asked. Among equals it is
        who has been asked already: its connections are there, and are not kept for ever.
        """
        seconds = self.expected * max(self._manners.interval, _NO_INTERVAL)
        return self.is_silent, self._manners.places > 1, -seconds, not self._begun

    def line_up(self, waiting: Future[bool]) -> None:
        """Wait behind all others."""
        self._line = self._line or deque()
        self._line.append(waiting)

    def line_up_first(self, waiting: Future[bool]) -> None:
        """Wait before all others, as who had leave to start already."""
        self._line = self._line or deque()
        self._line.appendleft(waiting)

    def take(self, now: float) -> Future[bool]:
        """Let the first in the line start; there must be one."""
        self.in_use += 1
        self._begun = True
        self._due = max(self._due, now) + self._manners.interval
        self._line = self._line or deque()
        return self._line.popleft()

    def give_back(self, *, unused: bool) -> None:
        """A place is free again; a start that sent nothing has cost the host nothing."""
        self.in_use -= 1
        if unused:
            self._due = max(self._due - self._manners.interval, self._due_of_the_connected)

    def count_from(self, now: float) -> None:
        """The newest start really reaches the host now: what took time before that is no part of the interval."""
        self._due_of_the_connected = now + self._manners.interval
        self._due = max(self._due, self._due_of_the_connected)

    def hold_until(self, when: float, now: float) -> None:
        """An earlier end never shortens a hold that stands."""
        self._seconds_held = self.seconds_held_until(when, now)
        self._held_until = max(self._held_until, when)
        self.holds += 1

    def seconds_held_until(self, when: float, now: float) -> float:
        """How long the holds are in all with one to this moment: what two ask for at once is waited for once."""
        return self._seconds_held + max(when - max(self._held_until, now), 0.0)

    def is_held(self, now: float) -> bool:
        """Whether nobody is to start yet."""
        return now < self._held_until

    def dissolve(self) -> None:
        """Send all who wait on their way, without a start."""
        line, self._line = self._line or (), None
        for waiting in line:
            if not waiting.done():
                waiting.set_result(False)
