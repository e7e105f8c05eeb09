"""The tracking issue for tests: reports of audits, a simulated GitHub that holds issues, and what became of them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import yaml
from builders import NOON, at
from crawling import network
from github_wire import API, TOKEN, get

from rlhf_linkcheck.config import GitHubServer
from rlhf_linkcheck.finding import Finding, Fingerprint, RuleInfo, Severity
from rlhf_linkcheck.fingerprint import fingerprints
from rlhf_linkcheck.report import History, InputFile, Known, Report, summarize
from rlhf_linkcheck.simweb import Scenario, Web, serve
from rlhf_linkcheck.simweb.services import github_settings
from rlhf_linkcheck.tracking import Tracked, track
from rlhf_linkcheck.tracking.head import Head, marks_of, name_of_list

FILE = "entries.yaml"
NAME = "o/list"
GOOD = github_settings.TOKEN
FILES = (InputFile(FILE, FILE),)
DEAD = RuleInfo("LNK101", "dead-link", Severity.ERROR, "the link's target no longer exists")


def dead(address: str, severity: Severity = Severity.ERROR, **parts: Any) -> Finding:
    """A link that is dead."""
    usual: dict[str, Any] = {"message": "404 not found", "path": FILE, "position": at(3), "url": address}
    return Finding(rule=DEAD, severity=severity, **{**usual, **parts})


def audited(*findings: Finding, unseen: Sequence[Fingerprint] = (), **parts: Any) -> Report:
    """The report of an audit that found these, and could not look at what is ``unseen``."""
    usual: dict[str, Any] = {
        "version": "0",
        "started_at": NOON,
        "finished_at": NOON,
        "complete": True,
        "exit_code": int(bool(findings)),
        "inputs": (FILE,),
        "summary": summarize(0, (), findings, ()),
        "findings": findings,
        "rules": (DEAD,),
        "files": FILES,
        "history": History(unseen=tuple(Known(one, NOON, Severity.ERROR) for one in unseen)),
    }
    return Report(**{**usual, **parts})


def about(report: Report) -> tuple[Fingerprint, ...]:
    return fingerprints(report)


def text_of(*findings: Finding) -> str:
    """What a tracking issue says that has told of these."""
    told = marks_of(fingerprints(audited(*findings)))
    return Head(name_of_list(FILES)).text(told) + "what was found\n"


@contextmanager
def github(*issues: dict[str, Any], repository: dict[str, Any] | None = None, **settings: Any) -> Iterator[Web]:
    """A GitHub with one repository that has these issues."""
    own = {"github": NAME, "issues": list(issues), "files": {"README.md": "A"}, **(repository or {})}
    with serve(Scenario.parse(yaml.safe_dump({"repositories": [own], "github": settings}))) as web:
        yield web


def tracked(web: Web, report: Report, name: str = NAME, *, token: str | None = GOOD, **changes: Any) -> Tracked:
    """What the tracking of a report comes to."""
    flags = {key: changes.pop(key) for key in ("dry", "least") if key in changes}
    usual = {"github": (GitHubServer(token=token),), "retries": 0}
    return track(report, name, network(web, **{**usual, **changes}), **flags)


def issue(web: Web, number: int = 1) -> dict[str, Any]:
    """An issue as it is now."""
    found: dict[str, Any] = get(web, f"/repos/{NAME}/issues/{number}", API, TOKEN).json
    return found


def comments(web: Web, number: int = 1) -> list[str]:
    return [one["body"] for one in get(web, f"/repos/{NAME}/issues/{number}/comments", API, TOKEN).json]


def numbers(web: Web) -> list[int]:
    """The issues that there are."""
    listed = get(web, f"/repos/{NAME}/issues?state=all&per_page=100&direction=asc", API, TOKEN).json
    return [one["number"] for one in listed]


def sent(web: Web) -> list[tuple[str, str]]:
    """What was asked of the API, without the queries."""
    return [(one.method, one.path.partition("?")[0]) for one in web.log.requests if one.host == API]


def written(web: Web) -> list[tuple[str, str]]:
    return [one for one in sent(web) if one[0] != "GET"]
