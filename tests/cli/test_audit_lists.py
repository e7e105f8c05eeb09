"""`audit` of several lists, of one list by several names, and of very much that is known: nothing is wrongly new."""

import shutil
from pathlib import Path

import pytest
from audit_nights import A_IS_DEAD, ALIVE, LIST, Audits, day
from changes_in_git import git

# Whole runs, whose parts are measured where they are tested.
pytestmark = pytest.mark.unmeasured

STATE = ("--state", "state.sqlite3")
KNOWN = [("LNK101", "warning", day(0), False)]
NEW = [("LNK101", "warning", None, False)]


@pytest.fixture(params=[False, True], ids=["in no repository", "in a repository"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The folder of the list, which may be a repository's root."""
    if request.param:
        git(tmp_path, "init", "--quiet")
    return tmp_path


@pytest.mark.parametrize("memory", ["state", "report"])
def test_a_list_is_the_same_by_whatever_name(
    audit: Audits, home: Path, monkeypatch: pytest.MonkeyPatch, memory: str
) -> None:
    def night(number: float, name: str) -> list[tuple[str, str, str | None, bool]]:
        out = home / "linkcheck-report"
        told = ("--no-state",) if memory == "report" else ("--state", home / "state.sqlite3")
        if memory == "state":
            shutil.rmtree(out, ignore_errors=True)
        return audit(A_IS_DEAD, number, *told, "--out", out, name, out=str(out)).findings

    audit_of = [night(0, "entries.yaml"), night(0.9, "./entries.yaml"), night(1, str(home / "entries.yaml"))]
    (home / "sub").mkdir()
    monkeypatch.chdir(home / "sub")
    audit_of.append(night(1.5, "../entries.yaml"))
    assert audit_of == [NEW, KNOWN, KNOWN, KNOWN]


@pytest.mark.parametrize("memory", ["state", "report"])
def test_a_list_that_is_renamed_is_the_same(audit: Audits, home: Path, memory: str) -> None:
    told = ("--no-state",) if memory == "report" else STATE
    audit(A_IS_DEAD, 0, *told)
    if memory == "state":
        shutil.rmtree(home / "linkcheck-report")
    (home / "entries.yaml").rename(home / "papers.yaml")
    renamed = audit(A_IS_DEAD, 1, *told, "papers.yaml")
    assert (renamed.findings, renamed.mended, renamed.unseen, renamed.points) == (KNOWN, [], [], 1)
    again = audit(ALIVE, 2, *told, "papers.yaml")
    assert (again.mended, again.unseen, again.points) == (["LNK101"], [], 2)


@pytest.mark.parametrize("memory", ["state", "report"])
def test_another_list_in_the_place_of_one_that_is_gone_is_another(audit: Audits, home: Path, memory: str) -> None:
    told = ("--no-state",) if memory == "report" else STATE
    audit(A_IS_DEAD, 0, *told)
    if memory == "state":
        shutil.rmtree(home / "linkcheck-report")
    (home / "entries.yaml").unlink()
    (home / "papers.yaml").write_text("- {id: c, category: blog, title: On C, url: 'https://c.example/'}\n")
    night = audit("{c.example: {/: 404}}", 1, *told, "papers.yaml")
    assert (night.findings, night.mended, night.unseen, night.points) == (NEW, [], [], 0)


def test_two_lists_share_a_state_file_and_a_folder(audit: Audits, home: Path) -> None:
    (home / "other.yaml").write_text(LIST.replace("a.example", "c.example"))
    world = "{a.example: {/: 404}, b.example: {/: 200}, c.example: {/: 404}}"
    for number, name in enumerate(("entries.yaml", "other.yaml")):
        night = audit(world, number, *STATE, name)
        assert (night.findings, night.mended, night.unseen, night.points) == (NEW, [], [], 0)
    for number, name in enumerate(("entries.yaml", "other.yaml")):
        night = audit(world, 2 + number, *STATE, name)
        assert (night.findings, night.mended, night.unseen) == ([("LNK101", "warning", day(number), False)], [], [])
        assert night.points == 1


def test_lists_of_one_name_in_two_repositories_are_two(
    audit: Audits, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = ("--state", home / "state.sqlite3")
    for name, host in (("one", "a.example"), ("two", "c.example")):
        (home / name).mkdir()
        git(home / name, "init", "--quiet")
        (home / name / "entries.yaml").write_text(LIST.replace("a.example", host))
    world = "{a.example: {/: 404}, b.example: {/: 200}, c.example: {/: 404}}"
    told = []
    for number in range(4):
        monkeypatch.chdir(home / ("one", "two")[number % 2])
        night = audit(world, number, *state)
        told.append((night.findings, night.mended, night.unseen))
    known = [[("LNK101", "warning", day(number), False)] for number in (0, 1)]
    assert told == [(NEW, [], []), (NEW, [], []), (known[0], [], []), (known[1], [], [])]


def test_a_list_that_is_joined_by_another_keeps_what_is_known(audit: Audits, home: Path) -> None:
    audit(A_IS_DEAD, 0, *STATE)
    shutil.rmtree(home / "linkcheck-report")
    (home / "more.yaml").write_text("- {id: c, category: blog, title: On C, url: 'https://c.example/'}\n")
    both = audit(
        "{a.example: {/: 404}, b.example: {/: 200}, c.example: {/: 404}}", 1, *STATE, "entries.yaml", "more.yaml"
    )
    assert both.findings == [*KNOWN, *NEW]


@pytest.mark.parametrize("number", [99, 100, 250])
def test_however_much_is_known_nothing_is_new(audit: Audits, tmp_path: Path, number: int) -> None:
    """By the state file alone, whose rows have their limits; offline, for findings of the text."""
    entries = (f"- {{id: e{one}, category: blog, title: On {one}, url: ''}}\n" for one in range(number))
    (tmp_path / "entries.yaml").write_text("".join(entries))
    first = audit("{}", 0, *STATE, "--select", "ENT103", out="linkcheck-part")
    shutil.rmtree(tmp_path / "linkcheck-part")
    second = audit("{}", 1, *STATE, "--select", "ENT103", out="linkcheck-part")
    assert [one[2] for one in first.findings] == [None] * number
    assert [one[2] for one in second.findings] == [day(0)] * number
    (tmp_path / "entries.yaml").write_text("- {id: e, category: blog, title: On E, url: ''}\n")
    shutil.rmtree(tmp_path / "linkcheck-part")
    third = audit("{}", 2, *STATE, "--select", "ENT103", out="linkcheck-part")
    assert (len(third.mended), third.unseen) == (number, [])


def test_what_no_row_can_hold_as_it_is_is_known_all_the_same(audit: Audits, tmp_path: Path) -> None:
    """Half of a surrogate pair, and a text without end."""
    odd, long = '"\\ud800"', "x" * 70_000
    (tmp_path / "entries.yaml").write_text(
        f"- {{id: {long}, category: blog, title: '', url: ''}}\n- {{id: b, category: blog, title: {odd}, url: ''}}\n"
    )
    first = audit("{}", 0, *STATE)
    shutil.rmtree(tmp_path / "linkcheck-report")
    second = audit("{}", 1, *STATE)
    assert len(first.findings) >= 2
    assert {one[2] for one in second.findings} == {day(0)}
