"""The HTML report for every reader: screen readers, phones, paper, no scripts, either theme; and attackers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from browser.opened import browsing, needs_chromium, opened, write_page
from golden_report import EMPTY, GOLDEN
from hostile_report import ATTACKS, hostile
from playwright.sync_api import Browser, Page, expect

from rlhf_linkcheck.reporters.typesetting import harmless

pytestmark = needs_chromium

PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_page(GOLDEN, tmp_path_factory.mktemp("golden"))


@pytest.mark.parametrize(("scheme", "size"), [("light", {}), ("dark", PHONE)], ids=["desktop", "phone"])
def test_axe_finds_nothing(browser: Browser, address: str, scheme: str, size: Mapping[str, Any]) -> None:
    # axe-core adds styles of its own while it looks, which the page's policy would refuse.
    with opened(browser, address, color_scheme=scheme, bypass_csp=True, **size) as page:
        assert _found_by_axe(page) == []
        page.locator("summary").evaluate_all("all => all.forEach((each) => each.click())")
        page.goto(f"{address}#verdict=alive&open=hostile")
        expect(page.locator("#panel")).to_be_visible()
        assert _found_by_axe(page) == []


def _found_by_axe(page: Page) -> list[tuple[str, str, list[str]]]:
    # The package is axe-core for Playwright; of it we need axe-core alone, which asks the network for nothing.
    page.evaluate((resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    violations = page.evaluate("axe.run().then((results) => results.violations)")
    return [(each["id"], each["impact"], [node["html"][:200] for node in each["nodes"]]) for each in violations]


def test_no_phone_has_to_scroll_sideways(browser: Browser, address: str, tmp_path: Path) -> None:
    for report in (address, write_page(hostile(), tmp_path)):
        with opened(browser, report, **PHONE) as page:
            assert page.evaluate("document.documentElement.scrollWidth") == 390
            page.locator(".body .row-link").first.click()
            expect(page.locator("#panel")).to_have_attribute("aria-modal", "true")
            assert page.evaluate("document.documentElement.scrollWidth") == 390
            assert page.locator("#panel").evaluate("each => each.scrollWidth <= each.clientWidth")


def test_a_part_on_a_phone_puts_all_else_out_of_reach(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}#open=rime", **PHONE) as page:
        assert page.locator("#rows").evaluate("each => each.inert")
        page.set_viewport_size({"width": 1280, "height": 900})
        expect(page.locator("#panel")).to_have_attribute("aria-modal", "false")
        assert not page.locator("#rows").evaluate("each => each.inert")


def test_the_theme_follows_the_system_until_the_reader_says_otherwise(browser: Browser, address: str) -> None:
    def ground(page: Page) -> str:
        return page.evaluate("getComputedStyle(document.body).backgroundColor")  # type: ignore[no-any-return]  # text

    with opened(browser, address, color_scheme="dark") as page:
        dark = ground(page)
        page.get_by_role("button", name="Light colours").click()
        light = ground(page)
        assert light != dark
        page.reload()
        page.wait_for_selector("html[data-ready]")
        assert ground(page) == light
        page.get_by_role("button", name="Dark colours").click()
        assert ground(page) == dark


def test_a_page_that_is_refused_a_store_and_a_history_works_all_the_same(browser: Browser, address: str) -> None:
    refusing = """
        const refuse = () => { throw new DOMException("refused", "SecurityError"); };
        Object.defineProperty(globalThis, "localStorage", {get: refuse});
        history.replaceState = history.pushState = refuse;
    """
    with opened(browser, address, init=refusing) as page:
        page.get_by_role("button", name="Dark colours").click()
        page.get_by_role("button", name="Light colours").click()
        page.locator("#q").fill("rime")
        page.locator(".body .row-link").click()
        expect(page.locator("#panel-title")).to_be_focused()


def test_without_scripts_there_is_the_overview_and_a_list(browser: Browser, address: str) -> None:
    with opened(browser, address, java_script_enabled=False) as page:
        expect(page.locator("h1")).to_contain_text("7 errors and 7 warnings")
        expect(page.locator("#live")).to_be_hidden()
        expect(page.locator("#theme")).to_be_hidden()
        assert page.locator(".on-paper .told").count() == 17
        expect(page.locator(".on-paper .told").last).to_be_visible()


def test_on_paper_the_list_stands_for_the_table(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        expect(page.locator(".on-paper")).to_be_hidden()
        page.emulate_media(media="print")
        expect(page.locator("#live")).to_be_hidden()
        expect(page.locator(".on-paper .told").first).to_be_visible()


def test_nothing_moves_for_who_does_not_want_it(browser: Browser, address: str) -> None:
    with opened(browser, address, reduced_motion="reduce") as page:
        assert page.evaluate("getComputedStyle(document.querySelector('.chip')).transitionDuration") == "0s"


def test_a_run_that_saw_nothing_says_so(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, write_page(EMPTY, tmp_path)) as page:
        expect(page.locator("h1")).to_contain_text("Nothing was checked")
        expect(page.locator("#count")).to_have_text("Nothing was looked at")
        page.keyboard.press("/")
        page.keyboard.press("ArrowDown")


def test_what_attackers_write_is_text(browser: Browser, tmp_path: Path) -> None:
    report = hostile()
    with opened(browser, write_page(report, tmp_path)) as page:
        for number, attack in enumerate(ATTACKS):
            page.goto(f"{page.url.partition('#')[0]}#open=attack-{number}-")
            text = page.locator("#panel").text_content() or ""
            assert text.count(harmless(attack)) > 15
        assert page.evaluate("globalThis.executed") is None
        assert page.locator("script, style, img, iframe, object, form, base, link").count() == 2
        protocols = set(page.locator("a").evaluate_all("all => all.map(each => each.protocol)"))
        assert protocols == {"https:", "file:"}


def test_an_address_that_attacks_is_text(browser: Browser, address: str) -> None:
    attack = "%3Cimg src=x onerror=executed=1%3E"
    with opened(browser, f"{address}#q={attack}&code={attack}&section={attack}&verdict={attack}&sort={attack}") as page:
        expect(page.locator("#count")).to_have_text("None of 15 matches")
        assert page.locator("#q").input_value() == "<img src=x onerror=executed=1>"
        assert page.locator("img").count() == 0


def test_an_incomplete_run_says_what_is_missing(browser: Browser, tmp_path: Path) -> None:
    cut = replace(EMPTY, complete=False, no_way_out=True, exit_code=3)
    with opened(browser, write_page(cut, tmp_path)) as page:
        expect(page.locator("h1")).to_contain_text("No way out to the network")
        expect(page.get_by_role("note")).to_contain_text("not one host answered")
