from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.content.page import Page, read_page, read_text
from rlhf_linkcheck.content.signs import Meaning, Place

ADDRESS = "https://a.org/papers/rlhf"
PROSE = "one two three four five six seven eight nine ten " * 10


def read(source: str, *wanted: str, whole: bool = True) -> Page:
    return read_page(source, ADDRESS, wanted=frozenset(wanted), whole=whole)


def meanings(page: Page) -> set[tuple[Meaning, Place]]:
    return {(sign.means, sign.by) for sign in page.signs}


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("<title>Reward models</title>", "Reward models"),
        ("<TITLE>\n  Reward\t models </TITLE>", "Reward models"),
        ("<title>Caf&eacute; &amp; “bar”</title>", 'Café & "bar"'),
        ("<title>one</title><title>two</title>", "one"),
        ("<title></title><title>two</title>", "two"),
        ("<title>" + "x" * 400 + "</title>", "x" * 300),
        ("<p>no title", ""),
        ("<html><head><title>Nul\0 byte</title>", "Nul byte"),
        ("<title>half \ud800</title>", "half ?"),
        ("<!-- <title>no</title> --><title>yes</title>", "yes"),
        ('<?xml version="1.0" encoding="koi8-r"?><html><title>Straße</title></html>', "Straße"),
        ('<meta charset="koi8-r"><title>Straße</title>', "Straße"),
    ],
)
def test_a_title_is_the_first_that_says_anything_with_its_blanks_folded(source: str, title: str) -> None:
    assert read(source).title == title


@pytest.mark.parametrize("source", ["", "  \n", "\0", "<!-- nothing -->"])
def test_where_there_is_nothing_nothing_is_read(source: str) -> None:
    page = read(source, "a")
    assert (page.title, page.words, page.anchors, page.has_anchors, page.signs) == ("", 0, frozenset(), False, ())


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>one two</p><p>three", 3),
        ("<body>one<!-- no --> two</body>", 2),
        ("<p>one <b>two</b> three</p>", 3),
        ("<nav>no no</nav><p>one", 1),
        ("<header>no</header><footer>no</footer><aside>no</aside>one", 1),
        ("<nav><div>no <p>no</p> no</div></nav>one", 1),
        ("<p>one <a href=/>no no</a> two", 2),
        ("<button>no</button><label>no</label>one", 1),
        ("<script>no no</script>one", 1),
        ("<style>no</style><template>no</template><noscript>no</noscript>one", 1),
        ("<svg><text>no</text></svg> one", 1),
        ("<div hidden>no <p>no</p></div> one", 1),
        ("<div style='color:red; display : NONE'>no</div> one", 1),
        ("<div style='display:block'>one</div>", 1),
        ("<select><option>no</select>one", 1),
        ("<p>页面不存在", 3),
        ("<p>페이지를 찾을 수", 3),
    ],
)
def test_words_are_those_that_a_reader_sees_outside_of_navigation_and_links(source: str, words: int) -> None:
    assert read(source).words == words


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("0;url=/x", "/x"),
        ("0; URL=/x", "/x"),
        ("  3 ; url = https://b.org/x?a=b&amp;c=d ", "https://b.org/x?a=b&c=d"),
        ("5;url='/x'", "/x"),
        ("0;url=&quot;/x&quot;", "/x"),
        ("0,/x", "/x"),
        ("0 /x", "/x"),
        ("1.5;url=/x", "/x"),
        ("6;url=/x", None),
        ("30;url=/x", None),
        ("0", None),
        ("0;", None),
        ("0;url=", None),
        ("0;url=''", None),
        ("-1;url=/x", None),
        ("now;url=/x", None),
        ("", None),
        ("99999;url=/x", None),
    ],
)
def test_a_refresh_within_seconds_is_where_the_page_sends_its_reader(content: str, target: str | None) -> None:
    assert read(f'<meta http-equiv="Refresh" content="{content}"><p>one').refresh == target


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("<noscript><meta http-equiv=refresh content='0;url=/x'></noscript>", None),
        ("<head><noscript><meta http-equiv=refresh content='0;url=/x'></noscript></head>", None),
        ("<body><div><meta http-equiv=refresh content='0;url=/x'></div>", "/x"),
        ("<meta http-equiv=refresh content='0;url=/x'><meta http-equiv=refresh content='0;url=/y'>", "/x"),
        ("<meta http-equiv=refresh content='60'><meta http-equiv=refresh content='0;url=/y'>", "/y"),
        ("<meta name=refresh content='0;url=/x'>", None),
        ("<meta http-equiv=refresh>", None),
        ("<!-- <meta http-equiv=refresh content='0;url=/x'> -->", None),
        ("<script>'<meta http-equiv=refresh content=0;url=/x>'</script>", None),
    ],
)
def test_a_refresh_counts_where_a_browser_with_scripts_heeds_it(source: str, target: str | None) -> None:
    assert read(source).refresh == target


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<h2 id=part>x</h2>", {"part"}),
        ("<h2 id=Part>x</h2>", {"part"}),
        ("<a name=part>x</a>", {"part"}),
        ("<a name='' id=''>x</a>", set()),
        ("<input name=part>", set()),
        ("<div hidden><p id=part>x</div>", {"part"}),
        ("<svg><g id=part></g></svg>", {"part"}),
        ("<h2 id=other>x</h2><h2 id=part>y</h2>", {"part"}),
        ("<h2 id=other>x</h2>", set()),
        ("<h2 id='a b'>x</h2>", {"a b"}),
        ("<h2 id=中>x</h2>", {"中"}),
        ("<!-- <h2 id=part> -->", set()),
        ("<script>go('#Part')</script>", {"part"}),
    ],
)
def test_of_a_pages_anchors_those_that_are_wanted_are_kept(source: str, found: set[str]) -> None:
    assert read(source, "part", "a b", "中").anchors == found


@pytest.mark.parametrize(
    ("source", "has"), [("<p id=x>", True), ("<a name=x>", True), ("<p>x", False), ("<script>'x'</script>", False)]
)
def test_a_page_knows_whether_it_has_any_anchor(source: str, *, has: bool) -> None:
    assert read(source, "wanted").has_anchors is has


@pytest.mark.parametrize(
    ("source", "scripted"),
    [
        ("<div id=root></div><script src=app.js></script>", True),
        ("<div id=root></div>", False),
        (f"<p>{'word ' * 59}<script></script>", True),
        (f"<p>{'word ' * 60}<script></script>", False),
        (f"<nav>{'word ' * 100}</nav><SCRIPT></SCRIPT>", True),
    ],
)
def test_a_page_of_hardly_a_word_with_scripts_is_built_by_them(source: str, *, scripted: bool) -> None:
    assert read(source).scripted is scripted


def test_a_page_that_was_cut_off_or_is_nested_too_deep_is_not_whole() -> None:
    assert read("<p id=x>one").whole
    assert not read("<p id=x>one", whole=False).whole
    assert not read("<div>" * 5000 + "<p id=x>one").whole
    assert read("<p>one<p><b><i></p></b>&nosuch; <unknown></p></unknown> <a <b>").whole


SIGNED: tuple[tuple[str, set[tuple[Meaning, Place]]], ...] = (
    ("<title>404 Not Found</title>", {(Meaning.MISSING, Place.TITLE)}),
    ("<h1>Page not found</h1>" + PROSE, {(Meaning.MISSING, Place.HEADING)}),
    ("<h2>Page not found</h2>" + PROSE, {(Meaning.MISSING, Place.HEADING)}),
    ("<h1 hidden>Page not found</h1>" + PROSE, set()),
    ("<template><h1>Page not found</h1></template>" + PROSE, set()),
    ("<h3>Page not found</h3>" + PROSE, {(Meaning.MISSING, Place.HEADING)}),
    ("<h1>Reward models</h1><h2>Page not found</h2>" + PROSE, set()),
    ("<h4>Page not found</h4>" + PROSE, set()),
    ("<p>Page not found", {(Meaning.MISSING, Place.HEADING), (Meaning.MISSING, Place.TEXT)}),
    ("<p>Page not found, in short: " + PROSE, set()),
    ("<p>The page you requested could not be found." + PROSE, {(Meaning.MISSING, Place.TEXT)}),
    ("<nav>The page you requested could not be found.</nav>" + PROSE, set()),
    ("<div hidden>The page you requested could not be found.</div>" + PROSE, set()),
    ("<template>The page you requested could not be found.</template>" + PROSE, set()),
    ("<noscript>The page you requested could not be found.</noscript>" + PROSE, set()),
    ("<!-- The page you requested could not be found. -->" + PROSE, set()),
    (
        "<noscript>Enable JavaScript and cookies to continue</noscript>" + PROSE,
        {(Meaning.WALL, Place.TEXT)},
    ),
    ("<script>window._cf_chl_opt = {}</script>" + PROSE, {(Meaning.WALL, Place.SOURCE)}),
    ("<form><input type=Password></form>" + PROSE, {(Meaning.LOGIN, Place.FORM)}),
    ("<form><input type=text></form>" + PROSE, set()),
    ("<form hidden><input type=password></form>" + PROSE, set()),
    ("<title>Reward models</title><h1>Reward models</h1>" + PROSE, set()),
)


@pytest.mark.parametrize(("source", "signs"), SIGNED)
def test_signs_are_found_where_a_reader_would_see_them(source: str, signs: set[tuple[Meaning, Place]]) -> None:
    assert meanings(read(source)) == signs


def test_only_the_first_headings_are_read() -> None:
    many = "".join(f"<h1>Chapter {number}</h1>" for number in range(6))
    assert meanings(read(f"{many}<h1>Page not found</h1>{PROSE}")) == set()


ONE = f"<title>Oops — rlhf</title><h1>No papers/rlhf here</h1><p>{PROSE}"
OTHER = ONE.replace("rlhf", "made-up")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (OTHER, True),
        (OTHER.replace("Oops", "Reward models"), False),
        (OTHER.replace(PROSE, "quite another text that says something else altogether"), False),
        (f"{OTHER}<nav>Home, imprint</nav><script>x</script>", True),
        ("", False),
    ],
)
def test_two_answers_are_one_page_but_for_what_they_repeat_of_their_addresses(other: str, *, same: bool) -> None:
    made_up = read_page(other, "https://a.org/papers/made-up")
    assert read(ONE).same_as(made_up) is same
    assert made_up.same_as(read(ONE)) is same


def test_an_escaped_address_is_repeated_in_plain() -> None:
    one = read_page("<title>No 强化 here</title>", "https://a.org/%E5%BC%BA%E5%8C%96")
    assert one.essence == "no here"


@pytest.mark.parametrize(
    ("text", "words", "signs"),
    [
        ("Not Found", 2, {(Meaning.MISSING, Place.HEADING), (Meaning.MISSING, Place.TEXT)}),
        ("404 page not found\n", 4, {(Meaning.MISSING, Place.HEADING), (Meaning.MISSING, Place.TEXT)}),
        ("The requested URL /x was not found on this server, " + PROSE, 110, {(Meaning.MISSING, Place.TEXT)}),
        ("Not found is what this text is about.\n" + PROSE, 108, set()),
        ("<title>404 Not Found</title>", 3, set()),
        ("", 0, set()),
    ],
)
def test_the_few_words_of_a_plain_text_are_its_heading(
    text: str, words: int, signs: set[tuple[Meaning, Place]]
) -> None:
    page = read_text(text, ADDRESS)
    assert (page.title, page.words, page.refresh, page.has_anchors) == ("", words, None, False)
    assert meanings(page) == signs


def test_a_plain_text_is_whole_where_it_was_read_whole_and_is_told_from_another() -> None:
    assert read_text("x", ADDRESS).whole
    assert not read_text("x", ADDRESS, whole=False).whole
    assert read_text("no rlhf here", ADDRESS).same_as(read_text("no made up here", "https://a.org/papers/made/up"))
    assert not read_text("no such thing", ADDRESS).same_as(read_text("reward models", ADDRESS))


PIECES = (
    *("<p id=a>", "</p>", "<title>", "</title>", "<script>", "</script>", "<noscript>", "<h1>", "<!--", "-->", "<svg>"),
    *(
        "<meta http-equiv=refresh content='0;url=",
        "'>",
        "<a name=",
        "<?",
        "<![CDATA[",
        "]]>",
        "<!DOCTYPE",
        "<b hidden>",
    ),
    *("&#xD800;", "&#0;", "&amp", "\0", "\ud800", "\x1b[2J", "<", ">", "'", '"', "not found", "强化 ", "\u2028"),
    *("<template>", "<frameset>", "<table>", "<plaintext>", "<textarea>", "<input type=password>", "<b hidden>"),
)
MARKUP = st.lists(st.sampled_from(PIECES) | st.text(max_size=10), max_size=30).map("".join)


@given(MARKUP, st.frozensets(st.sampled_from(("a", "b", "强化"))), st.text(max_size=20))
def test_no_page_raises_whatever_is_in_it(source: str, wanted: frozenset[str], address: str) -> None:
    page = read_page(source, address, wanted=wanted)
    assert page.anchors <= wanted
    assert page.same_as(page)
    assert read_text(source, address).anchors == frozenset()


@pytest.mark.parametrize(
    "source",
    [
        "<script " * 60_000,
        "<" * 500_000,
        "<noscript>" * 50_000,
        "<noscript>" * 200 + "word " * 100_000,
        "<div>" * 100_000,
        "<h1>" * 100_000,
        "<p hidden>" * 50_000,
        "<meta http-equiv=refresh content='0;" + " " * 100_000 + "url" * 1000,
        "<p style='" + "display " * 50_000 + "'>",
        "<title>" + "404 sorry, " * 40_000,
        "the requested url " * 25_000,
        "<iframe " + "/" * 500_000,
    ],
    ids=range(12),
)
def test_no_page_takes_long_to_read(source: str) -> None:
    began = perf_counter()
    read(source, "a")
    assert perf_counter() - began < 5


@pytest.mark.parametrize(
    ("title", "address", "meanings_"),
    [
        ("a.example is for sale", "https://a.example/", {Meaning.PARKED}),
        ("A.Example is for sale", "https://www.a.example/", {Meaning.PARKED}),
        ("a.example can be yours", "http://a.example./", {Meaning.PARKED}),
        ("Privacy is for sale", "https://a.example/", set()),
        ("not-a.example is no longer for sale", "https://a.example/", set()),
        ("Why a.example.org is for sale", "https://a.example/", set()),
    ],
)
def test_a_page_that_sells_its_own_domain_is_told_from_one_about_sales(
    title: str, address: str, meanings_: set[Meaning]
) -> None:
    page = read_page(f"<title>{title}</title>{PROSE}", address)
    assert {sign.means for sign in page.signs} == meanings_
    assert page.title == title


REFRESHED = (
    ("<base href=/dir/><meta http-equiv=refresh content='0; url=x'>", "/dir/x"),
    ("<base href='http://[bad'><meta http-equiv=refresh content='0; url=x'>", "x"),
    ("<template><meta http-equiv=refresh content='0; url=x'></template>", None),
    ("<svg><title>404 Not Found</title></svg><meta http-equiv=refresh content='0; url=x'>", "x"),
)


@pytest.mark.parametrize(("source", "refresh"), REFRESHED)
def test_a_refresh_leads_where_a_browser_would_go(source: str, refresh: str | None) -> None:
    page = read(source)
    assert page.refresh == refresh
    assert page.title == ""
