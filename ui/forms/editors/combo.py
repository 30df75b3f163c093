"""A drop-down that stores codes and never changes by accident."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter

from ui.forms.sources import Option
from ui.text import tr

SEARCHED_FROM = 13  # choices from which typing searches inside the words


class CodeCombo(QComboBox):
    """Choices by code; long lists are searched by typing any part of a word."""

    picked = Signal()

    def __init__(self, options: tuple[Option, ...], empty: str = "") -> None:
        super().__init__()
        self._empty = empty or tr("Please choose")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setMaxVisibleItems(14)
        self.set_options(options)
        self.activated.connect(lambda _: self.picked.emit())

    def set_options(self, options: tuple[Option, ...]) -> None:
        """Offer ``options``; the chosen code stays if it is still among them."""
        code = self.code()
        with QSignalBlocker(self):
            self.clear()
            self.addItem(self._empty, None)
            for option in options:
                self.addItem(option.label, option.code)
                self.setItemData(self.count() - 1, option.note or option.label, Qt.ItemDataRole.ToolTipRole)
            self._make_searchable(len(options) >= SEARCHED_FROM)
            self.set_code(code)

    def code(self) -> str | None:
        """Return the chosen code, or None."""
        code: str | None = self.currentData()
        return code

    def set_code(self, code: str | None) -> None:
        """Choose ``code`` without reporting it; an unknown one is shown as it is and kept."""
        with QSignalBlocker(self):
            if code and self.findData(code) < 0:
                self.addItem(code, code)
            self.setCurrentIndex(max(0, self.findData(code)) if code else 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page unless the list was chosen with the keyboard or mouse."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take a typed word that fits exactly; go back to the last choice otherwise."""
        if self.isEditable():
            found = self.findText(self.currentText().strip(), Qt.MatchFlag.MatchFixedString)
            if found >= 0 and found != self.currentIndex():
                self.setCurrentIndex(found)
                self.picked.emit()
            self.setEditText(self.itemText(self.currentIndex()))
        super().focusOutEvent(event)

    def _make_searchable(self, searchable: bool) -> None:
        self.setEditable(searchable)
        if not searchable:
            return
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        if line := self.lineEdit():
            line.editingFinished.connect(self._select_when_leaving)

    def _select_when_leaving(self) -> None:
        if line := self.lineEdit():
            line.setCursorPosition(0)
