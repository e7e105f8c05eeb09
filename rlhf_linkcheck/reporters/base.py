"""What a reporter is: one format's name, and the way from a report to its text."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rlhf_linkcheck.report import Report


@dataclass(frozen=True, slots=True)
class Style:
    """How a text for people looks. As it stands it suits a pipe or a file.

    ``width`` is in columns; None wraps nothing, so that each finding stays on one line. Hyperlinks to files need
    the ``folder`` that their paths start from, and the ``host`` that it is on.
    """

    width: int | None = None
    color: bool = False
    hyperlinks: bool = False
    folder: str | None = None
    host: str = ""
    verbose: bool = False
    quiet: bool = False


class Reporter(ABC):
    """One format. It only reads: the same report and style give the same text, wherever they come from."""

    name: ClassVar[str]

    @abstractmethod
    def parts(self, report: Report, style: Style) -> Iterator[str]:
        """The output piece by piece, with a newline at its end; only formats for a terminal heed the style."""

    def render(self, report: Report, style: Style) -> str:
        """The whole output; of a long report that is a long text, which ``parts`` spares."""
        return "".join(self.parts(report, style))
