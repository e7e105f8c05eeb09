"""`check --since` and suppressions: those that a change brings are told, and those of old entries are left alone."""

from typing import Any

import pytest
from changed_lists import ILL, OLD, PDF, entry

# Whole runs, whose parts are measured where they are tested.
pytestmark = pytest.mark.unmeasured


@pytest.mark.parametrize("kept", [True, False])
def test_a_suppression_in_a_new_entry_is_told_whatever_becomes_of_one_in_an_old(judge: Any, kept: bool) -> None:
    old = entry("old", f"{PDF} # linkcheck: ignore[LNK106]")
    new = entry("new", "https://arxiv.org/pdf/2203.02156 # linkcheck: ignore[LNK106]")
    report = judge({"entries__yaml": old}, {"entries__yaml": new + (old if kept else entry("old", PDF))})
    told = [(note["message"], note["line"]) for note in report["notes"] if note["path"]]
    assert told == [("this change adds a suppression: ignore[LNK106]", 4)]


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
def test_what_an_old_entry_needs_a_suppression_for_is_not_known(judge: Any, silenced: str, said: bool) -> None:
    report = judge({"entries__yaml": OLD + ILL}, {"entries__yaml": OLD + silenced})
    words = [note["message"] for note in report["notes"] if note.get("path")]
    assert [word.startswith("this change adds a suppression: ignore[") for word in words] == [True, *[False] * said]
    assert words[1:] == ["ignore[ENT104] is not needed any more"] * said


@pytest.mark.parametrize(("address", "said"), [("https://b.example/", True), ("https://a.example/", False)])
def test_outside_of_entries_it_is_known_of_new_links_alone(judge: Any, address: str, said: bool) -> None:
    page = "# List\n\n[a](https://a.example/)\n\n## Papers\n\n- [One](https://one.example/)\n"
    brought = f"[a]({address}) <!-- linkcheck: ignore[ENT104] -->"
    report = judge({"README__md": page}, {"README__md": page.replace("[a](https://a.example/)", brought)}, "README.md")
    assert ("ignore[ENT104] is not needed any more" in [note["message"] for note in report["notes"]]) is said


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
    judge: Any, before: tuple[str, str], now: tuple[str, str], line: int | None
) -> None:
    def listed(url: str, hushed: tuple[str, str]) -> str:
        return entry("one", f"{url}{hushed[0]}", f"note: x{hushed[1]}")

    report = judge({"entries__yaml": listed("https://a.example/", before)}, {"entries__yaml": listed(PDF, now)})
    told = [note["line"] for note in report["notes"] if note["message"].startswith("this change adds a suppression")]
    assert told == ([] if line is None else [line])


def test_outside_of_entries_a_suppression_is_that_of_the_links_beside_it(judge: Any) -> None:
    page = "# List\n\n[a](https://a.example/){}\n\n[b]({}){}\n\n## Papers\n\n- [One](https://one.example/)\n"
    hush = " <!-- linkcheck: ignore[LNK106] -->"
    report = judge(
        {"README__md": page.format(hush, "https://b.example/", "")},
        {"README__md": "\n" + page.format("", PDF, hush)},
        "README.md",
    )
    told = [note["line"] for note in report["notes"] if note["message"].startswith("this change adds a suppression")]
    assert told == [6]
