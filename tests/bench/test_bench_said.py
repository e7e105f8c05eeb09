from collections.abc import Callable, Iterable

import pytest
from race import said
from race.score import Said

FINE, BROKEN, UNSURE = Said.FINE, Said.BROKEN, Said.UNSURE

OURS = """{"links": [{"url": "https://a.simweb/", "verdict": "alive"}, {"url": "https://b.simweb/", "verdict": "dead"},
 {"url": "https://c.simweb/", "verdict": "uncertain"}, {"url": "d", "verdict": "skipped"}]}"""
LYCHEE = """{"total": 5, "unique": 5, "detailed_stats": true,
 "success_map": {"list.md": [{"url": "https://a.simweb/", "status": {"text": "200 OK", "code": 200}},
   {"url": "https://d.simweb/", "status": {"text": "200 OK", "code": 200}, "span": {"line": 4, "column": 3},
    "redirects": {"origin": "https://d.simweb/", "redirects": [{"url": "https://e.simweb/", "code": 301}]}}]},
 "error_map": {"list.md": [{"url": "https://b.simweb/", "status": {"text": "404 Not Found", "code": 404},
    "redirects": {"origin": "https://b.simweb/", "redirects": [{"url": "https://e.simweb/x", "code": 302}]}}]},
 "timeout_map": {"list.md": [{"url": "https://c.simweb/", "status": {"text": "Timeout", "details": "timed out"}}]},
 "suggestion_map": {},
 "redirect_map": {"list.md": [
   {"origin": "https://d.simweb/", "redirects": [{"url": "https://e.simweb/", "code": 301}]},
   {"origin": "https://b.simweb/", "redirects": [{"url": "https://e.simweb/x", "code": 302}]}]},
 "excluded_map": {"list.md": [{"url": "https://f.simweb/", "status": {"text": "Excluded", "details": ""}}]},
 "duration": {"secs": 1, "nanos": 0}}"""
MUFFET = """{"url": "http://start.simweb/", "links": [{"url": "https://a.simweb/", "status": 200}]}
{"url": "http://start.simweb/0.html", "links": [{"url": "https://b.simweb/", "error": "404"}]}
"""
LINKINATOR = """{"links": [{"url": "https://a.simweb/", "status": 200, "state": "OK"}, {"url": "https://b.simweb/",
 "status": 0, "state": "BROKEN", "parent": "list.md"}, {"url": "mailto:c", "state": "SKIPPED"}], "passed": false}"""
MARKDOWN_LINK_CHECK = """
FILE: list.md
  [✓] https://a.simweb/x?a=1&b
  [✖] https://b.simweb/
  [/] https://c.simweb/

  3 links checked.

  ERROR: 1 dead links found!
  [✖] https://b.simweb/ → Status: 404
"""
LINKCHECKER = """# created by LinkChecker
urlname;parentname;base;result;warningstring;infostring;valid;url;line;column;name;dltime
https://a.simweb/x;http://start.simweb/;;200 OK;;;True;https://a.simweb/x;1;1;x;-1
"https://b.simweb/;y";http://start.simweb/;;"404 ""Not"" Found";;;False;https://b.simweb/;1;46;y;-1
# Stopped checking
"""


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        (
            said.ours,
            OURS,
            {"https://a.simweb/": FINE, "https://b.simweb/": BROKEN, "https://c.simweb/": UNSURE, "d": UNSURE},
        ),
        (
            said.lychee,
            LYCHEE,
            {
                "https://a.simweb/": FINE,
                "https://b.simweb/": BROKEN,
                "https://c.simweb/": BROKEN,
                "https://d.simweb/": FINE,
                "https://f.simweb/": UNSURE,
            },
        ),
        (said.muffet, MUFFET, {"https://a.simweb/": FINE, "https://b.simweb/": BROKEN}),
        (said.muffet, f"[{MUFFET.splitlines()[0]}]", {"https://a.simweb/": FINE}),
        (said.linkinator, LINKINATOR, {"https://a.simweb/": FINE, "https://b.simweb/": BROKEN, "mailto:c": UNSURE}),
        (
            said.markdown_link_check,
            MARKDOWN_LINK_CHECK,
            {"https://a.simweb/x?a=1&b": FINE, "https://b.simweb/": BROKEN, "https://c.simweb/": UNSURE},
        ),
        (said.linkchecker, LINKCHECKER, {"https://a.simweb/x": FINE, "https://b.simweb/;y": BROKEN}),
    ],
    ids=["ours", "lychee", "muffet", "muffet's list", "linkinator", "markdown-link-check", "LinkChecker"],
)
def test_each_tool_is_understood(
    read: Callable[[str], Iterable[tuple[str, Said]]], text: str, expected: dict[str, Said]
) -> None:
    assert dict(read(text)) == expected
