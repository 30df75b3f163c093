"""The worker's own views: one list of them, to keep what is asked now, to forget one."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from kimdesk.casework.case_views import OwnView
from kimdesk.texts import say
from ui import focus
from ui.kit.base import spaced
from ui.kit.buttons import secondary
from ui.kit.dialog import Dialog
from ui.kit.drop_down import DropDown
from ui.kit.field import FieldBox

MOST_LETTERS = 40


class OwnViews(QWidget):
    """``chosen`` carries the view to ask.

    ``wanted`` carries a name to keep the question under, ``unwanted`` one to forget.
    """

    chosen = Signal(object)
    wanted = Signal(str)
    unwanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._views: dict[str, OwnView] = {}
        self.box = DropDown()
        self.box.setObjectName("own_views")
        self.box.setAccessibleName(say("cases.own_views"))
        self.box.activated.connect(self._chosen)
        self.box.hide()
        self._button = secondary(say("cases.keep_view_dialog"), "bookmark-simple", size="small")
        self._button.setObjectName("keep_view")
        self._button.clicked.connect(self._press)
        row = QHBoxLayout(self)
        spaced(row, 6)
        row.addWidget(self.box)
        row.addWidget(self._button)

    def show_views(self, views: Mapping[OwnView, int]) -> None:
        """Show ``views`` and how many cases each has; the chosen one stays chosen."""
        now = self.box.currentData()
        self._views = {view.name: view for view in views}
        self.box.clear()
        self.box.addItem(say("cases.own_views"), "")
        for view, number in views.items():
            self.box.addItem(f"{view.name} ({number})", view.name)
        self.box.setCurrentIndex(max(self.box.findData(now), 0))
        self.box.setVisible(bool(views))
        self._tell()

    def leave(self) -> None:
        """Show that what is asked now is none of them."""
        self.box.setCurrentIndex(0)
        self._tell()

    def _chosen(self, _: int) -> None:
        self._tell()
        if name := self.box.currentData():
            self.chosen.emit(self._views[name])

    def _tell(self) -> None:
        self._button.setText(
            say("cases.forget_view") if self.box.currentData() else say("cases.keep_view_dialog")
        )

    def _press(self) -> None:
        if name := self.box.currentData():
            self.box.setCurrentIndex(0)
            self.unwanted.emit(name)
            return
        dialog = _NameDialog(self)
        dialog.accepted.connect(lambda: self.wanted.emit(dialog.name.text().strip()))
        dialog.open()


class _NameDialog(Dialog):
    """Asks under which name the question is kept."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, say("cases.under_which_name_shall_view"), accept=say("cases.keep_view"))
        self.name = QLineEdit()
        self.name.setObjectName("view_name")
        self.name.setMaxLength(MOST_LETTERS)
        help_text = say("cases.view_filters_order_kept_which")
        self.body.addWidget(FieldBox(say("cases.name_of_the_view"), self.name, help_text))
        self.accept_button.setEnabled(False)
        self.name.textChanged.connect(lambda text: self.accept_button.setEnabled(bool(text.strip())))
        focus.go(self.name)
