"""One finding of the Markdown report: a list item with the evidence and the fix below."""

from collections.abc import Iterable, Iterator

from rlhf_linkcheck.finding import Edit, Finding, Proof
from rlhf_linkcheck.report import EntryReport
from rlhf_linkcheck.reporters.grouping import Group, grouped
from rlhf_linkcheck.reporters.marking import Pieces, marked
from rlhf_linkcheck.reporters.markup import block, code, link, prose, tagged
from rlhf_linkcheck.reporters.news import known_since
from rlhf_linkcheck.reporters.pages import address_of_page
from rlhf_linkcheck.reporters.story import count
from rlhf_linkcheck.reporters.typesetting import harmless

_MOST_PARTS = 10
"""Of one finding: places that belong to it, and edits that mend it."""
_LONGEST_FIX = 1_000


def finding_blocks(findings: Iterable[Finding], entries: Iterable[EntryReport]) -> Iterator[str]:
    """A block of Markdown a finding, whole in itself; the first of an entry or file begins with its name."""
    for group in grouped(findings, entries):
        heading = _heading(group)
        for finding in group.findings:
            yield heading + "".join(_item(finding))
            heading = ""


def _heading(group: Group) -> str:
    name = code(group.path) if group.entry_id is None else prose(group.title or group.entry_id)
    return f"\n#### {name}\n\n"


def _item(finding: Finding) -> Iterator[str]:
    rule, place = finding.rule, code(f"{finding.path}:{finding.position.line}")
    known = f"[{rule.code}]({address_of_page(rule.code)}) {prose(rule.name)}"
    since = f" ({before})" if (before := known_since(finding)) else ""
    yield f"- {place} **{known}**: {prose(finding.message)}{since}\n"
    proof = finding.proof or Proof()
    yield from _evidence(finding, proof)
    for related in finding.related[:_MOST_PARTS]:
        yield _row("see", code(f"{related.path}:{related.line}"))
    yield from _more(len(finding.related), "place")
    if finding.suggestion is not None:
        label = "fix" if finding.suggestion.safe else "fix (look at it first)"
        for edit in finding.suggestion.edits[:_MOST_PARTS]:
            yield from _fix(label, edit)
        yield from _more(len(finding.suggestion.edits), "edit")


def _evidence(finding: Finding, proof: Proof) -> Iterator[str]:
    """The address, then listed above found; who says so, and when, ends the last."""
    less, more = marked(proof.listed, proof.found)
    rows = []
    if finding.url and finding.url not in (proof.listed, proof.found):
        rows.append(("link", link(finding.url)))
    if proof.listed is not None:
        rows.append(("listed", _value(less, "del")))
    if proof.found is not None:
        # Where nobody was asked, the other text is what the rule expects.
        rows.append(("found" if proof.source else "expected", _value(more, "ins")))
    day = f"{proof.retrieved_at:%Y-%m-%d}" if proof.retrieved_at else ""
    said_by = ", ".join(part for part in (prose(proof.source) if proof.source else "", day) if part)
    if said_by and not rows:
        rows.append(("source", said_by))
    elif said_by:
        label, value = rows.pop()
        rows.append((label, f"{value} ({said_by})"))
    return (_row(label, value) for label, value in rows)


def _value(pieces: Pieces, tag: str) -> str:
    """A text with what differs marked; an address as a link, as somebody will want to look at it."""
    text = "".join(pieces)
    return link(text) if text.startswith(("http://", "https://")) else tagged(pieces, tag)


def _fix(label: str, edit: Edit) -> Iterator[str]:
    """The new value, to copy: shown whole and as it is, or not at all."""
    where = f"set {code(edit.field)} to" if edit.field else "write here"
    if not edit.value:
        yield _row(label, f"remove {code(edit.field) if edit.field else 'what stands here'}")
    elif len(edit.value) > _LONGEST_FIX or harmless(edit.value) != edit.value:
        yield _row(label, f"{where} what the JSON report has")
    elif edit.value != edit.value.strip(" "):
        # A blank at either end is easily lost on the way through a clipboard.
        yield _row(label, f"{where} {code(edit.value)}")
    else:
        yield _row(label, f"{where}")
        yield block(edit.value, "    ")


def _more(number: int, noun: str) -> Iterator[str]:
    if number > _MOST_PARTS:
        yield _row("more", f"{count(number - _MOST_PARTS, noun)}: see the JSON report")


def _row(label: str, value: str) -> str:
    return f"  - {label}: {value}\n"
