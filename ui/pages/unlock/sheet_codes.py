"""The codes of recovery sheets, typed in: of one whole sheet, or of two out of three."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui.kit.base import spaced
from ui.kit.drop_down import DropDown
from ui.kit.field import FieldBox

SHEET, SPLIT = "sheet", "split"
WHOLE_CODE = "-".join(["XXXX"] * 7)
SPLIT_CODE = "-".join(["XXXX"] * 9)


class SheetCodes(QWidget):
    """Which kind of sheet, and one or two codes; ``changed`` after each key, ``switched`` with the kind."""

    changed = Signal()
    switched = Signal(str)

    def __init__(self, kind: str = SHEET) -> None:
        super().__init__()
        self.kinds = DropDown()
        self.kinds.setObjectName("sheet_kind")
        self.kinds.addItem(say("unlock.one_recovery_sheet"), SHEET)
        self.kinds.addItem(say("unlock.two_of_three_sheets"), SPLIT)
        self.code = _code("recovery_code")
        self.second = _code("second_code")
        self._first_box = FieldBox(say("common.code_on_the_sheet"), self.code)
        self._second_box = FieldBox(say("unlock.code_on_another_sheet"), self.second)
        column = QVBoxLayout(self)
        spaced(column, 12)
        for box in (FieldBox(say("unlock.what_do_you_have"), self.kinds), self._first_box, self._second_box):
            column.addWidget(box)
        for field in (self.code, self.second):
            field.textChanged.connect(lambda _: self.changed.emit())
        self.kinds.currentIndexChanged.connect(self._switch)
        self.kinds.setCurrentIndex(self.kinds.findData(kind))
        self._switch()
        self.setFocusProxy(self.code)

    def offer(self, kind: str, words: str) -> None:
        """Offer another ``kind`` of way in, for which this widget asks no code."""
        if self.kinds.findData(kind) < 0:
            self.kinds.addItem(words, kind)

    def kind(self) -> str:
        """Return which kind was chosen."""
        return str(self.kinds.currentData())

    def value(self) -> tuple[str, ...]:
        """Return the codes typed: one, or two."""
        fields = (self.code, self.second)[: 2 if self.kind() == SPLIT else 1]
        return tuple(field.text() for field in fields)

    def ready(self) -> bool:
        """Return whether each code has something in it."""
        return all(text.strip() for text in self.value())

    def _switch(self) -> None:
        kind = self.kind()
        self.code.setPlaceholderText(say("unlock.nine_groups_of_four") if kind == SPLIT else WHOLE_CODE)
        self._first_box.setVisible(kind in (SHEET, SPLIT))
        self._second_box.setVisible(kind == SPLIT)
        self.switched.emit(kind)
        self.changed.emit()


def _code(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(name)
    field.setPlaceholderText(say("unlock.nine_groups_of_four"))
    return field
