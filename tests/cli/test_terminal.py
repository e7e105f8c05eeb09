"""What a terminal gets, a pipe, and who wants no colours; and which terminals are handed hyperlinks."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from commandline import Run
from golden_report import GOLDEN

from rlhf_linkcheck.cli.terminal import has_hyperlinks
from rlhf_linkcheck.reporters import REPORTERS, Style

PLAIN = REPORTERS["text"].render(GOLDEN, Style())
CONTROLS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")
TELLING = {"TERM", "TERM_PROGRAM", "CI", "STY", "NO_COLOR", "VTE_VERSION", "WT_SESSION", "COLUMNS", "FORCE_HYPERLINK"}


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    for name in TELLING:
        monkeypatch.delenv(name, raising=False)
    Path("report.json").write_text(REPORTERS["json"].render(GOLDEN, Style()), encoding="utf-8")
    return "report.json"


def on_terminal(saved: str, **environment: str) -> str:
    """What the command writes where its standard output is a terminal of 90 columns."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    ran = subprocess.Popen(
        [sys.executable, "-m", "rlhf_linkcheck", "report", saved],
        stdout=theirs,
        env={**os.environ, "COLUMNS": "90", "TERM": "xterm-256color", **environment},
    )
    os.close(theirs)
    read = bytearray()
    try:
        while piece := os.read(ours, 65536):
            read += piece
    except OSError:  # how a terminal on Linux says that nobody writes to it any more
        pass
    os.close(ours)
    assert ran.wait() == 0
    return read.decode().replace("\r\n", "\n")


def test_a_terminal_gets_colours_and_its_width_and_hyperlinks_where_it_has_them(saved: str) -> None:
    shown = on_terminal(saved, TERM="xterm-kitty")
    assert CONTROLS.sub("", shown) == REPORTERS["text"].render(GOLDEN, Style(width=90))
    assert f"{Path.cwd()}/README.md#105\x1b\\README.md:105:53\x1b]8;;" in shown
    assert "\x1b]8;;https://arxiv.org/abs/2503.00897\x1b\\https://arxiv.org/abs/2503.00897" in shown
    without = on_terminal(saved)
    assert "\x1b]8" not in without
    assert CONTROLS.sub("", without) == CONTROLS.sub("", shown)


@pytest.mark.parametrize(
    ("environment", "width"),
    [({"NO_COLOR": "1"}, 90), ({"TERM": "dumb"}, None)],
)
def test_who_wants_no_colours_gets_not_one_control_character(
    saved: str, environment: dict[str, str], width: int | None
) -> None:
    assert on_terminal(saved, **environment) == REPORTERS["text"].render(GOLDEN, Style(width=width))


def test_a_pipe_gets_colours_and_hyperlinks_only_when_asked(
    saved: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("report", saved).out == PLAIN
    coloured = run("report", saved, "--color", "always").out
    assert CONTROLS.sub("", coloured) == PLAIN
    assert "\x1b[1;31m" in coloured
    assert "\x1b]8" not in coloured
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    assert f"{Path.cwd()}/README.md#105\x1b\\" in run("report", saved, "--color", "always").out
    assert run("report", saved).out == PLAIN


@pytest.mark.parametrize(
    ("environment", "has"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "dumb", "WT_SESSION": "x"}, False),
        ({"TERM": "linux"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "alacritty"}, True),
        ({"TERM": "foot-extra"}, True),
        ({"TERM": "xterm-256color", "WT_SESSION": "x"}, True),
        ({"KONSOLE_VERSION": "220401"}, True),
        ({"VTE_VERSION": "6800"}, True),
        ({"VTE_VERSION": "5000"}, False),
        ({"VTE_VERSION": "0.50.0"}, False),
        ({"VTE_VERSION": "²"}, False),
        ({"TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.4.19"}, True),
        ({"TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.0.15"}, False),
        ({"TERM_PROGRAM": "iTerm.app"}, False),
        ({"TERM_PROGRAM": "WezTerm", "TERM_PROGRAM_VERSION": "20240203-110809-5046fc22"}, True),
        ({"TERM_PROGRAM": "vscode", "TERM_PROGRAM_VERSION": "1.71.2"}, False),
        ({"TERM_PROGRAM": "vscode", "TERM_PROGRAM_VERSION": "1.104.0"}, True),
        ({"TERM_PROGRAM": "ghostty"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal", "TERM": "xterm-256color"}, False),
        ({"TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.3a", "TERM": "screen"}, False),
        ({"TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.4", "TERM": "tmux-256color"}, True),
        ({"TERM": "tmux-256color", "VTE_VERSION": "6800"}, False),
        ({"TERM": "screen-256color", "VTE_VERSION": "6800"}, False),
        ({"STY": "1.pts", "TERM": "xterm-kitty"}, False),
        ({"CI": "true", "TERM": "xterm-kitty"}, False),
        ({"TEAMCITY_VERSION": "2025", "TERM": "xterm-kitty"}, False),
        ({"FORCE_HYPERLINK": "1", "TERM": "dumb", "CI": "true"}, True),
        ({"FORCE_HYPERLINK": "0", "TERM": "xterm-kitty"}, False),
        ({"FORCE_HYPERLINK": "", "TERM": "xterm-kitty"}, True),
    ],
)
def test_only_who_is_known_to_show_hyperlinks_is_handed_them(environment: dict[str, str], has: bool) -> None:
    assert has_hyperlinks(environment) is has
