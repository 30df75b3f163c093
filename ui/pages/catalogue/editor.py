"""The editor of one document: the same forms, fields and keys as everywhere in the program."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from kimdesk.catalogue import editing, editing_sections
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.editing import EditableKind
from kimdesk.catalogue.layers import Table
from kimdesk.forms.definition import Field, FormDefinition
from kimdesk.texts import say
from ui import focus
from ui.forms.form_view import FormView
from ui.forms.model import FormModel
from ui.forms.session import FormSession
from ui.forms.sources import Option
from ui.kit.base import clear, spaced
from ui.pages.catalogue.preview import CatalogueSources
from ui.pages.catalogue.sections import SectionChoice


class DocumentEditor(QWidget):
    """Edits ``table``; ``edited`` carries the whole document after each edit, ``section_chosen`` a number."""

    edited = Signal(object)
    section_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        spaced(self._column, 12)
        self._session: FormSession | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)  # once the keyboard has arrived elsewhere
        self._soon.timeout.connect(self._offer_anew)
        self.section = 0

    def show_document(self, catalogue: Catalogue, path: str, table: Table, titles: dict[str, str]) -> None:
        """Edit the document at ``path``; ``titles``: the code lists a field can choose from."""
        kind = editing.kind_of(path)
        if kind is None:
            return
        clear(self._column)
        self._catalogue, self._path, self._table, self._titles = catalogue, path, table, titles
        self._kind: EditableKind = kind
        if kind.sheet is None:
            self.section = min(self.section, len(table["section"]) - 1)
            self._column.addWidget(self._sections())
        self._definition, answers = self._form(table), self._answers()
        model = FormModel(self._definition, answers)
        sources = EditingSources(catalogue, self._definition, model)
        self._session = session = FormSession(model, sources, self)
        session.ordered = frozenset(kind.ordered)
        self._view = FormView(session)
        self._column.addWidget(self._view)
        session.changed.connect(self._changed)
        session.left.connect(self._soon.start)

    def focus(self) -> None:
        """Put the keyboard into the first field."""
        if self._session is not None:
            first = self._session.model.definition.sections[0]
            self._session.focus(f"{first.id}.{first.fields[0].id}")

    def _form(self, table: Table) -> FormDefinition:
        if self._kind.sheet is None:
            return editing_sections.section_form(table, self.section, self._catalogue, self._titles)
        return editing.edit_form(self._kind, self._catalogue, table)

    def _answers(self) -> dict[str, Any]:
        if self._kind.sheet is None:
            return editing_sections.section_answers(self._table, self.section)
        return editing.edit_answers(self._kind, self._table)

    def _read(self, answers: dict[str, Any]) -> dict[str, Any]:
        if self._kind.sheet is None:
            return editing_sections.section_table(answers, self._table, self.section)
        return editing.edited_table(self._kind, self._catalogue, answers, self._table)

    def _changed(self) -> None:
        if self._session is not None:
            self.edited.emit(self._now())

    def _now(self) -> dict[str, Any]:
        """Return the document with everything typed so far."""
        answers = self._session.model.draft() if self._session is not None else self._answers()
        return self._read(answers)

    def _offer_anew(self) -> None:
        """Let what was just named be chosen elsewhere in the document too."""
        if self._session is None or self._kind.merged:
            return
        table = self._now()
        if self._form(table).lists == self._definition.lists:
            return
        at = QApplication.focusWidget()
        name = at.objectName() if at is not None and self.isAncestorOf(at) else ""
        self.show_document(self._catalogue, self._path, table, self._titles)
        found = self._view.findChild(QWidget, name) if name else None
        if found is not None:
            focus.begin(found)

    def _sections(self) -> QWidget:
        choice = SectionChoice([str(one["title"]) for one in self._table["section"]], self.section)
        choice.chosen.connect(self._choose_section)
        choice.added.connect(self._add_section)
        choice.moved.connect(self._move_section)
        choice.removed.connect(self._remove_section)
        return choice

    def _choose_section(self, number: int) -> None:
        self.section = number
        self.section_chosen.emit(number)

    def _add_section(self) -> None:
        table = self._now()
        self._reshape(editing_sections.with_section(table, say("editor.new_section")), len(table["section"]))

    def _move_section(self, by: int) -> None:
        self._reshape(editing_sections.moved_section(self._now(), self.section, by), self.section + by)

    def _remove_section(self) -> None:
        self._reshape(editing_sections.without_section(self._now(), self.section), max(0, self.section - 1))

    def _reshape(self, table: dict[str, Any], section: int) -> None:
        self.section = section
        self.edited.emit(table)
        self.section_chosen.emit(section)


class EditingSources(CatalogueSources):
    """What can be chosen while a document is edited: a condition asks for what stands before it."""

    def __init__(self, catalogue: Catalogue, definition: FormDefinition, model: FormModel) -> None:
        super().__init__(catalogue, definition)
        self._model = model

    def options(self, field: Field, entry: Mapping[str, Any]) -> tuple[Option, ...]:
        """Return the choices of ``field``."""
        found = super().options(field, entry)
        if field.choices != "earlier_field" or not entry.get("id"):
            return found
        ids = [one.get("id") for one in self._model.answers.get("field", [])]
        later = set(ids[ids.index(entry["id"]) :]) if entry["id"] in ids else set()
        return tuple(one for one in found if one.code not in later)
