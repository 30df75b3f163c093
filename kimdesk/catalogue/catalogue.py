"""What a desk works with that is not code: services, forms, code lists, chains, checklists, in layers."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Final

from kimdesk.catalogue import chains, client_words, item_words, regime_changes
from kimdesk.catalogue.chains import ChainTemplate
from kimdesk.catalogue.client_words import ClientWords
from kimdesk.catalogue.form_shelf import FormShelf
from kimdesk.catalogue.layers import Layer
from kimdesk.catalogue.letters import LetterShelf
from kimdesk.catalogue.list_shelf import ListShelf
from kimdesk.catalogue.regime_changes import ChangeList
from kimdesk.catalogue.rules import Rules
from kimdesk.catalogue.service_shelf import ServiceShelf
from kimdesk.catalogue.services import Service
from kimdesk.catalogue.stack import Stack, ended
from kimdesk.domain.collation import word_key
from kimdesk.domain.dates import today
from kimdesk.domain.errors import ContentError
from kimdesk.domain.terms import Phase
from kimdesk.forms.codes import CodeList
from kimdesk.forms.definition import FormDefinition
from kimdesk.forms.records import RECORDS


class Catalogue:
    """The shipped documents under ``layers``, each read on first use; a desk holds one and nobody changes it.

    A later layer adds documents, or replaces those of the same code and version; ``on`` is the day it is
    for (today when None), and layers that begin later wait. Everything raises ContentError E700 for a
    document that is missing or broken, E707 for such a form.
    """

    def __init__(self, layers: tuple[Layer, ...] = (), on: date | None = None) -> None:
        self.layers: Final = layers
        self.stack: Final = Stack(layers, on)
        self.rules: Final = Rules(self.stack)
        self._lists = ListShelf(self.stack)
        self._services = ServiceShelf(self.stack, self)
        self.letters: Final = LetterShelf(self.stack)
        self._forms = FormShelf(self.stack, "forms", self.code_list)
        self._record_forms = FormShelf(self.stack, "forms/records", self.code_list)

    def code_list(self, name: str) -> CodeList:
        """Return the code list ``name``."""
        return self._lists.find(name)

    def label(self, name: str, code: str) -> str:
        """Return the label of ``code`` in the code list ``name``; an unknown code is shown as it is."""
        return self._lists.find(name).label(code)

    def services(self, on: date | None = None) -> tuple[Service, ...]:
        """Return the services in force on the day ``on`` (today when None), in the order they are shown."""
        return self._services.in_force(on or today())

    def service(self, code: str, version: int | None = None, *, on: date | None = None) -> Service:
        """Return the service ``code`` in ``version``; by default that of the day ``on``, else the newest."""
        return self._services.find(code, version, on or today())

    def service_name(self, code: str) -> str:
        """Return the name of a service or of the Kreis; a code that nobody knows is shown as it is."""
        return self.service(code).name if self.versions(code) else self.label("recipient", code)

    def versions(self, code: str) -> tuple[Service, ...]:
        """Return the service ``code`` in all its versions, none for an unknown one."""
        return self._services.versions(code)

    @property
    def item_labels(self) -> Mapping[str, str]:
        """Return the labels of all documents that services ask for, by their code."""
        return self._services.item_labels

    def form(self, name: str, version: int | None = None) -> FormDefinition:
        """Return the form ``name`` in ``version``, by default the newest in force."""
        return self._forms.form(name, version)

    def phase_form(self, phase: Phase, version: int | None = None) -> FormDefinition:
        """Return the form of ``phase``; see ``form``."""
        return self._forms.form(phase.value, version)

    def forms(self) -> tuple[FormDefinition, ...]:
        """Return the forms of the seven phases, in their order."""
        return tuple(self.phase_form(phase) for phase in Phase)

    def record_form(self, record: str) -> FormDefinition:
        """Return the form that edits the typed record ``record`` ("goal").

        The ids of its fields are the attributes of the record in ``kimdesk.domain.records``.
        """
        return self._record_forms.form(record)

    def record_forms(self) -> tuple[FormDefinition, ...]:
        """Return the forms of all kinds of record that have one."""
        return tuple(self.record_form(record) for record in RECORDS)

    def templates(self, on: date | None = None) -> tuple[ChainTemplate, ...]:
        """Return the chain templates in force on the day ``on`` (today when None), by title."""
        day = on or today()
        return tuple(
            sorted(
                (one for one in self.all_templates if one.offered(day)), key=lambda one: word_key(one.title)
            )
        )

    def template(self, code: str) -> ChainTemplate:
        """Return the chain template ``code``, retired ones included."""
        found = next((one for one in self.all_templates if one.code == code), None)
        if found is None:
            raise ContentError("E700", name=f"chains/{code}", place="code")
        return found

    @cached_property
    def all_templates(self) -> tuple[ChainTemplate, ...]:
        """Return every chain template, retired ones included."""
        found = self.stack.folder("chains")
        read = ((each.name, chains.parse(each.table, each.name, self), each.until) for each in found)
        return tuple({name: ended(one, until) for name, one, until in read}.values())

    @cached_property
    def change_lists(self) -> tuple[ChangeList, ...]:
        """Return every checklist of a change between regimes, retired ones included."""
        found = self.stack.folder("regime_changes")
        read = ((each.name, regime_changes.parse(each.table, each.name, self), each.until) for each in found)
        return tuple({name: ended(one, until) for name, one, until in read}.values())

    def change_list(self, from_regime: str, to_regime: str, on: date) -> ChangeList:
        """Return what a change between the two needs on the day ``on``, else the general list."""
        return regime_changes.fitting(self.change_lists, from_regime, to_regime, on)

    @cached_property
    def client_words(self) -> dict[str, ClientWords]:
        """Return all languages of the screen for clients by their code; German is among them."""
        found = [each for each in self.stack.folder("client") if each.until is None]
        asked = item_words.known(self.stack)
        read = (client_words.parse(each.table, each.name) for each in found)
        return {one.language: one.asking(asked.get(one.language)) for one in read}

    def benefit_label(self, code: str, on: date) -> str:
        """Return what the benefit ``code`` is called on the day ``on``."""
        return self.rules.regimes.label(code, on) or self.code_list("legal_regime").short(code)


SHIPPED: Final = Catalogue()
"""What comes with the program, before any layer."""
