"""Recovery sheets: which there are, the drill, a new one, three for three people."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from kimdesk.casework.access import Way
from kimdesk.texts import say
from ui.kit.base import clear, spaced
from ui.kit.buttons import Button, secondary
from ui.kit.card import Card
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.pages.access.asking import show_once
from ui.pages.access.presenter import AccessPresenter
from ui.pages.access.rows import line, way_row
from ui.pages.access.sheet_dialogs import (
    MakingDialog,
    RenewDialog,
    SheetDialog,
    SheetDrillDialog,
    SplitDialog,
)
from ui.pages.unlock.sheet_codes import SHEET, SPLIT


class SheetsCard(Card):
    """A row for each sheet or set; ``done`` when something changed."""

    done = Signal()

    def __init__(self, presenter: AccessPresenter) -> None:
        super().__init__(say("access.if_passphrase_forgotten"))
        self._presenter = presenter
        self._kind = SHEET
        self._doubt = Notice(
            "warn",
            say("access.nobody_has_checked_sheet_since"),
            say("access.perhaps_making_or_new_key"),
        )
        self._doubt.setObjectName("sheet_doubt")
        self._doubt.hide()
        self.body.addWidget(self._doubt)
        self._rows = QVBoxLayout()
        spaced(self._rows, 2)
        self.body.addLayout(self._rows)
        drill = self._button(say("access.check_sheet"), "check-circle", "check_sheet")
        drill.clicked.connect(self._drill)
        renew = self._button(say("access.new_sheet"), "printer", "renew_sheet")
        renew.clicked.connect(lambda: self._make(RenewDialog(self, presenter)))
        split = self._button(say("access.three_sheets_three_people"), "users-three", "split_sheet")
        split.clicked.connect(lambda: self._make(SplitDialog(self, presenter)))
        self.body.addWidget(line(drill, renew))
        self.body.addWidget(line(split))

    def show_ways(self, ways: tuple[Way, ...]) -> None:
        """Show the sheets among ``ways``."""
        clear(self._rows)
        sheets = [way for way in ways if way.kind in (SHEET, SPLIT)]
        self._kind = SPLIT if [way.kind for way in sheets] == [SPLIT] else SHEET
        self._doubt.setVisible(any(way.doubtful for way in sheets))
        for sheet in sheets:
            self._rows.addWidget(way_row(sheet))
        if not sheets:
            words = say("access.there_no_sheet_without_passphrase")
            self._rows.addWidget(Text(words, "table", "bad", wrap=True))

    def _button(self, word: str, icon: str, name: str) -> Button:
        button = secondary(word, icon, size="small")
        button.setObjectName(name)
        return button

    def _drill(self) -> None:
        dialog = SheetDrillDialog(self, self._presenter, self._kind)
        dialog.finished.connect(lambda _: self.done.emit())
        show_once(dialog)

    def _make(self, dialog: MakingDialog) -> None:
        dialog.accepted.connect(lambda: self._show(dialog.codes, dialog.own.text()))
        show_once(dialog)

    def _show(self, codes: tuple[str, ...], passphrase: str) -> None:
        dialog = SheetDialog(self, self._presenter, codes, passphrase)
        dialog.finished.connect(lambda _: self.done.emit())
        show_once(dialog)
