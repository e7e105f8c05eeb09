"""`check`: the main job."""

import sys
from dataclasses import replace

from rlhf_linkcheck import pipeline
from rlhf_linkcheck.cli.baseline import NewBaseline
from rlhf_linkcheck.cli.environment import HELP
from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.cli.files import AtBase
from rlhf_linkcheck.cli.flags import Flags, takes_flags, unknown_codes
from rlhf_linkcheck.cli.output import Output, leave
from rlhf_linkcheck.cli.progress import progress_on
from rlhf_linkcheck.cli.settings import read_settings
from rlhf_linkcheck.cli.since import base_for, default_inputs, without_effect
from rlhf_linkcheck.config import Config
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters.story import INTERRUPTED
from rlhf_linkcheck.revision import RevisionError

EPILOG = HELP

_NO_WAY_OUT = 3


def _carried_out(config: Config, on_plan: pipeline.OnPlan) -> Report:
    try:
        return pipeline.check(config, on_plan)
    except RevisionError as error:
        raise UsageError(str(error)) from error


@takes_flags(Flags)
def check(flags: Flags) -> None:
    """Check a list: validate its entries, ask its links, and report what is stale, broken or wrong."""
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
    for note in (*settings.notes, *unknown_codes(config)):
        output.say(note)
    with progress_on(sys.stderr, wanted=not (flags.no_progress or flags.quiet)) as on_plan:
        report = _carried_out(config, on_plan)
    failure = None
    if new is not None:
        report, failure = _accepted(new, report, output)
    output.write(report)
    if failure is not None:
        raise failure
    leave(report)


def _accepted(new: NewBaseline, report: Report, output: Output) -> tuple[Report, UsageError | None]:
    """The report once all of it is accepted; where that failed as it is, which is said, and told where it decides."""
    try:
        report, word = new.write(report)
    except UsageError as error:
        if report.exit_code not in (*INTERRUPTED, _NO_WAY_OUT):
            return report, error
        word = str(error)
    output.say(word)
    return report, None
