"""Which given names are forms of one name: short forms, pet names, other spellings."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

_NONE: frozenset[str] = frozenset()


def interchangeable(one: str, other: str) -> bool:
    """Whether two folded given names are forms of one name.

    >>> interchangeable("bill", "william")
    True
    >>> interchangeable("alexander", "alexandra")
    False
    """
    rows = _rows()
    return not rows.get(one, _NONE).isdisjoint(rows.get(other, _NONE))


def initials(given_name: str) -> frozenset[str]:
    """The first letters of all forms of a folded given name, its own among them.

    >>> "w" in initials("bill")
    True
    """
    table = _table()
    forms = {form for row in _rows().get(given_name, _NONE) for form in table[row]}
    return frozenset(form[0] for form in (given_name, *forms))


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    """Each name with all its forms, itself first."""
    text = (resources.files("rlhf_linkcheck") / "data" / "given_names.toml").read_text(encoding="utf-8")
    return {name: (name, *forms) for name, forms in tomllib.loads(text)["forms"].items()}


@cache
def _rows() -> Mapping[str, frozenset[str]]:
    """Each form, and the names in whose rows it stands."""
    rows: dict[str, set[str]] = {}
    for name, forms in _table().items():
        for form in forms:
            rows.setdefault(form, set()).add(name)
    return {form: frozenset(names) for form, names in rows.items()}
