"""How a desk will see it: the real form, the real checklist, the real choice."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.catalogue.stack import name_of
from kimdesk.domain.dates import today
from kimdesk.domain.records import ChecklistEntry, Referral
from kimdesk.domain.terms import ItemState
from kimdesk.forms.answers import choices_of
from kimdesk.forms.definition import Field, FieldType, FormDefinition, Section
from kimdesk.texts import say
from ui.case.referrals.checklist import Checklist
from ui.case.referrals.rows import checklist
from ui.forms.form_view import FormView
from ui.forms.model import FormModel
from ui.forms.session import FormSession
from ui.forms.sources import FieldProposal, Option, code_options
from ui.kit.base import clear, spaced
from ui.kit.card import Card
from ui.kit.cards import CardItem
from ui.kit.text import Text

if TYPE_CHECKING:
    from kimdesk.catalogue.catalogue import Catalogue


class CatalogueSources:
    """The choices a form has without a case: code lists and services, nobody and nothing else."""

    def __init__(self, catalogue: "Catalogue", definition: FormDefinition) -> None:
        self._catalogue, self._definition = catalogue, definition

    def options(self, field: Field, entry: Mapping[str, Any]) -> tuple[Option, ...]:
        """Return the choices of ``field``."""
        if field.choices:
            return code_options(self._definition.codes(choices_of(field, entry)), entry.get(field.id))
        if field.type is FieldType.LANGUAGES:
            return code_options(self._catalogue.code_list("language"))
        if field.type is FieldType.SERVICE:
            return tuple(Option(one.code, one.name, one.offer) for one in self._catalogue.services())
        return ()

    def cards(self, _record: str) -> Sequence[CardItem]:
        """Return nothing: there is no case."""
        return ()

    def proposal(self, _field: Field, _entry: Mapping[str, Any]) -> FieldProposal | None:
        """Return nothing: there is no case."""
        return None


class CataloguePreview(Card):
    """What the document at a path looks like at a desk."""

    def __init__(self) -> None:
        super().__init__(say("editor.so_a_desk_sees_it"))
        self.setObjectName("catalogue_preview")
        self._column = QVBoxLayout()
        spaced(self._column, 8)
        self.body.addLayout(self._column)
        self._sessions: list[FormSession] = []

    def show_document(self, catalogue: "Catalogue", path: str, section: int) -> None:
        """Show the document at ``path`` as ``catalogue`` has it; of a form one section."""
        clear(self._column)
        self._sessions.clear()
        name = name_of(path)
        if path.startswith("services/"):
            self._service(catalogue, name)
        elif path.startswith("forms/"):
            self._form(catalogue, catalogue.form(name), section)
        else:
            self._form(catalogue, _choosing(catalogue, name), 0)

    def _service(self, catalogue: "Catalogue", code: str) -> None:
        one = catalogue.service(code)
        title = say("case.referral_agency", agency=one.name)
        self._column.addWidget(Text(title, "section", wrap=True))
        days = say("editor.answer_expected_in", n=one.answer_days)
        about = (one.offer, say("case.responsible_who", who=one.responsible_label), days)
        self._column.addWidget(Text(" · ".join(part for part in about if part), "table", "text-2", wrap=True))
        for words in filter(None, (one.hint, one.hours, one.contact)):
            self._column.addWidget(Text(words, "table", wrap=True))
        entries = tuple(ChecklistEntry(item=item.code, state=ItemState.MISSING) for item in one.items)
        shown = Referral(case_id="", service=code, service_version=one.version, checklist=entries)
        rows = Checklist(dates=False)
        rows.show_rows(checklist(catalogue, shown))
        self._column.addWidget(rows)
        if not one.offered(today()):
            self._column.addWidget(Text(say("editor.no_longer_offered"), "table", "warn", wrap=True))

    def _form(self, catalogue: "Catalogue", definition: FormDefinition, section: int) -> None:
        session = FormSession(FormModel(definition), CatalogueSources(catalogue, definition), self)
        self._sessions.append(session)
        view = FormView(session)
        for number, card in enumerate(_cards(view)):
            card.setProperty("shown_section", number)
            if number != section:
                card.hide()
        self._column.addWidget(view)


def _cards(view: FormView) -> list[QWidget]:
    column = view.layout()
    items = (column.itemAt(at) for at in range(column.count())) if column else ()
    return [widget for item in items if item and (widget := item.widget())]


def _choosing(catalogue: "Catalogue", name: str) -> FormDefinition:
    """Return a form that asks for one choice of a code list."""
    codes = catalogue.code_list(name)
    field = Field(id="choice", type=FieldType.CHOICE, label=codes.title, choices=name)
    section = Section(id="preview", title=codes.title, fields=(field,))
    return FormDefinition(
        name="preview", version=1, title=codes.title, valid_from=codes.valid_from, source=codes.source,
        sections=(section,), lists={name: codes},
    )  # fmt: skip
