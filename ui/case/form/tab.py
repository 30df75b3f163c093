"""The tab of a phase's form."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.domain.records import CaseFile, PhaseEntry
from kimdesk.domain.terms import Phase
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.case.editing import Editing
from ui.case.form.presenter import FormPresenter
from ui.case.form.sheet import PhaseSheet
from ui.case.steps import PhaseStep
from ui.case.tabs import CaseTab
from ui.forms.conflict import ConflictNotice
from ui.forms.display import differences
from ui.forms.drafts import Body, DraftKeeper
from ui.forms.model import FormModel
from ui.forms.record_dialog import saved_at
from ui.kit.announce import announce
from ui.kit.base import clear, spaced
from ui.kit.state import Notice
from ui.places import Place
from ui.program import keys

SAVE_PAUSE_MS = 10_000


class FormTab(CaseTab, QWidget):
    """Shows the form of one phase: the one that was chosen, else the one the case is in."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("tab_form")
        self._editing = editing
        self._presenter = FormPresenter(editing.context, self, editing.file)
        self._sheet: PhaseSheet | None = None
        self._keeper: DraftKeeper | None = None
        self._spoken = ""
        self._resting = False
        self._chosen: Phase | None = None
        self._wanted_path = ""
        self._place = QVBoxLayout(self)
        spaced(self._place)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SAVE_PAUSE_MS)
        self._pause.timeout.connect(self.save)
        keys.bind(self, "save", self.save)

    def show_file(self, file: CaseFile) -> None:
        """Show the form of the phase; what is typed in another one is stored first."""
        phase = self._chosen or file.case.phase
        if phase is not self._presenter.phase:
            self.save()
        self._presenter.show(file, phase)
        path, self._wanted_path = self._wanted_path, ""
        if path and self._sheet:
            self._sheet.focus_path(path)

    def choose(self, place: Place) -> bool:
        """Show the form of a phase next, the keyboard in a field."""
        if place.tab in set(Phase):
            self._chosen, self._wanted_path = Phase(place.tab), place.field
        return not place.kind

    def here(self) -> str:
        """Return the phase whose form is shown."""
        return self._presenter.phase

    def save(self) -> None:
        """Store the answers now (the form is left, or Ctrl+S)."""
        self._pause.stop()
        if self._resting or self._keeper is None:
            return
        self._keeper.flush()
        self._presenter.save()

    def flush(self) -> None:
        """Keep what is typed as a draft now; the desk is about to be locked."""
        self._pause.stop()
        self._resting = True
        if self._keeper:
            self._keeper.flush()

    def show_form(self, model: FormModel) -> None:
        """Show another form."""
        clear(self._place)
        self._resting = False
        self._sheet = PhaseSheet(self._editing, self._presenter, model, self.save)
        self._sheet.session.changed.connect(self._typed)
        self._sheet.ended.connect(self._end)
        self._place.addWidget(self._sheet)
        presenter = self._presenter
        self._keeper = DraftKeeper(self._editing.context, presenter.draft_key, presenter.draft, self)
        self._keeper.kept.connect(lambda at: self._note(saved_at(at)))
        self._keeper.load(self._take_draft)
        self._sheet.show_all()

    def show_records(self) -> None:
        """Show typed records and gaps anew."""
        if self._sheet:
            self._sheet.show_records()

    def show_saved(self) -> None:
        """Say that everything is stored."""
        words = say("case.saved_at_time", time=f"{datetime.now():%H:%M}")  # noqa: DTZ005 - wall clock
        self._note(words)
        if words != self._spoken:  # it is saved at every pause: said aloud once a minute at most
            self._spoken = words
            announce(self, words)

    def show_conflict(self, stored: PhaseEntry) -> None:
        """Show both versions and ask which one stays."""
        if self._sheet is None:
            return
        session = self._sheet.session
        model, sources = session.model, session.sources
        notice = ConflictNotice(differences(model.definition, model.answers, stored.answers, sources))
        notice.keep.connect(lambda: self._settle(lambda: self._presenter.keep_mine(stored)))
        notice.take.connect(lambda: self._settle(lambda: self._take_theirs(stored)))
        self._sheet.head.show_notice(notice)

    def show_refusal(self, explanation: Explanation) -> None:
        """Say why something was refused."""
        notice = Notice("bad")
        notice.explain(explanation)
        if self._sheet:
            self._sheet.head.show_notice(notice)

    def _typed(self) -> None:
        self._resting = False
        if self._keeper:
            self._keeper.touch()
        self._pause.start()

    def _end(self, step: PhaseStep, reason: str) -> None:
        self._presenter.end(step, reason, self._ended)

    def _ended(self) -> None:
        if self._keeper:
            self._keeper.settle()
        self._chosen = None
        self._editing.saved(say("common.phase_noted"))

    def _take_draft(self, body: Body | None) -> None:
        if body and self._sheet and self._presenter.take_draft(body):
            self._sheet.show_draft()
            self._note(say("common.draft_restored"))

    def _settle(self, act: Callable[[], None]) -> None:
        if self._sheet:
            self._sheet.head.show_notice(None)
        act()

    def _take_theirs(self, stored: PhaseEntry) -> None:
        if self._keeper:
            self._keeper.discard()
        self._presenter.take_theirs(stored)

    def _note(self, words: str) -> None:
        if self._sheet:
            self._sheet.head.show_note(words)
