"""A drop-down that stores codes and never changes by accident."""

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit

from kimdesk.forms.values import typed_of, unlisted
from kimdesk.texts import say
from ui.focus.watching import step
from ui.forms.editors.finding import Finder, Hits
from ui.forms.sources import Option
from ui.kit.announce import announce
from ui.kit.base import restyle
from ui.kit.drop_down import DropDown
from ui.kit.popup import ChoiceList, as_popup
from ui.kit.text import Text
from ui.theme import theme

_MOST_FOUND = 8
SEARCHED_FROM = 13  # choices from which typing searches inside the words
_ENABLED = Qt.ItemDataRole.UserRole - 1  # where a model of plain items keeps what an item may do
_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class CodeCombo(DropDown):
    """Choices by code; long lists are searched by typing any part of a word, a synonym or an endonym.

    What was typed and is not in the list stays visible and is said to be none; then no code is chosen.
    """

    picked = Signal()

    def __init__(self, options: tuple[Option, ...], empty: str = "") -> None:
        super().__init__()
        self._empty = empty or say("forms.please_choose")
        self._finder = Finder(())
        self._rows: list[int] = []  # of the choices: names of groups stand between them
        self._hits: Hits | None = None
        self._unlisted: UnlistedNote | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.currentIndexChanged.connect(lambda _: self._show_empty())
        self.set_options(options)
        self.activated.connect(self._pick)

    def set_options(self, options: tuple[Option, ...]) -> None:
        """Offer ``options``; the chosen code stays if it is still among them, and so does what is typed."""
        code, typed = self.code(), self.unlisted()
        searched = len(options) >= SEARCHED_FROM
        self._finder = Finder(options if searched else ())
        with QSignalBlocker(self):
            self.clear()
            self.addItem("" if searched else self._empty, None)
            before = (None, *options[:-1])
            self._rows = [self._add(*pair) for pair in zip(before, options, strict=False)]
            if searched != self.isEditable():
                self._make_searchable(searched)
            self.set_code(code)
        if typed:
            self.show_unlisted(typed)
        self._show_empty()

    def _add(self, before: Option | None, option: Option) -> int:
        """Add ``option``, under the name of its group where that begins, and return its row."""
        if option.group and (before is None or before.group != option.group):
            self.addItem(option.group, None)
            self.setItemData(self.count() - 1, Qt.ItemFlag.NoItemFlags, _ENABLED)
            self.setItemData(self.count() - 1, theme().font("label"), Qt.ItemDataRole.FontRole)
        self.addItem(option.label, option.code)
        tip = option.note or option.label
        self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        return self.count() - 1

    def _show_empty(self) -> None:
        """Show what stands there while nothing is chosen like the placeholder of a line."""
        restyle(self, empty=self.code() is None and not self.unlisted())

    def code(self) -> str | None:
        """Return the chosen code, or None."""
        code: str | None = self.currentData()
        return code

    def unlisted(self) -> str:
        """Return what stands there and is not in the list, or nothing."""
        return self._unlisted.words if self._unlisted else ""

    def set_code(self, code: str | None) -> None:
        """Choose ``code`` without reporting it; an unknown one is shown as it is and kept."""
        self._note("")
        with QSignalBlocker(self):
            if code and self.findData(code) < 0:
                self.addItem(code, code)
            self.setCurrentIndex(max(0, self.findData(code)) if code else 0)
            if self.isEditable():
                self.setEditText(self.itemText(self.currentIndex()))
        self._show_empty()

    def show_unlisted(self, typed: str) -> None:
        """Show ``typed``, which is not in the list, without reporting it; no code is chosen."""
        with QSignalBlocker(self):
            self.setCurrentIndex(0)
            if self.isEditable():
                self.setEditText(typed)
        self._note(typed if self.isEditable() else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """While something is searched, let arrow keys go to what was found only, never to the next entry."""
        if self.isEditable() and event.key() in _ARROWS and self._is_searching():
            self._offer(self.currentText())
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Move on as everywhere, also out of the list of what was found."""
        return step(self, forward=forward) or super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let typing replace what stands there."""
        super().focusInEvent(event)
        if (line := self.lineEdit()) is not None:
            QTimer.singleShot(0, line, line.selectAll)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what was typed if it means one choice only; else it stays, and nothing is chosen."""
        if self.isEditable() and event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.settle()
        super().focusOutEvent(event)

    def _make_searchable(self, searchable: bool) -> None:
        self.setEditable(searchable)
        line = self.lineEdit()
        self._unlisted = UnlistedNote(self, line) if line is not None else None
        if line is None:
            return
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line.setPlaceholderText(self._empty)
        line.setAccessibleName(self.accessibleName())
        line.textEdited.connect(self._search)
        self._hits = Hits(self.model(), self)
        completer = QCompleter(self._hits, self)
        completer.setPopup(_found_list())
        completer.setMaxVisibleItems(_MOST_FOUND)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setCompleter(completer)

    def _search(self, text: str) -> None:
        """Find while it is typed; what names one choice is chosen at once."""
        self._note("")
        found = self._finder.meant(text)
        if self._hits is not None:
            self._hits.show_rows(self._rows[place] for place in self._finder.containing(text))
        if len(found) == 1 and self.itemText(self._rows[found[0]]).casefold() == text.strip().casefold():
            self._choose(self._rows[found[0]], text)

    def _offer(self, text: str) -> None:
        completer = self.completer()
        if self._hits is not None and completer is not None:
            self._hits.show_rows(self._rows[place] for place in self._finder.containing(text))
            completer.complete()

    def _is_searching(self) -> bool:
        text = self.currentText().strip()
        return bool(text) and text != self.itemText(self.currentIndex())

    def settle(self) -> None:
        """Come to one choice, to none, or to words that are not in the list."""
        text = self.currentText().strip()
        if text == (self.unlisted() or self.itemText(self.currentIndex())):
            return
        found = self._finder.meant(text)
        if len(found) == 1 or not text:
            self._note("")
            row = self._rows[found[0]] if found else 0
            self._choose(row, self.itemText(row))
        else:
            self.show_unlisted(text)
            self._note(text, several=bool(found))
            self.picked.emit()

    def _choose(self, row: int, text: str) -> None:
        if row == self.currentIndex():
            self.setEditText(text)
            return
        with QSignalBlocker(self):
            self.setCurrentIndex(row)
            self.setEditText(text)
        self.picked.emit()

    def _pick(self) -> None:
        self._note("")
        self.picked.emit()

    def _note(self, typed: str, *, several: bool = False) -> None:
        if self._unlisted is not None:
            self._unlisted.show_words(typed, several=several)
            self._show_empty()


def _found_list() -> ChoiceList:
    listed = ChoiceList(_MOST_FOUND)
    as_popup(listed)
    return listed


def answer_of(combo: CodeCombo) -> str | None:
    """Return the answer ``combo`` gives: a code, what is typed and not in the list, or None."""
    typed = combo.unlisted()
    return unlisted(typed) if typed else combo.code()


def show_answer(combo: CodeCombo, answer: str | None) -> None:
    """Show ``answer`` in ``combo`` without reporting it."""
    if typed := typed_of(answer):
        combo.show_unlisted(typed)
    else:
        combo.set_code(answer)


class UnlistedNote(Text):
    """At the end of a line: that what stands there is not in the list, or may be several of it."""

    def __init__(self, combo: QComboBox, line: QLineEdit) -> None:
        super().__init__("", "meta", "bad")
        self.setParent(line)
        self.setObjectName("not_in_list")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words = ""
        self._combo, self._line = combo, line
        line.installEventFilter(self)
        self.hide()

    def show_words(self, typed: str, *, several: bool) -> None:
        """Say it of ``typed``; nothing takes it away."""
        self.words = typed
        said = say("forms.several_in_list" if several else "forms.not_in_list") if typed else ""
        self.setText(said)
        self.setVisible(bool(typed))
        self._line.setTextMargins(0, 0, self.sizeHint().width() + theme().px(6) if typed else 0, 0)
        announce(self._combo, said)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the end of the line."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        size = self.sizeHint()
        self.setGeometry(
            self._line.width() - size.width() - theme().px(4), 0, size.width(), self._line.height()
        )
