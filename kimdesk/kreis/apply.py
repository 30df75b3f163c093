"""Taking the records of one bundle over into the registry, within the caller's transaction.

A row takes the place of an older one of the same desk only if its (epoch, revision, terms) are higher.
What differs without being newer, or would replace something newer from before a restored backup, is kept
beside it as a conflict for a person to decide. Erasures leave identity and reason, never content.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final, Protocol

import msgspec
from sqlalchemy import Connection, Row, Table, delete, insert, select, tuple_

from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import BundleError
from kimdesk.kreis.desks import Sender
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


@dataclass(slots=True)
class Takeover:
    """One bundle on its way into the registry."""

    connection: Connection
    sender: Sender
    epoch: int
    seq: int
    moment: datetime
    counts: Counts = field(default_factory=Counts)
    _newer: dict[str, Rows] = field(default_factory=dict)

    def take(self, opened: HasSections) -> Counts:
        """Take over all sections.

        Raises BundleError E730 (content), E801 (municipality), E805 (another desk's rows).
        """
        for section in opened.sections():
            if section.name == RECORD_LINES:
                self._records(section.content)
            elif section.name == ERASE:
                self._erase_all(section.content)
            elif section.name == STATISTICS:
                self._figures(section.content)
        self._forget_old_proofs()
        return self.counts

    def _records(self, lines: Iterable[bytes]) -> None:
        for batch in _batches(lines):
            by_kind: dict[str, dict[str, Incoming]] = {}
            for each in map(read_line, batch):
                by_kind.setdefault(each.kind, {})[each.values["id"]] = each
            self._authorise(by_kind)
            for kind, found in by_kind.items():
                self._rows(RECORDS[kind], found)

    def _authorise(self, by_kind: Mapping[str, Mapping[str, Incoming]]) -> None:
        """Refuse cases of municipalities the desk is not enrolled for, and rows in another desk's cases."""
        every = [each for found in by_kind.values() for each in found.values()]
        asked = {each.values.get("ags", "") for each in every if each.kind == "case"} - {""}
        if not asked <= self.sender.municipalities:
            raise BundleError("E801")
        self._owned(RECORDS["case"], {each.values.get("case_id", "") for each in every})

    def _owned(self, table: Table, ids: Iterable[str]) -> None:
        foreign = (table.c.id.in_(sorted(ids)), table.c.desk_id != self.sender.id)
        if self.connection.execute(select(table.c.id).where(*foreign).limit(1)).first():
            raise BundleError("E805")

    def _rows(self, table: Table, found: Mapping[str, Incoming]) -> None:
        guards = select(*(table.c[name] for name in ("id", *_GUARDS))).where(table.c.id.in_(list(found)))
        known = {row.id: row for row in self.connection.execute(guards)}
        if any(row.desk_id != self.sender.id for row in known.values()):
            raise BundleError("E805")
        newer = [each for each in found.values() if self._is_newer(table, each, known.get(each.values["id"]))]
        self.counts.unchanged += len(found) - len(newer)
        if newer:
            self._upsert(table, newer)

    def _is_newer(self, table: Table, each: Incoming, before: Row[Any] | None) -> bool:
        """Return whether a row takes the place of ``before``; note a conflict where both have a say."""
        if before is None:
            self.counts.applied += 1
            return True
        held = (before.epoch, before.rev, before.scope)
        newer = (self.epoch, each.values["rev"], each.scope) > held
        if before.digest == each.digest:
            return newer
        lost = self.epoch > before.epoch and before.rev >= each.values["rev"]
        if lost or not newer:
            self._conflict(table, each, newer=newer)
        self.counts.applied += newer
        return newer

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

    def _conflict(self, table: Table, each: Incoming, *, newer: bool) -> None:
        record_id = each.values["id"]
        found = self.connection.execute(select(table).where(table.c.id == record_id)).mappings().one()
        here = {name: found[name] for name in found if name not in _OWN and found[name] is not None}
        came, stood = _text(each.values), _text(here)
        kept, other = (came, stood) if newer else (stood, came)
        values = {"desk_id": self.sender.id, "kind": each.kind, "record_id": record_id}
        values |= {"kept": kept, "other": other}
        same = [conflict.c[name] == value for name, value in values.items()]
        if self.connection.execute(select(conflict.c.number).where(*same)).first() is None:
            at = {"at": moment_text(self.moment), "settled_at": ""}
            self.connection.execute(insert(conflict).values(**values, **at))
        self.counts.conflicts += 1

    def _erase_all(self, lines: Iterable[bytes]) -> None:
        for batch in _batches(lines):
            by_kind: dict[str, list[EraseLine]] = {}
            for each in map(read_erase, batch):
                by_kind.setdefault(each.kind, []).append(each)
            for kind, found in by_kind.items():
                self._erase(RECORDS[kind], found)

    def _erase(self, table: Table, found: Sequence[EraseLine]) -> None:
        ids = [each.id for each in found]
        self._owned(table, ids)
        self.connection.execute(delete(conflict).where(conflict.c.record_id.in_(ids)))
        self.counts.erased += self.connection.execute(delete(table).where(table.c.id.in_(ids))).rowcount
        statement = upsert(self.connection, erased)
        proof = {"desk_id": self.sender.id, "seq": self.seq, "at": moment_text(self.moment)}
        rows = [{"id": each.id, "kind": each.kind, "reason": each.reason, **proof} for each in found]
        set_ = {name: statement.excluded[name] for name in ("reason", "seq", "at")}
        self.connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=set_), rows)

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
