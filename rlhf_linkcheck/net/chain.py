"""A link's way through its redirects: each hop goes through the same door as the first."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial

from rlhf_linkcheck.evidence import Redirect, Validators
from rlhf_linkcheck.net.address import follow_location, target_of
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.net.cookies import Jar
from rlhf_linkcheck.net.query import Query

MOST_HOPS = 10
MOST_TURNS = 2
MOST_IN_VAIN = 4
"""Tries in vain on one way, after which each further hop has but one: else ten hosts might each hold a link in turn."""


class End(Enum):
    """How a chain ended."""

    ANSWERED = "the last answer sends nobody elsewhere"
    CIRCLE = "it came back to where it had been"
    TOO_LONG = "it had more hops than anybody follows"
    NOWHERE = "the last answer sends elsewhere without a target that can be asked"
    HANDED_ON = "the last answer sends to where somebody else answers"


@dataclass(frozen=True, slots=True)
class Chain:
    """The answers from the first address to the last, and how it ended; ``redirects`` are absolute targets."""

    address: str
    answers: tuple[Answer, ...]
    redirects: tuple[Redirect, ...]
    end: End

    @property
    def last(self) -> Answer:
        """The answer that the chain ended with."""
        return self.answers[-1]

    @property
    def final_url(self) -> str:
        """The last address that was asked or pointed to."""
        return self.redirects[-1].url if self.redirects else self.address

    @property
    def permanent(self) -> bool:
        """Whether it was redirected, and by permanent redirects only (RFC 9110 §15.4.2, §15.4.9)."""
        return bool(self.redirects) and all(redirect.status in (301, 308) for redirect in self.redirects)


def _nobody(_: str) -> bool:
    return False


async def follow(  # noqa: PLR0913 - what a request can be, and nothing that it decides
    client: Client,
    address: str,
    *,
    again: bool = False,
    patient: bool = True,
    query: Query | None = None,
    on_send: Callable[[int], None],
    until: Callable[[str], bool] = _nobody,
    validators: Validators | None = None,
) -> Chain:
    """Ask an address and where it leads; ``on_send`` is told the hop (0 for the first) of each try sent.

    What ``validators`` are for is asked only whether it has changed (304: no). With a ``query`` an API is
    asked, whose token no other host sees. A redirect to what is ``until`` ends it.
    """
    answers, redirects = list[Answer](), list[Redirect]()
    asked, jar = Counter[tuple[str, str]](), Jar()
    end, place = None, address
    while end is None:
        cookies, bare = jar.field(place), place.partition("#")[0]
        answer = await client.get(
            place,
            # Who is sent back to where it was asks anew: a server may remember it without a cookie.
            again=again or asked[bare, cookies] > 0,
            patient=patient and sum(one.attempts - 1 for one in answers) < MOST_IN_VAIN,
            cookies=cookies,
            query=_for_host(query, address, place),
            validators=validators if validators is not None and bare == validators.url else None,
            on_send=partial(on_send, len(answers)),
        )
        jar.take(answer.url, answer.cookies)
        answers.append(answer)
        asked[answer.url, cookies] += 1
        target = _target(place, answer, query)
        turns = 0 if target is None else asked[target.partition("#")[0], jar.field(target)]
        end = _rest(answer, target, turns, len(redirects))
        if end is None and target is not None:
            redirects.append(Redirect(answer.status or 0, target))
            end, place = End.HANDED_ON if until(target) else _stop(redirects, turns), target
    return Chain(address, tuple(answers), tuple(redirects), end)


def _for_host(query: Query | None, address: str, place: str) -> Query | None:
    """The query as this hop may see it: a token goes to exactly the scheme, host and port that it is for."""
    if query is None:
        return None
    first, here = (target and (target.scheme, target.host, target.port) for target in map(target_of, (address, place)))
    return query if first == here else query.elsewhere()


def _target(place: str, answer: Answer, query: Query | None) -> str | None:
    """Where an answer sends its reader by a redirect or by its page; a page that sends nowhere is just a page.

    What was posted is for its own address only.
    """
    if query is not None and query.payload is not None:
        return None
    location = answer.header("location") if answer.redirects else answer.refresh
    return follow_location(place, location) if location and location.strip() else None


def _rest(answer: Answer, target: str | None, turns: int, hops: int) -> End | None:
    """How a chain ends at an answer that is followed no further; None where it goes on."""
    if target is None:
        return End.NOWHERE if answer.redirects else End.ANSWERED
    # A page that reloads itself, or takes turns with others, is there.
    rests = not answer.redirects and (turns > 0 or hops >= MOST_HOPS)
    return End.ANSWERED if rests else None


def _stop(redirects: list[Redirect], turns: int) -> End | None:
    """Whether the newest redirect, to where it was so often, is one that is not followed any more."""
    if turns >= MOST_TURNS:
        return End.CIRCLE
    return End.TOO_LONG if len(redirects) > MOST_HOPS else None
