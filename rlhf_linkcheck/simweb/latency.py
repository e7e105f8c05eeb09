"""How long a host takes to answer: a distribution, from which a seed draws the same waits each time."""

import math
from dataclasses import dataclass
from hashlib import blake2b
from statistics import NormalDist

from .fields import Fields, ScenarioError

KEYS = ("median", "spread")
NORMAL = NormalDist()
DRAWS = 1 << 64


@dataclass(frozen=True, slots=True)
class Latency:
    """Log-normal, as the times of real servers nearly are: few are much faster than the median, some much slower.

    ``median`` is seconds; ``spread`` the standard deviation of the logarithm: of 0.5, one answer in six
    takes 1.6 times the median or longer, and one in forty 2.7 times. Without spread all take the median.
    Raises ScenarioError for negative ones.
    """

    median: float
    spread: float = 0.0

    def __post_init__(self) -> None:
        for key, value in (("median", self.median), ("spread", self.spread)):
            if value < 0:
                raise ScenarioError(f"{key}: must not be negative, found {value}")

    def seconds(self, seed: int, host: str, path: str, turn: int) -> float:
        """How long this request for an address takes, the first being turn 0; whoever asks, and whenever."""
        if not self.spread:
            return self.median
        # The hash of a text in Python differs from process to process.
        drawn = blake2b(f"{seed} {host} {path} {turn}".encode(errors="surrogateescape"), digest_size=8)
        share = (int.from_bytes(drawn.digest()) + 0.5) / DRAWS
        return self.median * math.exp(self.spread * NORMAL.inv_cdf(min(share, 1 - 2**-53)))


def parse_latency(value: object) -> Latency:
    """A latency: a mapping with some of ``KEYS``, or a bare median. Raises ScenarioError, naming the key."""
    fields = Fields(value if isinstance(value, dict) else {"median": value})
    latency = Latency(fields.seconds("median"), fields.seconds("spread"))
    fields.finish(KEYS)
    return latency
