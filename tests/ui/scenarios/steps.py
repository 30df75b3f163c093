"""What people do in the scenarios, in the words of their work. Shared: add, do not change."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from kimdesk.casework import cases
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import Case, Person
from tests.ui.hands import find, settle
from tests.ui.places import in_case
from ui.kit.listing import Listing
from ui.kit.text import Text
from ui.places import Place
from ui.shell import Shell


def case_of(desk: Desk, given_names: str, family_name: str) -> Case:
    """Return a new case of a person."""
    return cases.open_new(desk, Person(given_names=given_names, family_name=family_name))


def go_to(shell: Shell, case: Case, place: str) -> None:
    """Go to a place in the case."""
    shell.navigate(in_case(case.id, place))
    settle()


def choose(top: QWidget, name: str, words: str) -> None:
    """Choose the entry that says ``words`` from a drop-down."""
    combo = find(top, QComboBox, name)
    index = combo.findText(words)
    assert index >= 0, f"{name} offers no {words}"
    combo.setCurrentIndex(index)
    combo.activated.emit(index)
    settle()


def open_dialog(shell: Shell, name: str) -> QDialog:
    """Return the dialog that is open."""
    return find(shell, QDialog, name)


def read(top: QWidget, name: str = "") -> list[str]:
    """Return the sentences that can be read at ``top``, or in the part ``name`` of it."""
    place = find(top, QWidget, name) if name else top
    return [text.text() for text in place.findChildren(Text) if text.isVisibleTo(place) and text.text()]


def read_the_day(shell: Shell) -> list[str]:
    """Return the rows of Heute as they are read aloud."""
    shell.navigate(Place("today"))
    model = find(shell, Listing, "task_list").model()
    spoken = (model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount()))
    return [words for words in spoken if words]


def press(widget: QWidget, key: Qt.Key) -> None:
    """Press a key in ``widget``."""
    widget.setFocus()
    QTest.keyClick(widget, key)
    settle()
