"""The real list against its true records: every finding about a paper was looked at by eye, and each is right."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml
from crawling import network
from real_papers import ENTRIES, RECORDS, scenario

from rlhf_linkcheck.config import Config
from rlhf_linkcheck.pipeline import check
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.simweb.scenario import Scenario
from rlhf_linkcheck.simweb.web import serve

pytestmark = pytest.mark.skipif(not RECORDS.exists(), reason=f"needs {RECORDS} (see RLHF_LINKCHECK_SHARED)")


def checked(web: Mapping[str, Any]) -> Report:
    with serve(Scenario.parse(yaml.safe_dump(dict(web), allow_unicode=True))) as running:
        return check(Config(inputs=(str(ENTRIES),), network=network(running)))


@pytest.fixture(scope="module")
def report() -> Report:
    return checked(scenario())


def about_papers(report: Report) -> Iterator[tuple[str, str, str, str]]:
    for finding in report.findings:
        if finding.rule.code.startswith("PAP"):
            yield finding.rule.code, finding.severity.value, finding.entry or "", finding.field or ""
