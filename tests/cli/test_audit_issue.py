"""`audit --issue`: nights at one simulated GitHub, from the command line."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from builders import NOON
from commandline import Ran, Run
from github_wire import API, TOKEN, get

from rlhf_linkcheck import pipeline
from rlhf_linkcheck.simweb import Scenario, Web, serve
from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.request import Request
from rlhf_linkcheck.simweb.services.github_settings import TOKEN as GOOD

# A whole run each, whose parts are measured where they are tested.
pytestmark = pytest.mark.unmeasured

QUICK = ("--interval", "0", "--host-interval", "api.github.com=0", "--timeout", "5", "--retries", "0", "--no-state")
LIST = "- {id: a, category: blog, title: On A, url: 'https://a.example/'}\n"
WORLD = "repositories: [{github: o/list, issues: []}]\ngithub: {rest_limit_with_token: 1000}\n"
REFUSED = "rlhf-linkcheck: o/list: the issue could not be kept up: GITHUB_TOKEN was refused: is it still valid?"
ISSUE = "/repos/o/list/issues/1"

Audit = Callable[..., Ran]


class Site:
    """The one site of the list, which answers with a status that changes, or not at all."""

    status = 200

    def __call__(self, _: Request) -> Behaviour:
        return Behaviour(status=self.status)


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def web(site: Site) -> Iterator[Web]:
    with serve(Scenario.parse(WORLD), {"a.example": site}) as running:
        yield running


@pytest.fixture
def audit(run: Run, web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Audit:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_TOKEN", GOOD)
    Path("entries.yaml").write_text(LIST)
    Path("rlhf-linkcheck.toml").write_text("suspect-audits = 1\nsuspect-days = 0\n")

    def one(*flags: str, night: int = 0) -> Ran:
        monkeypatch.setattr(pipeline, "_now", lambda: NOON + timedelta(days=night))
        return run("audit", *QUICK, *web.options, "--issue", "o/list", *flags)

    return one


def test_nights_and_what_became_of_the_issue(audit: Audit, web: Web, site: Site) -> None:
    told = []
    for night, site.status in enumerate((200, 404, 503, 404, 200, 404)):
        ran = audit(night=night)
        told.append((ran.code, *(line.partition(": o/list: ")[2].partition(" → ")[0] for line in ran.err.splitlines())))
    assert told == [
        (0, "nothing to do"),
        (1, "open an issue with 1 finding"),
        (0, "update #1"),
        (0, "update #1"),
        (0, "close #1: nothing is left"),
        (1, "comment #1 with 1 new finding", "open #1 again"),
    ]
    found = get(web, ISSUE, API, TOKEN).json
    assert (found["title"], found["state"], found["comments"]) == ("Link check: entries.yaml", "open", 1)


@pytest.mark.usefixtures("kept_handlers", "audit")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_who_interrupts_the_writing_has_the_report_and_a_word(
    run: Run, site: Site, number: signal.Signals, code: int
) -> None:
    def github(request: Request) -> Behaviour:
        if request.method == "GET":
            return Behaviour(content_type="application/json", body=b"[]")
        os.kill(os.getpid(), number)
        return Behaviour(delay=30)

    site.status = 404
    with serve(Scenario(), {"a.example": site, API: github}) as web:
        ran = run("audit", *QUICK, *web.options, "--issue", "o/list")
    unknown = "and whether GitHub took «open an issue with 1 finding» is not known"
    words = f"interrupted, {unknown}: the next audit says what is left to say"
    assert (ran.code, ran.err) == (code, f"rlhf-linkcheck: o/list: the issue could not be kept up: {words}\n")
    assert json.loads(Path("linkcheck-report/report.json").read_text())["exit_code"] == 1
    assert "1 dead-link" in ran.out


def test_a_dry_run_changes_nothing(audit: Audit, web: Web, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_TOKEN")
    site.status = 404
    ran = audit("--dry-run")
    assert (ran.code, ran.err) == (1, "rlhf-linkcheck: o/list: would open an issue with 1 finding\n")
    assert get(web, ISSUE).status == 404


def test_a_token_that_may_not_is_trouble_of_its_own_unless_findings_are_louder(
    audit: Audit, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "another")
    ran = audit()
    assert (ran.code, ran.err) == (
        2,
        f"{REFUSED} (GitHub says: Bad credentials)\n",
    )
    assert Path("linkcheck-report/report.json").is_file()
    site.status = 404
    assert audit(night=1).code == 1


def test_a_network_that_is_down_touches_nothing(audit: Audit, web: Web, run: Run) -> None:
    ran = run("audit", *QUICK, "--connect-to", "::127.0.0.1:9", "--issue", "o/list")
    assert (ran.code, ran.err) == (
        3,
        "rlhf-linkcheck: o/list: the audit is incomplete, so its issue is left as it is\n",
    )
    assert not [one for one in web.log.requests if one.host == API]
    assert audit().code == 0


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (("--issue", "list"), "--issue list: write OWNER/REPO, as GitHub has it"),
        (("--issue", "o/.."), "--issue o/..: write OWNER/REPO, as GitHub has it"),
        (("--issue", "o/list/x"), "--issue o/list/x: write OWNER/REPO, as GitHub has it"),
        (("--dry-run",), "--dry-run is for --issue: say which"),
        (("--issue", "o/list"), "--issue: set GITHUB_TOKEN to a token with «issues: write», or look at --dry-run"),
    ],
)
def test_what_would_come_to_nothing_is_refused_before_the_run(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flags: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("entries.yaml").write_text(LIST)
    ran = run("audit", *flags)
    assert (ran.code, ran.err) == (2, f"rlhf-linkcheck: {words}\n")
    assert not Path("linkcheck-report").exists()
