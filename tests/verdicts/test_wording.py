import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.content.page import Page
from rlhf_linkcheck.evidence import Reason, Redirect, Verdict
from rlhf_linkcheck.net.answer import Answer, Trouble
from rlhf_linkcheck.net.chain import Chain, End
from rlhf_linkcheck.verdicts.wording import describe, shown

HERE = "https://a.org/x"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("", ""),
        ("Straße 强化 ☃", "Straße 强化 ☃"),
        ("\x1b[2J", r"\x1b[2J"),
        ("\u202etxt.exe", r"\u202etxt.exe"),
        ("two\nlines", r"two\nlines"),
        ("half \udcff", r"half \udcff"),
        ("x" * 200, "x" * 200),
        ("x" * 201, "x" * 199 + "…"),
        ("x" * 9000, "x" * 199 + "…"),
        ("\x1b" * 9000, r"\x1b" * 49 + r"\x1…"),
    ],
)
def test_a_servers_text_is_shown_in_plain_and_cut(text: str, plain: str) -> None:
    assert shown(text) == plain


@given(st.text(max_size=400))
def test_nothing_is_shown_that_cannot_be_printed_or_is_too_long(text: str) -> None:
    assert shown(text).isprintable()
    assert len(shown(text)) <= 200


@pytest.mark.parametrize(
    ("answer", "reason", "words"),
    [
        (Answer(HERE, 503, peace=86_400.0), Reason.SERVER_ERROR, "503 Service Unavailable, asked to wait 24 h"),
        (
            Answer(HERE, trouble=Trouble(Reason.TIMEOUT, "no answer"), attempts=0),
            Reason.TIMEOUT,
            "no answer, not tried itself: other links of the host were tried in vain",
        ),
        (Answer(HERE, trouble=Trouble(Reason.INVALID, "no address"), attempts=0), Reason.INVALID, "no address"),
        (
            Answer(HERE, 200, page=Page(title="Out \x1b[2J for now")),
            Reason.SERVER_ERROR,
            r"200 OK, but the site says that it is out of service for now («Out \x1b[2J for now»)",
        ),
        (Answer(HERE, 200, page=Page()), Reason.PARKED, "200 OK, but the domain is parked, for sale or not set up"),
        (Answer(HERE, 299), Reason.OK, "status 299"),
    ],
)
def test_an_answer_is_told_in_words(answer: Answer, reason: Reason, words: str) -> None:
    assert describe(Chain(HERE, (answer,), (), End.ANSWERED), reason, None) == words


INSTEAD = sorted({Reason.BLOCKED, Reason.AUTH_REQUIRED, Reason.SERVER_ERROR, Reason.PARKED, Reason.SOFT_404})
PLACES = st.sampled_from(("https://a.org/", "https://a.org/login", "https://b.org/y", "https://a.org/404"))


@given(st.sampled_from(INSTEAD), PLACES, st.text(max_size=300), st.booleans(), st.booleans())
def test_every_page_that_is_something_else_can_be_told(
    reason: Reason, final: str, title: str, moved: bool, probed: bool
) -> None:
    last = Answer(final, 200, page=Page(title=title))
    chain = Chain(HERE, (last,), (Redirect(302, final),) if moved else (), End.ANSWERED)
    words = describe(chain, reason, chain if probed else None)
    assert words.isprintable()
    assert 0 < len(words) < 700
    assert reason.verdict is not Verdict.ALIVE
