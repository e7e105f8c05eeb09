"""What holds for all tests."""

import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no failure, so no example has a deadline and no test is too slow. In CI the
# examples are the same every time, so that a change is judged by itself; at home they are new ones.
# A quarter of the usual number keeps a whole run within what one waits for; `EXAMPLES=1000 make unit` looks closer.
settings.register_profile(
    "home",
    max_examples=int(os.environ.get("EXAMPLES", "25")),
    deadline=None,
    suppress_health_check=(HealthCheck.too_slow,),
)
settings.register_profile("ci", settings.get_profile("home"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "home")

pytest_plugins = ["collecting", "measuring"]

_NOT_OURS = ("GITHUB_", "GH_", "HF_")


@pytest.fixture(autouse=True)
def _no_services_of_whoever_runs_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the tokens of whoever runs the tests nor their servers: CI sets some of these by itself."""
    for name in os.environ:
        if name.startswith(_NOT_OURS):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _no_authorities_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests trust the simulated web's own authority alone; to read all others takes a client longer than a test."""
    monkeypatch.setenv("SSL_CERT_FILE", os.devnull)


@pytest.fixture
def kept_handlers() -> Iterator[None]:
    """The handlers of signals are as they were, whatever a test that sends some leaves behind."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
