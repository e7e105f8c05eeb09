"""CITATION.cff files: what is to be cited, and what a stranger may write into one."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.content.citation_file import Work, read_citation_file

WHOLE = """
cff-version: 1.2.0
title: "Scribe:  a trainer"
doi: 10.5281/zenodo.1
url: https://example.org/scribe
repository-artifact: https://example.org/scribe.zip
authors:
  - {given-names: Ludwig, name-particle: van, family-names: Beethoven, name-suffix: Jr.}
  - name: The Scribe Team
  - orcid: https://orcid.org/0
  - a word
identifiers:
  - {type: doi, value: 10.1/x}
  - {type: url, value: https://arxiv.org/abs/2203.02155}
  - {type: other}
  - a word
preferred-citation:
  type: article
  title: Scribing
  authors: nobody
"""


def test_the_work_and_what_is_rather_to_be_cited_are_read() -> None:
    assert read_citation_file(WHOLE) == (
        Work(
            "Scribe: a trainer",
            ("Ludwig van Beethoven Jr.", "The Scribe Team"),
            (
                "doi:10.5281/zenodo.1",
                "https://example.org/scribe",
                "https://example.org/scribe.zip",
                "doi:10.1/x",
                "https://arxiv.org/abs/2203.02155",
            ),
        ),
        Work("Scribing", (), ()),
    )


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("", ()),
        ("- a list", ()),
        ("a word", ()),
        ("title: [a, list]", (Work("", (), ()),)),
        ("title: one\n...\n---\ntitle: two", (Work("one", (), ()),)),
        ("title: &a one\nurl: *a", (Work("one", (), ()),)),
        ("? [a, b]\n: c\ntitle: one", (Work("one", (), ()),)),
        ("preferred-citation: a word", (Work("", (), ()),)),
        # What is no YAML, and what PyYAML stumbles over in its own ways.
        ("title: [", ()),
        ("title: \x00", ()),
        ('title: "\\UFFFFFFFF"', ()),
        ('title: "\\U00110000"', ()),
        (f"%YAML 1.{'9' * 5000}\n--- a", ()),
        # Deeper or longer than anybody's.
        ("[" * 20, ()),
        ("- a\n" * 6000, ()),
    ],
)
def test_what_is_no_citation_says_nothing(text: str, works: tuple[Work, ...]) -> None:
    assert read_citation_file(text) == works


@pytest.mark.parametrize(
    "text",
    [
        *(
            piece * (200_000 // len(piece))
            for piece in ("{", "[", "- ", "? ", "&a ", "!a ", "a: ", "a:\n ", "#", "\n", "\t")
        ),
        "title: '" + "a" * 200_000,
        "title: |\n" + " a\n" * 60_000,
        "".join(f"k{number}: v\n" for number in range(20_000)),
        "a0: &a0 x\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 5_000)),
    ],
    ids=range(15),
)
@pytest.mark.unmeasured
def test_a_long_file_takes_no_long_time(text: str) -> None:
    began = process_time()
    assert len(str(read_citation_file(text))) < 200_000
    assert process_time() - began < 10


@given(st.text(st.sampled_from("title: authors-nmedoi\n[]{},&*!\"'\\U0|>?#%")))
def test_any_text_is_read(text: str) -> None:
    assert all(isinstance(work, Work) for work in read_citation_file(text))
