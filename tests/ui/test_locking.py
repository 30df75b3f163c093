"""The desk locks by itself, but never under the hands of somebody who works."""

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ui.desk.locking import IdleWatch


@pytest.fixture
def field(qtbot: QtBot) -> QLineEdit:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    qtbot.waitActive(field)
    return field


@pytest.fixture
def watch(field: QLineEdit) -> Iterator[tuple[IdleWatch, list[str]]]:
    watch = IdleWatch(field, minutes=5)
    heard: list[str] = []
    watch.idle.connect(lambda: heard.append("idle"))
    watch.start()
    yield watch, heard
    watch.stop()


def test_five_minutes_without_a_touch_lock(watch: tuple[IdleWatch, list[str]]) -> None:
    idle, heard = watch
    idle.look(time.monotonic() + 299, time.time())
    assert heard == []
    idle.look(time.monotonic() + 301, time.time())
    idle.look(time.monotonic() + 302, time.time())
    assert heard == ["idle"], "once is enough"


def test_keys_and_pointer_keep_the_desk_open(watch: tuple[IdleWatch, list[str]], field: QLineEdit) -> None:
    idle, heard = watch
    idle._touched -= 290
    QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)
    idle.look(time.monotonic() + 100, time.time())
    assert heard == []


def test_a_computer_that_slept_comes_back_locked(watch: tuple[IdleWatch, list[str]]) -> None:
    idle, heard = watch
    idle.look(time.monotonic(), time.time() + 3600)
    assert heard == ["idle"]


def test_the_time_can_be_changed_while_it_runs(watch: tuple[IdleWatch, list[str]]) -> None:
    idle, heard = watch
    idle.set_minutes(1)
    idle.look(time.monotonic() + 61, time.time())
    assert heard == ["idle"]


def test_after_unlocking_it_watches_again(watch: tuple[IdleWatch, list[str]]) -> None:
    idle, heard = watch
    idle.look(time.monotonic() + 400, time.time())
    idle.start()
    idle.look(time.monotonic() + 10, time.time())
    assert heard == ["idle"]
    idle.look(time.monotonic() + 400, time.time())
    assert heard == ["idle", "idle"]
