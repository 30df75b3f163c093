"""What decides about records and stands in other records: scopes of cases, roles of persons, goals."""

from collections import namedtuple
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select

from kimdesk.casework.custody import standings
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.consent import KREIS
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.kinds import kind_of, type_of
from kimdesk.domain.law.claims import full_age_on
from kimdesk.domain.records import Case, Consent, Goal, Member, Person, Record
from kimdesk.domain.terms import Role
from kimdesk.store.dialect import as_json, listed
from kimdesk.store.mapping import shape
from kimdesk.store.sql import Row, Statement
from kimdesk.store.tables import RECORD_TABLES
from kimdesk.store.work import Reader
from kimdesk.sync.leaving.protection import shielded_cases
from kimdesk.sync.leaving.scope import ALONE, CasePeople, Scope, scope_of

_BATCH = 500
_CASE, _MEMBER = RECORD_TABLES[Case].c, RECORD_TABLES[Member].c
_CONSENT, _PERSON, _GOAL = RECORD_TABLES[Consent].c, RECORD_TABLES[Person].c, RECORD_TABLES[Goal].c


_IDS = listed("ids")
_AGS = Statement(select(_CASE.id, _CASE.ags).where(_CASE.id.in_(_IDS)), "ids")
_CONSENTS = Statement(
    select(*(_CONSENT[name] for name in shape(Consent).names)).where(
        _CONSENT.case_id.in_(_IDS), _CONSENT.recipient == KREIS
    ),
    "ids",
)
_PEOPLE = Statement(
    select(_MEMBER.case_id, _MEMBER.person_id, _MEMBER.role, _PERSON.birth_date)
    .join(RECORD_TABLES[Person], _PERSON.id == _MEMBER.person_id)
    .where(_MEMBER.case_id.in_(_IDS), _MEMBER.role.in_(listed("roles"))),
    "ids",
    "roles",
)
_MEMBERSHIPS = Statement(
    select(_MEMBER.person_id, _MEMBER.case_id, _MEMBER.role).where(_MEMBER.person_id.in_(_IDS)), "ids"
)
_DOMAINS = Statement(select(_GOAL.id, _GOAL.life_domain).where(_GOAL.id.in_(_IDS)), "ids")


def batches(values: Iterable[str], size: int = _BATCH) -> Iterator[list[str]]:
    """Yield ``values`` in lists a statement can take."""
    rest = iter(values)
    while batch := list(islice(rest, size)):
        yield batch


def fetch_rows(connection: Connection, record_type: type[Record], ids: Collection[str]) -> dict[str, Any]:
    """Return the rows of records as they are stored, named tuples of their columns, by identity."""
    known = shape(record_type)
    rows = known.by_ids.rows(connection, as_json(ids))
    return {each.id: each for each in map(row_type(kind_of(record_type))._make, rows)}


@cache
def row_type(kind: str) -> Any:
    """Return the named tuple for rows of a kind as they are stored."""
    return namedtuple(kind, shape(type_of(kind)).names)


@dataclass(slots=True)
class Caseload:
    """Looks up scopes once per case; ``municipalities`` None: not enrolled yet, none is foreign."""

    connection: Connection
    day: date
    municipalities: frozenset[str] | None = None
    _scopes: dict[str, Scope] = field(default_factory=dict)
    _kept: dict[Scope, Scope] = field(default_factory=dict)
    _shielded: frozenset[str] | None = None

    def look(self, case_ids: Iterable[str]) -> None:
        """Find the scopes of cases in few statements, so that ``scope`` needs none."""
        wanted = {case_id for case_id in case_ids if case_id and case_id not in self._scopes}
        for batch in batches(sorted(wanted)):
            self._look(batch)

    def scope(self, case_id: str) -> Scope:
        """Return what may leave of a case on the day; nothing of one that is not there."""
        if case_id not in self._scopes:
            self._look([case_id])
        return self._scopes[case_id]

    def is_foreign(self, ags: str) -> bool:
        """Return whether this desk may not tell of a municipality."""
        return bool(ags) and self.municipalities is not None and ags not in self.municipalities

    @property
    def shielded(self) -> frozenset[str]:
        """Return the cases of which nothing may tell a place."""
        if self._shielded is None:
            self._shielded = shielded_cases(self.connection)
        return self._shielded

    def memberships(self, person_ids: Collection[str]) -> dict[str, list[tuple[str, Role]]]:
        """Return the cases of persons and their role there; their scopes are looked up as well."""
        found: dict[str, list[tuple[str, Role]]] = {}
        for person_id, case_id, role in self._rows(_MEMBERSHIPS, person_ids):
            found.setdefault(person_id, []).append((case_id, Role(role)))
        self.look(case_id for places in found.values() for case_id, _ in places)
        return found

    def life_domains(self, goal_ids: Collection[str]) -> Mapping[str, str]:
        """Return the life domain of goals by identity."""
        return {row[0]: row[1] for row in self._rows(_DOMAINS, goal_ids)}

    def _look(self, case_ids: list[str]) -> None:
        municipality = {row[0]: row[1] for row in self._rows(_AGS, case_ids)}
        households = self._households(case_ids)
        consents: dict[str, list[Consent]] = {}
        for each in map(shape(Consent).decode, self._rows(_CONSENTS, case_ids)):
            consents.setdefault(each.case_id, []).append(each)
        elsewhere = self._elsewhere(case_ids)
        for case_id in case_ids:
            found = scope_of(
                consents.get(case_id, ()),
                self.day,
                household=households.get(case_id, ALONE),
                shielded=case_id in self.shielded,
                stays="elsewhere" if case_id in elsewhere else self._stays(municipality.get(case_id, "")),
            )
            self._scopes[case_id] = self._kept.setdefault(found, found)

    def _elsewhere(self, case_ids: Collection[str]) -> set[str]:
        """Return the cases of which another desk tells the Kreis: handed over, or covered here."""
        found = standings(Reader(self.connection), case_ids, self.day)
        return {case_id for case_id, each in found.items() if not each.reports}

    def _stays(self, ags: str) -> str:
        if not ags:
            return "no_municipality"
        return "foreign" if self.is_foreign(ags) else ""

    def _households(self, case_ids: list[str]) -> dict[str, CasePeople]:
        clients: dict[str, set[str]] = {}
        children: dict[str, dict[str, date]] = {}
        roles = as_json((Role.CLIENT.value, Role.CHILD.value))
        for case_id, person_id, role, born in self._rows(_PEOPLE, case_ids, roles):
            if role == Role.CLIENT:
                clients.setdefault(case_id, set()).add(person_id)
            elif born:
                of_age = full_age_on(PartialDate.parse(born), SHIPPED.rules.agenda.spans)
                children.setdefault(case_id, {})[person_id] = of_age
        return {
            case_id: CasePeople(frozenset(clients.get(case_id, ())), children.get(case_id, {}))
            for case_id in clients.keys() | children.keys()
        }

    def _rows(self, statement: Statement, ids: Iterable[str], *more: str) -> Iterator[Row]:
        for batch in batches(ids):
            yield from statement.rows(self.connection, as_json(batch), *more)
