"""What makes two links, or two questions, one in memory; and what does not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lookups import asked
from records import record
from remembering import heard, memory_in

from rlhf_linkcheck.config import ConnectTo, GitHubServer, Hub, NetworkConfig
from rlhf_linkcheck.crawl import recollection as recollection_module
from rlhf_linkcheck.crawl.recollection import Recollection
from rlhf_linkcheck.identity import identify
from rlhf_linkcheck.matching.papers import Claim
from rlhf_linkcheck.sources.base import (
    Holder,
    Meant,
    OlderVersions,
    Publication,
    Question,
    Request,
    SecondOpinion,
    Usage,
    Use,
    Withdrawal,
    Writings,
)

LINK = asked("https://a.example/page")
PAPER = identify("arxiv:2203.02155")
HOME, WITHIN = (identify(f"https://github.com/a/b{place}") for place in ("", "/tree/main/docs"))
TOLD = record(version=2, withdrawn="by its authors")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.sqlite3"


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recollection]:
    """One that is asked for keys alone."""
    with memory_in(tmp_path_factory.mktemp("memory") / "state.sqlite3") as own:
        yield own


CLAIM = Claim("A title", ("A. Author",))
USE = Use(Usage.CODEBASE, CLAIM, PAPER)
PINNED = asked("https://arxiv.org/abs/2203.02155v1")

SAME = [
    ("what a claim says", asked("https://a.example/", CLAIM), asked("https://a.example/", Claim("Another title"))),
    ("how many claim it", asked("https://a.example/", CLAIM), asked("https://a.example/", CLAIM, Claim("B"))),
    ("its uses", LINK, replace(LINK, uses=(USE,))),
    ("what is known of it", LINK, replace(LINK, known=heard())),
    (
        "the order of its addresses",
        replace(LINK, addresses=("https://a.example/#b", "https://a.example/")),
        replace(LINK, addresses=("https://a.example/", "https://a.example/#b")),
    ),
    (
        "how often a fragment is meant",
        replace(LINK, addresses=("https://a.example/#b", "https://A.example/#b")),
        replace(LINK, addresses=("https://a.example/#b",)),
    ),
    (
        "the form in which its host is written first",
        replace(LINK, addresses=("https://A.example/", "https://a.example/")),
        replace(LINK, addresses=("https://a.example/", "https://A.example/")),
    ),
]
OTHER = [
    ("the address", LINK, asked("https://a.example/other")),
    ("the scheme", LINK, asked("http://a.example/page")),
    ("a fragment", LINK, asked("https://a.example/page#part")),
    ("one fragment more", LINK, replace(LINK, addresses=(*LINK.addresses, f"{LINK.addresses[0]}#part"))),
    ("the version that it pins", PINNED, asked("https://arxiv.org/abs/2203.02155v2")),
    ("whether it pins one", PINNED, asked("https://arxiv.org/abs/2203.02155")),
    ("who is asked", LINK, replace(LINK, route=("github", "web"))),
    ("whether anything is claimed", LINK, replace(LINK, claims=(CLAIM,))),
    (
        "whether a paper is claimed",
        replace(LINK, claims=(replace(CLAIM, paper=False),)),
        replace(LINK, claims=(CLAIM,)),
    ),
    (
        "whether papers alone are claimed",
        replace(LINK, claims=(CLAIM, replace(CLAIM, paper=False))),
        replace(LINK, claims=(CLAIM,)),
    ),
]


@pytest.mark.parametrize(("one", "other"), [row[1:] for row in SAME], ids=[row[0] for row in SAME])
def test_what_is_said_of_a_link_does_not_make_it_another(memory: Recollection, one: Request, other: Request) -> None:
    assert memory._key_of(one) == memory._key_of(other)


@pytest.mark.parametrize(("one", "other"), [row[1:] for row in OTHER], ids=[row[0] for row in OTHER])
def test_what_an_answer_depends_on_makes_a_link_another(memory: Recollection, one: Request, other: Request) -> None:
    assert memory._key_of(one) != memory._key_of(other)


WORLDS: list[dict[str, Any]] = [
    {},
    {"connect_to": (ConnectTo("a.example", None, "127.0.0.1", 80),)},
    {"dns_server": ("127.0.0.1", 53)},
    {"allow_private": True},
    {"ca_file": Path("ca.pem")},
    {"proxies": {"http": "http://proxy.example:3128"}},
    {"accounts": {"openreview": ("me", "secret")}},
    {"github": (GitHubServer(token="one"),)},
    {"github": (GitHubServer(), GitHubServer("git.example", "https://git.example/api/v3"))},
    {"hub": Hub(token="one")},
    {"hub": Hub("https://hub.example")},
]
SAME_WORLD: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"timeout": 1.0}, {"timeout": 9.0}),
    ({"interval": 0.0, "per_host": 1, "concurrency": 1, "retries": 0}, {}),
    ({"github": (GitHubServer(token="one"),)}, {"github": (GitHubServer(token="two"),)}),
    ({"accounts": {"openreview": ("me", "one")}}, {"accounts": {"openreview": ("you", "two")}}),
]


def test_another_way_there_is_another_world(path: Path) -> None:
    keys = set()
    for world in WORLDS:
        with memory_in(path, NetworkConfig(**world)) as own:
            keys |= {own._key_of(LINK), own._key_of_question(Meant("A title"))}
    assert len(keys) == 2 * len(WORLDS)


@pytest.mark.parametrize(("one", "other"), SAME_WORLD)
def test_how_patiently_and_by_which_token_somebody_asks_changes_no_world(
    path: Path, one: dict[str, Any], other: dict[str, Any]
) -> None:
    with memory_in(path, NetworkConfig(**one)) as first, memory_in(path, NetworkConfig(**other)) as later:
        assert first._key_of(LINK) == later._key_of(LINK)


def test_no_key_tells_a_token(path: Path) -> None:
    with memory_in(path, NetworkConfig(github=(GitHubServer(token="secret"),))) as own:
        own.keep_link(LINK, heard())
    assert b"secret" not in path.read_bytes()


def test_what_another_version_of_the_program_made_of_an_answer_is_not_recalled(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with memory_in(path) as first:
        first.keep_link(LINK, heard())
    monkeypatch.setattr(recollection_module, "__version__", "99")
    with memory_in(path) as later:
        assert later.of_links([LINK]) == {}


FRAGMENTS = st.sampled_from(("", "#a", "#b", "#", "#a/b", "#ä"))
PLACES = st.sampled_from(("https://a.example/", "https://a.example/page", "https://arxiv.org/abs/2203.02155v1"))
CLAIMS = st.lists(st.builds(Claim, st.text(max_size=2), paper=st.booleans()), max_size=3)


@st.composite
def requests(draw: st.DrawFn) -> Request:
    place = draw(PLACES)
    fragments = draw(st.lists(FRAGMENTS, min_size=1, max_size=3))
    return replace(asked(place, *draw(CLAIMS)), addresses=tuple(f"{place}{one}" for one in fragments))


def depends_on(request: Request) -> tuple[object, ...]:
    """All of a request that the answers to it depend on."""
    fragments = {address.partition("#")[2] for address in request.addresses}
    place = request.addresses[0].partition("#")[0]
    return place, fragments, request.route, {claim.paper for claim in request.claims}


@given(one=requests(), other=requests())
def test_links_are_one_in_memory_just_where_the_same_is_asked_of_them(
    memory: Recollection, one: Request, other: Request
) -> None:
    assert (memory._key_of(one) == memory._key_of(other)) is (depends_on(one) == depends_on(other))


def test_a_question_is_the_same_where_the_same_is_asked(memory: Recollection) -> None:
    distinct: list[Question] = [
        OlderVersions(PAPER, 2),
        OlderVersions(PAPER, 3),
        Publication(PAPER),
        SecondOpinion(PAPER),
        Writings(HOME),
        Writings(HOME, citation=True),
        Writings(WITHIN),
        Holder(HOME),
        Meant("A title"),
        Meant("Another"),
        Withdrawal(PAPER, TOLD),
        SecondOpinion(identify("arxiv:2203.02155v3")),
        Withdrawal(PAPER, replace(TOLD, version=3)),
        Withdrawal(PAPER, replace(TOLD, withdrawn="for another reason")),
    ]
    later = replace(TOLD, retrieved_at=TOLD.retrieved_at + timedelta(days=1), title="Corrected", authors=())
    assert len({memory._key_of_question(question) for question in distinct}) == len(distinct)
    assert memory._key_of_question(Withdrawal(PAPER, later)) == memory._key_of_question(Withdrawal(PAPER, TOLD))
