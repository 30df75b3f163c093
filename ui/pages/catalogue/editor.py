"""The editor of one document: the same forms, fields and keys as everywhere in the program."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.catalogue import editing, editing_sections
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.layers import Table
from kimdesk.domain.errors import ContentError
from kimdesk.forms.codes import CodeList
from kimdesk.forms.definition import FormDefinition
from kimdesk.texts import say
from ui.forms.form_view import FormView
from ui.forms.model import FormModel
from ui.forms.session import FormSession
from ui.kit.base import clear, spaced
from ui.kit.buttons import quiet
from ui.kit.drop_down import DropDown
from ui.kit.field import FieldBox
from ui.pages.catalogue.preview import CatalogueSources


class DocumentEditor(QWidget):
    """Edits ``table``; ``edited`` carries the whole document after each edit, ``section_chosen`` a number."""

    edited = Signal(object)
    section_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        spaced(self._column, 12)
        self._session: FormSession | None = None
        self.section = 0

    def show_document(self, catalogue: Catalogue, path: str, table: Table, titles: dict[str, str]) -> None:
        """Edit the document at ``path``; ``titles``: the code lists a field can choose from."""
        clear(self._column)
        self._catalogue, self._path, self._table, self._titles = catalogue, path, table, titles
        if path.startswith("forms/"):
            self.section = min(self.section, len(table["section"]) - 1)
            self._column.addWidget(self._sections())
        definition, answers = self._asked()
        model = FormModel(definition, answers)
        self._session = session = FormSession(model, CatalogueSources(catalogue, definition), self)
        if not path.startswith("codelists/"):
            session.ordered = frozenset({"item", "field"})
        self._column.addWidget(FormView(session))
        session.changed.connect(self._changed)

    def focus(self) -> None:
        """Put the keyboard into the first field."""
        if self._session is not None:
            first = self._session.model.definition.sections[0]
            self._session.focus(f"{first.id}.{first.fields[0].id}")

    def _asked(self) -> tuple[FormDefinition, dict[str, Any]]:
        find = self._find
        if self._path.startswith("services/"):
            return editing.service_form(find), editing.service_answers(self._table)
        if self._path.startswith("codelists/"):
            return editing.list_form(find), editing.list_answers(self._table)
        form = editing_sections.section_form(self._table, self.section, find, self._titles)
        return form, editing_sections.section_answers(self._table, self.section)

    def _find(self, name: str) -> CodeList:
        """Return a code list; one that does not fit yet has no entries."""
        try:
            return self._catalogue.code_list(name)
        except ContentError:
            return editing.codes(name, ())

    def _changed(self) -> None:
        if self._session is not None:
            self.edited.emit(self._read(self._session.model.draft()))

    def _read(self, answers: dict[str, Any]) -> dict[str, Any]:
        if self._path.startswith("services/"):
            return editing.service_table(answers, self._table)
        if self._path.startswith("codelists/"):
            return editing.list_table(answers, self._table)
        return editing_sections.section_table(answers, self._table, self.section)

    def _sections(self) -> QWidget:
        box = DropDown()
        box.setObjectName("form_section")
        for section in self._table["section"]:
            box.addItem(section["title"])
        box.setCurrentIndex(self.section)
        box.activated.connect(self._choose_section)
        field = FieldBox(say("editor.section"), box)
        add = quiet(say("editor.add_section"), "plus", size="inline")
        add.setObjectName("add_form_section")
        add.clicked.connect(self._add_section)
        field.add_action(add)
        return field

    def _choose_section(self, number: int) -> None:
        self.section = number
        self.section_chosen.emit(number)

    def _add_section(self) -> None:
        self.section = len(self._table["section"])
        self.edited.emit(editing_sections.with_section(self._table, say("editor.new_section")))
        self.section_chosen.emit(self.section)
