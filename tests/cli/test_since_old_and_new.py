"""`check --since`: old defects are not blamed on a change, and new ones do not hide behind old ones."""

import json
from pathlib import Path
from typing import Any

import pytest
from changes_in_git import commit, git, repository
from commandline import Run

# Whole runs, whose parts are measured where they are tested.
pytestmark = pytest.mark.unmeasured


def entry(name: str, url: str, *more: str, title: str = "", category: str = "blog") -> str:
    lines = (f"- id: {name}", f"category: {category}", f"title: {title or f'On {name}'}", f"url: {url}", *more)
    return "\n  ".join(lines) + "\n"


OLD = entry("old", "https://old.example/a")
ILL = entry("ill", "https://ill.example/", "yeer: 2024")
PDF = "https://arxiv.org/pdf/2203.02155"


@pytest.fixture
def judged(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What is found of a change, given what the files were and what they are."""

    def judge(before: dict[str, str], now: dict[str, str], *flags: str) -> dict[str, Any]:
        folder = repository(tmp_path / "clone", **before)
        commit(folder, **now)
        monkeypatch.chdir(folder)
        report: dict[str, Any] = json.loads(
            run("check", "--since", "main", "--offline", "--format", "json", *flags).out
        )
        return report

    return judge


def found(report: dict[str, Any]) -> list[tuple[str, str | None, int]]:
    return [(one["code"], one["entry"], one["line"]) for one in report["findings"]]


def test_an_old_defect_is_not_that_of_a_change_which_renames_the_id(judged: Any) -> None:
    report = judged({"entries__yaml": OLD + ILL}, {"entries__yaml": ILL.replace("id: ill", "id: other") + OLD})
    assert (report["findings"], report["entries"]) == ([], [])


@pytest.mark.parametrize("above", [True, False])
def test_a_defect_that_an_old_entry_has_as_well_is_found_in_the_new_one(judged: Any, above: bool) -> None:
    nameless = OLD.replace("id: old\n  ", "")
    new = nameless.replace("old", "new")
    report = judged({"entries__yaml": nameless}, {"entries__yaml": new + nameless if above else nameless + new})
    assert found(report) == [("ENT101", "on-new", 1 if above else 4)]


@pytest.mark.parametrize("above", [True, False])
def test_a_slip_in_markdown_that_an_old_entry_has_as_well_is_found_in_the_new_one(judged: Any, above: bool) -> None:
    old, new = (f"- [{name}](https://{name}.example/)\n  - Keyword: a， b\n" for name in ("one", "two"))
    report = judged(
        {"README__md": f"# List\n\n## Papers\n\n{old}"},
        {"README__md": f"# List\n\n## Papers\n\n{new + old if above else old + new}"},
        "README.md",
    )
    assert found(report) == [("ENT107", "two", 6 if above else 8)]


def test_a_defect_does_not_move_from_an_old_entry_to_a_new_one(judged: Any) -> None:
    new = entry("ill", "https://new.example/", "yeer: 2024", title="New")
    report = judged({"entries__yaml": OLD + ILL}, {"entries__yaml": OLD + new})
    assert found(report) == [("ENT101", "ill", 9)]


@pytest.mark.parametrize("kept", [True, False])
def test_a_suppression_in_a_new_entry_is_told_whatever_becomes_of_one_in_an_old(judged: Any, kept: bool) -> None:
    old = entry("old", f"{PDF} # linkcheck: ignore[LNK106]")
    new = entry("new", "https://arxiv.org/pdf/2203.02156 # linkcheck: ignore[LNK106]")
    report = judged({"entries__yaml": old}, {"entries__yaml": new + (old if kept else entry("old", PDF))})
    told = [(note["message"], note["line"]) for note in report["notes"] if note["path"]]
    assert told == [("this change adds a suppression: ignore[LNK106]", 4)]


@pytest.mark.parametrize(
    ("url", "title", "code", "line"),
    [
        ("https://old.example/a", "Another", "DUP101", 4),
        ("https://new.example/", "On old", "DUP102", 3),
    ],
)
def test_who_repeats_an_entry_is_the_new_one_also_where_the_old_one_was_edited(
    judged: Any, url: str, title: str, code: str, line: int
) -> None:
    new = entry("new", url, title=title)
    report = judged({"entries__yaml": OLD}, {"entries__yaml": new + entry("old", "https://old.example/a", "note: x")})
    assert found(report) == [(code, "new", line)]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_an_id_that_two_old_entries_share_is_the_new_ones_where_a_third_has_it(judged: Any, number: int) -> None:
    shared = [entry("a", f"https://{name}.example/", title=name) for name in "bcd"]
    now = [shared[1], shared[2]]
    now.insert(number, shared[0])
    report = judged({"entries__yaml": shared[1] + shared[2]}, {"entries__yaml": "".join(now)})
    assert found(report) == [("ENT102", "a", 4 * number + 1)]


def test_of_entries_on_one_line_only_the_new_one_is_judged(judged: Any) -> None:
    old = f"{{id: old, category: blog, title: Old, url: '{PDF}'}}"
    new = old.replace("old", "new").replace("Old", "New").replace("2203", "2204")
    report = judged({"entries__yaml": f"[{old}]\n"}, {"entries__yaml": f"[{old}, {new}]\n"})
    assert [one["id"] for one in report["entries"]] == ["new"]
    assert found(report) == [("LNK106", "new", 1)]


def test_a_link_that_the_change_takes_the_aim_from_is_found(judged: Any) -> None:
    page = "# List\n\n- [a](#papers)\n- [b](other.md)\n- [c](docs/)\n- [d](#nowhere)\n- [e](none.md)\n\n## Papers\n\n"
    before = {"README__md": f"{page}- [One](https://a.example/)\n", "other__md": "x"}
    report = judged(before, {"README__md": before["README__md"].replace("## Papers", "## Writings")}, "README.md")
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


def test_an_entry_that_becomes_a_paper_is_judged_as_one(judged: Any) -> None:
    more = "authors: [Ada]", "year: 2024"
    first = entry("first", PDF, *more, title="First", category="paper")
    second = entry("second", PDF, *more, title="Second")
    report = judged(
        {"entries__yaml": first + second},
        {"entries__yaml": first + second.replace("category: blog", "category: paper")},
    )
    assert found(report) == [("DUP101", "second", 10)]


def test_a_partial_clone_without_the_file_says_so(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = repository(tmp_path / "clone", entries__yaml=OLD + ILL)
    commit(folder, entries__yaml=OLD + ILL + entry("new", "https://new.example/"))
    git(folder, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", f"file://{folder}", "partial")
    monkeypatch.chdir(tmp_path / "partial")
    ran = run("check", "--since", "origin/main", "--offline")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "entries.yaml as at" in ran.err
    assert "where the clone is partial, clone it without `--filter`" in ran.err


@pytest.mark.parametrize("inside", [True, False])
def test_a_configuration_that_was_a_link_is_followed_within_the_repository(
    judged: Any, tmp_path: Path, inside: bool
) -> None:
    (tmp_path / "lenient.toml").write_text('ignore = ["ENT104"]\n')
    (tmp_path / "clone").mkdir()
    (tmp_path / "clone/lenient.toml").write_text('ignore = ["ENT104"]\n')
    (tmp_path / "clone/rlhf-linkcheck.toml").symlink_to("lenient.toml" if inside else "../lenient.toml")
    report = judged({"entries__yaml": OLD}, {"entries__yaml": OLD + entry("new", "not an address")})
    assert report["exit_code"] == (0 if inside else 1)


@pytest.mark.parametrize("target", ["lenient.toml", "../lenient.toml"])
def test_a_configuration_that_a_change_turns_into_a_link_has_no_effect(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    lenient = 'ignore = ["ENT104"]\n'
    (tmp_path / "lenient.toml").write_text(lenient)
    names = {"rlhf-linkcheck__toml": "", "lenient__toml": lenient}
    folder = repository(tmp_path / "clone", entries__yaml=OLD, **names)
    (folder / "rlhf-linkcheck.toml").unlink()
    (folder / "rlhf-linkcheck.toml").symlink_to(target)
    commit(folder, entries__yaml=OLD + entry("new", "not an address"))
    monkeypatch.chdir(folder)
    report = json.loads(run("check", "--since", "main", "--offline", "--format", "json").out)
    assert found(report) == [("ENT104", "new", 8)]


def test_a_revision_that_is_all_but_one_is_none(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository(tmp_path / "clone", entries__yaml=OLD))
    assert "--since ^main: there is no such revision here" in run("check", "--since", "^main", "--offline").err


@pytest.mark.parametrize("revision", [":/the list", "HEAD^{/the list}", "@{0}", "v1"])
def test_a_revision_may_be_named_in_any_way_that_git_knows(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, revision: str
) -> None:
    folder = repository(tmp_path / "clone", entries__yaml=OLD)
    git(folder, "tag", "--annotate", "--message=x", "v1")
    monkeypatch.chdir(folder)
    assert f"since {revision} ({git(folder, 'rev-parse', 'HEAD')[:7]})" in run("check", "--since", revision).out


@pytest.mark.parametrize("revision", ["main", "HEAD", "nowhere"])
def test_where_nothing_is_committed_yet_it_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, revision: str
) -> None:
    folder = repository(tmp_path / "clone", entries__yaml=OLD)
    git(folder, "symbolic-ref", "HEAD", "refs/heads/unborn")
    monkeypatch.chdir(folder)
    ran = run("check", "--since", revision, "--offline")
    assert f"--since {revision}: HEAD has no commit yet to hold against it; check without --since" in ran.err


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


def test_a_configuration_that_a_partial_clone_lacks_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = repository(tmp_path / "clone", entries__yaml=OLD, own__toml="")
    git(folder, "config", "uploadpack.allowFilter", "true")
    commit(folder, own__toml='select = ["LNK"]\n')
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", f"file://{folder}", "partial")
    monkeypatch.chdir(tmp_path / "partial")
    ran = run("check", "--since", "origin/main", "--offline", "--config", "own.toml")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "own.toml as at" in ran.err


def test_a_configuration_that_is_a_link_to_itself_is_none(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "clone").mkdir()
    (tmp_path / "clone/own.toml").symlink_to("own.toml")
    monkeypatch.chdir(repository(tmp_path / "clone", entries__yaml=OLD))
    ran = run("check", "--since", "main", "--offline", "--config", "own.toml")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "own.toml: is not in main" in ran.err


def test_of_two_links_that_change_places_both_are_held_against_their_new_titles(judged: Any) -> None:
    other = entry("other", "https://other.example/")
    swapped = entry("old", "https://other.example/") + entry("other", "https://old.example/a")
    report = judged({"entries__yaml": OLD + other}, {"entries__yaml": swapped})
    assert [one["url"] for one in report["links"]] == ["https://other.example/", "https://old.example/a"]


@pytest.mark.parametrize(
    ("silenced", "said"),
    [
        (ILL.replace("ill.example/", "ill.example/ # linkcheck: ignore[ENT104]"), False),
        (ILL.replace("yeer: 2024", "yeer: 2024 # linkcheck: ignore[ENT101]"), False),
        (ILL.replace("2024", "2025 # linkcheck: ignore[LNK106]"), False),
        (ILL.replace("ill", "new").replace("2024", "2024 # linkcheck: ignore[ENT104]"), True),
    ],
    ids=["no defect there", "an old defect", "the value is new", "the entry is new"],
)
def test_what_an_old_entry_needs_a_suppression_for_is_not_known(judged: Any, silenced: str, said: bool) -> None:
    report = judged({"entries__yaml": OLD + ILL}, {"entries__yaml": OLD + silenced})
    words = [note["message"] for note in report["notes"] if note.get("path")]
    assert [word.startswith("this change adds a suppression: ignore[") for word in words] == [True, *[False] * said]
    assert words[1:] == ["ignore[ENT104] is not needed any more"] * said


@pytest.mark.parametrize(("address", "said"), [("https://b.example/", True), ("https://a.example/", False)])
def test_outside_of_entries_it_is_known_of_new_links_alone(judged: Any, address: str, said: bool) -> None:
    page = "# List\n\n[a](https://a.example/)\n\n## Papers\n\n- [One](https://one.example/)\n"
    brought = f"[a]({address}) <!-- linkcheck: ignore[ENT104] -->"
    report = judged({"README__md": page}, {"README__md": page.replace("[a](https://a.example/)", brought)}, "README.md")
    assert ("ignore[ENT104] is not needed any more" in [note["message"] for note in report["notes"]]) is said


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


def test_a_heading_by_another_name_touches_none_of_the_links_below_it(judged: Any) -> None:
    renamed = PAGE.replace("## Papers", "## What was read").replace("Papers](#papers", "Read](#what-was-read")
    report = judged(
        {"README__md": PAGE}, {"README__md": renamed + "\n[a](https://new.example/) [that]()\n"}, "README.md"
    )
    assert [one["url"] for one in report["links"]] == ["https://new.example/"]
    assert found(report) == [("ENT103", None, 18)]


@pytest.mark.parametrize(
    ("more", "lines"),
    [("See [this]().\n", [18]), ("[Official]()\n", [18]), ("[this]() and [this]()\n", [18, 18]), ("", [])],
)
def test_of_links_without_an_address_as_many_are_new_as_there_are_more(
    judged: Any, more: str, lines: list[int]
) -> None:
    report = judged({"README__md": PAGE}, {"README__md": f"{PAGE}\n{more}"}, "README.md")
    assert found(report) == [("ENT103", None, line) for line in lines]


def test_an_address_that_an_entry_has_is_asked_where_the_change_brings_it_outside_of_the_entries(judged: Any) -> None:
    report = judged({"README__md": PAGE}, {"README__md": f"{PAGE}\n[b](https://two.example/)\n"}, "README.md")
    assert [one["url"] for one in report["links"]] == ["https://two.example/"]


def test_a_checkout_that_ends_lines_as_windows_does_alters_no_setting(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As git does there by default: core.autocrlf."""
    files = {"b__json": '{\n  "schema_version": 1,\n  "accepted": []\n}\n', "s__json": "{\n}\n"}
    folder = repository(tmp_path / "clone", entries__yaml=OLD, **files, **{"rlhf-linkcheck__toml": "ignore = []\n"})
    for path in folder.glob("[!.]*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    monkeypatch.chdir(folder)
    given = ("--since", "HEAD", "--offline", "--baseline", "b.json", "--schema", "s.json", "--format", "json")
    report = json.loads(run("check", *given).out)
    assert [note["message"].split(" (")[0] for note in report["notes"]] == ["only what was added or changed since HEAD"]


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


HUSH = " # linkcheck: ignore[LNK106]"


@pytest.mark.parametrize(
    ("before", "now", "line"),
    [
        (("", HUSH), (HUSH, ""), 4),
        (("", HUSH), ("", HUSH), None),
        ((HUSH, ""), (HUSH, ""), None),
    ],
    ids=["moved to the address", "left at the note", "left at the address"],
)
def test_a_suppression_that_is_moved_to_silence_something_else_is_told(
    judged: Any, before: tuple[str, str], now: tuple[str, str], line: int | None
) -> None:
    def listed(url: str, hushed: tuple[str, str]) -> str:
        return entry("one", f"{url}{hushed[0]}", f"note: x{hushed[1]}")

    report = judged({"entries__yaml": listed("https://a.example/", before)}, {"entries__yaml": listed(PDF, now)})
    told = [note["line"] for note in report["notes"] if note["message"].startswith("this change adds a suppression")]
    assert told == ([] if line is None else [line])


def test_outside_of_entries_a_suppression_is_that_of_the_links_beside_it(judged: Any) -> None:
    page = "# List\n\n[a](https://a.example/){}\n\n[b]({}){}\n\n## Papers\n\n- [One](https://one.example/)\n"
    hush = " <!-- linkcheck: ignore[LNK106] -->"
    report = judged(
        {"README__md": page.format(hush, "https://b.example/", "")},
        {"README__md": "\n" + page.format("", PDF, hush)},
        "README.md",
    )
    told = [note["line"] for note in report["notes"] if note["message"].startswith("this change adds a suppression")]
    assert told == [6]
