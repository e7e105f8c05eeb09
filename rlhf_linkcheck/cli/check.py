"""`check`: the main job."""

import signal
import sys

import typer

from rlhf_linkcheck import pipeline
from rlhf_linkcheck.cli.environment import HELP
from rlhf_linkcheck.cli.flags import Flags, takes_flags, unknown_codes
from rlhf_linkcheck.cli.output import Output
from rlhf_linkcheck.cli.progress import progress_on
from rlhf_linkcheck.cli.settings import read_settings
from rlhf_linkcheck.reporters.story import INTERRUPTED

EPILOG = HELP


@takes_flags
def check(flags: Flags) -> None:
    """Check a list: validate its entries, ask its links, and report what is stale, broken or wrong."""
    settings = read_settings(flags.config)
    output = Output.prepare(
        flags.format.value, flags.report or (), flags.color.value, quiet=flags.quiet, verbose=flags.verbose
    )
    config = flags.merged_with(settings)
    output.spare(config.inputs, config.state)
    for note in (*settings.notes, *unknown_codes(config)):
        output.say(note)
    with progress_on(sys.stderr, wanted=not (flags.no_progress or flags.quiet)) as on_plan:
        report = pipeline.check(config, on_plan)
    output.write(report)
    if report.exit_code in INTERRUPTED:
        # The report is out. A nervous second Ctrl-C must not change the exit code while Python ends.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise typer.Exit(report.exit_code)
