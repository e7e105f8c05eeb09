import io
import json
import socket
from pathlib import Path

from simweb_wire import ask, post

from rlhf_linkcheck.simweb import Behaviour, Request, RequestLog, Scenario, serve, spawn

WEB = "{default: 200, hosts: {a.example: {/old: {location: /new}, /far: {location: 'https://B.example#top'}}}}"


def test_first_look_ups_hops_and_repeats_are_told_apart() -> None:
    with serve(Scenario.parse(WEB)) as web:
        for path in ("/old", "/new", "/old", "/other", "/far"):
            ask(web, path, "a.example")
        ask(web, "/", "b.example")
        summary = web.log.summary()
    sums = {name: summary[name] for name in ("requests", "first", "hops", "repeats")}
    assert sums == {"requests": 6, "first": 3, "hops": 2, "repeats": 1}
    own = {"requests": 5, "first": 3, "hops": 1, "repeats": 1, "in_flight": 0, "peak": 1}
    assert summary["hosts"]["a.example"] == own
    assert summary["violations"] == {}


def test_what_is_posted_is_part_of_the_address() -> None:
    with serve(Scenario.parse(WEB)) as web:
        for body in (b"one", b"two", b"one"):
            post(web, "/api", "a.example", body)
        assert (web.log.summary()["first"], web.log.summary()["repeats"]) == (2, 1)


def test_a_redirect_to_what_is_no_address_leads_nowhere() -> None:
    log = RequestLog()
    log.lead(Request("http", "a.example", "GET", "/"), "http://[broken")
    assert log.summary()["hosts"] == {}


def test_a_log_that_only_counts_keeps_nothing() -> None:
    log = RequestLog(keeps=False)
    visit = log.begin(Request("http", "a.example", "GET", "/"), 1)
    log.ask("a.example", 1)
    assert log.summary()["hosts"]["a.example"]["in_flight"] == 1
    log.end(visit)
    log.end(visit)
    assert (log.requests, log.questions) == ((), ())
    assert log.summary()["hosts"]["a.example"]["in_flight"] == 0
    assert log.summary()["questions"] == 1


def test_a_log_is_written_as_lines_of_json() -> None:
    with serve(Scenario(default=(Behaviour(),))) as web:
        post(web, "/a", "a.example", b"\xffbody")
        ask(web, "/b", "a.example")
    file = io.StringIO()
    web.log.write(file)
    first, second = map(json.loads, file.getvalue().splitlines())
    assert (first["method"], first["path"], first["body"]) == ("POST", "/a", "ÿbody")
    assert second["headers"]["host"] == "a.example"
    assert second["started"] <= second["ended"]


def test_a_process_writes_what_it_counted_and_what_it_was_asked(tmp_path: Path) -> None:
    path, log, summary = (tmp_path / name for name in ("web.yaml", "log", "summary"))
    path.write_text("default: 200\n")
    with spawn(path, "--log", str(log), "--summary", str(summary)) as web:
        ask_port(web.http_port)
    assert json.loads(summary.read_text())["requests"] == 1
    assert json.loads(log.read_text())["host"] == "a.example"


def ask_port(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(b"GET / HTTP/1.0\r\nHost: a.example\r\n\r\n")
        while connection.recv(4096):
            pass
