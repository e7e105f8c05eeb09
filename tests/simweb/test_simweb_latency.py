from statistics import median

import pytest
from simweb_wire import ask

from rlhf_linkcheck.simweb import Behaviour, Host, Latency, Scenario, ScenarioError, serve


def waits(latency: Latency, seed: int = 1) -> list[float]:
    return [latency.seconds(seed, "a.example", f"/{number}", 0) for number in range(2000)]


def test_half_of_the_answers_are_faster_than_the_median() -> None:
    assert median(waits(Latency(0.2, 0.5))) == pytest.approx(0.2, rel=0.05)


def test_the_spread_is_that_of_the_logarithm() -> None:
    slower = sum(wait > 0.2 * 2.718**0.5 for wait in waits(Latency(0.2, 0.5)))
    assert slower / 2000 == pytest.approx(0.16, abs=0.03)
    assert all(wait > 0 for wait in waits(Latency(0.2, 2.0)))


def test_each_request_waits_as_long_in_every_run() -> None:
    latency = Latency(0.2, 0.5)
    assert latency.seconds(6, "a.example", "/x", 0) == pytest.approx(0.2073, abs=0.00005)
    drawn = {
        latency.seconds(*asked) for asked in [(1, "a", "/", 0), (2, "a", "/", 0), (1, "b", "/", 0), (1, "a", "/x", 0)]
    }
    assert len(drawn | {latency.seconds(1, "a", "/", 1)}) == 5


def test_without_a_spread_all_wait_alike() -> None:
    assert set(waits(Latency(0.2))) == {0.2}


def test_a_scenario_says_it_of_a_host() -> None:
    text = "hosts: {a.example: {latency: {median: 0.2, spread: 1}}, b.example: {latency: 2}, c.example: {latency: 0}}"
    scenario = Scenario.parse(text)
    latencies = [host.latency for host in scenario.hosts.values()]
    assert latencies == [Latency(0.2, 1.0), Latency(2.0), Latency(0.0)]


@pytest.mark.parametrize(
    ("latency", "message"),
    [
        ("-1", "median: must not be negative, found -1.0"),
        ("{median: 1, spread: -1}", "spread: must not be negative, found -1.0"),
        ("fast", "median: expected a number of seconds, found 'fast'"),
        ("{mean: 1}", "mean: unknown key, did you mean median?"),
    ],
)
def test_what_is_wrong_is_said(latency: str, message: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        Scenario.parse(f"hosts: {{a: {{latency: {latency}}}}}")
    assert str(caught.value) == f"hosts: a: latency: {message}"


def test_pages_of_the_host_wait_that_much_longer() -> None:
    pages = {"/slow": (Behaviour(delay=0.2),), "/*": (Behaviour(),)}
    with serve(Scenario(hosts={"a.example": Host(pages, latency=Latency(0.3))})) as web:
        for path in ("/fast", "/slow"):
            ask(web, path, "a.example")
        fast, slow = (one.ended - one.started for one in web.log.requests if one.ended is not None)
    assert fast >= 0.3
    assert slow >= 0.5
