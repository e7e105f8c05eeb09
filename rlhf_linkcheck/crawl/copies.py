"""Decides of which dead links a last good copy is worth asking for, and asks within the time that is left."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import urldefrag, urlsplit

from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.crawl.questions import Inquirer
from rlhf_linkcheck.evidence import Archived, Evidence, Reason
from rlhf_linkcheck.identity import Identity, Kind, Malformed, identify, parse_address
from rlhf_linkcheck.net.address import inherit_fragment
from rlhf_linkcheck.sources.base import Answers, LastCopy, Question
from rlhf_linkcheck.stop import Stop, carry_out

MOST_COPIES = 60
"""Questions of one audit, which at the archive's pace are three minutes; what is left has its turn another night."""

_GONE = frozenset({Reason.NOT_FOUND, Reason.GONE, Reason.HOST_NOT_FOUND, Reason.REDIRECT_LOOP, Reason.BAD_REDIRECT})
"""Not what was taken down for legal reasons: of that nobody is to be sent to a copy."""
_PLACEHOLDERS = frozenset({Reason.SOFT_404, Reason.PARKED})
_PAPERS = frozenset({Kind.ARXIV, Kind.DOI, Kind.ACL, Kind.OPENREVIEW})
"""An identifier that does not exist never had a page."""
_ARCHIVES = frozenset({"web.archive.org", "archive.org", "www.archive.org"})


async def with_copies(
    evidence: Mapping[str, Evidence], inquirer: Inquirer, network: NetworkConfig, seconds: float | None
) -> tuple[dict[str, Evidence], Stop | None]:
    """The evidence with the last good copies of what is dead, and the signal that came meanwhile, if one did.

    It is the last that a run asks: where the ``seconds`` that are left end it, nothing is missing but copies.
    """
    left = inquirer.recall(tuple(dict.fromkeys(copies_wanted(evidence, network))))
    asked = of_tonight(left, MOST_COPIES, datetime.now(UTC).date())
    stop = await carry_out(inquirer.put_singly(asked), seconds)
    held = {address: _with_copy(address, one, inquirer.answers) for address, one in evidence.items()}
    return held, stop if stop is not None and stop.signal is not None else None


def copies_wanted(evidence: Mapping[str, Evidence], network: NetworkConfig) -> Iterator[LastCopy]:
    """The questions for copies of what is dead, where there may be one that shows what was linked.

    Of what the operator alone can see, at a server of his own, nobody else is told.
    """
    servers = {server.host for server in network.github if server.name}
    for address, one in evidence.items():
        question = _question(address)
        if question is None or not _may_have_a_copy(question, one, identify(address)):
            continue
        if urlsplit(question.address).hostname not in servers:
            yield question


def of_tonight(questions: Sequence[Question], most: int, today: date) -> Sequence[Question]:
    """As many of the questions as one night has time for: each night begins elsewhere, so that all have their turn."""
    if len(questions) <= most:
        return questions
    start = today.toordinal() * most % len(questions)
    return (*questions[start:], *questions[:start])[:most]


def _question(address: str) -> LastCopy | None:
    """The question for a copy of what is at an address. An asterisk asks the archive for all that begin so."""
    parsed = parse_address(address)
    return None if isinstance(parsed, Malformed) or "*" in parsed.request else LastCopy(parsed.request)


def _may_have_a_copy(question: LastCopy, evidence: Evidence, identity: Identity) -> bool:
    """Whether a page that once answered with 200 at this address may be what was linked."""
    # YouTube answers so for any video at all.
    if identity.kind in _PAPERS or identity.kind is Kind.YOUTUBE:
        return False
    if urlsplit(question.address).hostname in _ARCHIVES:
        return False
    reason, final_url = evidence.outcome.reason, evidence.outcome.final_url
    # Where a placeholder answers at the address itself, the last good answer that an archive has is the placeholder.
    led_on = final_url is not None and _page(final_url) != _page(question.address)
    return reason in _GONE or (reason in _PLACEHOLDERS and led_on)


def _page(address: str) -> tuple[str, str, str]:
    """What archives go by: neither the scheme, nor the port, ``www.``, letter case or a slash at the end."""
    parts = urlsplit(urldefrag(address).url)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/").lower(), parts.query


def _with_copy(address: str, evidence: Evidence, answers: Answers) -> Evidence:
    question = _question(address)
    told = answers.get(question) if question is not None else None
    copy = next((one for one in told or () if isinstance(one, Archived)), None)
    if copy is None:
        return evidence
    return replace(evidence, archived=replace(copy, url=inherit_fragment(copy.url, urldefrag(address).fragment)))
