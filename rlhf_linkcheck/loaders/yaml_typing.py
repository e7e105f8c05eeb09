"""Slips of typing that a line shows by itself: a dash that touches its text, a colon or quote of another kind."""

import re

from rlhf_linkcheck.loaders.item import Span
from rlhf_linkcheck.loaders.yaml_troubles import Trouble

_TIGHT_DASH = re.compile(r"[ \t]*(?P<at>-)(?P<word>\w[\w-]{0,39})")
_WIDE_COLON = re.compile(r"[ \t]*(?:- +)*[\w-]+(?P<at>：)")
_CURLY_QUOTE = re.compile(r"[ \t]*(?:- +)*(?:[\w-]+:[ \t]+)?(?P<at>[“”„‘’])")


def slip_of_typing(text: str, begin: int, end: int) -> Trouble | None:
    """What is mistyped in the line from ``begin`` to ``end``, if it is one of these."""
    if found := _TIGHT_DASH.match(text, begin, end):
        message = f"a blank is missing after the dash: write `- {found['word']}…`"
    elif found := _WIDE_COLON.match(text, begin, end):
        message = f"«{found['at']}» is a full-width colon: write `: ` in its place"
    elif found := _CURLY_QUOTE.match(text, begin, end):
        message = f"«{found['at']}» is a curly quote: write straight ones round the whole value"
    else:
        return None
    return Trouble(message, Span(*found.span("at")))
