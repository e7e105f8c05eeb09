"""Reads what each tool says on standard output, in the form that is meant for machines where it has one."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from race.score import Said

_VERDICTS = {"alive": Said.FINE, "dead": Said.BROKEN}
_LYCHEE = {
    "success_map": Said.FINE,
    "error_map": Said.BROKEN,
    "timeout_map": Said.BROKEN,
    "excluded_map": Said.UNSURE,
}
_STATES = {"OK": Said.FINE, "BROKEN": Said.BROKEN, "SKIPPED": Said.UNSURE}
_MARKED = re.compile(r"\s*\[(.)\] (\S+)")
_MARKS = {"✓": Said.FINE, "✖": Said.BROKEN}


def ours(text: str) -> Iterator[tuple[str, Said]]:
    """Our JSON report."""
    for link in json.loads(text)["links"]:
        yield link["url"], _VERDICTS.get(link["verdict"], Said.UNSURE)


def counts_of_ours(text: str) -> str:
    """Which of its requests ours says to be look-ups: the web cannot tell a probe of a made-up page from one."""
    report = json.loads(text)
    follow_ups = sum(source["follow_ups"] for source in report["sources"])
    return f"counts {report['summary']['requests']} first look-ups itself, and {follow_ups} follow-ups"


def nothing(_: str) -> str:
    """Of a tool that does not tell look-ups and follow-ups apart."""
    return ""


def lychee(text: str) -> Iterator[tuple[str, Said]]:
    """`--format json --verbose`; its ``redirect_map`` tells of ways and not of verdicts, and of each link once more."""
    report = json.loads(text)
    for name, verdict in _LYCHEE.items():
        for found in report.get(name, {}).values():
            for one in found:
                yield one["url"], verdict


def muffet(text: str) -> Iterator[tuple[str, Said]]:
    """`--format json --verbose`: one object for each page that was read."""
    for page in _objects(text):
        for link in page["links"]:
            yield link["url"], Said.BROKEN if "error" in link else Said.FINE


def linkinator(text: str) -> Iterator[tuple[str, Said]]:
    """`--format json`."""
    for link in json.loads(text)["links"]:
        yield link["url"], _STATES.get(link["state"], Said.UNSURE)


def markdown_link_check(text: str) -> Iterator[tuple[str, Said]]:
    """One line for each link, and one more for each that is broken."""
    for line in text.splitlines():
        found = _MARKED.match(line)
        if found:
            yield found[2], _MARKS.get(found[1], Said.UNSURE)


def linkchecker(text: str) -> Iterator[tuple[str, Said]]:
    """`--output csv --verbose`."""
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    for row in csv.DictReader(lines, delimiter=";"):
        yield row["urlname"], Said.FINE if row["valid"] == "True" else Said.BROKEN


def _objects(text: str) -> Iterable[dict[str, Any]]:
    """JSON values that follow each other, or one list of them."""
    decoder, position = json.JSONDecoder(), 0
    while position < len(text):
        value, position = decoder.raw_decode(text, position)
        yield from value if isinstance(value, list) else (value,)
        while position < len(text) and text[position].isspace():
            position += 1
