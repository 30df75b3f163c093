"""Bundles that wait, as runs that follow one on the other: what a person chooses between."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from kimdesk.kreis.taking import books


def lines_of(rows: Sequence[Row[Any]]) -> list[list[Row[Any]]]:
    """Return each run of bundles that wait and follow one on the other, up to one that nothing follows.

    Bundles that were lost in between break no run: a later one names those before it.
    """
    by_digest = {row.digest: row for row in rows}
    before = {digest for row in rows for digest in named_by(row)}
    return [_up_to(row, by_digest) for row in rows if row.digest not in before]


def _up_to(row: Row[Any], by_digest: Mapping[str, Row[Any]]) -> list[Row[Any]]:
    line, after = {row.digest: row}, [row]
    while after:
        found = {each: by_digest[each] for each in named_by(after.pop()) if each in by_digest}
        after += [each for digest, each in found.items() if digest not in line]
        line |= found
    return sorted(line.values(), key=lambda each: (each.epoch, each.seq))


def named_by(row: Row[Any]) -> Collection[str]:
    """Return the digests of the bundles before one that waits, as it names them."""
    return books.claim_in(row).named.values()
