"""One audit's report, and then the issue: find it, decide, do it or say what would be done."""

import asyncio
from dataclasses import dataclass, field

from rlhf_linkcheck.config import GitHubServer, NetworkConfig
from rlhf_linkcheck.finding import Severity
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.stop import carry_out
from rlhf_linkcheck.tracking.head import name_of_list
from rlhf_linkcheck.tracking.plan import is_audit, plan_of
from rlhf_linkcheck.tracking.refusal import RefusedError
from rlhf_linkcheck.tracking.repository import Repository

PATIENCE = 180.0
"""Seconds for all that is asked and written; a job that waited longer could end before it has kept its memory."""

_FAILED = "the issue could not be kept up"


@dataclass(frozen=True, slots=True)
class Tracked:
    """What was done, a line each; ``broken`` where it could not be, and somebody has to see to that.

    ``signal`` is the one that has ended it before its time.
    """

    lines: tuple[str, ...]
    broken: bool = False
    signal: int | None = None


def server_of(network: NetworkConfig) -> GitHubServer:
    """The GitHub that holds the issue: the operator's own where there is one, and the one that the token is for."""
    return network.github[-1]


def track(
    report: Report,
    repository: str,
    network: NetworkConfig,
    *,
    least: Severity = Severity.ERROR,
    dry: bool = False,
) -> Tracked:
    """Keep up the tracking issue in ``repository`` (OWNER/REPO); with ``dry`` nothing is written."""
    if not is_audit(report):
        return Tracked((f"{repository}: the audit is incomplete, so its issue is left as it is",))
    done = _Done()
    try:
        stop = asyncio.run(carry_out(_track(report, repository, network, done, least=least, dry=dry), PATIENCE))
    except RefusedError as error:
        return Tracked((*done.lines, f"{repository}: {_FAILED}: {error}"), broken=error.lasting)
    if stop is None:
        return Tracked(tuple(done.lines))
    why = f"GitHub took more than {PATIENCE:g} s" if stop.signal is None else "interrupted"
    doubt = f", and whether GitHub took «{done.under_way}» is not known" if done.under_way else ""
    left = f"{why}{doubt}: the next audit says what is left to say"
    return Tracked((*done.lines, f"{repository}: {_FAILED}: {left}"), signal=stop.signal)


@dataclass(slots=True)
class _Done:
    """What is done, a line each, told even if the rest fails; and in words what is being done."""

    lines: list[str] = field(default_factory=list)
    under_way: str = ""


async def _track(  # noqa: PLR0913 - what was asked for, and where what is done is noted
    report: Report, name: str, network: NetworkConfig, done: _Done, *, least: Severity, dry: bool
) -> None:
    lines = done.lines
    async with Client(network) as client:
        issues = Repository(client, server_of(network), name)
        found = await issues.find(name_of_list(report.files))
        lines += [f"{name}: #{other} has the mark of this list as well: close it by hand" for other in found.others]
        actions = plan_of(report, found.issue, least)
        for action in actions:
            if dry:
                lines.append(f"{name}: would {action.words}")
            else:
                done.under_way = action.words
                where = await issues.do(action)
                done.under_way = ""
                lines.append(f"{name}: {action.words}{f' → {where}' if where else ''}")
        if not actions:
            lines.append(f"{name}: nothing to do")
