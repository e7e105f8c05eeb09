"""The Wayback Machine: the index of its captures (CDX), and the copies that lie behind it."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.fields import Fields, ScenarioError, inside
from rlhf_linkcheck.simweb.request import Request

from .answers import JSON, in_text, page
from .question import Question

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
TAKEN = re.compile(r"[0-9]{14}")
COPY = re.compile(r"/web/([0-9]{14})/(https?://.+)", re.DOTALL)
EXCLUDED = (
    "org.archive.util.io.RuntimeIOException: "
    "org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error\n"
)


@dataclass(frozen=True, slots=True)
class Capture:
    """One capture of a page, and the status that it had then; of what is ``excluded`` nobody is shown any."""

    page: str
    taken: str = ""
    status: int = 200
    excluded: bool = False

    @property
    def key(self) -> str:
        """The page as the index sorts it: ``com,example)/path``."""
        return key_of(self.page)


def key_of(address: str) -> str:
    """An address turned around: neither its scheme, nor ``www.``, its port, case or a slash at the end count."""
    parts = urlsplit(address if "://" in address else f"http://{address}")
    host = ",".join(reversed((parts.hostname or "").removeprefix("www.").split(".")))
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}){parts.path.rstrip('/').lower() or '/'}{query.lower()}"


def answer(captures: Sequence[Capture], request: Request) -> Behaviour | None:
    """Answers questions to the index for one page, and shows copies."""
    question = Question.of(request)
    if question.path == "/cdx/search/cdx":
        return _index(captures, question)
    query = request.path.partition("?")[2]
    if (copy := COPY.fullmatch(f"{question.path}?{query}" if query else question.path)) is not None:
        taken, key = copy[1], key_of(copy[2])
        shown = any((one.taken, one.key) == (taken, key) for one in captures if not one.excluded)
        return page("A copy", "<p>As it was.</p>") if shown else page("Wayback Machine", "<p>Hrm.</p>", status=404)
    return None


def _index(captures: Sequence[Capture], question: Question) -> Behaviour:
    """The rows of one page, oldest first, as text or as JSON with the names of the fields before them."""
    url, names = question.first("url"), question.first("fl", ",".join(FIELDS)).split(",")
    if not url or not set(names) <= set(FIELDS) or question.first("matchType", "exact") != "exact":
        return in_text("Bad Request", 400)
    own = sorted((one for one in captures if one.key == key_of(url)), key=lambda one: one.taken)
    if any(one.excluded for one in own):
        return in_text(EXCLUDED, 403, "text/plain")
    rows = [dict(zip(FIELDS, _row(one), strict=True)) for one in own]
    for wanted in question.fields.get("filter", ()):
        field, _, pattern = wanted.removeprefix("!").partition(":")
        rows = [row for row in rows if bool(re.fullmatch(pattern, row.get(field, ""))) is not wanted.startswith("!")]
    told = [[row[name] for name in names] for row in _limited(rows, int(question.first("limit", "150000")))]
    if question.first("output") == "json":
        return in_text(json.dumps([names, *told] if told else []), content_type=JSON)
    return in_text("".join(f"{' '.join(row)}\n" for row in told), content_type="text/plain")


def _limited(rows: list[dict[str, str]], limit: int) -> list[dict[str, str]]:
    """The first of the rows, or with a negative limit the last."""
    return rows[limit:] if limit < 0 else rows[:limit]


def _row(one: Capture) -> tuple[str, ...]:
    return one.key, one.taken, one.page, "text/html", str(one.status), "Q4YULN754FHV2U6Q5JUT6Q2P57WEWNNY", "1415"


def parse_captures(value: object) -> tuple[Capture, ...] | None:
    """The captures of a scenario, None where it has no archive. Raises ScenarioError, naming capture and key."""
    if value is None:
        return None
    if not isinstance(value, list):
        raise ScenarioError("expected a list of captures")
    captures: list[Capture] = []
    for index, one in enumerate(value):
        with inside(f"[{index}]"):
            captures.append(_parse_capture(Fields(one)))
    return tuple(captures)


def _parse_capture(fields: Fields) -> Capture:
    address, taken, status = fields.text("page"), fields.text("taken") or "", fields.integer("status")
    excluded = fields.flag("excluded")
    if not address:
        raise ScenarioError("page: is missing")
    if not excluded and not TAKEN.fullmatch(taken):
        raise ScenarioError(f"taken: expected 14 digits, found «{taken}»")
    fields.finish(("page", "taken", "status", "excluded"))
    return Capture(address, taken, 200 if status is None else status, excluded)
