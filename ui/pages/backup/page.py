"""The page Sicherung."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QProgressBar

from kimdesk.casework.events import SETTING, Shows
from kimdesk.texts import dates, say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.desk.upkeep import BACKUP, DRILL, RENEWAL, Upkeep
from ui.kit.buttons import primary
from ui.kit.card import Card
from ui.kit.listing import CardList
from ui.kit.scroll import Columns, Page, column
from ui.kit.state import EmptyState, Notice
from ui.kit.text import Text
from ui.pages.backup.cards import DrillCard, PlaceCard
from ui.pages.backup.drill_dialog import DrillDialog
from ui.pages.backup.presenter import BackupPresenter
from ui.pages.backup.words import items, standing

if TYPE_CHECKING:
    from kimdesk.casework.backups import BackupState, Drill
    from kimdesk.vault import Backup

SIDE_WIDTH = 320
_OTHER_KEY = "E025"


class BackupPage(DeskPage, Page):
    """The last good backup first; the backups that are there; beside them where they go and the drill."""

    shows = Shows(SETTING)

    def __init__(self, context: Context, clock: Callable[[], datetime] | None = None) -> None:
        super().__init__(say("common.backup"))
        self._context = context
        self._upkeep = context.upkeep or Upkeep(context.desk, context.work, self)
        self._presenter = BackupPresenter(context, self, clock or _now)
        self._state: BackupState | None = None
        self._tried: Path | None = None
        self._button = primary(say("backup.back_up_now_dialog"), "hard-drives")
        self._button.setObjectName("back_up")
        self._button.clicked.connect(self._press)
        self.add_action(self._button)
        self._build()
        self._upkeep.changed.connect(self._upkeep_changed)
        self._upkeep.progressed.connect(self._show_progress)
        self._show_running()

    def refresh(self) -> None:
        """Read again how the backups stand."""
        self._presenter.refresh()

    def show_state(self, state: "BackupState", now: datetime) -> None:
        """Show how the backups stand."""
        self._state = state
        self._standing.set(*standing(state, now))
        self._place.show_state(state)
        self._drill.show_state(state, now.date(), idle=not self._upkeep.running)
        self._button.setText(say("backup.back_up_now") if state.there else say("backup.back_up_now_dialog"))
        self._list.set_cards(items(state, now.date()))
        self._listed.setVisible(bool(state.copies))
        self._listed.set_count(str(len(state.copies)))
        absent = state.place is not None and not state.there
        self._empty.setVisible(not state.copies and not absent)
        self._absent.setVisible(absent)
        self._show_restored(state)

    def show_problem(self, told: Explanation) -> None:
        """Say what was refused."""
        self._problem.explain(told)
        self._problem.show()
        self.ensureVisible(0, 0)

    def _build(self) -> None:
        self._standing = Notice("info")
        self._standing.setObjectName("backup_standing")
        self._problem = Notice("bad")
        self._problem.setObjectName("backup_problem")
        self._problem.hide()
        self._doing = Text("", "table", "text-2")
        self._doing.setObjectName("backup_doing")
        self._progress = QProgressBar(textVisible=False)
        self._progress.setAccessibleName(say("common.progress"))
        self._progress.setRange(0, 100)
        self._listed = Card(say("backup.backups_there"))
        self._list = CardList()
        self._list.acted.connect(self._act)
        self._listed.body.addWidget(self._list)
        self._empty = EmptyState("hard-drives", say("backup.backups_vault_stand_here_as"))
        words = say("backup.backups_listed_here_as_soon")
        self._absent = EmptyState("usb", words)
        self._absent.hide()
        self._restored = Notice("tint")
        self._restored.setObjectName("backup_restored")
        self._restored.hide()
        self._place = PlaceCard(self._choose, self._presenter.forget, self._presenter.set_daily)
        self._drill = DrillCard(self._try_newest)
        below = (self._doing, self._progress, self._listed, self._empty, self._absent)
        main = column(self._standing, self._problem, *below)
        side = column(self._place, self._drill, _same_passphrase(), self._restored)
        self.body.addWidget(Columns([(main, 0), (side, SIDE_WIDTH)]))

    def _press(self) -> None:
        if self._state is not None and self._state.there and self._state.place is not None:
            self._back_up(Path(self._state.place.folder))
            return
        if (folder := self._ask_folder()) is not None:
            self._presenter.choose(folder, lambda: self._back_up(folder))

    def _back_up(self, folder: Path) -> None:
        self._problem.hide()
        self._upkeep.back_up(folder, self._backed_up)

    def _backed_up(self, made: "Backup") -> None:
        self._context.toast(say("backup.backup_written_verified"))

    def _choose(self) -> None:
        if (folder := self._ask_folder()) is not None:
            self._problem.hide()
            self._presenter.choose(folder)

    def _ask_folder(self) -> Path | None:
        place = self._state.place if self._state else None
        name = QFileDialog.getExistingDirectory(
            self, say("backup.choose_stick_or_folder_backups"), place.folder if place else ""
        )
        return Path(name) if name else None

    def _act(self, key: str, action: str) -> None:
        copies = self._state.copies if self._state else ()
        path = next((each.backup.path for each in copies if each.backup.path.name == key), None)
        if path is None:
            return
        if action == "restore":
            self._upkeep.restore_wanted.emit(str(path))
        else:
            self._try(path)

    def _try_newest(self) -> None:
        if self._state is not None and self._state.copies:
            self._try(self._state.copies[0].backup.path)

    def _try(self, source: Path) -> None:
        copies = self._state.copies if self._state else ()
        self._problem.hide()
        if any(each.backup.path == source and not each.vouched for each in copies):
            self._ask_passphrase(source)
        else:
            self._tried = source
            self._upkeep.try_out(source, self._was_tried)

    def _ask_passphrase(self, source: Path) -> None:
        DrillDialog(self, partial(self._presenter.try_with_passphrase, source), self._was_tried).open()

    def _was_tried(self, drill: "Drill") -> None:
        if not drill.code:
            self._context.toast(say("backup.drill_passed_backup_can_restored"))
        self.refresh()

    def _upkeep_changed(self) -> None:
        told = self._upkeep.problem
        if told is not None and told.code == _OTHER_KEY and self._tried is not None:
            self._ask_passphrase(self._tried)
        elif told is not None:
            self.show_problem(told)
        self._show_running()
        self.refresh()

    def _show_running(self) -> None:
        running = self._upkeep.running
        words = {
            BACKUP: say("backup.backup_being_written_verified_you"),
            RENEWAL: say("backup.after_update_all_dates_being"),
            DRILL: say("backup.backup_being_restored_trial_you"),
        }
        self._doing.setText(words.get(running, ""))
        self._doing.setVisible(bool(running))
        self._progress.setValue(0)
        self._progress.setVisible(bool(running))
        self._button.setEnabled(not running)

    def _show_progress(self, far: float) -> None:
        self._progress.setValue(round(far * 100))

    def _show_restored(self, state: "BackupState") -> None:
        self._restored.setVisible(state.restored is not None)
        if state.restored is not None:
            at, of = dates.moment(state.restored.at), dates.moment(state.restored.created)
            words = say("backup.restored_at_what_was_entered", at=at)
            self._restored.set("tint", say("backup.state_of_of", of=of), words, "clock-counter-clockwise")


def _same_passphrase() -> Notice:
    notice = Notice(
        "surface",
        say("backup.remember_the_passphrase"),
        say("backup.open_backup_you_need_same"),
        "key",
    )
    notice.setObjectName("same_passphrase")
    return notice


def _now() -> datetime:
    return datetime.now().astimezone()
