"""A page of the report as a reader has it open, and what it must never do."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
from browser.chromium import FLAGS, chromium
from playwright.sync_api import Browser, Page, expect, sync_playwright

from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters import Style
from rlhf_linkcheck.reporters.html import HtmlReporter

needs_chromium = pytest.mark.skipif(chromium() is None, reason="needs Chromium (see RLHF_LINKCHECK_CHROMIUM)")

BLANK = "about:blank"

_WATCH: Final = """
globalThis.violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
"""


def write_page(report: Report, folder: Path) -> str:
    """The report as a file, and that file's address."""
    path = folder / "report.html"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(HtmlReporter().parts(report, Style()))
    return path.as_uri()


@dataclass
class Window:
    """A page, where it should be, and what it asked for, complained of and was refused since it was opened."""

    page: Page
    address: str = ""
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.page.on("request", lambda request: self._hear(request.url))

    def _hear(self, asked: str) -> None:
        if asked != BLANK and asked.partition("#")[0] != self.address.partition("#")[0]:
            self.complaints.append(asked)


class Reader:
    """Who has pages open: in windows that are used again, as a new one takes a browser a second."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._idle: list[Window] = []

    @contextmanager
    def opened(self, address: str, *, init: str = "", **options: Any) -> Iterator[Page]:
        """The page, ready. At the end it has asked for nothing but itself, broken no policy, complained of nothing."""
        own = bool(init or options)
        window = self._new(init, options) if own or not self._idle else self._idle.pop()
        page, window.address = window.page, address
        page.goto(address)
        scripts = options.get("java_script_enabled", True)
        if scripts:
            page.wait_for_selector("html[data-ready]")
        yield page
        assert [*window.complaints, *(page.evaluate("violations") if scripts else ())] == []
        if own:
            page.context.close()
        else:
            page.goto(BLANK)
            page.emulate_media(media="null")  # paper is for who asks for it
            self._idle.append(window)

    def _new(self, init: str, options: Mapping[str, Any]) -> Window:
        context = self._browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.add_init_script(_WATCH + init)
        return Window(page)


@contextmanager
def reading() -> Iterator[Reader]:
    """A browser, for all tests of a module."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield Reader(browser)
        browser.close()


def titles(page: Page) -> list[str]:
    """What the rows that can be seen are called, from the top."""
    return page.locator(".body .row-link").all_inner_texts()


def expect_state(page: Page, state: str) -> None:
    """What stands in the address after its sign; the page writes it when no key has come for a while."""
    before = page.url.partition("#")[0]
    expect(page).to_have_url(f"{before}#{state}")
