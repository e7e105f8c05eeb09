"""The HTML report for every reader: screen readers, phones, paper, no scripts, either theme; and attackers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from browser.opened import Reader, needs_chromium, reading, write_page
from golden_report import EMPTY, GOLDEN
from hostile_report import ATTACKS, hostile
from playwright.sync_api import Page, expect

from rlhf_linkcheck.reporters.typesetting import harmless

pytestmark = [needs_chromium, pytest.mark.unmeasured]

_TEXTS = """async (addresses) => {
    const texts = [];
    for (const address of addresses) {
        const there = new Promise((done) => addEventListener("hashchange", done, {once: true}));
        location.hash = address;
        await there;
        texts.push(document.getElementById("panel").textContent);
    }
    return texts;
}"""
PHONE: Mapping[str, Any] = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with reading() as reader:
        yield reader


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_page(GOLDEN, tmp_path_factory.mktemp("golden"))


def test_axe_finds_nothing_on_a_desktop(reader: Reader, address: str) -> None:
    # axe-core adds styles of its own while it looks, which the page's policy would refuse.
    with reader.opened(f"{address}#verdict=alive&open=hostile", bypass_csp=True) as page:
        page.locator("summary").evaluate_all("all => all.forEach((each) => each.click())")
        assert _found_by_axe(page) == []


def test_axe_finds_nothing_on_a_phone_in_the_dark(reader: Reader, address: str) -> None:
    with reader.opened(address, color_scheme="dark", bypass_csp=True, **PHONE) as page:
        assert _found_by_axe(page) == []
        page.locator(".body .row-link").first.click()
        expect(page.locator("#panel")).to_be_visible()
        assert _found_by_axe(page) == []


def _found_by_axe(page: Page) -> list[tuple[str, str, list[str]]]:
    # The package is axe-core for Playwright; of it we need axe-core alone, which asks the network for nothing.
    page.evaluate((resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    violations = page.evaluate("axe.run().then((results) => results.violations)")
    return [(each["id"], each["impact"], [node["html"][:200] for node in each["nodes"]]) for each in violations]


def test_no_phone_has_to_scroll_sideways(reader: Reader, address: str, tmp_path: Path) -> None:
    for report in (address, write_page(hostile(), tmp_path)):
        with reader.opened(report, **PHONE) as page:
            assert page.evaluate("document.documentElement.scrollWidth") == 390
            page.locator(".body .row-link").first.click()
            expect(page.locator("#panel")).to_have_attribute("aria-modal", "true")
            assert page.evaluate("document.documentElement.scrollWidth") == 390
            assert page.locator("#panel").evaluate("each => each.scrollWidth <= each.clientWidth")


def test_a_part_on_a_phone_puts_all_else_out_of_reach(reader: Reader, address: str) -> None:
    with reader.opened(f"{address}#open=rime", **PHONE) as page:
        assert page.locator("#rows").evaluate("each => each.inert")
        page.set_viewport_size({"width": 1280, "height": 900})
        expect(page.locator("#panel")).to_have_attribute("aria-modal", "false")
        assert not page.locator("#rows").evaluate("each => each.inert")


def test_the_theme_follows_the_system_until_the_reader_says_otherwise(reader: Reader, address: str) -> None:
    def ground(page: Page) -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    with reader.opened(address, color_scheme="dark") as page:
        dark = ground(page)
        page.get_by_role("button", name="Light colours").click()
        light = ground(page)
        assert light != dark
        page.reload()
        page.wait_for_selector("html[data-ready]")
        assert ground(page) == light
        page.get_by_role("button", name="Dark colours").click()
        assert ground(page) == dark


def test_a_page_that_is_refused_a_store_and_a_history_works_all_the_same(reader: Reader, address: str) -> None:
    refusing = """
        const refuse = () => { throw new DOMException("refused", "SecurityError"); };
        Object.defineProperty(globalThis, "localStorage", {get: refuse});
        history.replaceState = history.pushState = refuse;
    """
    with reader.opened(address, init=refusing) as page:
        page.get_by_role("button", name="Dark colours").click()
        page.get_by_role("button", name="Light colours").click()
        page.locator("#q").fill("rime")
        page.locator(".body .row-link").click()
        expect(page.locator("#panel-title")).to_be_focused()


def test_without_scripts_there_is_the_overview_and_a_list(reader: Reader, address: str) -> None:
    with reader.opened(address, java_script_enabled=False) as page:
        expect(page.locator("h1")).to_contain_text("7 errors and 7 warnings")
        expect(page.locator("#live")).to_be_hidden()
        expect(page.locator("#theme")).to_be_hidden()
        assert page.locator(".on-paper .told").count() == 17
        expect(page.locator(".on-paper .told").last).to_be_visible()


def test_on_paper_the_list_stands_for_the_table(reader: Reader, address: str) -> None:
    with reader.opened(address) as page:
        expect(page.locator(".on-paper")).to_be_hidden()
        page.emulate_media(media="print")
        expect(page.locator("#live")).to_be_hidden()
        expect(page.locator(".on-paper .told").first).to_be_visible()


def test_paper_is_white_whatever_colours_the_reader_chose(reader: Reader, address: str) -> None:
    with reader.opened(address) as page:
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(233, 234, 236)"
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(27, 29, 33)"


def test_numbers_of_audits_stay_in_one_line_on_a_phone(reader: Reader, address: str) -> None:
    with reader.opened(address, **PHONE) as page:
        page.get_by_text("Numbers", exact=True).click()
        rows = page.locator("[aria-labelledby=trend] tbody tr")
        assert rows.count() == 4
        assert max(rows.evaluate_all("all => all.map((each) => each.offsetHeight)")) < 40


def test_nothing_moves_for_who_does_not_want_it(reader: Reader, address: str) -> None:
    with reader.opened(address, reduced_motion="reduce") as page:
        assert page.evaluate("getComputedStyle(document.querySelector('.chip')).transitionDuration") == "0s"


def test_a_run_that_saw_nothing_says_so(reader: Reader, tmp_path: Path) -> None:
    with reader.opened(write_page(EMPTY, tmp_path)) as page:
        expect(page.locator("h1")).to_contain_text("Nothing was checked")
        expect(page.locator("#count")).to_have_text("Nothing was looked at")
        page.keyboard.press("/")
        page.keyboard.press("ArrowDown")


def test_what_attackers_write_is_text(reader: Reader, tmp_path: Path) -> None:
    report = hostile()
    with reader.opened(write_page(report, tmp_path)) as page:
        texts = page.evaluate(_TEXTS, [f"#open=attack-{number}-" for number in range(len(ATTACKS))])
        for attack, text in zip(ATTACKS, texts, strict=True):
            assert text.count(harmless(attack)) > 15, text
        assert page.evaluate("globalThis.executed") is None
        assert page.locator("script, style, img, iframe, object, form, base, link").count() == 2
        protocols = set(page.locator("a").evaluate_all("all => all.map(each => each.protocol)"))
        assert protocols == {"https:", "file:"}


def test_what_says_nothing_is_no_trouble(reader: Reader, tmp_path: Path) -> None:
    with reader.opened(f"{write_page(hostile(('',)), tmp_path)}#open=attack-0-") as page:
        expect(page.locator("#panel-title")).to_have_text("attack-0-")
        assert page.locator("article").count() == 2
        assert "undefined" not in (page.locator("body").text_content() or "")


def test_an_address_that_attacks_is_text(reader: Reader, address: str) -> None:
    attack = "%3Cimg src=x onerror=executed=1%3E"
    with reader.opened(f"{address}#q={attack}&code={attack}&section={attack}&verdict={attack}&sort={attack}") as page:
        expect(page.locator("#count")).to_have_text("None of 15 matches")
        assert page.locator("#q").input_value() == "<img src=x onerror=executed=1>"
        assert page.locator("img").count() == 0


def test_an_incomplete_run_says_what_is_missing(reader: Reader, tmp_path: Path) -> None:
    cut = replace(EMPTY, complete=False, no_way_out=True, exit_code=3)
    with reader.opened(write_page(cut, tmp_path)) as page:
        expect(page.locator("h1")).to_contain_text("No way out to the network")
        expect(page.get_by_role("note")).to_contain_text("not one host answered")
