import pytest
from simweb_wire import ask, plain, read_answer, request

from rlhf_linkcheck.simweb import Behaviour, Excess, Fault, Host, Limit, Scenario, ScenarioError, serve
from rlhf_linkcheck.simweb.limits import Meter

PAGE = (Behaviour(body=b"page"),)


def beyond(limit: Limit, *starts: float) -> list[float]:
    """Which of these starts are beyond the limit, where each request ends before the next one starts."""
    meter = Meter(limit)
    found = []
    for start in starts:
        if meter.begin(start):
            found.append(start)
        meter.end()
    return found


def test_who_keeps_the_interval_is_never_beyond_it() -> None:
    assert beyond(Limit(("a",), interval=3), 10, 13, 16, 30, 33) == []


def test_who_comes_too_early_is_and_delays_nobody_else() -> None:
    assert beyond(Limit(("a",), interval=3), 10, 11, 12, 13, 16) == [11, 12]


def test_the_way_may_take_a_tenth_of_the_interval_more_or_less() -> None:
    assert beyond(Limit(("a",), interval=3), 10, 12.8, 16.1, 18.9) == []
    assert beyond(Limit(("a",), interval=3, tolerance=0), 10, 12.8) == [12.8]
    assert beyond(Limit(("a",), interval=3, tolerance=1), 10, 12.1) == []


def test_to_be_early_each_time_is_to_be_too_fast() -> None:
    assert beyond(Limit(("a",), interval=3), *(10 + 2.8 * number for number in range(4)))


def test_a_window_holds_so_many() -> None:
    assert beyond(Limit(("a",), requests=2, window=10), 0, 1, 2, 10.5, 11.5) == [2]


def test_requests_at_once_are_counted() -> None:
    meter = Meter(Limit(("a",), in_flight=2))
    assert [meter.begin(0.0), meter.begin(0.0), meter.begin(0.0)] == [False, False, True]
    meter.end()
    meter.end()
    assert not meter.begin(0.0)
    assert meter.excesses == {Excess.IN_FLIGHT: 1}


def test_a_scenario_says_them() -> None:
    text = """
limits:
  - {hosts: [A.example, b.example:8080], interval: 3, in_flight: 1, tolerance: 0}
  - {hosts: [c.example], requests: 133, window: 60, status: 429}
"""
    assert Scenario.parse(text).limits == (
        Limit(("a.example", "b.example:8080"), interval=3.0, in_flight=1, tolerance=0.0),
        Limit(("c.example",), requests=133, window=60.0, status=429),
    )


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ("{}", "expected a list of limits"),
        ("[3]", "[0]: expected a mapping, found 3"),
        ("[{interval: 1}]", "[0]: hosts: expected a list of hosts"),
        ("[{hosts: [a]}]", "[0]: a: limits nothing: give it an interval, in_flight or requests"),
        ("[{hosts: [a], interval: -1}]", "[0]: interval: must not be negative, found -1.0"),
        ("[{hosts: [a], in_flight: 0}]", "[0]: in_flight: must be 1 or more, found 0"),
        ("[{hosts: [a], requests: 3}]", "[0]: requests and window: give both, or none"),
        ("[{hosts: [a], interval: 1, status: 42}]", "[0]: status: expected 200 to 999, found 42"),
        ("[{hosts: [a], intervall: 1}]", "[0]: intervall: unknown key, did you mean interval?"),
        ("[{hosts: [a], interval: 1}, {hosts: [a], in_flight: 1}]", "a: is in two limits"),
    ],
)
def test_what_is_wrong_is_said(limits: str, message: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        Scenario.parse(f"limits: {limits}")
    assert str(caught.value) == f"limits: {message}"


def test_what_is_beyond_is_counted_and_answered_all_the_same() -> None:
    limit = Limit(("a.example", "b.example"), interval=60)
    with serve(Scenario(default=PAGE, limits=(limit,))) as web:
        bodies = [ask(web, "/", host)[1] for host in ("a.example", "b.example", "c.example", "c.example")]
        assert bodies == [b"page"] * 4
        assert [one.beyond for one in web.log.requests] == [False, True, False, False]
        assert web.log.summary()["violations"] == {"a.example": {"interval": 1}}


def test_what_is_beyond_is_refused_where_the_limit_says_so() -> None:
    limit = Limit(("a.example",), requests=1, window=60, status=429)
    with serve(Scenario(default=PAGE, limits=(limit,))) as web:
        heads = [ask(web, "/", "a.example")[0] for _ in range(2)]
    assert [head.split()[1] for head in heads] == [b"200", b"429"]


def test_a_request_is_in_flight_until_its_answer_is_sent() -> None:
    hosts = {"a.example": Host({"/hang": (Behaviour(fault=Fault.HANG),), "/": PAGE})}
    with serve(Scenario(hosts=hosts, limits=(Limit(("a.example",), in_flight=1),))) as web, plain(web) as first:
        for _ in range(5):
            ask(web, "/", "a.example")
        assert web.log.summary()["violations"] == {}
        first.sendall(request("/hang", "a.example"))
        while not web.log.of("a.example", "/hang"):
            ask(web, "/", "b.example")
        with plain(web) as second:
            second.sendall(request("/", "a.example"))
            read_answer(second)
        assert web.log.summary()["violations"] == {"a.example": {"in_flight": 1}}


def test_a_request_that_is_beyond_two_parts_of_a_limit_is_one_request() -> None:
    meter = Meter(Limit(("a.example",), interval=3.0, in_flight=1))
    assert [meter.begin(0.0), meter.begin(0.0), meter.begin(0.0)] == [False, True, True]
    assert (meter.beyond, meter.excesses) == (2, {Excess.INTERVAL: 2, Excess.IN_FLIGHT: 2})


def test_a_redirect_s_hop_is_counted_against_the_host_it_goes_to() -> None:
    hosts = {"a.example": Host({"/*": (Behaviour(location="https://b.example/", status=302),)})}
    limit = Limit(("b.example",), interval=60)
    with serve(Scenario(default=PAGE, hosts=hosts, limits=(limit,))) as web:
        for host in ("a.example", "b.example", "a.example", "b.example"):
            ask(web, "/", host)
        assert web.log.summary()["beyond"] == {"b.example": 1}
        assert web.log.summary()["hops"] == 1
