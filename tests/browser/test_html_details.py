"""What the HTML report shows of one row, in a real browser: evidence, differences, and fixes to copy."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from browser.opened import Reader, needs_chromium, reading, write_page
from golden_report import GOLDEN
from playwright.sync_api import Page, expect

from rlhf_linkcheck.evidence import Past, Redirect, Verdict
from rlhf_linkcheck.finding import Edit, Related, Suggestion

pytestmark = [needs_chromium, pytest.mark.unmeasured]

NOISY = "RIME: Robust Preference-based Reinforcement Learning with Noisy Preferences"

TOLD = {
    "language-models-learn-to-mislead-humans-via-rlhf": [
        "PAP101",
        "Shashank Gupta, Chaitanya Ahuja",
        "412 ms",
        "arxiv:2503.00897",
    ],
    "reinforce": ["2026-01-30 23:59:59 UTC", "Apache-2.0", "CITATION.cff", "rlhf, ray", "dead not found"],
    "tlcr": ["2026-01-31 02:00:07 UTC (remembered)"],
    "aligndiff-2": ["README.md:440", "see aligndiff (README.md:337)", "certificate expired"],
    "rl4lms": ["Kianté,Brantley", "Fix authors[3]", "Take it out."],
    "https%3A%2F%2Fexample.org%2Fprivate": ["skipped excluded"],
    "README.md": ["README.md:541:12", "expected", "Fix here"],
    "untitled": ["README.md:900:1", "has no address"],
}


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with reading() as reader:
        yield reader


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_page(GOLDEN, tmp_path_factory.mktemp("golden"))


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def test_the_words_that_differ_are_marked_and_the_fix_can_be_copied(reader: Reader, address: str) -> None:
    with reader.opened(f"{address}#open=rime", permissions=["clipboard-read", "clipboard-write"]) as page:
        assert page.locator("#panel del").all_inner_texts() == ["Human"]
        assert page.locator("#panel dd").nth(1).inner_text() == NOISY
        copy = page.get_by_role("button", name="Copy the fix for title")
        copy.click()
        expect(copy).to_have_text("Copied")
        expect(page.locator("#said")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == NOISY
        page.get_by_role("button", name="Copy the address of this part").click()
        expect(page.get_by_role("button", name="Copy the address of this part")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == f"{address}#open=rime"


def test_a_page_without_a_clipboard_copies_by_hand(reader: Reader, address: str) -> None:
    without = "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
    with reader.opened(f"{address}#open=rime", init=without) as page:
        copy = page.get_by_role("button", name="Copy the fix for title")
        copy.click()
        expect(copy).to_have_text("Copied")
        expect(copy).to_be_focused()
        page.locator("#q").focus()
        page.keyboard.press("Control+V")
        assert page.locator("#q").input_value() == NOISY


def test_what_cannot_be_copied_is_said(reader: Reader, address: str) -> None:
    without = "Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false;"
    with reader.opened(f"{address}#open=rime", init=without) as page:
        page.get_by_role("button", name="Copy the fix for title").click()
        expect(page.locator("#said")).to_have_text("Not copied")


def test_a_link_shows_its_way_and_its_answer(reader: Reader, address: str) -> None:
    with reader.opened(f"{address}#open=hostile") as page:
        chain = page.get_by_role("list", name="Redirects").locator("li")
        assert chain.all_inner_texts() == [
            "301 https://deepmind.google/blog",
            "308 https://deepmind.google/discover/blog/learning-through-human-feedback/",
        ]
        link = page.locator("article.link").first
        said = "✓ alive · 200 https://www.deepmind.com/blog/learning-through-human-feedback 301"
        assert in_one_line(link.inner_text()).startswith(said)
        assert [in_one_line(fact) for fact in link.locator(".facts > div").all_inner_texts()] == [
            "answered by web",
            "attempts 1",
            "checked 2026-01-31 02:00:07 UTC",
            "moved to https://deepmind.google/discover/blog/learning-through-human-feedback/",
        ]


def test_all_that_is_known_is_told(reader: Reader, address: str) -> None:
    with reader.opened(address) as page:
        for key, said in TOLD.items():
            page.goto(f"{address}#open={key}")
            page.locator("#panel summary").evaluate_all("all => all.forEach((each) => each.click())")
            text = in_one_line(page.locator("#panel").inner_text())
            assert [part for part in said if part not in text] == [], text


def test_related_entries_lead_to_each_other(reader: Reader, address: str) -> None:
    with reader.opened(f"{address}#open=language-models-learn-to-mislead-humans-via-rlhf") as page:
        page.locator(".related a").click()
        expect(page.locator("#panel-title")).to_contain_text("A Simple and Effective")
        page.locator(".related a").click()
        expect(page.locator("#panel-title")).to_contain_text("Mislead")


def test_links_give_nothing_away(reader: Reader, address: str) -> None:
    with reader.opened(f"{address}#open=hostile") as page:
        links: list[list[str]] = page.locator("a:not([href^='#'])").evaluate_all(
            "all => all.map(each => [each.rel, each.protocol])"
        )
        assert len(links) > 5
        assert {tuple(link) for link in links} == {("noopener noreferrer nofollow", "https:")}
        assert page.locator("meta[name=referrer]").get_attribute("content") == "no-referrer"


def test_what_has_no_end_is_shown_in_portions(reader: Reader, tmp_path: Path) -> None:
    hops = tuple(Redirect(301, f"https://example.org/{number}") for number in range(1_000))
    link = GOLDEN.links[0]
    outcome = replace(link.evidence.outcome, redirects=hops)
    links = (replace(link, evidence=replace(link.evidence, outcome=outcome)), *GOLDEN.links[1:])
    finding = next(each for each in GOLDEN.findings if each.entry == "rime")
    finding = replace(
        finding,
        related=tuple(Related("rime", finding.path, number + 1) for number in range(1_000)),
        suggestion=Suggestion(tuple(Edit(f"authors[{number}]", "A") for number in range(1_000))),
    )
    findings = (*(each for each in GOLDEN.findings if each.entry != "rime"), finding)
    report = write_page(replace(GOLDEN, links=links, findings=findings), tmp_path)
    key = quote(link.entries[0] if link.entries else link.url, safe="")
    with reader.opened(f"{report}#open={key}") as page:
        expect(page.locator(".chain a")).to_have_count(40)
        page.get_by_role("button", name="Show more (960)").click()
        expect(page.locator(".chain a")).to_have_count(80)
        expect(page.locator(".chain li").nth(40)).to_be_focused()
        page.goto(f"{report}#open=rime")
        expect(page.locator(".related a")).to_have_count(40)
        expect(page.locator(".fix")).to_have_count(40)


def test_what_audits_remember_is_told(reader: Reader, tmp_path: Path) -> None:
    day = datetime(2026, 1, 28, 2, tzinfo=UTC)
    past = Past(day, day, Verdict.DEAD, day, 3, day + timedelta(days=1), day + timedelta(days=2), 4)
    links = tuple(replace(each, evidence=replace(each.evidence, past=past)) for each in GOLDEN.links)
    findings = tuple(replace(each, known_since=day, has_risen=True) for each in GOLDEN.findings)
    report = replace(GOLDEN, links=links, findings=findings)
    with reader.opened(f"{write_page(report, tmp_path)}#open=rime") as page:
        changed = page.get_by_role("region", name="What has changed")
        expect(changed).to_contain_text("Since the last audit (2026-01-30): 17 graver than before")
        expect(changed.locator("li").nth(-2)).to_contain_text("back: https://openreview.net/forum?id=bxfKIYfHyx (dead")
        expect(changed.locator("li").last).to_have_text("mended: README.md LNK102 https://github.com/opendilab/gone")
        facts = [in_one_line(fact) for fact in page.locator(".facts > div").all_inner_texts()]
        told = {
            "known since 2026-01-28 02:00:00 UTC",
            "graver now yes",
            "first seen 2026-01-28 02:00:00 UTC",
            "last alive 2026-01-28 02:00:00 UTC",
            "dead since 2026-01-29 02:00:00 UTC",
            "audits dead 3",
            "unclear since 2026-01-30 02:00:00 UTC",
            "came back 4×",
        }
        assert told - set(facts) == set()


def test_a_row_opened_with_a_modifier_is_left_to_the_browser(reader: Reader, address: str) -> None:
    with reader.opened(address) as page:
        _shift_click(page)
        expect(page.locator("#panel")).to_be_hidden()


def _shift_click(page: Page) -> None:
    page.locator(".body .cell.verdict").first.click(modifiers=["Shift"])
