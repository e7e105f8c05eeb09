"""The folder of an audit's reports: all of them, or the old ones."""

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.cli.exchange import put_in_place
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters import REPORTERS, Style

_FILES: Mapping[str, str] = MappingProxyType(
    {"report.json": "json", "report.md": "markdown", "report.html": "html", "report.sarif": "sarif"}
)
_BADGE = "badge.json"


@dataclass(frozen=True, slots=True)
class ReportFolder:
    """A folder that is replaced as a whole: whoever looks into it sees the reports of one audit.

    Of an audit of a part there is no badge, whose numbers would be taken for the list's. By that the two are told
    apart: the report of a part is no memory, and takes the place of none.
    """

    path: Path
    of_part: bool = False

    @classmethod
    def prepare(cls, path: Path, *, of_part: bool = False) -> "ReportFolder":
        """Refuse now what could not be replaced later, or holds what is not ours. Raises UsageError."""
        try:
            if path.exists():
                _demand_ours(path, of_part=of_part)
        except OSError as error:  # a name that no folder can have, or one that does not let us in
            raise UsageError(f"--out: {path} cannot be used: {error.strerror}") from error
        place = _place_of(path)
        if Path.cwd().is_relative_to(place):
            raise UsageError(f"--out: {path} is the folder that this runs in, or above it, and cannot be replaced")
        if os.path.ismount(place):
            raise UsageError(f"--out: {path} is a mount point, which cannot be replaced: name a folder in it")
        parent = place.parent
        if not parent.is_dir() or not os.access(parent, os.W_OK):
            raise UsageError(f"--out: no folder can be made in {parent}: create it first, or name another")
        return cls(path, of_part)

    @property
    def memory(self) -> Path | None:
        """The report that serves the next audit as memory: that of the last audit of the whole list."""
        report = self.path / "report.json"
        return report if report.is_file() and (self.path / _BADGE).is_file() else None

    def write(self, report: Report, style: Style) -> None:
        """Write all reports and put them in the old ones' place. Raises UsageError."""
        place = _place_of(self.path)
        try:
            with tempfile.TemporaryDirectory(prefix=f".{place.name}-", dir=place.parent) as scratch:
                new = Path(scratch, "new")
                new.mkdir()
                for name, format_name in _FILES.items():
                    with (new / name).open("w", encoding="utf-8", newline="\n") as file:
                        file.writelines(REPORTERS[format_name].parts(report, style))
                if not self.of_part:
                    (new / _BADGE).write_text(json.dumps(badge_of(report)) + "\n", encoding="utf-8")
                put_in_place(new, place)
        except OSError as error:
            raise UsageError(f"--out: {self.path} cannot be written: {error.strerror}") from error


def badge_of(report: Report) -> dict[str, object]:
    """What shields.io makes a badge of (https://shields.io/badges/endpoint-badge)."""
    message, color = _verdict(report)
    return {"schemaVersion": 1, "label": "links", "message": message, "color": color}


def _verdict(report: Report) -> tuple[str, str]:
    """The worst there is, in a word and a colour; of a run that has not seen all nobody knows that it is good."""
    summary = report.summary
    if report.no_way_out:
        return "not checked", "lightgrey"
    told = ((summary.dead, "dead", "red"), (summary.errors, "to mend", "orange"))
    bad = ((f"{count:,} {word}", color) for count, word, color in told if count)
    good = (f"{summary.alive:,} alive", "brightgreen" if report.complete and summary.alive else "lightgrey")
    message, color = next(bad, good)
    return message if report.complete else f"{message}, not all checked", color


def _place_of(path: Path) -> Path:
    """Where the folder is: a symbolic link to it stays one."""
    return Path(os.path.realpath(path))


def _demand_ours(path: Path, *, of_part: bool) -> None:
    """Refuse what is no folder of reports. Raises UsageError, OSError."""
    if not path.is_dir():
        raise UsageError(f"--out: {path} is no folder")
    strange = {file.name for file in path.iterdir()} - {*_FILES, _BADGE}
    if strange:
        named = ", ".join(sorted(strange)[:3])
        why = f"is replaced as a whole, and holds what is no report ({named})"
        raise UsageError(f"--out: {path} {why}: name another")
    if of_part and (path / _BADGE).exists():
        raise UsageError(f"--out: {path} remembers an audit of the whole list: name another for one of a part")
