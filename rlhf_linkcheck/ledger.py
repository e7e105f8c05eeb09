"""Where audits are remembered: in the state file, and where that knows nothing in the report of an earlier one."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b

from rlhf_linkcheck.auditing import Before, before_of, known_of, with_numbers_of
from rlhf_linkcheck.config import Config
from rlhf_linkcheck.fingerprint import name_of
from rlhf_linkcheck.report import InputFile, Report
from rlhf_linkcheck.state.errors import StateError
from rlhf_linkcheck.state.memory import Chronicled
from rlhf_linkcheck.state.opening import open_untracked
from rlhf_linkcheck.state.store import Store

MOST_KNOWN = 10_000
"""Findings that a row holds."""


class Ledger:
    """The memory of audits of one list; ``previous`` is the report of an earlier one."""

    def __init__(self, store: Store | None, files: Sequence[InputFile], previous: Report | None) -> None:
        self._store = store
        self._name = _key("list", *sorted(name_of(file) for file in files))
        self._previous = previous

    def before(self, addresses: Iterable[str]) -> Before:
        """What is known of these addresses, and of the list. Of two memories the later counts."""
        told = Before() if self._previous is None else before_of(self._previous)
        if self._store is None:
            return told
        keys = {_key("link", address): address for address in addresses}
        rows = self._store.recall_chronicled((self._name, *keys))
        pasts = dict(told.pasts)
        for key, address in keys.items():
            held = rows[key].link if key in rows else None
            if held is not None and (address not in pasts or held.counted_at >= pasts[address].counted_at):
                pasts[address] = held
        own = rows.get(self._name)
        if own is None or (told.audits and told.audits[-1].finished_at > own.at):
            return Before(pasts, told.audits, told.known)
        return Before(pasts, own.audits, own.known)

    def keep(self, report: Report) -> None:
        """Hand an audit over to the state file; one that heard nobody has nothing to tell."""
        if self._store is None or report.no_way_out:
            return
        for link in report.links:
            past = link.evidence.past
            if past is not None:
                self._store.chronicle(_key("link", link.url), Chronicled(past.counted_at, link=past))
        audits = with_numbers_of(report, () if report.history is None else report.history.audits)
        self._store.chronicle(
            self._name, Chronicled(report.finished_at, audits=audits, known=known_of(report)[:MOST_KNOWN])
        )


@contextmanager
def ledger_of(config: Config, files: Sequence[InputFile], previous: Report | None) -> Iterator[Ledger]:
    """The memory of audits for the length of a run; what is to be said of the state file, its other user says."""
    store = None
    if config.state is not None:
        try:
            store = open_untracked(config.state)
        except StateError:
            store = None
    if store is None:
        yield Ledger(None, files, previous)
        return
    with store:
        yield Ledger(store, files, previous)


def _key(*parts: str) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
