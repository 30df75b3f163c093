"""Everything that leaves since the last receipt: the one stream behind the preview and the export."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.consent import KREIS
from kimdesk.domain.kinds import type_of
from kimdesk.domain.records import Case, Consent, Finding, Goal, Measure, Member, Person, Record, Referral
from kimdesk.domain.terms import CaseStatus, SharingLevel
from kimdesk.store.changes import TrackedChange
from kimdesk.store.dialect import as_json, listed
from kimdesk.store.sql import Statement
from kimdesk.store.tables import change
from kimdesk.sync import rescope
from kimdesk.sync.caseload import Caseload, fetch
from kimdesk.sync.policy import level_name, policy
from kimdesk.sync.projection import PLAIN, Circumstances, FieldStep, Part, leaving, parts, plan, row_of
from kimdesk.sync.scope import Scope, pseudonyms
from kimdesk.sync.tables import sync_sent
from kimdesk.sync.treatment import Tools

LIMIT: Final = 150_000
"""Changes of one bundle at most, well below the records a reader takes; the rest goes after the receipt."""
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


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One record under one scope: what of it leaves, if it does.

    ``cases``: through which cases. ``steps``: what puts something of it into the bundle.
    """

    kind: str
    record: Record
    scope: Scope
    about: Circumstances
    cases: tuple[str, ...]
    tools: Tools
    steps: tuple[FieldStep, ...]

    @property
    def leaves(self) -> bool:
        """Return whether anything of the record leaves."""
        return bool(self.steps)

    @property
    def level(self) -> str:
        """Return the level it leaves at, as the bundle calls it."""
        return level_name(self.scope.level, shielded=self.scope.terms.shielded)

    @property
    def rule(self) -> str:
        """Return what tells apart two ways in which the same record leaves."""
        return f"{self.scope.terms.key}|{self.scope.purpose}|{self.about.key}"

    @property
    def why(self) -> str:
        """Return why it leaves or stays, as far as that is not the matter of single fields."""
        own = self.about.own
        return own.why if own and not self.leaves else self.scope.terms.why

    def parts(self) -> Iterator[Part]:
        """Yield what happens to each field."""
        steps = plan(self.kind, self.scope.terms, self.about)
        return parts(steps, self.record, self.scope.terms, self.tools)

    def row(self) -> dict[str, Any]:
        """Return the members that leave."""
        return row_of(parts(self.steps, self.record, self.scope.terms, self.tools))


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
        self.total = self.connection.execute(select(func.count()).where(span)).scalar() or 0
        return last

    def batches(self, *, staying: bool = True) -> Iterator[Batch]:
        """Yield what leaves, in the order of the changes.

        Without ``staying``, records of cases nothing leaves of are not even read, unless the Kreis holds
        them and has to erase them now.
        """
        done = self.received
        while rows := _CHANGES.rows(self.connection, done, self.to_change):
            found = [TrackedChange._make(row) for row in rows]
            done = found[-1].seq
            yield self._batch(found, staying=staying)

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

    def _batch(self, changes: Sequence[TrackedChange], *, staying: bool) -> Batch:
        self.caseload.look(each.case_id for each in changes)
        sent = self._sent([each.record_id for each in changes])
        held = {each.record_id for each in sent.values()}
        by_kind: dict[str, list[str]] = {}
        for each in changes:
            if staying or each.record_id in held or self._may_leave(each):
                by_kind.setdefault(each.kind, []).append(each.record_id)
        outgoing = [one for kind, ids in by_kind.items() for one in self._of_kind(kind, ids)]
        kept = {self._sent_id(one) for one in outgoing if one.leaves} if sent else set()
        return Batch(len(changes), outgoing, sent, list(_erasures(sent, kept, outgoing)))

    def _may_leave(self, each: TrackedChange) -> bool:
        """Return whether more than the figures leaves of the case; a person may belong to several cases."""
        return not each.case_id or self.caseload.scope(each.case_id).level is not SharingLevel.STATISTICS

    def _sent(self, record_ids: Sequence[str]) -> dict[str, Sent]:
        rows = _SENT.rows(self.connection, as_json(record_ids))
        return {each.sent_id: each for each in map(Sent._make, rows)}

    def _sent_id(self, each: Outgoing) -> str:
        if each.scope.level is SharingLevel.PSEUDONYMISED:
            return each.tools.pseudonym(each.record.id)
        return each.record.id

    def _of_kind(self, kind: str, ids: Sequence[str]) -> Iterator[Outgoing]:
        record_type = type_of(kind)
        if record_type is Person:
            yield from self._persons(fetch(self.connection, Person, ids))
            return
        records = fetch(self.connection, record_type, ids)
        domains = self._domains(records)
        for record in records.values():
            case_id = record.id if isinstance(record, Case) else record.case_id  # type: ignore[attr-defined]
            scope = self.caseload.scope(case_id)
            about = self._about(record, case_id, domains)
            yield self._outgoing(kind, record, scope, about, (case_id,))

    def _outgoing(
        self, kind: str, record: Record, scope: Scope, about: Circumstances, cases: tuple[str, ...]
    ) -> Outgoing:
        steps = leaving(kind, scope.terms, about)
        return Outgoing(kind, record, scope, about, cases, self._tools_for(scope), steps)

    def _domains(self, records: dict[str, Any]) -> dict[str, str]:
        measures = [each.goal_id for each in records.values() if isinstance(each, Measure) and each.goal_id]
        return dict(self.caseload.life_domains(measures))

    def _about(self, record: Record, case_id: str, domains: dict[str, str]) -> Circumstances:
        special = policy().special
        category, stays = None, ""
        if isinstance(record, Goal):
            category = special["life_domain"].get(record.life_domain)
        elif isinstance(record, Measure):
            category = special["life_domain"].get(domains.get(record.goal_id, ""))
        elif isinstance(record, Referral):
            category = special["service"].get(record.service)
        elif isinstance(record, Consent):
            stays = "" if record.recipient == KREIS else "unneeded"
        elif isinstance(record, Finding):
            stays = "foreign" if self.caseload.is_foreign(record.ags) else ""
        return replace(self._of_person(case_id, _subject(record)), category=category, stays=stays)

    def _of_person(self, case_id: str, person_id: str) -> Circumstances:
        """Return what decides about something in a case that is about a person, "" for its client."""
        scope = self.caseload.scope(case_id)
        if not person_id or person_id in scope.clients:
            return PLAIN
        return Circumstances(household=True, own=scope.say_of(person_id))

    def _persons(self, persons: dict[str, Person]) -> Iterator[Outgoing]:
        """Yield each person once per way they leave: with their name, or under one pseudonym per purpose."""
        for person_id, places in self.caseload.memberships(list(persons)).items():
            ways: dict[tuple[SharingLevel, str], list[str]] = {}
            for case_id, _ in places:
                scope = self.caseload.scope(case_id)
                purpose = scope.purpose if scope.level is SharingLevel.PSEUDONYMISED else ""
                ways.setdefault((scope.level, purpose), []).append(case_id)
            yield from (self._person(persons[person_id], found) for found in ways.values())

    def _person(self, person: Person, case_ids: Sequence[str]) -> Outgoing:
        """Return how a person leaves through cases of one level: as client before household member."""
        ways = [(self._person_through(person, case_id), case_id) for case_id in dict.fromkeys(case_ids)]
        best, case_id = max(ways, key=lambda way: (way[0].leaves, not way[0].about.household))
        return replace(best, cases=(case_id, *(each for _, each in ways if each != case_id)))

    def _person_through(self, person: Person, case_id: str) -> Outgoing:
        scope, about = self.caseload.scope(case_id), self._of_person(case_id, person.id)
        return self._outgoing("person", person, scope, about, (case_id,))

    def _tools_for(self, scope: Scope) -> Tools:
        if scope.purpose not in self._tools:
            pseudonym = pseudonyms(self.derive_key, scope.purpose)
            self._tools[scope.purpose] = Tools(
                self.catalogue, self.caseload.day, policy().age_band, pseudonym
            )
        return self._tools[scope.purpose]


def _subject(record: Record) -> str:
    """Return the person a record is about, "" for the client of its case."""
    named: str = getattr(record, "for_person" if isinstance(record, Measure) else "person_id", "")
    return named


def _erasures(
    sent: Mapping[str, Sent], kept: Collection[str], outgoing: Iterable[Outgoing]
) -> Iterator[Erasure]:
    gone = [row for sent_id, row in sent.items() if sent_id not in kept]
    whys: dict[str, set[str]] = {row.record_id: set() for row in gone}
    for each in outgoing:
        if each.record.id in whys:
            whys[each.record.id].add(each.why)
    for row in gone:
        found = whys[row.record_id]
        reason = next((why for why in _NOTICES if why in found), "scope" if found else "deleted")
        yield Erasure(row.kind, row.sent_id, row.case_id, reason)


def sent_row(each: Outgoing, row: dict[str, Any], before: Sent | None, seq: int) -> Sent:
    """Return what is kept of a record that goes out with bundle ``seq``; ``before``: what was kept so far."""
    rule = f"{each.rule}|{row.get('age_band', '')}"
    same = before is not None and before.gone is None and before.rule == rule
    active = 1 if isinstance(each.record, Case) and each.record.status is CaseStatus.ACTIVE else None
    return Sent(
        sent_id=row["id"],
        record_id=each.record.id,
        kind=each.kind,
        case_id=each.cases[0],
        subject=each.record.person_id if isinstance(each.record, Member) else "",
        rule=rule,
        scope=before.scope if same and before is not None else seq,
        active=active,
        gone=None,
    )
