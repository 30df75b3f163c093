"""Cases that pass from desk to desk: whose rows they are from the signed acceptance on, whatever comes first.

A proof counts when both desks are enrolled, both signatures hold, and the desk that gives is the one that had
the case before, as far as anybody knows; a later turn waits for the earlier one. Rows that stand here go over
to the new desk as the oldest there can be, so that whatever it sends takes their place; what its own bundle
with the proof does not bring goes. What the former desk still sends of the case is no longer its to send.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from kimdesk.domain.errors import BundleError
from kimdesk.kreis.registry import OUT_OF_ORDER, RECORDS, desk_table, former_key, transfer
from kimdesk.kreis.taking.said import EraseLine
from kimdesk.kreis.taking.sheets import Incoming
from kimdesk.store.columns import moment_text
from kimdesk.sync.passing import statements
from kimdesk.sync.sealing.keys import PublicIdentity
from kimdesk.sync.sealing.manifest import Transfer

APPLIED, WAITING = "applied", "waiting"
HANDED: Final = -1
"""The epoch of rows that went over to another desk: older than any it can have."""
_CASE, _PERSON, _MEMBER = RECORDS["case"], RECORDS["person"], RECORDS["member"]


def take(connection: Connection, sender_id: str, proofs: Iterable[Transfer], moment: datetime) -> None:
    """Take proofs in that came with a bundle of ``sender_id``; what proves nothing is left aside.

    A proof that is known, or comes in another order, changes nothing.
    """
    for each in proofs:
        found = _read(connection, each, moment.date())
        if found and sender_id in (found["from_desk"], found["to_desk"]):
            _note(connection, {**found, "at": moment_text(moment)})
    _apply(connection)


def clear_rest(connection: Connection, sender_id: str, proofs: Sequence[Transfer]) -> int:
    """Remove what went over to ``sender_id`` and its bundle with the proof did not bring; return how much."""
    if not proofs:
        return 0
    names = [name for row in _applied(connection, transfer.c.to_desk == sender_id) for name in _held_as(row)]
    number = 0
    for kind, table in RECORDS.items():
        if kind != "person":
            number += _clear(connection, sender_id, table, _key(kind).in_(names))
    still = select(_MEMBER.c.person_id).where(_MEMBER.c.person_id.is_not(None))
    return number + _clear(connection, sender_id, _PERSON, _PERSON.c.id.not_in(still))


@dataclass(frozen=True, slots=True)
class PassedOn:
    """What a desk has passed on: the cases, by every name they had here, and the desks it dealt with."""

    cases: frozenset[str] = frozenset()
    desks: frozenset[str] = frozenset()
    sender: str = ""
    givers: frozenset[str] = frozenset()

    def without(
        self, connection: Connection, by_kind: Mapping[str, Mapping[str, Incoming]]
    ) -> dict[str, dict[str, Incoming]]:
        """Return the rows that are still the sender's to send; the others are left aside in silence."""
        if not self.desks:
            return {kind: dict(found) for kind, found in by_kind.items()}
        self._hand(connection, by_kind.get("person", ()))
        left: dict[str, dict[str, Incoming]] = {}
        for kind, found in by_kind.items():
            theirs = self._theirs(connection, kind, list(found))
            left[kind] = {
                key: each for key, each in found.items() if key not in theirs and each.case not in self.cases
            }
        return left

    def _hand(self, connection: Connection, ids: Iterable[str]) -> None:
        """Let persons go over who stood with who gave a case, and of whom no member told in which case.

        Who may be told of alone came without the member, so that ``_move`` did not find them.
        """
        member = select(_MEMBER.c.person_id).where(
            _MEMBER.c.person_id == _PERSON.c.id, _MEMBER.c.desk_id == _PERSON.c.desk_id
        )
        alone = (_PERSON.c.id.in_(list(ids)), _PERSON.c.desk_id.in_(self.givers), ~member.exists())
        handed = {"desk_id": self.sender, "epoch": HANDED, "rev": 0, "scope": 0}
        connection.execute(update(_PERSON).where(*alone).values(handed))

    def without_erasures(self, connection: Connection, lines: Sequence[EraseLine]) -> list[EraseLine]:
        """Return the erasures of rows that did not go over to another desk."""
        if not self.desks:
            return list(lines)
        by_kind: dict[str, list[str]] = {}
        for each in lines:
            by_kind.setdefault(each.kind, []).append(each.id)
        theirs = {key for kind, ids in by_kind.items() for key in self._theirs(connection, kind, ids)}
        return [each for each in lines if each.id not in theirs]

    def _theirs(self, connection: Connection, kind: str, ids: Sequence[str]) -> set[str]:
        table = RECORDS[kind]
        theirs = (table.c.id.in_(ids), table.c.desk_id.in_(self.desks))
        return set(connection.execute(select(table.c.id).where(*theirs)).scalars())


def passed_on(connection: Connection, sender_id: str) -> PassedOn:
    """Return what a desk has passed on and not got back, and with which desks cases passed at all."""
    near = (transfer.c.from_desk == sender_id) | (transfer.c.to_desk == sender_id)
    rows = _applied(connection, near)
    gone: dict[str, Row[Any]] = {}
    for row in rows:
        gone[row.case_id] = row
    names = {name for row in gone.values() if row.from_desk == sender_id for name in _held_as(row)}
    desks = {each for row in rows for each in (row.from_desk, row.to_desk)} - {sender_id}
    givers = {row.from_desk for row in gone.values() if row.to_desk == sender_id}
    return PassedOn(frozenset(names), frozenset(desks), sender_id, frozenset(givers))


def _read(connection: Connection, proof: Transfer, day: date) -> dict[str, Any] | None:
    """Return what a proof says, None when it proves nothing."""
    try:
        said = statements.unproven_offer(proof.offer)
        giver = _identity(connection, said.giver, statements.signer_of(proof.offer), day)
        taker = _identity(connection, said.taker, statements.signer_of(proof.reply), day)
        if giver is None or taker is None or said.giver == said.taker or said.way != "move" or not said.turn:
            return None
        statements.read_offer(proof.offer, lambda _: giver)
        reply = statements.read_reply(proof.reply, proof.offer, taker)
    except BundleError:
        return None
    if reply.outcome != "accepted":
        return None
    return {
        "passage": said.passage, "case_id": said.case, "turn": said.turn, "from_desk": said.giver,
        "to_desk": said.taker, "held_as": " ".join(sorted({said.case, *said.held_as})), "made": reply.made,
        "state": WAITING, "offer": proof.offer, "reply": proof.reply,
    }  # fmt: skip


def _identity(connection: Connection, desk_id: str, signing_key: str, day: date) -> PublicIdentity | None:
    """Return a desk by the key it signed with, if that counts: its present one, a former one for a while."""
    now, former = desk_table.c, former_key.c
    present = select(now.identity).where(
        now.id == desk_id, now.signing_key == signing_key, now.revoked_from.is_(None)
    )
    before = select(former.identity).where(
        former.desk_id == desk_id, former.signing_key == signing_key, former.until >= day.isoformat()
    )
    found = connection.execute(present).scalar() or connection.execute(before).scalar()
    return PublicIdentity.from_bytes(found.encode()) if found else None


def _note(connection: Connection, values: Mapping[str, Any]) -> None:
    known = select(transfer.c.passage).where(transfer.c.passage == values["passage"])
    if connection.execute(known).first() is None:
        connection.execute(insert(transfer).values(values))


def _apply(connection: Connection) -> None:
    """Let every proof count whose turn it is."""
    while waiting := _first(connection, _is_due):
        now = update(transfer).where(transfer.c.passage == waiting.passage)
        connection.execute(now.values(state=APPLIED))
        _move(connection, waiting)


def _first(connection: Connection, wanted: Callable[[Connection, Row[Any]], bool]) -> Row[Any] | None:
    waiting = (
        select(transfer).where(transfer.c.state == WAITING).order_by(transfer.c.turn, transfer.c.passage)
    )
    return next((row for row in connection.execute(waiting).all() if wanted(connection, row)), None)


def _is_due(connection: Connection, row: Row[Any]) -> bool:
    """Return whether the desk that gives is the one that has the case, as far as anybody knows."""
    before = _applied(connection, transfer.c.case_id == row.case_id)
    if before:
        return bool(row.turn == before[-1].turn + 1 and row.from_desk == before[-1].to_desk)
    owners = select(_CASE.c.desk_id).where(_CASE.c.id.in_(_held_as(row)))
    return set(connection.execute(owners).scalars()) <= {row.from_desk, row.to_desk}


def _applied(connection: Connection, which: Any) -> Sequence[Row[Any]]:
    applied = select(transfer).where(transfer.c.state == APPLIED, which).order_by(transfer.c.turn)
    return connection.execute(applied).all()


def _held_as(row: Row[Any]) -> list[str]:
    found: list[str] = row.held_as.split()
    return found


def _move(connection: Connection, row: Row[Any]) -> None:
    """Let the rows of a case, and the persons of no other case of its former desk, go over to the new one."""
    names, giver = _held_as(row), row.from_desk
    inside = select(_MEMBER.c.person_id).where(_MEMBER.c.case_id.in_(names))
    elsewhere = select(_MEMBER.c.person_id).where(
        _MEMBER.c.case_id.not_in(names), _MEMBER.c.desk_id == giver, _MEMBER.c.person_id.is_not(None)
    )
    handed = {"desk_id": row.to_desk, "epoch": HANDED, "rev": 0, "scope": 0}
    persons = (_PERSON.c.id.in_(inside), _PERSON.c.id.not_in(elsewhere), _PERSON.c.desk_id == giver)
    connection.execute(update(_PERSON).where(*persons).values(handed))
    for kind, table in RECORDS.items():
        if kind != "person":
            mine = (_key(kind).in_(names), table.c.desk_id == giver)
            connection.execute(update(table).where(*mine).values(handed))


def _clear(connection: Connection, desk_id: str, table: Table, which: Any) -> int:
    handed = (table.c.desk_id == desk_id, table.c.epoch == HANDED, OUT_OF_ORDER, which)
    return connection.execute(delete(table).where(*handed)).rowcount


def _key(kind: str) -> Any:
    """Return the column that names the case."""
    return RECORDS[kind].c.id if kind == "case" else RECORDS[kind].c.case_id
