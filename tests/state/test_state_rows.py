from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from builders import NOON
from hypothesis import given, settings
from memories import memory, told
from records import record
from strategies import EVIDENCE

from rlhf_linkcheck.evidence import Evidence, Outcome, Reason
from rlhf_linkcheck.repository import Text
from rlhf_linkcheck.state.memory import Memory, Told
from rlhf_linkcheck.state.rows import (
    LARGEST,
    UnfitError,
    memory_from_bytes,
    memory_to_bytes,
    told_from_bytes,
    told_to_bytes,
)


def packed(outcome: dict[str, Any] | None = None, **evidence: Any) -> bytes:
    """A row as somebody else could write it."""
    return msgspec.msgpack.encode({"outcome": {"reason": "ok", **(outcome or {})}, **evidence})


@settings(max_examples=60)
@given(EVIDENCE)
def test_whatever_a_run_hears_is_read_as_it_was_or_is_no_row(evidence: Evidence) -> None:
    heard = Memory(evidence, NOON)
    try:
        encoded = memory_to_bytes(heard)
    except UnfitError:
        offered = [evidence.outcome.moved_to, evidence.secure_url]
        assert "\\ud800" in ascii(evidence) or any(
            not address.startswith("http") for address in offered if address is not None
        )
        return
    # The one is of its run, the other stands in a row of its own.
    evidence = replace(evidence, past=None)
    outcome = replace(evidence.outcome, from_cache=False)
    assert memory_from_bytes(encoded, NOON) == replace(heard, evidence=replace(evidence, outcome=outcome))


def test_a_row_is_short_where_there_is_little_to_say() -> None:
    assert memory_to_bytes(Memory(Evidence(Outcome(Reason.OK)), NOON)) == packed()


def test_what_a_row_lacks_has_its_default() -> None:
    assert memory_from_bytes(packed(), NOON) == Memory(Evidence(Outcome(Reason.OK)), NOON)


def test_what_later_versions_add_is_passed_over() -> None:
    assert memory_from_bytes(packed({"mood": "good"}, weather=[1, {"a": None}]), NOON).evidence.outcome.reason == "ok"


def test_whether_it_was_remembered_is_not_for_the_file_to_say() -> None:
    assert not memory_from_bytes(packed({"from_cache": True}), NOON).evidence.outcome.from_cache


@pytest.mark.parametrize(
    "forged",
    [
        b"",
        b"\xc1",
        b"\x81",
        b"null",
        packed() + b"\x00",
        msgspec.msgpack.encode([]),
        msgspec.msgpack.encode({"source": "web"}),
        packed({"reason": "splendid"}),
        packed({"reason": 7}),
        packed({"status": "200"}),
        packed({"status": -1}),
        packed({"attempts": 2**60}),
        packed({"elapsed_ms": 1.5}),
        packed({"checked_at": "2026-01-31T12:00:00"}),
        packed({"checked_at": "yesterday"}),
        packed({"redirects": [["a", 1]]}),
        packed({"moved_to": "javascript:alert(1)"}),
        packed(secure_url="file:///etc/passwd"),
        packed(missing_fragments=["a"] * 10_001),
        packed(record={"identity": "arxiv:1", "source": "arxiv", "title": "A", "authors": "B"}),
        # Four thousand million items are announced, and none is there.
        packed(earlier=["HERE"]).replace(b"\x91\xa4HERE", b"\xdd\xff\xff\xff\xff"),
        packed({"detail": "HERE"}).replace(b"HERE", b"\xff\xfe\xff\xfe"),
        b"\x81" * 100_000,
        packed({"detail": "x" * LARGEST}),
    ],
)
def test_what_nobody_remembered_is_no_row(forged: bytes) -> None:
    with pytest.raises(UnfitError):
        memory_from_bytes(forged, NOON)


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome(Reason.OK, detail="half \ud800"),
        Outcome(Reason.OK, attempts=2**70),
        Outcome(Reason.OK, attempts=-1),
        Outcome(Reason.OK, detail="x" * LARGEST),
        Outcome(Reason.OK, moved_to="javascript:alert(1)"),
        Outcome(Reason.OK, checked_at=datetime(2026, 1, 31)),  # noqa: DTZ001 - that is the point
    ],
)
def test_what_could_not_be_read_is_not_written(outcome: Outcome) -> None:
    with pytest.raises(UnfitError):
        memory_to_bytes(Memory(Evidence(outcome), NOON))


def test_answers_of_all_kinds_keep_their_order() -> None:
    assert told_from_bytes(told_to_bytes(told()), NOON) == told()


def test_that_there_is_nothing_is_an_answer() -> None:
    assert told_from_bytes(told_to_bytes(Told((), NOON)), NOON) == Told((), NOON)


def test_a_long_text_is_an_answer() -> None:
    answer = Told((Text("README.md", "é" * 512 * 1024),), NOON)
    assert told_from_bytes(told_to_bytes(answer), NOON) == answer


@pytest.mark.parametrize(
    "answer", [{}, 7, {"text": 1}, {"text": {"path": "a", "text": "b"}, "record": msgspec.to_builtins(record())}]
)
def test_an_answer_is_exactly_one_thing(answer: object) -> None:
    with pytest.raises(UnfitError):
        told_from_bytes(msgspec.msgpack.encode({"answers": [answer]}), NOON)


def test_times_are_exact() -> None:
    moment = datetime(2026, 1, 31, 12, 0, 0, 123_457, tzinfo=UTC)
    heard = memory(moment, record=record())
    assert memory_from_bytes(memory_to_bytes(heard), moment) == heard
