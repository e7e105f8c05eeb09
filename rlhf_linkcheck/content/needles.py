"""What a text must contain for a regular expression to be found in it: a plain search tells so much sooner."""

from collections.abc import Iterable, Sequence
from re import _constants as code  # type: ignore[attr-defined]  # it has no public name, and typeshed none of it
from re import _parser as parser  # type: ignore[attr-defined]  # likewise
from typing import Any, TypeAlias

Needles: TypeAlias = tuple[str, ...]
"""Texts in lower case, one of which is in whatever matches; none where nothing is known."""


def needles_of(pattern: str) -> Needles:
    r"""The needles of a pattern that is matched without regard to case.

    >>> needles_of(r"\\b(?:domain|page) is parked\\b")
    (' is parked',)
    """
    return _best(_candidates(parser.parse(pattern)))


def _candidates(sequence: Iterable[tuple[Any, Any]]) -> list[Needles]:
    """What each part of a sequence demands: all of it must be there, so any will do."""
    found: list[Needles] = []
    run = ""
    for operation, argument in sequence:
        if operation is code.LITERAL:
            run += chr(argument)
            continue
        if operation is code.AT:
            continue  # a place between two characters is none itself
        found.append((run,))
        run = ""
        found.append(_inside(operation, argument))
    return [*found, (run,)]


def _inside(operation: object, argument: Any) -> Needles:  # noqa: ANN401 - as the parser has it
    """What one part of a pattern demands that is no character."""
    if operation is code.SUBPATTERN:
        return _best(_candidates(argument[-1]))
    if operation in (code.MAX_REPEAT, code.MIN_REPEAT) and argument[0] > 0:
        return _best(_candidates(argument[-1]))
    if operation is code.BRANCH:
        branches = [_best(_candidates(branch)) for branch in argument[1]]
        return tuple(needle for branch in branches for needle in branch) if all(branches) else ()
    return ()


def _best(candidates: Sequence[Needles]) -> Needles:
    """The demand that is met least often: whose shortest text is the longest."""
    best = max(candidates, key=_worth, default=())
    return tuple(dict.fromkeys(needle.lower() for needle in best)) if _worth(best) else ()


def _worth(needles: Needles) -> int:
    return min(map(len, needles), default=0)
