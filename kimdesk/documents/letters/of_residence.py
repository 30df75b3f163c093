"""What a residence paper tells a letter: when the next one was applied for, and what was before."""

from typing import Final

from kimdesk.casework.case_file import read_file
from kimdesk.casework.desk import Desk
from kimdesk.casework.records import known as known_record
from kimdesk.documents.letters import offices
from kimdesk.documents.letters.known import NO_CLIENT, LetterFacts, common
from kimdesk.documents.papers import PaperWish
from kimdesk.domain.dates import age_on
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.records import Person, ResidenceSpell
from kimdesk.domain.regimes import TITLES
from kimdesk.store.work import Reader
from kimdesk.texts import dates

NOT_APPLIED, NO_FICTION = "E837", "E838"
_OFFICE: Final = "immigration_office"
_LEADING_TO_FICTION: Final = TITLES | {"fiction_81_3", "fiction_81_4", "unknown"}
"""Residence statuses from which an application can have the effect of § 81 Abs. 3 or 4 AufenthG."""
_FULL_AGE: Final = 18


def known(desk: Desk, reader: Reader, record_id: str, wish: PaperWish) -> LetterFacts:
    """Return what the residence paper tells on the day of ``wish``.

    Raises StoreError E909 when there is no such paper, CaseworkError E843 when its holder is not in the case,
    E837 when nobody noted an application for the next one, E838 when one has no effect by § 81 AufenthG.
    """
    spell = known_record(reader, ResidenceSpell, record_id)
    file = read_file(reader, spell.case_id)
    person = next((one for one in file.persons if one.id == spell.person_id), None)
    if person is None:
        raise CaseworkError(NO_CLIENT)
    if spell.status not in _LEADING_TO_FICTION:
        raise CaseworkError(NO_FICTION)
    if spell.applied_on is None or spell.applied_on > wish.today:
        raise CaseworkError(NOT_APPLIED)
    service = desk.catalogue.service(_OFFICE, on=wish.today)
    office = offices.of_service(reader, desk.catalogue, file, service)
    held = spell.status in TITLES
    label = desk.catalogue.label("residence_status", spell.status)
    return LetterFacts(
        file=file,
        facts={
            **common(desk, person, wish.today),
            "office": office.name, "office_sign": office.sign,
            "applied_on": dates.full(spell.applied_on),
            "title": " ".join(filter(None, (label, spell.paragraph))) if held else "",
            "title_until": dates.full(spell.valid_until) if held and spell.valid_until else "",
            "certificate_on": dates.full(spell.certificate_on) if spell.certificate_on else "",
        },
        truths=_truths(spell, person, wish),
        to=office.lines,
        person=person,
        their_sign=office.sign,
    )  # fmt: skip


def _truths(spell: ResidenceSpell, person: Person, wish: PaperWish) -> frozenset[str]:
    until, applied = spell.valid_until, spell.applied_on
    said = {
        "late": spell.status in TITLES and until is not None and applied is not None and applied > until,
        "minor": person.birth_date is not None and age_on(person.birth_date, wish.today) < _FULL_AGE,
    }
    return frozenset(name for name, holds in said.items() if holds)
