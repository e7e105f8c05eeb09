"""How often one request is tried, and when; and what each answer means for all else that is asked of its host."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import count
from typing import TypeAlias

from tenacity import AsyncRetrying, RetryCallState, retry_if_result

from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.address import Target
from rlhf_linkcheck.net.answer import Answer, Trouble
from rlhf_linkcheck.net.breaker import Breaker
from rlhf_linkcheck.net.dns import Route
from rlhf_linkcheck.net.limiter import Limiter
from rlhf_linkcheck.net.lull import Lull
from rlhf_linkcheck.net.manners import Etiquette
from rlhf_linkcheck.net.overlap import Overlap
from rlhf_linkcheck.net.patience import Patience
from rlhf_linkcheck.net.retry import (
    backoff,
    host_pause,
    is_for_later,
    is_silent,
    is_too_long,
    is_transient,
    rest_of_pause,
    tries,
)
from rlhf_linkcheck.net.sending import Sending

Send: TypeAlias = Callable[[Sending, Route, float], Awaitable[Answer]]
"""One exchange, whose answer is given up after so many seconds."""

_NOT_SENT = Trouble(Reason.TIMEOUT, "not tried beside another any more")


def _at_once() -> bool:
    """For a try that is sent as soon as it is its turn."""
    return True


class Tries:
    """Sends each request in its host's turn, again where that may help, and beside the first where that is silent.

    ``limiter`` hands out the turns by the same ``etiquette``; ``send`` is one exchange with the network.
    """

    def __init__(self, config: NetworkConfig, etiquette: Etiquette, limiter: Limiter, send: Send) -> None:
        self._backoff_seconds = config.backoff
        self._breaker = Breaker(tries(config.retries), etiquette)
        self._patience = Patience(config.timeout, etiquette)
        self._limiter = limiter
        self._send = send
        self.lull = Lull()
        self._spent: set[str] = set()

    @property
    def answered(self) -> frozenset[str]:
        """The hosts (``Target.key``) that gave any HTTP answer so far."""
        return self._breaker.answered

    def may_change(self, target: Target) -> bool:
        """Whether another look may be had: its host did not ask for more time than the run has, nor had it its last."""
        return target.url not in self._spent and not self._breaker.leaves_alone(target.key)

    def relent(self) -> None:
        """Give every host one more try, save who asked for peace."""
        self._breaker.relent()

    async def ask(self, sending: Sending, route: Route, most: int, *, late: bool) -> Answer:
        """The answer of the last try; where there were several, with how many, and their seconds together.

        What is asked ``late`` is tried beside nothing: its first look is over, and there is nothing else to wait for.
        """
        first = await (self._in_turn(sending, route) if late else self._first(sending, route, most))
        # Most answers are worth no other try, nor what it takes to prepare for one.
        if most <= 1 or not _may_change(sending, first):
            return first
        return await self._again(sending, route, most, first)

    async def _again(self, sending: Sending, route: Route, most: int, first: Answer) -> Answer:
        """Try at ``most`` so often, the first included; the waits between hold no place."""
        tried, is_api = [first], sending.query is not None

        async def attempt() -> Answer:
            if next(numbers):
                tried.append(await self._in_turn(sending, route))
            return tried[-1]

        def is_over(_: RetryCallState) -> bool:
            made = sum(one.attempts for one in tried)
            # An API's answer has no late look: what it does not tell, the next source is asked at once.
            later = not is_api and is_for_later(tried[-1], made, most)
            return made >= most or later or self._breaker.verdict(sending.target.key) is not None

        numbers = count()  # tenacity's own first try is the one that has been made
        await AsyncRetrying(
            retry=retry_if_result(partial(_may_change, sending)),
            stop=is_over,
            wait=partial(self._wait, of_api=is_api),
            retry_error_callback=_last_answer,
        )(attempt)
        if len(tried) == 1:
            return first
        attempts, elapsed = sum(one.attempts for one in tried), sum(one.elapsed for one in tried)
        return replace(tried[-1], attempts=attempts, elapsed=elapsed)

    async def _first(self, sending: Sending, route: Route, most: int) -> Answer:
        """The first try, and those beside it where a host that was never heard of says nothing for long."""
        target = sending.target
        pause = partial(self._patience.pause, target.key)
        if sending.query is not None or most <= 1 or pause() is None:
            return await self._in_turn(sending, route)
        attempt, beside = partial(self._in_turn, sending, route), partial(self._beside, sending, route)
        answer = await Overlap(attempt, beside, pause, most, self.lull).ask()
        if is_silent(answer) and answer.attempts >= most:
            self._spent.add(target.url)
        return answer

    async def _beside(self, sending: Sending, route: Route, may_send: Callable[[], bool]) -> Answer:
        """A try beside those that are silent: it keeps nobody waiting who was never asked."""
        self._limiter.note(sending.target.key, silent=True)
        return await self._in_turn(sending, route, may_send)

    async def _in_turn(self, sending: Sending, route: Route, may_send: Callable[[], bool] = _at_once) -> Answer:
        """One try when the host and the whole run have room; none where the host has been given up meanwhile."""
        host = sending.target.key
        while (verdict := self._breaker.verdict(host)) is None:
            async with self._limiter.turn(host) as turn:
                if turn.granted and self._breaker.verdict(host) is None:
                    if not may_send():
                        return Answer(sending.target.url, trouble=_NOT_SENT, attempts=0)
                    turn.used = True
                    sending.on_send()
                    return self._noted(sending, await self._timed(sending, route))
        return Answer(sending.target.url, trouble=verdict, attempts=0)

    def _noted(self, sending: Sending, answer: Answer) -> Answer:
        """What an answer means for all else that is asked of its host."""
        host = sending.target.key
        pause = host_pause(answer, datetime.now(UTC), self._backoff(1), of_api=sending.query is not None)
        until = asyncio.get_running_loop().time() + (pause or 0.0)
        if pause is not None and is_too_long(pause, self._limiter.seconds_held_until(host, until)):
            answer, pause = replace(answer, peace=pause), None
        self._breaker.record(host, answer)
        self._patience.learn(host, answer)
        self._limiter.note(host, silent=answer.trouble is not None)
        if pause is not None:
            self._limiter.hold_until(host, until)
        if self._breaker.verdict(host) is not None:
            self._limiter.dissolve(host)
        return answer

    async def _timed(self, sending: Sending, route: Route) -> Answer:
        started = asyncio.get_running_loop().time()
        limit = self._patience.limit(sending.target.key, whole=sending.whole)
        answer = await self._send(sending, route, limit)
        return replace(answer, elapsed=asyncio.get_running_loop().time() - started)

    def _wait(self, state: RetryCallState, *, of_api: bool) -> float:
        answer = _last_answer(state)
        own = rest_of_pause(answer, self._backoff(state.attempt_number))
        return max(own, host_pause(answer, datetime.now(UTC), own, of_api=of_api) or 0.0)

    def _backoff(self, attempt: int) -> float:
        return backoff(attempt, self._backoff_seconds, random.random())  # noqa: S311 - jitter keeps no secret


def _may_change(sending: Sending, answer: Answer) -> bool:
    """Whether the same request may well get another answer."""
    final = sending.query.final if sending.query else frozenset[int]()
    return is_transient(answer) and answer.status not in final


def _last_answer(state: RetryCallState) -> Answer:
    """The answer that the last try gave; tenacity asks only after a try that returned."""
    answer: Answer = state.outcome.result()  # type: ignore[union-attr]  # a try has ended
    return answer
