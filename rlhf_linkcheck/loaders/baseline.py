"""The baseline's file: read and held against its schema, and written so that changes can be reviewed."""

import json
import reprlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from rlhf_linkcheck.config import Accepted, Baseline
from rlhf_linkcheck.finding import Fingerprint
from rlhf_linkcheck.fingerprint import folded_title
from rlhf_linkcheck.loaders.schema_acceptor import Accepts, compile_acceptor
from rlhf_linkcheck.loaders.source import InputError, decode, file_bytes

if TYPE_CHECKING:  # see ``_complaint``
    from jsonschema import ValidationError

SCHEMA_VERSION = 1

_ADVICE = "mend it, or write it anew with --write-baseline"
_ABOUT = tuple(field.name for field in fields(Fingerprint))
_NEEDED = ("file", "code")
_in_ascii = json.JSONEncoder().encode
_as_it_is = json.JSONEncoder(ensure_ascii=False).encode


def load_baseline(path: Path) -> Baseline:
    """Read a baseline from disk. Raises InputError as ``read_baseline`` does, and for a file that is not there."""
    return read_baseline(str(path), file_bytes(str(path)))


def read_baseline(name: str, data: bytes) -> Baseline:
    """The baseline that these bytes are; ``name`` is what to call it.

    Raises InputError, one line, for what is no JSON, or not as ``data/baseline.schema.json`` wants it.
    """
    source = decode(name, data)
    if source.defect is not None:
        raise InputError(name, source.defect.message)
    document: Any = _parse(name, source.text)
    version = document.get("schema_version") if isinstance(document, dict) else None
    if type(version) is int and version > SCHEMA_VERSION:
        message = f"is written for version {version} of baselines; this tool reads version {SCHEMA_VERSION}: update it"
        raise InputError(name, message)
    accepts = _acceptor()
    if not accepts(document):
        raise InputError(name, f"{_complaint(document)}; {_ADVICE}")
    return Baseline(name, tuple(_accepted(one) for one in document["accepted"]))


def written(baseline: Baseline) -> Iterator[str]:
    """The text of the file: sorted, each accepted finding a block, so that a change is a change of few lines."""
    yield f'{{\n  "schema_version": {SCHEMA_VERSION},\n  "accepted": ['
    before = "\n    "
    for one in sorted(baseline.accepted, key=lambda one: one.about):
        members = ",\n      ".join(f"{_encoded(key)}: {_encoded(value)}" for key, value in _members(one))
        yield f"{before}{{\n      {members}\n    }}"
        before = ",\n    "
    yield "\n  ]\n}\n" if baseline.accepted else "]\n}\n"


def _encoded(value: object) -> str:
    """A value as JSON; what a reviewer would not see, or would see in another order (bidi), is spelt out."""
    text = _as_it_is(value)
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else _in_ascii(sign)[1:-1] for sign in text)


def _members(one: Accepted) -> Iterator[tuple[str, object]]:
    """What is not empty; the title as printed, which a reviewer can read."""
    told = replace(one.about, title=one.title)
    yield from ((name, value) for name in _ABOUT if (value := getattr(told, name)) or name in _NEEDED)
    if one.count > 1:
        yield "count", one.count
    if one.says:
        yield "says", one.says


def _accepted(data: Mapping[str, Any]) -> Accepted:
    title = data.get("title", "")
    about = Fingerprint(**{name: data[name] for name in _ABOUT if name in data} | {"title": folded_title(title)})
    return Accepted(about, title, data.get("says", ""), int(data.get("count", 1)))


def _parse(name: str, text: str) -> object:
    try:
        document: object = json.loads(text, parse_constant=_refuse, object_pairs_hook=_each_once)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InputError(name, f"is not JSON ({place}: {error.msg}); {_ADVICE}") from None
    except _RepeatedKeyError as error:  # whoever reviews the file reads both, and one of them counts
        raise InputError(name, f"has the key {reprlib.repr(str(error))} twice in one object; {_ADVICE}") from None
    except ValueError:  # a number that is none, or of more digits than Python reads
        raise InputError(name, f"is not JSON (a number that is none, or far too long); {_ADVICE}") from None
    except RecursionError:
        raise InputError(name, f"is nested too deeply to be a baseline; {_ADVICE}") from None
    return document


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


class _RepeatedKeyError(Exception):
    """A key that an object has twice; its text is the key."""


def _each_once(members: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(members)
    if len(found) < len(members):
        ((twice, _),) = Counter(key for key, _ in members).most_common(1)
        raise _RepeatedKeyError(twice)
    return found


@cache
def _schema() -> dict[str, Any]:
    text = (resources.files("rlhf_linkcheck") / "data" / "baseline.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


@cache
def _acceptor() -> Accepts:
    """A quick yes or no, for a file of the greatest size would keep a validator busy for minutes."""
    accepts = compile_acceptor({key: value for key, value in _schema().items() if key != "$schema"})
    assert accepts is not None, "our own schema has only keywords that can be compiled"  # noqa: S101 - for mypy
    return accepts


def _complaint(document: object) -> str:
    """What is amiss, at its place; however large it is."""
    # Only who has a file that is amiss pays for importing a validator.
    from rlhf_linkcheck.loaders.schema_keywords import EntryValidator  # noqa: PLC0415 - see above

    error = next(EntryValidator(_schema()).iter_errors(document))
    place = error.json_path.removeprefix("$").removeprefix(".") or "the file"
    return f"{reprlib.repr(place)[1:-1]}: {_in_words(error)}"


def _in_words(error: "ValidationError") -> str:
    found, wanted = reprlib.repr(error.instance), error.validator_value
    schema: Any = error.schema
    match error.validator:
        case "additionalProperties":
            return f"there is no such key; there are {', '.join(schema['properties'])}"
        case "required":
            return f"the key «{wanted}» is missing"
        case "type":
            return f"should be of type {wanted}, not {found}"
        case "pattern":
            return f"{found} is not what belongs there: {schema['description']}"
        case keyword:
            return f"{found} does not satisfy {keyword}: {wanted}"
