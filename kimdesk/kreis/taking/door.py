"""Which records of a bundle may come in: of its municipalities, of no other desk, not erased before."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, delete, select, update

from kimdesk.kreis.enrolled.roster import Sender
from kimdesk.kreis.registry import RECORDS, aside, erased
from kimdesk.kreis.taking.aside import Asides, Reason
from kimdesk.kreis.taking.sheets import Incoming, Sheet
from kimdesk.store.dialect import as_json, listed
from kimdesk.sync.leaving.allow_list import SHIELDED

_BASIS_LOST: Final = ("withdrawn", "expired", "scope")
_CASE: Final = RECORDS["case"]
_MANY: Final = 1000
_STANDING: Final = select(_CASE.c.id, _CASE.c.desk_id, _CASE.c.ags, _CASE.c.shared).where(
    _CASE.c.id.in_(listed("ids"))
)
_GONE: Final = select(erased).where(erased.c.id.in_(listed("ids")), erased.c.desk_id == bindparam("desk"))

ByKind = Mapping[str, Mapping[str, Incoming]]


@dataclass(slots=True)
class Door:
    """Where the records of one bundle come in, batch by batch; what may not is noted in ``asides``.

    A record comes before or after its case: what came in with a case that then was set aside, or was set
    aside with an earlier bundle and did not come now, goes again. ``any_aside``: there are such of this desk.
    """

    connection: Connection
    sender: Sender
    epoch: int
    seq: int
    asides: Asides
    any_aside: bool = False
    _cases: dict[str, Reason] = field(default_factory=dict)
    _doubted: dict[str, Reason] = field(default_factory=dict)

    def admits(self, sheets: Sequence[Sheet]) -> bool:
        """Return whether all rows of the sheets may come in, and nothing is to be noted of any of them.

        Asked of all at once, because that is how it mostly is; ``admitted`` asks of each.
        """
        if self.any_aside or self._cases or not all(map(self._are_ours, sheets)):
            return False
        cases = {case_id for sheet in sheets for case_id in sheet.cases}
        if any(self._standing(cases).values()):
            return False
        return not self._gone(cases.union(*(sheet.ids for sheet in sheets)))

    def _are_ours(self, sheet: Sheet) -> bool:
        may_be_nowhere = sheet.shielded or sheet.kind != "case"
        return sheet.municipalities <= {*self.sender.municipalities, *([""] if may_be_nowhere else [])}

    def admitted(self, by_kind: ByKind) -> dict[str, dict[str, Incoming]]:
        """Return the records that may come in, cases first."""
        every = [each for found in by_kind.values() for each in found.values()]
        cases = {each.case for each in every} - {""}
        standing, gone = self._standing(cases), self._gone({each.id for each in every} | cases)
        self._doubt(cases - standing.keys())
        let_in: dict[str, dict[str, Incoming]] = {}
        for kind in sorted(by_kind, key=lambda each: each != "case"):
            foreign = self._foreign(kind, by_kind[kind])
            for record_id, each in by_kind[kind].items():
                reason = Reason.OWNER if record_id in foreign else self._why_not(each, standing, gone)
                if reason is None:
                    let_in.setdefault(kind, {})[record_id] = each
                else:
                    self._set_aside(each, reason, standing)
        self._settle_marks(gone, let_in)
        return let_in

    def _why_not(
        self, each: Incoming, standing: dict[str, Reason | None], gone: Mapping[str, Row[Any]]
    ) -> Reason | None:
        record_id, case_id = each.id, each.case
        if not self._is_ours(each):
            return Reason.MUNICIPALITY
        if any(self._without_basis(each, gone[one]) for one in self._behind(each, standing) & gone.keys()):
            return Reason.WITHDRAWN
        if each.kind == "case":
            standing[record_id] = None
            self._cases.pop(record_id, None)
            self._doubted.pop(record_id, None)
        return standing[case_id] if case_id in standing else self._cases.get(case_id)

    def _behind(self, each: Incoming, standing: Collection[str]) -> set[str]:
        """Return what must not have lost its basis: the record, and its case unless that is here again."""
        return {each.id} if each.case in standing else {each.id, each.case}

    def _doubt(self, cases: Collection[str]) -> None:
        """Remember those of the cases that an earlier bundle brought and that were set aside."""
        if self.any_aside:
            mine = (aside.c.desk_id == self.sender.id, aside.c.kind == "case", aside.c.record_id.in_(cases))
            rows = self.connection.execute(select(aside.c.record_id, aside.c.reason).where(*mine))
            self._doubted |= {row.record_id: Reason(row.reason) for row in rows}

    def _without_basis(self, each: Incoming, mark: Row[Any]) -> bool:
        """Return whether a record that was erased has not got another basis since.

        In the epoch of the erasure, terms that are newer than it are another basis. In another epoch a
        backup was restored: what it brings back may have been withdrawn since.
        """
        same = mark.epoch == self.epoch
        return mark.reason in _BASIS_LOST and not (same and each.scope > mark.seq)

    def _settle_marks(self, gone: Mapping[str, Row[Any]], let_in: ByKind) -> None:
        """Let erasures end where records came back; for others, newer terms count from this bundle on."""
        back = {record_id for found in let_in.values() for record_id in found} & gone.keys()
        barred = gone.keys() - back
        mine = erased.c.desk_id == self.sender.id
        if back:
            self.connection.execute(delete(erased).where(mine, erased.c.id.in_(back)))
        if barred:
            now = update(erased).where(mine, erased.c.id.in_(barred), erased.c.epoch != self.epoch)
            self.connection.execute(now.values(epoch=self.epoch, seq=self.seq))

    def _is_ours(self, each: Incoming) -> bool:
        """Return whether the municipality a record names is this desk's; a case has to, unless shielded."""
        ags = each.municipality
        return ags in self.sender.municipalities or (not ags and (each.shielded or each.kind != "case"))

    def _set_aside(self, each: Incoming, reason: Reason, standing: Collection[str]) -> None:
        self.asides.add(each.kind, each.id, each.case, reason)
        if each.kind == "case" and each.id not in standing:
            self._cases[each.id] = reason

    def _standing(self, ids: Collection[str]) -> dict[str, Reason | None]:
        """Return of the cases that are here already why nothing may be added to them, None when it may."""
        found = self.connection.execute(_STANDING, {"ids": as_json(ids)})
        return {row.id: self._closed(row) for row in found}

    def _closed(self, case: Row[str, str, Any, str]) -> Reason | None:
        if case.desk_id != self.sender.id:
            return Reason.OWNER
        ours = case.ags in self.sender.municipalities or case.shared.endswith(SHIELDED)
        return None if ours else Reason.MUNICIPALITY

    def _foreign(self, kind: str, ids: Collection[str]) -> set[str]:
        those = {"ids": as_json(ids), "desk": self.sender.id}
        return set(self.connection.execute(_foreign(kind), those).scalars())

    def _gone(self, ids: Collection[str]) -> dict[str, Row[Any]]:
        """Return the erasures of records, by identity."""
        those = {"ids": as_json(ids), "desk": self.sender.id}
        return {row.id: row for row in self.connection.execute(_GONE, those)}

    def withdraw_orphans(self) -> int:
        """Take back what came in before its case was set aside; return how many records that were."""
        self._cases = self._doubted | self._cases
        return sum(self._withdraw(ids) for ids in _slices(list(self._cases)))

    def _withdraw(self, case_ids: Collection[str]) -> int:
        number = 0
        for kind, table in RECORDS.items():
            if "case_id" not in table.c:
                continue
            this = (table.c.case_id.in_(case_ids), table.c.desk_id == self.sender.id)
            now = (table.c.epoch == self.epoch, table.c.received_seq == self.seq)
            rows = self.connection.execute(select(table.c.id, table.c.case_id).where(*this, *now)).all()
            for row in rows:
                self.asides.add(kind, row.id, row.case_id, self._cases[row.case_id])
            if rows:
                self.connection.execute(delete(table).where(*this, *now))
            number += len(rows)
        return number


@cache
def _foreign(kind: str) -> Select[Any]:
    of = RECORDS[kind].c
    return select(of.id).where(of.id.in_(listed("ids")), of.desk_id != bindparam("desk"))


def _slices(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), _MANY):
        yield ids[start : start + _MANY]
