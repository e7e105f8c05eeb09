"""The configuration file: found, read, and held against its schema."""

import json
import math
import re
import reprlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.cli.files import Files, OnDisk
from rlhf_linkcheck.cli.values import amiss_in
from rlhf_linkcheck.config import HostSettings, SuppressionRule
from rlhf_linkcheck.loaders.source import decode

if TYPE_CHECKING:  # see ``_validate``
    from jsonschema import ValidationError

OWN_FILE = "rlhf-linkcheck.toml"
TABLE = "rlhf-linkcheck"

OPERATOR_ONLY = frozenset(
    {"allow-private", "connect-to", "dns-server", "ca-file", "proxy", "proxies", "token", "state", "max-requests"}
    | {"github-api-url", "github-graphql-url", "hf-endpoint"}
)
"""What a pull request must not be able to set: it controls this file, so these are flags or environment."""


_LONGEST_KEY = 100
_LONG_KEY = re.compile(
    r"""(?<![A-Za-z0-9_-])(?:(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){%d}""" % _LONGEST_KEY  # noqa: UP031 - it has braces
)
"""What ``tomllib`` would be busy with for minutes: its work grows with the square of a key's parts."""
_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)\Z")
"""How ``tomllib`` tells where, up to Python 3.13 in its message alone."""

_TYPES = {
    "array": "a list in brackets",
    "integer": "a whole number",
    "number": "a number",
    "object": "a table in braces",
    "string": "text in quotes",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the configuration file says; None is what it leaves open. ``notes`` are words about the file itself."""

    origin: Path | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    fail_on: str | None = None
    exclude: tuple[str, ...] = ()
    schema: Path | None = None
    baseline: Path | None = None
    concurrency: int | None = None
    per_host: int | None = None
    interval: float | None = None
    timeout: float | None = None
    retries: int | None = None
    deadline: str | None = None
    max_age: str | None = None
    hosts: Mapping[str, HostSettings] = field(default_factory=lambda: MappingProxyType({}))
    control_url: str | None = None
    stale_months: int | None = None
    quiet_months: int | None = None
    suspect_audits: int | None = None
    suspect_days: int | None = None
    uncertain_days: int | None = None
    suppressions: tuple[SuppressionRule, ...] = ()
    notes: tuple[str, ...] = ()


def read_settings(given: Path | None, folder: Path = Path(), files: Files | None = None) -> Settings:
    """Read the file that was given, else the one that lies in the folder, else nothing; ``files`` as on the disk.

    Raises UsageError, one line, for a file that is missing, no TOML, or not as its schema wants it.
    """
    files = files or OnDisk()
    if given is not None:
        return _parse(given, files.read(given))
    for candidate in (folder / OWN_FILE, folder / "pyproject.toml"):
        if files.has(candidate):
            return _parse(candidate, files.read(candidate))
    return Settings()


def _parse(path: Path, data: bytes) -> Settings:
    table = _table(path, data)
    notes = tuple(
        f"{path}: «{key}» has no effect in a file that a pull request can change: give it by flag or environment"
        for key in sorted(table.keys() & OPERATOR_ONLY)
    )
    table = {key: value for key, value in table.items() if key not in OPERATOR_ONLY}
    _validate(path, table)
    files = {key: path.parent / table.pop(key) for key in ("schema", "baseline") if key in table}
    hosts = {host.lower(): _host_settings(path, host, own) for host, own in table.pop("hosts", {}).items()}
    suppressions = tuple(_suppression(path, rule) for rule in table.pop("suppress", ()))
    values: dict[str, Any] = {
        key.replace("-", "_"): tuple(value) if isinstance(value, list) else value for key, value in table.items()
    }
    for key in values.keys() & {"select", "ignore"}:
        values[key] = _upper(values[key])
    for pattern in values.get("exclude", ()):
        if not pattern:
            raise UsageError(f"{path}: exclude: an empty pattern is found in every address: take it out")
        _demand_pattern(path, pattern)
    return Settings(
        origin=path,
        suppressions=suppressions,
        hosts=hosts,
        notes=notes,
        **files,
        **values,
    )


def _table(path: Path, data: bytes) -> dict[str, Any]:
    document = _document(path, data)
    if path.name != "pyproject.toml":
        return document
    tools = document.get("tool", {})
    table = tools.get(TABLE, {}) if isinstance(tools, dict) else None
    if not isinstance(table, dict):
        raise UsageError(f"{path}: [tool.{TABLE}] must be a table")
    return table


def _document(path: Path, data: bytes) -> dict[str, Any]:
    """The file as TOML, a byte order mark or none before it. Raises UsageError."""
    source = decode(str(path), data)
    if source.defect is not None:
        at = source.defect.position
        raise UsageError(f"{path}:{at.line}:{at.column}: not readable TOML: {source.defect.message}")
    if _LONG_KEY.search(source.text):
        raise UsageError(f"{path}: not readable TOML: a key has more than {_LONGEST_KEY} parts")
    try:
        return tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        at_place = f"{path}:{place[1]}:{place[2]}" if place else str(path)
        raise UsageError(f"{at_place}: not readable TOML: {_PLACE.sub('', str(error))}") from error
    except RecursionError:
        raise UsageError(f"{path}: not readable TOML: its values are nested too deeply") from None
    except ValueError as error:  # of more digits than Python reads
        raise UsageError(f"{path}: not readable TOML: a number in it is far too long") from error


def _validate(path: Path, table: dict[str, Any]) -> None:
    # Only who has such a file pays for importing a validator.
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - see above
    from jsonschema.exceptions import best_match  # noqa: PLC0415 - likewise

    schema = json.loads((resources.files("rlhf_linkcheck") / "data" / "config.schema.json").read_text("utf-8"))
    error = best_match(Draft202012Validator(schema).iter_errors(table))
    if error is not None:
        raise UsageError(f"{path}: {_in_words(error)}")
    _demand_finite(path, table)


def _in_words(error: "ValidationError") -> str:
    place = ".".join(str(part) for part in error.absolute_path)
    wanted: Any = error.validator_value
    schema: Any = error.schema
    found: Any = error.instance
    match error.validator:
        case "additionalProperties":
            known = schema["properties"]
            unknown = next(key for key in found if key not in known)
            near = get_close_matches(unknown.replace("_", "-").lower(), known, n=1)
            meant = f"did you mean «{near[0]}»?" if near else f"there are {', '.join(known)}"
            return f"{f'{place}: ' if place else ''}there is no setting «{unknown}»; {meant}"
        case "type":
            return f"{place} should be {_TYPES[wanted]}, not {_shown(found)}"
        case "enum":
            return f"{place} should be one of {', '.join(wanted)}, not {_shown(found)}"
        case "pattern":
            return f"{place}: «{found}» is not what belongs there: {schema.get('description', wanted)}"
        case "minProperties":
            return f"{place} should name a host, a pattern or codes"
        case _:
            return f"{place}: {error.message}"


def _shown(found: object) -> str:
    """A value as the file may have it: no words of Python's for a date or for true, and no thousand lines."""
    match found:
        case bool():
            return str(found).lower()
        case date() | time():
            return found.isoformat()
        case _:
            return reprlib.repr(found)


def _suppression(path: Path, rule: dict[str, Any]) -> SuppressionRule:
    _demand_pattern(path, rule.get("pattern", ""))
    said = " ".join(f"{key} {rule[key]}" for key in ("host", "pattern") if key in rule)
    return SuppressionRule(
        codes=_upper(rule.get("codes", ())),
        host=rule.get("host", "").lower(),
        pattern=rule.get("pattern", ""),
        origin=f"{path}: {said or ', '.join(rule.get('codes', ()))}",
    )


def _host_settings(path: Path, host: str, own: dict[str, Any]) -> HostSettings:
    _demand_finite(path, own, f"hosts.{host}.")
    return HostSettings(**{key.replace("-", "_"): value for key, value in own.items()})


def _demand_finite(path: Path, table: dict[str, Any], place: str = "") -> None:
    """TOML knows nan and inf, which no bound of JSON Schema keeps out."""
    for key, value in table.items():
        if isinstance(value, float) and not math.isfinite(value):
            raise UsageError(f"{path}: {place}{key}: {value} is no number to count with")


def _upper(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(code.upper() for code in codes)


def _demand_pattern(path: Path, pattern: str) -> None:
    amiss = amiss_in(pattern)
    if amiss is not None:
        raise UsageError(f"{path}: «{pattern}» is no regular expression: {amiss}")
