"""What a simulated page does when it is asked."""

import re
from dataclasses import dataclass
from enum import StrEnum

from .fields import Fields, ScenarioError, inside

HTML = "text/html; charset=utf-8"
LOWEST_STATUS, HIGHEST_STATUS = 200, 999
HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""A token: RFC 9110, 5.6.2."""


class Fault(StrEnum):
    """How a page gives no HTTP answer at all."""

    HANG = "hang"
    """The request is accepted and never answered."""
    RESET = "reset"
    """The connection ends with a TCP reset."""
    CLOSE = "close"
    """The connection is closed without a byte."""
    GARBAGE = "garbage"
    """The answer is another protocol's greeting."""


ANSWER_KEYS = ("status", "headers", "body", "content_type", "location", "truncate", "trickle")
KEYS = (*ANSWER_KEYS, "delay", "raw", "sequence", "service", *Fault)


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One answer, or its absence. Times are seconds, headers are sent as UTF-8.

    A ``status`` of None is 301 with a ``location`` and 200 without. A ``body`` of None is a small HTML
    page that fits the status; ``b""`` is an empty one. ``delay`` passes before anything is sent,
    ``trickle`` between the bytes of the body. ``truncate`` is how many bytes the Content-Length promises
    beyond those that come. ``raw`` is sent in place of a whole answer, and the connection closed.
    Headers given here replace those that the server would send; an empty ``content_type`` sends none.
    ``service`` hands the request on to the service that answers at this host.
    Raises ScenarioError for values that cannot be sent.
    """

    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    content_type: str = HTML
    location: str | None = None
    delay: float = 0.0
    trickle: float = 0.0
    truncate: int = 0
    raw: bytes | None = None
    fault: Fault | None = None
    service: bool = False

    def __post_init__(self) -> None:
        if not LOWEST_STATUS <= self.code <= HIGHEST_STATUS:
            raise ScenarioError(f"status: expected {LOWEST_STATUS} to {HIGHEST_STATUS}, found {self.code}")
        for key, value in (("delay", self.delay), ("trickle", self.trickle), ("truncate", self.truncate)):
            if value < 0:
                raise ScenarioError(f"{key}: must not be negative, found {value}")
        own = (("content_type", self.content_type), ("location", self.location or ""))
        for name, text in (*self.headers, *own):
            if not HEADER_NAME.fullmatch(name) or any(character in "\r\n\0" for character in text):
                raise ScenarioError(f"{name!r}: no header can be so; use raw to send it all the same")

    @property
    def code(self) -> int:
        """The status that is answered."""
        if self.status is not None:
            return self.status
        return 200 if self.location is None else 301


Steps = tuple[Behaviour, ...]
"""What one address does, request after request; the last step repeats."""


def parse_steps(value: object) -> Steps:
    """The steps of a page: a mapping of behaviour, a bare status, or ``sequence`` with a list of these.

    Raises ScenarioError, naming the key.
    """
    if not (isinstance(value, dict) and "sequence" in value):
        return (parse_behaviour(value),)
    fields = Fields(value)
    steps = fields.take("sequence")
    if fields.names:
        raise ScenarioError(f"{fields.names[0]}: cannot stand beside sequence; give it to the steps")
    if not isinstance(steps, list) or not steps:
        raise ScenarioError("sequence: expected a list of behaviours")
    return tuple(_parse_step(index, step) for index, step in enumerate(steps))


def _parse_step(index: int, step: object) -> Behaviour:
    with inside(f"sequence[{index}]"):
        return parse_behaviour(step)


def parse_behaviour(value: object) -> Behaviour:
    """One behaviour: a mapping with some of ``KEYS``, or a bare status. Raises ScenarioError, naming the key."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Behaviour(status=value)
    fields = Fields(value)
    _refuse_contradictions(fields.names)
    faults = [fault for fault in Fault if fields.flag(fault)]
    behaviour = Behaviour(
        status=fields.integer("status"),
        headers=_parse_headers(fields.take("headers")),
        body=fields.octets("body", "utf-8"),
        content_type=HTML if (content_type := fields.text("content_type")) is None else content_type,
        location=fields.text("location"),
        delay=fields.seconds("delay"),
        trickle=fields.seconds("trickle"),
        truncate=fields.integer("truncate") or 0,
        raw=fields.octets("raw", "latin-1"),
        fault=faults[0] if faults else None,
        service=fields.flag("service"),
    )
    fields.finish(KEYS)
    return behaviour


def _refuse_contradictions(given: tuple[str, ...]) -> None:
    """What takes the place of an answer stands alone, but for a delay, and a trickle of raw bytes."""
    endings = [key for key in given if key in ("raw", "service", *Fault)]
    for other in (*endings[1:], *(key for key in given if key in ANSWER_KEYS)):
        if endings and (endings[0], other) != ("raw", "trickle"):
            raise ScenarioError(f"{other}: cannot stand beside {endings[0]}")


def _parse_headers(value: object) -> tuple[tuple[str, str], ...]:
    """Headers in the order of the file; a list is one header sent several times."""
    pairs: list[tuple[str, str]] = []
    with inside("headers"):
        fields = Fields(value)
        for name in fields.names:
            match fields.take(name):
                case list() as values:
                    pairs += [(name, _header_text(name, one)) for one in values]
                case one:
                    pairs.append((name, _header_text(name, one)))
    return tuple(pairs)


def _header_text(name: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ScenarioError(f"{name}: expected text, or a list of texts")
    return str(value)
