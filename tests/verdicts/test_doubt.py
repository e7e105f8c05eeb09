import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.content.page import Page, read_page
from rlhf_linkcheck.content.signs import Meaning
from rlhf_linkcheck.evidence import Reason, Redirect
from rlhf_linkcheck.net.address import target_of
from rlhf_linkcheck.net.answer import Answer, Trouble
from rlhf_linkcheck.net.chain import Chain, End
from rlhf_linkcheck.verdicts.doubt import Cause, Doubt, confirms, doubt_of, made_up, told_by

ASKED = "https://a.org/papers/reward-models"
PROSE = " ".join(f"word{number}" for number in range(100))
FINE = f"<title>Reward models</title><p>{PROSE}"
SUSPECT = f"<title>Shop</title><h1>Page not found</h1><p>{PROSE} and much besides"
PROVEN = "<title>Page not found</title><h1>Page not found</h1>"
SECRET = "seed"


def page(source: str, address: str = ASKED) -> Page:
    return read_page(source, address)


def chain(source: str = FINE, *to: str, asked: str = ASKED, status: int = 200, end: End = End.ANSWERED) -> Chain:
    """A chain through these addresses to a page."""
    places = (asked, *to)
    answers = (
        *(Answer(place, 302) for place in places[:-1]),
        Answer(places[-1], status, page=page(source, places[-1])),
    )
    return Chain(asked, answers, tuple(Redirect(302, place) for place in to), end)


def silent(*to: str) -> Chain:
    answer = Answer(ASKED, trouble=Trouble(Reason.TIMEOUT, "no answer"))
    return Chain(ASKED, (answer,), tuple(Redirect(302, place) for place in to), End.ANSWERED)


@pytest.mark.parametrize(
    ("heard", "cause"),
    [
        (chain(FINE), None),
        (chain(SUSPECT), Cause.WORDS),
        (chain(PROVEN), None),
        (chain(SUSPECT, status=404), None),
        (chain(SUSPECT, status=500), None),
        (chain(SUSPECT, end=End.CIRCLE), None),
        (chain(SUSPECT, asked="https://a.org/404-explained"), Cause.WORDS),
        (chain(PROVEN, asked="https://a.org/404-explained"), Cause.WORDS),
        (chain(SUSPECT, "https://b.org/papers/reward-models"), Cause.WORDS),
        (chain(FINE, "https://a.org/trending"), Cause.LANDING),
        (chain(SUSPECT, "https://a.org/trending"), Cause.WORDS),
        (chain(PROVEN, "https://a.org/trending"), None),
        (chain(FINE, "https://a.org/trending", status=404), None),
        (chain(FINE, "https://a.org/"), None),
        (chain(FINE, "https://b.org/"), Cause.LANDING),
        (chain(FINE, "https://huggingface.co/papers/trending", asked="https://paperswithcode.com/sota/x"), None),
        (chain(FINE, "https://a.org/new/reward-models"), None),
        (silent(), None),
        (silent("https://a.org/trending"), None),
    ],
)
def test_a_living_page_is_doubted_for_its_words_or_for_where_it_is(heard: Chain, cause: Cause | None) -> None:
    doubt = doubt_of(heard, SECRET)
    assert (doubt and doubt.cause) is cause


def test_words_are_tried_where_the_chain_ended_and_a_landing_where_it_began() -> None:
    words = doubt_of(chain(SUSPECT, "https://b.org/papers/reward-models"), SECRET)
    landing = doubt_of(chain(FINE, "https://b.org/"), SECRET)
    assert words == Doubt(Cause.WORDS, made_up("https://b.org/papers/reward-models", SECRET))
    assert landing == Doubt(Cause.LANDING, made_up(ASKED, SECRET))


WORDS, LANDING = Doubt(Cause.WORDS, "https://a.org/made"), Doubt(Cause.LANDING, "https://a.org/made")
MADE = "https://a.org/papers/qwertyuiop"


@pytest.mark.parametrize(
    ("doubt", "heard", "probe", "proof"),
    [
        (WORDS, chain(SUSPECT), chain(SUSPECT, asked=MADE), True),
        (WORDS, chain(SUSPECT), chain(SUSPECT, "https://a.org/oops", asked=MADE), True),
        (WORDS, chain(SUSPECT), chain(FINE, asked=MADE), False),
        (WORDS, chain(SUSPECT), chain(PROVEN, asked=MADE), False),
        (WORDS, chain(SUSPECT), chain(SUSPECT, asked=MADE, status=404), False),
        (WORDS, chain(SUSPECT), chain(SUSPECT, asked=MADE, end=End.TOO_LONG), False),
        (WORDS, chain(SUSPECT), silent(), False),
        (WORDS, chain(SUSPECT), Chain(MADE, (Answer(MADE, 200),), (), End.ANSWERED), False),
        (LANDING, chain(FINE, "https://a.org/trending"), chain(FINE, "https://a.org/trending", asked=MADE), True),
        (
            LANDING,
            chain(FINE, "https://a.org/trending"),
            chain(FINE, "https://www.a.org/Trending/?x", asked=MADE),
            True,
        ),
        (LANDING, chain(FINE, "https://a.org/trending"), chain(FINE, "https://a.org/other", asked=MADE), False),
        (LANDING, chain(FINE, "https://a.org/trending"), chain(FINE, asked=MADE), False),
        (LANDING, chain(FINE, "https://a.org/trending"), chain(FINE, asked="https://a.org/trending"), False),
        (LANDING, chain(FINE, "https://a.org/trending"), chain(FINE, "https://a.org/trending", status=404), False),
        (LANDING, chain(FINE, "https://a.org/trending"), silent("https://a.org/trending"), False),
    ],
)
def test_a_made_up_page_proves_it_where_it_fares_no_better(
    doubt: Doubt, heard: Chain, probe: Chain, *, proof: bool
) -> None:
    assert confirms(doubt, heard, probe) is proof


@pytest.mark.parametrize(
    ("heard", "meaning"),
    [
        (chain(FINE), None),
        (chain(PROVEN), Meaning.MISSING),
        (chain(PROVEN, asked="https://a.org/docs/404"), Meaning.MISSING),
        (chain("<title>Just a moment...</title>", asked="https://a.org/docs/404"), Meaning.WALL),
        (chain(FINE, "https://a.org/404.html"), Meaning.MISSING),
        (chain(FINE, "https://huggingface.co/papers/trending"), None),
        (Chain(ASKED, (Answer(ASKED, 200),), (), End.ANSWERED), None),
    ],
)
def test_page_fields_and_address_tell_together(heard: Chain, meaning: Meaning | None) -> None:
    told = told_by(heard)
    assert (told and told.meaning) is meaning


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("https://a.org/papers/reward-models", r"https://a\.org/papers/[a-z]{13}"),
        ("https://a.org/papers/rlhf", r"https://a\.org/papers/[a-z]{12}"),
        ("https://a.org/papers/rlhf/", r"https://a\.org/papers/[a-z]{12}/"),
        ("https://a.org/papers/17", r"https://a\.org/papers/9[0-9]{11}"),
        ("https://a.org/papers/rlhf.html", r"https://a\.org/papers/[a-z]{12}\.html"),
        ("https://a.org/papers/17.pdf", r"https://a\.org/papers/9[0-9]{11}\.pdf"),
        ("https://a.org/papers/2203.02155", r"https://a\.org/papers/[a-z]{12}"),
        ("https://a.org/.well-known", r"https://a\.org/[a-z]{12}"),
        ("https://a.org/x#part", r"https://a\.org/[a-z]{12}"),
        ("https://a.org/", r"https://a\.org/[a-z]{12}"),
        ("https://a.org", r"https://a\.org/[a-z]{12}"),
        ("http://a.org:8080/x", r"http://a\.org:8080/[a-z]{12}"),
        ("https://a.org/x?plain", r"https://a\.org/[a-z]{12}"),
        ("https://a.org/x?id=rlhf", r"https://a\.org/x\?id=[a-z]{12}"),
        ("https://a.org/?p=17", r"https://a\.org/\?p=9[0-9]{11}"),
        ("https://a.org/x?a=1&id=reward-models-2023&b=", r"https://a\.org/x\?a=1&id=[a-z]{18}&b="),
        ("https://a.org/x?a=", r"https://a\.org/[a-z]{12}"),
        ("https://a.org/papers/17?utm_source=list&lang=en", r"https://a\.org/papers/9[0-9]{11}"),
        ("https://a.org/view.php?lang=en-us&id=7", r"https://a\.org/view\.php\?lang=en-us&id=9[0-9]{11}"),
    ],
)
def test_a_made_up_page_has_the_form_of_the_one_meant(address: str, form: str) -> None:
    assert re.fullmatch(form, made_up(address, SECRET))


SEGMENTS = st.text(st.sampled_from("abzAZ09-_.~%/"), max_size=20)
QUERIES = st.lists(st.tuples(st.sampled_from(("id", "p", "")), st.text("ab01=.%", max_size=15)), max_size=3).map(
    lambda pairs: "&".join(f"{name}={value}" for name, value in pairs)
)


@given(SEGMENTS, QUERIES, st.text(max_size=5), st.sampled_from(("a.org", "a.org:8443", "[::1]")))
def test_a_made_up_page_is_never_the_one_meant_and_always_of_its_site(
    path: str, query: str, secret: str, host: str
) -> None:
    address = f"https://{host}/{path}{'?' if query else ''}{query}"
    other = made_up(address, secret)
    assert other == made_up(address, secret)
    assert other != address
    assert (urlsplit(other).scheme, urlsplit(other).netloc) == ("https", host)
    assert "#" not in other
    assert target_of(other) is not None
    assert target_of(other) != target_of(address)


def test_a_made_up_page_is_another_for_each_secret_and_each_page() -> None:
    assert len({made_up(f"https://a.org/{page}", secret) for page in "xy" for secret in ("1", "2")}) == 4
