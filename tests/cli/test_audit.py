"""`audit`: nights acted out with a clock of their own, over real sockets."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from builders import NOON
from commandline import Run
from golden_report import EMPTY

from rlhf_linkcheck import pipeline, simweb
from rlhf_linkcheck.cli import flags as flags_of_runs
from rlhf_linkcheck.cli.folder import badge_of
from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.report import Summary

QUICK = ("--interval", "0", "--timeout", "5", "--retries", "0")
LIST = """\
- id: a
  category: blog
  title: On A
  url: https://a.example/
- id: b
  category: blog
  title: On B
  url: https://b.example/
"""


@dataclass(frozen=True)
class Night:
    code: int
    out: str
    err: str
    report: dict[str, Any]

    @property
    def findings(self) -> list[tuple[str, str, str | None, bool]]:
        """Code, severity, the day since when it is known, and whether it is graver than it was."""
        return [
            (one["code"], one["severity"], one["known_since"] and one["known_since"][:10], one["has_risen"])
            for one in self.report["findings"]
        ]

    @property
    def recovered(self) -> list[str]:
        return [one["url"] for one in self.report["history"]["recovered"]]

    @property
    def mended(self) -> list[str]:
        return [one["about"]["code"] for one in self.report["history"]["mended"]]


Audits = Callable[..., Night]


@pytest.fixture
def audit(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Audits:
    monkeypatch.chdir(tmp_path)
    Path("entries.yaml").write_text(LIST)
    # Two seconds a night before what looks dead is asked again.
    monkeypatch.setattr(flags_of_runs, "NetworkConfig", partial(NetworkConfig, backoff=0.01))

    def one(hosts: str, days: float, *flags: str) -> Night:
        now = NOON + timedelta(days=days)
        monkeypatch.setattr(pipeline, "_now", lambda: now)
        with simweb.serve(simweb.Scenario.parse(f"hosts: {hosts}")) as web:
            # The web is another one each night, and so is the way to it: what is remembered of links is another's.
            ran = run("audit", *QUICK, *web.options, *flags)
        return Night(ran.code, ran.out, ran.err, json.loads(Path("linkcheck-report/report.json").read_text()))

    return one


ALIVE = "{a.example: {/: 200}, b.example: {/: 200}}"
A_IS_DEAD = "{a.example: {/: 404}, b.example: {/: 200}}"
A_IS_ILL = "{a.example: {/: 500}, b.example: {/: 200}}"
NOBODY = "{a.example: {refuse: true}, b.example: {refuse: true}, example.com: {refuse: true}}"


def day(number: int) -> str:
    return f"{NOON + timedelta(days=number):%Y-%m-%d}"


def test_a_death_is_a_warning_at_first_and_an_error_that_is_news_once_it_is_sure(audit: Audits) -> None:
    assert audit(ALIVE, 0).findings == []
    first, second, third, fourth = (audit(A_IS_DEAD, number) for number in (1, 2, 3, 4))
    assert (first.code, first.findings) == (0, [("LNK101", "warning", None, False)])
    assert (second.code, second.findings) == (0, [("LNK101", "warning", day(1), False)])
    assert (third.code, third.findings) == (1, [("LNK101", "error", day(1), True)])
    assert (fourth.code, fourth.findings) == (0, [("LNK101", "error", day(1), False)])
    assert "suspect: found dead once, first on" in first.report["findings"][0]["message"]
    assert f"dead since {day(1)}" in third.report["findings"][0]["message"]
    assert third.out.startswith(f"Since the last audit ({day(2)}): 1 graver than before (LNK101 1).\n")
    assert third.out.splitlines()[1] == "graver: entries.yaml:4 LNK101 https://a.example/"
    assert fourth.out.startswith(f"Since the last audit ({day(3)}): nothing has changed.\n")
    fifth = audit(A_IS_DEAD, 5, "--fail-on-known")
    assert fifth.code == 1
    back = audit(ALIVE, 6)
    assert (back.code, back.findings, back.recovered, back.mended) == (0, [], ["https://a.example/"], ["LNK101"])
    past = next(one["past"] for one in back.report["links"] if one["url"] == "https://a.example/")
    assert (past["failures"], past["flaps"], past["first_seen"]) == (0, 1, f"{NOON:%Y-%m-%dT%H:%M:%SZ}")


def test_three_audits_of_one_hour_are_one(audit: Audits) -> None:
    nights = [audit(A_IS_DEAD, number / 24 / 4) for number in range(3)]
    assert [night.findings for night in nights] == [[("LNK101", "warning", None, False)]] * 3
    assert [len(night.report["history"]["audits"]) for night in nights] == [0, 1, 1]


def test_how_sure_an_audit_must_be_is_for_the_configuration(audit: Audits) -> None:
    Path("rlhf-linkcheck.toml").write_text("suspect-audits = 1\nsuspect-days = 0\nuncertain-days = 2\n")
    assert audit(A_IS_DEAD, 0).code == 1
    ill = [audit("{a.example: {/: 403}, b.example: {/: 200}}", number).findings for number in (1, 2, 3)]
    assert [one[0][:2] for one in ill] == [("LNK105", "info"), ("LNK105", "info"), ("LNK105", "warning")]


def test_who_cannot_be_reached_for_a_fortnight_is_spoken_of_louder(audit: Audits) -> None:
    shy = "{a.example: {/: 403}, b.example: {/: 200}}"
    nights = [audit(shy, number) for number in (0, 13, 14)]
    assert [night.findings[0][1] for night in nights] == ["info", "info", "warning"]
    assert f"(so since {day(0)})" in nights[2].report["findings"][0]["message"]


def test_a_night_of_doubt_makes_nothing_new_and_mends_nothing(audit: Audits) -> None:
    audit(A_IS_DEAD, 0)
    doubt = audit(A_IS_ILL, 1)
    assert (doubt.findings, doubt.mended) == ([("LNK104", "warning", None, False)], [])
    assert [one["about"]["code"] for one in doubt.report["history"]["unseen"]] == ["LNK101"]
    again = audit(A_IS_DEAD, 2)
    assert (again.findings, again.mended) == ([("LNK101", "warning", day(0), False)], ["LNK104"])


def test_a_night_without_a_network_is_no_audit(audit: Audits) -> None:
    audit(A_IS_DEAD, 0)
    dark = audit(NOBODY, 1)
    assert (dark.code, dark.report["no_way_out"], dark.recovered, dark.mended) == (3, True, [], [])
    assert dark.out.startswith(f"Since the last audit ({day(0)}): nothing could be looked at.\n")
    assert audit(A_IS_DEAD, 2).findings == [("LNK101", "warning", day(0), False)]


def test_a_host_is_back_in_one_line_and_who_comes_back_again_is_counted(audit: Audits) -> None:
    Path("entries.yaml").write_text(
        "".join(
            f"- {{id: {name}, category: blog, title: On {name}, url: 'https://{url}'}}\n"
            for name, url in (("a", "a.example/"), *((f"s{number}", f"site.example/{number}") for number in range(3)))
        )
    )
    alive = "{a.example: {/: 200}, site.example: {/*: 200}}"
    dead = alive.replace("/: 200", "/: 404", 1)
    audit(alive, 0)
    audit("{a.example: {/: 404}, site.example: {refuse: true}}", 1)
    back = audit(alive, 2)
    assert back.out.splitlines()[1:3] == [
        f"back: https://a.example/ (dead since {day(1)})",
        f"site.example is back: 3 links (uncertain since {day(1)})",
    ]
    assert len(back.recovered) == 4
    again = audit(dead, 3)
    assert "; it died once before and came back; an error once" in again.report["findings"][0]["message"]
    assert audit(alive, 4).out.splitlines()[1] == f"back: https://a.example/ (dead since {day(3)}), for the 2nd time"
    told = Path("linkcheck-report/report.sarif").read_text()
    assert f"back: https://a.example/ (dead since {day(3)}), for the 2nd time" in told


def test_where_the_state_is_lost_the_last_report_remembers(audit: Audits) -> None:
    audit(A_IS_DEAD, 0, "--no-state")
    second = audit(A_IS_DEAD, 1, "--no-state")
    third = audit(A_IS_DEAD, 2, "--no-state")
    assert (second.findings, third.findings) == (
        [("LNK101", "warning", day(0), False)],
        [("LNK101", "error", day(0), True)],
    )
    Path("linkcheck-report/report.json").rename("kept.json")
    elsewhere = audit(A_IS_DEAD, 3, "--no-state", "--previous", "kept.json")
    assert elsewhere.findings == [("LNK101", "error", day(0), False)]


@pytest.mark.parametrize("broken", ["", "null", '{"schema_version": 1}'])
def test_a_broken_last_report_costs_nothing_where_the_state_remembers(audit: Audits, broken: str) -> None:
    audit(A_IS_DEAD, 0)
    last = Path("linkcheck-report/report.json")
    last.write_text(broken)
    second = audit(A_IS_DEAD, 1)
    assert (second.code, second.findings) == (0, [("LNK101", "warning", day(0), False)])
    assert second.err.startswith("rlhf-linkcheck: linkcheck-report/report.json: no report of this tool: ")
    assert second.err.endswith("; the state file alone remembers\n")


@pytest.mark.parametrize("flags", [("--no-state",), ("--previous", "linkcheck-report/report.json")])
def test_a_broken_last_report_is_no_memory_to_go_by_alone(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flags: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("entries.yaml").write_text(LIST)
    Path("linkcheck-report").mkdir()
    Path("linkcheck-report/report.json").write_text("null")
    ran = run("audit", *flags)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith("rlhf-linkcheck: linkcheck-report/report.json: no report of this tool: ")


def test_all_reports_are_there_or_the_old_ones(audit: Audits) -> None:
    audit(ALIVE, 0)
    names = {"report.json", "report.md", "report.html", "report.sarif", "badge.json"}
    assert {path.name for path in Path("linkcheck-report").iterdir()} == names
    assert {path.name for path in Path().iterdir() if path.name.startswith(".linkcheck")} == set()
    Path("linkcheck-report/mine.txt").write_text("")
    night = audit(ALIVE, 1)
    assert (night.code, night.err.count("\n")) == (2, 1)
    assert "--out: linkcheck-report is replaced as a whole, and holds what is no report (mine.txt)" in night.err


def test_what_was_found_is_said_even_where_no_folder_can_be_made(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name fits, but the scratch folder's beside it, which is longer, does not."""
    monkeypatch.chdir(tmp_path)
    Path("entries.yaml").write_text(LIST)
    with simweb.serve(simweb.Scenario.parse(f"hosts: {ALIVE}")) as web:
        ran = run("audit", *QUICK, *web.options, "--no-state", "--out", "x" * 250)
    assert (ran.code, ran.err) == (2, f"rlhf-linkcheck: --out: {'x' * 250} cannot be written: File name too long\n")
    assert ran.out.startswith("Nothing to mend.\n\nlinks     2: 2 alive\n")


@pytest.mark.parametrize(
    "option",
    [("--since", "main"), ("--offline",), ("--entry", "a"), ("--max-age", "1h"), ("--write-baseline", "b.json")],
)
def test_an_audit_is_one_of_everything(run: Run, option: tuple[str, ...]) -> None:
    ran = run("audit", *option)
    assert (ran.code, ran.err) == (
        2,
        f"rlhf-linkcheck: audit: {option[0]} is for `check`; an audit asks everything anew\n",
    )


@pytest.mark.parametrize(
    ("out", "said"), [("entries.yaml", "is no folder"), ("nowhere/out", "no folder can be made in")]
)
def test_a_folder_that_cannot_be_is_said_before_the_run(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("entries.yaml").write_text(LIST)
    ran = run("audit", "--out", out)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


@pytest.mark.parametrize(
    ("dead", "errors", "parts", "message", "color"),
    [
        (3, 5, {}, "3 dead", "red"),
        (0, 1_234, {}, "1,234 to mend", "orange"),
        (0, 0, {}, "7 alive", "brightgreen"),
        (3, 0, {"complete": False}, "3 dead, not all checked", "red"),
        (0, 0, {"complete": False}, "7 alive, not all checked", "lightgrey"),
        (0, 2, {"complete": False, "no_way_out": True}, "not checked", "lightgrey"),
    ],
)
def test_the_badge_says_the_worst_and_no_more_than_is_known(
    dead: int, errors: int, parts: dict[str, bool], message: str, color: str
) -> None:
    summary = Summary(1, 7, 7, dead, 0, 0, 0, 0, 0, errors, 0, 0, 0)
    report = replace(EMPTY, summary=summary, **parts)  # type: ignore[arg-type]  # a table of keywords
    assert badge_of(report) == {"schemaVersion": 1, "label": "links", "message": message, "color": color}
