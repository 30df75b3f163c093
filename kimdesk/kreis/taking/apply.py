"""Taking the records of one bundle over into the registry, within the caller's transaction.

A row takes the place of an older one of the same desk only if its (epoch, revision, terms) are higher.
What differs without being newer, or would replace something newer from before a restored backup, is kept
beside it as a conflict for a person to decide. What may not be taken over is set aside. Erasures leave
identity and reason, never content.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import Connection, Table, delete, insert, select

from kimdesk.kreis.enrolled.roster import Sender
from kimdesk.kreis.registry import RECORDS, conflict, erased, figures
from kimdesk.kreis.rows import upsert
from kimdesk.kreis.taking import aside
from kimdesk.kreis.taking.aside import Asides, Reason
from kimdesk.kreis.taking.door import Door
from kimdesk.kreis.taking.merging import BundlePlace, merge
from kimdesk.kreis.taking.reading import sheet_of
from kimdesk.kreis.taking.said import EraseLine, Erasures, Figures, Records, Said
from kimdesk.kreis.taking.sheets import Incoming, Sheet, by_kind
from kimdesk.kreis.taking.transfers import PassedOn, passed_on
from kimdesk.store.columns import moment_text
from kimdesk.store.dialect import as_json, listed
from kimdesk.store.sql import Statement
from kimdesk.store.stored import Stored
from kimdesk.sync.leaving.allow_list import SHIELDED
from kimdesk.sync.sealing.figures import FigureSection

_PROOF: Final = timedelta(days=365)
_OWN: Final = frozenset(("desk_id", "epoch", "rev", "scope", "shared", "received_seq"))
_FORGET: Final = Statement(delete(conflict).where(conflict.c.record_id.in_(listed("ids"))), "ids")

Standing = Mapping[str, Any]
"""A row of the registry: what its columns hold, by their names."""


@dataclass(slots=True)
class Counts:
    """What came of the records of a bundle."""

    applied: int = 0
    unchanged: int = 0
    conflicts: int = 0
    erased: int = 0
    aside: int = 0


class RowFate(NamedTuple):
    """What becomes of a row: it takes the place of the one that stands there, or is in conflict with it."""

    newer: bool
    conflict: bool = False


@dataclass(slots=True)
class Takeover:
    """One bundle on its way into the registry."""

    connection: Connection
    sender: Sender
    epoch: int
    seq: int
    moment: datetime
    counts: Counts = field(default_factory=Counts)
    asides: Asides = field(default_factory=Asides)
    _any_aside: bool = False
    _passed: PassedOn = field(default_factory=PassedOn)

    def __post_init__(self) -> None:
        self._passed = passed_on(self.connection, self.sender.id)
        self._any_aside = aside.has_any(self.connection, self.sender.id)

    def take(self, said: Iterable[Said]) -> Counts:
        """Take over what the sections of the bundle say. Raises what ``reading`` does."""
        door = Door(self.connection, self.sender, self.epoch, self.seq, self.asides, self._any_aside)
        for each in said:
            match each:
                case Records():
                    self._records(door, each)
                case Erasures():
                    self._erase_all(each.lines)
                case Figures():
                    self._figures(each.section)
        self.counts.applied -= door.withdraw_orphans()
        self.counts.aside = self.asides.counts.total()
        place = {"desk_id": self.sender.id, "epoch": self.epoch, "seq": self.seq}
        self.asides.keep(self.connection, place, self.moment)
        self._forget_old_proofs()
        return self.counts

    def _records(self, door: Door, found: Records) -> None:
        for each in found.unread:
            self.asides.add(each.kind, each.id, each.case_id, Reason.CONTENT)
        sheets = list(map(sheet_of, found.groups))
        if not self._passed.desks and door.admits(sheets) and not self._any_stand(sheets):
            for sheet in sheets:
                self._sheet(sheet)
            return
        for kind, rows in door.admitted(self._passed.without(self.connection, by_kind(sheets))).items():
            self._rows(kind, rows)

    def _any_stand(self, sheets: Sequence[Sheet]) -> bool:
        """Return whether records of the sheets are here already, or come twice."""
        ids: dict[str, list[str]] = {}
        for sheet in sheets:
            ids.setdefault(sheet.kind, []).extend(sheet.ids)
        return any(
            len(set(found)) < len(found) or _any(kind).first(self.connection, as_json(found))
            for kind, found in ids.items()
        )

    def _sheet(self, sheet: Sheet) -> None:
        """Take over rows of which none is here."""
        self.counts.applied += len(sheet.ids)
        if sheet.shielded:
            self._hide(sheet.ids)
        merge(self.connection, sheet.kind, sheet.level, sheet.names, sheet.rows(), self._place)

    @property
    def _place(self) -> BundlePlace:
        return BundlePlace(self.sender.id, self.epoch, self.seq)

    def _hide(self, ids: Sequence[str]) -> None:
        """Forget former values of what is shielded now."""
        if ids:
            _FORGET.run(self.connection, as_json(ids))

    def _rows(self, kind: str, found: Mapping[str, Incoming]) -> None:
        known = self._standing(kind, found)
        newer, lost = [], {}
        for record_id, each in found.items():
            fate = self._fate(each, known.get(record_id))
            if fate.newer:
                newer.append(each)
            if fate.conflict:
                lost[record_id] = (each, fate.newer)
        self.counts.applied += len(newer)
        self.counts.unchanged += len(found) - len(newer)
        if lost:
            self._conflicts(kind, lost, known)
        self._hide([each.id for each in newer if each.shielded])
        for level in {each.level: None for each in newer}:
            alike = [each for each in newer if each.level == level]
            merge(self.connection, kind, level, alike[0].names, (each.row for each in alike), self._place)
        if self._any_aside:
            aside.forget(self.connection, self.sender.id, list(found))

    def _standing(self, kind: str, ids: Iterable[str]) -> dict[str, Standing]:
        """Return what stands in the registry, by identity."""
        names = RECORDS[kind].columns.keys()
        rows = _whole(kind).rows(self.connection, as_json(ids))
        found = (dict(zip(names, row, strict=True)) for row in rows)
        return {each["id"]: each for each in found}

    def _fate(self, each: Incoming, before: Standing | None) -> RowFate:
        """Return what becomes of a row where ``before`` stands.

        Rows of a history that was decided against stand in epoch 0: whatever differs from them is newer,
        and they are kept beside it. Of what is shielded nothing is kept: it would tell the place.
        """
        if before is None:
            return RowFate(newer=True)
        epoch, rev = before["epoch"], before["rev"]
        newer = (self.epoch, each.rev, each.scope) > (epoch, rev, before["scope"])
        if _is_same(each, before):
            return RowFate(newer=newer)
        lost = self.epoch > epoch and (rev >= each.rev or not epoch)
        telling = not (each.shielded or before["shared"].endswith(SHIELDED))
        return RowFate(newer=newer, conflict=telling and (lost or not newer))

    def _conflicts(
        self, kind: str, found: Mapping[str, tuple[Incoming, bool]], known: Mapping[str, Standing]
    ) -> None:
        """Keep both values of rows; ``found`` says of each whether the one that came takes the place."""
        table = RECORDS[kind]
        rows = []
        for each, newer in found.values():
            here = known[each.id]
            kept, other = (each.values, here) if newer else (here, each.values)
            rows.append((self.sender.id, kind, each.id, _text(table, kept), _text(table, other)))
            if not newer:
                self.asides.add(kind, each.id, each.case, Reason.NEWER)
        self.counts.conflicts += len(rows)
        columns = (
            conflict.c.desk_id,
            conflict.c.kind,
            conflict.c.record_id,
            conflict.c.kept,
            conflict.c.other,
        )
        noted = select(*columns).where(conflict.c.record_id.in_(list(found)))
        here_already = {tuple(row) for row in self.connection.execute(noted)}
        at = {"at": moment_text(self.moment), "settled_at": ""}
        names = [each.name for each in columns]
        fresh = [{**dict(zip(names, row, strict=True)), **at} for row in rows if row not in here_already]
        if fresh:
            self.connection.execute(insert(conflict), fresh)

    def _erase_all(self, lines: Sequence[EraseLine]) -> None:
        of_kind: dict[str, list[EraseLine]] = {}
        for each in self._passed.without_erasures(self.connection, lines):
            of_kind.setdefault(each.kind, []).append(each)
        for kind, found in of_kind.items():
            self._erase(RECORDS[kind], found)

    def _erase(self, table: Table, found: Sequence[EraseLine]) -> None:
        foreign = self._foreign(table, [each.id for each in found])
        for each in found:
            if each.id in foreign:
                self.asides.add(each.kind, each.id, "", Reason.OWNER)
        mine = [each for each in found if each.id not in foreign]
        ids = [each.id for each in mine]
        self.connection.execute(delete(conflict).where(conflict.c.record_id.in_(ids)))
        self.counts.erased += self.connection.execute(delete(table).where(table.c.id.in_(ids))).rowcount
        aside.forget(self.connection, self.sender.id, ids)
        if mine:
            self._prove(mine)

    def _foreign(self, table: Table, ids: Collection[str]) -> set[str]:
        foreign = (table.c.id.in_(ids), table.c.desk_id != self.sender.id)
        return set(self.connection.execute(select(table.c.id).where(*foreign)).scalars())

    def _prove(self, found: Iterable[EraseLine]) -> None:
        """Keep the proof of erasures; one of another desk's record of this identity is left alone."""
        statement = upsert(self.connection, erased)
        place = {"desk_id": self.sender.id, "epoch": self.epoch, "seq": self.seq}
        at = moment_text(self.moment)
        rows = [{"id": one.id, "kind": one.kind, "reason": one.reason, **place, "at": at} for one in found]
        set_ = {name: statement.excluded[name] for name in ("reason", "epoch", "seq", "at")}
        mine = erased.c.desk_id == self.sender.id
        self.connection.execute(
            statement.on_conflict_do_update(index_elements=["id"], set_=set_, where=mine), rows
        )

    def _figures(self, found: FigureSection) -> None:
        values = {"body": msgspec.json.encode(found.release).decode(), "held_active": found.held_active,
                  "counts": msgspec.json.encode(found.counts).decode() if found.counts else "",
                  "at": moment_text(self.moment)}  # fmt: skip
        key = {"desk_id": self.sender.id, "as_of": found.release.as_of}
        statement = upsert(self.connection, figures).values(**key, **values)
        self.connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))

    def _forget_old_proofs(self) -> None:
        old = moment_text(self.moment - _PROOF)
        self.connection.execute(delete(erased).where(erased.c.at < old))


def _is_same(each: Incoming, before: Standing) -> bool:
    """Return whether a row says what stands there already, at the same level."""
    said = {name: value for name, value in before.items() if value is not None and name not in _OWN}
    come = {name: value for name, value in each.values.items() if value is not None and name not in _OWN}
    return (each.rev, each.level) == (before["rev"], before["shared"]) and said == come


@cache
def _any(kind: str) -> Statement:
    table = RECORDS[kind]
    return Statement(select(table.c.id).where(table.c.id.in_(listed("ids"))).limit(1), "ids")


@cache
def _whole(kind: str) -> Statement:
    table = RECORDS[kind]
    return Statement(select(*table.columns).where(table.c.id.in_(listed("ids"))), "ids")


def _text(table: Table, stored: Mapping[str, Any]) -> str:
    """Return as JSON what the columns of a row say."""
    said = {
        name: kind.codec.in_json(value) if isinstance(kind := table.c[name].type, Stored) else value
        for name, value in sorted(stored.items())
        if value is not None and name not in _OWN
    }
    return msgspec.json.encode(said, enc_hook=dict).decode()
