"""Reads the lines below an entry's link: names, keywords, code, datasets, environments, tasks."""

import re
from dataclasses import dataclass

from rlhf_linkcheck.loaders.markdown import lists, slips
from rlhf_linkcheck.loaders.markdown.draft import Draft
from rlhf_linkcheck.loaders.markdown.profile import Field, Fill, Profile
from rlhf_linkcheck.loaders.markdown.prose import HIDDEN, Prose, Target
from rlhf_linkcheck.loaders.markdown.text import Span
from rlhf_linkcheck.model import Role

_LABEL = re.compile(r"[*_]{0,3}(?P<name>[^\W\d_][^\0:;：；,*_]{0,40}?)[*_]{0,3}(?P<mark>\s*[:;：；])[*_]{0,3}")
_UNKNOWN = re.compile(r"(?P<name>[^\W\d_][^\0:：,]{0,40}):(?=\s)")
_UNMARKED = re.compile(rf"(?P<name>[A-Za-z]{{3,12}})[ \t]*(?={HIDDEN})")
_EMPTY_LINK = re.compile(r"\[([^\[\]\0]+)\]")
_VENUE = re.compile(r"[^,:\0]*\b(?:19|20)[0-9]{2}\b[^,:\0]*")
_WORDS = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line's label and the rest: ``field`` is None where the format does not know the label ``name``.

    ``slip`` is the label with its mark where that is not a colon.
    """

    name: str
    field: Field | None
    rest: Span
    slip: Span | None = None


def label_of(prose: Prose, profile: Profile) -> Labelled | None:
    """The label that a line begins with."""
    whole = prose.all
    match = _LABEL.match(prose.masked, whole.start, whole.end)
    if match and (field := profile.field(match["name"])):
        slip = None if match["mark"].strip() == ":" else Span(match.start("name"), match.end("mark"))
        return Labelled(match["name"].strip(), field, Span(match.end(), whole.end), slip)
    match = _UNMARKED.match(prose.masked, whole.start, whole.end)
    if match and (field := profile.field(match["name"])):
        return Labelled(match["name"], field, Span(match.end(), whole.end), Span(*match.span()))
    unknown = _UNKNOWN.match(prose.masked, whole.start, whole.end)
    return Labelled(unknown["name"], None, Span(unknown.end(), whole.end)) if unknown else None


def is_venue(prose: Prose) -> bool:
    """Whether a line without a label is a venue, as in ``NeurIPS 2023 (oral)``."""
    whole = prose.all
    return _VENUE.fullmatch(prose.masked, whole.start, whole.end) is not None


def is_links_only(prose: Prose) -> bool:
    """Whether a line holds nothing but links."""
    return bool(prose.outer) and not _WORDS.search(prose.masked)


def note_label_slip(prose: Prose, labelled: Labelled, draft: Draft) -> None:
    """``Dataset; [BBQ](…)``, and ``Dataset [BBQ](…)`` without any mark."""
    if labelled.slip is None:
        return
    found = prose.passage.cut(labelled.slip)
    blank = " " if prose.masked[labelled.slip.end : labelled.slip.end + 1] == HIDDEN else ""
    expected = f"{labelled.name}:{blank}"
    message = f"a label ends in a colon: «{found.strip()}» for «{expected.strip()}»"
    draft.defects.append(slips.slip(message, prose.passage.position(labelled.slip), found, expected))


def read_field(prose: Prose, span: Span, field: Field, draft: Draft) -> None:
    """Read what a line holds into the draft; nothing of it is dropped."""
    span = prose.narrow(span)
    match field.fill:
        case Fill.AUTHORS:
            draft.located.append(("authors", prose.passage.position(span)))
            for value, place in lists.authors(prose, span):
                draft.add(Fill.AUTHORS, value, prose.passage.position(place))
            _add_links(prose, span, Role.OTHER, draft)
        case Fill.KEYWORDS:
            draft.defects += slips.full_width_commas(prose, span, "keywords")
            for segment in lists.segments(prose, span):
                value, place = prose.value(segment)
                draft.add(Fill.KEYWORDS, value, prose.passage.position(place))
            _add_links(prose, span, Role.OTHER, draft)
        case Fill.ENVIRONMENTS | Fill.TASKS:
            _read_things(prose, span, field, draft)
        case Fill.LINKS:
            _read_links(prose, span, field.role, draft)
        case _:
            value, place = prose.value(span)
            if value:
                draft.add(field.fill, value, prose.passage.position(place))
            _add_links(prose, span, Role.OTHER, draft)


def _add_links(prose: Prose, span: Span, role: Role, draft: Draft) -> None:
    for target in prose.targets(span):
        draft.link(role, target)


def _read_things(prose: Prose, span: Span, field: Field, draft: Draft) -> None:
    """Environments are names between commas; a task is a sentence. Those that are links are links."""
    pieces = prose.within(span)
    draft.defects += slips.between_links(prose, pieces)
    sentence = field.fill is Fill.TASKS and not pieces and span.start < span.end
    for segment in [span] if sentence else lists.segments(prose, span):
        if _WORDS.search(prose.masked, segment.start, segment.end):
            value, place = prose.value(segment)
            draft.add(field.fill, value, prose.passage.position(place))
    _add_links(prose, span, field.role, draft)


def _read_links(prose: Prose, span: Span, role: Role, draft: Draft) -> None:
    """Links between commas; a label without an address is a link to nowhere, and words are a note."""
    draft.defects += slips.between_links(prose, prose.within(span))
    start, words = span.start, []
    for empty in _EMPTY_LINK.finditer(prose.masked, span.start, span.end):
        words.append(prose.masked[start : empty.start()])
        _add_links(prose, Span(start, empty.start()), role, draft)
        label, place = prose.value(Span(*empty.span(1)))
        nowhere = prose.passage.position(Span(empty.end(), empty.end()))
        draft.link(role, Target("", nowhere, label, prose.passage.position(place)))
        start = empty.end()
    _add_links(prose, Span(start, span.end), role, draft)
    words.append(prose.masked[start : span.end])
    if _WORDS.search("".join(words)):
        value, place = prose.value(prose.all)
        draft.add(Fill.NOTE, value, prose.passage.position(place))
