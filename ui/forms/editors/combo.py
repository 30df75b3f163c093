"""A drop-down that stores codes and never changes by accident."""

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QCompleter

from kimdesk.texts import say
from ui.forms.sources import Option
from ui.kit.base import restyle
from ui.kit.drop_down import DropDown
from ui.kit.popup import ChoiceList, as_popup

_MOST_FOUND = 8
SEARCHED_FROM = 13  # choices from which typing searches inside the words


class CodeCombo(DropDown):
    """Choices by code; long lists are searched by typing any part of a word."""

    picked = Signal()

    def __init__(self, options: tuple[Option, ...], empty: str = "") -> None:
        super().__init__()
        self._empty = empty or say("forms.please_choose")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.currentIndexChanged.connect(lambda _: self._show_empty())
        self.set_options(options)
        self.activated.connect(lambda _: self.picked.emit())

    def set_options(self, options: tuple[Option, ...]) -> None:
        """Offer ``options``; the chosen code stays if it is still among them."""
        code = self.code()
        searched = len(options) >= SEARCHED_FROM
        with QSignalBlocker(self):
            self.clear()
            self.addItem("" if searched else self._empty, None)
            for option in options:
                self.addItem(option.label, option.code)
                tip = option.note or option.label
                self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
            if searched != self.isEditable():
                self._make_searchable(searched)
            self.set_code(code)
        self._show_empty()

    def _show_empty(self) -> None:
        """Show what stands there while nothing is chosen like the placeholder of a line."""
        restyle(self, empty=self.code() is None)

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
        self._show_empty()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let typing replace what stands there."""
        super().focusInEvent(event)
        if (line := self.lineEdit()) is not None:
            QTimer.singleShot(0, line, line.selectAll)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what was typed if it means one choice only; go back to the last choice otherwise."""
        if self.isEditable():
            self._take(self.currentText(), part=True)
            self.setEditText(self.itemText(self.currentIndex()))
        super().focusOutEvent(event)

    def _make_searchable(self, searchable: bool) -> None:
        self.setEditable(searchable)
        line = self.lineEdit()
        if line is None:
            return
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line.setPlaceholderText(self._empty)
        line.textEdited.connect(lambda text: self._take(text, part=False))
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setPopup(_found_list())
        completer.setMaxVisibleItems(_MOST_FOUND)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)

    def _take(self, text: str, *, part: bool) -> None:
        """Choose the item that ``text`` names, or with ``part`` the only one it is part of."""
        wanted = text.strip().casefold()
        rows = range(1, self.count())
        found = [row for row in rows if self.itemText(row).casefold() == wanted]
        if not found and part and wanted:
            found = [row for row in rows if wanted in self.itemText(row).casefold()]
        if not wanted and part and self.currentIndex() > 0:
            found = [0]
        if len(found) == 1 and found[0] != self.currentIndex():
            with QSignalBlocker(self):
                self.setCurrentIndex(found[0])
            self.picked.emit()


def _found_list() -> ChoiceList:
    listed = ChoiceList(_MOST_FOUND)
    as_popup(listed)
    return listed
