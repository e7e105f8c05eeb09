"""What pages say of the papers that they show, in the shapes in which known sites say it."""

import pytest
from cited_pages import PAPER, cited, linked, meta, told

from rlhf_linkcheck.content.citation import Citation, Level

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
