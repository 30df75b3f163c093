"""How a desk will see it: the real form, the real checklist, the real choice."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.casework.checklists import begun, lines
from kimdesk.catalogue import templates
from kimdesk.catalogue.stack import name_of
from kimdesk.domain.dates import today
from kimdesk.domain.naming import full_name
from kimdesk.domain.needs.facts import CaseFacts, gathered
from kimdesk.domain.records import Case, CaseFile, Referral, RegimeChange
from kimdesk.forms.answers import choices_of
from kimdesk.forms.definition import Field, FieldType, FormDefinition, Section
from kimdesk.texts import say
from kimdesk.texts.bidi import apart
from kimdesk.texts.dates import span
from kimdesk.texts.template import example, names
from ui.case.referrals.checklist import Checklist
from ui.case.referrals.rows import ChecklistRow, rows_of
from ui.case.sources import CaseSources
from ui.forms.form_view import FormView
from ui.forms.model import FormModel
from ui.forms.session import FormSession
from ui.forms.sources import FieldProposal, Option, code_options, service_options
from ui.kit.base import clear, spaced
from ui.kit.card import Card
from ui.kit.cards import CardItem
from ui.kit.drop_down import DropDown
from ui.kit.field import FieldBox
from ui.kit.text import Text
from ui.regimes.handover import rows

if TYPE_CHECKING:
    from kimdesk.catalogue.catalogue import Catalogue

_NOBODY = CaseFile(case=Case(opened_on=date.min))


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
            return service_options(self._catalogue)
        return ()

    def cards(self, _record: str) -> Sequence[CardItem]:
        """Return nothing: there is no case."""
        return ()

    def proposal(self, _field: Field, _entry: Mapping[str, Any]) -> FieldProposal | None:
        """Return nothing: there is no case."""
        return None


class CataloguePreview(Card):
    """What the document at a path looks like at a desk, for an example household when one is chosen."""

    def __init__(self) -> None:
        super().__init__(say("editor.so_a_desk_sees_it"))
        self.setObjectName("catalogue_preview")
        self._example = DropDown()
        self._example.setObjectName("preview_example")
        self._example.setSizeAdjustPolicy(DropDown.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._example.addItem(say("editor.no_example"), None)
        self._example.activated.connect(lambda _: self._again())
        self.body.addWidget(FieldBox(say("editor.example"), self._example))
        self._column = QVBoxLayout()
        spaced(self._column, 8)
        self.body.addLayout(self._column)
        self._sessions: list[FormSession] = []
        self._shown: tuple[Catalogue, str, int] | None = None

    def show_examples(self, files: Sequence[CaseFile]) -> None:
        """Offer ``files`` as example households."""
        for file in files[self._example.count() - 1 :]:
            name = full_name(file.persons[0])
            self._example.addItem(say("editor.example_of", n=len(file.persons), name=name), file)

    def show_document(self, catalogue: "Catalogue", path: str, section: int) -> None:
        """Show the document at ``path`` as ``catalogue`` has it; of a form one section."""
        self._shown = catalogue, path, section
        clear(self._column)
        self._sessions.clear()
        folder, name = path.rpartition("/")[0], name_of(path)
        if folder == "services":
            self._service(catalogue, name)
        elif folder == "forms":
            self._form(catalogue, catalogue.form(name), section)
        elif folder == "codelists":
            self._form(catalogue, _choosing(catalogue, name), 0)
        elif folder == "chains":
            self._chain(catalogue, name)
        elif folder == "regime_changes":
            self._change(catalogue, name)
        elif folder == "templates":
            self._template(catalogue, path)
        else:
            self._say(say("editor.no_preview"))

    @property
    def _file(self) -> CaseFile | None:
        found: CaseFile | None = self._example.currentData()
        return found

    @property
    def _facts(self) -> CaseFacts | None:
        return gathered(self._file, today()) if self._file else None

    def _again(self) -> None:
        if self._shown is not None:
            self.show_document(*self._shown)

    def _say(self, words: str, use: str = "table", tone: str = "text-2") -> None:
        self._column.addWidget(Text(words, use, tone, wrap=True))

    def _rows(self, catalogue: "Catalogue", rows: list[ChecklistRow]) -> None:
        shown = Checklist(catalogue, dates=False)
        shown.show_rows(rows)
        self._column.addWidget(shown)

    def _service(self, catalogue: "Catalogue", code: str) -> None:
        one = catalogue.service(code)
        self._say(say("case.referral_agency", agency=one.name), "section", "text")
        days = say("editor.answer_expected_in", n=one.answer_days)
        about = (one.offer, say("case.responsible_who", who=one.responsible_label), days)
        self._say(" · ".join(part for part in about if part))
        for words in filter(None, (one.hint, one.hours, one.contact)):
            self._say(words, tone="text")
        entries = begun(one.items, self._facts)
        shown = Referral(case_id="", service=code, service_version=one.version, checklist=entries)
        found = lines(shown, one.items, self._facts)
        self._rows(catalogue, rows_of(catalogue, found, self._file or _NOBODY))
        if not one.offered(today()):
            self._say(say("editor.no_longer_offered"), tone="warn")

    def _change(self, catalogue: "Catalogue", code: str) -> None:
        one = next(each for each in catalogue.change_lists if each.code == code)
        self._say(one.title, "section", "text")
        change = RegimeChange(
            case_id="", person_id="", from_regime="", to_regime="", changes_on=today(),
            checklist=begun(one.items, self._facts),
        )  # fmt: skip
        self._rows(catalogue, rows(catalogue, change, self._file, today(), (), one))

    def _chain(self, catalogue: "Catalogue", code: str) -> None:
        one = catalogue.template(code)
        self._say(one.title, "section", "text")
        self._say(one.note)
        for link in one.links:
            first, last = link.dates(today())
            self._say(f"{span(first, last)}: {link.title}", tone="text")
            for step in link.steps:
                self._say(f"· {step.text}")

    def _template(self, catalogue: "Catalogue", path: str) -> None:
        one = templates.parse(catalogue.stack.table(path), path)
        self._say(example(one.subject, one.about), "section", "text")
        for paragraph in templates.paragraphs(example(one.body, one.about)):
            self._say(paragraph, tone="text")
        facts = apart(", ").join(f"{{{code}}} {name}" for code, name in names(one.about).items())
        self._say(say("editor.facts_of_template", facts=facts), "meta")

    def _form(self, catalogue: "Catalogue", definition: FormDefinition, section: int) -> None:
        file = self._file
        sources = (
            CatalogueSources(catalogue, definition)
            if file is None
            else CaseSources(catalogue, file, (), today())
        )
        session = FormSession(FormModel(definition, _answers(file, definition)), sources, self)
        self._sessions.append(session)
        view = FormView(session)
        for number, card in enumerate(_cards(view)):
            card.setProperty("shown_section", number)
            if number != section:
                card.hide()
        self._column.addWidget(view)


def _answers(file: CaseFile | None, definition: FormDefinition) -> Mapping[str, Any]:
    """Return what the example answers to the form."""
    runs = [one for one in file.phases if one.form == definition.name] if file else []
    return runs[-1].answers if runs else {}


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
