"""ENT105 malformed-authors: a slip of punctuation that makes one author two, two one, or another."""

from collections.abc import Iterator, Mapping
from itertools import islice

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Edit, Finding, Proof, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.model import Entry, Position
from rlhf_linkcheck.rules.base import Rule
from rlhf_linkcheck.rules.printed_names import Flaw, examine

_SHOWN = 3


class MalformedAuthors(Rule):
    """
    ## What it does
    Reports slips in a list of authors: a name that a comma without a blank splits
    (`Kianté,Brantley`), two names that one glues together (`Yan Zheng,Yujing Hu`), a list copied
    from a bibliography (`Last, First and Last, First`, one finding for the whole list), footnote
    marks (`Yihao Feng*`), an empty name, full-width commas, and two names in one item.

    It leaves alone single-word names, handles, organisations, nicknames in brackets
    (`Ruixin (Ray) Yang`), suffixes (`Robert Downey, Jr.`), a team's prefix ending in a colon,
    «et al.» however it is set off, and «and» before the last name.

    ## Why is this bad?
    Whoever reads the list by program, to cite or to compare it, finds people that do not exist.

    ## Example
    ```markdown
    - Rajkumar Ramamurthy, Prithviraj Ammanabrolu, Kianté,Brantley, Jack Hessel
    - Ethayarajh, Kawin and Zhang, Heidi and Wang, Yizhong and Jurafsky, Dan
    ```

    ## What to do instead
    ```markdown
    - Rajkumar Ramamurthy, Prithviraj Ammanabrolu, Kianté Brantley, Jack Hessel
    - Kawin Ethayarajh, Heidi Zhang, Yizhong Wang, Dan Jurafsky
    ```
    """

    info = RuleInfo("ENT105", "malformed-authors", Severity.WARNING, "a slip in the list of authors", fixable=True)
    names_address = False

    def check_entry(self, entry: Entry, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
        """Yield a finding for each flawed item, and one for all items that put the surname first."""
        del evidence
        flaws = {
            index: flaw
            for index, item in enumerate(entry.authors)
            if f"authors[{index}]" not in entry.unread and (flaw := examine(item)) is not None
        }
        if not flaws:
            return
        turned: dict[int, str] = {}
        if any(flaw.turned and flaw.turned == flaw.mended for flaw in flaws.values()):
            # Beside plain «Last, First» a compound surname, or one with many given names, reads alike.
            turned = {index: flaw.turned for index, flaw in flaws.items() if flaw.turned}
        places = dict(entry.positions)
        for index, flaw in flaws.items():
            if index not in turned:
                yield self._one(entry, index, flaw, places)
        if turned:
            safe = len(turned) > 1 or all(flaws[index].safe for index in turned)
            yield self._surnames_first(entry, turned, places, safe=safe)

    def _one(self, entry: Entry, index: int, flaw: Flaw, places: Mapping[str, Position]) -> Finding:
        field = f"authors[{index}]"
        return self.finding(
            entry,
            flaw.problem,
            places.get(field) or entry.locate(),
            field=field,
            proof=Proof(listed=entry.authors[index], found=flaw.mended),
            suggestion=None if flaw.mended is None else Suggestion((Edit(field, flaw.mended),), flaw.safe),
        )

    def _surnames_first(
        self, entry: Entry, turned: Mapping[int, str], places: Mapping[str, Position], *, safe: bool
    ) -> Finding:
        """One finding for the whole list, at its first such item."""
        names = ", ".join(islice(turned.values(), _SHOWN)) + (" …" if len(turned) > _SHOWN else "")
        first = f"authors[{min(turned)}]"
        return self.finding(
            entry,
            f"surnames stand first: write «{names}»",
            places.get(first) or entry.locate(),
            field=first,
            proof=Proof(listed=entry.authors[min(turned)], found=turned[min(turned)]),
            suggestion=Suggestion(tuple(Edit(f"authors[{index}]", name) for index, name in turned.items()), safe),
        )
