"""The progress bar: what it shows while links are asked, and that it moves on while all else is."""

import io
from dataclasses import replace

import pytest
from builders import document, entry, evidence

from rlhf_linkcheck.cli.progress import progress_on
from rlhf_linkcheck.config import Audit, Config
from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.plan import Plan, make_plan


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _of_a_hundred_and_forty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "140")


def plan(*, copies: bool = True) -> Plan:
    listed = document(entry("a", "https://a.example/"), entry("b", "https://b.example/", 5))
    return replace(make_plan((listed,), Config(audit=Audit()), network=True), copies=copies)


def drawn(asked: Plan, *told: tuple[str, Reason]) -> str:
    """The bar as it stands in the end, before it is taken away."""
    stream = Terminal()
    with progress_on(stream, wanted=True) as on_plan:
        on_answer = on_plan(asked)
        for address, reason in told:
            on_answer(address, evidence(reason))
    lines = [line for line in stream.getvalue().replace("\r", "\n").split("\n") if "dead ·" in line]
    return lines[-1]


A, B = "https://a.example/", "https://b.example/"


@pytest.mark.parametrize(
    ("copies", "told", "begins", "numbers"),
    [
        (True, [], "asking ", "0/2 0 dead · 0 uncertain"),
        (True, [(A, Reason.NOT_FOUND)], "asking ", "1/2 1 dead · 0 uncertain"),
        (True, [(A, Reason.TIMEOUT), (A, Reason.OK)], "asking ", "1/2 0 dead · 0 uncertain"),
        (True, [(A, Reason.OK), (B, Reason.TIMEOUT)], "following up ", "2/2 0 dead · 1 uncertain"),
        (
            True,
            [(A, Reason.OK), (B, Reason.GONE)],
            "following up and looking for copies ",
            "2/2 1 dead · 0 uncertain",
        ),
        (False, [(A, Reason.OK), (B, Reason.GONE)], "following up ", "2/2 1 dead · 0 uncertain"),
    ],
)
def test_the_bar_says_what_is_going_on_to_the_end(
    copies: bool, told: list[tuple[str, Reason]], begins: str, numbers: str
) -> None:
    line = drawn(plan(copies=copies), *told)
    assert begins in line
    assert numbers in line


@pytest.mark.parametrize(("stream", "wanted"), [(io.StringIO(), True), (Terminal(), False)])
def test_nothing_is_drawn_where_nobody_looks_or_wants_it(stream: io.StringIO, wanted: bool) -> None:
    with progress_on(stream, wanted=wanted) as on_plan:
        on_plan(plan())(A, evidence(Reason.OK))
    assert stream.getvalue() == ""
