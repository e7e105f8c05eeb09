"""`check`: the main job."""

from functools import partial

from rlhf_linkcheck import pipeline
from rlhf_linkcheck.cli.environment import HELP
from rlhf_linkcheck.cli.flags import Flags, takes_flags
from rlhf_linkcheck.cli.output import leave
from rlhf_linkcheck.cli.task import Task

EPILOG = HELP


@takes_flags(Flags)
def check(flags: Flags) -> None:
    """Check a list: validate its entries, ask its links, and report what is stale, broken or wrong."""
    task = Task.prepare(flags)
    report, failure = task.carry_out(partial(pipeline.check, task.config))
    task.output.write(report)
    if failure is not None:
        raise failure
    leave(report)
