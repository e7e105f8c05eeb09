"""What pages say of the papers that they show, in the shapes in which known sites say it."""

import json
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.content.citation import Citation, Level
from rlhf_linkcheck.content.linked_data import work_in
from rlhf_linkcheck.content.page import read_page

ADDRESS = "https://a.org/papers/rlhf.html"
PAPER = "Reward Models as Judges"


def cited(source: str, address: str = ADDRESS, *, whole: bool = True) -> Citation | None:
    return read_page(source, address, whole=whole).citation


def told(source: str) -> Citation:
    citation = cited(source)
    assert citation is not None
    return citation


def meta(name: str, *contents: str, attributes: str = "") -> str:
    return "".join(f'<meta name="{name}" content="{content}" {attributes}>' for content in contents)


def linked(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


PMLR = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{PAPER}</title>
<meta name="description" content="{PAPER}Ada Byron, Chen LiGreat models judge …"/>
<meta name="citation_title" content="{PAPER}">
<meta name="citation_author" content="Ada Byron">
<meta name="citation_author" content="Chen Li">
<meta name="citation_publication_date" content="2024/07/08">
<meta name="citation_conference_title" content="International Conference on Machine Learning">
<meta name="citation_pdf_url" content="https://proceedings.mlr.press/v235/byron24a/byron24a.pdf">
<meta name="twitter:title" content="{PAPER}"></head><body><h1>{PAPER}</h1></body></html>"""

CVF = f"""<html><head><title>CVPR 2024 Open Access Repository</title>
<meta name="citation_title" content="{PAPER}"><meta name="citation_author" content="Byron, Ada">
<meta name="citation_author" content="Li, Chen">
<meta name="citation_pdf_url" content="https://openaccess.thecvf.com/content/CVPR2024/papers/Byron_CVPR_2024_paper.pdf">
</head><body><div id="papertitle">{PAPER}</div></body></html>"""

NEURIPS = f"""<!doctype html><html lang="en"><head><title>{PAPER}</title>
<meta name="citation_title" content="{PAPER}"/>
<meta name="citation_author" content="Byron, Ada"/><meta name="citation_author" content="Li, Chen"/>
<meta name="citation_journal_title" content="Advances in Neural Information Processing Systems"/>
<meta name="citation_doi" content="10.52202/079017-0015"/>
<meta name="citation_pdf_url" content="/paper_files/paper/2024/file/0123-Paper-Conference.pdf"/></head><body>"""

ACL = f"""<!doctype html><html><head><title>{PAPER} - ACL Anthology</title>
<meta content="{PAPER}" name="citation_title"><meta content="Ada Byron" name=citation_author>
<meta content="Chen Li" name=citation_author><meta content="10.18653/v1/2024.acl-long.1" name=citation_doi>
<meta property="og:title" content="{PAPER}"><meta property="og:site_name" content="ACL Anthology"></head>"""

ARXIV = f"""<html><head><title>[2203.02155] {PAPER}</title>
<meta property="og:title" content="{PAPER}" /><meta property="og:site_name" content="arXiv.org" />
<meta name="citation_title" content="{PAPER}" /><meta name="citation_author" content="Byron, Ada" />
<meta name="citation_author" content="Li, Chen" /><meta name="citation_date" content="2022/03/04" />
<meta name="citation_pdf_url" content="https://arxiv.org/pdf/2203.02155" />
<meta name="citation_arxiv_id" content="2203.02155" /></head><body>"""

OPENREVIEW = f"""<html lang="en"><head><title>{PAPER} | OpenReview</title>
<meta name="citation_title" content="{PAPER}"/><meta name="citation_author" content="Ada Byron"/>
<meta name="citation_author" content="Chen Li"/><meta name="citation_online_date" content="2024/01/16"/>
<meta name="citation_pdf_url" content="https://openreview.net/pdf?id=abcdefghij"/></head><body>"""

NATURE = f"""<html lang="en"><head><title>{PAPER} | Nature Human Behaviour</title>
<meta name="dc.title" content="{PAPER}"/><meta name="dc.creator" content="Byron, Ada"/>
<meta name="dc.creator" content="Li, Chen"/><meta name="dc.identifier" content="doi:10.1038/s41562-024-00001-2"/>
<meta name="prism.doi" content="doi:10.1038/s41562-024-00001-2"/>
<meta name="citation_title" content="{PAPER}"/><meta name="citation_author" content="Byron, Ada"/>
<meta name="citation_author_institution" content="University of A"/><meta name="citation_author" content="Li, Chen"/>
<meta name="citation_reference" content="citation_title=Another; citation_author=Nobody"/>
<meta name="citation_doi" content="10.1038/s41562-024-00001-2"/></head><body>"""

BIORXIV = f"""<html lang="en" prefix="og: http://ogp.me/ns#"><head><title>{PAPER} | bioRxiv</title>
<meta name="DC.Title" content="{PAPER}" /><meta name="DC.Contributor" content="Ada Byron" />
<meta name="citation_title" content="{PAPER}" /><meta name="citation_abstract" lang="en" content="&lt;p&gt;x" />
<meta name="citation_doi" content="10.1101/2020.01.28.923011" />
<meta name="citation_pdf_url"
 content="https://www.biorxiv.org/content/biorxiv/early/2020/01/28/2020.01.28.923011.full.pdf" />
<meta name="citation_author" content="Ada Byron" /><meta name="citation_author" content="Chen Li" /></head>"""

RSS = f"""<html><meta http-equiv="Content-Type" content="text/html; charset=UTF-8" /><head>
<meta name="citation_title" content="{PAPER}" /><meta name="citation_author" content="Ada Byron" />
<meta name="citation_author" content="Chen Li" /><title>Robotics: Science and Systems XXII</title></head><body>"""


@pytest.mark.parametrize(
    ("source", "authors", "doi", "arxiv", "pdf"),
    [
        (PMLR, "Ada Byron/Chen Li", None, None, "https://proceedings.mlr.press/v235/byron24a/byron24a.pdf"),
        (
            CVF,
            "Byron, Ada/Li, Chen",
            None,
            None,
            "https://openaccess.thecvf.com/content/CVPR2024/papers/Byron_CVPR_2024_paper.pdf",
        ),
        (
            NEURIPS,
            "Byron, Ada/Li, Chen",
            "10.52202/079017-0015",
            None,
            "https://a.org/paper_files/paper/2024/file/0123-Paper-Conference.pdf",
        ),
        (ACL, "Ada Byron/Chen Li", "10.18653/v1/2024.acl-long.1", None, None),
        (ARXIV, "Byron, Ada/Li, Chen", None, "2203.02155", "https://arxiv.org/pdf/2203.02155"),
        (OPENREVIEW, "Ada Byron/Chen Li", None, None, "https://openreview.net/pdf?id=abcdefghij"),
        (NATURE, "Byron, Ada/Li, Chen", "10.1038/s41562-024-00001-2", None, None),
        (
            BIORXIV,
            "Ada Byron/Chen Li",
            "10.1101/2020.01.28.923011",
            None,
            "https://www.biorxiv.org/content/biorxiv/early/2020/01/28/2020.01.28.923011.full.pdf",
        ),
        (RSS, "Ada Byron/Chen Li", None, None, None),
    ],
    ids=["pmlr", "cvf", "neurips", "acl", "arxiv", "openreview", "nature", "biorxiv", "rss"],
)
def test_a_venues_page_says_in_citation_tags_what_it_shows(
    source: str, authors: str, doi: str | None, arxiv: str | None, pdf: str | None
) -> None:
    assert cited(source) == Citation(Level.CITATION, PAPER, tuple(authors.split("/")), doi, arxiv, pdf)


LIL_LOG = """<head><title>Reward Hacking | Lil'Log</title><meta property="og:title" content="Reward Hacking"/>
<meta property="og:type" content="article"/><script type="application/ld+json">
{"@context":"https://schema.org","@type":"BlogPosting","headline":"Reward Hacking","name":"Reward Hacking in RL",
 "author":{"@type":"Person","name":"Lilian Weng"}}</script></head>"""
MEDIUM = """<head><title>Chaos to Agents | by Ada Byron | Sep, 2026 | Medium</title>
<meta property="og:title" content="Chaos to Agents"><meta property="og:site_name" content="Medium">
<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"Medium"},
{"@type":["Thing","NewsArticle"],"headline":"Chaos to Agents","author":["Ada Byron"]}]}</script></head>"""
SPRINGER = """<head><title>Nuclear Tests</title><script type="application/ld+json">
{"mainEntity":{"headline":"Nuclear Tests","@type":"ScholarlyArticle","author":[{"name":"R. Prăvălie"},
{"givenName":"Ada","familyName":"Byron"},{"@id":"#c"},7,"",{"name":" "}]},
"@type":"WebPage","name":"A page"}</script></head>"""
SUBSTACK = """<head><title data-rh="true">RLHF 101 - by Ada Byron</title>
<meta property="og:title" content="RLHF 101"><meta property="og:site_name" content="Interconnects"></head>"""
OPENAI = "<head><title>Introducing ChatGPT | OpenAI</title></head>"
GITHUB = """<head><title>GitHub - a/b: Train models</title><meta property="og:site_name" content="GitHub">
<meta property="og:title" content="GitHub - a/b: Train models"></head>"""
BOOK = """<head><title>The RLHF Book</title><script type='application/ld+json; charset="utf-8"'>[
{"@type":"schema:Book","name":"The RLHF Book","author":"Nathan Lambert"}]</script></head>"""
OJS = """<head><title>Mining | Journal of Things</title><meta name="DC.Title" content="Mining"/>
<meta name="DC.Creator.PersonalName" content="Ada Byron"/><meta name="DC.Creator.PersonalName" content="Chen Li"/>
<meta name="DC.Identifier" content="36958"/><meta name="DC.Identifier.DOI" content="10.1609/aaai.v40i1.36958"/>"""


@pytest.mark.parametrize(
    ("source", "level", "title", "authors"),
    [
        (LIL_LOG, Level.JSON_LD, "Reward Hacking in RL", ["Lilian Weng"]),
        (MEDIUM, Level.JSON_LD, "Chaos to Agents", ["Ada Byron"]),
        (SPRINGER, Level.JSON_LD, "Nuclear Tests", ["R. Prăvălie", "Ada Byron"]),
        (BOOK, Level.JSON_LD, "The RLHF Book", ["Nathan Lambert"]),
        (SUBSTACK, Level.OPEN_GRAPH, "RLHF 101", []),
        (GITHUB, Level.OPEN_GRAPH, "a/b: Train models", []),
        (OPENAI, Level.TITLE, "Introducing ChatGPT | OpenAI", []),
        (OJS, Level.DUBLIN_CORE, "Mining", ["Ada Byron", "Chen Li"]),
        (meta("dcterms.title", "T") + meta("dcterms.creator", "A B"), Level.DUBLIN_CORE, "T", ["A B"]),
        (meta("DC:title", "T") + meta("dc:Creator", "A B"), Level.DUBLIN_CORE, "T", ["A B"]),
        (meta("eprints.title", "T") + meta("eprints.creators_name", "B, A "), Level.DUBLIN_CORE, "T", ["B, A"]),
        (
            meta("bepress_citation_title", "T") + meta("bepress_citation_author", "B, A"),
            Level.DUBLIN_CORE,
            "T",
            ["B, A"],
        ),
        (meta("prism.title", "T"), Level.DUBLIN_CORE, "T", []),
        (meta("prism.title", "T") + meta("dc.creator", "A B"), Level.DUBLIN_CORE, "T", ["A B"]),
        # Without names citation_title is a hint like the others, whosever the names beside it are.
        (meta("citation_title", "T"), Level.DUBLIN_CORE, "T", []),
        (meta("citation_title", "T") + meta("dc.creator", "A B"), Level.DUBLIN_CORE, "T", ["A B"]),
    ],
)
def test_other_pages_say_it_in_falling_trust(source: str, level: Level, title: str, authors: list[str]) -> None:
    citation = told(source)
    assert (citation.level, citation.title, list(citation.authors)) == (level, title, authors)


def test_the_better_statement_wins_whatever_stands_first() -> None:
    statements = [
        meta("citation_title", "One") + meta("citation_author", "A B"),
        meta("DC.title", "Two"),
        linked('{"@type": "Article", "headline": "Three"}'),
        '<meta property="og:title" content="Four">',
        "<title>Five</title>",
    ]
    found = [told("".join(reversed(statements[first:]))) for first in range(len(statements))]
    assert [(each.level, each.title) for each in found] == list(
        zip(Level, ("One", "Two", "Three", "Four", "Five"), strict=True)
    )
    assert sorted(Level) == list(Level)


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


def test_names_are_not_told_where_the_page_was_cut_before_its_head_ended() -> None:
    head = meta("citation_title", PAPER) + meta("citation_author", "A B")
    dublin = meta("dc.title", PAPER) + meta("dc.creator", "A B")
    assert cited(f"<head>{head}", whole=False) == Citation(Level.DUBLIN_CORE, PAPER)
    assert cited(f"<head>{dublin}", whole=False) == Citation(Level.DUBLIN_CORE, PAPER)
    assert cited(f"<head>{head}</head><body><p>text", whole=False) == Citation(Level.CITATION, PAPER, ("A B",))
    assert cited(f"<head>{head}") == Citation(Level.CITATION, PAPER, ("A B",))


HIDDEN = f"<p>text<template>{meta('citation_title', PAPER)}</template><div hidden>{meta('dc.title', PAPER)}</div>"


@pytest.mark.parametrize("source", ["", "<p>text", "<title> </title>", "<svg><title>Logo</title></svg>", HIDDEN])
def test_a_page_that_says_nothing_shows_nothing(source: str) -> None:
    assert cited(source) is None


@pytest.mark.parametrize(
    ("source", "listed"),
    [
        (OPENAI, "Introducing ChatGPT"),
        (GITHUB, "a/b: Train models"),
        (MEDIUM, "Chaos to Agents"),
        (LIL_LOG, "Reward Hacking"),
        (LIL_LOG, "Reward Hacking in RL"),
        (SUBSTACK, "RLHF 101"),
        (linked('{"@type": "Article", "name": "Home"}') + "<title>T - Site</title>", "T"),
        ("<title>[2203.02155] T</title>", "T"),
        (meta("citation_title", "Home") + "<title>T - Site</title>", "T"),
        ('<meta property="og:title" content="Home"><title>T - Site</title>', "T"),
    ],
)
def test_below_citation_tags_whatever_the_page_shows_is_among_its_readings(source: str, listed: str) -> None:
    assert listed in told(source).readings


def test_citation_tags_have_one_reading() -> None:
    assert told(ACL).readings == told(ARXIV).readings == (PAPER,)


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
