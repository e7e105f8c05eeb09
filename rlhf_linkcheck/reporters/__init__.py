"""The formats of a report, and the way back from a saved one."""

from collections.abc import Mapping
from types import MappingProxyType

from rlhf_linkcheck.reporters.base import Reporter, Style
from rlhf_linkcheck.reporters.github import GitHubReporter
from rlhf_linkcheck.reporters.html import HtmlReporter
from rlhf_linkcheck.reporters.json import JsonReporter
from rlhf_linkcheck.reporters.junit import JUnitReporter
from rlhf_linkcheck.reporters.markdown import MarkdownReporter
from rlhf_linkcheck.reporters.merging import merge
from rlhf_linkcheck.reporters.reading import read_report
from rlhf_linkcheck.reporters.reading_document import ReportError
from rlhf_linkcheck.reporters.sarif import SarifReporter
from rlhf_linkcheck.reporters.text import TextReporter

__all__ = ["REPORTERS", "ReportError", "Reporter", "Style", "merge", "read_report"]

_ALL: tuple[Reporter, ...] = (
    TextReporter(),
    JsonReporter(),
    SarifReporter(),
    JUnitReporter(),
    GitHubReporter(),
    MarkdownReporter(),
    HtmlReporter(),
)

REPORTERS: Mapping[str, Reporter] = MappingProxyType({reporter.name: reporter for reporter in _ALL})
"""Every format by the name that ``--format`` and ``--report`` know it by; the first is the default."""
