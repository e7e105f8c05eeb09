"""What stands unseen at the beginning of the tracking issue: whose it is, and what it has told of; pure.

The issue remembers by itself: so nothing is told twice where a night's state was lost, or an audit is repeated
within the hour, and nothing is left untold where one night's comment could not be written.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from hashlib import blake2b
from urllib.parse import quote

from rlhf_linkcheck.audits.known import cause_of, in_any_entry
from rlhf_linkcheck.finding import Fingerprint
from rlhf_linkcheck.fingerprint import name_of
from rlhf_linkcheck.report import InputFile

MOST_TOLD = 380
"""What is told of one by one; with eleven characters each there is room beside the Markdown report."""
_LONGEST_NAME = 200
_DIGEST = 5
_HEAD = re.compile(
    r"<!-- rlhf-linkcheck: (?P<name>[!-~]{1,300}) -->\r?\n"
    r"(?:<!-- told:(?P<told>(?: [0-9a-f]{10}){0,400})(?P<more> and more)? -->)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Head:
    """The ``name`` of the list, and what the issue has ``told`` of; None where somebody has edited that away.

    ``whole`` is False where there was more to tell of than is kept.
    """

    name: str
    told: frozenset[str] | None = frozenset()
    whole: bool = True

    def text(self, told: Sequence[str]) -> str:
        """The lines, with these findings told; comments of HTML, which nobody sees."""
        kept = "".join(f" {one}" for one in told[:MOST_TOLD])
        more = " and more" if len(told) > MOST_TOLD else ""
        return f"<!-- rlhf-linkcheck: {self.name} -->\n<!-- told:{kept}{more} -->\n"


def head_in(body: str) -> Head | None:
    """The head of an issue's text, None where it has none."""
    found = _HEAD.match(body)
    if found is None:
        return None
    told = None if found["told"] is None else frozenset(found["told"].split())
    return Head(found["name"], told, whole=not found["more"])


def name_of_list(files: Iterable[InputFile]) -> str:
    """The list's name in the mark: its files as their repository calls them, in letters that end no comment."""
    name = ",".join(sorted(quote(name_of(file), errors="surrogatepass") for file in files))
    # Two hyphens end a comment for some readers of HTML.
    name = name.replace("--", "%2D%2D") or "list"
    if len(name) <= _LONGEST_NAME:
        return name
    return f"{name[:_LONGEST_NAME]}~{blake2b(name.encode(), digest_size=8).hexdigest()}"


def marks_of(findings: Iterable[Fingerprint]) -> list[str]:
    """What the issue remembers of each of these findings, ten characters, none twice.

    An address goes by itself: an entry whose title is mended has the links that it had. Of several entries with one
    the first is told from the second, and so on, by the order given.
    """
    seen: Counter[Fingerprint] = Counter()
    marks = []
    for cause in map(cause_of, findings):
        about = in_any_entry(cause) if cause.url else cause
        marks.append(_digest(about, seen[about]))
        seen[about] += 1
    return marks


def _digest(about: Fingerprint, number: int) -> str:
    text = "\0".join((*astuple(about), str(number)))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).hexdigest()
