"""A page of the report as a reader has it open, and what it must never do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from browser.chromium import FLAGS, chromium
from playwright.sync_api import Browser, Page, expect, sync_playwright

from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters import Style
from rlhf_linkcheck.reporters.html import HtmlReporter

needs_chromium = pytest.mark.skipif(chromium() is None, reason="needs Chromium (see RLHF_LINKCHECK_CHROMIUM)")

_WATCH: Final = """
globalThis.violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
"""


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser, for all tests of a module."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield browser
        browser.close()


def write_page(report: Report, folder: Path) -> str:
    """The report as a file, and that file's address."""
    path = folder / "report.html"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(HtmlReporter().parts(report, Style()))
    return path.as_uri()


@contextmanager
def opened(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """The page, ready. At the end it has asked for nothing but itself, broken no policy and complained of nothing."""
    scripts = options.get("java_script_enabled", True)
    init = options.pop("init", "")
    with browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options}) as context:
        context.set_default_timeout(10_000)
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.on(
            "request", lambda request: complaints.append(request.url) if not _is_own(request.url, address) else None
        )
        page.add_init_script(_WATCH + init)
        page.goto(address)
        if scripts:
            page.wait_for_selector("html[data-ready]")
        yield page
        if scripts:
            complaints += page.evaluate("violations")
        assert complaints == []


def _is_own(asked: str, address: str) -> bool:
    return asked.partition("#")[0] == address.partition("#")[0]


def titles(page: Page) -> list[str]:
    """What the rows that can be seen are called, from the top."""
    return page.locator(".body .row-link").all_inner_texts()


def expect_state(page: Page, state: str) -> None:
    """What stands in the address after its sign; the page writes it when no key has come for a while."""
    before = page.url.partition("#")[0]
    expect(page).to_have_url(f"{before}#{state}")
