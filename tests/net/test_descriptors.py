"""However few files a process may open, a run keeps under it; what others take away kills no link."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from crawling import client_of

from rlhf_linkcheck import simweb
from rlhf_linkcheck.evidence import Reason, Verdict
from rlhf_linkcheck.net.answer import Trouble
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.net.descriptors import Shares, share_out, wanted

# A whole run each, whose parts are measured where they are tested.
pytestmark = pytest.mark.unmeasured

TABLE = (
    # the limit, how many are taken, how many places are wanted, and what there is
    (None, 10, 64, Shares(64, 128, 32)),
    (4096, 10, 64, Shares(64, 128, 32)),
    (1024, 10, 64, Shares(64, 128, 32)),
    (1024, 10, 1000, Shares(247, 128, 32)),
    (256, 10, 64, Shares(55, 58, 9)),
    (256, 10, 8, Shares(8, 128, 9)),
    (64, 10, 64, Shares(7, 10, 1)),
    (32, 10, 64, Shares(1, 1, 1)),
    (3, 10, 64, Shares(1, 1, 1)),
)


@pytest.mark.parametrize(("limit", "held", "concurrency", "expected"), TABLE)
def test_a_limit_is_shared_out(limit: int | None, held: int, concurrency: int, expected: Shares) -> None:
    assert share_out(limit, held, concurrency) == expected


@pytest.mark.parametrize("concurrency", [1, 64, 1000])
def test_what_is_wanted_is_the_least_that_cuts_nothing_down(concurrency: int) -> None:
    limit = wanted(10, concurrency)
    assert share_out(limit, 10, concurrency) == share_out(None, 10, concurrency)
    assert share_out(limit - 1, 10, concurrency) != share_out(None, 10, concurrency)


SLOW = "default: {delay: 0.1, content_type: application/pdf, body: '%PDF'}"
LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, ({soft}, {hard}))
from rlhf_linkcheck.cli import main
try:
    main()
finally:
    print(resource.getrlimit(resource.RLIMIT_NOFILE)[0], file=sys.stderr)
"""


def checked(folder: Path, hosts: int, *, soft: int, hard: int) -> tuple[dict[str, Any], int]:
    """The report of a process that may open so few files, over one link of each host, and its limit at the end."""
    row = "- id: e{0}\n  category: book\n  title: Title {0}\n  url: https://host{0}.example/\n"
    folder.joinpath("entries.yaml").write_text("".join(map(row.format, range(hosts))), encoding="utf-8")
    with simweb.serve(simweb.Scenario.parse(SLOW)) as web:
        flags = ("--format", "json", "--interval", "0", "--retries", "0", "--timeout", "60")
        ended = subprocess.run(
            [sys.executable, "-c", LIMITED.format(soft=soft, hard=hard), "check", *flags, *web.options],
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        )
    return json.loads(ended.stdout), int(ended.stderr.split()[-1])


def test_a_run_over_a_hundred_hosts_keeps_under_the_limit(tmp_path: Path) -> None:
    report, limit = checked(tmp_path, 120, soft=48, hard=48)
    assert {(link["verdict"], link["attempts"]) for link in report["links"]} == {("alive", 1)}
    assert limit == 48


def test_a_limit_that_may_be_raised_is(tmp_path: Path) -> None:
    report, limit = checked(tmp_path, 30, soft=48, hard=256)
    assert {(link["verdict"], link["attempts"]) for link in report["links"]} == {("alive", 1)}
    assert limit == 256


@contextmanager
def nothing_left() -> Iterator[Callable[[], None]]:
    """Somebody else holds all the files that this process may open, until what it yields is called."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    highest = max(int(entry.name) for entry in Path("/dev/fd").iterdir())
    taken: list[int] = []

    def let_go() -> None:
        while taken:
            os.close(taken.pop())

    resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 9, before[1]))
    try:
        with suppress(OSError):  # EMFILE, which is what is wanted
            while True:
                taken.append(os.open(os.devnull, os.O_RDONLY))
        yield let_go
    finally:
        let_go()
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


@asynccontextmanager
async def warm_client(retries: int) -> AsyncIterator[Client]:
    """A client without a connection, after the tables that are read but once have been read for another."""
    async with client_of("default: 200") as (another, _):
        await another.get("http://first.example/")
    async with client_of("default: 200", retries=retries) as (client, _):
        yield client


async def test_where_others_hold_all_descriptors_it_is_tried_again_later() -> None:
    sent: list[int] = []

    def at_the_second_try() -> None:
        sent.append(1)
        if len(sent) > 1:
            let_go()

    async with warm_client(retries=1) as client:
        with nothing_left() as let_go:
            short = await client.get("http://a.example/short")
            later = await client.get("http://a.example/later", on_send=at_the_second_try)
        again = await client.get("http://a.example/short", again=True)
    words = "this machine had no more room for a connection, or allows no more open files"
    assert (short.trouble, short.attempts) == (Trouble(Reason.SHORTAGE, words), 2)
    assert (later.status, later.attempts, again.status) == (200, 2, 200)
    assert Reason.SHORTAGE.verdict is Verdict.UNCERTAIN


async def test_a_shortage_is_no_word_about_a_host_however_often_it_comes() -> None:
    async with warm_client(retries=0) as client:
        with nothing_left():
            for number in range(9):
                assert (await client.get(f"http://a.example/{number}")).attempts == 1
        assert (await client.get("http://a.example/")).status == 200


async def test_connections_at_rest_make_room_for_others() -> None:
    async with warm_client(retries=1) as client:
        await client.get("http://a.example/")
        with nothing_left():
            answer = await client.get("http://b.example/")
    assert (answer.status, answer.attempts) == (200, 2)
