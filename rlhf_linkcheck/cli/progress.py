"""The progress bar: on a terminal only, and only while somebody is being asked."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from rlhf_linkcheck.evidence import Evidence, Verdict
from rlhf_linkcheck.pipeline import OnAnswer, OnPlan
from rlhf_linkcheck.plan import Plan

if TYPE_CHECKING:
    from rich.progress import Progress


@contextmanager
def progress_on(stream: TextIO, *, wanted: bool) -> Iterator[OnPlan]:
    """Yield what the pipeline tells its plan to; it shows nothing where the stream is no terminal."""
    if not (wanted and stream.isatty()):
        yield lambda _: lambda *_: None
        return
    # Rich takes a tenth of a second to import; a piped run does without.
    from rich.console import Console  # noqa: PLC0415 - see above
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - likewise

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        TextColumn("{task.fields[heard]}/{task.fields[links]}"),
        TextColumn("{task.fields[dead]} dead · {task.fields[uncertain]} uncertain"),
        TimeElapsedColumn(),
        console=Console(file=stream),
        transient=True,
    )

    with bar:
        yield lambda plan: _drawn(bar, plan)


def _drawn(bar: "Progress", plan: Plan) -> OnAnswer:
    """Draw how far it is with the plan; returns what is to be told of the answers."""
    total = sum(len(request.addresses) for request in plan.requests)
    first = bar.add_task("asking", total=total, links=total, heard=0, dead=0, uncertain=0)
    # What comes after the last answer has no number: a bar without a total moves on, and so does its clock.
    last = bar.add_task("", total=None, visible=False, links=total, heard=0, dead=0, uncertain=0)
    heard: dict[str, Verdict] = {}
    counts: Counter[Verdict] = Counter()

    def on_answer(address: str, evidence: Evidence) -> None:
        verdict = evidence.outcome.verdict
        if address in heard:  # a late second look corrects the first
            counts[heard[address]] -= 1
        heard[address] = verdict
        counts[verdict] += 1
        dead, uncertain, done = counts[Verdict.DEAD], counts[Verdict.UNCERTAIN], len(heard) == total
        bar.update(first, completed=len(heard), visible=not done, heard=len(heard), dead=dead, uncertain=uncertain)
        if done:
            what = _last(plan, dead)
            bar.update(last, visible=True, description=what, heard=total, dead=dead, uncertain=uncertain)

    return on_answer


def _last(plan: Plan, dead: int) -> str:
    """What is asked when all links have answered: an archive one question at a time, which may take minutes."""
    return "following up and looking for copies" if plan.copies and dead else "following up"
