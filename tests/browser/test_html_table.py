"""The table of the HTML report in a real browser: filtered, sorted, walked through by keys, looked into."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.opened import Reader, expect_state, needs_chromium, reading, titles, write_page
from golden_report import GOLDEN
from large_report import large
from playwright.sync_api import Page, expect

pytestmark = [needs_chromium, pytest.mark.unmeasured]

RIME = "RIME: Robust Preference-based Reinforcement Learning with Noisy Human Preferences"
MISLEAD = "Language Models Learn to Mislead Humans via RLHF"
HOSTILE = r"[bold]Not bold[/bold] \x1b]0;owned\x07 \u202etxt.exe 强化学习 «quotes»\nand a second line"
GRAVEST = [
    "AlignDiff: Aligning Diverse Human Preferences via Behavior-Customisable Diffusion Model",
    MISLEAD,
    "A Simple and Effective Reinforcement Learning Method for Text-to-Image Diffusion Fine-tuning",
]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with reading() as reader:
        yield reader


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_page(GOLDEN, tmp_path_factory.mktemp("golden"))


@pytest.fixture
def page(reader: Reader, address: str) -> Iterator[Page]:
    with reader.opened(address) as page:
        yield page


def test_all_entries_links_and_files_are_there_the_gravest_first(page: Page) -> None:
    assert titles(page)[:3] == GRAVEST
    expect(page.locator("#count")).to_have_text("15 in all")
    assert page.locator("#rows").get_attribute("aria-rowcount") == "16"
    assert page.locator(".body [role=row]").count() == 15


def test_text_is_looked_for_in_titles_addresses_and_messages_by_all_its_words(page: Page) -> None:
    for words, found in (
        ("noisy rime", [RIME]),
        (
            "BLOG/learning",
            ["[bold]Not bold[/bold] \\x1b]0;owned\\x07 \\u202etxt.exe 强化学习 «quotes»\\nand a second line"],
        ),
        ("a comma splits", ["RL4LMs (A modular RL library to fine-tune language models to human preferences)"]),
        ("no such words", []),
    ):
        page.locator("#q").fill(words)
        assert titles(page) == found
        assert page.locator("#count").inner_text() == (f"{len(found)} of 15 match" if found else "None of 15 matches")
    page.locator("#clear").click()
    assert len(titles(page)) == 15
    expect(page.locator("#q")).to_be_focused()


def test_filters_stand_in_the_address_and_come_back_from_it(reader: Reader, address: str, page: Page) -> None:
    page.locator("#q").fill("rlhf")
    page.get_by_role("button", name="dead").click()
    page.get_by_role("button", name="alive").click()
    page.locator("#code").select_option("error")
    page.locator("#section").select_option("2025")
    page.get_by_role("button", name="Entry").click()
    expect_state(page, "q=rlhf&verdict=dead%2Calive&code=error&section=2025&sort=title")
    shown = titles(page)
    assert shown == [MISLEAD, "REINFORCE++: A Simple and Efficient Approach for Aligning Large Language Models"]
    with reader.opened(page.url) as again:
        assert titles(again) == shown
        assert again.locator("#q").input_value() == "rlhf"
        pressed = again.locator("[aria-pressed=true]").evaluate_all("all => all.map(each => each.dataset.verdict)")
        assert pressed == ["dead", "alive"]
        assert again.locator("#section").input_value() == "2025"
    with reader.opened(f"{address}#code=XYZ999") as foreign:
        expect(foreign.locator("#count")).to_have_text("None of 15 matches")
        assert foreign.locator("#code").input_value() == "XYZ999"


def test_an_address_shows_what_it_says(page: Page, address: str) -> None:
    for given, number in {
        "verdict=dead": 2,
        "verdict=uncertain": 4,
        "verdict=dead,uncertain": 5,
        "code=PAP101": 1,
        "code=warning": 6,
        "code=suppressed": 1,
        "section=~outside": 4,
        "section=2024": 3,
        "code=LNK105&verdict=alive": 1,
        "q=%": 1,
        "sort=nonsense": 15,
        "sort=__proto__": 15,
        "sort=-hasOwnProperty": 15,
    }.items():
        page.goto(f"{address}#{given}")
        expect(page.locator(".body [role=row]")).to_have_count(number)


def test_columns_sort_both_ways_and_say_so(page: Page) -> None:
    header = page.get_by_role("columnheader", name="Entry")
    assert header.get_attribute("aria-sort") == "none"
    header.get_by_role("button").click()
    ascending = titles(page)
    assert header.get_attribute("aria-sort") == "ascending"
    assert [title.lower() for title in ascending] == sorted(title.lower() for title in ascending)
    header.get_by_role("button").click()
    assert header.get_attribute("aria-sort") == "descending"
    assert titles(page) == ascending[::-1]
    page.get_by_role("columnheader", name="Slowest").get_by_role("button").click()
    assert page.locator(".body .cell.time").first.inner_text() == "61 s"
    assert header.get_attribute("aria-sort") == "none"
    expect_state(page, "sort=-time")


def test_the_keyboard_reaches_everything(page: Page) -> None:
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("rl")
    page.keyboard.press("Escape")
    assert page.locator("#q").input_value() == ""
    page.keyboard.press("ArrowDown")
    expect(page.locator(".body .row-link").first).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator(".body .row-link").last).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_be_focused()
    assert page.locator("#panel-title").inner_text() == MISLEAD
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator(".body .row-link").nth(1)).to_be_focused()


def test_only_one_row_is_a_stop_of_the_tab_key(page: Page) -> None:
    assert page.locator(".row-link[tabindex='0']").count() == 1
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.locator(".row-link[tabindex='0']").inner_text() == GRAVEST[1]


def test_a_part_has_an_address_of_its_own_and_the_way_back_closes_it(page: Page) -> None:
    page.get_by_role("link", name=RIME).last.click()
    expect_state(page, "open=rime")
    page.get_by_role("button", name="Next row").click()
    assert page.locator("#panel-title").inner_text() == "untitled"
    page.get_by_role("button", name="Previous row").click()
    expect_state(page, "open=rime")
    page.go_back()
    expect(page.locator("#panel")).to_be_hidden()
    page.go_forward()
    expect(page.locator("#panel-title")).to_have_text(RIME)
    page.get_by_role("button", name="Close").click()
    expect_state(page, "")


def test_the_focus_is_not_lost_with_a_part_whose_row_is_filtered_away(reader: Reader, address: str) -> None:
    with reader.opened(f"{address}#open=rime") as page:
        page.locator("#q").fill("no such words")
        page.get_by_role("button", name="Close").click()
        expect(page.locator("#q")).to_be_focused()
        page.locator("#q").fill("rime")
        page.locator(".body .row-link").click()
        page.locator("#q").fill("no such words")
        page.get_by_role("button", name="Close").click()
        expect(page.locator("#q")).to_be_focused()


def test_a_part_that_is_not_in_this_report_is_said_to_be_missing(reader: Reader, address: str) -> None:
    with reader.opened(f"{address}#open=elsewhere") as page:
        expect(page.locator("#said")).to_have_text("elsewhere is not in this report")
        expect(page.locator("#panel")).to_be_hidden()
        page.locator("#q").fill("rime")
        expect(page.locator("#said")).to_be_empty()


def test_what_to_do_first_leads_to_the_part(page: Page) -> None:
    page.locator("#todo ~ ol a").first.click()
    expect(page.locator("#panel-title")).to_have_text(MISLEAD)
    page.locator(".tile a").first.click()
    expect_state(page, "code=error")
    expect(page.locator("#count")).to_have_text("7 of 15 match")


def test_thousands_of_rows_are_a_few_in_the_page(reader: Reader, tmp_path: Path) -> None:
    report = large(1_500)
    with reader.opened(write_page(report, tmp_path)) as page:
        expect(page.locator("#count")).to_have_text("2,101 in all")
        assert page.locator("#rows").get_attribute("aria-rowcount") == "2102"
        page.locator("#q").fill("rime")
        expect(page.locator("#count")).to_have_text("150 of 2,101 match")
        page.keyboard.press("ArrowDown")
        for key in ("End", "ArrowUp", "Home", "End"):
            page.keyboard.press(key)
            assert page.locator(".body [role=row]").count() < 60
        last = page.locator("[aria-rowindex='151'] .row-link")
        expect(last).to_be_focused()
        expect(last).to_be_in_viewport()
        positions = page.locator(".body [role=row]").evaluate_all("all => all.map(each => Number(each.ariaRowIndex))")
        assert positions == sorted(positions)
        # The file's own row has hundreds of findings, of which a portion is made at a time.
        page.goto(page.url.partition("#")[0] + "#open=README.md")
        expect(page.locator("article")).to_have_count(40)
        page.locator(".more").click()
        expect(page.locator("article")).to_have_count(80)
        expect(page.locator("article").nth(40)).to_be_focused()
