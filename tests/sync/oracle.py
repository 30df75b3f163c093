"""What has to lie at the Kreis: what a desk would hand over today that had never handed over anything."""

from contextlib import suppress
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import bindparam, select

from kimdesk.casework.desk import Desk
from kimdesk.kreis.registry import RECORDS, aside, open_registry
from kimdesk.kreis.rows import transaction
from kimdesk.kreis.taking import apply
from kimdesk.store.sql import Statement
from kimdesk.sync.leaving.export import begin
from kimdesk.sync.trust import device
from tests.sync.basis import without_basis
from tests.sync.world import Place, World

Prints = dict[str, str]
"""What rows say, by kind and identity."""

_LINES = msgspec.json.Encoder(enc_hook=dict)


def agree(world: World, place: Place) -> None:
    """Raise AssertionError unless the Kreis holds of a desk what it has to, and nothing else."""
    there, due = held(world.kreis, place.id), wanted(world, place)
    waits = set_aside(world.kreis, place.id) - there.keys()
    due = {each: due[each] for each in due.keys() - waits}
    if place.name in world.restored:  # what was lost with the backup still stands at the Kreis
        there = {each: there[each] for each in there.keys() & due.keys()}
    assert there.keys() - due.keys() == set(), "without basis at the Kreis"
    assert due.keys() - there.keys() == set(), "missing at the Kreis"
    assert there == due, "another value at the Kreis"
    assert without_basis(world, place, there) == set(), "nobody has agreed to it"


def held(kreis: Desk, desk_id: str) -> Prints:
    """Return what the registry holds of a desk."""
    found: Prints = {}
    with transaction(open_registry(kreis)) as connection:
        for kind, table in RECORDS.items():
            names = table.columns.keys()
            for row in _of_desk(kind).rows(connection, desk_id):
                stands = dict(zip(names, row, strict=True))
                said = msgspec.json.decode(apply._text(table, stands))
                found[f"{kind} {stands['id']}"] = _print(stands["shared"], {**said, "rev": stands["rev"]})
    return found


@cache
def _of_desk(kind: str) -> Statement:
    table = RECORDS[kind]
    return Statement(select(table).where(table.c.desk_id == bindparam("desk")), "desk")


def set_aside(kreis: Desk, desk_id: str) -> set[str]:
    """Return which records of a desk may not come in: a backup has brought back what was withdrawn, or they
    came under a certificate that is no longer the desk's."""
    with transaction(open_registry(kreis)) as connection:
        rows = connection.execute(select(aside).where(aside.c.desk_id == desk_id)).all()
    assert {row.reason for row in rows} <= {"withdrawn", "municipality"}, (
        "a record that may come in is set aside"
    )
    return {f"{row.kind} {row.record_id}" for row in rows}


def wanted(world: World, place: Place) -> Prints:
    """Return what has to be there, as the desk would send it that had never sent anything."""
    due: Prints = {}
    with world.at(place.clock) as moment:
        municipalities = device.enrolled(place.desk, device.day_of(moment)).certificate.municipalities
    with world.at(place.clock) as moment, suppress(_UndoneError), place.desk.writing() as writer:
        state = device.read_state(writer)
        device.save_state(writer, msgspec.structs.replace(state, received=0, looked=0))
        run = begin(place.desk, writer, municipalities, moment)
        for batch in run.delta.batches():
            for each in batch.outgoing:
                if each.leaves:
                    row = each.row()
                    due[f"{each.kind} {row['id']}"] = _print(each.level, row)
        raise _UndoneError
    return due


def _print(level: str, row: dict[str, Any]) -> str:
    """Return what a row says, at which level; what it leaves empty it does not say."""
    said = {name: value for name, value in sorted(row.items()) if value is not None}
    return f"{level} {_LINES.encode(said).decode()}"


class _UndoneError(Exception):
    """Takes a transaction back."""
