import asyncio

import pytest
from timeless import Crawled, journey

from rlhf_linkcheck.simweb import log


@pytest.fixture
def crawled(monkeypatch: pytest.MonkeyPatch) -> Crawled:
    """A run over a simulated web, whose log tells the time that the run lives in."""
    monkeypatch.setattr(log, "monotonic", lambda: asyncio.get_running_loop().time())
    return journey
