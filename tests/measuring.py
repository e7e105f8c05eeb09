"""Coverage is measured where somebody wrote an example, and nowhere else: tracing doubles the time of all that runs.

Traced are the product's imports, the tests themselves and what a module of them shares, but neither
collecting nor pytest's own work. Tests marked ``unmeasured`` and properties are not: what only whole runs
and made-up examples reach counts as not covered, whatever the dice said today. So the figure is a lower
bound, and the same every time. Marked, too, are what is long, whose CPU time is the test's own matter, and
files of tests about our texts, or about troubles, that reach no branch that no other test does.
"""

import gc
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from importlib import import_module
from pkgutil import walk_packages

import pytest


class Tracing:
    """The trace functions that coverage has set, of this thread and of threads to come, taken away until asked for."""

    def __init__(self) -> None:
        self._own, self._others = sys.gettrace(), threading.gettrace()
        self.stop()

    def start(self) -> None:
        threading.settrace(self._others)
        sys.settrace(self._own)

    def stop(self) -> None:
        sys.settrace(None)
        threading.settrace(None)


UNMEASURED = ("unmeasured", "hypothesis")
"""Marks of tests; hypothesis sets its own."""
TRACING = pytest.StashKey[Tracing]()


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Imports what is measured, and collects without measuring and without looking for garbage.

    What collecting leaves stays to the end, so that no later search for garbage goes through it.
    """
    # There is none without coverage, and where that goes by sys.monitoring, which costs little.
    if sys.gettrace() is not None:
        # xdist's controller runs no test.
        if not session.config.pluginmanager.hasplugin("dsession"):
            _import_product()
        session.config.stash[TRACING] = Tracing()
    gc.disable()
    collected = yield
    gc.collect()
    gc.freeze()
    gc.enable()
    return collected


def _import_product() -> None:
    import rlhf_linkcheck  # noqa: PLC0415 - coverage must see it

    for module in walk_packages(rlhf_linkcheck.__path__, "rlhf_linkcheck."):
        if not module.name.endswith("__main__"):
            import_module(module.name)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    with _measuring(pyfuncitem):
        return (yield)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """What a whole module shares is often a simulated web, in a thread that is traced from its start or never."""
    if fixturedef.scope != "module":
        return (yield)
    with _measuring(request.node):
        return (yield)


@contextmanager
def _measuring(node: pytest.Item | pytest.Collector) -> Iterator[None]:
    tracing = node.config.stash.get(TRACING, None)
    if tracing is None or any(map(node.get_closest_marker, UNMEASURED)):
        yield
        return
    tracing.start()
    try:
        yield
    finally:
        tracing.stop()
