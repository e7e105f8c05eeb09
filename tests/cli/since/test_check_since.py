"""`check --since`: what a change has touched is judged, and nothing else is mentioned."""

import json
from pathlib import Path

import pytest
from changed_lists import DOWN, LIST, OLD, entry, found, judged, notes
from changes_in_git import commit, git
from commandline import Run

from rlhf_linkcheck import simweb

QUICK = ("--interval", "0", "--timeout", "5", "--retries", "0", "--no-state")


def test_without_a_change_nothing_is_judged(run: Run, clone: Path) -> None:
    report = judged(run, code=0)
    assert (report["entries"], report["links"]) == ([], [])
    short = git(clone, "rev-parse", "main")[:7]
    assert notes(report) == [f"only what was added or changed since main ({short}) is judged: none of 2 entries"]


def test_only_what_is_new_is_judged_wherever_it_stands(run: Run, clone: Path) -> None:
    new = entry("new", "https://arxiv.org/pdf/2203.02155")
    commit(clone, entries__yaml=DOWN.replace("id: ill", "id: renamed") + new + OLD)
    report = judged(run, code=0)
    assert [one["id"] for one in report["entries"]] == ["new"]
    assert [one["url"] for one in report["links"]] == ["https://arxiv.org/pdf/2203.02155"]
    assert found(report) == [("LNK106", "new", 9)]
    assert notes(report)[0].endswith("is judged: 1 of 3 entries")


def test_what_is_not_committed_yet_counts_as_well(run: Run, clone: Path) -> None:
    (clone / "entries.yaml").write_text(LIST + entry("new", "not an address"))
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
    assert found(report) == [("ENT105", "one", 5)]
    assert report["findings"][0]["field"] == "authors[1]"
    assert [one["url"] for one in report["links"]] == ["https://arxiv.org/pdf/2203.02155"], "a title is held against it"


@pytest.mark.parametrize("above", [False, True])
def test_who_repeats_an_old_entry_is_the_new_one_wherever_it_stands(run: Run, clone: Path, above: bool) -> None:
    old = LIST
    new = entry("new", "https://old.example/a") + entry("old", "https://n.example/", title="The same id")
    again = entry("again", "https://ill.example/", title="On ill")
    commit(clone, entries__yaml=new + again + old if above else old + new + again)
    report = judged(run, code=1)
    start = 0 if above else 9
    assert found(report) == [
        ("DUP101", "new", start + 4),
        ("ENT102", "old", start + 5),
        ("DUP102", "again", start + 11),
    ]
    first = 13 if above else 1
    assert [one["related"][0]["line"] for one in report["findings"]] == [first + 3, first, first + 6]
    assert all(f"line {first}" in one["message"] for one in report["findings"] if one["code"] == "ENT102")


def test_a_suppression_that_a_change_brings_along_is_told_to_who_reviews_it(run: Run, clone: Path) -> None:
    silenced = entry("new", "https://arxiv.org/pdf/2203.02155 # linkcheck: ignore[LNK106]")
    commit(clone, entries__yaml=LIST + silenced)
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
    (clone / "papers.yaml").write_text(LIST + entry("new", "https://new.example/"))
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
    commit(clone, entries__yaml=OLD + "]\n")
    git(clone, "checkout", "--quiet", "-b", "mended")
    commit(clone, entries__yaml=LIST)
    assert any("could not be read whole at main" in note for note in notes(judged(run)))


def test_what_cannot_be_read_now_is_always_said(run: Run, clone: Path) -> None:
    commit(clone, entries__yaml=LIST + "]\n")
    assert [one["code"] for one in judged(run, code=1)["findings"]] == ["ENT100"]


def test_only_links_that_a_change_brings_are_asked(run: Run, clone: Path) -> None:
    scenario = (
        "hosts: {ill.example: {/: 500}, gone.example: {/: 404}, fine.example: {/: 200}, control.example: {/: 200}}"
    )
    new = entry("dead", "https://gone.example/"), entry("good", "https://fine.example/")
    commit(clone, entries__yaml=DOWN + new[0] + OLD + new[1])
    with simweb.serve(simweb.Scenario.parse(scenario)) as web:
        ran = run("check", "--since", "main", "--format", "json", *QUICK, *web.options)
        asked = {one.host for one in web.log.requests}
    report = json.loads(ran.out)
    assert (ran.code, found(report)) == (1, [("LNK101", "dead", 9)])
    assert asked == {"gone.example", "fine.example"}
    assert "ill.example" not in ran.out


def test_an_empty_link_outside_the_entries_is_told_where_the_change_brings_it(run: Run, clone: Path) -> None:
    git(clone, "checkout", "--quiet", "main")
    commit(clone, README__md="# List\n\n## Papers\n\n- [One](https://arxiv.org/abs/2203.02155)\n")
    git(clone, "checkout", "--quiet", "-b", "next")
    commit(clone, README__md="# List\n\nSee [this]().\n\n## Papers\n\n- [One](https://arxiv.org/abs/2203.02155)\n")
    assert found(judged(run, "README.md", code=1)) == [("ENT103", None, 3)]


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
