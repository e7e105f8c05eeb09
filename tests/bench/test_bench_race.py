"""One whole race of ours, at the simulated web's own ports on loopback, where no peer can be sent."""

import os
from pathlib import Path

import pytest
from race.run import lay, race
from race.tools import TOOLS
from race.world import CONTROL, Truth, World

# A whole run each, whose parts are measured where they are tested.
pytestmark = pytest.mark.unmeasured

ROOT = Path(__file__).parents[2]
LINKS = {
    "https://a.simweb/": Truth.ALIVE,
    "https://a.simweb/gone": Truth.DEAD,
    "https://b.simweb/moved": Truth.ALIVE,
    "https://c.simweb/": Truth.OPEN,
}
WORLD = World(
    name="small",
    scenario={
        "hosts": {
            CONTROL: {"/": 200},
            "a.simweb": {"/": 200, "/gone": 404},
            "b.simweb": {"/moved": {"status": 302, "location": "https://a.simweb/"}},
            "c.simweb": {"/": 403},
        },
        "limits": [{"hosts": ["a.simweb"], "interval": 600}],
    },
    links=LINKS,
    timeout=5.0,
    paced=False,
)


@pytest.fixture(autouse=True)
def _as_make_calls_it(monkeypatch: pytest.MonkeyPatch) -> None:
    own = (str(ROOT / "bench"), str(ROOT / "tests"), os.environ.get("PYTHONPATH", ""))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, own)))


def test_a_race_tells_what_was_said_asked_and_taken(tmp_path: Path) -> None:
    lay(WORLD, tmp_path)
    found = race(TOOLS["ours"], WORLD, tmp_path, has_own_ports=False)
    assert found.problem == ""
    assert found.score is not None
    assert (found.score.false_alarms, found.score.misses) == ((), ())
    assert (found.score.unsure, found.score.untold) == (0, 0)
    # Of a.simweb one page, and one that is gone twice, as what is dead is looked at again: all but the first too early.
    assert found.violations == {"a.simweb": 2}
    assert found.first >= len(LINKS) - 1
    assert found.usage.wall >= found.usage.cpu > 0
    assert "first look-ups itself" in found.remark


def test_what_a_tool_says_in_vain_is_a_problem_and_no_score(tmp_path: Path) -> None:
    lay(WORLD, tmp_path)
    (tmp_path / "list.md").unlink()
    found = race(TOOLS["ours"], WORLD, tmp_path, has_own_ports=False)
    assert found.score is None
    assert found.problem.startswith("exit code 2: ")
    assert found.requests == 0
