"""The page of the first steps."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kimdesk.domain.files import write_atomically
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui import focus
from ui.desk.drive_notice import DriveNotice
from ui.kit.base import centered, spaced
from ui.kit.buttons import primary, secondary
from ui.kit.logo import LogoMark
from ui.kit.text import Text
from ui.pages.wizard.details import DetailsStep
from ui.pages.wizard.passphrase import PassphraseStep
from ui.pages.wizard.presenter import Answers, WizardPresenter
from ui.pages.wizard.sheet import ProofStep, SheetStep
from ui.pages.wizard.start import StartStep
from ui.program.preferences import Keeper
from ui.program.scene import WindowScene
from ui.program.work import Work
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.casework.desk import Desk

START, DETAILS, PASSPHRASE, SHEET, PROOF = range(5)
WIDTH = 620


class WizardPage(WindowScene, QScrollArea):
    """One card, one step at a time; „Zurück“ always works, and leaving leaves nothing behind."""

    finished = Signal(object)  # Desk
    existing_chosen = Signal(str)  # folder
    restore_wanted = Signal()
    progressed = Signal(int, int)

    def __init__(self, _keeper: Keeper, work: Work, role: str = "") -> None:
        super().__init__()
        self.setObjectName("wizard_page")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._presenter = WizardPresenter(work, self)
        self._steps = QStackedWidget()
        self._details = DetailsStep()
        self._passphrase = PassphraseStep(work)
        self._sheet = SheetStep(self._save_sheet)
        self._proof = ProofStep()
        start = StartStep()
        start.chosen.connect(self._begin)
        for step in (start, self._details, self._passphrase, self._sheet, self._proof):
            self._steps.addWidget(step)
        for step in (self._details, self._passphrase, self._proof):
            step.changed.connect(self._enable)
        self.progressed.connect(self._show_progress)
        self.setWidget(self._content())
        self._go(START)
        if role in ("desk", "kreis"):
            self._begin(role)

    def show_busy(self, words: str) -> None:
        """Say what is being done; nothing can be pressed meanwhile."""
        self._busy.setText(words)
        self._busy.setVisible(bool(words))
        self._steps.setEnabled(not words)
        self._back.setEnabled(not words)
        self._next.setEnabled(not words)

    def flush(self) -> None:
        """What is only half built when the program ends stays away."""
        self._presenter.stop()

    def show_problem(self, told: Explanation) -> None:
        """Say why it did not work."""
        self.show_busy("")
        self._progress.hide()
        self._cancel.hide()
        self._problem.explain(told)
        self._problem.show()
        self._enable()

    def show_sheet(self, code: str) -> None:
        """Show the recovery code of the vault that is to be made."""
        self.show_busy("")
        self._sheet.show_code(code)
        self._go(SHEET)

    def show_progress(self, done: int, total: int) -> None:
        """Called from the background: hand it to the window's thread."""
        self.progressed.emit(done, total)

    def finish(self, desk: "Desk") -> None:
        """Hand the open desk over."""
        self._passphrase.clear()
        self.finished.emit(desk)

    def _begin(self, key: str) -> None:
        if key == "practice":
            self.show_busy(say("wizard.practice_town_being_built"))
            self._presenter.make_practice()
        elif key == "practice_kreis":
            self.show_busy(say("wizard.practice_kreis_being_built"))
            self._cancel.show()
            focus.go(self._cancel)
            self._presenter.make_practice_kreis()
        elif key == "restore":
            self.restore_wanted.emit()
        elif key == "existing":
            name = QFileDialog.getExistingDirectory(self, say("wizard.open_an_existing_vault"))
            if name:
                self.existing_chosen.emit(name)
        else:
            self._details.begin("kreis" if key == "kreis" else "desk")
            self._go(DETAILS)

    def _go(self, step: int) -> None:
        self._problem.hide()
        self._steps.setCurrentIndex(step)
        self._where.setText(say("wizard.step_n_of_4", n=step) if step else say("wizard.welcome"))
        self._back.setVisible(step > START)
        self._next.setVisible(step > START)
        words = {
            DETAILS: say("wizard.continue"),
            SHEET: say("wizard.i_have_the_sheet"),
            PROOF: say("wizard.check_and_make"),
        }
        self._next.setText(words.get(step, say("wizard.continue")))
        if (page := self._steps.widget(step)) is not None:
            focus.begin(page)
        self._enable()

    def _enable(self) -> None:
        step = self._steps.currentIndex()
        ready = {DETAILS: self._details.ready, PASSPHRASE: self._passphrase.ready}
        self._next.setEnabled(ready[step]() if step in ready else True)

    def _advance(self) -> None:
        step = self._steps.currentIndex()
        if step == DETAILS and self._details.answers() is not None:
            self._go(PASSPHRASE)
        elif step == PASSPHRASE:
            self._show_sheet()
        elif step == SHEET:
            self._go(PROOF)
        elif step == PROOF:
            self._prove()

    def _show_sheet(self) -> None:
        if (answers := self._settled()) is not None:
            self._presenter.begin(answers)

    def _prove(self) -> None:
        if not self._presenter.proves(self._proof.code.text()):
            self._proof.show_wrong()
        elif (answers := self._settled()) is not None:
            self.show_busy(say("wizard.vault_being_made_takes_few"))
            self._presenter.complete(answers, self._passphrase.value())

    def _settled(self) -> Answers | None:
        """Return what was said; lead back to it when it no longer fits."""
        answers = self._details.answers()
        if answers is None:
            self._go(DETAILS)
        return answers

    def _retreat(self) -> None:
        self._go(self._steps.currentIndex() - 1)

    def _save_sheet(self, path: Path) -> None:
        try:
            write_atomically(path, self._presenter.sheet())
        except OSError:
            words = (
                say("wizard.sheet_could_not_saved_there"),
                say("wizard.choose_another_folder_or_copy"),
            )
            self._problem.explain(Explanation("E910", *words))
            self._problem.show()
            return
        self._problem.hide()
        self._sheet.show_saved()

    def _show_progress(self, done: int, total: int) -> None:
        self._progress.setVisible(done < total)
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    def _content(self) -> QWidget:
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(theme().px(WIDTH))
        column = QVBoxLayout(card)
        spaced(column, 16, (32, 28, 32, 24))
        head = QHBoxLayout()
        spaced(head, 12)
        head.addWidget(LogoMark(32))
        head.addWidget(Text("KIMdesk", "section"))
        head.addStretch(1)
        self._where = Text("", "table", "text-2")
        head.addWidget(self._where)
        column.addLayout(head)
        column.addWidget(self._steps)
        self._progress = QProgressBar(textVisible=False)
        self._progress.setAccessibleName(say("common.progress"))
        self._progress.hide()
        self._busy = Text("", "table", "text-2", wrap=True)
        self._busy.hide()
        self._problem = DriveNotice(lambda: getattr(self._details.answers(), "folder", None))
        self._problem.setObjectName("wizard_problem")
        self._problem.hide()
        for widget in (self._problem, self._busy, self._progress):
            column.addWidget(widget)
        column.addLayout(self._buttons())
        holder = QWidget()
        holder.setObjectName("page_body")
        outer = QVBoxLayout(holder)
        spaced(outer, 0, (20, 20, 20, 20))
        outer.addStretch(1)
        outer.addLayout(centered(card))
        outer.addStretch(1)
        return holder

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 8)
        self._back = secondary(say("common.back"))
        self._back.setObjectName("wizard_back")
        self._back.clicked.connect(self._retreat)
        self._next = primary(say("wizard.continue"))
        self._next.setObjectName("wizard_next")
        self._next.setDefault(True)
        self._cancel = secondary(say("common.cancel"))
        self._cancel.setObjectName("wizard_cancel")
        self._cancel.clicked.connect(self._presenter.stop)
        self._cancel.hide()
        self._next.clicked.connect(self._advance)
        row.addWidget(self._back)
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self._next)
        return row
