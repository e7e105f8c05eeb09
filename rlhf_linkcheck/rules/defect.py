"""What the ENT rules about the text itself have in common: each passes one kind of defect on."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Edit, Finding, Proof, Related, Suggestion
from rlhf_linkcheck.model import Defect, DefectKind, Document
from rlhf_linkcheck.rules.base import Rule


class DefectRule(Rule):
    """Turns the defects of one kind, as the loader saw them, into findings."""

    kind: ClassVar[DefectKind]

    def check_document(self, document: Document, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
        """Yield a finding for each defect of this rule's kind."""
        del evidence
        for defect in document.defects:
            if defect.kind is self.kind:
                yield self._as_finding(document, defect)

    def _as_finding(self, document: Document, defect: Defect) -> Finding:
        proof = None
        if defect.found is not None or defect.expected is not None:
            proof = Proof(listed=defect.found, found=defect.expected)
        edits = tuple(Edit(mending.field, mending.value) for mending in defect.mendings)
        return Finding(
            rule=self.info,
            severity=self.info.severity,
            message=defect.message,
            path=document.path,
            position=defect.position,
            entry=defect.entry,
            field=defect.field or None,
            proof=proof,
            related=tuple(Related(entry, document.path, position.line) for entry, position in defect.related),
            suggestion=Suggestion(edits) if edits else None,
        )
