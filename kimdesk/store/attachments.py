"""The bytes of attachments: rows of 256 KiB beside the record, so that one file is the whole truth.

They go with their record (``ON DELETE CASCADE``); ``secure_delete`` overwrites what they leave.
"""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import bindparam, func, insert, select

from kimdesk.domain.records import Attachment
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES, attachment_piece
from kimdesk.store.work import Reader, Writer

PIECE = 256 * 1024
"""Bytes of a piece; the last one of an attachment may be shorter."""

_INSERT = Statement(
    insert(attachment_piece).values(
        attachment_id=bindparam("attachment"), place=bindparam("at"), body=bindparam("piece")
    ),
    "attachment",
    "at",
    "piece",
)
_READ = Statement(
    select(attachment_piece.c.body).where(
        attachment_piece.c.attachment_id == bindparam("attachment"),
        attachment_piece.c.place == bindparam("at"),
    ),
    "attachment",
    "at",
)
_SAME = Statement(
    select(
        RECORD_TABLES[Attachment].c.case_id,
        RECORD_TABLES[Attachment].c.title,
        RECORD_TABLES[Attachment].c.added_on,
    )
    .where(RECORD_TABLES[Attachment].c.sha256 == bindparam("sha256"))
    .order_by(RECORD_TABLES[Attachment].c.id),
    "sha256",
)
_CHECKSUMS = Statement(
    select(RECORD_TABLES[Attachment].c.id, RECORD_TABLES[Attachment].c.sha256).where(
        RECORD_TABLES[Attachment].c.sha256 != ""
    )
)
_TOTAL = Statement(select(func.coalesce(func.sum(RECORD_TABLES[Attachment].c.size), 0)))


def write(writer: Writer, attachment_id: str, data: bytes) -> None:
    """Write the bytes of an attachment whose record was saved in the same transaction."""
    whole = memoryview(data)
    for place, start in enumerate(range(0, len(whole), PIECE)):
        _INSERT.run(writer.connection, attachment_id, place, whole[start : start + PIECE])


def pieces(reader: Reader, attachment_id: str) -> Iterator[bytes]:
    """Yield the bytes of an attachment piece by piece, nothing when there are none."""
    place = 0
    while (body := _READ.scalar(reader.connection, attachment_id, place)) is not None:
        yield body
        place += 1


def total(reader: Reader) -> int:
    """Return how many bytes all attachments of the vault have."""
    return int(_TOTAL.scalar(reader.connection))


def same(reader: Reader, sha256: str) -> list[tuple[str, str, date | None]]:
    """Return case, title and day of every attachment with this SHA-256, the first one first."""
    found = _SAME.rows(reader.connection, sha256)
    return [(row[0], row[1], row[2] and date.fromisoformat(row[2])) for row in found]


def checksums(reader: Reader) -> list[tuple[str, str]]:
    """Return the identity and the SHA-256 of every attachment of the vault."""
    return [(row[0], row[1]) for row in _CHECKSUMS.rows(reader.connection)]
