"""ENT100 syntax-error: the file is not readable."""

from rlhf_linkcheck.finding import RuleInfo, Severity
from rlhf_linkcheck.model import DefectKind
from rlhf_linkcheck.rules.defect import DefectRule


class SyntaxErrorRule(DefectRule):
    """
    ## What it does
    Reports the place where a file stops being readable: broken YAML, bytes that are not UTF-8,
    YAML that this tool refuses (aliases, tags, a second document, more than 100 levels of nesting,
    more than 64 MiB). Entries that were complete before that place are still checked.

    ## Why is this bad?
    Nothing after the place can be read, by this tool or by any other.

    ## Example
    ```yaml
    - id: reinforce
      title: REINFORCE++: A Simple and Efficient Approach
    ```
    The second colon starts a mapping inside a value, which YAML does not allow.

    ## What to do instead
    ```yaml
    - id: reinforce
      title: "REINFORCE++: A Simple and Efficient Approach"
    ```
    """

    info = RuleInfo("ENT100", "syntax-error", Severity.ERROR, "the file is not readable YAML")
    names_address = False
    heeds_comments = False
    kind = DefectKind.SYNTAX
