"""What bundles carried, as it left: a packed part for each batch that was written, until its case is erased.

A part holds lines ``cases TAB line``: the identities of the cases a row belongs to, parted by commas, and
the line of the bundle itself (JSON, without a line feed). Erasing a case takes its lines out of every part.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Final, NamedTuple

import zstandard
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from kimdesk.store.sql import Statement
from kimdesk.store.tables import carried

LEVEL: Final = 1
_MOST: Final = 1 << 30

_INSERT = Statement(
    insert(carried).values({name: bindparam(name) for name in ("epoch", "seq", "part", "body")}),
    "epoch", "seq", "part", "body",
)  # fmt: skip
_THIS = (carried.c.epoch == bindparam("epoch_"), carried.c.seq == bindparam("seq_"))
_PARTS = Statement(select(carried.c.body).where(*_THIS).order_by(carried.c.part), "epoch_", "seq_")
_KEPT = Statement(select(carried.c.epoch, carried.c.seq).distinct())
_KEYS = Statement(select(carried.c.epoch, carried.c.seq, carried.c.part))
_PART = (*_THIS, carried.c.part == bindparam("part_"))
_ONE = Statement(select(carried.c.body).where(*_PART), "epoch_", "seq_", "part_")
_WRITE = Statement(
    update(carried).where(*_PART).values(body=bindparam("body_")), "body_", "epoch_", "seq_", "part_"
)
_DROP = Statement(delete(carried).where(*_PART), "epoch_", "seq_", "part_")


class CarriedLine(NamedTuple):
    """One line of a bundle (JSON), and the cases it belongs to."""

    cases: tuple[str, ...]
    line: bytes


def keep(connection: Connection, epoch: int, seq: int, part: int, lines: Iterable[CarriedLine]) -> None:
    """Keep a part of what the bundle (epoch, number) carries; nothing where there is no line."""
    if body := _packed(lines):
        _INSERT.run(connection, epoch, seq, part, body)


def bundles(connection: Connection) -> frozenset[tuple[int, int]]:
    """Return epoch and number of the bundles of which anything is kept."""
    return frozenset((row[0], row[1]) for row in _KEPT.rows(connection))


def lines_of(connection: Connection, epoch: int, seq: int) -> Iterator[CarriedLine]:
    """Yield what is kept of a bundle, in the order it was written."""
    for row in _PARTS.rows(connection, epoch, seq):
        yield from _lines(row[0])


def forget(connection: Connection, case_ids: Collection[str], person_ids: Collection[str]) -> None:
    """Take everything of these cases, and whatever names these persons, out of all bundles, in one pass.

    What belongs to another case as well stays for that one.
    """
    persons = [each.encode() for each in person_ids]
    marks = [*persons, *(each.encode() for each in case_ids)]

    def left(each: CarriedLine) -> CarriedLine | None:
        cases = tuple(case_id for case_id in each.cases if case_id not in case_ids)
        gone = (each.cases and not cases) or any(mark in each.line for mark in persons)
        return None if gone else CarriedLine(cases, each.line)

    for key in [tuple(row) for row in _KEYS.rows(connection)] if marks else []:
        found = _ONE.first(connection, *key)
        body = zstandard.decompress(found[0], max_output_size=_MOST) if found else b""
        if any(mark in body for mark in marks):
            kept = _packed(each for line in _parsed(body) if (each := left(line)))
            if kept:
                _WRITE.run(connection, kept, *key)
            else:
                _DROP.run(connection, *key)


def _packed(lines: Iterable[CarriedLine]) -> bytes:
    text = b"".join(b"%b\t%b\n" % (",".join(cases).encode(), line) for cases, line in lines)
    return zstandard.ZstdCompressor(level=LEVEL).compress(text) if text else b""


def _lines(body: bytes) -> Iterator[CarriedLine]:
    return _parsed(zstandard.decompress(body, max_output_size=_MOST))


def _parsed(text: bytes) -> Iterator[CarriedLine]:
    for each in text.split(b"\n"):
        if each:
            cases, _, line = each.partition(b"\t")
            yield CarriedLine(tuple(filter(None, cases.decode().split(","))), line)
