import re
import sys
from pathlib import Path

import pytest
from race.bound import Bound
from race.measure import Usage, measure
from race.run import Result, result_of
from race.score import Score
from race.table import merged, section
from race.tools import TOOLS, Race, Tool
from race.world import START, Truth, World
from side_by_side import HEAD, origin, parse

WORLD = World(
    name="list", scenario={}, links={"https://a.simweb/": Truth.ALIVE, "b": Truth.DEAD}, timeout=10.0, paced=True
)
USAGE = Usage(wall=3.0, cpu=0.5, peak=40 * 1024 * 1024, code=0, stopped=False)


def test_what_a_command_takes_is_measured(tmp_path: Path) -> None:
    program = "import sys; block = bytearray(64 << 20); sum(range(10 ** 6)); print('said'); print('x', file=sys.stderr)"
    usage = measure([sys.executable, "-c", program], folder=tmp_path, environment={}, limit=60)
    assert (tmp_path / "command.out").read_text() == "said\n"
    assert (tmp_path / "command.err").read_text() == "x\n"
    assert (usage.code, usage.stopped) == (0, False)
    assert usage.peak >= 64 << 20
    assert usage.cpu > 0
    assert usage.wall > 0


def test_all_of_the_processor_s_time_counts_and_that_of_children(tmp_path: Path) -> None:
    program = (
        "import os, resource, subprocess, sys\n"
        "subprocess.run([sys.executable, '-c', 'sum(range(10 ** 7))'])\n"
        "for _ in range(10 ** 5): os.stat('/')\n"
        "used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]\n"
        "print(sum(one.ru_utime + one.ru_stime for one in used))"
    )
    usage = measure([sys.executable, "-c", program], folder=tmp_path, environment={}, limit=60)
    assert usage.cpu >= float((tmp_path / "command.out").read_text())


def test_the_pages_that_a_tool_starts_from_are_no_requests_of_its_links(tmp_path: Path) -> None:
    (tmp_path / "muffet.out").write_text("")
    hosts = {START: {"first": 2, "requests": 3}, "a.simweb": {"first": 1, "requests": 4}}
    counted = {"first": 3, "requests": 7, "beyond": {"a.simweb": 1}, "hosts": hosts}
    found = result_of(TOOLS["muffet"], WORLD, USAGE, tmp_path, counted)
    assert (found.first, found.requests, found.violations) == (1, 4, {"a.simweb": 1})


def test_a_small_command_is_not_measured_with_what_runs_it(tmp_path: Path) -> None:
    block = bytearray(b"x") * (64 << 20)  # pages of noughts would not be there
    assert measure(["true"], folder=tmp_path, environment={"PATH": "/usr/bin:/bin"}, limit=60).peak < len(block)


def test_a_command_that_takes_too_long_is_ended_with_its_children(tmp_path: Path) -> None:
    words = ["sh", "-c", "sleep 600 & echo $!; wait"]
    usage = measure(words, folder=tmp_path, environment={"PATH": "/usr/bin:/bin"}, limit=1)
    assert (usage.code, usage.stopped) == (-9, True)
    child = Path("/proc", (tmp_path / "command.out").read_text().strip())
    assert not (child / "cmdline").exists() or (child / "cmdline").read_bytes() == b""  # gone, or dead and not buried


def test_a_command_that_is_not_there_says_so(tmp_path: Path) -> None:
    assert measure(["not-a-command"], folder=tmp_path, environment={}, limit=60).code == 127
    assert "not-a-command" in (tmp_path / "command.err").read_text()


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
def test_each_tool_is_told_the_time_out(tool: Tool, tmp_path: Path) -> None:
    told = Race(
        folder=tmp_path,
        start="http://start.simweb/",
        timeout=17.0,
        paced=False,
        authority=Path("ca.pem"),
        web=("--ca-file", "ca.pem"),
        has_entries=False,
    )
    words = [*tool.command(told), *(file.read_text() for file in tmp_path.iterdir())]
    assert re.search(r"\b17(?:s|000)?\b", " ".join(words))


def test_a_table_says_how_each_tool_did() -> None:
    fine = Result("ours", USAGE, 1, 2, {}, Score((), (), 0, 0))
    rude = Result("other", USAGE, 2, 9, {"arxiv.org": 3}, None, "exit code 1: no")
    text = section(WORLD, [fine, rude], bound=Bound(2.0, "a.simweb"), remarks=["a remark"])
    assert "Lower bound: 2.0 s, for a.simweb." in text
    assert "| ours | 3.0 | 0.5 | 4 | 40 | 1 | 2 | 0 | 0 | 0 | 0 | 0 | 1.50 |" in text
    assert "| other | 3.0 | 0.5 | – | 40 | 2 | 9 | 3 | – | – | – | – | 1.50 |" in text
    assert "- a remark\n- other: beyond limits: arxiv.org 3.\n- other: exit code 1: no.\n" in text


def test_the_page_s_head_is_no_scenario_s_section() -> None:
    head = HEAD.read_text(encoding="utf-8")
    page = merged("", head, {"list": "## list\n\nold\n"})
    assert page.startswith(head)
    assert merged(page, head, {"list": "## list\n\nold\n"}) == page


def test_a_section_says_the_command_that_makes_it(tmp_path: Path) -> None:
    words = ("--scenario", "scale,list", "--tools", "ours,lychee", "--links", "400", "--keep", str(tmp_path))
    choices = parse(words)
    assert "`make bench SCENARIO=list TOOLS=ours,lychee`" in origin("list", choices, {"ours": "0.1.0"})
    assert "`make bench SCENARIO=scale LINKS=400 HOSTS=500 TOOLS=ours,lychee`" in origin("scale", choices, {})


def test_the_page_keeps_other_scenarios_and_replaces_its_own() -> None:
    old = merged("", "# Old", {"list": "## list\n\nold\n", "scale": "## scale\n\nkept\n"})
    assert old == "# Old\n## list\n\nold\n\n## scale\n\nkept\n"
    assert merged(old, "# New", {"list": "## list\n\nnew\n"}) == "# New\n## list\n\nnew\n\n## scale\n\nkept\n"
