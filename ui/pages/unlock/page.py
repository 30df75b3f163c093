"""The page of a locked vault."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from kimdesk.texts import say
from ui import VERSION, focus
from ui.kit.base import centered, spaced
from ui.kit.text import Text
from ui.pages.unlock.card import WIDTH as CARD_WIDTH
from ui.pages.unlock.card import UnlockCard
from ui.pages.unlock.presenter import UnlockPresenter, greeting
from ui.program.preferences import Keeper
from ui.program.scene import WindowScene
from ui.program.work import Work
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.casework.desk import Desk
    from kimdesk.texts.refusals import Explanation
    from ui.pages.unlock.recovery import RecoveryCard

_BESIDE = 440


class UnlockPage(WindowScene, QScrollArea):
    """Passphrase or recovery sheet at the left, what is protected at the right."""

    opened = Signal(object)  # Desk
    other_chosen = Signal(str)  # folder
    new_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, keeper: Keeper, work: Work, folder: Path) -> None:
        super().__init__()
        self.setObjectName("unlock_page")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._work = work
        self._presenter = UnlockPresenter(self, keeper, work, folder)
        self._card = UnlockCard(greeting(datetime.now()), self._presenter.last_opened())  # noqa: DTZ005
        self._card.submitted.connect(self._presenter.open)
        self._card.recovery_wanted.connect(self._show_recovery)
        self._card.other_wanted.connect(self._offer_others)
        self._card.restore_wanted.connect(self.restore_wanted)
        self._card.drive_trusted.connect(self._presenter.trust)
        self._recovery: RecoveryCard | None = None
        self._marked = False
        self.setWidget(self._content())
        self._presenter.start()

    def settle(self) -> None:
        """Say what is protected and ask the vault about itself, now that the window stands."""
        from PySide6.QtCore import Qt

        from ui.pages.unlock.protection import Protection

        column = QVBoxLayout(self._beside)
        spaced(column)
        column.addWidget(Protection())

        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._presenter.introduce()

    def take_focus(self) -> None:
        """Put the keyboard into the passphrase."""
        focus.begin(self._card.field)

    def show_vault(self, name: str, user: str, practice: bool) -> None:
        """Say whose vault this is."""
        self._card.show_vault(name, user)
        if practice and not self._marked:
            self._marked = True
            from ui.kit.practice import practice_badge

            self._top.addWidget(practice_badge())
            self._tell_open_secret()

    def show_restored(self, words: str) -> None:
        """Say that this vault was restored from a backup."""
        from ui.kit.practice import restored_badge

        self._top.addWidget(restored_badge(words))

    def _tell_open_secret(self) -> None:
        from ui.desk import practice_vault

        if practice_vault.is_ours(self._presenter.folder):
            self._top.insertWidget(0, practice_vault.open_secret())

    def show_busy(self, busy: bool) -> None:
        """Say that the vault is being opened."""
        self._card.set_busy(busy)
        if self._recovery is not None:
            self._recovery.set_busy(busy)

    def show_problem(self, explanation: "Explanation | None", accept_older: bool = False) -> None:
        """Say why it did not open, on the card in front."""
        if self._recovery is not None and self._cards.currentWidget() is self._recovery:
            self._recovery.set_problem(explanation)
        else:
            self._card.set_problem(explanation, accept_older)

    def show_wait(self, seconds: int) -> None:
        """Let the user wait before the next attempt."""
        self._card.wait(seconds)

    def finish(self, desk: "Desk") -> None:
        """Go on with the open desk."""
        self.opened.emit(desk)

    def _content(self) -> QWidget:
        content = QWidget()
        content.setObjectName("page_body")
        column = QVBoxLayout(content)
        spaced(column, 0, (20, 20, 20, 16))
        self._top = QHBoxLayout()
        self._top.addStrut(theme().px(22))  # the badge may come later and must not push the card
        self._top.addStretch(1)
        column.addLayout(self._top)
        column.addSpacing(theme().px(16))
        column.addStretch(2)
        column.addLayout(self._middle())
        column.addStretch(3)
        column.addLayout(
            centered(Text(say("unlock.kimdesk_version_free_software", version=VERSION), "meta", "text-2"))
        )
        return content

    def _middle(self) -> QHBoxLayout:
        self._holder = QWidget()
        self._holder.setFixedWidth(theme().px(CARD_WIDTH))
        self._cards = QStackedLayout(self._holder)
        self._cards.addWidget(self._card)
        self._beside = QWidget()
        self._beside.setFixedWidth(theme().px(_BESIDE))
        stacked = theme().stacked
        pair = QBoxLayout(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight)
        spaced(pair, 40)
        pair.addWidget(self._holder)
        pair.addWidget(self._beside)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(pair)
        row.addStretch(1)
        return row

    def _show_recovery(self) -> None:
        from ui.pages.unlock.recovery import RecoveryCard

        if self._recovery is None:
            self._recovery = RecoveryCard(self._work, self._presenter.user, self._presenter.escrow_holder)
            self._recovery.submitted.connect(self._presenter.recover)
            self._recovery.key_submitted.connect(self._presenter.recover_by_key)
            self._recovery.back_wanted.connect(self._show_card)
            self._cards.addWidget(self._recovery)
        self._cards.setCurrentWidget(self._recovery)
        focus.begin(self._recovery)

    def _show_card(self) -> None:
        self._cards.setCurrentWidget(self._card)
        self.take_focus()

    def _offer_others(self) -> None:

        from ui.kit.popup import Menu

        menu = Menu(self)
        menu.setObjectName("other_vaults")
        for folder, name in self._presenter.others():
            menu.addAction(name, partial(self.other_chosen.emit, folder))
        if menu.actions():
            menu.addSeparator()
        menu.addAction(say("unlock.choose_a_folder"), self._choose_folder)
        menu.addAction(say("unlock.restore_from_a_backup"), self.restore_wanted.emit)
        menu.addAction(say("unlock.set_up_new_desk"), self.new_wanted.emit)
        menu.popup(self.cursor().pos())

    def _choose_folder(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        start = str(self._presenter.folder.parent)
        folder = QFileDialog.getExistingDirectory(self, say("common.folder_of_the_vault"), start)
        if folder:
            self.other_chosen.emit(folder)
