"""What was heard in earlier runs: a ``Store`` in one SQLite file, and the ``place`` where it lies by default."""

from rlhf_linkcheck.state.memory import Memory, Told, Validators
from rlhf_linkcheck.state.store import Store
from rlhf_linkcheck.state.trouble import StateError

__all__ = ["Memory", "StateError", "Store", "Told", "Validators"]
