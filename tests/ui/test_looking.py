"""A file that takes a while is looked at beside everything else, says so, and can be stopped."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from kimdesk.cage import CagedReader
from tests.ui.hands import click
from ui.case.attachments.waiting import Looking
from ui.kit.state import Notice
from ui.program.work import Work

READERS = "tests.cage.readers"


@pytest.fixture
def work(qtbot: QtBot) -> Iterator[Work]:
    work = Work()
    yield work
    work.finish()


@pytest.fixture
def notice(qtbot: QtBot) -> Notice:
    made = Notice()
    qtbot.addWidget(made)
    made.hide()
    return made


def reader(name: str) -> Callable[[], int]:
    return lambda: CagedReader(f"{READERS}:{name}", int)(b"abc")


def test_a_long_look_is_said_and_ended_by_a_button(work: Work, notice: Notice, qtbot: QtBot) -> None:
    told: list[Any] = []
    looking = Looking(notice, notice, lambda: told.append("stopped"))
    looking.look(work, notice, "foto.jpg", reader("wait"), told.append, told.append)
    assert not notice.isVisible()
    qtbot.waitUntil(notice.isVisible)
    assert notice.accessibleName() == "„foto.jpg“ wird angesehen …"
    click(notice, "stop_looking")
    qtbot.waitUntil(lambda: told == ["stopped"])
    assert not notice.isVisible()
    looking.look(work, notice, "brief.pdf", reader("length"), told.append, told.append)
    qtbot.waitUntil(lambda: told == ["stopped", 3])


def test_a_refusal_is_no_button_to_end_it(work: Work, notice: Notice, qtbot: QtBot) -> None:
    told: list[Any] = []
    looking = Looking(notice, notice, lambda: told.append("stopped"))
    looking.look(work, notice, "foto.jpg", reader("crash"), told.append, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].code == "E762"
    notice.explain(told[0])
    notice.show()
    [button] = notice.findChildren(QPushButton, "stop_looking")
    assert button.isHidden()
