"""What `check` and `audit` have alike: what is made and refused before the run, and what becomes of its report."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace

from rlhf_linkcheck.cli.baseline import NewBaseline
from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.cli.files import AtBase
from rlhf_linkcheck.cli.flags import Flags, unknown_codes
from rlhf_linkcheck.cli.output import Output
from rlhf_linkcheck.cli.progress import progress_on
from rlhf_linkcheck.cli.settings import read_settings
from rlhf_linkcheck.cli.since import base_for, default_inputs, without_effect
from rlhf_linkcheck.config import Config
from rlhf_linkcheck.pipeline import OnPlan
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters.story import INTERRUPTED
from rlhf_linkcheck.since.revision import RevisionError

_NO_WAY_OUT = 3


@dataclass(frozen=True, slots=True)
class Task:
    """One run as the command line asks for it; ``words`` are to be said before it."""

    config: Config
    output: Output
    new: NewBaseline | None
    words: tuple[str, ...]
    shows_progress: bool

    @classmethod
    def prepare(cls, flags: Flags) -> "Task":
        """Refuse now what would come to nothing after a long run. Raises UsageError, InputError."""
        base = base_for(flags.since, flags.paths[0])
        if base is not None and not flags.inputs:
            flags = replace(flags, inputs=default_inputs(base, flags.paths))
        settings = read_settings(flags.config, files=None if base is None else AtBase(base))
        output = Output.prepare(
            flags.format.value, flags.report or (), flags.color.value, quiet=flags.quiet, verbose=flags.verbose
        )
        config = flags.merged_with(settings, base)
        if base is not None:
            config = replace(config, notes=(*config.notes, *without_effect(flags.config, settings, config, base)))
        output.spare(config.inputs, config.state)
        new = None if flags.write_baseline is None else NewBaseline.prepare(flags.write_baseline, config, output)
        words = (*settings.notes, *unknown_codes(config))
        return cls(config, output, new, words, not (flags.no_progress or flags.quiet))

    def carry_out(self, run: Callable[[OnPlan], Report]) -> tuple[Report, UsageError | None]:
        """The report, accepted where that is asked for; and what is to be raised once it is out."""
        for word in self.words:
            self.output.say(word)
        with progress_on(sys.stderr, wanted=self.shows_progress) as on_plan:
            try:
                report = run(on_plan)
            except RevisionError as error:
                raise UsageError(str(error)) from error
        return (report, None) if self.new is None else self._accepted(self.new, report)

    def _accepted(self, new: NewBaseline, report: Report) -> tuple[Report, UsageError | None]:
        """The report once all is accepted; where that failed as it is, which is said, and told where it decides."""
        try:
            report, word = new.write(report)
        except UsageError as error:
            if report.exit_code not in (*INTERRUPTED, _NO_WAY_OUT):
                return report, error
            word = str(error)
        self.output.say(word)
        return report, None
