from dataclasses import replace

import pytest

from rlhf_linkcheck.evidence import Outcome, Reason
from rlhf_linkcheck.net.answer import Answer, Trouble
from rlhf_linkcheck.verdicts.outage import Assessment, assess, needs_control, needs_name, witnesses

NOBODY: frozenset[str] = frozenset()
CONTROL = "https://control.example/"


def outcomes(**reasons: Reason) -> dict[str, Outcome]:
    """``a1=Reason.TIMEOUT`` is the link http://a.example/1."""
    urls = {name: f"http://{name[0]}.example/{name[1:]}" for name in reasons}
    return {urls[name]: Outcome(reason, final_url=urls[name], detail="seen") for name, reason in reasons.items()}


def control(reason: Reason) -> Answer:
    return Answer(CONTROL, trouble=Trouble(reason, ""))


def test_three_silent_links_of_a_silent_host_are_one_host_down() -> None:
    known = outcomes(a1=Reason.TIMEOUT, a2=Reason.REFUSED, a3=Reason.RESET, b1=Reason.OK)
    judged = assess(known, frozenset({"b.example"}), None, resolves=True)
    assert [outcome.reason for outcome in judged.outcomes.values()] == [Reason.HOST_DOWN] * 3 + [Reason.OK]
    assert judged.note == "a.example does not answer: its 3 links could not be checked and are not counted as dead"
    assert judged.outcomes["http://a.example/1"].detail == "seen; none of the 3 links of a.example was answered"
    assert not judged.no_way_out


@pytest.mark.parametrize(
    ("hosts", "who"),
    [
        ("ab", "a.example and b.example do"),
        ("abc", "a.example, b.example and c.example do"),
        ("abcd", "a.example, b.example and 2 other hosts do"),
        ("abcdef", "a.example, b.example and 4 other hosts do"),
    ],
)
def test_several_silent_hosts_are_one_sentence(hosts: str, who: str) -> None:
    known = outcomes(**{f"{host}{n}": Reason.TIMEOUT for host in hosts for n in range(3)}, z1=Reason.OK)
    judged = assess(known, frozenset({"z.example"}), None, resolves=True)
    links = 3 * len(hosts)
    assert judged.note == f"{who} not answer: their {links} links could not be checked and are not counted as dead"


def test_two_silent_links_are_judged_each_for_itself() -> None:
    known = outcomes(a1=Reason.TIMEOUT, a2=Reason.TIMEOUT, b1=Reason.OK)
    assert assess(known, frozenset({"b.example"}), None, resolves=True) == Assessment(known)


def test_a_host_that_answered_once_is_not_down() -> None:
    known = outcomes(a1=Reason.TIMEOUT, a2=Reason.TIMEOUT, a3=Reason.TIMEOUT)
    assert assess(known, frozenset({"a.example"}), None, resolves=True).outcomes == known


def test_of_a_host_of_which_much_is_remembered_a_witness_is_wanted() -> None:
    known = outcomes(a1=Reason.TIMEOUT, a2=Reason.RESET, b1=Reason.TIMEOUT, c1=Reason.OK)
    remembered = {name: replace(one, from_cache=True) for name, one in outcomes(a3=Reason.OK, b2=Reason.OK).items()}
    every = known | remembered
    assert witnesses(every, frozenset({"c.example"})) == {"a.example": "http://a.example/3"}
    assert witnesses(every, frozenset({"a.example", "c.example"})) == {}
    assert witnesses(known | outcomes(a3=Reason.NOT_FOUND), NOBODY) == {}
    assert witnesses(outcomes(d1=Reason.TIMEOUT) | remembered, NOBODY) == {"a.example": "http://a.example/3"}
    # Without its word each link speaks for itself.
    assert assess(every, frozenset({"c.example"}), None, resolves=True) == Assessment(every)
    judged = assess(every, frozenset({"c.example"}), None, resolves=True, silent=frozenset({"a.example"}))
    down = [address for address, outcome in judged.outcomes.items() if outcome.reason is Reason.HOST_DOWN]
    assert down == ["http://a.example/1", "http://a.example/2"]


@pytest.mark.parametrize("other", [Reason.TLS, Reason.PROTOCOL_ERROR])
def test_a_host_with_which_something_was_exchanged_is_not_down(other: Reason) -> None:
    known = outcomes(a1=Reason.TIMEOUT, a2=Reason.TIMEOUT, a3=Reason.TIMEOUT, a4=other)
    assert assess(known, NOBODY, None, resolves=True).outcomes == known


def test_silence_behind_redirects_counts_for_the_host_that_was_silent() -> None:
    known = {f"http://short.example/{n}": Outcome(Reason.TIMEOUT, final_url=f"http://a.example/{n}") for n in range(3)}
    judged = assess(known, frozenset({"short.example"}), None, resolves=True)
    assert {outcome.reason for outcome in judged.outcomes.values()} == {Reason.HOST_DOWN}
    assert judged.note.startswith("a.example does not answer")


@pytest.mark.parametrize(
    ("known", "answered", "needed"),
    [
        (outcomes(a1=Reason.HOST_NOT_FOUND), NOBODY, True),
        (outcomes(a1=Reason.TIMEOUT, b1=Reason.DNS_ERROR), NOBODY, True),
        (outcomes(a1=Reason.TIMEOUT), frozenset({"b.example"}), False),
        (outcomes(a1=Reason.TIMEOUT, b1=Reason.TLS), NOBODY, False),
        (outcomes(a1=Reason.PRIVATE_ADDRESS), NOBODY, False),
        ({}, NOBODY, False),
    ],
)
def test_the_control_address_is_asked_only_where_nothing_was_reached(
    known: dict[str, Outcome], answered: frozenset[str], *, needed: bool
) -> None:
    assert needs_control(known, answered) is needed


@pytest.mark.parametrize(
    ("reason", "resolves", "needed"),
    [
        (Reason.HOST_NOT_FOUND, False, True),
        (Reason.HOST_NOT_FOUND, True, False),
        (Reason.DNS_ERROR, False, True),
        (Reason.OK, False, False),
    ],
)
def test_the_control_addresss_name_is_looked_up_only_where_names_are_missing_and_none_was_found(
    reason: Reason, *, resolves: bool, needed: bool
) -> None:
    assert needs_name(outcomes(a1=reason, b1=Reason.OK), resolves=resolves) is needed


def test_no_such_name_stands_where_others_were_found() -> None:
    known = outcomes(a1=Reason.HOST_NOT_FOUND, b1=Reason.OK)
    assert assess(known, frozenset({"b.example"}), None, resolves=True).outcomes == known


def test_no_such_name_stands_where_the_control_address_answers() -> None:
    known = outcomes(a1=Reason.HOST_NOT_FOUND)
    judged = assess(known, NOBODY, Answer(CONTROL, 200), resolves=True)
    assert (judged.outcomes, judged.no_way_out) == (known, False)


@pytest.mark.parametrize("answered", [NOBODY, frozenset({"c.example"})])
@pytest.mark.parametrize("heard", [None, Answer(CONTROL, 200)])
def test_no_such_name_is_doubted_where_no_name_was_found_whoever_answered(
    answered: frozenset[str], heard: Answer | None
) -> None:
    known = outcomes(a1=Reason.HOST_NOT_FOUND, b1=Reason.TIMEOUT, c1=Reason.NOT_FOUND)
    judged = assess(known, answered, heard, resolves=False)
    assert judged.outcomes == {
        **known,
        "http://a.example/1": replace(
            known["http://a.example/1"],
            reason=Reason.DNS_ERROR,
            detail="seen, but our own resolver found no public name at all",
        ),
    }
    assert not judged.no_way_out


@pytest.mark.parametrize("reason", [Reason.TIMEOUT, Reason.DNS_ERROR, Reason.HOST_NOT_FOUND, Reason.REFUSED])
def test_without_any_answer_and_without_the_control_there_is_no_way_out(reason: Reason) -> None:
    known = outcomes(a1=Reason.HOST_NOT_FOUND, a2=Reason.HOST_NOT_FOUND, b1=Reason.TIMEOUT, c1=Reason.PRIVATE_ADDRESS)
    judged = assess(known, NOBODY, control(reason), resolves=True)
    assert judged.no_way_out
    assert [outcome.reason for outcome in judged.outcomes.values()] == [
        Reason.DNS_ERROR,
        Reason.DNS_ERROR,
        Reason.TIMEOUT,
        Reason.PRIVATE_ADDRESS,
    ]
    doubt = "seen, and no other host answered either, nor did the control address"
    assert [outcome.detail for outcome in judged.outcomes.values()] == [doubt, doubt, doubt, "seen"]


@pytest.mark.parametrize("reason", [Reason.TLS, Reason.PROTOCOL_ERROR])
def test_a_control_address_that_shows_a_wrong_certificate_is_a_way_out(reason: Reason) -> None:
    known = outcomes(a1=Reason.HOST_NOT_FOUND)
    judged = assess(known, NOBODY, control(reason), resolves=True)
    assert (judged.outcomes, judged.no_way_out) == (known, False)


def test_a_wrong_certificate_is_a_sign_of_life() -> None:
    known = outcomes(a1=Reason.TLS, b1=Reason.HOST_NOT_FOUND)
    assert assess(known, NOBODY, None, resolves=True).outcomes == known
