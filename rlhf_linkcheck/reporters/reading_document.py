"""What a text must be to be read as a report: JSON, as its schema has it, and how it is said where it is not."""

import json
import reprlib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NoReturn, cast

from rlhf_linkcheck.reporters.json import SCHEMA_VERSION

if TYPE_CHECKING:  # see ``_validator``
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator

LONGEST = 512 * 1024 * 1024
"""The most characters that are read: a list of the greatest size allowed gives less than half of it."""


class ReportError(Exception):
    """A text that is no report of this tool; the message begins with the JSON path of what is amiss."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")
        self.where = where
        self.problem = problem


def document_of(text: str) -> Mapping[str, Any]:
    """The JSON object that this text is. Raises ReportError where it is none, or not as the schema describes it."""
    document: Any = _parse(text)
    version = document.get("schema_version") if isinstance(document, dict) else None
    if version is not None and version != SCHEMA_VERSION:
        raise ReportError("$.schema_version", f"this tool reads version {SCHEMA_VERSION}, not {reprlib.repr(version)}")
    error = next(_validator().iter_errors(document), None)
    if error is not None:
        # Where `anyOf` fails its branches say why; ours is always null or the one that was meant.
        cause = error.context[-1] if error.context else error
        raise ReportError(cause.json_path, _in_words(cause))
    return cast("Mapping[str, Any]", document)  # so the schema wants it


def _parse(text: str) -> object:
    if len(text) > LONGEST:
        raise ReportError("$", f"longer than {LONGEST:,} characters")
    try:
        return json.loads(text.removeprefix("\ufeff"), parse_float=_number, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise ReportError("$", f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}") from error
    except ValueError as error:
        raise ReportError("$", "not JSON: a number that is none, or far too long") from error
    except RecursionError as error:
        raise ReportError("$", "nested too deeply") from error


def _number(text: str) -> int | float:
    """A whole number stays one in whatever way it is written, as JSON Schema has it."""
    number = float(text)
    return int(number) if number.is_integer() else number


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


@cache
def _validator() -> "Validator":
    # Only who reads a report pays for importing a validator.
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - see above
    from referencing import Registry  # noqa: PLC0415 - likewise

    schema = resources.files("rlhf_linkcheck") / "data" / "report.schema.json"
    # An empty registry fetches nothing, whatever a schema refers to.
    return Draft202012Validator(json.loads(schema.read_text("utf-8")), registry=Registry())


def _in_words(error: "ValidationError") -> str:
    """What is expected and what was found, however large that is."""
    found = reprlib.repr(error.instance)
    wanted: Any = error.validator_value
    match error.validator:
        case "required":
            return error.message
        case "type":
            return f"expected {wanted if isinstance(wanted, str) else ' or '.join(wanted)}, found {found}"
        case "enum":
            return f"expected one of {', '.join(str(value) for value in wanted)}, found {found}"
        case keyword:
            return f"{found} does not satisfy {keyword}: {wanted}"
