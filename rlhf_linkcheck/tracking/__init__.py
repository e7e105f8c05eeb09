"""The rolling issue, after the report: the only writer to the outside."""

from rlhf_linkcheck.tracking.leaving import without_left_out
from rlhf_linkcheck.tracking.plan import plan_of
from rlhf_linkcheck.tracking.run import Tracked, track

__all__ = ["Tracked", "plan_of", "track", "without_left_out"]
