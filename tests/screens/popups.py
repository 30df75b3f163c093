"""Pictures of what opens over a page: calendar, choices, menu, search; and of fields that were refused."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QToolButton, QWidget

from tests.screens.camera import Camera, Shot, seen
from ui.case.page import CasePage
from ui.forms.editors.combo import CodeCombo
from ui.pages.help.dialog import HelpDialog
from ui.pages.help.topics import KEYS
from ui.shell.top_bar import SearchField

PERSON = "Amna Osman"


def _dialog(camera: Camera, tab: str, button: str) -> QWidget:
    camera.case(PERSON, tab)
    camera.press(button)
    QApplication.processEvents()
    return camera._dialogs()[-1]


def _calendar(camera: Camera) -> None:
    """Show the calendar of a date field that stands in December."""
    dialog = _dialog(camera, "regimes", "add_residence_spell")
    button = next(one for one in dialog.findChildren(QToolButton) if one.objectName().endswith("_calendar"))
    line = button.parentWidget()
    assert isinstance(line, QLineEdit)
    line.setText("24.12.2026")
    button.click()


def _choices(camera: Camera) -> None:
    """Show the list of a choice, opened below its field."""
    dialog = _dialog(camera, "regimes", "add_residence_spell")
    box = next(one for one in dialog.findChildren(CodeCombo) if one.count() > 5 and not one.isEditable())
    box.showPopup()


def _found_choices(camera: Camera) -> None:
    """Show what a long list offers for a part of a word."""
    dialog = _dialog(camera, "regimes", "add_residence_spell")
    box = next(one for one in dialog.findChildren(CodeCombo) if one.isEditable())
    line = box.lineEdit()
    assert line is not None
    line.setFocus()
    QTest.keyClicks(line, "auf")


def _filter(camera: Camera) -> None:
    """Show a list that opens on a page."""
    camera.desk("cases?key=active")
    box = seen(camera.window, QComboBox, "filter_phase")
    box.showPopup()


def _menu(camera: Camera) -> None:
    camera.case(PERSON, "plan")
    camera.press("case_menu")


def _search(camera: Camera, text: str) -> None:
    camera.desk("today")
    line = seen(camera.window, QLineEdit, "search")
    line.clear()
    line.setFocus()
    QTest.keyClicks(line, text)
    QTest.qWait(250)


def _recent(camera: Camera) -> None:
    """Show the cases opened last, below a search field with nothing in it."""
    camera.case(PERSON, "plan")
    camera.desk("today")
    line = seen(camera.window, SearchField, "search")
    line.setFocus()
    line.asked.emit()
    QTest.qWait(250)


def _errors(camera: Camera) -> None:
    """Show a dialog that was saved without what it needs."""
    dialog = _dialog(camera, "regimes", "add_residence_spell")
    for line in dialog.findChildren(QLineEdit):
        if line.objectName().startswith("field_") and line.placeholderText() == "TT.MM.JJJJ":
            QTest.keyClicks(line, "31.02.2026")
    save = dialog.findChild(QPushButton, "save_record")
    assert save is not None
    save.click()


def _record(camera: Camera, kind: str, *, leaf: int = 0) -> None:
    """Show the dialog of a record of the case, turned to a leaf."""
    camera.case(PERSON, "people")
    page = camera.window.findChild(CasePage)
    assert page is not None
    assert page._editing is not None
    case = page._editing.file
    key = case.persons[0].id if kind == "person" else ""
    page._editing.open(kind, key)
    QApplication.processEvents()
    chip = camera._dialogs()[-1].findChild(QPushButton, f"leaf_{leaf}")
    if chip is not None:
        chip.click()


SHOTS = (
    Shot("record-person", lambda camera: _record(camera, "person")),
    Shot("record-person-more", lambda camera: _record(camera, "person", leaf=1)),
    Shot("record-consent", lambda camera: _record(camera, "consent")),
    Shot("record-standing", lambda camera: _record(camera, "standing")),
    Shot("popup-calendar", _calendar),
    Shot("popup-choices", _choices),
    Shot("popup-found", _found_choices),
    Shot("popup-filter", _filter),
    Shot("popup-menu", _menu),
    Shot("popup-search-recent", _recent),
    Shot("popup-keys", lambda camera: HelpDialog(camera.window, KEYS).open()),
    Shot("popup-search", lambda camera: _search(camera, "os")),
    Shot("popup-search-none", lambda camera: _search(camera, "Xyzzy")),
    Shot("field-errors", _errors),
)
