"""Which findings somebody asked not to hear of, who asked, and which of those wishes are idle."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from rlhf_linkcheck.config import SuppressionRule
from rlhf_linkcheck.evidence import Crawl, Verdict
from rlhf_linkcheck.finding import Finding
from rlhf_linkcheck.model import Document, Link
from rlhf_linkcheck.report import Note
from rlhf_linkcheck.rules import RULES, Rule
from rlhf_linkcheck.since.scope import WHOLE, Scope


@dataclass(slots=True)
class _Wish:
    """One suppression, wherever it is written; ``used`` collects the codes that it really silenced.

    ``judged`` is whether the run looked at all that it is about: of an old entry only what a change touches is judged.
    """

    codes: tuple[str, ...]
    origin: str
    links: tuple[Link, ...]
    path: str | None = None
    line: int | None = None
    judged: bool = True
    covers: Callable[[Finding], bool] = lambda _: True
    used: set[str] = field(default_factory=set)

    def silences(self, finding: Finding) -> bool:
        """Whether this wish is about the finding; remembers the codes that it was needed for."""
        matching = [wanted for wanted in self.codes if finding.rule.code.startswith(wanted)]
        if not self.covers(finding) or (self.codes and not matching):
            return False
        self.used.update(matching or [""])
        return True

    def note(self, message: str) -> Note:
        """A word about the wish itself, at its place or with the name of where it stands."""
        return Note(f"{self.origin}: {message}") if self.path is None else Note(message, self.path, self.line)


class Suppressor:
    """The suppressions of one run: comments in the documents, and rules of the configuration."""

    def __init__(self, documents: Sequence[Document], rules: Sequence[SuppressionRule], scope: Scope = WHOLE) -> None:
        self._comments: list[_Wish] = []
        # By entry id or by line, so that many findings and many comments are not compared pair by pair.
        self._at: dict[tuple[str, str | int], list[_Wish]] = {}
        for document in documents:
            self._read_comments(document, scope)
        listed = tuple(link for document in documents for link in _links_of(document)) if rules else ()
        self._configured = tuple(_configured_wish(rule, listed) for rule in rules)

    def _read_comments(self, document: Document, scope: Scope) -> None:
        """Place each comment: on an entry's first line it is about the whole entry, elsewhere about its line."""
        entries = {entry.position.line: entry for entry in document.entries}
        lines = scope.judged_lines(document)
        links: dict[int, list[Link]] = {}
        for link in _links_of(document) if document.suppressions else ():
            links.setdefault(link.position.line, []).append(link)
        for comment in document.suppressions:
            entry, line = entries.get(comment.line), comment.line
            concerned = entry.all_links if entry else tuple(links.get(line, ()))
            stands = comment.position.line
            judged = lines is None or line in lines
            wish = _Wish(comment.codes, f"{document.path}:{stands}", concerned, document.path, stands, judged)
            self._comments.append(wish)
            if not comment.codes:
                continue
            self._at.setdefault((document.path, line), []).append(wish)
            if entry is not None:
                self._at.setdefault((document.path, entry.id), []).append(wish)

    def who_suppresses(self, finding: Finding) -> str | None:
        """Who asked not to hear of this finding: a place in a file, or None."""
        for place in (finding.entry, finding.position.line, finding.position.end_line):
            for wish in self._at.get((finding.path, place), ()) if place is not None else ():
                if wish.silences(finding):
                    return wish.origin
        return next((wish.origin for wish in self._configured if wish.silences(finding)), None)

    def notes(self, rules: Sequence[Rule], crawl: Crawl) -> tuple[Note, ...]:
        """What is to be said once all findings were asked about: unknown codes, and wishes nothing needs."""
        return tuple(note for wish in (*self._comments, *self._configured) for note in _idle(wish, rules, crawl))


def _links_of(document: Document) -> Iterator[Link]:
    yield from document.links
    for entry in document.entries:
        yield from entry.all_links


def _configured_wish(rule: SuppressionRule, listed: Iterable[Link]) -> _Wish:
    pattern = re.compile(rule.pattern) if rule.pattern else None

    def concerns(url: str | None) -> bool:
        if url is None:
            return not rule.host and pattern is None
        host = _host_of(url)
        at_host = not rule.host or host == rule.host or host.endswith(f".{rule.host}")
        return at_host and (pattern is None or pattern.search(url) is not None)

    return _Wish(
        rule.codes,
        rule.origin,
        tuple(link for link in listed if concerns(link.address)),
        covers=lambda finding: concerns(finding.url),
    )


def _host_of(url: str) -> str:
    """The host that an address names, also where it is flawed otherwise; empty where there is none to be read."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # a bracket without its partner, or a letter that spells a sign: ENT104 says what is amiss
        return ""


def _idle(wish: _Wish, rules: Sequence[Rule], crawl: Crawl) -> Iterator[Note]:
    if wish.path is not None and not wish.codes:
        yield wish.note("this suppression names no rule: write ignore[CODE]")
        return
    for code in wish.codes or ("",):
        if not any(rule.info.code.startswith(code) for rule in RULES):
            yield wish.note(f"there is no rule {code} to ignore")
        elif wish.judged and code not in wish.used and _could_have_been_needed(code, wish, rules, crawl):
            named = f"ignore[{code}]" if code else "this suppression"
            yield wish.note(f"{named} is not needed any more")


def _could_have_been_needed(code: str, wish: _Wish, rules: Sequence[Rule], crawl: Crawl) -> bool:
    """Whether this run was able to raise what the wish is about, so that its silence means something."""
    ran = {rule.info.code for rule in rules}
    meant = [rule for rule in RULES if rule.info.code.startswith(code)]
    if any(rule.info.code not in ran for rule in meant):
        return False
    if not any(rule.info.needs_network for rule in meant):
        return True
    known = [crawl.evidence[link.address].outcome.verdict for link in wish.links if link.address in crawl.evidence]
    return bool(known) and all(verdict in (Verdict.ALIVE, Verdict.DEAD) for verdict in known)
