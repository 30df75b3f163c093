"""The cage: whatever reading does to its helper, one sentence says so and the next file is read."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from random import Random
from threading import Timer
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimdesk.cage import MIB, CagedReader, Limits, Stop, pool, process, wire
from kimdesk.casework.scans import looking
from kimdesk.casework.scans.scan import Drawing
from kimdesk.domain.errors import CaseworkError, ForeignFileError, KimdeskError
from kimdesk.texts.refusals import explain

READERS = "tests.cage.readers"
SHORT = Limits(seconds=1)


def read(name: str, *arguments: Any, data: bytes = b"abc", shape: Any = int, **options: Any) -> Any:
    return CagedReader(f"{READERS}:{name}", shape, refusals=("E870",))(data, *arguments, **options)


def refusal(name: str, *arguments: Any, **options: Any) -> str:
    """Return why reading was refused; the next file is read all the same."""
    with pytest.raises(KimdeskError) as refused:
        read(name, *arguments, **options)
    assert explain(refused.value).message
    assert read("length") == 3
    return refused.value.code


def helper() -> int:
    """Return the process that stands ready."""
    read("length")
    return pool._ready[READERS]._process.pid


def test_bytes_go_in_and_a_typed_answer_comes_out() -> None:
    data = os.urandom(3 * MIB)
    assert read("backwards", 2, data=data, shape=bytes) == data[::-1] * 2
    assert read("length", data=b"") == 0


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("swell", [1 << 40], "E760"),
        ("swell_slowly", [], "E760"),
        ("abort", ["memory allocation of 34359738368 bytes failed"], "E760"),
        ("crash", [], "E762"),
        ("abort", [""], "E762"),
        ("kill_parent", [], "E763"),
        ("long_answer", [70 * MIB], "E766"),
        ("leave", [], "E767"),
        ("fail", [], "E768"),
        ("absent", [], "E768"),
    ],
)
def test_each_way_to_fail_is_told_apart(name: str, arguments: list[Any], code: str) -> None:
    assert refusal(name, *arguments) == code


@pytest.mark.parametrize("name", ["spin", "wait"])
def test_who_takes_too_long_is_ended(name: str) -> None:
    assert refusal(name, limits=SHORT) == "E761"


def test_several_calls_can_share_their_time() -> None:
    end = time.monotonic() + 1
    with pytest.raises(ForeignFileError, match="E761"):
        read("wait", limits=Limits().until(end))
    with pytest.raises(ForeignFileError, match="E761"):
        read("wait", limits=Limits().until(end))  # nothing is left


def test_memory_is_bounded_per_call() -> None:
    assert read("swell", 200 * MIB) == 200 * MIB
    assert refusal("swell", 200 * MIB, limits=Limits(memory=100 * MIB)) == "E760"


def test_a_refusal_comes_back_as_it_was_raised() -> None:
    with pytest.raises(CaseworkError) as refused:
        read("refuse", "E870")
    assert (refused.value.code, refused.value.facts) == ("E870", {"most": 5})


@pytest.mark.parametrize("forged", [b"", b"\0\0\0\x05hello", b"\xff" * 100, b"\x80\x04}\x94.", b"\0\0\0\0"])
def test_a_helper_taken_over_cannot_answer_what_it_likes(forged: bytes) -> None:
    assert refusal("forge", data=forged) in {"E767", "E763"}


def test_a_picture_with_fewer_bytes_than_it_says_is_not_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever painted it would read on in the memory of the program."""
    monkeypatch.setattr(looking, "_DRAW", CagedReader(f"{READERS}:draw", Drawing))
    with pytest.raises(ForeignFileError, match="E767"):
        looking.draw(b"abc", "image/png", 0, 100)


def test_only_declared_refusals_and_shapes_are_taken() -> None:
    assert refusal("refuse", "E005") == "E767"
    assert refusal("refuse_content") == "E767"
    assert refusal("length", shape=str) == "E767"


def test_nothing_of_one_file_is_left_when_the_next_is_read() -> None:
    assert [read("remembered", data=each, shape=list[str]) for each in (b"Osman", b"Amna")] == [[], []]


def test_no_file_and_no_network_is_in_reach(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("Osman")
    path = str(tmp_path / "secret").encode()
    for files in (0, 8):
        tried = read("tried", data=path, shape=dict[str, str], limits=Limits(files=files))
        assert "done" not in tried.values()
    assert [each.name for each in tmp_path.iterdir()] == ["secret"]


def test_an_older_kernel_without_landlock_shuts_as_well() -> None:
    script = """
import ctypes
from kimdesk.cage import Limits, bars
from tests.cage.readers import tried
bars._landlock = lambda *_: None
bars.shut()
bars.narrow(Limits(), 1 << 40)
print(set(tried(b"/etc/hostname").values()), ctypes.CDLL(None).syscall(0x40000000 + 39))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() in {
        "{'PermissionError', 'OSError'} -1", "{'OSError', 'PermissionError'} -1",
    }  # fmt: skip


def test_threads_are_started_only_where_a_library_needs_them() -> None:
    """The decoder of HEIC ends its process when it gets none."""
    assert read("start_thread", shape=str) == "refused"
    assert read("start_thread", shape=str, limits=Limits(threads=True)) == "done"


def test_reading_can_be_stopped_from_another_thread() -> None:
    stop = Stop()
    Timer(0.2, stop.stop).start()
    assert refusal("wait", stop=stop) == "E764"
    assert refusal("length", stop=stop) == "E764"


def test_a_helper_killed_while_it_waits_is_replaced() -> None:
    before = helper()
    os.kill(before, signal.SIGKILL)
    os.waitid(os.P_PID, before, os.WEXITED | os.WNOWAIT)
    assert read("length") == 3
    assert helper() != before


def test_a_helper_killed_while_it_starts_is_one_sentence_or_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    pool.end_all()
    pool.prepare(READERS)
    os.kill(pool._ready[READERS]._process.pid, signal.SIGKILL)
    assert read("length") == 3
    pool.end_all()
    start = process.start

    def started(module: str) -> process.Helper:
        begun = start(module)
        os.kill(begun._process.pid, signal.SIGKILL)
        return begun

    monkeypatch.setattr(process, "start", started)
    with pytest.raises(ForeignFileError, match="E763"):
        read("length")
    monkeypatch.undo()
    assert read("length") == 3


def test_the_same_helper_serves_file_after_file() -> None:
    assert helper() == helper()


def test_a_helper_started_ahead_is_the_one_that_is_used() -> None:
    pool.end_all()
    CagedReader(f"{READERS}:length", int).prepare()
    started = pool._ready[READERS]._process.pid
    assert helper() == started


def test_several_threads_read_at_once() -> None:
    with ThreadPoolExecutor(4) as threads:
        found = threads.map(lambda size: read("length", data=bytes(size)), range(40))
        assert list(found) == list(range(40))
    assert len(pool._ready) == 1


def test_a_helper_that_is_not_needed_ends_with_the_program() -> None:
    script = f"""
import sys
from kimdesk.cage import CagedReader, pool
print(CagedReader("{READERS}:length", int)(b"abc"), pool._ready["{READERS}"]._process.pid)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    length, pid = done.stdout.split()
    assert (length, done.stderr) == ("3", "")
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)


@pytest.mark.parametrize("busy", [False, True])
def test_a_helper_does_not_outlive_a_program_that_is_killed(busy: bool) -> None:
    work = f'threading.Thread(target=lambda: CagedReader("{READERS}:wait", int)(b""), daemon=True).start()'
    script = f"""
import sys, threading, time
from kimdesk.cage import CagedReader, pool
CagedReader("{READERS}:length", int)(b"abc")
print(pool._ready["{READERS}"]._process.pid, flush=True)
{work if busy else ""}
time.sleep(600)
"""
    program = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    with program:
        assert program.stdout
        pid = int(program.stdout.readline())
        while busy and not _copies(pid):
            time.sleep(0.01)
        left = {pid, *_copies(pid)}
        program.kill()
    while any(Path(f"/proc/{each}").exists() for each in left):
        time.sleep(0.01)


def _copies(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_where_no_process_can_be_copied_each_file_has_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, without the job object."""
    monkeypatch.setattr(process, "start", process.SingleHelper)
    pool.end_all()
    try:
        assert [read("remembered", data=each, shape=list[str]) for each in (b"Osman", b"Amna")] == [[], []]
        assert refusal("crash") == "E762"
        assert refusal("swell", 1 << 40) == "E760"
        assert refusal("wait", limits=SHORT) == "E761"
        assert "done" not in read("tried", data=b"/etc/hostname", shape=dict[str, str]).values()
    finally:
        pool.end_all()


def test_no_helper_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    pool.end_all()
    monkeypatch.setattr(sys, "executable", "/absent/python")
    with pytest.raises(ForeignFileError, match="E765"):
        read("length")
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(ForeignFileError, match="E765"):
        read("length")


@pytest.mark.parametrize("program", ["ui", "kimdesk.cli"])
def test_a_frozen_program_is_its_own_helper(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """PyInstaller leaves no interpreter to start: the program itself is called with a flag."""
    pool.end_all()
    monkeypatch.setattr(process, "command", lambda mode, module: [
        sys.executable, "-m", program, "--cage", mode, module,
    ])  # fmt: skip
    try:
        assert read("length") == 3
        assert "PySide6" not in read("loaded", shape=list[str])
    finally:
        pool.end_all()


@given(st.data())
def test_whatever_a_helper_says_is_an_answer_or_none(data: st.DataObject) -> None:
    whole = wire.framed(wire.Refused("CaseworkError", "E870", {"most": 5}))
    said = data.draw(st.binary(max_size=200) | st.builds(_changed, st.just(whole), st.randoms()))
    with suppress(ValueError, RecursionError):
        head, _ = wire.answer(said)
        assert isinstance(head, wire.Done | wire.Refused | wire.Failed)


def _changed(whole: bytes, dice: Random) -> bytes:
    found = bytearray(whole)
    for _ in range(3):
        found[dice.randrange(len(found))] = dice.randrange(256)
    return bytes(found)
