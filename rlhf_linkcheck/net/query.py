"""What an API is asked beside its address, and how much of its answer is wanted."""

from dataclasses import dataclass, replace
from typing import Self

LARGEST_ANSWER = 8 * 1024 * 1024
"""Bytes, the content coding undone; a hundred records with a thousand authors each take less."""


@dataclass(frozen=True, slots=True)
class Query:
    """``accept`` is the media type that is wanted, ``payload`` a JSON document that is sent by ``verb``.

    ``token`` is a bearer's (RFC 6750 §2.1); it and the payload go to the host of the first address only.
    After one of the statuses in ``final`` the same is not asked again: less should be.
    """

    accept: str = "application/json"
    payload: bytes | None = None
    verb: str = "POST"
    token: str | None = None
    largest: int = LARGEST_ANSWER
    final: frozenset[int] = frozenset()

    @property
    def method(self) -> str:
        """GET where there is nothing to send."""
        return "GET" if self.payload is None else self.verb

    @property
    def headers(self) -> dict[str, str]:
        """The fields that go with it."""
        fields = {"Accept": self.accept}
        if self.payload is not None:
            fields["Content-Type"] = "application/json"
        if self.token is not None:
            fields["Authorization"] = f"Bearer {self.token}"
        return fields

    def elsewhere(self) -> Self:
        """The query as another host may see it: neither the token nor what was sent, which may hold a password."""
        return replace(self, token=None, payload=None)
