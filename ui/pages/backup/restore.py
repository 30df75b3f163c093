"""From a backup to an open desk: which one, the passphrase of its day, where the new vault lies."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kimdesk.texts import dates, numbers, say
from ui import focus
from ui.desk.drive_notice import DriveNotice
from ui.kit.base import centered, spaced
from ui.kit.buttons import primary, quiet, secondary
from ui.kit.drop_down import DropDown
from ui.kit.field import FieldBox
from ui.kit.logo import LogoMark
from ui.kit.passphrase import PassphraseField
from ui.kit.text import Text
from ui.pages.backup.restore_presenter import RestorePresenter
from ui.program.scene import WindowScene
from ui.program.work import Work
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.casework.desk import Desk
    from kimdesk.texts.refusals import Explanation
    from kimdesk.vault import Backup

WIDTH = 620


class RestorePage(WindowScene, QScrollArea):
    """One card. The backup is only read; the vault it is of stays as it is, wherever it lies."""

    restored = Signal(object, str)  # Desk, what its state is from
    back_wanted = Signal()

    def __init__(self, work: Work, backup: Path | None = None) -> None:
        super().__init__()
        self.setObjectName("restore_page")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._presenter = RestorePresenter(work, self)
        self._backups: tuple[Backup, ...] = ()
        self._own_folder = self._busy = False
        self._make_fields()
        self.setWidget(self._content())
        self._enable()
        if backup is not None:
            self._presenter.look(backup)

    def show_backups(self, backups: "tuple[Backup, ...]") -> None:
        """Offer ``backups``, the newest first."""
        self._problem.hide()
        self._backups = backups
        self._which.clear()
        for each in backups:
            self._which.addItem(f"{each.name} · {dates.moment(each.created)} · {numbers.size(each.bytes)}")
        self._which_box.setVisible(bool(backups))
        self._propose_folder()
        focus.begin(self._passphrase)
        self._enable()

    def show_busy(self, busy: bool) -> None:
        """Say that it is being restored."""
        self._busy = busy
        self._start.setText(say("backup.restoring") if busy else say("backup.restore_and_open"))
        self._back.setEnabled(not busy)
        self._enable()

    def show_problem(self, told: "Explanation") -> None:
        """Say why it did not work."""
        self.show_busy(False)
        self._problem.explain(told)
        self._problem.show()

    def finish(self, desk: "Desk", backup: "Backup") -> None:
        """Go on with the open desk."""
        self.restored.emit(desk, say("backup.restored_state_of_of", of=dates.moment(backup.created)))

    def _make_fields(self) -> None:
        self._which = DropDown()
        self._which.setObjectName("restore_copy")
        self._which.currentIndexChanged.connect(lambda _: self._propose_folder())
        self._passphrase = PassphraseField(say("backup.passphrase_of_that_day"))
        self._passphrase.setObjectName("restore_passphrase")
        self._passphrase.textChanged.connect(lambda _: self._enable())
        self._passphrase.returnPressed.connect(self._press)
        self._folder = QLineEdit()
        self._folder.setObjectName("restore_folder")
        self._folder.textChanged.connect(lambda _: self._enable())
        self._folder.textEdited.connect(lambda _: self._keep_folder())
        self._problem = DriveNotice(self._target)
        self._problem.setObjectName("restore_problem")
        self._problem.hide()

    def _content(self) -> QWidget:
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(theme().px(WIDTH))
        self._column = QVBoxLayout(card)
        spaced(self._column, 14, (32, 28, 32, 24))
        self._column.addLayout(_head())
        words = say("backup.choose_backup_or_folder_which")
        self._column.addWidget(Text(words, "body", "text-2", wrap=True))
        self._column.addLayout(self._choosing())
        self._which_box = FieldBox(say("backup.backup_of"), self._which)
        self._which_box.hide()
        self._column.addWidget(self._which_box)
        self._column.addWidget(
            FieldBox(
                say("backup.passphrase_of_that_day"),
                self._passphrase,
                say("backup.open_backup_you_need_same") + " " + say("backup.recovery_code_day_opens_too"),
            )
        )
        self._column.addWidget(self._folder_box())
        self._column.addWidget(self._problem)
        self._column.addLayout(self._buttons())
        holder = QWidget()
        holder.setObjectName("page_body")
        outer = QVBoxLayout(holder)
        spaced(outer, 0, (20, 20, 20, 20))
        outer.addStretch(1)
        outer.addLayout(centered(card))
        outer.addStretch(1)
        return holder

    def _choosing(self) -> QHBoxLayout:
        self._choose = secondary(say("backup.choose_the_backup"), "folder-open")
        self._choose.setObjectName("choose_restore_copy")
        self._choose.clicked.connect(self._choose_backup)
        row = QHBoxLayout()
        row.addWidget(self._choose)
        row.addStretch(1)
        return row

    def _folder_box(self) -> FieldBox:
        box = FieldBox(say("backup.folder_new_vault"), self._folder, say("common.computer_not_network_drive"))
        choose = quiet(say("common.choose"), "folder-open", size="small")
        choose.setObjectName("choose_restore_folder")
        choose.clicked.connect(self._choose_folder)
        box.add_action(choose)
        return box

    def _buttons(self) -> QHBoxLayout:
        self._back = secondary(say("common.back"))
        self._back.setObjectName("restore_back")
        self._back.clicked.connect(self.back_wanted)
        self._start = primary(say("backup.restore_and_open"))
        self._start.setObjectName("restore")
        self._start.clicked.connect(self._press)
        row = QHBoxLayout()
        spaced(row, 8)
        row.addWidget(self._back)
        row.addStretch(1)
        row.addWidget(self._start)
        return row

    def _choose_backup(self) -> None:
        name = QFileDialog.getExistingDirectory(self, say("backup.choose_the_backup"))
        if name:
            self._presenter.look(Path(name))

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, say("backup.folder_new_vault"))
        if name:
            self._keep_folder()
            self._folder.setText(name)

    def _keep_folder(self) -> None:
        self._own_folder = True

    def _propose_folder(self) -> None:
        chosen = self._chosen()
        if chosen is not None and not self._own_folder:
            self._folder.setText(str(self._presenter.free_folder(chosen)))

    def _chosen(self) -> "Backup | None":
        index = self._which.currentIndex()
        return self._backups[index] if 0 <= index < len(self._backups) else None

    def _press(self) -> None:
        chosen = self._chosen()
        if chosen is not None and self._start.isEnabled():
            self._problem.hide()
            self.show_busy(True)
            self._presenter.restore(chosen, self._target(), self._passphrase.text())

    def _target(self) -> Path:
        return Path(self._folder.text().strip()).expanduser()

    def _enable(self) -> None:
        typed = bool(self._passphrase.text() and self._folder.text().strip())
        self._start.setEnabled(typed and self._chosen() is not None and not self._busy)
        self._choose.setEnabled(not self._busy)


def _head() -> QHBoxLayout:
    row = QHBoxLayout()
    spaced(row, 12)
    row.addWidget(LogoMark(32))
    row.addWidget(Text(say("common.restore_from_a_backup"), "figure", wrap=True), 1)
    return row
