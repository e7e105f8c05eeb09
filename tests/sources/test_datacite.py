import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lookups import ANYTHING, NOW, PARTS, answered, evidence_of, hosts, told

from rlhf_linkcheck.evidence import Record
from rlhf_linkcheck.sources import datacite

DOI = "https://doi.org/10.5281/Zenodo.1"
ANYBODY = "papers: [{doi: 10.1000/else, title: Else}]"
ATTRIBUTES: dict[str, Any] = {
    "doi": "10.5281/zenodo.1",
    "titles": [
        {"title": "A study", "titleType": "Subtitle"},
        {"title": "Reward\n models"},
        {"title": "Belohnungsmodelle", "titleType": "TranslatedTitle"},
        {"title": "Rewards", "titleType": "AlternativeTitle"},
    ],
    "creators": [
        {"name": "Ouyang, Long", "nameType": "Personal", "givenName": "Long", "familyName": "Ouyang"},
        {"name": "Some Team", "nameType": "Organizational"},
        {"name": "Wu, Jeff", "affiliation": []},
        {"name": "Plato", "nameType": "Personal", "givenName": None, "familyName": "Plato"},
    ],
    "publicationYear": 2024,
}


def item(**changes: Any) -> dict[str, Any]:
    return {"id": "10.5281/zenodo.1", "type": "dois", "attributes": {**ATTRIBUTES, **changes}}


def one(**changes: Any) -> Record:
    records = datacite.read(answered(json.dumps({"data": item(**changes)}).encode()), NOW)
    assert records is not None
    return records["10.5281/zenodo.1"]


async def test_a_doi_is_read_as_it_comes() -> None:
    pages = {"/dois/10.5281/zenodo.1": told({"data": {**item(), "id": "10.5281/ZENODO.1"}})}
    evidence = await evidence_of(ANYBODY + hosts({"api.datacite.org": pages}), DOI)
    assert evidence.record is not None
    assert evidence.record == Record(
        identity="doi:10.5281/zenodo.1",
        source="datacite",
        title="Reward models: A study",
        authors=("Long Ouyang", "Some Team", "Wu, Jeff", "Plato"),
        retrieved_at=evidence.record.retrieved_at,
        other_titles=("Reward models", "Belohnungsmodelle", "Rewards"),
        doi="10.5281/zenodo.1",
    )


def test_a_title_may_be_listed_with_its_subtitle_or_without() -> None:
    main, subtitle = {"title": "Reward models"}, {"title": "A study", "titleType": "Subtitle"}
    assert one(titles=[main, subtitle]).titles == ("Reward models: A study", "Reward models")
    assert one(titles=[main, {"title": " ", "titleType": "Subtitle"}]).titles == ("Reward models",)
    assert one(titles=[main, {"title": "Rewards", "titleType": None}, "x"]).titles == ("Reward models", "Rewards")


@pytest.mark.parametrize(
    ("creators", "read"),
    [
        ([{"givenName": "Long", "familyName": "Ouyang"}], ("Long Ouyang",)),
        ([{"givenName": "Long", "name": "Ouyang, Long"}], ("Ouyang, Long",)),
        ([{"familyName": "Ouyang"}, {}, 7, None, {"name": 7}, {"name": " A  B "}], ("A B",)),
        ({"name": "A"}, ()),
        (None, ()),
    ],
)
def test_names_are_read_in_all_their_forms(creators: object, read: tuple[str, ...]) -> None:
    assert one(creators=creators).authors == read


def test_items_that_cannot_be_read_are_left_out_of_a_list() -> None:
    subtitled = item(titles=[{"title": "Only", "titleType": "Subtitle"}])
    odd = [None, 7, {}, {"id": 7, "attributes": {}}, {"id": "10.1/a", "attributes": []}, subtitled, item(titles=None)]
    body = json.dumps({"data": [*odd, {"id": "10.1/X", "attributes": {"titles": [7, {"title": "X"}]}}]}).encode()
    records = datacite.read(answered(body), NOW)
    assert {doi: record.title for doi, record in (records or {}).items()} == {"10.1/x": "X"}


@pytest.mark.parametrize(
    ("body", "status", "known"),
    [
        (b'{"errors": [{"status": "404", "title": "The resource you are looking for doesn\'t exist."}]}', 404, {}),
        (b'{"errors": "gone"}', 404, None),
        (b"[]", 404, None),
        (b"<h1>Not found</h1>", 404, None),
        (b"", 200, None),
        (b'{"data": []}', 200, {}),
        (b'{"data": []}', 206, None),
        (b'{"data": null}', 200, None),
        (b'{"errors": []}', 200, None),
        (b"[]", 200, None),
    ],
)
def test_unknown_is_told_from_unanswered(body: bytes, status: int, known: dict[str, Record] | None) -> None:
    assert datacite.read(answered(body, status), NOW) == known


def test_the_addresses_are_those_of_the_api() -> None:
    assert datacite.one("10.1/a b,c") == "https://api.datacite.org/dois/10.1/a%20b%2Cc"
    assert datacite.many(["10.1/a&b", "10.1/c"]) == "https://api.datacite.org/dois?ids=10.1/a%26b,10.1/c&page[size]=2"


@given(st.binary(max_size=60), st.sampled_from((200, 403, 404, 429, 500)))
def test_no_bytes_upset_the_reader(body: bytes, status: int) -> None:
    assert datacite.read(answered(body, status), NOW) in (None, {})


@given(st.dictionaries(st.sampled_from(sorted(ATTRIBUTES)), PARTS), ANYTHING)
def test_no_record_upsets_the_reader(changes: dict[str, object], other: object) -> None:
    body = json.dumps({"data": [item(**changes), other, {"id": "10.1/x", "attributes": other}]}).encode()
    records = datacite.read(answered(body), NOW)
    assert records is not None
    assert all(record.title and record.doi == doi for doi, record in records.items())
