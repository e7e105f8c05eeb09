"""The documentation's pictures: made of a report, steady from run to run, and small. What is in them is looked at."""

import re
from pathlib import Path

import make_pictures
from golden_report import GOLDEN

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"


def test_two_runs_of_one_day_give_one_report() -> None:
    def run(hour: int, took: int) -> dict[str, object]:
        link = {"checked_at": f"2026-11-26T{hour:02}:30:01Z", "elapsed_ms": took, "status": 200, "attempts": 3}
        repository = {"pushed_at": "2023-07-25T13:55:00Z"}
        return {"started_at": f"2026-11-26T{hour:02}:30:00Z", "elapsed_ms": took, "links": [link | repository]}

    assert (
        make_pictures.steady(run(8, 131))
        == make_pictures.steady(run(9, 97))
        == {
            "started_at": make_pictures.MOMENT,
            "elapsed_ms": 8000,
            "links": [
                {
                    "checked_at": make_pictures.MOMENT,
                    "elapsed_ms": 100,
                    "status": 200,
                    "attempts": 3,
                    "pushed_at": "2023-07-25T13:55:00Z",
                }
            ],
        }
    )


def test_the_terminals_picture_is_the_text_report_and_asks_the_web_for_nothing() -> None:
    picture = make_pictures.terminal(GOLDEN)
    assert picture == make_pictures.terminal(GOLDEN)
    text = re.sub(r"<[^>]*>", "", picture).replace("&#160;", " ")
    assert "PAP101 wrong-paper" in text
    assert "10 more entries" in text
    assert "7 errors" in text
    assert not re.search(r"(?:src|href)\s*[=:]|url\(\s*['\"]?http", picture.replace('xlink:href="#', ""))
    assert "@font-face" not in picture


def test_the_summarys_picture_is_the_markdown_report() -> None:
    page = make_pictures.summary(GOLDEN)
    assert page.count("<details>") == 2
    assert "<h3>First: 7 errors</h3>" in page


def test_pictures_are_small_and_there_is_none_that_no_page_shows() -> None:
    pages = [Path(__file__).parent.parent / "README.md", PICTURES.parent / "formats.md", PICTURES.parent / "nightly.md"]
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    for picture in PICTURES.iterdir():
        assert picture.stat().st_size < 300 * 1024
        assert f"pictures/{picture.name}" in text
