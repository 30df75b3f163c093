"""Bytes that come piece by piece are read so in the cage, and whatever happens there, the next are read."""

import os
import signal
from collections.abc import Iterator
from itertools import count, islice
from threading import Timer
from typing import Any

import pytest

from kimdesk.cage import MIB, CagedStream, Limits, Stop, pool, process
from kimdesk.domain.errors import BundleError, ForeignFileError, KimdeskError

READERS = "tests.cage.readers"
SHORT = Limits(seconds=1)
PIECES = [b"a", b"", b"bc", bytes(300_000)]


def read(name: str, *arguments: Any, pieces: Any = PIECES, shape: Any = int, **options: Any) -> list[Any]:
    reader = CagedStream(f"{READERS}:{name}", shape, refusals=("E870",))
    return list(reader(pieces, *arguments, **options))


def refusal(name: str, *arguments: Any, **options: Any) -> str:
    """Return why reading was refused; the next stream is read all the same."""
    with pytest.raises(KimdeskError) as refused:
        read(name, *arguments, **options)
    assert read("sizes") == [1, 2, 300_000]
    return refused.value.code


def test_each_piece_has_its_answers() -> None:
    pieces = [os.urandom(size) for size in (1, 70_000, 3 * MIB)]
    assert read("echo", 2, pieces=pieces, shape=bytes) == [each for each in pieces for _ in range(2)]
    assert read("late", pieces=pieces) == [1 + 70_000 + 3 * MIB]
    assert read("sizes", pieces=[]) == []


def test_neither_side_holds_everything() -> None:
    """More than the helper may hold goes through it, and no more is asked for than is used.

    The answers are as large as the pieces, so how many lie in a pipe does not hang on who is quick.
    """
    asked = count()
    pieces = (bytes(MIB) for _ in asked)
    reader = CagedStream(f"{READERS}:echo", bytes)
    answers = islice(reader(pieces, 1, limits=Limits(memory=100 * MIB)), 400)
    assert sum(map(len, answers)) == 400 * MIB
    assert next(asked) < 420
    assert read("sizes") == [1, 2, 300_000]


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (["swell", 1 << 40], "E760"),
        (["crash"], "E762"),
        (["abort", ""], "E762"),
        (["kill_parent"], "E763"),
        (["leave"], "E767"),
        (["fail"], "E768"),
        (["refuse", "E870"], "E870"),
        (["refuse", "E005"], "E767"),
    ],
)
def test_each_way_to_fail_is_told_apart_in_the_middle_too(what: list[Any], code: str) -> None:
    assert refusal("first_then", *what) == code


@pytest.mark.parametrize("name", ["spin", "wait"])
def test_who_takes_too_long_for_an_answer_is_ended(name: str) -> None:
    assert refusal("first_then", name, limits=SHORT) == "E761"


def test_an_answer_has_its_size() -> None:
    assert refusal("endless", shape=bytes, limits=Limits(answer=90_000)) == "E766"
    assert refusal("sizes", shape=str) == "E767"


@pytest.mark.parametrize("forged", [b"\0\0\0\x05hello", b"\xff" * 100, b"\0\0\0\0", b"\x80\x04}\x94."])
def test_a_helper_taken_over_cannot_say_what_it_likes(forged: bytes) -> None:
    assert refusal("first_then_forge", forged) == "E767"


def test_what_the_pieces_raise_is_raised() -> None:
    def broken() -> Iterator[bytes]:
        yield b"abc"
        raise BundleError("E103")

    with pytest.raises(BundleError, match="E103"):
        read("sizes", pieces=broken())
    with pytest.raises(BundleError, match="E103"):
        read("late", pieces=broken())
    assert read("sizes") == [1, 2, 300_000]


def test_a_stream_can_be_stopped_from_another_thread() -> None:
    stop = Stop()
    Timer(0.2, stop.stop).start()
    assert refusal("endless", shape=bytes, stop=stop) == "E764"


def test_a_stream_nobody_listens_to_any_more_is_ended() -> None:
    answers = CagedStream(f"{READERS}:endless", bytes)(bytes(MIB) for _ in range(1 << 40))
    assert len(next(answers)) == 100_000
    answers.close()  # type: ignore[attr-defined]
    assert read("sizes") == [1, 2, 300_000]


def test_a_helper_killed_while_it_waits_costs_no_piece() -> None:
    read("sizes")
    os.kill(pool._ready[READERS]._process.pid, signal.SIGKILL)
    assert read("sizes", pieces=iter(PIECES)) == [1, 2, 300_000]


def test_where_no_process_can_be_copied_each_stream_has_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, without the job object."""
    monkeypatch.setattr(process, "start", process.SingleHelper)
    pool.end_all()
    try:
        assert read("sizes") == read("sizes") == [1, 2, 300_000]
        assert refusal("first_then", "crash") == "E762"
        assert refusal("first_then", "wait", limits=SHORT) == "E761"
    finally:
        pool.end_all()


def test_no_helper_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    pool.end_all()
    monkeypatch.setattr(process, "command", lambda *_: ["/absent/python"])
    with pytest.raises(ForeignFileError, match="E765"):
        read("sizes")
