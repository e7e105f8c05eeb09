"""ENT107 malformed-item: a slip in Markdown that changes what a reader or a parser sees."""

from rlhf_linkcheck.finding import RuleInfo, Severity
from rlhf_linkcheck.model import DefectKind
from rlhf_linkcheck.rules.defect import DefectRule


class MalformedItem(DefectRule):
    """
    ## What it does
    Reports slips of punctuation in a Markdown list that change what a reader or a parser sees: an
    item without the blank after its dash, `Dataset; [y]` for `Dataset: [y]`, a missing comma
    between two links, a field without its label, full-width commas in a list of keywords, a stray
    bracket or blank. It leaves alone what changes nothing: `Keywords:` for `Keyword:`, an empty
    field, blank lines.

    ## Why is this bad?
    `-[Safe-RLHF](…)` is no list item in Markdown: GitHub shows it as the tail of the item above.

    ## Example
    ```markdown
    -[Safe-RLHF](https://github.com/PKU-Alignment/safe-rlhf)
      - Dataset; [BBQ](https://github.com/nyu-mll/BBQ)
    ```

    ## What to do instead
    ```markdown
    - [Safe-RLHF](https://github.com/PKU-Alignment/safe-rlhf)
      - Dataset: [BBQ](https://github.com/nyu-mll/BBQ)
    ```
    """

    info = RuleInfo(
        "ENT107", "malformed-item", Severity.WARNING, "a slip changes what a reader or a parser sees", fixable=True
    )
    names_address = False
    kind = DefectKind.ITEM
