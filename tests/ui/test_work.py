"""The background keeps order, tells only the living, and turns failures into sentences."""

import gc
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kimdesk.cage import CagedReader
from kimdesk.casework import cases
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import VaultError
from kimdesk.domain.records import Case, Person
from kimdesk.texts.refusals import Explanation
from tests.conftest import PASSPHRASE
from ui.program.work import InlineWork, Work


@pytest.fixture
def work(qtbot: QtBot) -> Iterator[Work]:
    work = Work()
    yield work
    work.finish()


@pytest.fixture
def asker(qtbot: QtBot) -> QObject:
    """Whoever asks, and lives until the end of the test."""
    return QObject()


def wrong() -> None:
    raise VaultError("E001")


def test_results_arrive_in_order_on_the_thread_of_the_windows(
    work: Work, asker: QObject, qtbot: QtBot
) -> None:
    arrived: list[tuple[int, bool]] = []
    for number in range(20):
        verb = work.write if number % 2 else work.read
        verb(asker, partial(int, number), lambda n: arrived.append((n, threading.current_thread() is main)))
    main = threading.main_thread()
    qtbot.waitUntil(lambda: len(arrived) == 20)
    assert arrived == [(number, True) for number in range(20)]


def test_work_leaves_the_window_free(work: Work, asker: QObject, qtbot: QtBot) -> None:
    gate = threading.Event()
    seen: list[str] = []
    work.read(asker, gate.wait, lambda _: seen.append("done"))
    seen.append("window")
    gate.set()
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == ["window", "done"]


def test_a_refusal_becomes_its_german_sentence(work: Work, asker: QObject, qtbot: QtBot) -> None:
    told: list[Explanation] = []
    work.write(asker, wrong, None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].code == "E001"
    assert told[0].message.startswith("Diese Passphrase")


def test_an_unknown_fault_never_shows_its_text(
    work: Work, asker: QObject, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[Explanation] = []
    names: dict[str, str] = {}
    work.read(asker, lambda: names["Amna Osman"], lambda _: None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].code == "E999"
    assert "Osman" not in told[0].message + told[0].hint + caplog.text
    assert "KeyError" in caplog.text


def test_a_failure_nobody_listens_for_is_not_lost(work: Work, asker: QObject, qtbot: QtBot) -> None:
    with qtbot.waitSignal(work.unexplained) as heard:
        work.write(asker, wrong)
    assert heard.args is not None
    assert heard.args[0].code == "E001"


def test_a_result_never_reaches_a_dead_widget(work: Work, asker: QObject, qtbot: QtBot) -> None:
    gate, label = threading.Event(), QLabel()
    told: list[str] = []
    work.read(label, gate.wait, lambda _: told.append(label.text()))
    label.deleteLater()
    qtbot.wait(1)
    gate.set()
    work.read(asker, lambda: None, lambda _: told.append("later"))
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["later"]


def test_only_a_qt_object_can_wait_for_a_result(work: Work) -> None:
    presenter: Any = object()
    with pytest.raises(TypeError):
        work.read(presenter, lambda: None, lambda _: None)


def test_a_write_is_done_even_when_nobody_waits_any_more(work: Work, asker: QObject, qtbot: QtBot) -> None:
    gate, owner = threading.Event(), QObject()
    written: list[str] = []
    ends: list[object] = []
    work.write(asker, gate.wait)
    work.write(owner, lambda: written.append("write"))
    work.read(owner, lambda: written.append("read"), lambda _: None)
    owner.deleteLater()
    qtbot.wait(1)
    gate.set()
    work.read(asker, lambda: None, ends.append)
    qtbot.waitUntil(lambda: bool(ends))
    assert written == ["write"]


def test_a_write_that_fails_after_its_window_is_gone_is_said_elsewhere(work: Work, qtbot: QtBot) -> None:
    gate, owner = threading.Event(), QObject()
    told: list[object] = []

    def refused() -> None:
        gate.wait()
        raise VaultError("E001")

    with qtbot.waitSignal(work.unexplained) as heard:
        work.write(owner, refused, None, told.append)
        owner.deleteLater()
        qtbot.wait(1)
        gate.set()
    assert heard.args is not None
    assert (heard.args[0].code, told) == ("E001", [])


class Panic(BaseException):
    """What a reader written in another language raises when it gives up (pyo3's PanicException)."""


@pytest.mark.parametrize(
    "kind", [Panic, SystemExit, KeyboardInterrupt, MemoryError, RecursionError, GeneratorExit]
)
def test_whatever_a_job_raises_ends_that_job_alone(
    work: Work, asker: QObject, qtbot: QtBot, kind: type[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    told: list[object] = []

    def job() -> None:
        raise kind("Amna Osman")

    work.read(asker, job, told.append, lambda explanation: told.append(explanation.code))
    work.write(asker, lambda: "saved", told.append)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == ["E999", "saved"]
    assert "Osman" not in caplog.text


def test_a_refusal_without_a_sentence_ends_its_job_alone(work: Work, asker: QObject, qtbot: QtBot) -> None:
    told: list[object] = []

    def job() -> None:
        raise VaultError("E000")

    work.write(asker, job, told.append, lambda explanation: told.append(explanation.code))
    work.write(asker, lambda: "saved", told.append)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[1] == "saved"


def test_a_panic_leaves_save_lock_and_unlock_working(
    work: Work, asker: QObject, qtbot: QtBot, desk_folder: Path
) -> None:
    told: list[Any] = []

    class Panic(BaseException):
        """What a library of another language raises when it gives up."""

    def panics() -> object:
        raise Panic

    def save() -> Case:
        return cases.open_new(desk, Person(family_name="Weiß", given_names="Lena"))

    desk = Desk.unlock(desk_folder, PASSPHRASE)
    work.read(asker, panics, told.append, told.append)  # raises no Exception
    work.write(asker, save, told.append)
    work.write(asker, desk.close, told.append)
    work.write(asker, lambda: Desk.unlock(desk_folder, PASSPHRASE), told.append)
    qtbot.waitUntil(lambda: len(told) == 4, timeout=60_000)
    assert told[0].code == "E999"
    with told[3] as again:
        assert [row.name for row in cases.find(again, "Weiß", 5)] == ["Weiß, Lena"]


def test_closing_waits_for_what_is_still_to_be_written(asker: QObject, qtbot: QtBot) -> None:
    work = Work()
    written: list[int] = []
    for number in range(50):
        work.write(asker, partial(written.append, number))
    work.finish()
    assert written == list(range(50))


def test_a_background_that_is_gone_takes_its_thread_along(asker: QObject, qtbot: QtBot) -> None:
    work = Work()
    work.write(asker, lambda: None)
    work.look(asker, lambda: None, lambda _: None)
    threads = [lane._thread for lane in work._lanes.values()]
    assert len(threads) == 2
    work.deleteLater()
    del work
    gc.collect()
    qtbot.waitUntil(lambda: not any(each.is_alive() for each in threads))


_WAITING: CagedReader[int] = CagedReader("tests.cage.readers:wait", int)


def test_saving_does_not_wait_for_a_file_of_a_stranger(work: Work, asker: QObject, qtbot: QtBot) -> None:
    told: list[Any] = []
    look = work.look(asker, lambda: _WAITING(b""), told.append, told.append)
    work.write(asker, lambda: "saved", told.append)
    qtbot.waitUntil(lambda: told == ["saved"])
    assert work.busy
    look.stop()
    qtbot.waitUntil(lambda: not work.busy)
    assert told[1].code == "E764"


def test_a_look_that_is_no_longer_wanted_does_not_begin(work: Work, asker: QObject, qtbot: QtBot) -> None:
    told: list[Any] = []
    first = work.look(asker, lambda: _WAITING(b""), told.append, told.append)
    second = work.look(asker, lambda: _WAITING(b""), told.append, told.append)
    second.stop()
    first.stop()
    qtbot.waitUntil(lambda: [each.code for each in told] == ["E764", "E764"])


def test_leaving_the_program_does_not_wait_for_a_file(asker: QObject, qtbot: QtBot) -> None:
    work = Work()
    work.look(asker, lambda: _WAITING(b""), lambda _: None)
    thread = work._lanes["outside"]._thread
    work.finish()
    assert not thread.is_alive()


def test_inline_work_does_the_same_at_once(inline_work: InlineWork, asker: QObject) -> None:
    told: list[object] = []
    inline_work.write(asker, lambda: 1, told.append)
    inline_work.read(asker, wrong, told.append, lambda explanation: told.append(explanation.code))
    assert told == [1, "E001"]
