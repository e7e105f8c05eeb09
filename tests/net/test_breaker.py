import pytest

from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.answer import Answer, Trouble
from rlhf_linkcheck.net.breaker import Breaker
from rlhf_linkcheck.net.manners import Etiquette

OK = Answer("http://a/", 200)
LIMITED = Answer("http://a/", 429)


def silent(reason: Reason = Reason.TIMEOUT) -> Answer:
    return Answer("http://a/", trouble=Trouble(reason, f"{reason} it was"))


def after(*answers: Answer, tries: int = 1) -> Breaker:
    breaker = Breaker(tries, Etiquette(NetworkConfig()))
    for answer in answers:
        breaker.record("a", answer)
    return breaker


@pytest.mark.parametrize("reason", [Reason.TIMEOUT, Reason.REFUSED, Reason.RESET])
@pytest.mark.parametrize("tries", [1, 3])
def test_as_many_tries_in_vain_as_three_links_have_settle_the_rest(reason: Reason, tries: int) -> None:
    breaker = after(*[silent(reason)] * (3 * tries - 1), tries=tries)
    assert breaker.verdict("a") is None
    breaker.record("a", silent(reason))
    assert breaker.verdict("a") == Trouble(reason, f"{reason} it was")
    assert breaker.verdict("b") is None


def test_any_answer_counts_anew_and_a_host_that_falls_silent_after_it_is_given_up_like_any_other() -> None:
    assert after(silent(), silent(), Answer("http://a/", 500), silent(), silent()).verdict("a") is None
    assert after(OK, silent(), silent()).verdict("a") is None
    assert after(OK, silent(), silent(), silent()).verdict("a") is not None


def test_a_host_that_fell_silent_gets_as_many_tries_late_as_it_got_at_first() -> None:
    breaker = after(OK, *[silent()] * 3)
    breaker.relent()
    breaker.record("a", silent())
    breaker.record("a", silent())
    assert breaker.verdict("a") is None
    breaker.record("a", silent())
    assert breaker.verdict("a") is not None


@pytest.mark.parametrize("reason", [Reason.TLS, Reason.PROTOCOL_ERROR, Reason.HOST_NOT_FOUND])
def test_trouble_that_costs_no_wait_is_not_counted(reason: Reason) -> None:
    assert after(*[silent(reason)] * 9).verdict("a") is None


def test_three_limits_in_a_row_settle_the_rest() -> None:
    assert after(LIMITED, LIMITED, OK, LIMITED, LIMITED).verdict("a") is None
    verdict = after(OK, LIMITED, LIMITED, LIMITED).verdict("a")
    assert verdict is not None
    assert verdict.reason is Reason.RATE_LIMITED


def test_a_host_gets_one_more_try_and_no_third_chance() -> None:
    breaker = after(*[silent()] * 5)
    breaker.relent()
    assert breaker.verdict("a") is None
    breaker.record("a", silent())
    assert breaker.verdict("a") is not None


def test_a_host_that_comes_back_is_believed() -> None:
    breaker = after(*[silent()] * 3)
    breaker.relent()
    breaker.record("a", OK)
    assert breaker.verdict("a") is None
    assert breaker.answered == {"a"}


def test_who_asks_for_more_time_than_a_run_has_is_left_alone_to_its_end() -> None:
    breaker = after(Answer("http://a/", 429, peace=86_400.0), OK)
    breaker.relent()
    verdict = breaker.verdict("a")
    assert verdict == Trouble(Reason.RATE_LIMITED, "the site asked to be left alone for 24 h")
    assert breaker.verdict("b") is None
