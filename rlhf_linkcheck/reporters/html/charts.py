"""The charts' geometry: where the bars, columns and lines of the overview stand, in units of their own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from rlhf_linkcheck.evidence import Verdict
from rlhf_linkcheck.report import PastAudit, Report, Summary
from rlhf_linkcheck.trend import numbers_of

WIDTH, HEIGHT = 360, 150
"""The drawing of each chart; its text is as large as that around it where the chart is as wide on the screen."""

_LEFT, _RIGHT, _TOP, _BOTTOM = 30, 84, 12, 24
_LONGEST_TREND = 30
_LEAST_TREND = 2
_FEW = 15
_LEAST_SEGMENT = 3.0
_GLYPH = 18
_DAYS_A_MONTH = 30.44
_AGES = ((3, "< 3 mo"), (6, "3–6 mo"), (12, "6–12 mo"), (24, "1–2 y"), (36, "2–3 y"), (None, "> 3 y"))


@dataclass(frozen=True, slots=True)
class Segment:
    """A verdict's part of the bar; ``labelled`` where its sign fits into it."""

    verdict: Verdict
    number: int
    percent: float
    x: float
    width: float

    @property
    def labelled(self) -> bool:
        """Whether it is wide enough for a sign."""
        return self.width >= _GLYPH


@dataclass(frozen=True, slots=True)
class Line:
    """One number over time: points as ``(x, y)``, and where the label of the last one stands."""

    verdict: Verdict
    points: tuple[tuple[float, float], ...]
    last: int
    label_y: float


@dataclass(frozen=True, slots=True)
class Trend:
    """Dead and uncertain links over the last audits; ``present`` where this run is the last of them."""

    audits: tuple[PastAudit, ...]
    lines: tuple[Line, ...]
    grid: tuple[tuple[float, int], ...]
    present: bool
    left: float = _LEFT
    right: float = WIDTH - _RIGHT

    @property
    def mark(self) -> float:
        """Half the width of a point: of many each is small, so that the lines between them are seen."""
        return 3.0 if len(self.audits) <= _FEW else 2.0


@dataclass(frozen=True, slots=True)
class Column:
    """So many repositories were last changed so long ago; ``archived`` of them are kept up no more."""

    label: str
    number: int
    archived: int
    x: float
    y: float
    width: float
    height: float
    archived_height: float


def verdict_bar(summary: Summary) -> tuple[Segment, ...]:
    """The bar of all links, a segment a verdict; what is there at all can be seen."""
    numbers = (summary.alive, summary.dead, summary.uncertain, summary.skipped)
    total = sum(numbers)
    widths = [max(WIDTH * number / total, _LEAST_SEGMENT) if number else 0.0 for number in numbers] if total else []
    scale = WIDTH / sum(widths) if widths else 0.0
    segments, x = [], 0.0
    for verdict, number, width in zip(Verdict, numbers, widths, strict=False):
        wide = width * scale
        segments.append(Segment(verdict, number, round(100 * number / total, 1), round(x, 2), round(wide, 2)))
        x += wide
    return tuple(segments)


def trend(report: Report) -> Trend | None:
    """The last audits and this run, where it has seen all; None where that is fewer than two points."""
    if report.history is None:
        return None
    present = report.complete and not report.no_way_out
    whole = (audit for audit in report.history.audits if audit.complete)
    audits = (*whole, *((numbers_of(report),) if present else ()))[-_LONGEST_TREND:]
    if len(audits) < _LEAST_TREND:
        return None
    rows = {
        Verdict.DEAD: [audit.dead for audit in audits],
        Verdict.UNCERTAIN: [audit.uncertain for audit in audits],
    }
    top = _round_top(max(map(max, rows.values())))
    ends = dict(zip(rows, _apart([_y(numbers[-1], top) for numbers in rows.values()]), strict=True))
    places = _places([audit.finished_at for audit in audits])
    lines = [
        Line(
            verdict,
            tuple((x, _y(number, top)) for x, number in zip(places, numbers, strict=True)),
            numbers[-1],
            ends[verdict],
        )
        for verdict, numbers in rows.items()
    ]
    grid = tuple((_y(number, top), number) for number in (0, top // 2, top))
    return Trend(audits, tuple(lines), grid, present)


def _places(moments: Sequence[datetime]) -> list[float]:
    """Where audits stand by their time, so that a night without one is seen; side by side where they have but one."""
    first, span = min(moments), max(moments) - min(moments)
    shares = ((moment - first) / span if span else index / (len(moments) - 1) for index, moment in enumerate(moments))
    return [round(_LEFT + (WIDTH - _RIGHT - _LEFT) * share, 2) for share in shares]


def _round_top(number: int) -> int:
    """The least of 2, 4, 10, 20, 40, 100 … that is not below: half of it is whole, too."""
    unit = 1
    while True:
        for factor in (2, 4, 10):
            if unit * factor >= number:
                return unit * factor
        unit *= 10


def _y(number: int, top: int) -> float:
    return round(HEIGHT - _BOTTOM - (HEIGHT - _BOTTOM - _TOP) * number / top, 2)


def _apart(ends: Sequence[float]) -> Iterator[float]:
    """Where two labels stand so that neither covers the other."""
    first, second = ends
    near = 14 - abs(first - second)
    shift = max(near, 0) / 2
    sign = 1 if first > second else -1
    yield from (min(first + sign * shift, HEIGHT - _BOTTOM), min(second - sign * shift, HEIGHT - _BOTTOM))


def ages(report: Report) -> tuple[Column, ...]:
    """How long ago each repository was last changed, as columns; none where nothing is known of any."""
    known = {link.evidence.repository for link in report.links if link.evidence.repository is not None}
    by_identity = {repository.identity: repository for repository in sorted(known, key=lambda each: each.retrieved_at)}
    counts = [[0, 0] for _ in _AGES]
    for repository in by_identity.values():
        if repository.pushed_at is not None:
            count = counts[_age(repository.pushed_at, report.finished_at)]
            count[0] += 1
            count[1] += repository.archived
    return tuple(_columns(counts))


def _age(pushed_at: datetime, now: datetime) -> int:
    months = (now - pushed_at).days / _DAYS_A_MONTH
    return next(index for index, (most, _) in enumerate(_AGES) if most is None or months < most)


def _columns(counts: Iterable[Sequence[int]]) -> Iterator[Column]:
    numbers = list(counts)
    most = max(number for number, _ in numbers)
    if not most:
        return
    pitch, room = WIDTH / len(numbers), HEIGHT - _BOTTOM - _TOP - 6
    for index, ((number, archived), (_, label)) in enumerate(zip(numbers, _AGES, strict=True)):
        height, part = (max(room * count / most, 2 if count else 0) for count in (number, archived))
        yield Column(
            label,
            number,
            archived,
            x=round(pitch * index + 8, 2),
            y=round(HEIGHT - _BOTTOM - height, 2),
            width=round(pitch - 16, 2),
            height=round(height, 2),
            archived_height=round(part, 2),
        )
