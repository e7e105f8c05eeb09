"""What READMEs and CITATION.cff say: ten repositories in one question with a token, one by one for strangers."""

from typing import Any

import pytest
from crawling import client_of
from github_asked import FULL, SITE, addresses, api, ask_plan, many, note, used
from github_wire import API, TOKEN
from lookups import hosts
from lookups import told as page

from rlhf_linkcheck.config import GitHubServer
from rlhf_linkcheck.evidence import SourceStats
from rlhf_linkcheck.identity import identify
from rlhf_linkcheck.repository import Text
from rlhf_linkcheck.simweb.log import RequestLog
from rlhf_linkcheck.sources.base import Answers, Question, Usage, Writings
from rlhf_linkcheck.sources.github import GitHub
from rlhf_linkcheck.sources.github.answer import LONGEST_TEXT

WORLD = """
repositories:
  - github: o/full
    files:
      README.md: "# Full"
      CITATION.cff: "title: Full"
      docs/README.rst: Docs
      docs/deep/a.py: x
      docs/deep/readme.md: Deep
      image/README.md: !!binary iVBORw0KGgoAAA==
  - {github: o/hidden, files: {.github/README.md: Hidden}}
  - {github: o/plain, files: {a.py: x}}
  - {github: o/both, files: {docs/README.md: In docs, README: Root}}
  - {github: o/new, former: [o/old], files: {README.md: New}}
"""
TRIED_LATER = "the READMEs of {} repositories could not be read (REP103, REP107, REP109); run again later"


async def read(
    scenario: str, *wanted: Writings, token: str | None = TOKEN.rpartition(" ")[2], **changes: Any
) -> tuple[Answers, SourceStats, RequestLog]:
    questions: list[Question] = list(wanted)
    async with client_of(scenario, **{"github": (GitHubServer(token=token),), "retries": 0, **changes}) as (
        client,
        web,
    ):
        source = GitHub(client)
        return await source.investigate(questions), source.stats(), web.log


def about(address: str, *, citation: bool = False) -> Writings:
    return Writings(identify(address), citation=citation)


ROOT, CITED = Text("README.md", "# Full"), Text("CITATION.cff", "title: Full")
WRITTEN: dict[str, tuple[str, tuple[Text, ...]]] = {
    "root": (FULL, (ROOT, CITED)),
    "folder": (f"{FULL}/tree/main/docs", (Text("docs/README.rst", "Docs"), ROOT, CITED)),
    "file, by its folder": (f"{FULL}/blob/main/docs/deep/a.py", (Text("docs/deep/readme.md", "Deep"), ROOT, CITED)),
    "branch": (f"{FULL}/tree/main", (ROOT, CITED)),
    "folder without one": (f"{FULL}/tree/main/nothing", (ROOT, CITED)),
    "folder with a picture in its place": (f"{FULL}/tree/main/image", (ROOT, CITED)),
    "hidden": (f"{SITE}/o/hidden", (Text(".github/README.md", "Hidden"),)),
    "two": (f"{SITE}/o/both", (Text("README", "Root"), Text("docs/README.md", "In docs"))),
    "renamed": (f"{SITE}/o/old", (Text("README.md", "New"),)),
    "none": (f"{SITE}/o/plain", ()),
    "missing": (f"{SITE}/o/nothing", ()),
}


@pytest.mark.parametrize(("address", "texts"), WRITTEN.values(), ids=WRITTEN)
async def test_all_that_says_what_a_repository_is_comes_with_one_question(
    address: str, texts: tuple[Text, ...]
) -> None:
    question = about(address)
    answers, stats, log = await read(WORLD, question)
    assert answers == {question: texts}
    assert [one.path for one in log.requests] == ["/graphql"]
    assert stats == SourceStats("github", follow_ups=1)


async def test_ten_repositories_are_one_question() -> None:
    wanted = [about(address) for address in addresses(21)]
    answers, stats, log = await read(many(21), *wanted)
    assert answers == dict.fromkeys(wanted, (Text("README.md", "A"),))
    assert (len(log.requests), log.peak(API), stats) == (3, 1, SourceStats("github", follow_ups=3))


async def test_texts_that_are_too_much_at_once_are_asked_for_in_halves() -> None:
    wanted = [about(address) for address in addresses(10)]
    answers, stats, _ = await read(many(10, most_texts=5), *wanted)
    assert answers == dict.fromkeys(wanted, (Text("README.md", "A"),))
    assert stats == SourceStats("github", follow_ups=3)


async def test_what_could_not_be_read_is_none_and_the_note_says_how_much() -> None:
    wanted = [about(address) for address in addresses(12)]
    answers, stats, _ = await read(many(12) + api(graphql={"sequence": [{"service": True}, 500]}), *wanted)
    assert [answers[one] for one in wanted] == [*[(Text("README.md", "A"),)] * 10, None, None]
    assert stats == SourceStats("github", follow_ups=2, note=TRIED_LATER.format(2))


async def test_null_without_a_word_is_not_read_as_nothing() -> None:
    wanted = about(FULL)
    answers, _, _ = await read(WORLD + api(graphql=page({"data": {"s0": None}})), wanted)
    assert answers == {wanted: None}


async def test_no_more_is_read_of_a_repository_that_has_many_long_ones() -> None:
    names = ("README.md", "readme.md", "README.rst", "README")
    files = ", ".join(f"{name}: {'a' * LONGEST_TEXT}" for name in names)
    answers, _, _ = await read(f"repositories: [{{github: o/full, files: {{{files}}}}}]", about(FULL))
    texts = answers[about(FULL)] or ()
    assert [one.path for one in texts if isinstance(one, Text)] == ["README.md", "readme.md"]


async def test_a_very_long_text_is_cut() -> None:
    wanted = about(FULL)
    long = page({"data": {"s0": {"w0": {"text": "x" * (LONGEST_TEXT + 1)}}}})
    for token in ("ghp_simulated", None):
        raw = api(graphql=long, repos={"body": "x" * (LONGEST_TEXT + 1), "content_type": "text/plain"})
        answers, _, _ = await read(WORLD + raw, wanted, token=token)
        (text,) = answers[wanted] or ()
        assert isinstance(text, Text)
        assert len(text.text) == LONGEST_TEXT


STRANGERS: dict[str, tuple[Writings, tuple[Text, ...], tuple[str, ...]]] = {
    "root": (about(FULL), (Text("README", "# Full"),), ("/repos/o/full/readme",)),
    "with a citation": (
        about(FULL, citation=True),
        (Text("README", "# Full"), CITED),
        ("/repos/o/full/readme", "/repos/o/full/contents/CITATION.cff"),
    ),
    "folder": (
        about(f"{FULL}/tree/main/docs"),
        (Text("README", "Docs"), Text("README", "# Full")),
        ("/repos/o/full/readme/docs?ref=main", "/repos/o/full/readme"),
    ),
    "branch": (about(f"{FULL}/tree/main"), (Text("README", "# Full"),), ("/repos/o/full/readme",)),
    "folder without one": (
        about(f"{FULL}/tree/main/no%20thing"),
        (Text("README", "# Full"),),
        ("/repos/o/full/readme/no%20thing?ref=main", "/repos/o/full/readme"),
    ),
    "none": (about(f"{SITE}/o/plain"), (), ("/repos/o/plain/readme",)),
    "missing": (about(f"{SITE}/o/nothing"), (), ("/repos/o/nothing/readme",)),
}


@pytest.mark.parametrize(("question", "texts", "paths"), STRANGERS.values(), ids=STRANGERS)
async def test_strangers_read_them_one_by_one(
    question: Writings, texts: tuple[Text, ...], paths: tuple[str, ...]
) -> None:
    answers, stats, log = await read(WORLD, question, token=None)
    assert answers == {question: texts}
    assert tuple(one.path for one in log.requests) == paths
    assert {one.headers["accept"] for one in log.requests} == {"application/vnd.github.raw+json"}
    assert stats == SourceStats("github", follow_ups=len(paths))


HINT = "GITHUB_TOKEN would verify them: any token will do, strangers get 60 answers an hour"


@pytest.mark.parametrize(
    ("answer", "asked"),
    [({"status": 500}, 1), ({"status": 429}, 1), (page({"message": "Not for you"}, 403), 2)],
    ids=["500", "429", "403"],
)
async def test_what_strangers_could_not_read_is_none(answer: dict[str, Any], asked: int) -> None:
    wanted = [about(FULL), about(f"{SITE}/o/plain")]
    answers, stats, log = await read(WORLD + hosts({API: {"/repos*": answer}}), *wanted, token=None)
    assert answers == dict.fromkeys(wanted)
    assert len(log.requests) == asked
    assert stats == SourceStats("github", follow_ups=asked, note=TRIED_LATER.format(2).replace("run again later", HINT))


async def test_a_whole_run_reads_what_is_open_about_an_entry() -> None:
    heard = await ask_plan(WORLD, used(FULL, Usage.CODEBASE), github=(GitHubServer(token="ghp_simulated"),))
    writings = heard.crawl.evidence[FULL].writings
    assert [one.path for one in writings or ()] == ["README.md", "CITATION.cff"]
    assert (len(heard.asked(API)), note(heard)) == (2, None)


async def test_nothing_wanted_is_nothing_asked() -> None:
    answers, stats, log = await read(WORLD)
    assert (answers, stats, log.requests) == ({}, SourceStats("github"), ())
