"""The answers that a run has heard, each in some hundred bytes: there may be one for every link of a list."""

import zlib
from typing import TypeAlias

import msgspec

from rlhf_linkcheck.content.citation import Citation, Level
from rlhf_linkcheck.content.page import Page
from rlhf_linkcheck.evidence import Validators
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.net.query import Query

LONGEST = 64 * 1024
"""Bytes of an API's answer that is kept."""

Asked: TypeAlias = tuple[str, Query | None, Validators | None]
"""What was asked: the address, and what beside it."""

_DECODER = msgspec.msgpack.Decoder(Answer)
_USUAL = msgspec.msgpack.encode(
    Answer(
        "https://www.example.org/index.html",
        status=200,
        headers=(
            ("content-length", "1234"),
            ("etag", '"'),
            ("last-modified", "Tue, 01 Sep 2026 00:00:00 GMT"),
            ("content-type", "text/html; charset=utf-8"),
        ),
        page=Page("Example", citation=Citation(Level.TITLE, "Example")),
    )
)
"""What an answer mostly looks like: of what it has in common with this, no bytes are spent (RFC 1950 §2.2, FDICT)."""


class Shelf:
    """Answers by what was asked. A long one is not taken: it serves those alone who ask meanwhile."""

    def __init__(self) -> None:
        self._packed: dict[Asked | str, bytes] = {}
        self._whole: dict[Asked, Answer] = {}

    def __contains__(self, asked: object) -> bool:
        return asked in self._whole or (isinstance(asked, tuple) and _key(*asked) in self._packed)

    def get(self, asked: Asked) -> Answer | None:
        """The answer, None where none is kept."""
        packed = self._packed.get(_key(*asked))
        return self._whole.get(asked) if packed is None else _unpacked(packed)

    def __getitem__(self, asked: Asked) -> Answer:
        answer = self.get(asked)
        if answer is None:
            raise KeyError(asked)
        return answer

    def __setitem__(self, asked: Asked, answer: Answer) -> None:
        self._packed.pop(_key(*asked), None)
        self._whole.pop(asked, None)
        if len(answer.body) > LONGEST:
            return
        try:
            self._packed[_key(*asked)] = _packed(answer)
        except UnicodeEncodeError:
            # A field's value may hold what is no text, and so cannot be packed as such.
            self._whole[asked] = answer


def _key(address: str, query: Query | None, validators: Validators | None) -> Asked | str:
    """A link is asked for by its address alone, which is at hand as it is."""
    return address if query is None and validators is None else (address, query, validators)


def _packed(answer: Answer) -> bytes:
    packer = zlib.compressobj(level=1, wbits=-zlib.MAX_WBITS, memLevel=5, zdict=_USUAL)
    return packer.compress(msgspec.msgpack.encode(answer)) + packer.flush()


def _unpacked(packed: bytes) -> Answer:
    return _DECODER.decode(zlib.decompressobj(wbits=-zlib.MAX_WBITS, zdict=_USUAL).decompress(packed))
