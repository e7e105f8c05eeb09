"""The progress bar: on a terminal only, and only while somebody is being asked."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from rlhf_linkcheck.evidence import Evidence, Verdict
from rlhf_linkcheck.pipeline import OnAnswer, OnPlan
from rlhf_linkcheck.plan import Plan


@contextmanager
def progress_on(stream: TextIO, *, wanted: bool) -> Iterator[OnPlan]:
    """Yield what the pipeline tells its plan to; it shows nothing where the stream is no terminal."""
    if not (wanted and stream.isatty()):
        yield lambda _: lambda *_: None
        return
    # Rich takes a tenth of a second to import; a piped run does without.
    from rich.console import Console  # noqa: PLC0415 - see above
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - likewise

    bar = Progress(
        TextColumn("asking"),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TextColumn("{task.fields[dead]} dead · {task.fields[uncertain]} uncertain"),
        TimeElapsedColumn(),
        console=Console(file=stream),
        transient=True,
    )

    def on_plan(plan: Plan) -> OnAnswer:
        total = sum(len(request.addresses) for request in plan.requests)
        task = bar.add_task("", total=total, dead=0, uncertain=0)
        heard: dict[str, Verdict] = {}
        counts: Counter[Verdict] = Counter()

        def on_answer(address: str, evidence: Evidence) -> None:
            verdict = evidence.outcome.verdict
            if address in heard:  # a late second look corrects the first
                counts[heard[address]] -= 1
            heard[address] = verdict
            counts[verdict] += 1
            bar.update(task, completed=len(heard), dead=counts[Verdict.DEAD], uncertain=counts[Verdict.UNCERTAIN])

        return on_answer

    with bar:
        yield on_plan
