"""What a desk tells the Kreis of cases that have passed: the proof both desks signed, until that is received.

The proof goes with the bundles of either desk. Which bundle carried it last is kept, so that it goes again
when that one was lost, and no more once it was taken over.
"""

from collections.abc import Iterator
from typing import Final

import msgspec
from sqlalchemy import select

from kimdesk.domain.custody import Passage, PassageWay, Stage
from kimdesk.store import passages
from kimdesk.store.settings import get_setting, set_setting
from kimdesk.store.work import Reader, Writer
from kimdesk.sync.passing.common import statement_of
from kimdesk.sync.passing.statements import Signed
from kimdesk.sync.sealing.manifest import Transfer
from kimdesk.sync.tables import sync_out

MOST: Final = 40
"""Proofs in one bundle at most; a manifest has room for them. The rest goes with the next one."""
_KEY: Final = "sync.transfers"
_DONE: Final = ("applied", "duplicate")


class Carried(msgspec.Struct, frozen=True):
    """Which bundle (epoch, number) carried the proof of a passage last, to the Kreis of this key."""

    kreis: str
    bundles: dict[str, tuple[int, int]] = {}


def pending(reader: Reader, kreis: str) -> dict[str, Transfer]:
    """Return the proofs the Kreis (its key id) has not confirmed, by passage, the oldest first."""
    carried = _carried(reader, kreis)
    found: dict[str, Transfer] = {}
    for passage, signed in _accepted(reader):
        if passage.id not in carried.bundles or not _arrived(reader, carried.bundles[passage.id]):
            found[passage.id] = Transfer(signed.offer, signed.reply)
        if len(found) == MOST:
            break
    return found


def carry(writer: Writer, kreis: str, passage_ids: list[str], epoch: int, seq: int) -> None:
    """Note that a bundle carries these proofs."""
    carried = _carried(writer, kreis)
    now = {**carried.bundles, **dict.fromkeys(passage_ids, (epoch, seq))}
    if passage_ids:
        set_setting(writer, _KEY, msgspec.json.encode(Carried(kreis, now)).decode())


def _carried(reader: Reader, kreis: str) -> Carried:
    found = get_setting(reader, _KEY)
    known = msgspec.json.decode(found, type=Carried) if found else Carried(kreis)
    return known if known.kreis == kreis else Carried(kreis)


def _arrived(reader: Reader, bundle: tuple[int, int]) -> bool:
    epoch, seq = bundle
    this = (sync_out.c.epoch == epoch, sync_out.c.seq == seq, sync_out.c.result.in_(_DONE))
    return reader.connection.execute(select(sync_out.c.seq).where(*this)).first() is not None


def _accepted(reader: Reader) -> Iterator[tuple[Passage, Signed]]:
    """Yield every move that was accepted, with what both desks have signed about it."""
    for each in passages.every(reader.connection):
        if each.way is PassageWay.MOVE and each.stage is Stage.ACCEPTED:
            yield each, statement_of(reader, each.id)
