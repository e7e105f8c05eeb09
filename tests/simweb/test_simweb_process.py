import json
import signal
import socket
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

import pytest

from rlhf_linkcheck.simweb import ScenarioError, process, spawn


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    path = tmp_path / "web.yaml"
    path.write_text("default: {body: here}\nhosts: {closed.example: {refuse: true}}\n")
    return path


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory for temporary files, to be found empty again."""
    directory = tmp_path / "tmp"
    directory.mkdir()
    monkeypatch.setenv("TMPDIR", str(directory))
    return directory


def start(scenario: Path) -> subprocess.Popen[str]:
    command = (sys.executable, "-m", "rlhf_linkcheck.simweb", scenario)
    return subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True)


def body_at(port: int) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(b"GET / HTTP/1.0\r\nHost: example.org\r\n\r\n")
        return b"".join(iter(lambda: connection.recv(4096), b"")).rpartition(b"\r\n\r\n")[2]


def test_spawn_serves_as_its_line_says_and_leaves_nothing_behind(scenario: Path, temporary: Path) -> None:
    with spawn(scenario) as web:
        assert body_at(web.http_port) == b"here"
        assert Path(web.ca_file).parent.parent == temporary
        assert web.connect_to[1:] == (f":80:127.0.0.1:{web.http_port}", f":443:127.0.0.1:{web.tls_port}")
        assert web.options[-4:] == ("--ca-file", web.ca_file, "--dns-server", web.dns_address)
    assert not list(temporary.iterdir())
    with pytest.raises(ConnectionRefusedError):
        body_at(web.http_port)


def test_spawn_leaves_nothing_behind_when_the_block_raises(scenario: Path, temporary: Path) -> None:
    with pytest.raises(LookupError), spawn(str(scenario)) as web:
        raise LookupError
    assert not list(temporary.iterdir())
    with pytest.raises(ConnectionRefusedError):
        body_at(web.http_port)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_process_in_order(scenario: Path, temporary: Path, number: signal.Signals) -> None:
    with start(scenario) as served:
        assert served.stdout
        line = json.loads(served.stdout.readline())
        assert Path(line["ca_file"]).exists()
        served.send_signal(number)
        assert served.wait(20) == 0
        assert served.stdout.read() == ""
    assert not list(temporary.iterdir())


def test_the_process_ends_with_its_input(scenario: Path, temporary: Path) -> None:
    with start(scenario) as served:
        said, complaint = served.communicate("ignored", timeout=20)
    assert (served.returncode, said.count("\n"), complaint) == (0, 1, "")
    assert not list(temporary.iterdir())


@pytest.mark.parametrize(
    ("text", "message"),
    [("hosts: {a: {tsl: ok}}", "web.yaml: hosts: a: tsl: unknown key, did you mean tls?\n"), (None, "web.yaml'\n")],
)
def test_a_bad_scenario_is_one_line_and_exit_code_2(tmp_path: Path, text: str | None, message: str) -> None:
    path = tmp_path / "web.yaml"
    if text:
        path.write_text(text)
    with start(path) as served:
        said, complaint = served.communicate(timeout=20)
    assert (served.returncode, said, complaint.count("\n")) == (2, "", 1)
    assert complaint.endswith(message)


def test_spawn_raises_for_a_bad_scenario_before_it_starts_a_process(tmp_path: Path) -> None:
    path = tmp_path / "web.yaml"
    path.write_text("[]")
    with pytest.raises(ScenarioError, match=r"web\.yaml: expected a mapping, found a list"), spawn(path):
        pass


def test_spawn_says_where_the_process_does_not_start(scenario: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "PACKAGE", "rlhf_linkcheck.simweb.missing")
    with pytest.raises(RuntimeError, match="exit code 1 before it was ready"), spawn(scenario):
        pass


def test_a_process_that_does_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "GRACE", 0.01)
    with subprocess.Popen((sys.executable, "-c", "input()"), stdin=subprocess.PIPE, text=True) as stubborn:
        process._end(stubborn)
        assert stubborn.wait(20) == -signal.SIGKILL
