"""Whether what stands at the Kreis has a basis, by a plain rule of its own that asks no projection."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

import msgspec
from sqlalchemy import select

from kimdesk.domain.records import Case, Consent, Member, Record
from kimdesk.domain.terms import Role, SharingLevel
from kimdesk.store.tables import RECORD_TABLES
from kimdesk.store.work import Reader
from kimdesk.sync.trust import device
from tests.sync.world import Place, World

R = TypeVar("R", bound=Record)
_NAMED = "identified"


def without_basis(world: World, place: Place, rows: Mapping[str, str]) -> set[str]:
    """Return which of the ``rows`` that are here under their own names nobody has agreed to.

    ``rows``: what they say, as ``oracle.held`` returns it.
    """
    with world.at(place.clock) as moment:
        said = _Said(place, device.day_of(moment))
    found = set()
    for key, text in rows.items():
        level, _, content = text.partition(" ")
        if level.startswith(_NAMED):
            kind, _, record_id = key.partition(" ")
            case_id = record_id if kind == "case" else msgspec.json.decode(content).get("case_id", "")
            if not (said.about(record_id) if kind == "person" else said.of_case(case_id, kind)):
                found.add(key)
    return found


class _Said:
    """What people have agreed to by ``day``, as the records of a desk say."""

    def __init__(self, place: Place, day: date) -> None:
        with place.desk.reading() as reader:
            every = [each for each in _all(reader, Consent) if each.recipient == "ki" and _stands(each, day)]
            self.members = _all(reader, Member)
            self.cases = {each.id for each in _all(reader, Case)}
        self.consents = [each for each in every if each.level is SharingLevel.IDENTIFIED]

    def of_case(self, case_id: str, kind: str = "case") -> bool:
        """Return whether the client has agreed; goals are for the reports of the Kreis alone."""
        mine = [each for each in self._by(case_id, "") if case_id in self.cases]
        if kind == "goal":
            return any("goals" in each.kinds and each.purpose == "reporting" for each in mine)
        return bool(mine)

    def about(self, person_id: str) -> bool:
        """Return whether somebody may be told of, as client of a case or by a consent of their own."""
        for each in self.members:
            if each.person_id == person_id and self.of_case(each.case_id):
                who = "" if each.role is Role.CLIENT else person_id
                if any("person" in consent.kinds for consent in self._by(each.case_id, who)):
                    return True
        return False

    def _by(self, case_id: str, person_id: str) -> Iterable[Consent]:
        return [each for each in self.consents if (each.case_id, each.person_id) == (case_id, person_id)]


def _stands(consent: Consent, day: date) -> bool:
    given, until, withdrawn = consent.given_on, consent.valid_until, consent.withdrawn_on
    begun, over = given and given <= day, until and until < day
    return bool(begun and not over and not (withdrawn and withdrawn <= day))


def _all(reader: Reader, kind: type[R]) -> list[R]:
    ids = reader.connection.execute(select(RECORD_TABLES[kind].c.id)).scalars().all()
    return list(reader.get_all(kind, ids).values())
