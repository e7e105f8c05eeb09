"""Where audits are remembered: in the state file, and where that knows nothing in the report of an earlier one."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from itertools import chain
from pathlib import Path

from rlhf_linkcheck.audits.auditing import Before, before_of, is_heard
from rlhf_linkcheck.audits.known import known_of, storable, storable_text
from rlhf_linkcheck.audits.namesakes import is_another_file, namesakes, place_of
from rlhf_linkcheck.config import Audit, Config
from rlhf_linkcheck.finding import Fingerprint, Severity
from rlhf_linkcheck.fingerprint import folded_address, name_of
from rlhf_linkcheck.report import InputFile, Known, Report
from rlhf_linkcheck.state.errors import StateError
from rlhf_linkcheck.state.memory import Chronicled
from rlhf_linkcheck.state.opening import open_untracked
from rlhf_linkcheck.state.store import Store
from rlhf_linkcheck.trend import with_numbers_of

_PAGE = 100
"""Findings of a row, which takes so many whatever they are about; a list has as many rows as it needs."""

_MOST_LISTS = 500
"""Lists whose names a state file keeps, the latest ones: for where one is renamed."""


class Ledger:
    """The memory of audits of one list; ``previous`` is the report of an earlier one.

    In the state file a list goes by where it lies, seen from there: from wherever the command is given it is the
    same, and two lists of one name are two. ``trouble`` is one line where the file could not be used.
    """

    def __init__(
        self,
        store: Store | None,
        files: Sequence[InputFile],
        previous: Report | None,
        config: Config,
        trouble: str | None = None,
    ) -> None:
        self.trouble = trouble
        self._store = store
        # pathlib raises for links in a circle, which a commit may hold.
        self._home = Path() if config.state is None else Path(os.path.realpath(config.state.parent))
        self._names = {storable_text(place_of(file.path, self._home)): name_of(file) for file in files}
        self._paths = [file.path for file in files]
        self._previous = previous
        self._doubts = config.audit or Audit()

    def before(self, addresses: Iterable[str]) -> Before:
        """What is known of these addresses, and of the list. Of two memories the later counts."""
        addresses = tuple(addresses)
        told = Before() if self._previous is None else self._told_by(self._previous, addresses)
        if self._store is None:
            return told
        keys = {_key("link", address): address for address in addresses}
        rows = self._store.recall_chronicled(keys)
        pasts = dict(told.pasts)
        for key, address in keys.items():
            held = rows[key].link if key in rows else None
            if held is not None and (address not in pasts or held.counted_at >= pasts[address].counted_at):
                pasts[address] = held
        own = self._held(self._store, addresses)
        later = told if own is None or (told.at is not None and told.at > own.at) else own
        return Before(pasts, later.audits, later.known)

    def knows_the_list(self) -> bool:
        """Whether the state file knows of an audit of this list."""
        return self._store is not None and self._held(self._store, ()) is not None

    def keep(self, report: Report, *, whole: bool) -> None:
        """Hand an audit over to the state file; one that heard nobody has nothing to tell.

        Only the numbers of one of the ``whole`` list, and of a night on which most of it could be heard, can be
        held against those of others.
        """
        if self._store is None or report.no_way_out:
            return
        for link in report.links:
            past = link.evidence.past
            if past is not None:
                self._store.chronicle(_key("link", link.url), Chronicled(past.counted_at, link=past))
        audits = () if report.history is None else report.history.audits
        if whole and is_heard(report, self._doubts):
            audits = with_numbers_of(report, audits)
        places = {name: place for place, name in self._names.items()}
        known = tuple(storable(_moved(one, places)) for one in known_of(report))
        # The last page is not full, so that nobody reads on into what was there before.
        for number, start in enumerate(range(0, len(known) + 1, _PAGE)):
            page = Chronicled(report.finished_at, audits=() if number else audits, known=known[start : start + _PAGE])
            self._store.chronicle(_page_of(self._names, number), page)
        self._enlist(self._store, report)

    def _told_by(self, report: Report, addresses: Sequence[str]) -> Before:
        """What a report knows; that of another list knows nothing but of links."""
        told = before_of(report, self._doubts)
        names = [name_of(file) for file in report.files or map(InputFile, report.inputs)]
        pairs = namesakes(names, self._names.values(), partial(is_another_file, paths=self._paths))
        # Of the same folder of reports the last part of a name is enough.
        alike = any(Path(former).name == Path(now).name for former, now in pairs.items())
        if not pairs or not (alike or _shares_links(told.known, addresses)):
            return Before(told.pasts)
        return replace(told, known=tuple(_moved(one, pairs) for one in told.known))

    def _held(self, store: Store, addresses: Sequence[str]) -> Chronicled | None:
        """What the state file knows of the list, or of the one that it was before it was renamed."""
        own = _list_in(store, self._names)
        if own is not None:
            return _with_names(own, self._names)
        catalogue = store.recall_chronicled([_CATALOGUE]).get(_CATALOGUE)
        for one in () if catalogue is None else catalogue.known:
            places = one.about.file.split("\n")
            pairs = namesakes(places, self._names, self._is_there)
            former = _list_in(store, places) if pairs else None
            same = any(before == now for before, now in pairs.items())
            if former is not None and (same or _shares_links(former.known, addresses)):
                return _with_names(former, {place: self._names[now] for place, now in pairs.items()})
        return None

    def _is_there(self, place: str) -> bool:
        return os.path.exists(self._home / place)  # noqa: PTH110 - pathlib raises where a folder does not let us in

    def _enlist(self, store: Store, report: Report) -> None:
        """Note the list's name, the latest first, for where it is looked for by another one."""
        name = "\n".join(self._names)
        found = store.recall_chronicled([_CATALOGUE]).get(_CATALOGUE)
        others = () if found is None else tuple(one for one in found.known if one.about.file != name)
        own = Known(Fingerprint(name), report.finished_at, Severity.INFO)
        store.chronicle(_CATALOGUE, Chronicled(report.finished_at, known=(own, *others)[:_MOST_LISTS]))


@contextmanager
def ledger_of(config: Config, files: Sequence[InputFile], previous: Report | None) -> Iterator[Ledger]:
    """The memory of audits for the length of a run; where the file cannot be used, ``trouble`` says why."""
    store, trouble = None, None
    if config.state is not None:
        try:
            store = open_untracked(config.state)
        except StateError as error:
            trouble = str(error)
    if store is None:
        yield Ledger(None, files, previous, config, trouble)
        return
    with store:
        yield Ledger(store, files, previous, config)


def _list_in(store: Store, places: Iterable[str]) -> Chronicled | None:
    """The rows of a list as one; a page that an earlier audit has left does not belong to it."""
    names = tuple(places)
    first = store.recall_chronicled([_page_of(names, 0)]).get(_page_of(names, 0))
    if first is None:
        return None
    pages = [first.known]
    while len(pages[-1]) == _PAGE:
        key = _page_of(names, len(pages))
        page = store.recall_chronicled([key]).get(key)
        if page is None or page.at != first.at:
            break
        pages.append(page.known)
    return replace(first, known=tuple(chain.from_iterable(pages)))


def _shares_links(known: Iterable[Known], addresses: Iterable[str]) -> bool:
    """Whether what is known of a list by another name is about links of this one, as far as it is about links."""
    about = {one.about.url for one in known if one.about.url}
    return not about or not about.isdisjoint(map(folded_address, addresses))


def _with_names(row: Chronicled, names: Mapping[str, str]) -> Chronicled:
    return replace(row, known=tuple(_moved(one, names) for one in row.known))


def _moved(known: Known, names: Mapping[str, str]) -> Known:
    """What is known, of a file by another name."""
    return replace(known, about=replace(known.about, file=names.get(known.about.file, known.about.file)))


def _page_of(places: Iterable[str], number: int) -> str:
    return _key("list", str(number), *sorted(places))


def _key(*parts: str) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


_CATALOGUE = _key("lists")
