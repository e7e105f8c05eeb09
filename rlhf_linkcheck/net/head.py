"""Mends the heads of answers that browsers understand and a strict parser does not; pure."""

import re

_TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_LENGTH = b"content-length"
_BEGINNING = b"HTTP/"
_LONGEST = 128 * 1024
"""Of a head that is waited for; a longer one is the parser's, field by field."""
_CODING = b"transfer-encoding"
_SOUND = re.compile(rb"HTTP/[^\r\n]*\r\n(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n]*\r\n)*\r\n")
_LENGTHS = re.compile(rb"\r\ncontent-length:[ \t]*([^\r\n]*)", re.IGNORECASE)


def may_be_half(octets: bytes) -> bool:
    """Whether this may be the beginning of a head whose lines end as they should."""
    begins = octets.startswith(_BEGINNING) or _BEGINNING.startswith(octets)
    return begins and len(octets) <= _LONGEST and b"\n\n" not in octets


def is_interim(head: bytes) -> bool:
    """Whether the answer itself is still to come (1xx: RFC 9110 §15.2)."""
    return head.startswith(_BEGINNING) and head.partition(b" ")[2][:1] == b"1"


def mended(head: bytes) -> bytes:
    """A whole head, with its empty line, as a strict parser takes it; what is no head stays as it is.

    A length that is said twice alike is said once (RFC 9110 §8.6), one beside a transfer coding
    counts for nothing (RFC 9112 §6.3), blanks before a colon are none of the name's, and what is no
    field, has no name, or is a length without a number is left out. What contradicts itself stays,
    and is refused.
    """
    if not head.startswith(_BEGINNING) or _is_sound(head):
        return head
    first, *lines = head.split(b"\r\n")
    fields = [_tight(line) for line in lines if _is_field(line) or line[:1] in (b" ", b"\t") or not line]
    lengths = {_value(line) for line in fields if _name(line) == _LENGTH}
    coded = any(_name(line) == _CODING for line in fields)
    kept, seen = [first], False
    for line in fields:
        name = _name(line)
        if name == _LENGTH:
            if coded or not _value(line).isdigit() or (seen and len(lengths) == 1):
                continue
            seen = True
        kept.append(line)
    return b"\r\n".join(kept)


def _is_sound(head: bytes) -> bool:
    """Whether there is nothing to mend, as in almost every head; this is much sooner told than mended."""
    lengths = _LENGTHS.findall(head)
    told_once = not lengths or (len(lengths) == 1 and lengths[0].isdigit() and _CODING not in head.lower())
    return told_once and _SOUND.fullmatch(head) is not None


def _is_field(line: bytes) -> bool:
    name, colon, _ = line.partition(b":")
    return bool(colon) and _TOKEN.fullmatch(name.rstrip(b" \t")) is not None


def _tight(line: bytes) -> bytes:
    """A field without blanks between its name and the colon, and a length that is said twice in one said once."""
    if line[:1] in (b" ", b"\t", b""):
        return line
    name, colon, value = line.partition(b":")
    if _name(line) == _LENGTH and len(same := {part.strip(b" \t") for part in value.split(b",")}) == 1:
        value = b" " + same.pop()
    return name.rstrip(b" \t") + colon + value


def _name(line: bytes) -> bytes:
    return line.partition(b":")[0].strip(b" \t").lower() if b":" in line and line[:1] not in (b" ", b"\t") else b""


def _value(line: bytes) -> bytes:
    return line.partition(b":")[2].strip(b" \t")
