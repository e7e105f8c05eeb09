"""`check --since`: what a change has touched is judged, and nothing else is mentioned."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from changes_in_git import commit, git, repository
from commandline import Run

from rlhf_linkcheck import simweb

QUICK = ("--interval", "0", "--timeout", "5", "--retries", "0", "--no-state")


def entry(name: str, url: str, *more: str, title: str = "") -> str:
    lines = (f"- id: {name}", "category: blog", f"title: {title or f'On {name}'}", f"url: {url}", *more)
    return "\n  ".join(lines) + "\n"


OLD = entry("old", "https://old.example/a"), entry("ill", "https://ill.example/", "note: an old link that is down")


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = repository(tmp_path / "clone", entries__yaml="".join(OLD))
    monkeypatch.chdir(folder)
    return folder


def judged(run: Run, *flags: str, code: int | None = None) -> dict[str, Any]:
    ran = run("check", "--since", "main", "--offline", "--format", "json", *flags)
    report: dict[str, Any] = json.loads(ran.out)
    assert report["exit_code"] == ran.code
    assert code is None or ran.code == code
    return report


def findings(report: dict[str, Any]) -> list[tuple[str, str | None, int]]:
    return [(one["code"], one["entry"], one["line"]) for one in report["findings"]]


def notes(report: dict[str, Any]) -> list[str]:
    return [note["message"] for note in report["notes"]]


def test_without_a_change_nothing_is_judged(run: Run, clone: Path) -> None:
    report = judged(run, code=0)
    assert (report["entries"], report["links"]) == ([], [])
    short = git(clone, "rev-parse", "main")[:7]
    assert notes(report) == [f"only what was added or changed since main ({short}) is judged: none of 2 entries"]


def test_only_what_is_new_is_judged_wherever_it_stands(run: Run, clone: Path) -> None:
    new = entry("new", "https://arxiv.org/pdf/2203.02155")
    commit(clone, entries__yaml=OLD[1].replace("id: ill", "id: renamed") + new + OLD[0])
    report = judged(run, code=0)
    assert [one["id"] for one in report["entries"]] == ["new"]
    assert [one["url"] for one in report["links"]] == ["https://arxiv.org/pdf/2203.02155"]
    assert findings(report) == [("LNK106", "new", 9)]
    assert notes(report)[0].endswith("is judged: 1 of 3 entries")


def test_what_is_not_committed_yet_counts_as_well(run: Run, clone: Path) -> None:
    (clone / "entries.yaml").write_text("".join(OLD) + entry("new", "not an address"))
    assert [one["code"] for one in judged(run, code=1)["findings"]] == ["ENT104"]


def test_of_a_changed_entry_the_values_that_were_touched_are_spoken_of(run: Run, clone: Path) -> None:
    listed = entry(
        "one",
        "https://arxiv.org/pdf/2203.02155",
        "authors: ['Feng*', Ada]",
        "links:",
        "- {role: code, label: x, url: ''}",
    )
    git(clone, "checkout", "--quiet", "main")
    commit(clone, entries__yaml=listed)
    git(clone, "checkout", "--quiet", "-b", "next")
    commit(clone, entries__yaml=listed.replace("Ada", "'Bob*'").replace("On one", "On two"))
    report = judged(run, code=0)
    assert findings(report) == [("ENT105", "one", 5)]
    assert report["findings"][0]["field"] == "authors[1]"
    assert [one["url"] for one in report["links"]] == ["https://arxiv.org/pdf/2203.02155"], "a title is held against it"


@pytest.mark.parametrize("above", [False, True])
def test_who_repeats_an_old_entry_is_the_new_one_wherever_it_stands(run: Run, clone: Path, above: bool) -> None:
    old = "".join(OLD)
    new = entry("new", "https://old.example/a") + entry("old", "https://n.example/", title="The same id")
    again = entry("again", "https://ill.example/", title="On ill")
    commit(clone, entries__yaml=new + again + old if above else old + new + again)
    report = judged(run, code=1)
    start = 0 if above else 9
    assert findings(report) == [
        ("DUP101", "new", start + 4),
        ("ENT102", "old", start + 5),
        ("DUP102", "again", start + 11),
    ]
    first = 13 if above else 1
    assert [one["related"][0]["line"] for one in report["findings"]] == [first + 3, first, first + 6]
    assert all(f"line {first}" in one["message"] for one in report["findings"] if one["code"] == "ENT102")


def test_a_suppression_that_a_change_brings_along_is_told_to_who_reviews_it(run: Run, clone: Path) -> None:
    silenced = entry("new", "https://arxiv.org/pdf/2203.02155 # linkcheck: ignore[LNK106]")
    commit(clone, entries__yaml="".join(OLD) + silenced)
    report = judged(run, code=0)
    assert [one["suppressed"] for one in report["findings"]] == [True]
    *_, note = report["notes"]
    assert (note["message"], note["path"], note["line"]) == (
        "this change adds a suppression: ignore[LNK106]",
        "entries.yaml",
        13,
    )


def test_of_markdown_the_new_entries_and_links_count(run: Run, clone: Path) -> None:
    page = "# List\n\n[a](https://arxiv.org/pdf/1.1)\n\n## Papers\n\n- [One](https://arxiv.org/pdf/2203.02155)\n"
    git(clone, "checkout", "--quiet", "main")
    commit(clone, README__md=page)
    git(clone, "checkout", "--quiet", "-b", "next")
    more = "- [Two](https://arxiv.org/pdf/2203.02156)\n"
    commit(clone, README__md=page.replace("## Papers\n", f"[b](http://b.example/)\n\n## Papers\n\n{more}"))
    report = judged(run, "README.md")
    assert {one["url"] for one in report["links"]} == {"http://b.example/", "https://arxiv.org/pdf/2203.02156"}
    assert [(one["code"], one["entry"]) for one in report["findings"]] == [("LNK106", "two")]


PAGE = "# List\n\n- [One](https://one.example/)\n"


@pytest.fixture
def listed(clone: Path) -> Path:
    """A list in Markdown alone."""
    git(clone, "checkout", "--quiet", "main")
    git(clone, "rm", "--quiet", "entries.yaml")
    commit(clone, README__md=PAGE)
    git(clone, "checkout", "--quiet", "-b", "next")
    return clone


def test_a_change_cannot_draw_the_check_away_from_the_list_by_bringing_another(run: Run, listed: Path) -> None:
    commit(
        listed,
        entries__yaml=entry("new", "https://new.example/"),
        README__md=PAGE + "- [Two](https://u:p@two.example/)\n",
    )
    report = judged(run, code=1)
    assert report["inputs"] == ["README.md", "entries.yaml"]
    assert [(one["code"], one["path"]) for one in report["findings"]] == [("ENT104", "README.md")]


def test_a_change_that_takes_the_list_away_is_not_checked_by_another(run: Run, clone: Path) -> None:
    git(clone, "checkout", "--quiet", "main")
    commit(clone, README__md=PAGE)
    git(clone, "checkout", "--quiet", "-b", "next")
    git(clone, "rm", "--quiet", "entries.yaml")
    ran = run("check", "--since", "main", "--offline")
    assert (ran.code, ran.out) == (2, "")
    assert "entries.yaml" in ran.err


def test_where_there_was_no_list_the_one_that_there_is_now_is_checked(run: Run, listed: Path) -> None:
    git(listed, "rm", "--quiet", "README.md")
    git(listed, "commit", "--quiet", "--message", "nothing left")
    empty = git(listed, "rev-parse", "HEAD")
    commit(listed, entries__yaml=entry("new", "https://new.example/"))
    ran = run("check", "--since", empty, "--offline", "--format", "json")
    assert json.loads(ran.out)["inputs"] == ["entries.yaml"]


def test_a_file_that_was_renamed_is_held_against_what_it_was(run: Run, clone: Path) -> None:
    git(clone, "mv", "entries.yaml", "papers.yaml")
    (clone / "papers.yaml").write_text("".join(OLD) + entry("new", "https://new.example/"))
    git(clone, "add", "--all")
    report = judged(run, "papers.yaml")
    assert [one["id"] for one in report["entries"]] == ["new"]
    assert {
        "message": f"was entries.yaml at main ({git(clone, 'rev-parse', 'main')[:7]})",
        "path": "papers.yaml",
        "line": None,
        "trouble": False,
    } in report["notes"]


def test_of_a_file_that_was_not_there_all_is_new_and_it_is_said(run: Run, clone: Path) -> None:
    (clone / "more.yaml").write_text(entry("new", "https://new.example/"))
    report = judged(run, "more.yaml")
    assert [one["id"] for one in report["entries"]] == ["new"]
    assert any("so all of it is new" in note for note in notes(report))


def test_a_base_that_could_not_be_read_whole_is_said(run: Run, clone: Path) -> None:
    git(clone, "checkout", "--quiet", "main")
    commit(clone, entries__yaml=OLD[0] + "]\n")
    git(clone, "checkout", "--quiet", "-b", "mended")
    commit(clone, entries__yaml="".join(OLD))
    assert any("could not be read whole at main" in note for note in notes(judged(run)))


def test_what_cannot_be_read_now_is_always_said(run: Run, clone: Path) -> None:
    commit(clone, entries__yaml="".join(OLD) + "]\n")
    assert [one["code"] for one in judged(run, code=1)["findings"]] == ["ENT100"]


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("nowhere", "--since nowhere: there is no such revision here; fetch it, or look at its name"),
        ("--help", "--since --help: there is no such revision here"),
        ("-x", "--since -x: there is no such revision here"),
        ("", "--since : there is no such revision here"),
        ("main:entries.yaml", "there is no such revision here"),
    ],
)
def test_a_revision_that_there_is_not_is_one_clear_line(run: Run, clone: Path, revision: str, said: str) -> None:
    assert clone.is_dir()
    ran = run("check", f"--since={revision}", "--offline")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert said in ran.err


def test_a_shallow_clone_without_the_base_says_what_to_do(
    run: Run, clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(clone, entries__yaml="".join(OLD) + entry("new", "https://new.example/"))
    shallow = clone.parent / "shallow"
    git(clone.parent, "clone", "--quiet", "--depth=1", f"file://{clone}", str(shallow))
    monkeypatch.chdir(shallow)
    ran = run("check", "--since", "main", "--offline")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "there is no such revision here; the clone is shallow: fetch more of it" in ran.err
    git(shallow, "fetch", "--quiet", "--depth=1", "origin", "main:main")
    ran = run("check", "--since", "main", "--offline")
    assert "no commit is both in its history and in that of HEAD; the clone is shallow" in ran.err
    git(shallow, "fetch", "--quiet", "--unshallow")
    assert run("check", "--since", "main", "--offline").code == 0


def test_histories_that_have_nothing_in_common_are_said(run: Run, clone: Path) -> None:
    git(clone, "checkout", "--quiet", "--orphan", "alone")
    commit(clone, entries__yaml="".join(OLD))
    ran = run("check", "--since", "main", "--offline")
    assert "in its history and in that of HEAD; they have nothing in common" in ran.err


def test_outside_of_a_repository_there_is_no_since(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os.path, "exists", lambda _: False)  # whatever lies above the tests' own folder
    (tmp_path / "entries.yaml").write_text("".join(OLD))
    assert "entries.yaml lies in no git repository" in run("check", "--since", "main", "--offline").err


def test_an_input_of_another_repository_is_refused(run: Run, clone: Path, tmp_path: Path) -> None:
    other = repository(tmp_path / "other", entries__yaml="".join(OLD))
    ran = run("check", "entries.yaml", other / "entries.yaml", "--since", "main", "--offline")
    assert ran.code == 2
    assert f"{other / 'entries.yaml'} lies outside the repository {clone}" in ran.err


def test_without_git_it_is_said(run: Run, clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(clone))
    assert "there is no git here to ask" in run("check", "--since", "main", "--offline").err


def test_git_that_does_not_answer_is_not_waited_for(
    run: Run, clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = tmp_path / "git"
    silent.write_text("#!/bin/sh\nread forever < fifo\n")
    silent.chmod(0o755)
    os.mkfifo(clone / "fifo")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr("rlhf_linkcheck.git.PATIENCE", 0.1)
    assert "git did not answer within" in run("check", "--since", "main", "--offline").err


FORGED = """\
allow-private = true
connect-to = ["old.example:443:127.0.0.1:9"]
ignore = ["ENT", "LNK"]
exclude = [".*"]
fail-on = "never"
"""


def test_the_configuration_is_that_of_the_base(run: Run, clone: Path) -> None:
    flawed = "".join(OLD) + entry("new", "not an address")
    commit(clone, entries__yaml=flawed, rlhf_linkcheck__toml="", **{"rlhf-linkcheck__toml": FORGED})
    report = judged(run, code=1)
    assert [one["code"] for one in report["findings"]] == ["ENT104"]
    base = git(clone, "rev-parse", "main")[:7]
    assert (
        notes(report)[0]
        == f"the configuration is that at main ({base}): what this change alters in it has no effect yet"
    )
    assert any("«allow-private» has no effect" in note for note in notes(report))
    assert any("«connect-to» has no effect" in note for note in notes(report))


def test_a_configuration_that_the_base_had_counts_also_where_the_change_takes_it_away(run: Run, clone: Path) -> None:
    git(clone, "checkout", "--quiet", "main")
    commit(clone, **{"rlhf-linkcheck__toml": 'ignore = ["ENT104"]\n'})
    git(clone, "checkout", "--quiet", "-b", "next")
    git(clone, "rm", "--quiet", "rlhf-linkcheck.toml")
    commit(clone, entries__yaml="".join(OLD) + entry("new", "not an address"))
    report = judged(run, code=0)
    assert (report["findings"], len(report["notes"])) == ([], 2)


def test_a_configuration_that_cannot_be_read_any_more_is_said_and_has_no_effect(run: Run, clone: Path) -> None:
    commit(clone, **{"rlhf-linkcheck__toml": "ignore = ["})
    assert "the configuration of this change cannot be read, and that at main" in notes(judged(run, code=0))[0]


def test_the_schema_is_that_of_the_base(run: Run, clone: Path) -> None:
    strict = '{"items": {"required": ["year"]}}'
    git(clone, "checkout", "--quiet", "main")
    commit(clone, strict__json=strict)
    git(clone, "checkout", "--quiet", "-b", "next")
    commit(clone, entries__yaml="".join(OLD) + entry("new", "https://new.example/"), strict__json="{}")
    report = judged(run, "--schema", "strict.json", code=1)
    assert [(one["code"], one["entry"]) for one in report["findings"]] == [("ENT101", "new")]
    assert any(note.startswith("strict.json is that at main") for note in notes(report))
    ran = run("check", "--since", "main", "--offline", "--schema", "new.json")
    assert "new.json: is not in main" in ran.err


def test_a_schema_outside_of_the_repository_is_the_operators(run: Run, clone: Path, tmp_path: Path) -> None:
    (tmp_path / "strict.json").write_text('{"items": {"required": ["year"]}}')
    commit(clone, entries__yaml="".join(OLD) + entry("new", "https://new.example/"))
    assert [one["code"] for one in judged(run, "--schema", "../strict.json", code=1)["findings"]] == ["ENT101"]
    ran = run("check", "--since", "main", "--offline", "--schema", "../none.json")
    assert "none.json: cannot be read" in ran.err


def test_only_links_that_a_change_brings_are_asked(run: Run, clone: Path) -> None:
    scenario = (
        "hosts: {ill.example: {/: 500}, gone.example: {/: 404}, fine.example: {/: 200}, control.example: {/: 200}}"
    )
    new = entry("dead", "https://gone.example/"), entry("good", "https://fine.example/")
    commit(clone, entries__yaml=OLD[1] + new[0] + OLD[0] + new[1])
    with simweb.serve(simweb.Scenario.parse(scenario)) as web:
        ran = run("check", "--since", "main", "--format", "json", *QUICK, *web.options)
        asked = {one.host for one in web.log.requests}
    report = json.loads(ran.out)
    assert (ran.code, findings(report)) == (1, [("LNK101", "dead", 9)])
    assert asked == {"gone.example", "fine.example"}
    assert "ill.example" not in ran.out


def test_an_empty_link_outside_the_entries_is_told_where_the_change_brings_it(run: Run, clone: Path) -> None:
    git(clone, "checkout", "--quiet", "main")
    commit(clone, README__md="# List\n\n## Papers\n\n- [One](https://arxiv.org/abs/2203.02155)\n")
    git(clone, "checkout", "--quiet", "-b", "next")
    commit(clone, README__md="# List\n\nSee [this]().\n\n## Papers\n\n- [One](https://arxiv.org/abs/2203.02155)\n")
    assert findings(judged(run, "README.md", code=1)) == [("ENT103", None, 3)]


def test_what_became_of_an_old_link_is_not_told_of_a_change_beside_it(run: Run, clone: Path) -> None:
    """An old link is asked where something new is held against it, and else it is not."""
    amiss = "- {role: project, label: a, url: 'https://ill.example/b'}", "- {role: project, label: b, url: ''}"
    old = [entry(name, f"https://ill.example/{name}", "note: x", "links:", *amiss) for name in ("one", "two", "six")]
    git(clone, "checkout", "--quiet", "main")
    commit(clone, entries__yaml="".join(old))
    git(clone, "checkout", "--quiet", "-b", "next")
    fine = old[1].replace("url: ''", "url: 'https://fine.example/'")
    commit(clone, entries__yaml=old[0].replace("note: x", "note: y") + fine + old[2].replace("On six", "On 6"))
    scenario = "hosts: {ill.example: {/b: 500, /one: 500, /two: 500, /six: 500}, fine.example: {/: 200}}"
    with simweb.serve(simweb.Scenario.parse(scenario)) as web:
        ran = run("check", "--since", "main", "--format", "json", *QUICK, *web.options)
        asked = {f"{one.host}{one.path}" for one in web.log.requests}
    report = json.loads(ran.out)
    assert asked == {"ill.example/six", "fine.example/"}
    assert [one["url"] for one in report["links"]] == ["https://fine.example/"]
    assert (ran.code, report["findings"], report["summary"]["uncertain"]) == (0, [], 0)
    assert [one["id"] for one in report["entries"]] == ["one", "two", "six"]
