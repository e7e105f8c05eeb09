"""`check --since`: old defects are not blamed on a change, and new ones do not hide behind old ones."""

import json
from pathlib import Path
from typing import Any

import pytest
from changed_lists import ILL, OLD, PDF, entry, found
from changes_in_git import commit, git, repository
from commandline import Run

# Whole runs, whose parts are measured where they are tested.
pytestmark = pytest.mark.unmeasured


def test_an_old_defect_is_not_that_of_a_change_which_renames_the_id(judge: Any) -> None:
    report = judge({"entries__yaml": OLD + ILL}, {"entries__yaml": ILL.replace("id: ill", "id: other") + OLD})
    assert (report["findings"], report["entries"]) == ([], [])


@pytest.mark.parametrize("above", [True, False])
def test_a_defect_that_an_old_entry_has_as_well_is_found_in_the_new_one(judge: Any, above: bool) -> None:
    nameless = OLD.replace("id: old\n  ", "")
    new = nameless.replace("old", "new")
    report = judge({"entries__yaml": nameless}, {"entries__yaml": new + nameless if above else nameless + new})
    assert found(report) == [("ENT101", "on-new", 1 if above else 4)]


@pytest.mark.parametrize("above", [True, False])
def test_a_slip_in_markdown_that_an_old_entry_has_as_well_is_found_in_the_new_one(judge: Any, above: bool) -> None:
    old, new = (f"- [{name}](https://{name}.example/)\n  - Keyword: a， b\n" for name in ("one", "two"))
    report = judge(
        {"README__md": f"# List\n\n## Papers\n\n{old}"},
        {"README__md": f"# List\n\n## Papers\n\n{new + old if above else old + new}"},
        "README.md",
    )
    assert found(report) == [("ENT107", "two", 6 if above else 8)]


def test_a_defect_does_not_move_from_an_old_entry_to_a_new_one(judge: Any) -> None:
    new = entry("ill", "https://new.example/", "yeer: 2024", title="New")
    report = judge({"entries__yaml": OLD + ILL}, {"entries__yaml": OLD + new})
    assert found(report) == [("ENT101", "ill", 9)]


@pytest.mark.parametrize(
    ("url", "title", "code", "line"),
    [
        ("https://old.example/a", "Another", "DUP101", 4),
        ("https://new.example/", "On old", "DUP102", 3),
    ],
)
def test_who_repeats_an_entry_is_the_new_one_also_where_the_old_one_was_edited(
    judge: Any, url: str, title: str, code: str, line: int
) -> None:
    new = entry("new", url, title=title)
    report = judge({"entries__yaml": OLD}, {"entries__yaml": new + entry("old", "https://old.example/a", "note: x")})
    assert found(report) == [(code, "new", line)]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_an_id_that_two_old_entries_share_is_the_new_ones_where_a_third_has_it(judge: Any, number: int) -> None:
    shared = [entry("a", f"https://{name}.example/", title=name) for name in "bcd"]
    now = [shared[1], shared[2]]
    now.insert(number, shared[0])
    report = judge({"entries__yaml": shared[1] + shared[2]}, {"entries__yaml": "".join(now)})
    assert found(report) == [("ENT102", "a", 4 * number + 1)]


def test_of_entries_on_one_line_only_the_new_one_is_judged(judge: Any) -> None:
    old = f"{{id: old, category: blog, title: Old, url: '{PDF}'}}"
    new = old.replace("old", "new").replace("Old", "New").replace("2203", "2204")
    report = judge({"entries__yaml": f"[{old}]\n"}, {"entries__yaml": f"[{old}, {new}]\n"})
    assert [one["id"] for one in report["entries"]] == ["new"]
    assert found(report) == [("LNK106", "new", 1)]


def test_a_link_that_the_change_takes_the_aim_from_is_found(judge: Any) -> None:
    page = "# List\n\n- [a](#papers)\n- [b](other.md)\n- [c](docs/)\n- [d](#nowhere)\n- [e](none.md)\n\n## Papers\n\n"
    before = {"README__md": f"{page}- [One](https://a.example/)\n", "other__md": "x"}
    report = judge(before, {"README__md": before["README__md"].replace("## Papers", "## Writings")}, "README.md")
    assert found(report) == [("LNK108", None, 3)]


def test_a_link_to_a_file_that_the_change_takes_away_is_found(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "clone/docs").mkdir(parents=True)
    (tmp_path / "clone/docs/a.md").write_text("x")
    page = "# List\n\n- [b](other.md)\n- [c](/docs)\n- [e](none.md)\n- [f](../x)\n\n## Papers\n\n- [One](https://a.example/)\n"
    folder = repository(tmp_path / "clone", README__md=page, other__md="x")
    git(folder, "rm", "--quiet", "-r", "docs", "other.md")
    commit(folder)
    monkeypatch.chdir(folder)
    report = json.loads(run("check", "README.md", "--since", "main", "--offline", "--format", "json").out)
    assert found(report) == [("LNK101", None, 3), ("LNK101", None, 4)]


def test_an_entry_that_becomes_a_paper_is_judged_as_one(judge: Any) -> None:
    more = "authors: [Ada]", "year: 2024"
    first = entry("first", PDF, *more, title="First", category="paper")
    second = entry("second", PDF, *more, title="Second")
    report = judge(
        {"entries__yaml": first + second},
        {"entries__yaml": first + second.replace("category: blog", "category: paper")},
    )
    assert found(report) == [("DUP101", "second", 10)]


def test_what_is_accepted_of_old_entries_excuses_no_new_one(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twins = entry("one", "https://same.example/") + entry("two", "https://same.example/")
    folder = repository(tmp_path / "clone", entries__yaml=twins)
    monkeypatch.chdir(folder)
    git(folder, "checkout", "--quiet", "main")
    assert run("check", "--offline", "--write-baseline", "known.json").code == 0
    commit(folder)
    git(folder, "checkout", "--quiet", "-b", "next")
    commit(folder, entries__yaml=twins + entry("three", "https://same.example/"))
    flags = "--since", "main", "--offline", "--baseline", "known.json", "--format", "json"
    report = json.loads(run("check", *flags).out)
    assert [(*one, report["exit_code"]) for one in found(report)] == [("DUP101", "three", 12, 1)]


def test_of_two_links_that_change_places_both_are_held_against_their_new_titles(judge: Any) -> None:
    other = entry("other", "https://other.example/")
    swapped = entry("old", "https://other.example/") + entry("other", "https://old.example/a")
    report = judge({"entries__yaml": OLD + other}, {"entries__yaml": swapped})
    assert [one["url"] for one in report["links"]] == ["https://other.example/", "https://old.example/a"]


PAGE = """\
# List

- [Papers](#papers)

See [this]().

## Papers

- [One](http://one.example/)
  - Code: [Official](https://github.com/o/n)
- [Two](https://two.example/)
  - Code: [Official]()

## Blogs

- [Three](https://three.example/)
"""


def test_a_heading_by_another_name_touches_none_of_the_links_below_it(judge: Any) -> None:
    renamed = PAGE.replace("## Papers", "## What was read").replace("Papers](#papers", "Read](#what-was-read")
    report = judge(
        {"README__md": PAGE}, {"README__md": renamed + "\n[a](https://new.example/) [that]()\n"}, "README.md"
    )
    assert [one["url"] for one in report["links"]] == ["https://new.example/"]
    assert found(report) == [("ENT103", None, 18)]


@pytest.mark.parametrize(
    ("more", "lines"),
    [("See [this]().\n", [18]), ("[Official]()\n", [18]), ("[this]() and [this]()\n", [18, 18]), ("", [])],
)
def test_of_links_without_an_address_as_many_are_new_as_there_are_more(judge: Any, more: str, lines: list[int]) -> None:
    report = judge({"README__md": PAGE}, {"README__md": f"{PAGE}\n{more}"}, "README.md")
    assert found(report) == [("ENT103", None, line) for line in lines]


def test_an_address_that_an_entry_has_is_asked_where_the_change_brings_it_outside_of_the_entries(judge: Any) -> None:
    report = judge({"README__md": PAGE}, {"README__md": f"{PAGE}\n[b](https://two.example/)\n"}, "README.md")
    assert [one["url"] for one in report["links"]] == ["https://two.example/"]


@pytest.mark.parametrize(("there", "new"), [(OLD, []), (ILL, ["ill"])], ids=["what it was", "another list"])
def test_a_list_that_becomes_a_link_is_held_against_what_it_was(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: str, new: list[str]
) -> None:
    folder = repository(tmp_path / "clone", entries__yaml=OLD, other__yaml=ILL)
    (folder / "lists").mkdir()
    (folder / "lists" / "l.yaml").write_text(there)
    git(folder, "rm", "--quiet", "entries.yaml", "other.yaml")
    (folder / "entries.yaml").symlink_to("lists/l.yaml")
    commit(folder)
    monkeypatch.chdir(folder)
    report = json.loads(run("check", "--since", "main", "--offline", "--format", "json").out)
    assert [one["id"] for one in report["entries"]] == new


def test_a_list_in_a_folder_that_is_a_link_is_held_against_itself(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = repository(tmp_path / "clone")
    (folder / "lists").mkdir()
    (folder / "lists" / "l.yaml").write_text(OLD)
    (folder / "mine").symlink_to("lists")
    base = commit(folder)
    (folder / "mine" / "l.yaml").write_text(OLD + ILL)
    monkeypatch.chdir(folder)
    report = json.loads(run("check", "mine/l.yaml", "--since", base, "--offline", "--format", "json").out)
    assert [one["id"] for one in report["entries"]] == ["ill"]
