"""When what may leave of a case becomes another: its records go out anew, or are erased at the Kreis.

Nothing here decides what leaves. Records that leave differently from now on get a new change number, so
the next bundle, and every one until its receipt, looks at them again. That number is beyond every bundle
written so far: the receipt of one that went out under the former scope must not confirm the new one.
"""

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import Connection, Select, case, delete, exists, func, insert, or_, select, update

from kimdesk.domain.records import Finding, Goal, Measure, Member
from kimdesk.domain.terms import SharingLevel
from kimdesk.store import changes
from kimdesk.store.dialect import insert_for
from kimdesk.store.tables import RECORD_TABLES, case_row, change
from kimdesk.store.work import Reader
from kimdesk.sync.leaving.caseload import Caseload, batches
from kimdesk.sync.leaving.policy import policy
from kimdesk.sync.leaving.protection import note_addresses
from kimdesk.sync.tables import sync_case, sync_out, sync_sent

_MEMBER, _GOAL, _MEASURE, _FINDING = (RECORD_TABLES[each].c for each in (Member, Goal, Measure, Finding))
_DECIDING = ("case", "consent", "member")
_NOTHING = SharingLevel.STATISTICS.value


def head(connection: Connection) -> int:
    """Return the number of the last change, 0 when there was none."""
    return changes.head(Reader(connection))


def carried(connection: Connection, epoch: int) -> int:
    """Return the last change that some bundle of ``epoch`` carried, wherever that is; 0 without any."""
    last = select(func.max(sync_out.c.to_change)).where(sync_out.c.epoch == epoch)
    return connection.execute(last).scalar() or 0


def is_due(connection: Connection, day: date) -> bool:
    """Return whether the calendar has changed the scope of a case that nobody has looked at since."""
    due = select(sync_case.c.case_id).where(sync_case.c.changes_on <= day.isoformat()).limit(1)
    return connection.execute(due).first() is not None


def renew(connection: Connection, caseload: Caseload, looked: int, carried: int) -> None:
    """Compare the scopes of cases that may have changed since the change ``looked``, or by the calendar.

    ``carried`` is the last change that a bundle has carried; later ones go out with the next one anyway.
    """
    note_addresses(connection, looked)
    touched = _touched(connection, looked, caseload)
    caseload.look(touched)
    known = _known(connection, touched)
    others = [case_id for case_id in touched if caseload.scope(case_id).key != known.get(case_id, _NOTHING)]
    for batch in batches(others):
        _renumber(connection, select(change.c.record_id).where(change.c.case_id.in_(batch)), carried)
        _renumber(connection, _persons(batch), carried)
    _renumber(connection, _moved_persons(looked), carried)
    _renumber(connection, _measures_of_changed_goals(looked), carried)
    if not looked:  # also when the municipalities of the desk are others
        _renumber(connection, select(_FINDING.id).where(_FINDING.ags != ""), carried)
    _mark_unsent(connection, others)
    other = set(others)
    worth = [each for each in touched if each in known or each in other or caseload.scope(each).changes_on]
    _remember(connection, caseload, [(each, each in other) for each in worth])


def expire_pseudonyms(connection: Connection, caseload: Caseload) -> None:
    """Let cases under pseudonyms be looked at anew today, because the vault makes others from now on."""
    under = sync_case.c.scope.startswith(f"{SharingLevel.PSEUDONYMISED.value}|")
    values = {"scope": "", "changes_on": caseload.day.isoformat()}
    connection.execute(update(sync_case).where(under).values(values))


def _touched(connection: Connection, looked: int, caseload: Caseload) -> list[str]:
    newer = change.c.seq > looked
    by_case = select(change.c.case_id).where(newer, change.c.kind.in_(_DECIDING)).distinct()
    persons = select(change.c.record_id).where(newer, change.c.kind == "person")
    by_person = select(_MEMBER.case_id).where(_MEMBER.person_id.in_(persons)).distinct()
    by_day = select(sync_case.c.case_id).where(sync_case.c.changes_on <= caseload.day.isoformat())
    each_way = (by_case, by_person, by_day)  # a union of them would go through every case
    named = {row[0] for wanted in each_way for row in connection.execute(wanted)} - {""}
    return sorted(named | (_shielded_before(connection) ^ caseload.shielded))


def _shielded_before(connection: Connection) -> set[str]:
    found = select(sync_case.c.case_id).where(sync_case.c.shielded == 1)
    return {row[0] for row in connection.execute(found)}


def _known(connection: Connection, case_ids: Iterable[str]) -> dict[str, str]:
    """Return the scope each case had; a case that never had another than "statistics" is not in there."""
    known: dict[str, str] = {}
    for batch in batches(case_ids):
        found = select(sync_case.c.case_id, sync_case.c.scope).where(sync_case.c.case_id.in_(batch))
        known |= {row[0]: row[1] for row in connection.execute(found)}
    return known


def _persons(case_ids: Collection[str]) -> Select[tuple[str]]:
    return select(_MEMBER.person_id).where(_MEMBER.case_id.in_(case_ids))


def _moved_persons(looked: int) -> Select[tuple[str]]:
    """Select the persons who came into a case or left it."""
    moved = select(change.c.record_id).where(change.c.seq > looked, change.c.kind == "member")
    now_there = select(_MEMBER.person_id).where(_MEMBER.id.in_(moved))
    return now_there.union(  # type: ignore[return-value]
        select(sync_sent.c.subject).where(sync_sent.c.record_id.in_(moved), sync_sent.c.kind == "member")
    )


def _measures_of_changed_goals(looked: int) -> Select[tuple[str]]:
    """Select measures that follow their goal into or out of a special category."""
    sensitive = list(policy().special["life_domain"])
    sent = exists().where(sync_sent.c.record_id == _MEASURE.id, sync_sent.c.gone.is_(None))
    newer = (change.c.seq > looked, change.c.kind == "goal")
    return (
        select(_MEASURE.id)
        .join(RECORD_TABLES[Goal], _GOAL.id == _MEASURE.goal_id)
        .where(_MEASURE.case_id.in_(select(change.c.case_id).where(*newer)))
        .where(_GOAL.id.in_(select(change.c.record_id).where(*newer)))
        .where(or_(_GOAL.life_domain.in_(sensitive), ~sent))
    )


def _renumber(connection: Connection, record_ids: Select[tuple[str]], carried: int) -> None:
    """Give those of the records that some bundle has carried a new change number."""
    if not carried:
        return
    old = change.c
    again = select(old.kind, old.record_id, old.case_id, old.op).where(
        old.record_id.in_(record_ids), old.seq <= carried
    )
    connection.execute(
        insert(change).from_select(["kind", "record_id", "case_id", "op"], again.order_by(old.seq))
    )


def _remember(connection: Connection, caseload: Caseload, looked: Iterable[tuple[str, bool]]) -> None:
    """Keep the scopes of cases; ``looked`` says of each whether it has become another."""
    last = head(connection)
    rows = [_row(caseload, case_id, last if other else 0) for case_id, other in looked]
    if not rows:
        return
    statement = insert_for(connection.dialect)(sync_case)
    new = statement.excluded
    latest = case((new.renewed > sync_case.c.renewed, new.renewed), else_=sync_case.c.renewed)
    values = {"scope": new.scope, "changes_on": new.changes_on, "renewed": latest, "shielded": new.shielded}
    connection.execute(statement.on_conflict_do_update(index_elements=["case_id"], set_=values), rows)


def _row(caseload: Caseload, case_id: str, renewed: int) -> dict[str, object]:
    scope = caseload.scope(case_id)
    return {
        "case_id": case_id,
        "scope": scope.key,
        "changes_on": scope.changes_on.isoformat() if scope.changes_on else None,
        "renewed": renewed,
        "shielded": int(case_id in caseload.shielded),
    }


def _mark_unsent(connection: Connection, case_ids: Iterable[str]) -> None:
    last = head(connection)
    for batch in batches(case_ids):
        connection.execute(update(case_row).where(case_row.c.case_id.in_(batch)).values(changed=last))


def bound_to_travel(connection: Connection, received: int) -> set[str]:
    """Return the cases that cannot wait: another scope holds for them, and the Kreis does not know yet."""
    waiting = select(sync_case.c.case_id).where(sync_case.c.renewed > received)
    sent = select(sync_sent.c.case_id).where(sync_sent.c.case_id.in_(waiting))
    return {row[0] for row in connection.execute(sent.distinct())}


def send_again(connection: Connection, record_ids: Collection[str]) -> None:
    """Let records go out with the next bundle, whatever of them the Kreis has."""
    for batch in batches(record_ids):
        _renumber(
            connection, select(change.c.record_id).where(change.c.record_id.in_(batch)), head(connection)
        )


def send_case_again(connection: Connection, case_id: str) -> None:
    """Let all of a case go out with the next bundle, as to a Kreis that has nothing of it."""
    last = head(connection)
    _renumber(connection, select(change.c.record_id).where(change.c.case_id == case_id), last)
    _renumber(connection, _persons([case_id]), last)
    _mark_unsent(connection, [case_id])


def postpone(
    connection: Connection, case_ids: Collection[str], received: int, persons: Collection[str]
) -> None:
    """Move the changes of cases and persons that wait for a later bundle behind those that go now.

    Cases with another scope are not for waiting: a withdrawal always travels (see ``bound_to_travel``).
    """
    for batch in batches(case_ids):
        _move(connection, change.c.case_id.in_(batch), received)
    for batch in batches(persons):
        _move(connection, change.c.record_id.in_(batch), received)
    _mark_unsent(connection, case_ids)


def _move(connection: Connection, which: object, received: int) -> None:
    old = change.c
    wanted = select(old.kind, old.record_id, old.case_id, old.op).where(which, old.seq > received)  # type: ignore[arg-type]
    connection.execute(
        insert(change).from_select(["kind", "record_id", "case_id", "op"], wanted.order_by(old.seq))
    )


def forget_erased(connection: Connection, received: int) -> None:
    """Forget what the Kreis has confirmed to have erased."""
    connection.execute(delete(sync_sent).where(sync_sent.c.gone <= received))
