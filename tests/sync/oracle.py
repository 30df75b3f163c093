"""What has to lie at the Kreis: what a desk would hand over today that had never handed over anything."""

import hashlib
from contextlib import suppress
from typing import Any

import msgspec
from sqlalchemy import select

from kimdesk.casework.desk import Desk
from kimdesk.kreis.registry import RECORDS, aside, open_registry
from kimdesk.kreis.rows import transaction
from kimdesk.sync.leaving.export import begin
from kimdesk.sync.trust import device
from tests.sync.world import Place, World

Prints = dict[str, str]
"""Fingerprints of rows by kind and identity."""

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


def held(kreis: Desk, desk_id: str) -> Prints:
    """Return what the registry holds of a desk."""
    with transaction(open_registry(kreis)) as connection:
        return {
            f"{kind} {row.id}": row.digest
            for kind, table in RECORDS.items()
            for row in connection.execute(
                select(table.c.id, table.c.digest).where(table.c.desk_id == desk_id)
            )
        }


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
                    due[f"{each.kind} {row['id']}"] = _digest(each.level, row)
        raise _UndoneError
    return due


def _digest(level: str, row: dict[str, Any]) -> str:
    """Return the fingerprint the Kreis keeps of a row."""
    return hashlib.sha256(level.encode() + _LINES.encode(row)).hexdigest()


class _UndoneError(Exception):
    """Takes a transaction back."""
