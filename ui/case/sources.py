"""What the forms of a case may choose from: code lists, the catalogue, the people and records of the case."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.municipalities import municipality_name
from kimdesk.domain.consent import KREIS
from kimdesk.domain.kinds import type_of
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import CaseFile
from kimdesk.forms.answers import choices_of
from kimdesk.forms.definition import Field, FieldType
from kimdesk.texts import say
from kimdesk.texts.field_words import called
from kimdesk.texts.findings import answered
from ui.case.about import places
from ui.case.cards import cards, recipient_name
from ui.case.proposal import notice_deadline
from ui.forms.sources import FieldProposal, Option, code_options, service_options
from ui.kit.cards import CardItem

if TYPE_CHECKING:
    from kimdesk.sync.finding_answers import KreisAnswer

NOTICE_DEADLINE = "notice_deadline"


class CaseSources:
    """The choices of one case; ``own_id`` is the record being edited, which never refers to itself.

    ``answers`` are the Kreis's to findings of the case, by their id.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        file: CaseFile,
        municipalities: Sequence[str],
        today: date,
        own_id: str = "",
        answers: "Mapping[str, KreisAnswer] | None" = None,
    ) -> None:
        self.catalogue, self.file = catalogue, file
        self._municipalities = municipalities
        self._today = today
        self._own_id = own_id
        self._answers = answers or {}

    def options(self, field: Field, entry: Mapping[str, Any]) -> tuple[Option, ...]:
        """Return the choices of ``field``, given the other answers of its entry."""
        if field.choices:
            return code_options(self.catalogue.code_list(choices_of(field, entry)), entry.get(field.id))
        if field.type is FieldType.LANGUAGES:
            spoken = [one["language"] for one in entry.get(field.id) or ()]
            return code_options(self.catalogue.code_list("language"), spoken)
        if field.type is FieldType.PERSON:
            return tuple(Option(one.id, full_name(one)) for one in self.file.persons)
        if field.type in (FieldType.LINK, FieldType.LINKS):
            return tuple(one for one in self._records(field.record) if one.code != self._own_id)
        if field.type is FieldType.SERVICE:
            return _services(self.catalogue)
        return self._places(entry.get(field.id)) if field.type is FieldType.MUNICIPALITY else ()

    def cards(self, record: str) -> Sequence[CardItem]:
        """Return the case's records of the kind ``record`` as small cards."""
        return [self._answered(one) for one in cards(self.catalogue, self.file, record, self._today)]

    def proposal(self, field: Field, entry: Mapping[str, Any]) -> FieldProposal | None:
        """Return the last day for an appeal, once a notice says enough."""
        if field.proposal != NOTICE_DEADLINE:
            return None
        return notice_deadline(self.catalogue, entry, self._today)

    def _answered(self, card: CardItem) -> CardItem:
        """Say on the card of a finding what the Kreis answers to it."""
        answer = self._answers.get(card.key)
        if answer is None:
            return card
        words = answered(self.catalogue, answer)
        new = ((say("findings_begun.new"), "tint", "chat-text"),) if answer.new else ()
        meta = " · ".join(part for part in (card.meta, words) if part)
        return replace(card, meta=meta, badges=(*new, *card.badges))

    def _records(self, record: str) -> tuple[Option, ...]:
        known = self.catalogue
        if record == "case":
            return tuple(Option(key, words) for key, words in places(known, self.file))
        if record == "consent":
            return tuple(
                Option(one.id, f"{recipient_name(known, one)}: {known.label('consent_purpose', one.purpose)}")
                for one in self.file.consents
            )
        return tuple(Option(one.id, called(known, one)) for one in self.file.of(type_of(record)))

    def _places(self, chosen: Any) -> tuple[Option, ...]:
        known = dict.fromkeys((*self._municipalities, self.file.case.ags, *([chosen] if chosen else [])))
        return tuple(Option(ags, municipality_name(ags)) for ags in known if ags)


def _services(catalogue: Catalogue) -> tuple[Option, ...]:
    kreis = Option(KREIS, catalogue.service_name(KREIS))
    return (kreis, *service_options(catalogue))
