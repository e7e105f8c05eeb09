"""Sites that say to any program that a page is not there: of which statuses of theirs nothing follows; pure."""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from rlhf_linkcheck.net.suffix import registrable

_TURNED_AWAY: Mapping[str, frozenset[int]] = MappingProxyType(
    {
        # https://github.com/iterative/dvc.org/pull/1242, https://github.com/Eventual-Inc/Daft/pull/5725:
        # its pages live in browsers alone, to all others they are 404.
        "kaggle.com": frozenset({403, 404}),
    }
)
"""By what somebody registered: the statuses that mean nothing there. 410 and 451 are nobody's answer to strangers."""
_SUSPICIOUS = frozenset().union(*_TURNED_AWAY.values())


def is_bluff(address: str, status: int | None) -> bool:
    """Whether a site answers so to every program, be the page there or not.

    >>> is_bluff("https://www.kaggle.com/datasets/owner/name", 404)
    True
    """
    if status not in _SUSPICIOUS:
        return False
    return status in _TURNED_AWAY.get(registrable(urlsplit(address).hostname or ""), frozenset())
