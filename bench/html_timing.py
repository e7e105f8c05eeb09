"""Measures the HTML report in a real browser: `make html-timing`, or with `--entries 10000 --keys 40 --visits 5`.

A report of so many entries is opened from a file, filtered key by key, sorted, scrolled through and looked into.
Told are the time from a key to the paint that shows its result, as the page's own clock and as the browser's event
timing see it, and the longest task of each visit. A machine that is busy with something else shows in all of them.
Chromium is looked for as the tests do.
"""

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from browser.chromium import FLAGS, chromium
from large_report import large
from playwright.sync_api import Browser, Page, sync_playwright

from rlhf_linkcheck.reporters import REPORTERS, Style

KEY_MS = 100
"""The budget from a key in the filter to the paint, in the median."""
TASK_MS = 200
"""The budget of any one task."""

_WORDS = ("reward", "human", "language", "diffusion", "noisy")

_WATCH = """
globalThis.tasks = [];
globalThis.events = [];
new PerformanceObserver((list) => tasks.push(...list.getEntries().map((each) => each.duration)))
    .observe({type: "longtask", buffered: true});
new PerformanceObserver((list) => events.push(...list.getEntries().map((each) => each.duration)))
    .observe({type: "event", buffered: true, durationThreshold: 16});
globalThis.paints = [];
addEventListener("keydown", (event) => {
    const pressed = event.timeStamp;
    requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => paints.push(performance.now() - pressed);
        channel.port2.postMessage(null);
    });
}, true);
"""


def main(arguments: Sequence[str]) -> int:
    """Print what was measured; 1 where a budget is exceeded in the median of the visits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--keys", type=int, default=40)
    parser.add_argument("--visits", type=int, default=5)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="rlhf-linkcheck-html-") as folder, sync_playwright() as playwright:
        path = Path(folder, "report.html")
        with path.open("w", encoding="utf-8") as file:
            file.writelines(REPORTERS["html"].parts(large(options.entries), Style()))
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        visits = [_visit(browser, path, options.keys) for _ in range(options.visits)]
        browser.close()
        _say(f"{options.entries:,} entries, {path.stat().st_size / 1e6:.1f} MB, load {os.getloadavg()[0]:.1f}")
    return int(_told(visits))


def _told(visits: Sequence[dict[str, Any]]) -> bool:
    """Whether a budget is exceeded; says what was measured."""
    paints = [paint for visit in visits for paint in visit["paints"]]
    longest = [max(visit["tasks"], default=0) for visit in visits]
    events = [max(visit["events"], default=0) for visit in visits]
    key, task = statistics.median(paints), statistics.median(longest)
    _say(f"ready after {statistics.median(visit['ready'] for visit in visits):,.0f} ms")
    _say(f"key to paint: median {key:.1f} ms, worst {max(paints):.1f} ms of {len(paints)} keys; budget {KEY_MS} ms")
    _say(f"event timing: worst of each visit {', '.join(f'{each:.0f}' for each in events)} ms")
    _say(f"longest task of each visit: {', '.join(f'{each:.0f}' for each in longest)} ms; budget {TASK_MS} ms")
    _say(f"share of the budgets: {key / KEY_MS:.2f} (key to paint), {task / TASK_MS:.2f} (longest task, median)")
    return key >= KEY_MS or task >= TASK_MS


def _visit(browser: Browser, path: Path, keys: int) -> dict[str, Any]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(_WATCH)
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    ready = page.evaluate("performance.now()")
    _use(page, keys)
    measured: dict[str, Any] = page.evaluate("({tasks, events, paints})")
    page.close()
    return {"ready": ready, **measured}


def _use(page: Page, keys: int) -> None:
    letters = "".join(_WORDS) * (keys // len("".join(_WORDS)) + 1)
    page.locator("#q").focus()
    before = page.evaluate("paints.length")
    for number, letter in enumerate(letters[:keys]):
        if number % 8 == 0:
            page.locator("#q").fill("")
        page.keyboard.press(letter)
        page.wait_for_function("(number) => paints.length > number", arg=before + number)
    page.locator("#q").fill("")
    for name in ("title", "section", "time"):
        page.locator(f"[data-sort={name}] button").click()
    for _ in range(20):
        page.mouse.wheel(0, 4_000)
    page.locator(".row-link").first.click()
    page.wait_for_timeout(300)


def _say(text: str) -> None:
    print(text)  # noqa: T201 - this is what the script is for


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
