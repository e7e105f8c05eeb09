"""The answers that a run has heard, each in some hundred bytes: there may be one for every link of a list."""

from typing import TypeAlias

import msgspec

from rlhf_linkcheck.evidence import Validators
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.net.query import Query

LONGEST = 64 * 1024
"""Bytes of an API's answer that is kept."""

Asked: TypeAlias = tuple[str, Query | None, Validators | None]
"""What was asked: the address, and what beside it."""

_DECODER = msgspec.msgpack.Decoder(Answer)


class Shelf:
    """Answers by what was asked. A long one is not taken: it serves those alone who ask meanwhile."""

    def __init__(self) -> None:
        self._packed: dict[Asked, bytes] = {}
        self._whole: dict[Asked, Answer] = {}

    def __contains__(self, asked: object) -> bool:
        return asked in self._packed or asked in self._whole

    def get(self, asked: Asked) -> Answer | None:
        """The answer, None where none is kept."""
        packed = self._packed.get(asked)
        return self._whole.get(asked) if packed is None else _DECODER.decode(packed)

    def __getitem__(self, asked: Asked) -> Answer:
        answer = self.get(asked)
        if answer is None:
            raise KeyError(asked)
        return answer

    def __setitem__(self, asked: Asked, answer: Answer) -> None:
        self._packed.pop(asked, None)
        self._whole.pop(asked, None)
        if len(answer.body) > LONGEST:
            return
        try:
            self._packed[asked] = msgspec.msgpack.encode(answer)
        except UnicodeEncodeError:
            # A field's value may hold what is no text, and so cannot be packed as such.
            self._whole[asked] = answer
