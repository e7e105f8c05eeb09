"""Makes docs/pictures/ anew from a run of the demo and fourteen audits: `make pictures`. Chromium shoots the pages."""

import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from cmarkgfm import github_flavored_markdown_to_html
from cmarkgfm.cmark import Options
from last_night import last_night
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from rlhf_linkcheck.cli.demo import run_in
from rlhf_linkcheck.cli.planting import planted_faults
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters import REPORTERS, Style, read_report

FOLDER = Path(__file__).parent / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = "--disable-gpu --disable-background-networking --disable-component-update --disable-sync --disable-quic"
MOMENT = "2026-01-31T02:00:00Z"
"""When the pictures' run took place, so that they change only where the report does."""

SECONDS = 8
"""How long it took: about what it takes on a machine that does nothing else."""
SHOWN = ("PAP101", "PAP103", "lvwerra/trl")
"""What the findings have in them that are in the picture of the terminal."""

_COLUMNS = 100
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DAY = 10
_FONTS = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace"


def steady(document: dict[str, Any]) -> dict[str, Any]:
    """The report with all that happened on its day at one moment, and durations as rough as they are repeatable."""
    return {**_steady(document, document["started_at"][:_DAY]), "elapsed_ms": SECONDS * 1000}


def _steady(value: Any, day: str, key: str = "") -> Any:  # noqa: ANN401 - JSON can be anything
    match value:
        case dict():
            return {name: _steady(member, day, name) for name, member in value.items()}
        case list():
            return [_steady(item, day) for item in value]
        case str() if _TIME.fullmatch(value) and value.startswith(day):
            return MOMENT
        case int() if key == "elapsed_ms" and value:
            return round(value, 1 - len(str(value)))
        case _:
            return value


def terminal(report: Report) -> str:
    """The text report in a terminal of 100 columns, as SVG: some of its findings, and its end."""
    text = REPORTERS["text"].render(report, Style(width=_COLUMNS, color=True))
    *groups, _, numbers = text.rstrip("\n").split("\n\n")
    shown = [group for group in groups if any(words in group for words in SHOWN)]
    console = Console(record=True, width=_COLUMNS, file=StringIO(), force_terminal=True)
    console.print(Text("$ rlhf-linkcheck check entries.yaml\n", "bold"))
    console.print(Text.from_ansi("\n\n".join(shown)))
    console.print(Text(f"\n… {len(groups) - len(shown)} more entries …\n", "dim"))
    console.print(Text.from_ansi(numbers))
    return _without_fonts(console.export_svg(title="rlhf-linkcheck", theme=_THEME, unique_id="terminal"))


_THEME = TerminalTheme(
    (22, 27, 34),
    (230, 237, 243),
    [
        (72, 79, 88),
        (255, 123, 114),
        (63, 185, 80),
        (210, 153, 34),
        (88, 166, 255),
        (188, 140, 255),
        (57, 197, 207),
        (177, 186, 196),
    ],
)


def _without_fonts(svg: str) -> str:
    """Rich's picture loads its letters from the web; whoever looks at it has some that are as wide."""
    svg = re.sub(r"@font-face \{.*?\}\n?", "", svg, flags=re.DOTALL)
    return svg.replace("Fira Code, monospace", _FONTS).replace("Fira Code", _FONTS)


def summary(report: Report) -> str:
    """The Markdown report as GitHub renders it, in a page with GitHub's proportions."""
    markdown = REPORTERS["markdown"].render(report, Style())
    body = github_flavored_markdown_to_html(markdown, options=Options.CMARK_OPT_UNSAFE)
    style = (Path(__file__).parent / "summary.css").read_text(encoding="utf-8")
    return f"<!doctype html><meta charset=utf-8><style>{style}</style><article>{body}</article>"


@contextmanager
def browser() -> Iterator[Any]:
    """A headless Chromium, closed at the end."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only who shoots pages needs it

    named = os.environ.get("RLHF_LINKCHECK_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sys.exit(f"there is no browser: install one of {', '.join(BROWSERS)}, or name it in RLHF_LINKCHECK_CHROMIUM")
    with sync_playwright() as playwright:
        # Chromium's own sandbox wants a user other than root; it sees nothing but our own pages.
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", *QUIET.split()])
        yield chromium
        chromium.close()


def shoot(  # noqa: PLR0913 - what a window can be like
    chromium: Any,  # noqa: ANN401 - of a package that is imported late
    page: Path,
    picture: str,
    *,
    width: int,
    height: int,
    until: str = "",
    **context: Any,  # noqa: ANN401 - Playwright's options
) -> None:
    """Take a picture of the top of a page; of its last part that begins above the end, where ``until`` names parts."""
    with chromium.new_context(viewport={"width": width, "height": height}, **context) as opened:
        tab = opened.new_page()
        tab.goto(page.as_uri())
        tab.wait_for_load_state("networkidle")
        tops = [part.bounding_box()["y"] for part in tab.query_selector_all(until)] if until else []
        end = max((top for top in tops if top < height), default=height)
        clip = {"x": 0, "y": 0, "width": width, "height": end}
        tab.screenshot(path=FOLDER / picture, animations="disabled", clip=clip)


def shoot_card(chromium: Any, page: Path, picture: str, heading: str) -> None:  # noqa: ANN401 - as above
    """Take a picture of the part of a page that has this heading."""
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as opened:
        tab = opened.new_page()
        tab.goto(page.as_uri())
        tab.wait_for_load_state("networkidle")
        tab.locator(f"section:has(> #{heading})").screenshot(path=FOLDER / picture, animations="disabled")


def main() -> None:
    """Run the demo and the nights, and make every picture of their reports."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="rlhf-linkcheck-pictures-") as name:
        folder = Path(name)
        saved = run_in(folder, planted_faults())
        report = read_report(json.dumps(steady(json.loads(saved.read_text(encoding="utf-8")))))
        (FOLDER / "terminal.svg").write_text(terminal(report), encoding="utf-8")
        (folder / "summary.html").write_text(summary(report), encoding="utf-8")
        night = last_night(folder)  # before the browser is there, whose event loop keeps others from running
        with browser() as chromium:
            shoot(chromium, folder / "summary.html", "summary.png", width=960, height=1100, until="h4")
            if "html" not in REPORTERS:
                print("there is no format html yet: no pictures of it")  # noqa: T201 - a script's word
                return
            page = folder / "report.html"
            page.write_text(REPORTERS["html"].render(report, Style()), encoding="utf-8")
            shoot(chromium, page, "html.png", width=1280, height=900)
            shoot(chromium, page, "html-dark.png", width=1280, height=900, color_scheme="dark")
            shoot(chromium, page, "html-phone.png", width=390, height=844, is_mobile=True, device_scale_factor=2)
            page.write_text(REPORTERS["html"].render(night, Style()), encoding="utf-8")
            shoot_card(chromium, page, "night-trend.png", "trend")


if __name__ == "__main__":
    main()
