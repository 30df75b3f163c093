"""What would leave, what is made coarser, what stays, and why: before anything is written.

It runs the very steps of an export in a transaction that is undone, so the two cannot differ.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import select

from kimdesk.casework.desk import Desk
from kimdesk.domain import dates
from kimdesk.domain.records import Record
from kimdesk.store.tables import case_row
from kimdesk.store.work import Writer
from kimdesk.sync.leaving import rescope
from kimdesk.sync.leaving.allow_list import RecordRule
from kimdesk.sync.leaving.caseload import batches
from kimdesk.sync.leaving.delta import Erasure, Outgoing
from kimdesk.sync.leaving.export import Run, begin, next_release
from kimdesk.sync.leaving.policy import ADDRESS, policy
from kimdesk.sync.leaving.projection import Part
from kimdesk.sync.sealing.figures import Release
from kimdesk.sync.trust import device

Ref = tuple[str, str]
"""Which record: its kind and identity."""
_NAMELESS: Final = ("", "")
LEAVES, COARSENED, STAYS = "leaves", "coarsened", "stays"


class PreviewValue(NamedTuple):
    """A value of a record, and what leaves of it; ``city`` stands for an address that does not leave."""

    part: Part
    city: str = ""


class Basis(NamedTuple):
    """Why something leaves or stays: a reason of the policy, or of an erasure, and since when it holds."""

    code: str
    since: date | None = None
    erasure: bool = False


class Title(NamedTuple):
    """The value that names a record which has a line by itself, and the vocabulary it is a code of."""

    value: Any
    codes: str


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One line: ``count`` values of a case, what they are, and why they leave or stay.

    ``case_name`` is "" for a case without one, ``case_id`` for what is no case's. ``records`` counts them by
    kind, ``cells`` figures and those that are hidden. ``fields`` counts values by "kind.member", as they
    stand in the bundle if they leave. ``refs``: the records, to be opened (see ``preview_fields``).
    """

    case_id: str
    case_name: str
    file_number: str
    group: str
    title: Title | None
    basis: Basis
    count: int
    values: tuple[PreviewValue, ...] = ()
    records: tuple[tuple[str, int], ...] = ()
    cells: tuple[int, int] = (0, 0)
    fields: tuple[tuple[str, int], ...] = ()
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewCase:
    """A case with changes that leave; ``bound``: it cannot be left out, as a withdrawal always travels."""

    case_id: str
    case_name: str
    file_number: str
    changes: int
    bound: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """The next bundle. ``changes`` counts records that leave or are erased, ``cases`` whose they are."""

    leaves: tuple[PreviewLine, ...]
    coarsened: tuple[PreviewLine, ...]
    stays: tuple[PreviewLine, ...]
    changes: int
    cases: int
    next_seq: int
    choices: tuple[PreviewCase, ...]


class _UndoneError(Exception):
    """Ends the transaction of a preview without a trace."""


def preview(desk: Desk, today: date | None = None, *, case_ids: Collection[str] | None = None) -> Preview:
    """Return what an export on ``today`` would write; ``case_ids`` as for ``export``. Changes nothing.

    Before the desk is enrolled it shows what would leave once it is.
    """
    gathered, seq = _Gathering(), 0
    with undone(desk, today, case_ids) as (run, writer):
        gathered.take(run, writer)
        seq = run.seq
    return gathered.finished(seq)


@contextmanager
def undone(
    desk: Desk, today: date | None, case_ids: Collection[str] | None = None
) -> Iterator[tuple[Run, Writer]]:
    """Begin the export of ``today``, and undo afterwards whatever that changed."""
    moment = datetime.combine(today, datetime.min.time()).astimezone() if today else dates.now()
    certificate = device.certificate(desk)
    device.prepare(desk)
    with suppress(_UndoneError), desk.writing() as writer:
        known = certificate.municipalities if certificate else None
        yield begin(desk, writer, known, moment, case_ids), writer
        raise _UndoneError


@dataclass(slots=True)
class _Line:
    """A line as it grows."""

    basis: Basis
    title: Title | None = None
    values: list[PreviewValue] = field(default_factory=list)
    records: dict[str, set[str]] = field(default_factory=dict)
    fields: Counter[str] = field(default_factory=Counter)
    cells: tuple[int, int] = (0, 0)

    def refs(self) -> Iterator[Ref]:
        """Yield the records of the line."""
        yield from ((kind, each) for kind, ids in self.records.items() for each in sorted(ids))


@dataclass(slots=True)
class _Gathering:
    """The lines of a preview by where they go, by case and group."""

    lines: dict[str, dict[tuple[str, ...], _Line]] = field(
        default_factory=lambda: {LEAVES: {}, COARSENED: {}, STAYS: {}}
    )
    changes: Counter[str] = field(default_factory=Counter)
    names: dict[str, tuple[str, str]] = field(default_factory=dict)  # name and file number of a case
    bound: set[str] = field(default_factory=set)

    def take(self, run: Run, writer: Writer) -> None:
        """Take everything the run brings."""
        for batch in run.delta.batches():
            for each in batch.outgoing:
                self._record(each)
            for erasure in batch.erased:
                self._erasure(erasure)
        self._figures(next_release(writer, run))
        self.bound = rescope.bound_to_travel(writer.connection, run.delta.received)
        self._name(writer)

    def _record(self, each: Outgoing) -> None:
        rule = policy().record[each.kind]
        if each.leaves:
            self.changes[each.cases[0]] += 1
        for part in each.parts():
            if not part.leaves and part.step.group == "technical":
                continue
            self._part(each, rule, part)

    def _part(self, each: Outgoing, rule: RecordRule, part: Part) -> None:
        where = COARSENED if part.coarsened else LEAVES if part.leaves else STAYS
        why = rule.basis if where == LEAVES else part.step.why
        show = policy().group[part.step.group]
        separate = each.stored.id if show == "each" else ""
        key = (each.cases[0], part.step.group, why, separate)
        line = self._line(where, key, Basis(why, each.scope.since))
        line.title = _title(each.record, rule) if separate else None
        line.records.setdefault(each.kind, set()).add(each.stored.id)
        line.fields[f"{each.kind}.{part.step.member}"] += part.number
        hidden = each.scope.terms.shielded and (each.kind, part.step.name) in ADDRESS
        if show != "count" and part.value is not None and part.step.name != rule.title and not hidden:
            line.values.append(PreviewValue(part, getattr(each.stored, "city", "")))

    def _erasure(self, erasure: Erasure) -> None:
        self.changes[erasure.case_id] += 1
        key = (erasure.case_id, "erase", erasure.reason, "")
        line = self._line(LEAVES, key, Basis(erasure.reason, erasure=True))
        line.records.setdefault(erasure.kind, set()).add(erasure.sent_id)
        line.fields[f"{erasure.kind}.id"] += 1

    def _figures(self, release: Release) -> None:
        cells = [number for figure in release.figures.values() for number in figure.values()]
        if not cells:
            return
        line = self._line(COARSENED, ("", "figures", "small", ""), Basis("small"))
        line.cells = (len(cells), cells.count(None))
        line.fields["figures"] += len(cells)

    def _line(self, where: str, key: tuple[str, ...], basis: Basis) -> _Line:
        return self.lines[where].setdefault(key, _Line(basis))

    def _name(self, writer: Writer) -> None:
        wanted = {key[0] for lines in self.lines.values() for key in lines} - {""}
        for batch in batches(sorted(wanted)):
            rows = select(case_row.c.case_id, case_row.c.name, case_row.c.file_number)
            for row in writer.connection.execute(rows.where(case_row.c.case_id.in_(batch))):
                self.names[row.case_id] = (row.name, row.file_number)

    def finished(self, next_seq: int) -> Preview:
        """Return the preview."""
        cases = {case_id: number for case_id, number in self.changes.items() if case_id}
        return Preview(
            leaves=tuple(self._finished(LEAVES)),
            coarsened=tuple(self._finished(COARSENED)),
            stays=tuple(self._finished(STAYS)),
            changes=sum(self.changes.values()),
            cases=len(cases),
            next_seq=next_seq,
            choices=tuple(
                PreviewCase(case_id, *self.names.get(case_id, _NAMELESS), number, case_id in self.bound)
                for case_id, number in cases.items()
            ),
        )

    def _finished(self, where: str) -> Iterable[PreviewLine]:
        order = list(policy().group)
        lines = self.lines[where]
        for key in sorted(lines, key=lambda key: (key[0], order.index(key[1]))):
            line = lines[key]
            yield PreviewLine(
                key[0],
                *self.names.get(key[0], _NAMELESS),
                key[1],
                line.title,
                line.basis,
                line.fields.total(),
                tuple(line.values),
                tuple((kind, len(ids)) for kind, ids in line.records.items()),
                line.cells,
                tuple(line.fields.items()),
                () if key[1] == "erase" else tuple(line.refs()),
            )


def _title(record: Record, rule: RecordRule) -> Title | None:
    return Title(getattr(record, rule.title), rule.field[rule.title].codes) if rule.title else None
