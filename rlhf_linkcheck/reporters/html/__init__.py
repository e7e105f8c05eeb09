"""The report as one page that needs no network: overview, charts, and a table to filter and to look into."""

from collections.abc import Iterator

from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters.base import Reporter, Style


class HtmlReporter(Reporter):
    """One self-contained file: whatever comes from outside is text in it, and nothing it holds is fetched."""

    name = "html"

    def parts(self, report: Report, style: Style) -> Iterator[str]:
        """The page piece by piece: its head with the overview, the rows of the table, its end."""
        del style
        # Only who asks for this format pays for importing the template engine.
        from rlhf_linkcheck.reporters.html.page import page  # noqa: PLC0415 - see above

        return page(report)
