"""What holds a form together while it is on the screen: the model, the panels that show it, the problems."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from kimdesk.forms.plausible import partners
from kimdesk.forms.validate import Problem
from kimdesk.texts.problems import message
from ui.forms.marks import Marks
from ui.forms.model import FormModel
from ui.forms.sources import Sources


class Panel(Protocol):
    """Something that shows one entry of the form."""

    path: str

    def refresh(self) -> None:
        """Show what is asked now."""

    def show_marks(self) -> None:
        """Show which fields had other values or are disputed."""

    def show_problem(self, field_id: str, message: str | None) -> None:
        """Show or clear what is wrong with a field."""

    def focus(self, field_id: str) -> bool:
        """Put the keyboard into a field; return whether it is here."""


class FormSession(QObject):
    """One form being filled in.

    ``changed`` after every edit; ``restated`` when more than an answer is otherwise now: what is asked, how
    far the form is filled, what is wrong, a step on a scale. ``reshaped`` when entries came or went;
    ``wanted`` (record, id) when a typed record is to be added ("") or edited; ``left`` when the keyboard
    leaves a field. ``explained`` (proposal, answers of the entry) when it is asked how a proposal was worked
    out, ``taken`` when it was accepted.
    """

    changed = Signal()
    restated = Signal()
    reshaped = Signal(str)
    wanted = Signal(str, str)
    left = Signal()
    explained = Signal(str, object)
    taken = Signal(str, object)

    def __init__(self, model: FormModel, sources: Sources, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.sources = sources
        self.asks_for_gaps = False
        self.marks: Marks | None = None
        self.asks: Callable[[str, str, object], bool] | None = None
        self.concealed: frozenset[str] = frozenset()
        self.ordered: frozenset[str] = frozenset()  # sections whose entries can be moved
        self._panels: list[Panel] = []

    @property
    def ticks(self) -> bool:
        """Return whether yes and no is a tick box: typed records know no „nicht beantwortet“."""
        return bool(self.model.definition.record)

    def take_marks(self, marks: Marks) -> None:
        """Show ``marks`` at the fields from now on."""
        self.marks = marks
        marks.changed.connect(self._show_marks)

    def reveal(self) -> None:
        """Ask for the concealed fields too from now on."""
        self.concealed = frozenset()
        self.reload_records()

    def join(self, panel: Panel) -> None:
        """Keep ``panel`` up to date until it leaves."""
        self._panels.append(panel)

    def leave(self, panel: Panel) -> None:
        """Forget ``panel``."""
        self._panels = [one for one in self._panels if one is not panel]

    def edit(self, path: str, field_id: str, value: object) -> None:
        """Take over an answer from its editor, unless there is something to be read before."""
        if self.asks is None or self.asks(path, field_id, value):
            self.enter(path, field_id, value)
        else:
            self.reload_records()

    def enter(self, path: str, field_id: str, value: object) -> None:
        """Take over an answer."""
        edit = self.model.set(path, field_id, value)
        for panel in list(self._panels):
            if panel.path in edit.paths:
                panel.refresh()
        for each in (field_id, *partners(self.model.entry(path), field_id)):
            if not self.model.problem(path, each):
                self._tell(path, each, None)
        self._emit_changed(restated=edit.told)

    def leave_field(self, path: str, field_id: str) -> None:
        """Say what is wrong with a field the user has left."""
        self._tell(path, field_id, self.model.problem(path, field_id, complete=self.asks_for_gaps))
        for each in partners(self.model.entry(path), field_id):
            self._tell(path, each, self.model.problem(path, each, complete=self.asks_for_gaps))
        self.left.emit()

    def add_entry(self, section_id: str) -> None:
        """Add an entry to a list."""
        self.model.add(section_id)
        self.reshaped.emit(section_id)
        self._emit_changed(restated=True)

    def remove_entry(self, path: str) -> None:
        """Take an entry out of its list."""
        self.model.remove(path)
        self.reshaped.emit(path.partition(".")[0])
        self._emit_changed(restated=True)

    def move_entry(self, path: str, by: int) -> None:
        """Move an entry of a list up or down."""
        section_id, _, index = path.partition(".")
        answers = self.model.draft()
        listed = answers[section_id]
        listed.insert(max(int(index) + by, 0), listed.pop(int(index)))
        self.model.take(answers)
        self.reshaped.emit(section_id)
        self._emit_changed(restated=True)

    def check(self, *, complete: bool) -> list[Problem]:
        """Show everything that is wrong, and return it in the order of the form."""
        self.asks_for_gaps = self.asks_for_gaps or complete
        found = self.model.problems(complete=complete)
        for panel in self._panels:
            for field_id in self.model.entry(panel.path).shown:
                panel.show_problem(field_id, _words(found.get(f"{panel.path}.{field_id}")))
        return list(self.model.listed_problems(complete=complete))

    def focus(self, path: str) -> bool:
        """Put the keyboard into the field at ``path``; return whether it is on the screen."""
        entry, _, field_id = path.rpartition(".")
        return any(panel.path == entry and panel.focus(field_id) for panel in self._panels)

    def reload(self) -> None:
        """Show the model anew after it was loaded from elsewhere."""
        for section in self.model.definition.sections:
            self.reshaped.emit(section.id)
        for panel in list(self._panels):
            panel.refresh()

    def reload_records(self) -> None:
        """Show the typed records and choices of the moment; entries keep the keyboard."""
        for panel in list(self._panels):
            panel.refresh()

    def _show_marks(self) -> None:
        for panel in self._panels:
            panel.show_marks()

    def _emit_changed(self, *, restated: bool) -> None:
        self.changed.emit()
        if restated:
            self.restated.emit()

    def _tell(self, path: str, field_id: str, problem: Problem | None) -> None:
        for panel in self._panels:
            if panel.path == path:
                panel.show_problem(field_id, _words(problem))


def _words(problem: Problem | None) -> str | None:
    return message(problem) if problem else None
