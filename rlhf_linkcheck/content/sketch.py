"""A page's words in 128 bytes: enough to tell whether two answers are the same page."""

from array import array
from collections.abc import Iterable
from zlib import crc32

_KEPT = 32


def sketch_of(words: Iterable[str]) -> bytes:
    """The smallest hashes of the distinct words: a bottom-k sketch of the set.

    Source: Broder, On the resemblance and containment of documents (1997), §4.
    """
    return array("I", sorted({crc32(word.encode("utf-8", "replace")) for word in words})[:_KEPT]).tobytes()


def resemblance(one: bytes, other: bytes) -> float:
    """How much two sets of words have in common, estimated from their sketches: 0.0 to 1.0; empty ones are alike."""
    first, second = (array("I", sketch) for sketch in (one, other))
    union = sorted({*first, *second})[:_KEPT]
    shared = set(first) & set(second)
    return sum(number in shared for number in union) / len(union) if union else 1.0
