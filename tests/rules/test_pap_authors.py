"""PAP103, PAP104 and PAP105: who wrote the paper at the link."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from builders import document
from records import AUTHORS, PAPER, TITLE, known, paper, record

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Edit, Finding, Severity, Suggestion
from rlhf_linkcheck.model import Entry
from rlhf_linkcheck.rules import RULES

MANY = tuple(
    f"{given} {family}" for family in ("Abel", "Banach", "Cantor", "Dirac") for given in ("Ann", "Bo", "Cy", "Di")
)


def findings(entry: Entry, evidence: Evidence) -> list[Finding]:
    listed = document(entry)
    return [
        finding
        for rule in RULES
        if rule.info.needs_record
        for finding in rule.check_document(listed, {PAPER: evidence})
    ]


def about(listed: Sequence[str], found: Sequence[str]) -> list[Finding]:
    return findings(paper(TITLE, *listed), known(record(TITLE, *found)))


def test_a_stranger_is_an_error_at_the_name_and_nothing_is_mended() -> None:
    (finding,) = about(("Long Ouyang", "Grace Hopper", "Xu Jiang", "Diogo Almeida"), AUTHORS)
    assert (finding.rule.code, finding.severity, finding.field) == ("PAP103", Severity.ERROR, "authors[1]")
    assert finding.message == (
        "Grace Hopper is not among the authors: arXiv (v1) has Long Ouyang, Jeff Wu, Xu Jiang and 1 more"
    )
    assert finding.position.line == 6
    assert finding.suggestion is None


def test_many_strangers_are_one_finding() -> None:
    (finding,) = about(("Ada Lovelace", "Charles Babbage", "Mary Somerville", "Grace Hopper"), AUTHORS)
    assert finding.message.startswith("Ada Lovelace, Charles Babbage, Mary Somerville and 1 more are not among")


def test_a_misspelt_name_is_a_warning_with_its_mending() -> None:
    (finding,) = about(("Long Ouyang", "Jeff Wu", "Xu Jiang", "Diogo Almeidda"), AUTHORS)
    assert (finding.rule.code, finding.severity, finding.field) == ("PAP103", Severity.WARNING, "authors[3]")
    assert finding.message == "«Diogo Almeidda»: misspelt: arXiv (v1) has «Diogo Almeida»"
    assert finding.suggestion == Suggestion((Edit("authors[3]", "Diogo Almeida"),))


def test_another_given_name_at_the_same_place_is_told_gently_and_never_mended() -> None:
    (finding,) = about(("Long Ouyang", "Jeff Wu", "Xu Jiang", "Maria Almeida"), AUTHORS)
    assert (finding.rule.code, finding.severity) == ("PAP103", Severity.WARNING)
    assert finding.message == (
        "«Maria Almeida»: arXiv (v1) has «Diogo Almeida»; people change their names: look which one they go by"
    )
    assert finding.suggestion is None


@pytest.mark.parametrize(
    "listed",
    [
        ("L. Ouyang", "J. Wu", "X. Jiang", "D. Almeida"),
        ("Ouyang, Long", "Wu, Jeff", "Jiang, Xu", "Almeida, Diogo"),
        ("Long Ouyang", "Jeffrey Wu", "et al."),
        ("Long Ouyang", "Jeff Wu", "Xu Jiang", "Diogo Almeida*"),
    ],
)
def test_another_form_of_the_names_is_no_finding(listed: Sequence[str]) -> None:
    assert about(listed, AUTHORS) == []


def test_another_order_is_a_warning_that_puts_the_listed_names_in_order() -> None:
    (finding,) = about(("J. Wu", "Long Ouyang", "Xu Jiang", "Diogo Almeida"), AUTHORS)
    assert (finding.rule.code, finding.severity, finding.field) == ("PAP104", Severity.WARNING, "authors[0]")
    assert finding.message == "arXiv (v1) has them in another order: Long Ouyang, J. Wu, Xu Jiang and 1 more"
    assert finding.suggestion == Suggestion((Edit("authors[0]", "Long Ouyang"), Edit("authors[1]", "J. Wu")))


def test_several_names_in_one_item_are_not_put_in_order_by_machine() -> None:
    found = about(("Jeff Wu, Long Ouyang", "Xu Jiang", "Diogo Almeida"), AUTHORS)
    assert [(finding.rule.code, finding.suggestion) for finding in found] == [("PAP104", None)]


def test_somebody_left_out_in_the_middle_is_a_warning_that_puts_them_in() -> None:
    (finding,) = about(("Long Ouyang", "Xu Jiang", "Diogo Almeida"), AUTHORS)
    assert (finding.rule.code, finding.severity, finding.field) == ("PAP105", Severity.WARNING, "authors[0]")
    assert finding.message == "the list leaves out Jeff Wu: arXiv (v1) has 4 authors"
    assert finding.suggestion == Suggestion((Edit("authors[0]", "Long Ouyang, Jeff Wu"),))


def test_who_comes_before_the_first_is_put_before_the_first() -> None:
    (finding,) = about(("Xu Jiang", "Diogo Almeida"), AUTHORS)
    assert finding.suggestion == Suggestion((Edit("authors[0]", "Long Ouyang, Jeff Wu, Xu Jiang"),))


def test_a_tail_that_is_cut_in_silence_is_an_info_that_names_it() -> None:
    (finding,) = about(("Long Ouyang", "Jeff Wu"), AUTHORS)
    assert (finding.rule.code, finding.severity, finding.field) == ("PAP105", Severity.INFO, "authors[1]")
    assert finding.message == "the list stops without «et al.» before Xu Jiang, Diogo Almeida: arXiv (v1) has 4 authors"
    assert finding.suggestion == Suggestion((Edit("authors[1]", "Jeff Wu, Xu Jiang, Diogo Almeida"),))


def test_a_long_tail_is_said_to_be_cut_instead() -> None:
    (finding,) = about(MANY[:4], MANY)
    assert finding.severity is Severity.INFO
    assert finding.suggestion == Suggestion((Edit("authors[3]", f"{MANY[3]}, et al."),))


def test_a_stranger_in_somebodys_place_is_one_finding_and_not_a_gap_as_well() -> None:
    assert [finding.rule.code for finding in about(("Long Ouyang", "Grace Hopper", "Xu Jiang"), AUTHORS[:3])] == [
        "PAP103"
    ]


def test_an_organisation_in_place_of_its_people_is_an_info() -> None:
    (finding,) = about(("Anthropic",), AUTHORS)
    assert (finding.rule.code, finding.severity, finding.suggestion) == ("PAP105", Severity.INFO, None)
    assert finding.message == (
        "an organisation stands for its people: arXiv (v1) has Long Ouyang, Jeff Wu, Xu Jiang and 1 more"
    )


@pytest.mark.parametrize(
    ("listed", "found"),
    [(("OpenAI",), ("OpenAI", *AUTHORS)), (("OpenAI",), ("OpenAI",)), (AUTHORS, ("OpenAI", *AUTHORS))],
)
def test_an_organisation_that_the_record_has_as_well_is_no_finding(listed: Sequence[str], found: Sequence[str]) -> None:
    assert about(listed, found) == []


def test_nobody_listed_and_nobody_recorded_is_not_compared() -> None:
    assert findings(replace(paper(), authors=()), known(record())) == []
    assert findings(paper(), known(replace(record(), authors=()))) == []


def test_a_source_that_is_not_whole_makes_no_strangers_and_no_order() -> None:
    listed = paper(TITLE, "Jeff Wu", "Long Ouyang", "Grace Hopper")
    assert findings(listed, known(record(TITLE, "Long Ouyang", "Jeff Wu", complete=False, ordered=False))) == []


def test_a_list_that_the_venue_has_just_so_is_right() -> None:
    listed = paper(TITLE, "Long Ouyang", "Xu Jiang", "Diogo Almeida")
    venue = record(TITLE, "Long Ouyang", "Xu Jiang", "Diogo Almeida", source="crossref", identity="doi:10.1/x")
    assert findings(listed, known(record(), elsewhere=(venue,))) == []


def test_of_thousands_of_authors_a_report_shows_some() -> None:
    crowd = [f"Given{number} Family{number}" for number in range(2000)]
    (finding,) = findings(paper(TITLE, "Grace Hopper"), known(record(TITLE, *crowd)))
    assert finding.proof is not None
    assert (finding.proof.found or "").endswith("Given29 Family29 and 1970 more")
    assert len(finding.message) < 200


def test_a_records_names_are_told_as_lists_print_them() -> None:
    found = ("Ouyang, Long", "Wu, Jeff", "Xu Jiang 0001", "Almeida, Diogo")
    (finding,) = about(("Long Ouyang", "Xu Jiang"), found)
    assert finding.message == "the list leaves out Jeff Wu, Diogo Almeida: arXiv (v1) has 4 authors"
    assert finding.suggestion == Suggestion(
        (Edit("authors[0]", "Long Ouyang, Jeff Wu"), Edit("authors[1]", "Xu Jiang, Diogo Almeida"))
    )
    (finding,) = about(("Long Ouyang", "Jeff Wu", "Xu Jiang", "Diogo Almeidda"), found)
    assert finding.suggestion == Suggestion((Edit("authors[3]", "Diogo Almeida"),))


def test_edits_of_one_list_do_not_undo_each_other() -> None:
    found = about(("Long Ouyang", "Jeff Wu", "Xu Jiamg"), ("Long Ouyang", "Jeff Wu", "Xu Jiang", "Diogo Almeida"))
    edits = [finding.suggestion for finding in found if finding.rule.code == "PAP105"]
    assert edits == [Suggestion((Edit("authors[2]", "Xu Jiang, Diogo Almeida"),))]
    turned = about(("Jeff Wu", "Long Ouyang"), AUTHORS)
    assert [(one.rule.code, one.suggestion is not None and one.suggestion.safe) for one in turned] == [
        ("PAP104", True),
        ("PAP105", False),
    ]


def test_who_is_listed_may_be_who_a_record_that_is_not_whole_calls_otherwise() -> None:
    page = record(TITLE, "Olga Open", "Rev Iew", complete=False, ordered=False)
    assert findings(paper(TITLE, "Olga Open", "Rev Other"), known(page)) == []


def test_a_list_of_which_a_part_cannot_be_read_is_not_compared() -> None:
    listed = replace(paper(TITLE, "", "Long Ouyang"), unread=("authors[0]",))
    assert findings(listed, known(record())) == []


def test_of_a_list_of_slips_the_first_are_told_and_the_rest_counted() -> None:
    names = [f"Ada{letter} Lovelaceson{letter * 3}" for letter in "bcdfghjklmnpq"]
    slipped = [f"{name[:-1]}x" if name.endswith(name[-2]) else name for name in names]
    found = about(slipped, names)
    assert len(found) == 11
    assert found[-1].message.endswith("and 3 more of its authors have other names there")


def applied(listed: Sequence[str], found: Sequence[str]) -> list[str]:
    """The list after all safe edits, read as lists print it; the codes of what is said of it then."""
    names = {item: [name] for item, name in enumerate(listed)}
    for finding in about(listed, found):
        if finding.suggestion is not None and finding.suggestion.safe:
            for edit in finding.suggestion.edits:
                names[int(edit.field[8:-1])] = [name for name in edit.value.split(", ") if name]
    mended = [name for item in names.values() for name in item]
    return [finding.rule.code for finding in about(mended, found)]


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        (("Ouyang, Long", "Jiang, Xu", "Almeida, Diogo"), AUTHORS),
        (("Wu, Jeff", "Ouyang, Long", "Xu Jiang", "Almeida, Diogo"), AUTHORS),
        (("Long Ouyang", "Xu Jiang"), ("Long Ouyang", "Wu, Jeff", "Xu Jiang", "Parvez, Md Rizwan")),
        (("Long Ouyang", "Xu Jiang", "Diogo Almeidda"), AUTHORS),
        (("Long\u00a0Ouyang", "Xu Jiang"), ("Long Ouyang", "Jeff Wu", "Xu Jiang")),
    ],
)
def test_after_all_safe_edits_nothing_is_left_to_say(listed: Sequence[str], found: Sequence[str]) -> None:
    assert applied(listed, found) == []


def test_where_one_item_names_several_people_nothing_is_put_beside_them() -> None:
    (finding,) = about(("Long Ouyang, Jeff Wu", "Diogo Almeida"), AUTHORS)
    assert (finding.rule.code, finding.suggestion) == ("PAP105", None)


@pytest.mark.parametrize("aside", ["(Google Research)", "[Stanford University]"])
def test_where_somebody_works_is_no_part_of_their_name(aside: str) -> None:
    assert about((f"Long Ouyang {aside}", *AUTHORS[1:]), AUTHORS) == []
    assert about(AUTHORS, (f"Long Ouyang {aside}", *AUTHORS[1:])) == []


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ("Daniel D. Johnson", "David D. Johnson"),
        ("Holger H. Hoos", "Helmut H. Hoos"),
        ("Daniel J. Smith", "Jacob D. Smith"),
    ],
)
def test_a_given_name_is_not_the_other_ones_middle_initial(listed: str, found: str) -> None:
    (finding,) = about((listed, *AUTHORS), (found, *AUTHORS))
    assert finding.rule.code == "PAP103"


@pytest.mark.parametrize("end", ["et alii", "etc.", "+ 3 more"])
def test_a_list_may_say_in_many_ways_that_it_is_cut(end: str) -> None:
    assert about((*AUTHORS[:2], end), AUTHORS) == []
