"""LNK108 missing-fragment: the page has anchors, and not this one."""

from collections.abc import Iterator

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Finding, RuleInfo, Severity
from rlhf_linkcheck.model import Document, Entry, Link
from rlhf_linkcheck.rules.base import Rule


class MissingFragment(Rule):
    """
    ## What it does
    Reports a `#fragment` that names nothing: within a Markdown list a heading that is not there, on a
    web page an `id` or `name` that no element has. A page is judged only where it was read whole and
    has anchors; fragments that scripts read (`#!…`, `#/…`, `#:~:text=…`, `#L10`, `#page=3`) and
    pages that scripts build are left alone. What is within a list is judged without the network; a web
    page where it is read for another rule, so not with `--offline` or `--select LNK108` alone.

    ## Why is this bad?
    The reader lands at the top of a page and has to search.

    ## Example
    ```markdown
    - [Boilerplates](#boilerplates)

    #### Boilerplates and libraries
    ```
    A list's table of contents, in September 2026: the heading had grown.

    ## What to do instead
    ```markdown
    - [Boilerplates](#boilerplates-and-libraries)
    ```
    """

    info = RuleInfo("LNK108", "missing-fragment", Severity.WARNING, "the page has anchors, and not this one")

    def check_link(self, owner: Entry | Document, link: Link, evidence: Evidence) -> Iterator[Finding]:
        """Yield a finding where the page was read and its anchors do not hold the fragment."""
        if evidence.missing_fragment is not None:
            where = "this file" if evidence.source == "file" else "the page"
            yield self.finding(
                owner,
                f"{where} has no heading or anchor «#{evidence.missing_fragment}»: correct it, or take the «#…» out",
                link,
            )
