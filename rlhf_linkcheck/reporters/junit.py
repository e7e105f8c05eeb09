"""The report as JUnit XML, as the common CI systems show it: a suite a file, a test an entry."""

from collections.abc import Iterator

from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters.base import Reporter, Style


class JUnitReporter(Reporter):
    """JUnit XML by the schema of Ant's reports, which is what CI systems agree on.

    An entry fails by its errors, whatever ``--fail-on`` says: a report knows the exit code alone, and
    a test that is red today is to be red tomorrow. Warnings stand in the suite's ``system-out``, as
    the schema has no other place for them, and in the text of a test that fails; infos are counted
    there. An entry with a link that is uncertain or was skipped is a test that was skipped, for
    nobody knows. What is to be said of the run itself stands in ``system-err``.
    """

    name = "junit"

    def parts(self, report: Report, style: Style) -> Iterator[str]:
        """One document, a test at a time; the style changes nothing."""
        del style
        # The library's generator of XML imports all of the library's network; only who wants XML pays for that.
        from rlhf_linkcheck.reporters.junit_document import document  # noqa: PLC0415 - see above

        yield from document(report)
