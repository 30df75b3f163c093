"""Search as typed: names and file numbers first, then everything written down in the cases.

Two FTS5 indexes live inside the encrypted database: ``search_name`` (one entry per case, all names of
its household and its file number) and ``search_text`` (one entry per record with free text). They hold
words only, no copy of the text. No query ranks more than a capped number of hits, so that the cost
stays the same however much is stored.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from kimdesk.store.folding import fold
from kimdesk.store.sql import Statement
from kimdesk.store.tables import search_doc

_CAP = 2_000  # hits looked at per query
_SHORTEST = 3  # letters of the longest word needed to search in free text

_DOC = Statement(
    select(search_doc.c.number, search_doc.c.digest).where(search_doc.c.record_id == bindparam("id_"))
)
_NEW_DIGEST = Statement(
    update(search_doc).where(search_doc.c.number == bindparam("number_")).values(digest=bindparam("new")),
    "new",
    "number_",
)
_NO_DOC = Statement(delete(search_doc).where(search_doc.c.number == bindparam("number_")))

_PUT = {
    "search_name": "INSERT OR REPLACE INTO search_name(rowid, words) VALUES (?, ?)",
    "search_text": "INSERT OR REPLACE INTO search_text(rowid, words) VALUES (?, ?)",
}
_DROP = {
    "search_name": "DELETE FROM search_name WHERE rowid = ?",
    "search_text": "DELETE FROM search_text WHERE rowid = ?",
}
_FORGET = ("INSERT INTO search_name(search_name) VALUES ('optimize')",
           "INSERT INTO search_text(search_text) VALUES ('optimize')")  # fmt: skip

_BY_NAME = """
SELECT case_id, sort_name FROM case_row WHERE number IN
  (SELECT rowid FROM search_name WHERE search_name MATCH ? ORDER BY rowid DESC LIMIT ?)
"""
_BY_TEXT = """
SELECT coalesce(member.case_id, doc.case_id) FROM
  (SELECT rowid AS number FROM search_text WHERE search_text MATCH ? ORDER BY rowid DESC LIMIT ?) AS hit
  JOIN search_doc AS doc ON doc.number = hit.number
  LEFT JOIN member ON doc.case_id = '' AND member.person_id = doc.record_id
ORDER BY doc.number DESC
"""


def index_names(connection: Connection, number: int, words: str) -> None:
    """Let the case with the row ``number`` be found by ``words``."""
    connection.exec_driver_sql(_PUT["search_name"], (number, words))


def index_text(connection: Connection, record_id: str, case_id: str, words: str) -> None:
    """Let the case of a record be found by the ``words`` of its text; the same words cost nothing."""
    digest = hashlib.blake2b(words.encode(), digest_size=8).hexdigest()
    known = _DOC.first(connection, record_id)
    if known is None and words:
        number = connection.exec_driver_sql(
            "INSERT INTO search_doc(record_id, case_id, digest) VALUES (?, ?, ?)",
            (record_id, case_id, digest),
        ).lastrowid
        connection.exec_driver_sql(_PUT["search_text"], (number, words))
    elif known is not None and known[1] != digest:
        _NEW_DIGEST.run(connection, digest, known[0])
        connection.exec_driver_sql(_PUT["search_text"], (known[0], words))


def forget_text(connection: Connection, record_id: str) -> None:
    """Let nothing be found by the text of a record any more."""
    if known := _DOC.first(connection, record_id):
        connection.exec_driver_sql(_DROP["search_text"], (known[0],))
        _NO_DOC.run(connection, known[0])


def forget_names(connection: Connection, number: int) -> None:
    """Let the case with the row ``number`` not be found by name any more."""
    connection.exec_driver_sql(_DROP["search_name"], (number,))


def wipe_removed(connection: Connection) -> None:
    """Take the words of removed entries out of the index itself, where they stand until it is merged."""
    for statement in _FORGET:
        connection.exec_driver_sql(statement)


def find(connection: Connection, text: str, limit: int = 50) -> list[str]:
    """Return the cases found by ``text``, at most ``limit``: whole names, begun names, then free text.

    Each word may be the beginning of one; all must be found in the case, or in its household's names.
    """
    words = fold(text).split()
    found: dict[str, None] = {}
    for stage in _stages(connection, words):
        found |= dict.fromkeys(stage)
        if len(found) >= limit:
            break
    return list(found)[:limit]


def matching_names(text: str) -> str:
    """Return the query to the name index for the words of ``text``, each the beginning of a word."""
    return _query(fold(text).split(), "*")


def _stages(connection: Connection, words: list[str]) -> Iterator[Iterable[str]]:
    if not words:
        return
    yield _named(connection, _query(words))
    yield _named(connection, _query(words, "*"))
    if len(max(words, key=len)) >= _SHORTEST:
        yield _written(connection, _query(words, "*"))
    if len(words) > 1:
        yield _mixed(connection, words)


def _query(words: Iterable[str], ending: str = "") -> str:
    return " AND ".join(f'"{word}"{ending}' for word in words)


def _named(connection: Connection, query: str) -> list[str]:
    rows: Any = connection.exec_driver_sql(_BY_NAME, (query, _CAP)).fetchall()
    return [case_id for case_id, _ in sorted(rows, key=lambda row: (row[1], row[0]))]


def _written(connection: Connection, query: str) -> list[str]:
    return [row[0] for row in connection.exec_driver_sql(_BY_TEXT, (query, _CAP))]


def _mixed(connection: Connection, words: list[str]) -> list[str]:
    """Return the cases in which each word is found somewhere: the name of one, the note of another."""
    first, *others = (
        dict.fromkeys([*_named(connection, _query([word], "*")), *_written(connection, _query([word], "*"))])
        for word in words
    )
    return [case_id for case_id in first if all(case_id in each for each in others)]
