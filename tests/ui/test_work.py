"""The background keeps order, tells only the living, and turns failures into sentences."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kimdesk.domain.errors import VaultError
from kimdesk.texts.refusals import Explanation
from ui.program.work import InlineWork, Work


@pytest.fixture
def work(qtbot: QtBot) -> Iterator[Work]:
    work = Work()
    yield work
    work.finish()


def wrong() -> None:
    raise VaultError("E001")


def test_results_arrive_in_order_on_the_thread_of_the_windows(work: Work, qtbot: QtBot) -> None:
    arrived: list[tuple[int, bool]] = []
    for number in range(20):
        verb = work.write if number % 2 else work.read
        verb(lambda number=number: number, lambda n: arrived.append((n, threading.current_thread() is main)))  # type: ignore[misc]
    main = threading.main_thread()
    qtbot.waitUntil(lambda: len(arrived) == 20)
    assert arrived == [(number, True) for number in range(20)]


def test_work_leaves_the_window_free(work: Work, qtbot: QtBot) -> None:
    gate = threading.Event()
    seen: list[str] = []
    work.read(gate.wait, lambda _: seen.append("done"))
    seen.append("window")
    gate.set()
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == ["window", "done"]


def test_a_refusal_becomes_its_german_sentence(work: Work, qtbot: QtBot) -> None:
    told: list[Explanation] = []
    work.write(wrong, None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].code == "E001"
    assert told[0].message.startswith("Diese Passphrase")


def test_an_unknown_fault_never_shows_its_text(
    work: Work, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[Explanation] = []
    names: dict[str, str] = {}
    work.read(lambda: names["Amna Osman"], lambda _: None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].code == "E999"
    assert "Osman" not in told[0].message + told[0].hint + caplog.text
    assert "KeyError" in caplog.text


def test_a_failure_nobody_listens_for_is_not_lost(work: Work, qtbot: QtBot) -> None:
    with qtbot.waitSignal(work.unexplained) as heard:
        work.write(wrong)
    assert heard.args is not None
    assert heard.args[0].code == "E001"


def test_a_result_never_reaches_a_dead_widget(work: Work, qtbot: QtBot) -> None:
    gate, label = threading.Event(), QLabel()
    told: list[str] = []
    work.read(gate.wait, lambda _: told.append(label.text()))
    label.deleteLater()
    qtbot.wait(1)
    gate.set()
    work.read(lambda: None, lambda _: told.append("later"))
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["later"]


def test_a_presenter_of_a_dead_view_hears_nothing(work: Work, qtbot: QtBot) -> None:
    class Presenter:
        def __init__(self, view: QObject) -> None:
            self.view = view
            self.told: list[object] = []

    view = QObject()
    presenter = Presenter(view)
    gate = threading.Event()
    ends: list[object] = []
    work.read(gate.wait, presenter.told.append)
    work.write(lambda: None, Teller(presenter).tell)
    view.deleteLater()
    qtbot.wait(1)
    gate.set()
    work.read(lambda: None, ends.append)
    qtbot.waitUntil(lambda: bool(ends))
    assert presenter.told == [True]  # a plain list has no view


class Teller:
    def __init__(self, presenter: object) -> None:
        self.view = presenter.view  # type: ignore[attr-defined]
        self.presenter = presenter

    def tell(self, result: object) -> None:
        self.presenter.told.append(result)  # type: ignore[attr-defined]


def test_a_write_is_done_even_when_nobody_waits_any_more(work: Work, qtbot: QtBot) -> None:
    gate, owner = threading.Event(), QObject()
    written: list[str] = []
    ends: list[object] = []
    work.write(gate.wait)
    work.write(lambda: written.append("write"), owner=owner)
    work.read(lambda: written.append("read"), lambda _: None, owner=owner)
    owner.deleteLater()
    qtbot.wait(1)
    gate.set()
    work.read(lambda: None, ends.append)
    qtbot.waitUntil(lambda: bool(ends))
    assert written == ["write"]


def test_closing_waits_for_what_is_still_to_be_written(qtbot: QtBot) -> None:
    work = Work()
    written: list[int] = []
    for number in range(50):
        work.write(lambda number=number: written.append(number))  # type: ignore[misc]
    work.finish()
    assert written == list(range(50))


def test_a_background_that_is_gone_takes_its_thread_along(qtbot: QtBot) -> None:
    work = Work()
    work.write(lambda: None)
    thread = work._thread
    assert thread is not None
    work.deleteLater()
    del work
    gc.collect()
    qtbot.waitUntil(lambda: not thread.is_alive())


def test_inline_work_does_the_same_at_once(inline_work: InlineWork) -> None:
    told: list[object] = []
    inline_work.write(lambda: 1, told.append)
    inline_work.read(wrong, told.append, lambda explanation: told.append(explanation.code))
    assert told == [1, "E001"]
