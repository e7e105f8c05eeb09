"""Whether a page has changed since an earlier run: what is remembered to ask by, and what «not modified» means."""

from dataclasses import replace
from datetime import datetime

from rlhf_linkcheck.evidence import Evidence, Record, Validators
from rlhf_linkcheck.net.chain import Chain
from rlhf_linkcheck.verdicts.second import with_tries, without_tries

_LONGEST = 1024
"""Characters of a validator that is worth sending back."""


def validators_of(chain: Chain) -> Validators | None:
    """What the page that a chain ended at gave to ask by, None where it gave nothing."""
    answer = chain.last
    etag, modified = (_sendable(answer.header(name)) for name in ("etag", "last-modified"))
    return Validators(answer.url, etag, modified) if etag or modified else None


def is_the_same(known: Evidence, chain: Chain) -> bool:
    """Whether «not modified» was said on the same way, and of the page that was asked about.

    A 304 has the ETag that the page has now (RFC 9110 §15.4.5); who names another says nothing of the one known.
    """
    before, now = known.validators and known.validators.etag, chain.last.header("etag")
    same = not before or not now or before.removeprefix("W/") == now.removeprefix("W/")
    return same and chain.redirects == known.outcome.redirects


def unchanged(known: Evidence, chain: Chain, now: datetime) -> Evidence:
    """What was heard earlier, as it is now that the server has said that the page is still the same."""
    outcome = replace(
        known.outcome,
        attempts=max(answer.attempts for answer in chain.answers),
        elapsed_ms=round(sum(answer.elapsed for answer in chain.answers) * 1000),
        detail=without_tries(known.outcome),
        checked_at=now,
        from_cache=False,
    )
    return replace(known, outcome=with_tries(outcome), record=known.record and _retrieved(known.record, now))


def _retrieved(record: Record, now: datetime) -> Record:
    return replace(record, retrieved_at=now)


def _sendable(value: str | None) -> str | None:
    """A validator as it came, None for one that is too long, or no text that a field can hold."""
    fits = value is not None and len(value) <= _LONGEST and value.isascii() and value.isprintable()
    return value if fits and value else None
