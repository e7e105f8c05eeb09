"""`demo`: the main job on the shipped list against a simulated web, with faults planted."""

import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

import typer
import yaml

from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.evidence import Outcome
from rlhf_linkcheck.identity import Kind, Malformed, identify, parse_address
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters import read_report
from rlhf_linkcheck.rules import RULES

DATA = resources.files("rlhf_linkcheck") / "data"

# Nobody's patience is tried on loopback, so the pace is not the one for real hosts.
PACE = ("--interval", "0.01", "--host-interval", "*=0.01", "--timeout", "5")
_PAPERS = frozenset({Kind.ARXIV, Kind.DOI, Kind.ACL, Kind.OPENREVIEW})


@dataclass(frozen=True, slots=True)
class Fault:
    """One planted fault: the page or the papers where it sits, at which listed address it must show, and how."""

    name: str
    address: str
    verdict: str
    reason: str
    code: str | None
    host: str = ""
    page: Mapping[str, Any] = field(default_factory=dict)
    papers: tuple[Mapping[str, Any], ...] = ()
    unlisted: str | None = None

    def shows_in(self, report: Report) -> bool:
        """Whether the report says of the address what it should, and nothing else of its links."""
        codes = {finding.rule.code for finding in report.findings if finding.url == self.address}
        codes = {code for code in codes if code in _LINK_CODES}
        outcome = self.outcome_in(report)
        return (outcome.verdict, outcome.reason) == (self.verdict, self.reason) and codes == (
            {self.code} if self.code else set()
        )

    def outcome_in(self, report: Report) -> Outcome:
        """What the report says became of the address."""
        return next(link.evidence.outcome for link in report.links if link.url == self.address)


_LINK_CODES = frozenset(rule.info.code for rule in RULES if rule.info.needs_network)


def demo() -> None:
    """Run the main job on the shipped list against a simulated web, with faults planted."""
    try:
        from rlhf_linkcheck import simweb  # noqa: PLC0415 - an extra of the installation
    except ModuleNotFoundError as error:
        raise UsageError(f"demo: needs {error.name}: pip install 'rlhf-linkcheck[demo]'") from error
    # What the demo made goes with it also where it is told to stop.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    faults = planted_faults()
    with tempfile.TemporaryDirectory(prefix="rlhf-linkcheck-demo-") as folder:
        scenario = Path(folder, "web.yaml")
        scenario.write_text(yaml.safe_dump(scenario_of(faults)), encoding="utf-8")
        saved = Path(folder, "report.json")
        for name in ("entries.yaml", "schema.json"):
            Path(folder, name).write_bytes((DATA / name).read_bytes())
        with simweb.spawn(scenario) as web:
            _check(Path(folder), saved, web.options)
        report = read_report(saved.read_text(encoding="utf-8"))
    typer.echo(_conclusion(faults, report))
    raise typer.Exit(0 if all(fault.shows_in(report) for fault in faults) else 1)


def planted_faults() -> tuple[Fault, ...]:
    """The faults of data/demo.yaml."""
    rows = yaml.safe_load((DATA / "demo.yaml").read_text(encoding="utf-8"))
    return tuple(
        Fault(
            name=row["fault"],
            address=row["address"],
            verdict=row["verdict"],
            reason=row["reason"],
            code=row.get("code"),
            host=row.get("host", ""),
            page=row.get("page", {}),
            papers=tuple(row.get("papers", ())),
            unlisted=row.get("unlisted"),
        )
        for row in rows
    )


def scenario_of(faults: Sequence[Fault]) -> dict[str, Any]:
    """The simulated web's scenario: these faults, papers as listed, and 200 for whatever else is asked.

    Where one name is to be missing from DNS, the others have to be told.
    """
    entries = yaml.safe_load((DATA / "entries.yaml").read_text(encoding="utf-8"))
    hosts: dict[str, dict[str, Any]] = {host: {} for host in _listed_hosts(entries)}
    papers = _listed_papers(entries)
    for fault in faults:
        if fault.host:
            hosts.setdefault(fault.host, {}).update(fault.page)
        for paper in fault.papers:
            papers[paper["arxiv"]] = dict(paper)
        papers.pop(fault.unlisted or "", None)
    return {"default": 200, "hosts": hosts, "papers": list(papers.values())}


def _listed_papers(entries: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The papers that main links identify, just as their first entries describe them."""
    papers: dict[str, dict[str, Any]] = {}
    for entry in entries:
        paper = identify(entry["url"])
        if paper.kind in _PAPERS and paper.key not in papers:
            authors = [name for name in entry.get("authors", ()) if name != "et al."]
            described = {str(paper.kind): paper.key, "title": entry["title"], "authors": authors}
            if paper.version is not None:
                described["versions"] = [{"title": entry["title"]}] * (paper.version - 1)
            papers[paper.key] = described
    return papers


def _listed_hosts(entries: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The hosts of the shipped list, and those that its planted redirects lead to are among them."""
    for entry in entries:
        for address in (entry["url"], *(link["url"] for link in entry.get("links", ()))):
            parsed = parse_address(address.strip())
            if not isinstance(parsed, Malformed):
                yield parsed.host.lower()


def _check(folder: Path, saved: Path, options: Sequence[str]) -> None:
    """The command that a user would type, in a process of its own, on this terminal."""
    command = [sys.executable, "-m", "rlhf_linkcheck", "check", "entries.yaml", "--report", f"json={saved}"]
    finished = subprocess.run([*command, *PACE, *options], cwd=folder, check=False)  # noqa: S603 - our own command
    if finished.returncode not in (0, 1):
        raise typer.Exit(finished.returncode)


def _conclusion(faults: Sequence[Fault], report: Report) -> str:
    """What was planted, and whether each came to light."""
    lines = ["", "Planted in the simulated web, and found:"]
    for fault in faults:
        outcome = fault.outcome_in(report)
        mark = "✓" if fault.shows_in(report) else "✗"
        said = fault.code or "no finding"
        tries = f", {outcome.attempts} tries" if outcome.attempts > 1 else ""
        lines.append(f"  {mark} {fault.name}: {outcome.verdict} ({outcome.reason}{tries}), {said}\n    {fault.address}")
    missed = sum(not fault.shows_in(report) for fault in faults)
    lines.append(f"{len(faults) - missed} of {len(faults)} faults came to light as they should.")
    return "\n".join(lines)
