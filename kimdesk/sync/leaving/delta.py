"""Everything that leaves since the last receipt: the one stream behind the preview and the export."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, func, select

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.consent import KREIS
from kimdesk.domain.kinds import KINDS, type_of
from kimdesk.domain.records import Record
from kimdesk.domain.terms import CaseStatus, SharingLevel
from kimdesk.store.dialect import as_json, listed
from kimdesk.store.mapping import shape
from kimdesk.store.sql import Row, Statement
from kimdesk.store.tables import change
from kimdesk.sync.leaving import rescope
from kimdesk.sync.leaving.caseload import Caseload, fetch_rows
from kimdesk.sync.leaving.policy import policy
from kimdesk.sync.leaving.projection import PLAIN, Circumstances, Part, leaving
from kimdesk.sync.leaving.scope import Scope, Terms, pseudonyms
from kimdesk.sync.leaving.treatment import Tools
from kimdesk.sync.tables import sync_sent
from kimdesk.sync.ways import LeavingWay

LIMIT: Final = 150_000
"""Changes of one bundle at most, well below the records a reader takes; the rest goes after the receipt."""
Ways = dict[tuple[str, "AboutRow"], LeavingWay]
_BATCH: Final = 1000
_NOTICES: Final = ("withdrawn", "expired")
_CHANGES: Final = Statement(
    select(change)
    .where(change.c.seq > bindparam("after"), change.c.seq <= bindparam("last"))
    .order_by(change.c.seq)
    .limit(_BATCH),
    "after",
    "last",
)
_SENT: Final = Statement(select(sync_sent).where(sync_sent.c.record_id.in_(listed("ids"))), "ids")


class AboutRow(NamedTuple):
    """``Circumstances`` as a key."""

    household: bool = False
    category: str | None = None
    stays: str = ""
    own: Terms | None = None


_ALL_KINDS: Final = frozenset(KINDS)
_CLIENT: Final = AboutRow()


class Sent(NamedTuple):
    """What the Kreis holds of one record; the columns of ``sync_sent``."""

    sent_id: str
    record_id: str
    kind: str
    case_id: str
    subject: str
    rule: str
    scope: int
    active: int | None
    gone: int | None


@dataclass(slots=True)
class Outgoing:
    """One record under one scope: how it leaves, if it does; ``cases``: through which cases.

    ``stored`` is its row, a named tuple of what its columns hold.
    """

    kind: str
    stored: Any
    way: LeavingWay
    scope: Scope
    cases: tuple[str, ...]

    @property
    def leaves(self) -> bool:
        """Return whether anything of the record leaves."""
        return self.way.leaves

    @property
    def record(self) -> Record:
        """Return the record itself."""
        return shape(type_of(self.kind)).decode(self.stored)

    def parts(self) -> Iterator[Part]:
        """Yield what happens to each field."""
        return self.way.parts(self.record)

    @property
    def level(self) -> str:
        """Return the level it leaves at, as the bundle calls it."""
        return self.way.level

    def row(self) -> dict[str, Any]:
        """Return the members that leave, as whoever reads the bundle finds them."""
        found: dict[str, Any] = msgspec.json.decode(self.way.encoded(self.way.row(self.stored)))
        return found


@dataclass(frozen=True, slots=True)
class Erasure:
    """What the Kreis is told to erase, and why: a code of ``erase_reason`` in the policy."""

    kind: str
    sent_id: str
    case_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Some changes: what they bring out, what the Kreis holds of their records, what it has to erase."""

    changes: int
    outgoing: Sequence[Outgoing]
    sent: dict[str, Sent]
    erased: Sequence[Erasure]


@dataclass(slots=True)
class Delta:
    """The changes ``from_change`` to ``to_change``, once ``prepare`` has settled them in a transaction."""

    connection: Connection
    catalogue: Catalogue
    caseload: Caseload
    derive_key: Callable[[str], bytes]
    from_change: int
    to_change: int = 0
    total: int = 0
    _tools: dict[str, Tools] = field(default_factory=dict)
    _alike: dict[tuple[Terms, str], Ways] = field(default_factory=dict)
    _by_case: dict[str, Ways] = field(default_factory=dict)
    _open: dict[str, frozenset[str]] = field(default_factory=dict)
    _open_under: dict[Terms, frozenset[str]] = field(default_factory=dict)
    _any_sent: bool = True

    @property
    def received(self) -> int:
        """Return the last change the Kreis has confirmed."""
        return self.from_change - 1

    def prepare(self, case_ids: Collection[str] | None) -> int:
        """Settle which changes go: all, or those of the cases chosen.

        Return the change up to which scopes were compared.
        """
        last = rescope.head(self.connection)
        self.to_change = self._capped(last)
        if case_ids is not None:
            self._postpone(set(case_ids))
            last = rescope.head(self.connection)
        span = change.c.seq.between(self.from_change, self.to_change)
        self._any_sent = self.connection.execute(select(sync_sent.c.sent_id).limit(1)).first() is not None
        self.total = self.connection.execute(select(func.count()).where(span)).scalar() or 0
        return last

    def batches(self, *, staying: bool = True) -> Iterator[Batch]:
        """Yield what leaves, in the order of the changes.

        Without ``staying``, records of cases nothing leaves of are not even read, unless the Kreis holds
        them and has to erase them now.
        """
        done = self.received
        while rows := _CHANGES.rows(self.connection, done, self.to_change):
            done = rows[-1][0]
            yield self._batch(rows, staying=staying)

    def _capped(self, last: int) -> int:
        beyond = select(change.c.seq).where(change.c.seq > self.received).order_by(change.c.seq)
        found = self.connection.execute(beyond.offset(LIMIT - 1).limit(1)).scalar()
        return last if found is None else found

    def _postpone(self, chosen: set[str]) -> None:
        newer = change.c.seq.between(self.from_change, self.to_change)
        changed = select(change.c.case_id).where(newer, change.c.case_id != "").distinct()
        now = chosen | rescope.bound_to_travel(self.connection, self.received)
        later = {row[0] for row in self.connection.execute(changed)} - now
        people = select(change.c.record_id).where(newer, change.c.kind == "person")
        places = self.caseload.memberships([row[0] for row in self.connection.execute(people)])
        persons = [who for who, cases in places.items() if not any(case_id in now for case_id, _ in cases)]
        rescope.postpone(self.connection, later, self.received, persons)

    def _batch(self, changes: Sequence[Row], *, staying: bool) -> Batch:
        """Return what ``changes`` bring out: rows of ``TrackedChange``."""
        case_ids = {case_id for _, _, _, case_id, _ in changes if case_id}
        self.caseload.look(case_ids)
        sent = self._sent([record_id for _, _, record_id, _, _ in changes])
        wanted = {each.record_id for each in sent.values()}
        may_leave = {case_id: self._may_leave(case_id) for case_id in case_ids} | {"": _ALL_KINDS}
        by_kind: dict[str, list[str]] = {}
        for _, kind, record_id, case_id, _ in changes:
            if staying or kind in may_leave[case_id] or record_id in wanted:
                by_kind.setdefault(kind, []).append(record_id)
        outgoing = [one for kind, ids in by_kind.items() for one in self.of_kind(kind, ids)]
        kept = {self._sent_id(one) for one in outgoing if one.leaves} if sent else set()
        return Batch(len(changes), outgoing, sent, list(_erasures(sent, kept, outgoing)))

    def _may_leave(self, case_id: str) -> frozenset[str]:
        """Return the kinds of which records may leave a case at all; persons may belong to several cases.

        What does not leave when it is about the client, and of no special category, never does.
        """
        found = self._open.get(case_id)
        if found is None:
            terms = self.caseload.scope(case_id).terms
            if terms not in self._open_under:
                self._open_under[terms] = frozenset(each for each in KINDS if leaving(each, terms, PLAIN))
            found = self._open[case_id] = self._open_under[terms]
        return found

    def _sent(self, record_ids: Sequence[str]) -> dict[str, Sent]:
        if not self._any_sent:
            return {}
        rows = _SENT.rows(self.connection, as_json(record_ids))
        return {each.sent_id: each for each in map(Sent._make, rows)}

    def _sent_id(self, each: Outgoing) -> str:
        if each.scope.level is SharingLevel.PSEUDONYMISED:
            return each.way.tools.pseudonym(each.stored.id)
        return str(each.stored.id)

    def of_kind(self, kind: str, ids: Sequence[str]) -> Iterator[Outgoing]:
        """Yield records of a kind, as they leave or stay."""
        rows = fetch_rows(self.connection, type_of(kind), ids)
        if kind == "person":
            yield from self._persons(rows)
            return
        categories = self._categories(kind, rows.values())
        subject = _subjects(kind)
        for row in rows.values():
            case_id = row.id if kind == "case" else row.case_id
            scope = self.caseload.scope(case_id)
            about = _of_person(scope, subject(row), self._stays(kind, row))
            if category := categories(row):
                about = about._replace(category=category)
            yield Outgoing(kind, row, self._way(kind, scope, case_id, about), scope, (case_id,))

    def _way(self, kind: str, scope: Scope, case_id: str, about: AboutRow) -> LeavingWay:
        """Return how records of a kind leave; the same for all that leave alike."""
        ways = self._by_case.get(case_id)
        if ways is None:
            ways = self._by_case[case_id] = self._alike.setdefault((scope.terms, scope.purpose), {})
        found = ways.get((kind, about))
        if found is None:
            tools = self._tools_for(scope)
            found = ways[kind, about] = LeavingWay(
                kind, scope.terms, Circumstances(*about), tools, scope.purpose
            )
        return found

    def _categories(self, kind: str, rows: Iterable[Any]) -> Callable[[Any], str | None]:
        """Return what tells of a row of a kind the special category it belongs to."""
        domain, service = (policy().special[name] for name in ("life_domain", "service"))
        if kind == "goal":
            return lambda row: domain.get(row.life_domain)
        if kind == "measure":
            goals = self.caseload.life_domains([row.goal_id for row in rows if row.goal_id])
            return lambda row: domain.get(goals.get(row.goal_id, ""))
        if kind == "referral":
            return lambda row: service.get(row.service)
        return lambda _: None

    def _stays(self, kind: str, row: Any) -> str:
        """Return why a record stays, whatever was agreed to; "" when nothing speaks against it."""
        if kind == "consent" and row.recipient != KREIS:
            return "unneeded"
        return "foreign" if kind == "finding" and self.caseload.is_foreign(row.ags) else ""

    def _persons(self, persons: Mapping[str, Any]) -> Iterator[Outgoing]:
        """Yield each person once per way they leave: with their name, or under one pseudonym per purpose."""
        for person_id, places in self.caseload.memberships(list(persons)).items():
            ways: dict[tuple[SharingLevel, str], list[str]] = {}
            for case_id, _ in places:
                scope = self.caseload.scope(case_id)
                purpose = scope.purpose if scope.level is SharingLevel.PSEUDONYMISED else ""
                ways.setdefault((scope.level, purpose), []).append(case_id)
            yield from (self._person(persons[person_id], found) for found in ways.values())

    def _person(self, person: Any, case_ids: Sequence[str]) -> Outgoing:
        """Return how a person leaves through cases of one level: as client before household member."""
        ways = [self._person_through(person, case_id) for case_id in dict.fromkeys(case_ids)]
        best = max(ways, key=lambda way: (way.leaves, not way.way.about.household))
        best.cases += tuple(case_id for each in ways if each is not best for case_id in each.cases)
        return best

    def _person_through(self, person: Any, case_id: str) -> Outgoing:
        scope = self.caseload.scope(case_id)
        way = self._way("person", scope, case_id, _of_person(scope, person.id))
        return Outgoing("person", person, way, scope, (case_id,))

    def _tools_for(self, scope: Scope) -> Tools:
        if scope.purpose not in self._tools:
            pseudonym = pseudonyms(self.derive_key, scope.purpose)
            self._tools[scope.purpose] = Tools(
                self.catalogue, self.caseload.day, policy().age_band, pseudonym
            )
        return self._tools[scope.purpose]


def _subjects(kind: str) -> Callable[[Any], str]:
    """Return what tells the person a record of a kind is about, "" for the client of its case."""
    name = "for_person" if kind == "measure" else "person_id"
    return attrgetter(name) if name in shape(type_of(kind)).names else lambda _: ""


def _of_person(scope: Scope, person_id: str, stays: str = "") -> AboutRow:
    """Return what decides about something in a case that is about a person, "" for its client."""
    if not person_id or person_id in scope.clients:
        return AboutRow(stays=stays) if stays else _CLIENT
    return AboutRow(household=True, stays=stays, own=scope.say_of(person_id))


def _erasures(
    sent: Mapping[str, Sent], kept: Collection[str], outgoing: Iterable[Outgoing]
) -> Iterator[Erasure]:
    gone = [row for sent_id, row in sent.items() if sent_id not in kept]
    if not gone:
        return
    whys: dict[str, set[str]] = {row.record_id: set() for row in gone}
    for each in outgoing:
        if each.stored.id in whys:
            whys[each.stored.id].add(each.way.why)
    for row in gone:
        found = whys[row.record_id]
        reason = next((why for why in _NOTICES if why in found), "scope" if found else "deleted")
        yield Erasure(row.kind, row.sent_id, row.case_id, reason)


def sent_row(each: Outgoing, row: Any, before: Sent | None, seq: int) -> Sent:
    """Return what is kept of a record that goes out with bundle ``seq``; ``before``: what was kept so far."""
    kind, stored = each.kind, each.stored
    rule = _rule(
        each.way.rule, each.scope.since, getattr(row, "age_band", None) if kind == "person" else None
    )
    same = before is not None and before.gone is None and before.rule == rule
    scope = (before.scope if same and before is not None else 0) or seq
    subject = stored.person_id if kind == "member" else ""
    active = 1 if kind == "case" and stored.status == CaseStatus.ACTIVE else None
    return Sent(row.id, stored.id, kind, each.cases[0], subject, rule, scope, active, None)


@lru_cache(4096)
def _rule(way: str, since: date | None, age_band: str | None) -> str:
    """Return what tells apart the terms records were sent under; it is kept once for each of them."""
    said = f"{way}|{since or ''}|{age_band or ''}"
    return hashlib.blake2b(said.encode(), digest_size=12).hexdigest()
