"""Which terminals are handed hyperlinks."""

import pytest

from rlhf_linkcheck.cli.terminal import has_hyperlinks


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
