"""`audit`: nights acted out with a clock of their own, over real sockets."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from audit_nights import A_IS_DEAD, A_IS_ILL, ALIVE, LIST, NOBODY, QUICK, Audits, day
from builders import NOON
from commandline import Run
from golden_report import EMPTY

from rlhf_linkcheck import simweb
from rlhf_linkcheck.cli.folder import badge_of
from rlhf_linkcheck.report import Summary


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
    # There was none before them: what the second finds is not new since the first.
    assert [len(night.report["history"]["audits"]) for night in nights] == [0, 0, 0]
    assert [night.out.partition(",")[0] for night in nights] == ["No earlier audit of the whole list is known"] * 3


def test_what_follows_sooner_than_an_hour_is_not_new_for_ever(audit: Audits) -> None:
    nights = [audit(A_IS_ILL, number * 5 / 24 / 6, "--fail-on", "warning") for number in range(4)]
    assert [night.code for night in nights] == [1, 1, 0, 0]
    assert [night.points for night in nights] == [0, 0, 1, 1]


def test_an_audit_that_is_run_again_is_as_red_over_what_is_graver(audit: Audits) -> None:
    Path("rlhf-linkcheck.toml").write_text("suspect-audits = 2\nsuspect-days = 1\n")
    nights = [audit(A_IS_DEAD, number) for number in (0, 1, 1 + 1 / 48, 1 + 1 / 24)]
    assert [night.code for night in nights] == [0, 1, 1, 0]
    assert nights[2].findings == nights[1].findings == [("LNK101", "error", day(0), True)]


@pytest.mark.parametrize("memory", [(), ("--no-state",)], ids=["state", "report"])
def test_what_is_graver_every_other_night_is_graver_once(audit: Audits, memory: tuple[str, ...]) -> None:
    shy = A_IS_ILL.replace("500", "403")
    nights = [
        audit(world, number, "--fail-on", "warning", *memory)
        for number, world in enumerate((shy, A_IS_ILL, shy, shy, A_IS_ILL))
    ]
    assert [night.code for night in nights] == [0, 1, 0, 0, 0]
    assert [night.findings for night in nights] == [
        [("LNK105", "info", None, False)],
        [("LNK104", "warning", day(0), True)],
        [("LNK105", "info", day(0), False)],
        [("LNK105", "info", day(0), False)],
        [("LNK104", "warning", day(0), False)],
    ]
    assert [night.report["findings"][0]["gravest"] for night in nights] == [None, None, "warning", "warning", None]


def test_a_title_that_is_mended_makes_a_dead_link_no_news(audit: Audits) -> None:
    audit(A_IS_ILL, 0)
    Path("entries.yaml").write_text(LIST.replace("On A", "All about A"))
    night = audit(A_IS_ILL, 1)
    assert (night.findings, night.mended) == ([("LNK104", "warning", day(0), False)], [])


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
    assert (doubt.findings, doubt.mended) == ([("LNK104", "info", day(1), False)], [])
    assert doubt.unseen == [("LNK101", "https://a.example/")]
    again = audit(A_IS_DEAD, 2)
    assert (again.findings, again.mended) == ([("LNK101", "warning", day(0), False)], [])


def test_who_only_blinks_is_no_news_until_it_lasts(audit: Audits) -> None:
    """Not in the lead, not by the exit code; nor is that it is there again."""
    audit(ALIVE, 0, "--fail-on", "warning")
    first, ninth = (audit(A_IS_ILL, number, "--fail-on", "warning", "--fail-on-known") for number in (1, 9))
    assert (first.code, first.findings) == (0, [("LNK104", "info", day(1), False)])
    assert first.out.startswith(f"Since the last audit ({day(0)}): nothing has changed.\n")
    (said,) = first.notes
    assert said.startswith("blinked: 1 link that was seen before could not be reached (https://a.example/); ")
    assert said.endswith("; no news until that has lasted 14 days")
    message = first.report["findings"][0]["message"]
    assert message.endswith(f" (blinked: so since {day(1)}; a warning once that has lasted 14 days)")
    assert (ninth.code, ninth.findings) == (0, [("LNK104", "info", day(1), False)])
    last = audit(A_IS_ILL, 15, "--fail-on", "warning")
    assert (last.code, last.findings) == (1, [("LNK104", "warning", day(1), True)])
    assert last.out.startswith(f"Since the last audit ({day(9)}): 1 graver than before (LNK104 1).\n")
    assert (last.notes, audit(A_IS_ILL, 16, "--fail-on", "warning").code) == ([], 0)
    shy = audit("{a.example: {/: 403}, b.example: {/: 200}}", 17, "--fail-on", "warning")
    assert (shy.code, shy.findings, shy.mended) == (0, [("LNK105", "warning", day(1), False)], [])
    back = audit(ALIVE, 18)
    assert (back.recovered, back.mended) == (["https://a.example/"], ["LNK105"])


def test_who_dies_after_a_long_silence_is_not_mended_by_that_and_comes_back_from_the_dead(audit: Audits) -> None:
    audit(A_IS_ILL, 0)
    died = audit(A_IS_DEAD, 1)
    assert (died.findings, died.mended) == ([("LNK101", "warning", None, False)], [])
    assert audit(A_IS_ILL, 2).unseen == [("LNK101", "https://a.example/")]
    assert audit(ALIVE, 3).out.splitlines()[1] == f"back: https://a.example/ (dead since {day(1)})"


def test_an_audit_that_is_cut_short_takes_no_place_in_the_trend(audit: Audits) -> None:
    audit(ALIVE, 0)
    short = audit(A_IS_DEAD, 1 / 48, "--deadline", "0s")
    assert (short.report["complete"], short.points) == (False, 1)
    (point,) = audit(ALIVE, 1).report["history"]["audits"]
    assert (point["alive"], point["complete"]) == (2, True)


def test_who_blinked_is_not_back(audit: Audits) -> None:
    audit(ALIVE, 0)
    audit(A_IS_ILL, 1)
    night = audit(ALIVE, 2)
    assert (night.recovered, night.mended, night.unseen, night.notes) == ([], [], [], [])
    assert night.out.startswith(f"Since the last audit ({day(1)}): nothing has changed.\n")


def test_who_has_never_been_reached_is_news_at_once(audit: Audits) -> None:
    first = audit(A_IS_ILL, 0, "--fail-on", "warning")
    assert (first.code, first.findings) == (1, [("LNK104", "warning", None, False)])
    assert audit(A_IS_ILL, 1, "--fail-on", "warning").findings == [("LNK104", "warning", day(0), False)]
    back = audit(ALIVE, 2)
    assert (back.recovered, back.mended) == (["https://a.example/"], ["LNK104"])


def test_a_night_on_which_most_only_blinked_cries_no_wolf(audit: Audits) -> None:
    """It is no point of the trend either: its numbers tell of the way to the links, not of the list."""
    audit(A_IS_DEAD, 0)
    dim = audit("{a.example: {refuse: true}, b.example: {refuse: true}, example.com: {/: 200}}", 1, "--fail-on=warning")
    assert (dim.code, dim.recovered, dim.mended) == (0, [], [])
    assert dim.findings == [("LNK104", "info", day(1), False)] * 2
    assert dim.unseen == [("LNK101", "https://a.example/")]
    (said,) = dim.notes
    assert said.startswith("blinked: 2 links that were seen before could not be reached (https://a.example/, https://b")
    after = audit(A_IS_DEAD, 2)
    assert after.out.startswith(f"Since the last audit ({day(0)}): nothing has changed.\n")
    assert (after.recovered, after.mended, after.points) == ([], [], 1)
    assert after.findings == [("LNK101", "warning", day(0), False)]
    assert audit(A_IS_DEAD, 3, "--no-state").findings == [("LNK101", "error", day(0), True)]


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


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b"[]"])
def test_a_last_report_that_cannot_be_read_costs_no_night(audit: Audits, text: bytes) -> None:
    audit(A_IS_DEAD, 0)
    Path("linkcheck-report/report.json").write_bytes(text)
    night = audit(A_IS_DEAD, 1)
    assert (night.code, night.findings) == (0, [("LNK101", "warning", day(0), False)])
    assert night.err.startswith("rlhf-linkcheck: linkcheck-report/report.json: no report of this tool: ")
    assert night.err.endswith("; the state file remembers\n")
    assert night.err.count("\n") == 1
    Path("linkcheck-report/report.json").write_bytes(text)
    alone = audit(A_IS_DEAD, 2, "--no-state")
    assert (alone.code, alone.findings) == (0, [("LNK101", "warning", None, False)])
    assert alone.err.endswith("; nothing else remembers, so all is new\n")
    assert audit(A_IS_DEAD, 3, "--no-state").findings == [("LNK101", "warning", day(2), False)]


def test_a_report_that_was_named_may_be_unreadable_where_the_state_file_remembers(audit: Audits) -> None:
    refused = audit(A_IS_DEAD, 0, "--previous", "nowhere.json")
    assert (refused.code, refused.err) == (
        2,
        "rlhf-linkcheck: nowhere.json: cannot be read: No such file or directory\n",
    )
    assert not Path(".rlhf-linkcheck").exists()
    audit(A_IS_DEAD, 0)
    night = audit(A_IS_DEAD, 1, "--previous", "nowhere.json")
    assert (night.code, night.findings) == (0, [("LNK101", "warning", day(0), False)])


def test_the_report_of_a_check_is_no_memory(audit: Audits, run: Run) -> None:
    """It may be of a part, or of answers from memory, and nobody has taken what it tells for known."""
    assert run("check", "--offline", "--report", "json=check.json").code == 0
    words = "rlhf-linkcheck: check.json: tells of no audit, so it is no memory of one: name the report of an audit"
    refused = audit(A_IS_DEAD, 0, "--previous", "check.json")
    assert (refused.code, refused.out, refused.err, refused.report) == (2, "", f"{words}\n", {})
    audit(A_IS_DEAD, 0)
    night = audit(A_IS_DEAD, 1, "--previous", "check.json")
    assert (night.code, night.err) == (0, f"{words}; the state file remembers\n")
    assert night.findings == [("LNK101", "warning", day(0), False)]


@pytest.mark.parametrize("flags", [(), ("--offline", "--out", "part")])
def test_a_memory_that_cannot_be_used_is_said_to_who_wants_to_hear_of_findings_alone(
    audit: Audits, flags: tuple[str, ...]
) -> None:
    """Whether links are asked, by which it is found at once, or not."""
    audit(ALIVE, 0)
    Path(".rlhf-linkcheck/state.sqlite3").write_bytes(b"dear diary, " * 1_000)
    night = audit(ALIVE, 1, "--quiet", *flags)
    assert (night.code, night.err.count("\n")) == (0, 1)
    assert night.err.startswith("rlhf-linkcheck: the state file .rlhf-linkcheck/state.sqlite3 is no state file (")
    assert night.out.startswith("no findings; 2 links: ")


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
    assert "\n\nNothing to mend.\n\nlinks     2: 2 alive\n" in ran.out


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
    dead: int, errors: int, parts: dict[str, Any], message: str, color: str
) -> None:
    summary = Summary(1, 7, 7, dead, 0, 0, 0, 0, 0, errors, 0, 0, 0)
    report = replace(EMPTY, summary=summary, **parts)
    assert badge_of(report) == {"schemaVersion": 1, "label": "links", "message": message, "color": color}
