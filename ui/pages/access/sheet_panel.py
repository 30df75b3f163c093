"""New recovery sheets on the screen: their codes, a way to save each as PDF, and typing them back."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.kit.base import spaced
from ui.kit.buttons import secondary
from ui.kit.card import Card
from ui.kit.field import FieldBox
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.pages.access.rows import line
from ui.pages.access.sheet_files import sheet_name
from ui.pages.unlock.sheet_codes import SPLIT_CODE, WHOLE_CODE
from ui.theme import theme

_GROUPS = 4
Save = Callable[[Path, int, Callable[[Path], object], Callable[[Explanation], object]], None]


class SheetPanel(QWidget):
    """Shows ``codes`` (one, or three of which two are needed); ``changed`` when a code is typed back.

    ``save`` gets the file, the number of the sheet (from 1), and whom to tell.
    """

    changed = Signal()
    grown = Signal()

    def __init__(self, codes: tuple[str, ...], save: Save) -> None:
        super().__init__()
        self._codes = codes
        self._save = save
        column = QVBoxLayout(self)
        spaced(column, 12)
        for number in range(1, len(codes) + 1):
            column.addWidget(self._sheet(number))
        self._notice = Notice("ok")
        self._notice.setObjectName("sheet_notice")
        self._notice.hide()
        column.addWidget(self._notice)
        self._typed = [_code_field(f"typed_code_{at}", len(codes)) for at in range(1, min(len(codes), 2) + 1)]
        for field, words in zip(self._typed, self._words(), strict=True):
            field.textChanged.connect(lambda _: self.changed.emit())
            column.addWidget(FieldBox(words, field))

    def typed(self) -> tuple[str, ...]:
        """Return the codes typed back, one or two."""
        return tuple(field.text() for field in self._typed)

    def ready(self) -> bool:
        """Return whether each code that is to be typed has something in it."""
        return all(text.strip() for text in self.typed())

    def _sheet(self, number: int) -> QWidget:
        whole = len(self._codes) == 1
        card = Card("" if whole else say("access.sheet_number_of_3", number=number), tone="sunken")
        words = say("common.save_as_pdf_printing") if whole else say("common.save_as_pdf")
        save = secondary(words, "file-pdf", size="small")
        save.setObjectName(f"save_sheet_{number}")
        save.clicked.connect(partial(self._choose, number))
        card.body.setSpacing(theme().px(2))
        for at, shown in enumerate(_lines(self._codes[number - 1], whole), start=1):
            text = Text(shown, "figure" if whole else "table_strong")
            text.setObjectName(f"code_{number}_{at}")
            card.body.addWidget(text)
        if whole:
            card.body.addSpacing(theme().px(6))
            card.body.addWidget(line(save))
        else:
            save.setAccessibleName(f"{words} {number}")
            card.add_action(save)
        return card

    def _words(self) -> tuple[str, ...]:
        if len(self._codes) == 1:
            return (say("access.code_typed_from_printed_sheet"),)
        return (say("access.code_one_printed_sheet"), say("access.code_another_printed_sheet"))

    def _choose(self, number: int) -> None:
        title, name = say("common.save_as_pdf_printing"), sheet_name(self._codes, number)
        chosen, _ = QFileDialog.getSaveFileName(self, title, name, "PDF (*.pdf)")
        if chosen:
            self._save(Path(chosen), number, self._saved, self._refused)

    def _saved(self, path: Path) -> None:
        words = say("access.name_saved_print_then_delete", name=path.name)
        self._say("ok", words)

    def _refused(self, told: Explanation) -> None:
        self._notice.explain(told)
        self._notice.show()
        self.grown.emit()

    def _say(self, tone: str, words: str) -> None:
        self._notice.set(tone, "", words)
        self._notice.show()
        self.grown.emit()


def _lines(code: str, whole: bool) -> list[str]:
    groups = code.split("-")
    step = _GROUPS if whole else len(groups) // 2 + 1
    return ["  ".join(groups[start : start + step]) for start in range(0, len(groups), step)]


def _code_field(name: str, sheets: int) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(name)
    field.setPlaceholderText(WHOLE_CODE if sheets == 1 else SPLIT_CODE)
    return field
