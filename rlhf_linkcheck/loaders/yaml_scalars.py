"""What a plain YAML scalar means, by the core schema of YAML 1.2, as far as JSON has a word for it."""

import math
import re

from rlhf_linkcheck.loaders.item import Json

_WORDS: dict[str, Json] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_MAX_DIGITS = 100


def resolve(text: str) -> Json:
    """The value of a plain scalar: null, a truth value, a number, else the text itself.

    ``012`` is the number 12 (octal is written ``0o14``), ``on`` and ``yes`` are words, dates stay
    text. Text stays also what JSON cannot say (``.inf``, ``.nan``, ``1e999``) and a number of more
    than 100 digits, which is no number that a list means.
    Source: https://yaml.org/spec/1.2.2/#1032-tag-resolution
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789" or len(text) > _MAX_DIGITS:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _OCTAL.fullmatch(text) or _HEXADECIMAL.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text) and math.isfinite(number := float(text)):
        return number
    return text
