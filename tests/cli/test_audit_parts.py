"""`audit` of a part of the list, or with answers from memory: it says nothing about what it did not ask."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from audit_nights import A_IS_DEAD, A_IS_ILL, ALIVE, LIST, QUICK, Audits, Night, day
from builders import NOON
from changes_in_git import repository
from commandline import Run

from rlhf_linkcheck import pipeline
from rlhf_linkcheck.simweb import Scenario, Web, serve
from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.request import Request

# Whole runs, whose parts are measured where they are tested.
pytestmark = pytest.mark.unmeasured

PART = "linkcheck-part"
BOTH_ARE_DEAD = "{a.example: {/: 404}, b.example: {/: 404}}"
KNOWN_OF_A = ("LNK101", "https://a.example/")
SAYS_NOTHING = "the rest is as it was, and these numbers are no point of the trend"


def contents(folder: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def failures(night: Night, url: str) -> int:
    (past,) = (one["past"] for one in night.report["links"] if one["url"] == url)
    found: int = past["failures"]
    return found


def test_some_entries_tell_nothing_of_the_others(audit: Audits) -> None:
    audit(BOTH_ARE_DEAD, 0)
    whole = contents("linkcheck-report")
    part = audit(A_IS_DEAD, 1, "--entry", "b", out=PART)
    assert (part.code, part.findings, part.recovered, part.mended) == (0, [], ["https://b.example/"], ["LNK101"])
    assert (part.unseen, part.points) == ([KNOWN_OF_A], 1)
    assert part.notes == [f"an audit of a part (--entry): {SAYS_NOTHING}"]
    lead = f"Since the last audit ({day(0)}): 1 link back; 1 finding of before is out of sight.\n"
    assert part.out.startswith(lead)
    assert contents("linkcheck-report") == whole
    assert contents(PART).keys() == whole.keys() - {"badge.json"}
    after = audit(A_IS_DEAD, 2)
    assert (after.findings, after.mended, after.points) == ([("LNK101", "warning", day(0), False)], [], 1)
    assert failures(after, "https://a.example/") == 2


def test_an_audit_of_a_part_counts_for_the_links_that_it_asks(audit: Audits) -> None:
    audit(A_IS_DEAD, 0)
    part = audit(A_IS_DEAD, 1, "--entry", "a", out=PART)
    assert part.findings == [("LNK101", "warning", day(0), False)]
    assert failures(audit(A_IS_DEAD, 2), "https://a.example/") == 3


def test_where_the_state_is_lost_after_a_part_the_last_whole_report_remembers(audit: Audits) -> None:
    audit(A_IS_DEAD, 0)
    audit(A_IS_DEAD, 1, "--no-state")
    audit(A_IS_DEAD, 2, "--entry", "b", "--no-state", out=PART)
    assert audit(A_IS_DEAD, 3, "--no-state").findings == [("LNK101", "error", day(0), True)]


def test_a_part_takes_the_place_of_no_whole(audit: Audits) -> None:
    audit(A_IS_DEAD, 0)
    whole = contents("linkcheck-report")
    refused = audit(A_IS_DEAD, 1, "--entry", "b", "--out", "linkcheck-report")
    assert (refused.code, refused.out) == (2, "")
    said = "--out: linkcheck-report remembers an audit of the whole list: name another for one of a part"
    assert refused.err == f"rlhf-linkcheck: {said}\n"
    assert contents("linkcheck-report") == whole


def test_a_parts_report_is_no_memory_of_the_whole(audit: Audits) -> None:
    audit(A_IS_DEAD, 0, "--entry", "b", "--out", "linkcheck-report", "--no-state")
    night = audit(A_IS_DEAD, 1, "--no-state")
    assert (night.findings, night.points) == ([("LNK101", "warning", None, False)], 0)


def test_a_change_tells_nothing_of_the_rest(audit: Audits) -> None:
    repository(Path(), entries__yaml=LIST)
    audit(A_IS_DEAD, 0, "--state", "../state.sqlite3")
    Path("entries.yaml").write_text(LIST + "- {id: c, category: blog, title: On C, url: 'https://c.example/'}\n")
    world = "{a.example: {/: 200}, b.example: {/: 200}, c.example: {/: 404}}"
    part = audit(world, 1, "--state", "../state.sqlite3", "--since", "main", out=PART)
    assert (part.findings, part.mended) == ([("LNK101", "warning", None, False)], [])
    assert (part.unseen, part.points) == ([KNOWN_OF_A], 1)
    assert f"an audit of a part (--since): {SAYS_NOTHING}" in part.notes
    after = audit(world, 2, "--state", "../state.sqlite3")
    assert after.findings == [("LNK101", "warning", day(1), False)]
    assert (after.mended, after.recovered) == (["LNK101"], ["https://a.example/"])


@pytest.mark.parametrize("revision", ["nowhere", "--all"])
def test_a_revision_that_is_none_is_refused(audit: Audits, revision: str) -> None:
    repository(Path(), entries__yaml=LIST)
    night = audit(ALIVE, 0, f"--since={revision}")
    assert (night.code, night.out, night.err.count("\n")) == (2, "", 1)


def test_offline_it_knows_what_is_known_and_asks_nobody(audit: Audits) -> None:
    Path("entries.yaml").write_text(LIST + "- {id: c, category: blog, title: On C, url: ''}\n")
    assert ("ENT103", "error", None, False) in audit(A_IS_DEAD, 0).findings
    for file in Path("linkcheck-report").iterdir():
        file.unlink()
    part = audit("{}", 1, "--offline", out=PART)
    assert (part.code, part.findings) == (0, [("ENT103", "error", day(0), False)])
    assert (part.mended, part.unseen, part.points) == ([], [KNOWN_OF_A], 1)
    assert {one["reason"] for one in part.report["links"]} == {"offline"}
    after = audit(A_IS_DEAD, 2)
    assert [one[:3] for one in after.findings] == [("LNK101", "warning", day(0)), ("ENT103", "error", day(0))]
    assert failures(after, "https://a.example/") == 2


@pytest.mark.parametrize("option", [(), ("--offline", "--out", PART)])
def test_a_state_file_that_cannot_be_used_is_said_once(audit: Audits, option: tuple[str, ...]) -> None:
    Path("state.sqlite3").write_bytes(b"no state at all" * 100)
    night = audit(ALIVE, 0, "--state", "state.sqlite3", *option, out=PART if option else "linkcheck-report")
    assert (night.code, sum("state.sqlite3" in note for note in night.notes)) == (0, 1)


def test_selected_rules_tell_nothing_of_the_others(audit: Audits) -> None:
    audit(A_IS_DEAD, 0)
    part = audit(ALIVE, 1, "--select", "ENT,LNK104", out=PART)
    assert (part.findings, part.mended, part.unseen) == ([], [], [KNOWN_OF_A])
    assert part.notes == [f"an audit of a part (--select): {SAYS_NOTHING}"]


def test_what_the_list_selects_is_its_whole(audit: Audits) -> None:
    Path("rlhf-linkcheck.toml").write_text('select = ["LNK"]\n')
    audit(A_IS_DEAD, 0, "--select", "LNK")
    night = audit(A_IS_DEAD, 1)
    assert (night.notes, night.points, night.findings) == ([], 1, [("LNK101", "warning", day(0), False)])


def test_whoever_says_that_a_link_is_dead_it_is_dead_since_then(audit: Audits) -> None:
    """Without the rules about repositories it is the link itself that the finding is about."""
    Path("entries.yaml").write_text("- {id: t, category: codebase, title: t, url: 'https://github.com/a/t'}\n")
    first = audit("{}", 0)
    assert first.findings == [("REP101", "warning", None, False)]
    part = audit("{}", 1, "--select", "LNK", out=PART)
    assert part.findings == [("LNK101", "warning", day(0), False)]
    again = audit("{}", 2)
    assert (again.mended, again.unseen) == ([], [])
    assert [one[:3] for one in again.findings] == [("REP101", again.findings[0][1], day(0))]


class Site:
    """The only site of a list, whose answer changes, and which counts how often it is asked."""

    status, asked = 200, 0

    def __call__(self, _: Request) -> Behaviour:
        self.asked += 1
        return Behaviour(status=self.status)


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def web(site: Site) -> Iterator[Web]:
    with serve(Scenario.parse("{}"), {"a.example": site}) as running:
        yield running


@pytest.fixture
def here(run: Run, web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Night]:
    """Audits and checks of one link in a web that stays the same, so that what is remembered of it is this one's."""
    monkeypatch.chdir(tmp_path)
    Path("entries.yaml").write_text(LIST.partition("- id: b")[0])

    def one(night: int, *flags: str, command: str = "audit") -> Night:
        monkeypatch.setattr(pipeline, "_now", lambda: NOON + timedelta(days=night))
        ran = run(command, *QUICK, *web.options, "--report", "json=told.json", *flags)
        return Night(ran.code, ran.out, ran.err, json.loads(Path("told.json").read_text()))

    return one


def test_an_audit_asks_all_anew_unless_an_age_is_given(here: Callable[..., Night], site: Site) -> None:
    Path("rlhf-linkcheck.toml").write_text('max-age = "7d"\n')
    here(0)
    asked = site.asked
    young = here(1, "--max-age", "7d")
    assert (site.asked, young.report["links"][0]["from_cache"], young.points) == (asked, True, 1)
    assert young.report["links"][0]["past"]["counted_at"] == f"{NOON:%Y-%m-%dT%H:%M:%SZ}"
    here(2)
    assert site.asked > asked


def test_an_answer_from_memory_takes_nothing_back(here: Callable[..., Night], site: Site) -> None:
    """A check has found the link alive since; an audit has not."""
    site.status = 404
    assert here(0).findings == [("LNK101", "warning", None, False)]
    site.status = 200
    here(1, command="check")
    remembered = here(1, "--max-age", "7d")
    assert (remembered.findings, remembered.recovered, remembered.mended) == ([], [], [])
    assert remembered.unseen == [KNOWN_OF_A]
    fresh = here(2)
    assert (fresh.recovered, fresh.mended) == (["https://a.example/"], ["LNK101"])


def test_what_an_audit_finds_may_be_accepted(audit: Audits) -> None:
    Path("rlhf-linkcheck.toml").write_text("suspect-audits = 1\nsuspect-days = 0\n")
    accepted = audit(A_IS_DEAD, 0, "--write-baseline", "known.json")
    assert (accepted.code, accepted.report["summary"]["suppressed"]) == (0, 1)
    assert accepted.err == "rlhf-linkcheck: known.json: 1 finding is accepted\n"
    night = audit(BOTH_ARE_DEAD, 1, "--baseline", "known.json")
    assert [one["suppressed"] for one in night.report["findings"]] == [True, False]
    assert night.code == 1


@pytest.mark.parametrize("memory", [(), ("--no-state",)], ids=["state", "report"])
@pytest.mark.parametrize("by", ["comment", "baseline", "baseline of tonight"])
def test_what_nobody_wants_to_hear_of_is_neither_out_of_sight_nor_mended(
    audit: Audits, by: str, memory: tuple[str, ...]
) -> None:
    """Also where it was accepted only after the last audit that saw it, or by that audit, which told of it before."""
    if by == "comment":
        Path("entries.yaml").write_text(LIST.replace("a.example/", "a.example/  # linkcheck: ignore[LNK101]"))
    audit(A_IS_DEAD, 0, *memory, *(() if by == "comment" else ("--write-baseline", "known.json")))
    flags = (*memory, *(() if by == "comment" else ("--baseline", "known.json")))
    if by == "baseline":
        audit(A_IS_DEAD, 1, *flags)
    blinks = audit(A_IS_ILL, 2, *flags)
    assert [one["suppressed"] for one in blinks.report["history"]["unseen"]] == [True]
    assert "out of sight" not in blinks.out
    Path("entries.yaml").write_text(LIST[LIST.index("- id: b") :])
    mended = audit(A_IS_DEAD, 3, *flags)
    assert [(one["about"]["code"], one["suppressed"]) for one in mended.report["history"]["mended"]] == [
        ("LNK101", True)
    ]
    assert f"Since the last audit ({day(2)}): nothing has changed.\n" in mended.out


def test_a_baseline_that_cannot_be_written_costs_no_report(audit: Audits) -> None:
    Path("entries.yaml").write_text(LIST + "- {id: [\n")
    night = audit(A_IS_DEAD, 0, "--write-baseline", "known.json")
    assert night.code == 2
    assert "--write-baseline: known.json was not written, for the run is not whole" in night.err
    assert not night.report["complete"]


def test_an_audit_of_a_part_leaves_the_issue_alone(audit: Audits, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "never-sent")
    part = audit(A_IS_DEAD, 0, "--entry", "a", "--issue", "o/list", out=PART)
    said = "an audit of a part (--entry) says nothing about the rest, so its issue is left as it is"
    assert (part.code, part.err) == (0, f"rlhf-linkcheck: o/list: {said}\n")


def test_the_help_lists_what_an_audit_takes(run: Run) -> None:
    told = run("audit", "--help").out
    for option in ("--since", "--offline", "--entry", "--max-age", "--write-baseline", "--select"):
        assert option in told
