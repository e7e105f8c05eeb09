"""`--write-baseline`: all that a run found, accepted in a file."""

from dataclasses import dataclass, replace
from os.path import realpath
from pathlib import Path

from rlhf_linkcheck.baseline import NEVER_ACCEPTED, accept, baseline_of
from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.cli.output import Output, demand_writable, spare, write_whole
from rlhf_linkcheck.config import Config
from rlhf_linkcheck.loaders.baseline import written
from rlhf_linkcheck.report import Note, Report

_OPTION = "--write-baseline"
_ADVICE = "write the baseline elsewhere"


@dataclass(frozen=True, slots=True)
class NewBaseline:
    """A baseline that is to be written once the run is over, and where."""

    path: Path
    config: Config

    @classmethod
    def prepare(cls, path: Path, config: Config, output: Output) -> "NewBaseline":
        """Refuse now a file that could not be written later, or is something else. Raises UsageError."""
        if config.since is not None:
            raise UsageError(f"{_OPTION} accepts what a run over the whole list finds: leave --since out")
        demand_writable(f"{_OPTION} {path}", path)
        spare(_OPTION, path, config.inputs, config.state, _ADVICE)
        others = [(config.origin, "the configuration"), (config.schema, "the schema")]
        for other, what in (*others, *((file, "a report's file") for _, file in output.files)):
            if other is not None and realpath(path) == realpath(other):
                raise UsageError(f"{_OPTION}: {path} is {what}; {_ADVICE}")
        return cls(path, config)

    def write(self, report: Report) -> tuple[Report, str]:
        """Accept all that was found: the report as it is with the new baseline, and a word about that.

        Raises UsageError where the run is not whole, or the file cannot be written.
        """
        if not report.complete:
            raise UsageError(f"{_OPTION}: {self.path} was not written, for the run is not whole; {_way_on(report)}")
        baseline = baseline_of(report, str(self.path), self.config)
        write_whole(self.path, written(baseline))
        report = accept(replace(report, notes=self._notes(report)), baseline, self.config)
        return replace(report, exit_code=0), self._word(report, sum(one.count for one in baseline.accepted))

    def _notes(self, report: Report) -> tuple[Note, ...]:
        """The notes but for those about the same file as it was: what was idle is not in it any more."""
        before = self.config.baseline
        if before is None or realpath(before.name) != realpath(self.path):
            return report.notes
        return tuple(note for note in report.notes if not note.message.startswith(f"{before.origin}: "))

    def _word(self, report: Report, number: int) -> str:
        known = f"{self.path}: {number} {'finding is' if number == 1 else 'findings are'} accepted"
        left = sum(not finding.suppressed and finding.rule.code in NEVER_ACCEPTED for finding in report.findings)
        return f"{known}; {left} are not, for LNK104 and LNK105 may pass by themselves" if left else known


def _way_on(report: Report) -> str:
    if any(finding.rule.code == "ENT100" for finding in report.findings):
        return "mend the syntax error first"
    return "run it again to its end"
