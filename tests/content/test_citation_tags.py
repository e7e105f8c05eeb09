"""What a page's tags and linked data state: titles, names, identifiers, and nothing where they are ambiguous."""

import json
from time import perf_counter

import pytest
from cited_pages import PAPER, cited, linked, meta, told
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.content.citation import Citation, Level
from rlhf_linkcheck.content.linked_data import work_in


@pytest.mark.parametrize(
    ("source", "title"),
    [
        (meta("CITATION_Title", "T"), "T"),
        ('<meta property="citation_title" content="T">', "T"),
        ('<meta name="title" property="og:title" content="T">', "T"),
        ('<meta name="x citation_title y" content="T">', "T"),
        (meta("citation_title", " A\n\t title  of two&nbsp;lines "), "A title of two lines"),
        (meta("citation_title", "Q&amp;A &lt;i&gt;E. coli&lt;/i&gt; caf&eacute;"), "Q&A <i>E. coli</i> café"),
        (meta("citation_title", "100% of $\\alpha$-DPO"), "100% of $\\alpha$-DPO"),
        (meta("citation_title", "0"), "0"),
        (meta("citation_title", "???"), "???"),
        (meta("citation_title", "", "  ", "T"), "T"),
        (meta("citation_title", "T", "t.", " T "), "T"),
        (meta("citation_title", "x" * 5000), "x" * 1000),
        (f"<body><p>text</p>{meta('citation_title', 'T')}", "T"),
        ('<meta name=citation_title><meta content="x"><title>T</title>', "T"),
        (linked('{"@type": "Article", "name": "half \\ud800"}'), "half ?"),
    ],
)
def test_a_title_is_told_as_it_stands_but_for_its_blanks(source: str, title: str) -> None:
    assert told(source).title == title


@pytest.mark.parametrize(
    ("tags", "authors"),
    [
        (meta("citation_author", "B, A", "D, C"), ["B, A", "D, C"]),
        (meta("citation_authors", "Smith JA;Chen ML; van der Berg A;"), ["Smith JA", "Chen ML", "van der Berg A"]),
        (meta("citation_author", "B, A; D, C"), ["B, A", "D, C"]),
        (meta("citation_authors", "Ada Byron, Chen Li, Eva de Vries"), ["Ada Byron", "Chen Li", "Eva de Vries"]),
        (meta("citation_author", "Ada Byron, Chen Li"), ["Ada Byron, Chen Li"]),
        (meta("citation_author", "King, Martin Luther, Jr."), ["King, Martin Luther, Jr."]),
        (meta("citation_author", "A B") + meta("citation_authors", "A B; C D"), ["A B", "C D"]),
        (meta("citation_author", "A B", "C D") + meta("citation_authors", "B A; D C"), ["A B", "C D"]),
        (meta("citation_author", "A B", "", " , ", "-", "https://a.org/b", "C D"), ["A B", "C D"]),
        (meta("citation_author", " Ada \n Byron "), ["Ada Byron"]),
        (meta("citation_author", "OpenAI"), ["OpenAI"]),
        (meta("citation_author", "M&amp;uuml;ller, A", "AT&amp;T; B, C"), ["Müller, A", "AT&T", "B, C"]),
        (meta("citation_authors", "王小明；李四"), ["王小明", "李四"]),
        (meta("citation_author", "近藤, 哲", "王小明"), ["近藤, 哲", "王小明"]),
        # A list that stands on the page twice is one list, two namesakes in it are two.
        (meta("citation_author", "A B", "C D", "A B", "C D"), ["A B", "C D"]),
        (meta("citation_author", "Wei Wang", "C D", "Wei Wang"), ["Wei Wang", "C D", "Wei Wang"]),
        (meta("citation_author", *(f"A{number}" for number in range(4000))), [f"A{number}" for number in range(3000)]),
    ],
)
def test_names_are_told_as_printed_and_in_order(tags: str, authors: list[str]) -> None:
    citation = told(meta("citation_title", PAPER) + tags)
    assert (citation.level, list(citation.authors)) == (Level.CITATION, authors)


def test_a_title_in_several_languages_is_one_and_names_are_told_in_that_of_the_first() -> None:
    citation = told(
        meta("citation_title", "Bonjour")
        + meta("citation_title", "Hello", attributes='xml:lang="en"')
        + meta("citation_title", "Hola", attributes='lang="ES"')
        + meta("citation_author", "A B", "C D")
        + meta("citation_author", "A. B.", "C. D.", attributes='xml:lang="en"')
    )
    assert citation == Citation(Level.CITATION, "Bonjour", ("A B", "C D"), others=("Hello", "Hola"))


@pytest.mark.parametrize(
    "titles",
    [
        meta("citation_title", "One", "Two", "Three"),
        meta("citation_title", "One", "Two", attributes='lang="en"'),
        meta("citation_title", "One") + meta("citation_author", "A B") + meta("citation_title", "Two"),
    ],
)
def test_a_page_of_several_papers_shows_none(titles: str) -> None:
    assert cited(titles + meta("dc.title", "Proceedings") + "<title>Proceedings</title>") is None


@pytest.mark.parametrize(
    "ambiguous",
    [
        meta("dc.title", "One", "Two"),
        linked('[{"@type": "Article", "name": "One"}, {"@type": "Article", "name": "Two"}]'),
        linked('{"@type": "Article", "name": "One"}') + linked('{"@type": "Dataset", "name": "Two"}'),
        linked("{not json"),
        linked(""),
        linked('{"@type": "Article", "headline": ' + "[" * 100_000),
        linked('{"@type": "Article", "headline": "Three", "x": "' + "x" * 200_000 + '"}'),
        linked('{"@type": "Article", "headline": 5}'),
        linked('{"@type": "Organization", "name": "Three"}'),
        linked('{"@type": 5, "name": "Three"}'),
        linked('{"name": "Three"}'),
        linked('"Three"'),
        linked("[" + '{"@type": "Thing"},' * 5000 + '{"@type": "Article", "name": "Three"}]'),
        '<script type="application/json">{"@type": "Article", "name": "Three"}</script>',
        "<script>Article</script>",
    ],
)
def test_what_is_malformed_ambiguous_or_about_other_things_states_nothing(ambiguous: str) -> None:
    assert cited(f"<title>Plain</title>{ambiguous}") == Citation(Level.TITLE, "Plain")


def test_statements_that_agree_are_one() -> None:
    citation = told(
        linked('{"@type": "Article", "headline": "Reward models"}')
        + linked('{"@type": "BlogPosting", "name": "Reward Models!", "author": [{"name": "A B"}]}')
    )
    assert citation == Citation(Level.JSON_LD, "Reward models", ("A B",), others=("Reward Models!",))


@pytest.mark.parametrize(
    ("content", "doi"),
    [
        ("10.1000/182", "10.1000/182"),
        ("doi:10.1000/182", "10.1000/182"),
        ("DOI: 10.1000/182", "10.1000/182"),
        (" https://doi.org/10.1000/AbC(1) ", "10.1000/AbC(1)"),
        ("http://dx.doi.org/10.1000/182", "10.1000/182"),
        ("10.1000", None),
        ("10.1000/a b", None),
        ("11.1000/182", None),
        ("x" * 5000, None),
    ],
)
def test_a_doi_is_told_without_what_stands_before_it(content: str, doi: str | None) -> None:
    assert told(meta("citation_title", PAPER) + meta("citation_doi", content)).doi == doi
    assert told(meta("dc.title", PAPER) + meta("dc.identifier", "no", content)).doi == doi


@pytest.mark.parametrize(
    ("content", "arxiv"),
    [
        ("2203.02155", "2203.02155"),
        ("arXiv:1108.0669", "1108.0669"),
        ("2203.02155v3", "2203.02155v3"),
        ("math.GT/0309136", "math.GT/0309136"),
        ("soon", None),
    ],
)
def test_an_arxiv_id_is_told_without_its_prefix(content: str, arxiv: str | None) -> None:
    assert told(meta("citation_title", PAPER) + meta("citation_arxiv_id", content)).arxiv == arxiv


@pytest.mark.parametrize(
    ("content", "pdf"),
    [
        ("https://b.org/x.pdf", "https://b.org/x.pdf"),
        ("rlhf.pdf", "https://a.org/papers/rlhf.pdf"),
        ("/x.pdf", "https://a.org/x.pdf"),
        ("https://[b/x.pdf", "https://[b/x.pdf"),
        ("", None),
        ("x" * 5000, None),
    ],
)
def test_the_address_of_the_pdf_is_absolute(content: str, pdf: str | None) -> None:
    assert told(meta("citation_title", PAPER) + meta("citation_pdf_url", content)).pdf == pdf


def test_the_address_of_the_pdf_goes_by_the_pages_base() -> None:
    tags = meta("citation_title", PAPER) + meta("bepress_citation_pdf_url", "x.pdf")
    assert told(f"<base href='/b/c/'>{tags}").pdf == "https://a.org/b/c/x.pdf"


NAMES = st.sampled_from(
    [
        "citation_title",
        "citation_author",
        "citation_authors",
        "citation_doi",
        "citation_pdf_url",
        "citation_arxiv_id",
        "DC.title",
        "dc.creator",
        "og:title",
        "og:site_name",
    ]
)


TAGS = st.tuples(NAMES, st.text(max_size=30), st.sampled_from(["", "lang=en", "xml:lang=ja"]))


@given(st.lists(TAGS, max_size=6), st.text(max_size=40), st.text(max_size=20), st.booleans())
def test_nothing_raises_and_what_is_told_is_folded(
    tags: list[tuple[str, str, str]], script: str, heading: str, whole: bool
) -> None:
    source = "".join(meta(name, content, attributes=attributes) for name, content, attributes in tags)
    citation = cited(f"{source}{linked(script)}<title>{heading}</title>", whole=whole)
    if citation is not None:
        for text in (*citation.readings, *citation.authors):
            assert text
            assert text == " ".join(text.split())
            assert text.encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.sampled_from(["Article", "Book", "T", " ", "\ud800"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@type", "@graph", "mainEntity", "name", "headline", "author", "givenName"]), inner
        )
    ),
)


@given(JSON)
def test_linked_data_of_any_form_states_something_or_nothing(document: object) -> None:
    work = work_in([json.dumps(document)])
    assert work is None or all((*work.titles, *work.authors, work.titles))


@given(st.text())
def test_any_text_has_a_citation_or_none(source: str) -> None:
    citation = cited(source)
    assert citation is None or citation.title


@pytest.mark.parametrize(
    "source",
    [
        meta("citation_author", "A B") * 15_000 + meta("citation_title", "T"),
        meta("citation_title", "T") + meta("citation_author", ";" * 500_000),
        meta("citation_title", "T") + meta("citation_author", "a;" * 250_000),
        meta("citation_title", "T") + meta("citation_authors", "a b," * 125_000),
        meta("citation_title", "T") + meta("citation_author", " " * 500_000),
        meta("citation_title", " a" * 250_000),
        meta("og:title", " | a" * 125_000),
        meta("og:title", "[" * 500_000),
        meta("og:title", "-" * 500_000) + meta("og:site_name", "-" * 500_000),
        meta("citation_title", "T") + meta("citation_doi", "10.1000/" + "x" * 500_000),
        meta("citation_title", "T") + meta("citation_arxiv_id", "." * 500_000),
        f'<meta name="{"citation_title " * 33_000}" content="T">',
        "".join(meta("citation_title", f"T{number}") for number in range(10_000)),
        linked("[" * 500_000),
        linked('{"a":' * 39_000),
        linked('{"@type":"Article","name":"T","author":[' + '"a",' * 40_000 + '"b"]}') * 3,
        linked("[" + '{"@type":"Article","name":"T"},' * 6_000 + "0]") * 2,
        linked("9" * 190_000) * 2,
    ],
    ids=range(18),
)
def test_hostile_tags_take_no_time(source: str) -> None:
    began = perf_counter()
    cited(source)
    assert perf_counter() - began < 3
