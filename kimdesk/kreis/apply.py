"""Taking the records of one bundle over into the registry, within the caller's transaction.

A row takes the place of an older one of the same desk only if its (epoch, revision, terms) are higher.
What differs without being newer, or would replace something newer from before a restored backup, is kept
beside it as a conflict for a person to decide. What may not be taken over is set aside. Erasures leave
identity and reason, never content.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final, NamedTuple, Protocol

import msgspec
from sqlalchemy import Connection, Row, Table, delete, insert, select, tuple_

from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import BundleError
from kimdesk.kreis import aside
from kimdesk.kreis.aside import Asides, Reason
from kimdesk.kreis.desks import Sender
from kimdesk.kreis.door import Door
from kimdesk.kreis.registry import RECORDS, conflict, erased, figures
from kimdesk.kreis.rows import Rows, upsert
from kimdesk.kreis.wire_rows import EraseLine, Incoming, decode, read_erase, read_line
from kimdesk.store.columns import moment_text
from kimdesk.sync import statistics
from kimdesk.sync.export import ERASE, STATISTICS
from kimdesk.sync.export import RECORDS as RECORD_LINES
from kimdesk.sync.sections import BundleSection

_BATCH: Final = 2000
_PROOF: Final = timedelta(days=365)
_GUARDS: Final = ("desk_id", "epoch", "rev", "scope", "digest")
_OWN: Final = frozenset({*_GUARDS, "shared", "received_seq"})


class HasSections(Protocol):
    """An opened bundle, as far as it is taken over."""

    def sections(self) -> Iterator[BundleSection]:
        """Yield the sections in order."""


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
    _newer: dict[str, Rows] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._any_aside = aside.has_any(self.connection, self.sender.id)

    def take(self, opened: HasSections) -> Counts:
        """Take over all sections. Raises BundleError E730 when one of them cannot be read at all."""
        for section in opened.sections():
            if section.name == RECORD_LINES:
                self._records(section.content)
            elif section.name == ERASE:
                self._erase_all(section.content)
            elif section.name == STATISTICS:
                self._figures(section.content)
        self.counts.aside = self.asides.counts.total()
        place = {"desk_id": self.sender.id, "epoch": self.epoch, "seq": self.seq}
        self.asides.keep(self.connection, place, self.moment)
        self._forget_old_proofs()
        return self.counts

    def _records(self, lines: Iterable[bytes]) -> None:
        door = Door(self.connection, self.sender, self.epoch, self.seq, self.asides)
        for batch in _batches(lines):
            by_kind: dict[str, dict[str, Incoming]] = {}
            for each in filter(None, map(self._read, batch)):
                by_kind.setdefault(each.kind, {})[each.values["id"]] = each
            for kind, found in door.admitted(by_kind).items():
                self._rows(RECORDS[kind], found)
        self.counts.applied -= door.withdraw_orphans()

    def _read(self, line: bytes) -> Incoming | None:
        try:
            return read_line(line)
        except BundleError:
            self.asides.add_unread(line)
            return None

    def _rows(self, table: Table, found: Mapping[str, Incoming]) -> None:
        guards = select(*(table.c[name] for name in ("id", *_GUARDS))).where(table.c.id.in_(list(found)))
        known = {row.id: row for row in self.connection.execute(guards)}
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
            self._conflicts(table, lost)
        if newer:
            self._upsert(table, newer)
        if self._any_aside:
            aside.forget(self.connection, self.sender.id, list(found))

    def _fate(self, each: Incoming, before: Row[Any] | None) -> RowFate:
        """Return what becomes of a row where ``before`` stands.

        Rows of a history that was decided against stand in epoch 0: whatever differs from them is newer,
        and they are kept beside it.
        """
        if before is None:
            return RowFate(newer=True)
        newer = (self.epoch, each.values["rev"], each.scope) > (before.epoch, before.rev, before.scope)
        if before.digest == each.digest:
            return RowFate(newer=newer)
        lost = self.epoch > before.epoch and (before.rev >= each.values["rev"] or not before.epoch)
        return RowFate(newer=newer, conflict=lost or not newer)

    def _upsert(self, table: Table, found: Iterable[Incoming]) -> None:
        if table.name not in self._newer:
            self._newer[table.name] = Rows(self.connection, table, _if_newer(self.connection, table))
        self._newer[table.name].write(self.connection, map(self._row, found))

    def _row(self, each: Incoming) -> dict[str, Any]:
        return {
            **each.values,
            "desk_id": self.sender.id,
            "shared": each.level.value,
            "epoch": self.epoch,
            "scope": each.scope,
            "received_seq": self.seq,
            "digest": each.digest,
        }

    def _conflicts(self, table: Table, found: Mapping[str, tuple[Incoming, bool]]) -> None:
        """Keep both values of rows; ``found`` says of each whether the one that came takes the place."""
        standing = select(table).where(table.c.id.in_(list(found)))
        rows = []
        for here in self.connection.execute(standing).mappings():
            each, newer = found[here["id"]]
            plain = {name: here[name] for name in here if name not in _OWN and here[name] is not None}
            came, stood = _text(each.values), _text(plain)
            kept, other = (came, stood) if newer else (stood, came)
            rows.append((self.sender.id, each.kind, here["id"], kept, other))
            if not newer:
                self.asides.add(each.kind, here["id"], aside.case_of(each.kind, each.values), Reason.NEWER)
        self.counts.conflicts += len(rows)
        columns = (
            conflict.c.desk_id,
            conflict.c.kind,
            conflict.c.record_id,
            conflict.c.kept,
            conflict.c.other,
        )
        noted = select(*columns).where(conflict.c.record_id.in_(list(found)))
        known = {tuple(row) for row in self.connection.execute(noted)}
        at = {"at": moment_text(self.moment), "settled_at": ""}
        names = [each.name for each in columns]
        fresh = [{**dict(zip(names, row, strict=True)), **at} for row in rows if row not in known]
        if fresh:
            self.connection.execute(insert(conflict), fresh)

    def _erase_all(self, lines: Iterable[bytes]) -> None:
        for batch in _batches(lines):
            by_kind: dict[str, list[EraseLine]] = {}
            for each in map(read_erase, batch):
                by_kind.setdefault(each.kind, []).append(each)
            for kind, found in by_kind.items():
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

    def _figures(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            found: statistics.FigureSection = decode(statistics.FigureSection, line)
            values = {"body": msgspec.json.encode(found.release).decode(), "held_active": found.held_active,
                      "at": moment_text(self.moment)}  # fmt: skip
            key = {"desk_id": self.sender.id, "as_of": found.release.as_of}
            statement = upsert(self.connection, figures).values(**key, **values)
            self.connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))

    def _forget_old_proofs(self) -> None:
        old = moment_text(self.moment - _PROOF)
        self.connection.execute(delete(erased).where(erased.c.at < old))


def _if_newer(connection: Connection, table: Table) -> Any:
    """Return the statement that writes a row unless a row as new, or of another desk, stands there."""
    statement = upsert(connection, table)
    new = statement.excluded
    columns = [each.name for each in table.columns if each.name != "id"]
    guard = tuple_(new.epoch, new.rev, new.scope) > tuple_(table.c.epoch, table.c.rev, table.c.scope)
    return statement.on_conflict_do_update(
        index_elements=["id"],
        set_={name: new[name] for name in columns},
        where=guard & (new.desk_id == table.c.desk_id),
    )


def _batches(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    rest = iter(lines)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _text(values: Mapping[str, Any]) -> str:
    plain = {name: value.iso() if isinstance(value, PartialDate) else value for name, value in values.items()}
    return msgspec.json.encode(dict(sorted(plain.items())), enc_hook=dict).decode()
