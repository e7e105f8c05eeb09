"""The time at which something was heard, kept once for all that is heard at the same moment."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

_MOMENT = timedelta(milliseconds=100)


def _in_utc() -> datetime:
    return datetime.now(UTC)


class Moments:
    """A clock that gives one object for all of one moment: a hundred thousand of them take five megabytes.

    Its time is never later than that of the ``clock``, and less than a moment earlier.
    """

    def __init__(self, clock: Callable[[], datetime] = _in_utc) -> None:
        self._clock = clock
        self._last = clock()

    def now(self) -> datetime:
        """The time; anew, too, where the clock was put back."""
        now = self._clock()
        if not timedelta() <= now - self._last < _MOMENT:
            self._last = now
        return self._last
