"""Each worker begins to collect elsewhere: whose assertions another has already rewritten, it finds compiled.

To rewrite them takes half the time of collecting, and pytest keeps what it wrote for all who come later. Workers
that read the same file at the same time would each do it all.
"""

import os
from collections.abc import Generator

import pytest

WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
WORKERS = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """What is in a folder, from the worker's own share on."""
    report = yield
    if isinstance(collector, pytest.Dir):
        start = len(report.result) * WORKER // WORKERS
        report.result = report.result[start:] + report.result[:start]
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Workers must have one order, whatever they began with; it is the one of who collects alone."""
    items.sort(key=lambda item: item.path)
