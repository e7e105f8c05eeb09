"""The report as workflow commands: GitHub shows them beside the lines of a pull request."""

from collections.abc import Iterator, Sequence
from unicodedata import category

from rlhf_linkcheck.finding import Finding, Severity
from rlhf_linkcheck.report import Note, Report
from rlhf_linkcheck.reporters.base import Reporter, Style
from rlhf_linkcheck.reporters.news import is_compared, newest_first
from rlhf_linkcheck.reporters.places import Places
from rlhf_linkcheck.reporters.typesetting import harmless
from rlhf_linkcheck.reporters.wording import changed, counted, elsewhere, facts, message, missing, split, summary

MOST = 10
"""As many of each level are shown of a step; what comes later is dropped without a word.

https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations
"""

LONGEST = 4_000
"""The most characters of a message: the runner cuts at 4,096 (``_maxIssueMessageLength`` of actions/runner)."""

_LONGEST_PLACE = 1_000
_LONGEST_NAME = 255
_LONGEST_TITLE = 255
"""https://docs.github.com/en/rest/checks/runs (``annotations[].title``)."""

_TOOL = "rlhf-linkcheck"
_ELSEWHERE = "the JSON report has them all"

Properties = dict[str, str | int]


class GitHubReporter(Reporter):
    """Errors, then warnings, at most ten each of which the last counts the rest; infos are one counted line.

    Of an audit what is new comes first, and a notice says how much has changed and what is back.

    Nothing but commands is printed, so that no line of ours can be taken for one of another kind.
    """

    name = "github"

    def parts(self, report: Report, style: Style) -> Iterator[str]:
        """One command a line; the style changes nothing."""
        del style
        places = Places(report.files)
        findings, compared = split(newest_first(report.findings)), is_compared(report)
        yield from _annotated("error", findings[Severity.ERROR], places, MOST, compared=compared)
        word = missing(report)
        if word:
            yield _command("warning", _by_us(), word)
        yield from _annotated("warning", findings[Severity.WARNING], places, MOST - bool(word), compared=compared)
        yield _command("notice", _by_us(), summary(report))
        changes, infos = "\n".join(changed(report)), findings[Severity.INFO]
        if changes:
            yield _command("notice", _by_us(), _cut(changes, LONGEST))
        if infos:
            yield _command("notice", _by_us(), f"{counted(infos, 'info')}: {_ELSEWHERE}")
        yield from _notices(_remarks(report, places), MOST - 1 - bool(changes) - bool(infos))


def _annotated(level: str, findings: Sequence[Finding], places: Places, most: int, *, compared: bool) -> Iterator[str]:
    shown = len(findings) if len(findings) <= most else most - 1
    for finding in findings[:shown]:
        yield _annotation(level, finding, places, compared=compared)
    rest = findings[shown:]
    if rest:
        yield _command(level, _by_us(), f"{counted(rest, f'more {level}')}: {_ELSEWHERE}")


def _annotation(level: str, finding: Finding, places: Places, *, compared: bool) -> str:
    """The log shows the message alone, so that it ends with the rule and the place."""
    path = _cut(harmless(places.path(finding.path)), _LONGEST_PLACE)
    where = f"{path}:{finding.position.line}:{finding.position.column}"
    whose = f" ({_cut(harmless(finding.entry), _LONGEST_NAME)})" if finding.entry else ""
    rule = f"{harmless(finding.rule.code)} {harmless(finding.rule.name)}"
    last = f"{where} {rule}{whose}"
    told = "\n".join((message(finding, compared=compared), *facts(finding), *elsewhere(finding, places)))
    text = _cut(told, LONGEST - len(last) - 1)
    return _command(level, {**_place(finding, places), "title": f"{rule}{whose}"[:_LONGEST_TITLE]}, f"{text}\n{last}")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _place(finding: Finding, places: Places) -> Properties:
    """The file and lines; columns only on one line, as the runner wants it (``ValidateLinesAndColumns``).

    There the end is within: «defaults to startColumn» says @actions/core of ``endColumn``.
    """
    line, column, end_line, end_column = finding.position
    place: Properties = {"file": _file(places.path(finding.path)), "line": line, "endLine": max(line, end_line)}
    if end_line == line:
        place |= {"col": column, "endColumn": max(column, end_column - 1)}
    return place


def _remarks(report: Report, places: Places) -> list[tuple[Properties, str]]:
    """The notes of the run, and what each source could not say."""
    notes = [(_noted(note, places), harmless(note.message)) for note in report.notes]
    sources = [f"{harmless(source.name)}: {harmless(source.note)}" for source in report.sources if source.note]
    return [*notes, *((_by_us(), said) for said in sources)]


def _by_us() -> Properties:
    return {"title": _TOOL}


def _noted(note: Note, places: Places) -> Properties:
    place: Properties = {} if note.path is None else {"file": _file(places.path(note.path))}
    if place and note.line is not None:
        place["line"] = note.line
    return place | _by_us()


def _notices(remarks: Sequence[tuple[Properties, str]], most: int) -> Iterator[str]:
    shown = len(remarks) if len(remarks) <= most else most - 1
    for properties, said in remarks[:shown]:
        yield _command("notice", properties, said)
    rest = len(remarks) - shown
    if rest:
        yield _command("notice", _by_us(), f"{rest:,} more notes: {_ELSEWHERE}")


def _command(level: str, properties: Properties, text: str) -> str:
    """One line, escaped as the runner reads it: https://github.com/actions/runner (``ActionCommand.cs``)."""
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{level} {listed}::{_data(text)}\n"


def _property(value: str | int) -> str:
    text = value if isinstance(value, str) else str(value)
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _data(text: str) -> str:
    """``##[`` opens a command wherever on a line it stands, for a runner that does not know ours (notices are new)."""
    return text.replace("##[", "## [").replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _file(path: str) -> str:
    """The name as it is, blanks of all kinds and line breaks included; what no log should carry is spelt out."""
    return "".join(letter if _is_of_names(letter) else harmless(letter) for letter in path)


def _is_of_names(letter: str) -> bool:
    return letter.isprintable() or letter in "\r\n" or category(letter) == "Zs"
