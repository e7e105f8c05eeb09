"""`check` against a simulated web: the whole production path, over real sockets and real TLS."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from commandline import Run
from jsonschema import Draft202012Validator

from rlhf_linkcheck import simweb

QUICK = ("--interval", "0", "--timeout", "5", "--retries", "0")
SCENARIO = """
default: 200
hosts:
  gone.example: {/page: 404, /for-good: 410, /law: 451}
  moved.example: {/old: {location: "https://moved.example/new"}, /tmp: {status: 302, location: "/new"}, /new: 200}
  plain.example: {/x: {sequence: [{location: "https://plain.example/x"}, 200]}}
  shy.example: {/: 403, /login: 401, /busy: 429}
  ill.example: {/: 500, /odd: 400, /cut: {close: true}, /junk: {garbage: true}}
  old.example: {tls: expired, /: 200}
  shut.example: {refuse: true}
"""
SCHEMA = json.loads((resources.files("rlhf_linkcheck") / "data" / "report.schema.json").read_text("utf-8"))


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def listed(*addresses: str) -> Path:
    rows = (
        f"- id: e{number}\n  category: book\n  title: Title {number}\n  url: {address}\n"
        for number, address in enumerate(addresses)
    )
    path = Path("entries.yaml")
    path.write_text("".join(rows), encoding="utf-8")
    return path


@contextmanager
def web(scenario: str = SCENARIO) -> Iterator[simweb.Web]:
    with simweb.serve(simweb.Scenario.parse(scenario)) as served:
        yield served


def checked(run: Run, addresses: Sequence[str], *flags: str, scenario: str = SCENARIO) -> dict[str, Any]:
    listed(*addresses)
    with web(scenario) as served:
        ran = run("check", "--format", "json", *QUICK, *served.options, *flags)
    report: dict[str, Any] = json.loads(ran.out)
    Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(report)
    assert report["exit_code"] == ran.code
    return report


VERDICTS = [
    ("https://fine.example/", "alive", "ok", None),
    ("http://fine.example/", "alive", "ok", "LNK103"),
    ("https://gone.example/page", "dead", "not_found", "LNK101"),
    ("https://gone.example/for-good", "dead", "gone", "LNK101"),
    ("https://gone.example/law", "dead", "legal", "LNK101"),
    ("https://moved.example/old", "alive", "ok", "LNK102"),
    ("https://moved.example/tmp", "alive", "ok", None),
    ("http://plain.example/x", "alive", "ok", "LNK103"),
    ("https://shy.example/", "uncertain", "blocked", "LNK105"),
    ("https://shy.example/login", "uncertain", "auth_required", "LNK105"),
    ("https://shy.example/busy", "uncertain", "rate_limited", "LNK105"),
    ("https://ill.example/", "uncertain", "server_error", "LNK104"),
    ("https://ill.example/odd", "uncertain", "client_error", "LNK104"),
    ("https://ill.example/cut", "uncertain", "reset", "LNK104"),
    ("https://ill.example/junk", "uncertain", "protocol_error", "LNK104"),
    ("https://old.example/", "uncertain", "tls", "LNK109"),
    ("https://shut.example/", "uncertain", "refused", "LNK104"),
]


def test_each_kind_of_answer_has_its_verdict_its_reason_and_its_finding(run: Run) -> None:
    report = checked(run, [address for address, *_ in VERDICTS])
    codes = {finding["url"]: finding["code"] for finding in report["findings"]}
    assert [
        (link["url"], link["verdict"], link["reason"], codes.get(link["url"])) for link in report["links"]
    ] == VERDICTS
    assert report["exit_code"] == 1
    assert report["complete"]


def test_findings_of_several_entries_with_one_address_cost_one_request_and_a_second_look(run: Run) -> None:
    address = "https://gone.example/page"
    listed(address, f"{address}#a", address)
    with web() as served:
        report = json.loads(run("check", "--format", "json", *QUICK, *served.options).out)
        asked = [request for request in served.log.requests if request.path == "/page"]
    assert [finding["entry"] for finding in report["findings"] if finding["code"] == "LNK101"] == ["e0", "e1", "e2"]
    assert report["summary"]["requests"] == 1
    assert [(source["requests"], source["follow_ups"]) for source in report["sources"]] == [(1, 1)]
    assert [link["url"] for link in report["links"]] == [address, f"{address}#a"]
    assert [link["entries"] for link in report["links"]] == [["e0", "e2"], ["e1"]]
    assert len(asked) == len({request.connection for request in asked}) == 2


def test_uncertain_links_never_fail_a_run_by_default(run: Run) -> None:
    assert checked(run, ["https://shy.example/", "https://ill.example/", "https://old.example/"])["exit_code"] == 0


def test_excluded_addresses_are_not_asked(run: Run) -> None:
    listed("https://fine.example/", "https://gone.example/page")
    with web() as served:
        report = json.loads(run("check", "--format", "json", *QUICK, *served.options, "--exclude", r"gone\.").out)
        assert {request.host for request in served.log.requests} == {"fine.example"}
    assert [(link["verdict"], link["reason"]) for link in report["links"]] == [("alive", "ok"), ("skipped", "excluded")]


def test_only_the_links_of_the_entry_asked_for_are_asked(run: Run) -> None:
    report = checked(run, ["https://gone.example/page", "https://fine.example/"], "--entry", "e1")
    assert [link["url"] for link in report["links"]] == ["https://fine.example/"]
    assert report["exit_code"] == 0


def test_private_addresses_are_asked_only_where_the_operator_allows_it(run: Run) -> None:
    with web() as served:
        address = f"http://127.0.0.1:{served.http_port}/"
        listed(address)
        refused = json.loads(run("check", "--format", "json", *QUICK).out)
        allowed = json.loads(run("check", "--format", "json", *QUICK, "--allow-private").out)
    (link,) = refused["links"]
    assert (link["verdict"], link["reason"]) == ("skipped", "private_address")
    assert [finding["code"] for finding in refused["findings"]] == ["LNK104"]
    (link,) = allowed["links"]
    assert (link["verdict"], link["reason"]) == ("alive", "ok")


def test_a_name_that_does_not_exist_is_dead(run: Run) -> None:
    scenario = "hosts: {fine.example: {/: 200}, never.example: {dns: nxdomain}, sick.example: {dns: servfail}}"
    report = checked(
        run, ["https://fine.example/", "https://never.example/", "https://sick.example/"], scenario=scenario
    )
    assert [(link["verdict"], link["reason"]) for link in report["links"]] == [
        ("alive", "ok"),
        ("dead", "host_not_found"),
        ("uncertain", "dns_error"),
    ]


def test_no_way_out_is_one_sentence_and_exit_3(run: Run) -> None:
    addresses = [f"https://site{number}.example/page" for number in range(20)]
    listed(*addresses)
    ran = run("check", *QUICK, "--connect-to", "::127.0.0.1:9")
    assert ran.code == 3
    assert "LNK" not in ran.out
    assert "No way out to the network: not one host answered" in ran.out
    report = json.loads(run("check", "--format", "json", *QUICK, "--connect-to", "::127.0.0.1:9").out)
    assert (report["exit_code"], report["complete"], report["findings"]) == (3, False, [])
    assert {link["verdict"] for link in report["links"]} == {"uncertain"}


def test_findings_in_the_text_win_over_no_way_out(run: Run) -> None:
    listed("https://site.example/", '""')
    assert run("check", *QUICK, "--connect-to", "::127.0.0.1:9").code == 1


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "rlhf_linkcheck", "check", *arguments]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_reports_what_it_has(number: int, code: int) -> None:
    listed("https://site.example/quick", "https://site.example/slow")
    with web("hosts: {site.example: {/quick: 200, /slow: {hang: true}}}") as served:
        # One at a time: when the second page has been asked for, the first has been heard.
        arguments = command("--format", "json", *QUICK, "--timeout", "60", "--per-host", "1", *served.options)
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            while len(served.log.requests) < 2:
                assert process.poll() is None
            process.send_signal(number)
            out, err = process.communicate(timeout=30)
    report = json.loads(out)
    assert (process.returncode, err) == (code, b"")
    assert (report["exit_code"], report["complete"]) == (code, False)
    assert [(link["verdict"], link["reason"]) for link in report["links"]] == [
        ("alive", "ok"),
        ("skipped", "interrupted"),
    ]


def test_a_deadline_ends_a_run_with_what_it_has(run: Run) -> None:
    report = checked(
        run,
        ["https://quick.example/", "https://slow.example/"],
        "--deadline",
        "1500ms",
        "--timeout",
        "60",
        scenario="hosts: {quick.example: {/: 200}, slow.example: {/: {hang: true}}}",
    )
    assert not report["complete"]
    assert [(link["verdict"], link["reason"]) for link in report["links"]] == [("alive", "ok"), ("skipped", "deadline")]


def test_a_reader_that_goes_away_is_no_error() -> None:
    listed(*(f"https://site{number}.example/{'x' * 200}" for number in range(500)))
    with subprocess.Popen(
        command("--offline", "--format", "json"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 0


def test_a_full_device_is_one_clear_line() -> None:
    listed("https://example.org/")
    with Path("/dev/full").open("wb") as full:
        finished = subprocess.run(command("--offline"), stdout=full, stderr=subprocess.PIPE, check=False)
    assert finished.returncode == 2
    assert finished.stderr == b"rlhf-linkcheck: standard output cannot be written: No space left on device\n"


@pytest.mark.parametrize("format_name", ["text", "json"])
def test_an_encoding_without_our_characters_is_no_error(format_name: str) -> None:
    path = listed("https://example.org/")
    path.write_text(
        path.read_text("utf-8").replace("Title 0", "通向AGI之路,x").replace("book", "dvd"), encoding="utf-8"
    )
    finished = subprocess.run(
        command("--offline", "--format", format_name),
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert (finished.returncode, finished.stderr) == (1, b"")
    if format_name == "json":
        assert json.loads(finished.stdout)["entries"][0]["title"] == "通向AGI之路,x"
    else:
        assert b"\\u901a" in finished.stdout


def test_closed_streams_are_no_error() -> None:
    listed("https://example.org/")
    finished = subprocess.run(
        ["/bin/sh", "-c", f'exec "{sys.executable}" -m rlhf_linkcheck check --offline <&- >&- 2>&-'], check=False
    )
    assert finished.returncode == 0


def test_a_proxy_is_used_and_no_password_of_a_netrc_is_sent(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    Path(".netrc").write_text("machine fine.example login me password secret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(Path(".netrc").resolve()))
    listed("http://fine.example/")
    with web() as served:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{served.http_port}")
        report = json.loads(run("check", "--format", "json", *QUICK, "--allow-private").out)
        (request,) = served.log.requests
    assert [link["verdict"] for link in report["links"]] == ["alive"]
    assert "authorization" not in {name.lower() for name in request.headers}


def test_the_progress_bar_is_for_terminals_only() -> None:
    pty = pytest.importorskip("pty")
    listed("https://quick.example/")
    with web() as served:
        ours, theirs = pty.openpty()
        finished = subprocess.run(
            command(*QUICK, *served.options),
            stdout=subprocess.PIPE,
            stderr=theirs,
            check=False,
            env={**os.environ, "TERM": "xterm"},
        )
        os.close(theirs)
        drawn = os.read(ours, 65536)
        os.close(ours)
    assert finished.returncode == 0
    assert b"asking" in drawn
    assert b"\x1b" not in finished.stdout
