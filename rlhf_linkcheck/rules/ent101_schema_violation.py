"""ENT101 schema-violation: an entry does not match schema.json."""

from rlhf_linkcheck.finding import RuleInfo, Severity
from rlhf_linkcheck.model import DefectKind
from rlhf_linkcheck.rules.defect import DefectRule


class SchemaViolation(DefectRule):
    """
    ## What it does
    Holds every entry against `schema.json` (or the file given with `--schema`) and reports each
    value that does not match: a key that is missing or unknown, a text where a number belongs, an
    id that is not in kebab-case. A Markdown list is asked only for what its format declares, so
    authors and year may be absent there.

    ## Why is this bad?
    Whatever renders or counts the list relies on the schema. A misspelt key is read by nobody.

    ## Example
    ```yaml
    - id: instructgpt
      category: paper
      title: Training language models to follow instructions with human feedback
      url: https://arxiv.org/abs/2203.02155
      author: [Long Ouyang, et al.]
      year: "2022"
    ```

    ## What to do instead
    ```yaml
    - id: instructgpt
      category: paper
      title: Training language models to follow instructions with human feedback
      url: https://arxiv.org/abs/2203.02155
      authors: [Long Ouyang, et al.]
      year: 2022
    ```
    An editor that knows the YAML language server completes and checks while you type: the list's
    first line names the schema.
    """

    info = RuleInfo("ENT101", "schema-violation", Severity.ERROR, "an entry does not match schema.json", fixable=True)
    names_address = False
    options = ("schema",)
    kind = DefectKind.SCHEMA
