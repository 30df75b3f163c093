"""What a bundle of this desk carried, as it left: to be read later, as long as its cases are kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec

from kimdesk.casework.desk import Desk
from kimdesk.store import carried as store
from kimdesk.sync.leaving.export import FIGURES, next_release
from kimdesk.sync.leaving.preview import undone
from kimdesk.sync.trust import device


@dataclass(frozen=True, slots=True)
class CarriedRecord:
    """A record as it left: ``row`` holds its members as they stood there, ``level`` how it was shared.

    An erasure has no row: ``reason`` (erase_reason) says why the Kreis was to erase it. Of kind ``figures``
    the members are the figures, each with its numbers by code, None where one is hidden.
    """

    case_id: str
    kind: str
    level: str = ""
    row: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


class _Line(msgspec.Struct):
    kind: str
    level: str = ""
    row: dict[str, Any] = {}
    reason: str = ""


def next_figures(desk: Desk, today: date | None = None) -> CarriedRecord:
    """Return the figures that would go with the next bundle. Changes nothing."""
    with undone(desk, today) as (run, writer):
        figures = next_release(writer, run).figures
    return CarriedRecord("", FIGURES, row=figures)


def kept(desk: Desk) -> tuple[tuple[int, int], ...]:
    """Return epoch and number of each bundle of which anything is kept, the last one first."""
    device.prepare(desk)
    with desk.reading() as reader:
        return tuple(sorted(store.bundles(reader.connection), reverse=True))


def carried(desk: Desk, epoch: int, seq: int) -> tuple[CarriedRecord, ...]:
    """Return what a bundle carried, case by case, in the order it was written; nothing for an unknown one."""
    by_case: dict[str, list[CarriedRecord]] = {}
    with desk.reading() as reader:
        for cases, line in store.lines_of(reader.connection, epoch, seq):
            said = msgspec.json.decode(line, type=_Line)
            case_id = cases[0] if cases else ""
            found = CarriedRecord(case_id, said.kind, said.level, said.row, said.reason)
            by_case.setdefault(case_id, []).append(found)
    return tuple(each for found in by_case.values() for each in found)
