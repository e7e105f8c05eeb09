import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lookups import NOW

from rlhf_linkcheck.content.page import Page, read_page
from rlhf_linkcheck.evidence import Record, Trust
from rlhf_linkcheck.identity import identify
from rlhf_linkcheck.sources.cited import record_of

PLACE = "https://lab.example/posts/reward-models"
TAGS = (
    "<title>T | A Lab</title><meta name=citation_title content='Reward models'>"
    "<meta name=citation_author content='Ouyang, Long'><meta name=citation_author content='Jeff Wu'>"
    "<meta name=citation_doi content='10.1000/One'>"
)

WORK = {
    "@context": "https://schema.org",
    "@type": "ScholarlyArticle",
    "headline": "Reward models",
    "author": {"@type": "Person", "name": "Long Ouyang"},
}


def read(source: str, address: str = PLACE, place: str | None = None) -> Record | None:
    page = read_page(f"{source}<p>Some words", address)
    return record_of(page, identify(address), NOW, source="web", address=address if place is None else place)


def test_what_a_page_cites_itself_as_is_the_whole_record() -> None:
    assert read(TAGS) == Record(
        f"web:{PLACE}",
        "web",
        "Reward models",
        ("Ouyang, Long", "Jeff Wu"),
        NOW,
        trust=Trust.PAGE,
        doi="10.1000/One",
    )


HINTS = {
    "Dublin Core": (
        "<meta name=DC.title content='Reward models'><meta name=DC.creator content='Long Ouyang'>",
        ("Reward models",),
        ("Long Ouyang",),
    ),
    "JSON-LD": (
        f'<script type="application/ld+json">{json.dumps(WORK)}</script>',
        ("Reward models",),
        ("Long Ouyang",),
    ),
    "og:title": ("<meta property=og:title content='Reward models'><title>A | B</title>", ("Reward models", "A"), ()),
    "title": ("<title>Reward models | A Lab</title>", ("Reward models | A Lab", "Reward models", "A Lab"), ()),
    "no authors": ("<meta name=citation_title content='Reward models'>", ("Reward models",), ()),
}


@pytest.mark.parametrize(("source", "titles", "authors"), HINTS.values(), ids=HINTS)
def test_what_a_page_says_in_other_ways_is_a_hint(
    source: str, titles: tuple[str, ...], authors: tuple[str, ...]
) -> None:
    record = read(source)
    assert record is not None
    assert (record.trust, record.complete, record.ordered) == (Trust.HINT, False, False)
    assert set(titles) <= set(record.titles)
    assert (record.title, record.authors) == (titles[0], authors)


@pytest.mark.parametrize("page", [None, Page(), read_page("", PLACE), read_page("<p>Words without a title", PLACE)])
def test_a_page_without_a_title_says_nothing(page: Page | None) -> None:
    assert record_of(page, identify(PLACE), NOW, source="web", address=PLACE) is None


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("lab.example", PLACE),
        ("Lab.Example/posts/reward-models", PLACE),
        ("reward-models", PLACE),
        ("My paper.pdf", "https://lab.example/files/My%20paper.pdf"),
        ("lab.example/files/My%20paper.pdf", "https://lab.example/files/My%20paper.pdf"),
        ("Forum | OpenReview", "https://openreview.net/forum?id=newOne"),
        ("GitHub", "https://github.com/opendilab/awesome-RLHF"),
    ],
)
def test_a_page_called_by_its_address_or_its_sites_name_says_nothing(title: str, address: str) -> None:
    assert read(f"<title>{title}</title>", address) is None


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("Illustrating RLHF | Hugging Face", "https://huggingface.co/blog/rlhf"),
        ("Learning from preferences | OpenAI", "https://openai.com/index/learning"),
        ("Lab.Example - Another title", PLACE),
        ("Reward models", PLACE),
    ],
)
def test_a_title_that_says_more_than_its_address_is_heard(title: str, address: str) -> None:
    record = read(f"<title>{title}</title>", address)
    assert record is not None
    assert record.title == title


def test_citation_tags_are_heard_wherever_they_stand() -> None:
    record = read(TAGS, "https://lab.example/Reward models")
    assert record is not None
    assert record.trust is Trust.PAGE


@pytest.mark.parametrize(
    ("place", "whole"),
    [
        ("https://openreview.net/forum?id=a", False),
        ("https://www.openreview.net/forum?id=a", False),
        ("https://notopenreview.net/forum?id=a", True),
        ("", True),
    ],
)
def test_pages_of_sites_that_name_but_the_last_author_are_no_whole_lists(place: str, *, whole: bool) -> None:
    record = read(TAGS, place=place)
    assert record is not None
    assert (record.trust, record.complete, record.ordered) == (Trust.PAGE, whole, whole)


def test_of_a_page_that_was_cut_the_names_are_not_told() -> None:
    page = read_page(TAGS, PLACE, whole=False)
    record = record_of(page, identify(PLACE), NOW, source="web", address=PLACE)
    assert record is not None
    assert (record.authors, record.trust) == ((), Trust.HINT)


@given(
    st.lists(
        st.sampled_from(
            ["<title>", "</title>", "<meta name=citation_title content='", "<meta name=citation_author content='", "'>"]
        )
        | st.text(max_size=6),
        max_size=12,
    ),
    st.sampled_from((PLACE, "https://openreview.net/forum?id=a", "http://[::1]:8080/%ff", "")),
)
def test_no_page_upsets_the_reader(parts: list[str], place: str) -> None:
    record = record_of(read_page("".join(parts), PLACE), identify(PLACE), NOW, source="web", address=place)
    assert record is None or record.title
