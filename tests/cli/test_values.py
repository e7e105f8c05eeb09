import re

import pytest

from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.cli.values import (
    parse_address,
    parse_codes,
    parse_connect_to,
    parse_duration,
    parse_host_interval,
    parse_pattern,
)
from rlhf_linkcheck.config import Config, ConnectTo


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("example.org:443:127.0.0.1:8443", ConnectTo("example.org", 443, "127.0.0.1", 8443)),
        ("::127.0.0.1:8443", ConnectTo("", None, "127.0.0.1", 8443)),
        (":443:127.0.0.1:8443", ConnectTo("", 443, "127.0.0.1", 8443)),
        ("Example.ORG::other.org:", ConnectTo("example.org", None, "other.org", None)),
        ("example.org:443::8443", ConnectTo("example.org", 443, "", 8443)),
        ("[2001:db8::1]:80:[::1]:8080", ConnectTo("2001:db8::1", 80, "::1", 8080)),
    ],
)
def test_connect_to_is_read_as_curl_reads_it(text: str, read: ConnectTo) -> None:
    assert parse_connect_to(text) == read


@pytest.mark.parametrize("text", ["", "a:b", "a:1:b", "a:x:b:1", "a:1:b:2:c", "a:0:b:1", "a:1:b:65536", "::1:1:b:2"])
def test_anything_else_is_refused_with_the_form_to_write(text: str) -> None:
    with pytest.raises(UsageError, match=r"HOST:PORT:ADDR:PORT|ports go from 1 to 65535"):
        parse_connect_to(text)


@pytest.mark.parametrize("port", ["0", "65536", "9" * 5_000])
def test_a_port_that_there_cannot_be_is_said_with_its_option(port: str) -> None:
    for text in (f"a:{port}:b:1", f"a:1:b:{port}"):
        with pytest.raises(UsageError) as refused:
            parse_connect_to(text)
        assert str(refused.value) == f"--connect-to {text}: {port} is no port; ports go from 1 to 65535"
    with pytest.raises(UsageError) as refused:
        parse_address(f"127.0.0.1:{port}", "--dns-server")
    assert str(refused.value) == f"--dns-server 127.0.0.1:{port}: {port} is no port; ports go from 1 to 65535"


def test_a_connection_is_matched_by_host_and_port_and_empty_means_any() -> None:
    rule = ConnectTo("example.org", 443, "127.0.0.1", 8443)
    assert rule.matches("example.org", 443)
    assert not rule.matches("example.org", 80)
    assert not rule.matches("www.example.org", 443)
    assert ConnectTo("", None, "", None).matches("anything", 1)


def test_an_address_is_host_and_port() -> None:
    assert parse_address("127.0.0.1:53", "--dns-server") == ("127.0.0.1", 53)
    assert parse_address("[::1]:53", "--dns-server") == ("::1", 53)
    assert parse_address("[fe80::1%eth0]:53", "--dns-server") == ("fe80::1%eth0", 53)
    for text in ("127.0.0.1", ":53", "::1:53", "127.0.0.1:0"):
        with pytest.raises(UsageError):
            parse_address(text, "--dns-server")


@pytest.mark.parametrize("server", ["999.1.1.1", "dns.example.org", "[zz]", "127.1"])
def test_a_name_server_is_named_by_its_ip_address(server: str) -> None:
    """Of anything else c-ares makes an error in the middle of the run."""
    with pytest.raises(UsageError) as refused:
        parse_address(f"{server}:53", "--dns-server")
    assert str(refused.value) == f"--dns-server {server}:53: write ADDR:PORT, as in 127.0.0.1:53 or [::1]:53"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90", 90), ("90s", 90), ("1.5m", 90), ("2h", 7200), ("7d", 604800), ("250ms", 0.25), (" 5m ", 300)],
)
def test_a_duration_is_a_number_and_a_unit(text: str, seconds: float) -> None:
    assert parse_duration(text, "--deadline") == seconds


@pytest.mark.parametrize("text", ["", "soon", "5 minutes", "-5s", "1w"])
def test_no_other_duration_is_guessed(text: str) -> None:
    with pytest.raises(UsageError, match="write a number and a unit"):
        parse_duration(text, "--deadline")


def test_codes_are_prefixes_of_rules() -> None:
    assert parse_codes("ent, DUP101,", "--select") == ("ENT", "DUP101")
    for text in ("ENT;DUP", "dead-link", "E"):
        with pytest.raises(UsageError, match="write codes or their beginnings"):
            parse_codes(text, "--select")


def test_a_pattern_must_be_a_regular_expression() -> None:
    assert parse_pattern(r"\.pdf$", "--exclude") == r"\.pdf$"
    too_deep = "(" * 5_000 + ")" * 5_000
    for text, amiss in (("(", "missing )"), ("a{99999999999}", "repetition number"), (too_deep, "nested too deeply")):
        with pytest.raises(UsageError, match=f"no regular expression: .*{re.escape(amiss)}"):
            parse_pattern(text, "--exclude")


def test_an_empty_pattern_does_not_leave_out_every_address_in_silence() -> None:
    with pytest.raises(UsageError, match="--exclude: an empty pattern is found in every address"):
        parse_pattern("", "--exclude")


def test_a_pattern_that_a_later_python_may_read_otherwise_warns_nobody(recwarn: pytest.WarningsRecorder) -> None:
    assert parse_pattern("[[a]", "--exclude") == "[[a]"
    assert not recwarn.list


@pytest.mark.parametrize(
    ("select", "ignore", "code", "runs"),
    [
        ((), (), "LNK101", True),
        (("LNK",), (), "LNK101", True),
        (("ENT",), (), "LNK101", False),
        ((), ("LNK",), "LNK101", False),
        (("LNK101",), ("LNK",), "LNK101", True),
        (("LNK",), ("LNK101",), "LNK101", False),
        (("LNK",), ("LNK",), "LNK101", False),
    ],
)
def test_the_longer_prefix_wins(select: tuple[str, ...], ignore: tuple[str, ...], code: str, runs: bool) -> None:
    assert Config(select=select, ignore=ignore).selects(code) is runs


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("export.arxiv.org=5", ("export.arxiv.org", 5.0)),
        (" A.example=0.25 ", ("a.example", 0.25)),
        ("*=0", ("*", 0.0)),
    ],
)
def test_a_hosts_interval_is_read(text: str, read: tuple[str, float]) -> None:
    assert parse_host_interval(text) == read


@pytest.mark.parametrize(
    "text", ["", "a.example", "=3", "a.example=", "a.example=-1", "a.example=nan", "a b=1", "a=1e9", "a.example:80=1"]
)
def test_what_is_no_hosts_interval_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(UsageError, match=r"write HOST=SECONDS, as in export\.arxiv\.org=5"):
        parse_host_interval(text)
