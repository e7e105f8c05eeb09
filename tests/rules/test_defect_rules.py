"""ENT100, ENT101, ENT102 and ENT107: what the loader saw becomes a finding."""

import pytest
from builders import at, document

from rlhf_linkcheck.finding import Edit, Proof, Related, Suggestion
from rlhf_linkcheck.model import Defect, DefectKind, Mending
from rlhf_linkcheck.rules import RULES

CODES = {
    DefectKind.SYNTAX: "ENT100",
    DefectKind.SCHEMA: "ENT101",
    DefectKind.DUPLICATE: "ENT102",
    DefectKind.ITEM: "ENT107",
}


@pytest.mark.parametrize("kind", DefectKind)
def test_each_kind_of_defect_has_its_rule(kind: DefectKind) -> None:
    defect = Defect(kind, "something is amiss", at(4, 2))
    findings = [finding for rule in RULES for finding in rule.check_document(document(defects=(defect,)), {})]
    (finding,) = findings
    assert finding.rule.code == CODES[kind]
    assert (finding.message, finding.position, finding.path) == ("something is amiss", at(4, 2), "entries.yaml")
    assert (finding.entry, finding.field, finding.proof, finding.suggestion) == (None, None, None, None)


def test_all_that_a_defect_holds_is_passed_on() -> None:
    defect = Defect(
        DefectKind.ITEM,
        "no blank after the dash",
        at(7, 1, 2),
        entry="safe-rlhf",
        field="title",
        found="-[",
        expected="- [",
        mendings=(Mending("", "- ["),),
        related=(("other", at(3)),),
    )
    (finding,) = [finding for rule in RULES for finding in rule.check_document(document(defects=(defect,)), {})]
    assert (finding.entry, finding.field) == ("safe-rlhf", "title")
    assert finding.proof == Proof(listed="-[", found="- [")
    assert finding.suggestion == Suggestion((Edit("", "- ["),), safe=True)
    assert finding.related == (Related("other", "entries.yaml", 3),)
