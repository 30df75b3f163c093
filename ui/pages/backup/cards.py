"""The column beside the list: where backups go, the restore drill, and what everybody must know."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from kimdesk.texts import say
from ui.kit.base import spaced
from ui.kit.buttons import quiet, secondary
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.pages.backup.words import drilled

if TYPE_CHECKING:
    from kimdesk.casework.backups import BackupState


class PlaceCard(Card):
    """The second folder or stick, whether it is there, and whether a backup goes there every day."""

    def __init__(
        self, choose: Callable[[], None], forget: Callable[[], None], set_daily: Callable[[bool], None]
    ) -> None:
        super().__init__(say("backup.where_backups_go"))
        self._folder = Text("", "medium", wrap=True)
        self._folder.setObjectName("backup_folder")
        self.body.addWidget(self._folder)
        row = QHBoxLayout()
        spaced(row, 6)
        self._sign = Sign("info", "text-2", 16)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._note = Text("", "table", "text-2", wrap=True)
        self._note.setObjectName("backup_folder_note")
        row.addWidget(self._note, 1)
        self.body.addLayout(row)
        self._daily = QCheckBox(say("backup.every_day_after_unlocking"))
        self._daily.setObjectName("backup_daily")
        self._daily.toggled.connect(set_daily)
        self.body.addWidget(self._daily)
        self._choose = secondary("", "folder-open", size="small")
        self._choose.setObjectName("choose_backup_folder")
        self._choose.clicked.connect(choose)
        self._forget = quiet(say("backup.forget"), size="small")
        self._forget.setObjectName("forget_backup_folder")
        self._forget.clicked.connect(forget)
        buttons = QHBoxLayout()
        spaced(buttons, 8)
        buttons.addWidget(self._choose)
        buttons.addWidget(self._forget)
        buttons.addStretch(1)
        self.body.addLayout(buttons)

    def show_state(self, state: "BackupState") -> None:
        """Show the folder and whether it can be reached."""
        place = state.place
        self._folder.setText(place.folder if place else "")
        self._folder.setVisible(place is not None)
        self._forget.setVisible(place is not None)
        self._daily.setVisible(place is not None)
        with QSignalBlocker(self._daily):
            self._daily.setChecked(place is not None and place.daily)
        self._choose.setText(say("backup.choose_another") if place else say("backup.choose_stick_or_folder"))
        sign, tone, words = _whereabouts(state)
        self._sign.set(sign, tone)
        self._note.setText(words)


class DrillCard(Card):
    """Whether a backup was really restored, on trial, and when."""

    def __init__(self, try_out: Callable[[], None]) -> None:
        super().__init__(say("backup.restore_drill"))
        row = QHBoxLayout()
        spaced(row, 6)
        self._sign = Sign("info", "text-2", 16)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._last = Text("", "table", wrap=True)
        self._last.setObjectName("last_drill")
        row.addWidget(self._last, 1)
        self.body.addLayout(row)
        words = say("backup.once_month_newest_backup_restored")
        self.body.addWidget(Text(words, "table", "text-2", wrap=True))
        self._button = secondary(say("backup.restore_on_trial"), "arrow-counter-clockwise", size="small")
        self._button.setObjectName("try_backup")
        self._button.clicked.connect(try_out)
        self.body.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_state(self, state: "BackupState", today: date, *, idle: bool) -> None:
        """Show the last drill; without a backup there is nothing to try."""
        sign, tone, words = drilled(state.drill, today)
        self._sign.set(sign, tone)
        self._last.setText(words)
        self._button.setEnabled(idle and bool(state.copies))


def _whereabouts(state: "BackupState") -> tuple[str, str, str]:
    if state.place is None:
        return "info", "text-2", say("backup.nothing_chosen_yet_best_stick")
    if not state.there:
        return "usb", "text-2", say("backup.not_there_at_moment_backup")
    if state.same_disk:
        words = say("backup.same_disk_as_vault_does")
        return "warning", "warn", words
    return "present", "ok", say("backup.there")
