"""Suites and tests as JUnit XML, a piece at a time."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from io import StringIO
from typing import TypeAlias
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from rlhf_linkcheck.finding import Finding, Severity
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters.junit_suites import Case, Outcome, Suite, suites
from rlhf_linkcheck.reporters.news import is_compared, newest_first, news_of
from rlhf_linkcheck.reporters.places import Places
from rlhf_linkcheck.reporters.typesetting import harmless
from rlhf_linkcheck.reporters.wording import changed, counted, elsewhere, facts, message, missing, split, summary

Attributes: TypeAlias = Mapping[str, str]


def document(report: Report) -> Iterator[str]:
    """The whole document, a test at a time."""
    places = Places(report.files)
    written = _Document()
    for number, suite in enumerate(suites(report)):
        yield from _suite(written, report, suite, number, places)
    written.end()
    yield written.written()


class _Document:
    """XML written by the library's own generator, a line an element, and taken out piece by piece."""

    def __init__(self) -> None:
        self._text = StringIO()
        self._xml = XMLGenerator(self._text, "utf-8", short_empty_elements=True)
        self._depth = 0
        self._xml.startDocument()
        self._xml.startElement("testsuites", AttributesImpl({}))

    def end(self) -> None:
        """The end of the document."""
        self._xml.ignorableWhitespace("\n")
        self._xml.endElement("testsuites")
        self._xml.ignorableWhitespace("\n")
        self._xml.endDocument()

    def open(self, name: str, attributes: Attributes) -> None:
        """An element that has others in it."""
        self._depth += 1
        self._margin()
        self._xml.startElement(name, AttributesImpl(attributes))

    def close(self, name: str) -> None:
        """Its end."""
        self._margin()
        self._xml.endElement(name)
        self._depth -= 1

    def put(self, name: str, attributes: Attributes, lines: Iterable[str] = ()) -> Iterator[str]:
        """An element with nothing in it but lines of text, piece by piece."""
        self._depth += 1
        self._margin()
        self._depth -= 1
        self._xml.startElement(name, AttributesImpl(attributes))
        for line in lines:
            self._xml.characters(f"{line}\n")
            yield self.written()
        self._xml.endElement(name)
        yield self.written()

    def written(self) -> str:
        """All since the last time."""
        text = self._text.getvalue()
        self._text.seek(0)
        self._text.truncate()
        return text

    def _margin(self) -> None:
        self._xml.ignorableWhitespace(f"\n{'  ' * self._depth}")


def _suite(document: _Document, report: Report, suite: Suite, number: int, places: Places) -> Iterator[str]:
    path, compared = harmless(places.path(suite.path)), is_compared(report)
    outcomes = Counter(case.outcome for case in suite.cases)
    about = {
        "id": number,
        "name": path,
        "package": "rlhf-linkcheck",
        "timestamp": f"{report.started_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
        "hostname": "localhost",
        "tests": len(suite.cases),
        "failures": outcomes[Outcome.FAILURE],
        "errors": outcomes[Outcome.ERROR],
        "skipped": outcomes[Outcome.SKIPPED],
        "time": _seconds(sum(case.elapsed_ms for case in suite.cases)),
    }
    document.open("testsuite", {name: str(value) for name, value in about.items()})
    document.open("properties", {})
    for name, value in _properties(report).items():
        yield from document.put("property", {"name": name, "value": str(value)})
    document.close("properties")
    for case in suite.cases:
        yield from _case(document, case, _class(path), places, compared=compared)
    yield from document.put("system-out", {}, _output(suite, places, compared=compared))
    yield from document.put("system-err", {}, _remarks(report, suite.path, places, first=number == 0))
    document.close("testsuite")
    yield document.written()


def _case(document: _Document, case: Case, classname: str, places: Places, *, compared: bool) -> Iterator[str]:
    attributes = {"classname": classname, "name": case.name, "time": _seconds(case.elapsed_ms)}
    if case.outcome is Outcome.PASSED:
        yield from document.put("testcase", attributes)
        return
    about, told = {"message": case.why}, _told(case.findings, places, compared=compared)
    if case.outcome is Outcome.SKIPPED:
        told = iter((case.why,))  # GitLab shows the text, others the attribute
    else:
        about["type"] = case.kind
    document.open("testcase", attributes)
    yield from document.put(case.outcome.value, about, told)
    document.close("testcase")


def _properties(report: Report) -> Mapping[str, str | int]:
    return {
        "version": harmless(report.version),
        "exit code": report.exit_code,
        "complete": "yes" if report.complete else "no",
        "summary": summary(report),
    }


def _output(suite: Suite, places: Places, *, compared: bool) -> Iterator[str]:
    """The warnings of a file, and how many infos there are."""
    findings = split(newest_first(suite.findings))
    yield from _told(findings[Severity.WARNING], places, compared=compared)
    if infos := findings[Severity.INFO]:
        yield f"{counted(infos, 'info')}: the JSON report has them all"


def _remarks(report: Report, path: str, places: Places, *, first: bool) -> Iterator[str]:
    """What is to be said of the file; and of the run, in the first suite alone."""
    if first:
        yield from filter(None, (missing(report),))
        yield from changed(report)
        yield from (f"{harmless(one.name)}: {harmless(one.note)}" for one in report.sources if one.note)
    for note in report.notes:
        if note.path == path:
            line = "" if note.line is None else f":{note.line}"
            yield f"{harmless(places.path(path))}{line}: {harmless(note.message)}"
        elif first and note.path not in report.inputs:
            yield harmless(note.message)


def _told(findings: Iterable[Finding], places: Places, *, compared: bool) -> Iterator[str]:
    """A finding with its place, and below it what it rests on."""
    for finding in findings:
        place = f"{harmless(places.path(finding.path))}:{finding.position.line}:{finding.position.column}"
        rule = f"{harmless(finding.rule.code)} {harmless(finding.rule.name)}"
        news = f", {word}" if compared and (word := news_of(finding)) else ""
        head = f"{place} {rule}: {message(finding)} [{finding.severity.value}{news}]"
        yield "\n    ".join((head, *facts(finding), *elsewhere(finding, places)))


def _class(path: str) -> str:
    """Jenkins makes a tree of what points separate: folders are its branches, and a file keeps its name together."""
    return path.replace(".", "_").replace("/", ".").strip(".") or path


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds / 1000:.3f}"
