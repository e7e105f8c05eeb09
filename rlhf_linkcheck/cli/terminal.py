"""What the terminal can do that reads our output, as far as it tells."""

import re
from collections.abc import Mapping

_PROGRAMS = {
    "iTerm.app": (3, 1),
    "WezTerm": (20200620,),
    "vscode": (1, 72),
    "ghostty": (),
    "WarpTerminal": (),
    "Hyper": (),
    "tmux": (3, 4),
}
"""Programs that know hyperlinks, by the name that they give themselves, and since which version."""
_KINDS = re.compile(r"xterm-kitty|xterm-ghostty|alacritty|foot|contour|wezterm")
_SIGNS = ("WT_SESSION", "KONSOLE_VERSION", "DOMTERM")
"""Variables of terminals that know them: Windows Terminal, Konsole, DomTerm."""
_FIRST_VTE = 5001
"""VTE 0.50.0 knew them, too, and crashed of it."""


def has_hyperlinks(environment: Mapping[str, str]) -> bool:
    """Whether a terminal shows hyperlinks (OSC 8): those that are known to do; the user's word goes before.

    There is no way to ask. Who does not know the sequence should pass over it, but some print it, and those are not
    on the list; nor is what keeps logs, and what stands between us and the terminal and may not pass it on.
    The list and FORCE_HYPERLINK are those of https://github.com/chalk/supports-hyperlinks, and
    https://github.com/Alhadis/OSC8-Adoption.
    """
    word = environment.get("FORCE_HYPERLINK")
    if word:
        return word != "0"
    kind = environment.get("TERM", "")
    if environment.get("CI") or environment.get("TEAMCITY_VERSION") or kind == "dumb":
        return False
    program = environment.get("TERM_PROGRAM", "")
    if program in _PROGRAMS:
        return _version(environment.get("TERM_PROGRAM_VERSION", "")) >= _PROGRAMS[program]
    if kind.startswith(("screen", "tmux")) or environment.get("STY"):
        return False
    vte = environment.get("VTE_VERSION", "")
    known = bool(_KINDS.match(kind)) or any(environment.get(sign) for sign in _SIGNS)
    return known or (vte.isascii() and vte.isdigit() and int(vte) >= _FIRST_VTE)


def _version(text: str) -> tuple[int, ...]:
    """The numbers that a version begins with: 3.4 of «3.4a», 20240203 of «20240203-110809»."""
    numbers = re.match(r"(\d{1,9})(?:\.(\d{1,9}))?", text, re.ASCII)
    return tuple(int(number) for number in numbers.groups(default="0")) if numbers else ()
