"""Measures the HTML report in a real browser: `python bench/html_timing.py [--entries 10000] [--keys 30]`.

A report of so many entries is opened from a file and filtered key by key. Told are the time from a key to the
paint that shows its result, as the page's own clock and as the browser's event timing see it, and the longest
task from opening the page to the last key. Chromium is looked for as the tests do.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from browser.chromium import FLAGS, chromium
from golden_report import GOLDEN

from rlhf_linkcheck.report import Report, summarize
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
    """Print what was measured; 1 where a budget is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--keys", type=int, default=30)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="rlhf-linkcheck-html-") as folder:
        path = Path(folder, "report.html")
        with path.open("w", encoding="utf-8") as file:
            file.writelines(REPORTERS["html"].parts(large(options.entries), Style()))
        measured = measure(path, options.keys)
        size = path.stat().st_size
    key, task = statistics.median(measured["paints"]), max(measured["tasks"], default=0)
    _say(f"{options.entries:,} entries, {size / 1e6:.1f} MB; ready after {measured['ready']:,.0f} ms")
    _say(f"key to paint: median {key:.1f} ms of {KEY_MS}, worst {max(measured['paints']):.1f} ms ({options.keys} keys)")
    _say(f"event timing: worst {max(measured['events'], default=0):.0f} ms")
    _say(f"longest task: {task:.0f} ms of {TASK_MS} (tasks over 50 ms: {len(measured['tasks'])})")
    _say(f"share of the budget: {key / KEY_MS:.2f} and {task / TASK_MS:.2f}")
    return int(key >= KEY_MS or task >= TASK_MS)


def large(entries: int) -> Report:
    """The golden report over and over, each time with entries and links of its own."""
    copies = [_copy(number) for number in range(-(-entries // len(GOLDEN.entries)))]
    kept = tuple(entry for copy in copies for entry in copy.entries)[:entries]
    links = tuple(link for copy in copies for link in copy.links)
    findings = tuple(finding for copy in copies for finding in copy.findings)
    return replace(
        GOLDEN,
        entries=kept,
        links=links,
        findings=findings,
        summary=summarize(len(kept), links, findings, GOLDEN.sources, GOLDEN.records),
    )


def _copy(number: int) -> Report:
    def own(name: str | None) -> str | None:
        return name and f"{name}-{number}"

    return replace(
        GOLDEN,
        entries=tuple(replace(each, id=f"{each.id}-{number}") for each in GOLDEN.entries),
        links=tuple(
            replace(each, url=f"{each.url}?{number}", entries=tuple(f"{name}-{number}" for name in each.entries))
            for each in GOLDEN.links
        ),
        findings=tuple(replace(each, entry=own(each.entry)) for each in GOLDEN.findings),
    )


def measure(path: Path, keys: int) -> dict[str, Any]:
    """Open the page, scroll through it, sort it and press so many keys."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.add_init_script(_WATCH)
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]")
        ready = page.evaluate("performance.now()")
        _use(page, keys)
        measured = page.evaluate("({tasks, events, paints})")
        browser.close()
    return {"ready": ready, **json.loads(json.dumps(measured))}


def _use(page: Page, keys: int) -> None:
    letters = "".join(_WORDS) * (keys // len("".join(_WORDS)) + 1)
    page.locator("#q").focus()
    for number, letter in enumerate(letters[:keys]):
        if number % 8 == 0:
            page.locator("#q").fill("")
        page.keyboard.press(letter)
        page.wait_for_function("(number) => paints.length > number", arg=number)
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
