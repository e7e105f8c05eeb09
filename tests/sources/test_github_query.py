"""The questions to GitHub's GraphQL: how places are read, what goes into them, and that GitHub's own schema has all."""

import json
from typing import Any

import pytest
from graphql import GraphQLSchema, build_schema, parse, validate
from shared_data import SHARED

from rlhf_linkcheck.identity import Identity, Kind, identify
from rlhf_linkcheck.simweb.services.github_roots import schema as simulated
from rlhf_linkcheck.sources.github.query import (
    Subject,
    alias_of,
    facts,
    files,
    release_of,
    writings,
)

SITE = "https://github.com"
SCHEMA = SHARED / "data" / "github.graphql"


def place(path: str) -> Identity:
    return identify(f"{SITE}/o/n/{path}")


def subject(address: str, *places: str, login: str = "") -> Subject:
    return Subject(identify(address), tuple(map(place, places)), login)


@pytest.mark.parametrize(
    ("path", "release"),
    [
        ("releases/tag/v1", ("v1", "")),
        ("releases/tag/rel/2", ("rel/2", "")),
        ("releases/tag/v%2B1", ("v+1", "")),
        ("releases/download/v1/a.zip", ("v1", "a.zip")),
        ("releases/download/rel/2/a.zip", ("rel/2", "a.zip")),
    ],
)
def test_a_release_is_its_tag_and_the_file_that_is_named(path: str, release: tuple[str, str]) -> None:
    assert release_of(place(path)) == release


READMES = ["README.md", "readme.md", "Readme.md", "README.rst", "README.txt", "README", "README.MD"]
ROOT = [(name, f"HEAD:{name}") for name in (*READMES, ".github/README.md", "docs/README.md", "CITATION.cff")]


@pytest.mark.parametrize(
    ("address", "folders"),
    [
        (f"{SITE}/o/n", []),
        (f"{SITE}/o/n/tree/dev", []),
        (f"{SITE}/o/n/tree/dev/a", ["a"]),
        (f"{SITE}/o/n/blob/dev/a/b.py", ["a/b.py", "a"]),
    ],
)
def test_the_folder_that_is_linked_and_the_one_it_lies_in_come_before_the_root(
    address: str, folders: list[str]
) -> None:
    inside = [(f"{folder}/{name}", f"dev:{folder}/{name}") for folder in folders for name in READMES]
    assert list(files(identify(address))) == [*inside, *ROOT]


def payload(octets: bytes) -> tuple[str, dict[str, str]]:
    document = json.loads(octets)
    assert set(document) == {"query", "variables"}
    return document["query"], document["variables"]


def test_what_strangers_wrote_is_a_variable_and_never_a_part_of_the_text() -> None:
    nasty = 'main/") { viewer { login } } #"\\${}\n'
    listed = [
        Subject(Identity(Kind.GITHUB, 'o"/n{'), (Identity(Kind.GITHUB, f'o"/n{{:{nasty}'),)),
        Subject(Identity(Kind.GIST, "ab}"), login='me"'),
    ]
    for octets in (facts(listed, thorough=False), facts(listed, thorough=True), writings([listed[0].places[0]])):
        query, variables = payload(octets)
        parse(query)
        assert not any(word in query for word in ("viewer", '"', "\\", "#"))
        assert set(variables) == {f"v{number}" for number in range(len(variables))}
    assert {'o"', "n{", 'me"', "ab}"} <= set(payload(facts(listed, thorough=False))[1].values())


def test_a_first_look_asks_for_the_likeliest_reading_and_a_second_for_all_that_decides() -> None:
    asked = subject(f"{SITE}/o/n", "blob/feature/x/a.py")
    first, variables = payload(facts([asked], thorough=False))
    assert list(variables.values()) == ["feature:x/a.py", "o", "n"]
    assert ("b0:" in first, "d0:" in first, "repositoryOwner" in first) == (False, False, False)
    _, more = payload(facts([asked], thorough=True))
    assert list(more.values()) == [
        *("feature:x/a.py", "feature:", "feature:x"),
        *("feature/x:a.py", "feature/x:", "feature/x:"),
        *("feature/x/a.py:", "feature/x/a.py:", "feature/x/a.py:"),
        *("o", "n", "o"),
    ]


def test_no_alias_of_a_place_begins_like_anothers() -> None:
    names = [alias_of(index) for index in range(120)]
    assert not any(one != other and one.startswith(other) for one in names for other in names)


EVERYTHING = (
    subject(f"{SITE}/o/n"),
    subject(f"{SITE}/someone"),
    subject("https://gist.github.com/yoavg/6bff0fecd65950898eba1bb321cfbd81", login="yoavg"),
    subject(
        f"{SITE}/o/n",
        *("tree/main", "blob/a/b/c/d/e/f/g/h.py", "releases/tag/v1", "releases/download/v1/a.zip"),
    ),
)
QUERIES = {
    "facts": facts(EVERYTHING, thorough=False),
    "thorough facts": facts(EVERYTHING, thorough=True),
    "many facts": facts(EVERYTHING * 12, thorough=False),
    "writings": writings([place("tree/main/a/b"), identify(f"{SITE}/o/n"), place("blob/main/a.py")]),
    "writings of ten": writings([place("tree/main/a")] * 10),
}


def complaints(known: GraphQLSchema, octets: bytes) -> list[Any]:
    return validate(known, parse(payload(octets)[0]))


@pytest.fixture(scope="module")
def theirs() -> GraphQLSchema:
    # The public file defines two fields twice, which a strict reading would refuse.
    return build_schema(SCHEMA.read_text(encoding="utf-8"), assume_valid=True, assume_valid_sdl=True)


@pytest.mark.skipif(not SCHEMA.exists(), reason=f"needs {SCHEMA} (see RLHF_LINKCHECK_SHARED)")
@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
@pytest.mark.unmeasured
def test_every_query_is_one_by_githubs_public_schema(theirs: GraphQLSchema, query: bytes) -> None:
    assert complaints(theirs, query) == []


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_every_query_is_one_by_the_simulated_schema(query: bytes) -> None:
    assert complaints(simulated(), query) == []


def test_a_query_that_is_none_would_be_noticed() -> None:
    spoilt = QUERIES["facts"].replace(b"isArchived", b"isArchivd")
    assert "isArchivd" in str(complaints(simulated(), spoilt)[0])
