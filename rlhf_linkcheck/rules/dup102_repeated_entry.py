"""DUP102 repeated-entry: an entry stands in the list twice."""

from collections.abc import Iterator, Mapping

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Finding, Related, RuleInfo, Severity
from rlhf_linkcheck.identity import Identity, Kind, identify
from rlhf_linkcheck.matching.titles import fold
from rlhf_linkcheck.model import Category, Document, Entry
from rlhf_linkcheck.rules.base import Rule

_PAPERS = (Kind.ARXIV, Kind.OPENREVIEW, Kind.ACL, Kind.DOI)


class RepeatedEntry(Rule):
    """
    ## What it does
    Reports an entry that an earlier one in the file repeats: the same category and the same title,
    or the same paper by its identifier with the same title. Titles are the same where they differ
    in case, spacing, accents and punctuation only.

    ## Why is this bad?
    Whoever mends one of them leaves the other behind, and the list looks longer than it is.

    ## Example
    ```markdown
    ### 2024
    - [AlignDiff: Aligning Diverse Human Preferences via Behavior-Customisable Diffusion Model](https://openreview.net/forum?id=bxfKIYfHyx)
    ### 2023
    - [AlignDiff: Aligning Diverse Human Preferences via Behavior-Customisable Diffusion Model](https://arxiv.org/abs/2310.02054)
    ```

    ## What to do instead
    Keep the fuller of the two, and the year of publication.
    ```markdown
    ### 2024
    - [AlignDiff: Aligning Diverse Human Preferences via Behavior-Customisable Diffusion Model](https://openreview.net/forum?id=bxfKIYfHyx)
    ```
    """

    info = RuleInfo("DUP102", "repeated-entry", Severity.WARNING, "an entry is repeated in one file")

    def check_document(self, document: Document, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
        """Yield a finding at each entry that repeats an earlier one."""
        del evidence
        seen: dict[tuple[Category | Identity, str], Entry] = {}
        for entry in document.oldest_first:
            title = fold(entry.title)
            if not title:
                continue
            names = [(what, title) for what in (entry.category, _paper(entry)) if what is not None]
            others = [seen[name] for name in names if name in seen]
            if others:
                yield self._repeated(entry, others[0])
            for name in names:
                seen.setdefault(name, entry)

    def _repeated(self, entry: Entry, other: Entry) -> Finding:
        line = other.locate("title").line
        return self.finding(
            entry,
            f"listed already in line {line}, under the same title: keep one of the two",
            entry.locate("title"),
            field="title",
            url=entry.main.address if entry.main else None,
            related=(Related(other.id, other.path, line),),
        )


def _paper(entry: Entry) -> Identity | None:
    """The paper that the entry's main link identifies, if it does."""
    identity = identify(entry.main.address) if entry.main else None
    return identity if identity is not None and identity.kind in _PAPERS else None
