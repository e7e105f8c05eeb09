"""How a run ends before its time: at its deadline, or by a signal; what it has heard by then is kept."""

import asyncio
import signal
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from types import FrameType

from rlhf_linkcheck.evidence import Reason

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_DOUBLE_PRESS = 1.0
_Handler = Callable[[int, FrameType | None], object] | int


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a run ended before its time: the reason for what is left, and the signal, if it was one."""

    reason: Reason
    signal: int | None = None


async def carry_out(work: Coroutine[None, None, None], deadline: float | None) -> Stop | None:
    """Do the work to its end, or to a signal, or to the deadline (seconds); the rest of it is cancelled."""
    task = asyncio.create_task(work)
    signals: list[int] = []

    def interrupt(number: int) -> None:
        signals.append(number)
        task.cancel()

    try:
        with _signals_to(interrupt):
            async with asyncio.timeout(deadline):
                await task
    except TimeoutError:
        return Stop(Reason.DEADLINE)
    except asyncio.CancelledError:
        if not signals:
            raise
        return Stop(Reason.INTERRUPTED, signals[0])
    return None


@contextmanager
def _signals_to(handle: Callable[[int], None]) -> Iterator[None]:
    """Hand the first SIGINT or SIGTERM to ``handle``; a second later they do again what they did before.

    What comes within that second is a nervous double press, and must not cost the report: it is
    ignored, also where the run has ended meanwhile.
    Only the main thread can have signals, and on Windows no event loop can.
    """
    if threading.current_thread() is not threading.main_thread() or sys.platform == "win32":
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) or signal.SIG_DFL for number in _SIGNALS}

    came = False

    def hand_over(handlers: Mapping[signal.Signals, _Handler]) -> None:
        for number, handler in handlers.items():
            loop.remove_signal_handler(number)
            signal.signal(number, handler)

    def once(number: int) -> None:
        nonlocal came
        came = True
        hand_over(dict.fromkeys(_SIGNALS, _after_double_press(before, monotonic())))
        handle(number)

    for number in _SIGNALS:
        loop.add_signal_handler(number, once, number)
    try:
        yield
    finally:
        if not came:
            hand_over(before)


def _after_double_press(before: Mapping[signal.Signals, _Handler], first: float) -> _Handler:
    """A handler that ignores what comes soon after the ``first`` signal, and gives all else to those of before."""

    def handler(number: int, _: FrameType | None) -> None:
        if monotonic() - first < _DOUBLE_PRESS:
            return
        for known, earlier in before.items():
            signal.signal(known, earlier)
        signal.raise_signal(number)

    return handler
