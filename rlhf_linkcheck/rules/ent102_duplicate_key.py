"""ENT102 duplicate-key: a key or an id is given twice."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Finding, RuleInfo, Severity
from rlhf_linkcheck.model import Defect, DefectKind, Document, Position
from rlhf_linkcheck.rules.defect import DefectRule


class DuplicateKey(DefectRule):
    """
    ## What it does
    Reports a key that stands twice in one entry, and an `id` that two entries of a file share. The
    finding stands at the second one and names the line of the first.

    ## Why is this bad?
    Of two equal keys most readers of YAML keep one without a word, so half of what was written is
    lost. An id that is not unique cannot be linked to.

    ## Example
    ```yaml
    - id: rlhf-v
      category: paper
      url: https://arxiv.org/abs/2312.00849
      url: https://openaccess.thecvf.com/content/CVPR2024/html/Yu_RLHF-V.html
    ```

    ## What to do instead
    Keep one as `url`, and move the other to `links`, or give the second entry an id of its own.
    """

    info = RuleInfo("ENT102", "duplicate-key", Severity.ERROR, "a key or an id is given twice")
    names_address = False
    kind = DefectKind.DUPLICATE

    def check_document(self, document: Document, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
        """Yield a finding for each; of two entries with one id, that which a change has brought is to have another."""
        fresh = document.fresh
        if fresh is not None:
            new_ids = {entry.positions.get("id") for entry in document.entries if entry.position in fresh}
            defects = tuple(_placed(defect, new_ids) for defect in document.defects)
            document = replace(document, defects=defects)
        yield from super().check_document(document, evidence)


def _placed(defect: Defect, new_ids: Container[Position | None]) -> Defect:
    if defect.kind is not DefectKind.DUPLICATE or defect.field != "id":
        return defect
    (entry_id, other), *_ = defect.related
    if defect.position in new_ids or other not in new_ids:
        return defect
    message = f"the id `{entry_id}` is that of the entry in line {defect.position.line}: give this one its own"
    return replace(defect, message=message, position=other, related=((entry_id, defect.position),))
