"""What schemas consist of, without the validator: most lists need none."""

import re
from functools import lru_cache
from typing import Any, TypeAlias

Fragment: TypeAlias = Any
"""A part of a schema; the meta-schema has checked what it may be."""

_ANCHORS = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\$", re.DOTALL)


@lru_cache
def ecma_pattern(pattern: str) -> re.Pattern[str]:
    """A pattern with the meaning it has in JSON Schema, where ``$`` is the very end.

    Source: https://tc39.es/ecma262/#sec-compileassertion; Python's ``$`` also stands before a last line break.
    """
    return re.compile(_ANCHORS.sub(lambda found: r"\Z" if found[0] == "$" else found[0], pattern))
