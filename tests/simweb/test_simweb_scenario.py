from pathlib import Path

import pytest

from rlhf_linkcheck.simweb import Behaviour, Dns, Fault, Host, Scenario, ScenarioError, Tls


def test_a_scenario_reads_as_the_dataclasses_say() -> None:
    text = """
default: 200
hosts:
  Example.ORG:443:
    tls: expired
    /a: {status: 404, delay: 1, headers: {X: y}}
    /b: {sequence: [{hang: true}, 503]}
  münchen.example: {dns: servfail, refuse: false}
  example.net:8080: {refuse: true}
  "[2001:db8::1]:8443": {tls: ok}
  empty.example:
"""
    assert Scenario.parse(text) == Scenario(
        default=(Behaviour(status=200),),
        hosts={
            "example.org": Host(
                tls=Tls.EXPIRED,
                pages={
                    "/a": (Behaviour(status=404, delay=1.0, headers=(("X", "y"),)),),
                    "/b": (Behaviour(fault=Fault.HANG), Behaviour(status=503)),
                },
            ),
            "xn--mnchen-3ya.example": Host(dns=Dns.SERVFAIL),
            "example.net:8080": Host(refuse=True),
            "[2001:db8::1]:8443": Host(tls=Tls.OK),
            "empty.example": Host(),
        },
    )


def test_an_empty_file_is_an_empty_scenario() -> None:
    assert Scenario.parse("") == Scenario()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a", "expected a mapping, found a list"),
        ("hosts: 3", "hosts: expected a mapping, found 3"),
        ("hosts: {3: {}}", "hosts: expected text as a key, found 3"),
        ("host: {}", "host: unknown key, did you mean hosts?"),
        ("zzz: {}", "zzz: unknown key"),
        ("default: yes", "default: expected a mapping, found True"),
        ("default: {status: ok}", "default: status: expected a whole number, found 'ok'"),
        ("default: {status: true}", "default: status: expected a whole number, found True"),
        ("default: 42", "default: status: expected 200 to 999, found 42"),
        ("default: {status: 1000}", "default: status: expected 200 to 999, found 1000"),
        ("default: {staus: 200}", "default: staus: unknown key, did you mean status?"),
        ("default: {body: [a]}", "default: body: expected text or !!binary, found a list"),
        ("default: {raw: ł}", "default: raw: a character outside latin-1; write it as !!binary"),
        ("default: {location: {a: b}}", "default: location: expected text, found a mapping"),
        (
            'default: {location: "a\\r\\nb"}',
            "default: 'location': no header can be so; use raw to send it all the same",
        ),
        ("default: {headers: {a b: c}}", "default: 'a b': no header can be so; use raw to send it all the same"),
        ("default: {headers: {a: {b: c}}}", "default: headers: a: expected text, or a list of texts"),
        ("default: {headers: {a: true}}", "default: headers: a: expected text, or a list of texts"),
        ("default: {delay: soon}", "default: delay: expected a number of seconds, found 'soon'"),
        ("default: {delay: .inf}", "default: delay: expected a number of seconds, found inf"),
        ("default: {delay: true}", "default: delay: expected a number of seconds, found True"),
        ("default: {delay: -1}", "default: delay: must not be negative, found -1.0"),
        ("default: {truncate: -1}", "default: truncate: must not be negative, found -1"),
        ("default: {hang: 1}", "default: hang: expected true or false, found 1"),
        ("default: {hang: true, reset: true}", "default: reset: cannot stand beside hang"),
        ("default: {status: 200, raw: x}", "default: status: cannot stand beside raw"),
        ("default: {reset: true, trickle: 1}", "default: trickle: cannot stand beside reset"),
        ("default: {sequence: []}", "default: sequence: expected a list of behaviours"),
        ("default: {sequence: 3}", "default: sequence: expected a list of behaviours"),
        ("default: {sequence: [200], delay: 1}", "default: delay: cannot stand beside sequence; give it to the steps"),
        ("default: {sequence: [200, {x: 1}]}", "default: sequence[1]: x: unknown key"),
        ("hosts: {a b: {}}", "hosts: a b: 'a b' is no host"),
        ("hosts: {'a:0': {}}", "hosts: a:0: 'a:0' is no host"),
        ("hosts: {A.b: {}, a.B.: {}}", "hosts: a.B.: is given twice"),
        (
            "hosts: {a: {tls: old}}",
            f"hosts: a: tls: expected one of {', '.join(Tls)}, found 'old'",
        ),
        ("hosts: {a: {dns: none}}", "hosts: a: dns: expected one of nxdomain, servfail, nodata, timeout, found 'none'"),
        ("hosts: {a: {refused: true}}", "hosts: a: refused: unknown key, did you mean refuse?"),
        ("hosts: {a: {/x: {y: 1}}}", "hosts: a: /x: y: unknown key"),
        (
            "hosts: {a: {/x*y: 200}}",
            "hosts: a: /x*y: a path is written as it is sent: percent-encoded, * only at its end",
        ),
        ("hosts: {a: {/ä: 200}}", "hosts: a: /ä: a path is written as it is sent: percent-encoded, * only at its end"),
        ("hosts: {'a:81': {dns: nodata}}", "hosts: a:81: dns: a name fails as a whole; give it to a"),
        ("hosts: {a: , 'a:81': {tls: expired}}", "hosts: a:81: tls: expired, but ok at another port"),
        ("a: 1\na: 2", "line 2, column 1: a: is given twice"),
        ("a: [", "line 1, column 5: expected the node content, but found '<stream end>'"),
        ("? [a]\n: b", "line 1, column 3: found unhashable key"),
        (
            "a: \x00",
            'unacceptable character #x0000: special characters are not allowed in "<unicode string>", position 3',
        ),
        ("default: 2026-99-99", "month must be in 1..12"),
        (f"default: {'x' * 50}", f"default: expected a mapping, found '{'x' * 39}…"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_that_names_the_key(text: str, message: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        Scenario.parse(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("hosts", "message"),
    [
        ({"Example.org": Host()}, "Example.org: is written as example.org"),
        ({"a:443": Host()}, "a:443: is written as a"),
    ],
)
def test_hosts_made_in_python_are_held_to_the_normal_form(hosts: dict[str, Host], message: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        Scenario(hosts=hosts)
    assert str(caught.value) == message


def test_a_file_is_named_in_its_errors(tmp_path: Path) -> None:
    path = tmp_path / "web.yaml"
    path.write_text("hots: {}")
    with pytest.raises(ScenarioError, match=r"web\.yaml: hots: unknown key, did you mean hosts\?$"):
        Scenario.load(path)
    path.write_bytes(b"default: \xff")
    with pytest.raises(ScenarioError, match=r"web\.yaml: not UTF-8 at byte 9$"):
        Scenario.load(path)


def test_a_file_that_loads_is_a_scenario(tmp_path: Path) -> None:
    path = tmp_path / "web.yaml"
    path.write_text("default: 404")
    assert Scenario.load(path) == Scenario(default=(Behaviour(status=404),))
