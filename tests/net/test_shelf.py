from crawling import client_of

from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.answer import Answer, Trouble
from rlhf_linkcheck.net.query import Query
from rlhf_linkcheck.net.shelf import LONGEST, Asked, Shelf

URL = "http://a.example/"
ASKED: Asked = (URL, None, None)
PAGE = """
hosts:
  a.example:
    /: {headers: {ETag: '"1"'}, body: "<html><title>Sign in</title><h1 id=x>404</h1><form><input type=password></form>"}
"""


async def test_an_answer_comes_back_as_it_was() -> None:
    shelf = Shelf()
    async with client_of(PAGE) as (client, _):
        answer = await client.get(URL)
    assert answer.page is not None
    assert answer.page.signs
    shelf[ASKED] = answer
    assert shelf[ASKED] == shelf.get(ASKED) == answer


def test_every_kind_of_answer_comes_back_as_it_was() -> None:
    shelf = Shelf()
    for answer in (
        Answer(URL, trouble=Trouble(Reason.TIMEOUT, "no answer within 20 s"), attempts=3, peace=9.5),
        Answer(URL, status=200, body=b"\x00\xff", headers=(("etag", "half a pair: \udc80"),)),
        Answer(URL, status=301, headers=(("location", "/é"),), cookies=("a=b",)),
    ):
        shelf[ASKED] = answer
        assert shelf[ASKED] == answer


def test_questions_that_differ_in_anything_have_answers_of_their_own() -> None:
    shelf = Shelf()
    other: Asked = (URL, Query(), None)
    shelf[ASKED] = Answer(URL, status=200)
    assert ASKED in shelf
    assert other not in shelf
    assert shelf.get(other) is None


def test_a_long_answer_is_not_kept_nor_is_what_it_replaces() -> None:
    shelf = Shelf()
    shelf[ASKED] = Answer(URL, status=200)
    shelf[ASKED] = Answer(URL, status=200, body=bytes(LONGEST + 1))
    assert ASKED not in shelf
