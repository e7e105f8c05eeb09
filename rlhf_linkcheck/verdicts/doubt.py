"""What a living page is doubted for, and the made-up page of the same site that settles it; pure."""

import random
import re
import string
from dataclasses import dataclass, replace
from enum import Enum
from urllib.parse import urlsplit, urlunsplit

from rlhf_linkcheck.content.signs import Conclusion, Meaning, Sign, conclude
from rlhf_linkcheck.net.chain import Chain, End
from rlhf_linkcheck.verdicts.landing import (
    Landing,
    address_signs,
    landing_of,
    same_place,
    says_missing,
    telling_parameter,
)

_FEWEST = 12


class Cause(Enum):
    """Why a made-up page is asked for."""

    WORDS = "the page says that it is not there, or is for sale"
    LANDING = "the link ended where it was not meant to"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One open question about a link: what it is about, and the address that cannot exist."""

    cause: Cause
    made_up: str


def told_by(chain: Chain) -> Conclusion | None:
    """What the page that a chain ended with, its fields and its address say of themselves.

    Where the address asked is about missing pages, a page that speaks of them is no proof by itself.
    """
    answer = chain.last
    signs = (*answer.all_signs, *told_by_address(chain))
    words = answer.page.words if answer.page else 0
    told = conclude(signs, words)
    if told is None or told.meaning is not Meaning.MISSING or not says_missing(chain.address):
        return told
    certain = any(sign.certain and sign.means is Meaning.MISSING and sign.fits(words) for sign in signs)
    return replace(told, proven=certain)


def told_by_address(chain: Chain) -> tuple[Sign, ...]:
    """What the address tells where a chain was sent to it."""
    return address_signs(chain.address, chain.final_url) if chain.redirects else ()


def doubt_of(chain: Chain, secret: str) -> Doubt | None:
    """What speaks against a link that answered well, short of proof; None where nothing does.

    ``secret`` is new in each run, so that no site can know the made-up addresses.
    """
    answer = chain.last
    if chain.end is not End.ANSWERED or not answer.succeeds:
        return None
    told = told_by(chain)
    if told is not None:
        return None if told.proven else Doubt(Cause.WORDS, made_up(answer.url, secret))
    if chain.redirects and landing_of(chain.address, chain.final_url) is Landing.DOUBTFUL:
        return Doubt(Cause.LANDING, made_up(chain.address, secret))
    return None


def confirms(doubt: Doubt, chain: Chain, probe: Chain) -> bool:
    """Whether what became of the made-up page proves that the link's page is not there either."""
    if probe.end is not End.ANSWERED or not probe.last.succeeds:
        return False
    if doubt.cause is Cause.LANDING:
        return bool(probe.redirects) and same_place(probe.final_url, chain.final_url)
    page, other = chain.last.page, probe.last.page
    return page is not None and other is not None and (page.same_as(other) or page.says_as(other))


def made_up(address: str, secret: str) -> str:
    """An address of the same site, of the same form, for which there can be no page.

    The value of a query that tells which page is meant is replaced, else the last segment of the
    path; digits by digits, and the end of a file's name stays: a site tells what it does with its
    own kind.
    """
    parts = urlsplit(address)
    chance = random.Random(f"{secret}{address}")  # noqa: S311 - no secret is kept by it, only a name made up
    pairs = parts.query.split("&")
    telling = telling_parameter(parts.query)
    if telling is not None:
        name, _, value = pairs[telling].partition("=")
        pairs[telling] = f"{name}={_like(value, chance)}"
        return urlunsplit((parts.scheme, parts.netloc, parts.path, "&".join(pairs), ""))
    head, slash, tail = parts.path.rstrip("/").rpartition("/")
    stem, dot, ending = tail.rpartition(".")
    if not (stem and re.fullmatch(r"[A-Za-z]{1,5}", ending)):
        stem, dot, ending = tail, "", ""
    closing = "/" if parts.path.endswith("/") and tail else ""
    path = f"{head}{slash or '/'}{_like(stem, chance)}{dot}{ending}{closing}"
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def _like(written: str, chance: random.Random) -> str:
    """A word of the same kind as what is written, at least as long as makes a hit impossible."""
    length = max(len(written), _FEWEST)
    if written.isdigit():
        return "9" + "".join(chance.choices(string.digits, k=length - 1))
    return "".join(chance.choices(string.ascii_lowercase, k=length))
