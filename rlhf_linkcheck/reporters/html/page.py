"""The page itself: its template, its one style and its one script, and the hashes that let no other in."""

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from urllib.parse import quote, urlencode

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from rlhf_linkcheck.evidence import Verdict
from rlhf_linkcheck.finding import Severity
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters.html import charts
from rlhf_linkcheck.reporters.html.data import pieces
from rlhf_linkcheck.reporters.html.hosts import hosts
from rlhf_linkcheck.reporters.html.overview import FIRST, overview
from rlhf_linkcheck.reporters.html.rows import Rows
from rlhf_linkcheck.reporters.news import is_compared, known_since, news_of
from rlhf_linkcheck.reporters.typesetting import harmless

_ROOM = resources.files("rlhf_linkcheck.reporters.html")
_STYLES = ("page.css", "overview.css", "table.css", "details.css")
_SCRIPTS = ("state.js", "rows.js", "elements.js", "details.js", "table.js", "filters.js", "page.js")
"""In the order in which they become one script."""

SIGNS = {
    Verdict.ALIVE: "✓",
    Verdict.DEAD: "✕",
    Verdict.UNCERTAIN: "?",
    Verdict.SKIPPED: "–",
    Severity.ERROR: "✕",
    Severity.WARNING: "!",
    Severity.INFO: "i",
}
"""What says the same as the colour does."""


def page(report: Report) -> Iterator[str]:
    """The page piece by piece."""
    rows = Rows(report)
    slowest, most_broken = hosts(report)
    return (
        _environment()
        .get_template("page.html.jinja")
        .generate(
            report=report,
            overview=overview(report, rows),
            first=FIRST,
            signs=SIGNS,
            segments=charts.verdict_bar(report.summary),
            trend=charts.trend(report),
            ages=charts.ages(report),
            slowest=slowest,
            most_broken=most_broken,
            width=charts.WIDTH,
            height=charts.HEIGHT,
            pieces=pieces(rows),
            known_since=known_since,
            news=news_of if is_compared(report) else lambda _: "",
            # What stands in a piece is escaped there.
            safe=Markup,
            **_assets(),
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(lambda name: (_ROOM / name).read_text("utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_seen,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"state": _state, "short": _short, "seconds": _seconds}
    return environment


@cache
def _assets() -> dict[str, Markup]:
    """The style and the script as they stand in the page, and by what hash each is known."""
    style = "".join((_ROOM / "style" / name).read_text("utf-8") for name in _STYLES)
    scripts = "".join((_ROOM / "script" / name).read_text("utf-8") for name in _SCRIPTS)
    script = f'"use strict";\n(() => {{\n{scripts}}})();\n'
    assets = {"style": style, "script": script, "style_hash": _hash(style), "script_hash": _hash(script)}
    return {name: Markup(text) for name, text in assets.items()}  # noqa: S704 - of this package, nothing from outside


def _hash(text: str) -> str:
    """As a Content-Security-Policy names what may stand in the page (CSP 3, 2.3.1)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _seen(value: object) -> object:
    """Whatever the template writes: nothing in it that is not seen, and no half of a surrogate."""
    return harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _state(key: str, value: str) -> str:
    """A state of the page as it stands in its address."""
    return "#" + urlencode({key: value}, quote_via=quote)


def _short(number: int) -> str:
    """A number that has room beside an axis.

    >>> [_short(number) for number in (999, 1_200, 3_000_000)]
    ['999', '1.2k', '3M']
    """
    for unit, letter in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        if number >= unit:
            return f"{number / unit:.1f}".removesuffix(".0") + letter
    return str(number)


def _seconds(milliseconds: int) -> str:
    seconds = milliseconds / 1000
    return f"{milliseconds:,} ms" if seconds < 1 else f"{seconds:,.1f} s"
