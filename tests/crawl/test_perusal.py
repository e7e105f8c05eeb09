"""Which READMEs are worth reading, and what is known of the repository behind a lost place: decided without asking."""

from dataclasses import replace
from typing import Any

import pytest
from builders import NOON
from records import AUTHORS, PAPER, TITLE, known, record
from repositories import HOME, LATELY, LONG_AGO, gone, pushed, repository, there

from rlhf_linkcheck.crawl.perusal import files_wanted, holders_wanted, with_holders, with_writings
from rlhf_linkcheck.evidence import Evidence, Outcome, Reason
from rlhf_linkcheck.identity import ROUTES, Identity, identify
from rlhf_linkcheck.matching.papers import Claim
from rlhf_linkcheck.repository import Cited, Repository, Restriction, Text, Writing
from rlhf_linkcheck.sources.base import NO_ANSWERS, Holder, Request, Usage, Use, Writings

PLACE = f"{HOME}/blob/main/run.sh"
WHOLE = identify(HOME)
ARXIV = identify(PAPER)
CLAIM = Claim(TITLE, AUTHORS)
TOOLKIT = Claim("Name: a toolkit", paper=False)


def request(*uses: Use, url: str = HOME) -> Request:
    identity = identify(url)
    return Request(identity, (url,), ROUTES[identity.kind], uses=uses)


def use(usage: Usage, claim: Claim = CLAIM, main: Identity = ARXIV) -> Use:
    return Use(usage, claim, main)


OFFICIAL = use(Usage.OFFICIAL_CODE)
CODEBASE = use(Usage.CODEBASE, TOOLKIT, WHOLE)
DATASET = use(Usage.DATASET, TOOLKIT, WHOLE)
PAPERS = Request(ARXIV, (PAPER,), ROUTES[ARXIV.kind], (CLAIM,))


@pytest.mark.parametrize(
    ("uses", "held", "main", "wanted"),
    [
        # a paper's official code, unless something says already that it is
        ((OFFICIAL,), {}, None, True),
        ((OFFICIAL,), {}, known(record()), True),
        ((OFFICIAL,), {}, known(record(repositories=("github:owner/other",))), True),
        ((OFFICIAL,), {}, known(record(repositories=("github:owner/name",))), False),
        ((OFFICIAL,), {}, known(record(), newest=record(version=2, repositories=("github:owner/name",))), False),
        ((OFFICIAL,), {"description": f"Code of {TITLE}"}, None, False),
        ((OFFICIAL,), {"homepage": PAPER}, None, False),
        ((OFFICIAL,), {"homepage": "https://doi.org/10.1234/x"}, None, True),
        ((OFFICIAL,), {"homepage": "https://doi.org/10.1234/x"}, known(record(doi="10.1234/x")), False),
        # a codebase whose name says nothing, whose authors may be cited, or that nobody has touched for a year
        ((CODEBASE,), {}, None, False),
        ((CODEBASE,), {"name": "somebody/dotfiles"}, None, True),
        ((use(Usage.CODEBASE, Claim("Name", ("Ada",)), WHOLE),), {}, None, True),
        ((CODEBASE,), {"pushed_at": LONG_AGO}, None, True),
        ((CODEBASE,), {"pushed_at": LATELY}, None, False),
        ((CODEBASE,), {"pushed_at": LONG_AGO, "archived": True}, None, False),
        # data that nobody has touched for a year
        ((DATASET,), {}, None, False),
        ((DATASET,), {"pushed_at": LATELY}, None, False),
        ((DATASET,), {"pushed_at": LONG_AGO}, None, True),
        ((DATASET,), {"pushed_at": LONG_AGO, "archived": True}, None, False),
        # what has no README, or none that may be read
        ((OFFICIAL,), {"seen_only": True}, None, False),
        ((OFFICIAL,), {"empty": True}, None, False),
        ((OFFICIAL,), {"restricted": Restriction.GATED}, None, False),
        # what nobody holds anything against
        ((), {"pushed_at": LONG_AGO}, None, False),
    ],
)
def test_a_readme_is_wanted_where_it_may_settle_something(
    uses: tuple[Use, ...], held: dict[str, Any], main: Evidence | None, *, wanted: bool
) -> None:
    heard = {request(*uses): there(repository(**held))} | ({} if main is None else {PAPERS: main})
    citation = any(one.usage is Usage.CODEBASE for one in uses)
    assert files_wanted(heard, 12) == (Writings(WHOLE, citation=citation),) * wanted


@pytest.mark.parametrize("heard", [gone("github"), gone("web", repository()), there(None)])
def test_nothing_is_read_in_what_is_not_there(heard: Evidence) -> None:
    assert files_wanted({request(OFFICIAL): heard}, 12) == ()


def test_a_readme_is_wanted_once_whatever_its_addresses_and_what_matters_most_first() -> None:
    old = pushed(LONG_AGO)
    heard = {
        request(OFFICIAL): there(repository()),
        request(DATASET, url="https://github.com/a/data"): there(replace(old, identity="github:a/data")),
        request(CODEBASE, url="https://github.com/a/toolkit"): there(replace(old, name="a/toolkit")),
        request(OFFICIAL, DATASET, url="https://github.com/a/both"): there(replace(old, name="a/both")),
        request(OFFICIAL, url=f"{HOME}.git"): there(repository()),
        request(OFFICIAL, url=PLACE): there(repository()),
    }
    assert files_wanted(heard, 12) == (
        Writings(identify("https://github.com/a/toolkit"), citation=True),
        Writings(identify("https://github.com/a/data")),
        Writings(identify("https://github.com/a/both")),
        Writings(WHOLE),
        Writings(identify(PLACE)),
    )


README = Text("README.md", f"# Name\n\nThe official code of {TITLE}.\n")
CITATION = Text(
    "CITATION.cff", "cff-version: 1.2.0\ntitle: Name\nauthors:\n- {family-names: Hopper, given-names: Grace}\n"
)


def test_what_was_read_is_held_against_who_lists_it() -> None:
    asked, other = request(OFFICIAL), request(use(Usage.OFFICIAL_CODE, Claim("Another Title")), url=f"{HOME}.git")
    heard = {asked: there(repository(), read=False), other: there(repository(), read=False)}
    told = with_writings(heard, {Writings(WHOLE): (README, CITATION, repository())})
    assert [[writing.titles for writing in evidence.writings or ()] for evidence in told.values()] == [
        [(TITLE,), ()],
        [(), ()],
    ]
    readme, citation = told[asked].writings or ()
    assert (readme.path, readme.heading) == ("README.md", "Name")
    assert citation == Writing("CITATION.cff", heading="Name", own=(Cited("Name", citation.own[0].authors),), words=1)
    assert [name.split()[-1] for name in citation.own[0].authors] == ["Hopper"]
    assert {evidence.repository for evidence in told.values()} == {repository()}


@pytest.mark.parametrize(
    ("answers", "writings"),
    [({Writings(WHOLE): ()}, ()), ({Writings(WHOLE): None}, None), (NO_ANSWERS, None), ({Holder(WHOLE): ()}, None)],
)
def test_that_there_is_no_readme_is_not_that_nobody_could_look(answers: Any, writings: tuple[()] | None) -> None:
    asked = request(OFFICIAL)
    assert with_writings({asked: there(repository(), read=False)}, answers) == {
        asked: replace(there(repository()), writings=writings)
    }


@pytest.mark.parametrize(("answers", "unread"), [(NO_ANSWERS, True), ({Writings(WHOLE): ()}, False)])
def test_what_was_to_be_read_and_has_no_answer_is_unread(answers: Any, unread: bool) -> None:
    asked = request(OFFICIAL)
    told = with_writings({asked: there(repository(), read=False)}, answers, (Writings(WHOLE),))
    assert told[asked].unread is unread


def test_what_is_no_repository_has_no_readme() -> None:
    asked = request(OFFICIAL)
    assert with_writings({asked: there(None, read=False)}, {Writings(WHOLE): (README,)}) == {
        asked: there(None, read=False)
    }


LOST = request(url=PLACE)


@pytest.mark.parametrize(
    ("heard", "wanted"),
    [
        ({LOST: gone("web")}, (Holder(WHOLE),)),
        ({LOST: gone("web", reason=Reason.SOFT_404)}, (Holder(WHOLE),)),
        ({LOST: gone("web"), request(url=f"{HOME}/tree/dev"): gone("web")}, (Holder(WHOLE),)),
        # it is known by itself already, the source has answered, or it is not lost
        ({LOST: gone("web"), request(): there(repository())}, ()),
        ({LOST: gone("github")}, ()),
        ({LOST: gone("web", repository())}, ()),
        ({LOST: Evidence(Outcome(Reason.TIMEOUT), "web")}, ()),
        ({request(): gone("web")}, ()),
        ({request(url="https://a.org/x"): gone("web")}, ()),
    ],
)
def test_who_holds_a_place_is_asked_where_only_its_page_has_said_that_it_is_gone(
    heard: dict[Request, Evidence], wanted: tuple[Holder, ...]
) -> None:
    assert holders_wanted(heard) == wanted


@pytest.mark.parametrize(
    ("answer", "held", "homeless"),
    [((repository(),), repository(), False), ((), None, True), (None, None, False), ((README,), None, False)],
)
def test_a_holder_that_was_asked_is_there_or_is_not_or_nobody_knows(
    answer: Any, held: Repository | None, *, homeless: bool
) -> None:
    assert with_holders({LOST: gone("web")}, {Holder(WHOLE): answer}) == {LOST: gone("web", held, homeless=homeless)}


@pytest.mark.parametrize(
    ("other", "held", "homeless"),
    [
        (there(repository()), repository(), False),
        (gone("github"), None, True),
        (gone("web"), None, True),
        (Evidence(Outcome(Reason.TIMEOUT), "web"), None, False),
        (
            Evidence(Outcome(Reason.OK, 200, checked_at=NOON), "web"),
            Repository("github:owner/name", "web", "owner/name", NOON, seen_only=True),
            False,
        ),
        (
            Evidence(Outcome(Reason.OK, 200, checked_at=NOON)),
            Repository("github:owner/name", "", "owner/name", NOON, seen_only=True),
            False,
        ),
        (Evidence(Outcome(Reason.OK, 200), "web"), None, False),
    ],
)
def test_a_holder_that_is_listed_itself_is_known_by_that(
    other: Evidence, held: Repository | None, *, homeless: bool
) -> None:
    heard = {LOST: gone("web"), request(): other}
    assert with_holders(heard, NO_ANSWERS) == {LOST: gone("web", held, homeless=homeless), request(): other}


def test_a_model_that_was_only_seen_is_called_without_its_shelf() -> None:
    url = "https://huggingface.co/datasets/Owner/Name"
    lost, whole = request(url=f"{url}/blob/main/x"), request(url=url)
    heard = {lost: gone("web"), whole: Evidence(Outcome(Reason.OK, 200, checked_at=NOON), "web")}
    held = with_holders(heard, NO_ANSWERS)[lost].repository
    assert held == Repository("hf:datasets/Owner/Name", "web", "Owner/Name", NOON, seen_only=True)


@pytest.mark.parametrize("turned", [False, True])
def test_what_is_known_by_one_address_is_known_by_the_others(*, turned: bool) -> None:
    heard = [(request(), there(repository())), (request(url=f"{HOME}.git"), gone("web")), (LOST, gone("web"))]
    told = with_holders(dict(reversed(heard) if turned else heard), NO_ANSWERS)
    assert told[LOST] == gone("web", repository())


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("other", [gone("web"), Evidence(Outcome(Reason.RATE_LIMITED, 429), "web")])
def test_what_lives_at_one_address_is_there_whatever_became_of_another(other: Evidence, *, turned: bool) -> None:
    seen = Evidence(Outcome(Reason.OK, 200, checked_at=NOON), "web")
    heard = [(request(), seen), (request(url=f"{HOME}.git"), other), (LOST, gone("web"))]
    held = with_holders(dict(reversed(heard) if turned else heard), NO_ANSWERS)[LOST]
    assert held == gone("web", Repository("github:owner/name", "web", "owner/name", NOON, seen_only=True))
