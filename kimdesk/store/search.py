"""Search as typed: names and file numbers first, then everything written down in the cases.

Two FTS5 indexes live inside the encrypted database: ``search_name`` (one entry per case, all names of
its household and its file number) and ``search_text`` (one entry per record with free text). They hold
words only, no copy of the text. No query ranks more than a capped number of hits, so that the cost
stays the same however much is stored.
"""

import hashlib
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from kimdesk.store.folding import fold
from kimdesk.store.sql import Statement
from kimdesk.store.tables import search_doc

_CAP = 500  # hits looked at per query; what is shown is far less
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

_NEW_DOC = Statement(
    insert(search_doc).values({name: bindparam(name) for name in ("record_id", "case_id", "digest")})
)
_PUT_NAMES = Statement(text("INSERT OR REPLACE INTO search_name(rowid, words) VALUES (:number, :words)"))
_PUT_TEXT = Statement(text("INSERT OR REPLACE INTO search_text(rowid, words) VALUES (:number, :words)"))
_DROP_NAMES = Statement(text("DELETE FROM search_name WHERE rowid = :number"))
_DROP_TEXT = Statement(text("DELETE FROM search_text WHERE rowid = :number"))
_MERGE = (
    Statement(text("INSERT INTO search_name(search_name) VALUES ('optimize')")),
    Statement(text("INSERT INTO search_text(search_text) VALUES ('optimize')")),
)
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


def index_names(connection: Connection, number: int, words: str) -> None:
    """Let the case with the row ``number`` be found by ``words``."""
    _PUT_NAMES.run(connection, number, words)


def index_text(connection: Connection, record_id: str, case_id: str, words: str) -> None:
    """Let the case of a record be found by the ``words`` of its text; the same words cost nothing."""
    digest = hashlib.blake2b(words.encode(), digest_size=8).hexdigest()
    known = _DOC.first(connection, record_id)
    if known is None and words:
        number = _NEW_DOC.insert(connection, record_id, case_id, digest)
        _PUT_TEXT.run(connection, number, words)
    elif known is not None and known[1] != digest:
        _NEW_DIGEST.run(connection, digest, known[0])
        _PUT_TEXT.run(connection, known[0], words)


def forget_text(connection: Connection, record_id: str) -> None:
    """Let nothing be found by the text of a record any more."""
    if known := _DOC.first(connection, record_id):
        _DROP_TEXT.run(connection, known[0])
        _NO_DOC.run(connection, known[0])


def forget_names(connection: Connection, number: int) -> None:
    """Let the case with the row ``number`` not be found by name any more."""
    _DROP_NAMES.run(connection, number)


def wipe_removed(connection: Connection) -> None:
    """Take the words of removed entries out of the index itself, where they stand until it is merged."""
    for statement in _MERGE:
        statement.run(connection)


def find(connection: Connection, typed: str, limit: int = 50) -> list[str]:
    """Return the cases found by ``typed``, at most ``limit``: whole names, begun names, then free text.

    Each word may be the beginning of one; all must be found in the case, or in its household's names.
    """
    words = fold(typed).split()
    found: dict[str, None] = {}
    for stage in _stages(connection, words):
        found |= dict.fromkeys(stage)
        if len(found) >= limit:
            break
    return list(found)[:limit]


def matching_names(typed: str) -> str:
    """Return the query to the name index for the words of ``typed``, each the beginning of a word."""
    return _query(fold(typed).split(), "*")


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
    rows = _BY_NAME.rows(connection, query)
    return [case_id for case_id, _ in sorted(rows, key=lambda row: (row[1], row[0]))]


def _written(connection: Connection, query: str) -> list[str]:
    return [row[0] for row in _BY_TEXT.rows(connection, query)]


def _mixed(connection: Connection, words: list[str]) -> list[str]:
    """Return the cases in which each word is found somewhere: the name of one, the note of another."""
    first, *others = (
        dict.fromkeys([*_named(connection, _query([word], "*")), *_written(connection, _query([word], "*"))])
        for word in words
    )
    return [case_id for case_id in first if all(case_id in each for each in others)]
