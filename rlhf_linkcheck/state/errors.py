"""The one error of this room."""

from pathlib import Path

ELSEWHERE = "give another file, or do without memory"
"""What helps where the place is the trouble."""


class StateError(Exception):
    """One line: what is wrong with which file, and what to do."""

    def __init__(self, path: Path, what: str, remedy: str = ELSEWHERE) -> None:
        super().__init__(" ".join(f"the state file {path} {what}; {remedy}".split()))
