"""The two FTS5 indexes inside the encrypted database: words only, no copy of the text.

``search_name`` has one entry per case (all names of its household and its file number), by the number of
its ``case_row``; ``search_text`` one per record with free text, by the number of its ``search_doc``.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, Connection, text

from kimdesk.store.sql import Row, Statement

_PUT_NAMES = Statement(text("INSERT OR REPLACE INTO search_name(rowid, words) VALUES (:number, :words)"))
_PUT_TEXT = Statement(text("INSERT OR REPLACE INTO search_text(rowid, words) VALUES (:number, :words)"))
_DROP_NAMES = Statement(text("DELETE FROM search_name WHERE rowid = :number"))
_DROP_TEXT = Statement(text("DELETE FROM search_text WHERE rowid = :number"))
_MERGE = (
    Statement(text("INSERT INTO search_name(search_name) VALUES ('optimize')")),
    Statement(text("INSERT INTO search_text(search_text) VALUES ('optimize')")),
)
_CAP = 500  # hits looked at per query; what is shown is far less
_BY_NAME = Statement(
    text("""
SELECT case_id, sort_name FROM case_row WHERE number IN
  (SELECT rowid FROM search_name WHERE search_name MATCH :query ORDER BY rowid DESC LIMIT :most)
""").bindparams(most=_CAP)
)
_BY_TEXT = Statement(
    text("""
SELECT coalesce(member.case_id, doc.case_id) FROM
  (SELECT rowid AS number FROM search_text WHERE search_text MATCH :query
    ORDER BY rowid DESC LIMIT :most) AS hit
  JOIN search_doc AS doc ON doc.number = hit.number
  LEFT JOIN member ON doc.case_id = '' AND member.person_id = doc.record_id
ORDER BY doc.number DESC
""").bindparams(most=_CAP)
)


def query(words: Iterable[str], *, begun: bool = False) -> str:
    """Return the query for entries with all of the folded ``words``; ``begun``: or with longer ones."""
    return " AND ".join(f'"{word}"{"*" if begun else ""}' for word in words)


def put_names(connection: Connection, number: int, words: str) -> None:
    """Let the case with the row ``number`` be found by ``words``."""
    _PUT_NAMES.run(connection, number, words)


def put_text(connection: Connection, number: int, words: str) -> None:
    """Let the record with the document ``number`` be found by ``words``."""
    _PUT_TEXT.run(connection, number, words)


def drop_names(connection: Connection, number: int) -> None:
    """Let the case with the row ``number`` not be found by name any more."""
    _DROP_NAMES.run(connection, number)


def drop_text(connection: Connection, number: int) -> None:
    """Let nothing be found by the document ``number`` any more."""
    _DROP_TEXT.run(connection, number)


def merge(connection: Connection) -> None:
    """Take the words of dropped entries out of the indexes themselves, where they stand until then."""
    for statement in _MERGE:
        statement.run(connection)


def named(connection: Connection, asked: str) -> list[tuple[str, str]]:
    """Return identity and sorting name of the newest cases whose names answer a query."""
    return [(row[0], row[1]) for row in _BY_NAME.rows(connection, asked)]


def written(connection: Connection, asked: str) -> list[str]:
    """Return the cases of the newest records that answer a query, a person's through each membership."""
    rows: Iterable[Row] = _BY_TEXT.rows(connection, asked)
    return [row[0] for row in rows]


def is_named(number: Column[Any], parameter: str) -> Any:
    """Return the condition that the case with this ``number`` answers the query given as ``parameter``."""
    found = text(f"SELECT rowid FROM search_name WHERE search_name MATCH :{parameter}")  # noqa: S608 - ours
    return number.in_(found.columns(number))
