"""Search as typed: names and file numbers first, then everything written down in the cases.

No query ranks more than a capped number of hits, so that the cost stays the same however much is stored.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from kimdesk.store.folding import fold
from kimdesk.store.sql import Statement
from kimdesk.store.sqlite import full_text
from kimdesk.store.tables import search_doc

_SHORTEST = 3  # letters of the longest word needed to search in free text
_NOBODY = '""'
_JOINED = 3  # words that somebody may write as one name: „abd al rahman“

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
    insert(search_doc)
    .values({name: bindparam(name) for name in ("record_id", "case_id", "digest")})
    .returning(search_doc.c.number)
)


def index_names(connection: Connection, number: int, words: str) -> None:
    """Let the case with the row ``number`` be found by ``words``."""
    full_text.put_names(connection, number, words)


def index_text(connection: Connection, record_id: str, case_id: str, words: str) -> None:
    """Let the case of a record be found by the ``words`` of its text; the same words cost nothing."""
    digest = hashlib.blake2b(words.encode(), digest_size=8).hexdigest()
    known = _DOC.first(connection, record_id)
    if known is None and words:
        full_text.put_text(connection, _NEW_DOC.scalar(connection, record_id, case_id, digest), words)
    elif known is not None and known[1] != digest:
        _NEW_DIGEST.run(connection, digest, known[0])
        full_text.put_text(connection, known[0], words)


def forget_text(connection: Connection, record_id: str) -> None:
    """Let nothing be found by the text of a record any more."""
    if known := _DOC.first(connection, record_id):
        full_text.drop_text(connection, known[0])
        _NO_DOC.run(connection, known[0])


def forget_names(connection: Connection, number: int) -> None:
    """Let the case with the row ``number`` not be found by name any more."""
    full_text.drop_names(connection, number)


def wipe_removed(connection: Connection) -> None:
    """Take the words of removed entries out of the index itself, where they stand until it is merged."""
    full_text.merge(connection)


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
    """Return the query to the name index for the words of ``typed``, each the beginning of a word.

    Signs alone find nobody.
    """
    return _asked(fold(typed).split(), begun=True) or _NOBODY


def _stages(connection: Connection, words: list[str]) -> Iterator[Iterable[str]]:
    if not words:
        return
    yield _named(connection, words)
    yield _named(connection, words, begun=True)
    if len(max(words, key=len)) >= _SHORTEST:
        yield _written(connection, words)
    if len(words) > 1:
        yield _mixed(connection, words)


def _named(connection: Connection, words: Sequence[str], *, begun: bool = False) -> list[str]:
    rows = full_text.named(connection, _asked(words, begun=begun))
    return [case_id for case_id, _ in sorted(rows, key=lambda row: (row[1], row[0]))]


def _asked(words: Sequence[str], *, begun: bool) -> str:
    """Return the query for names with all ``words``, some perhaps in one: „al hassan“ for Alhassan."""
    ways = [list(words)] if words else []
    for many in range(2, _JOINED + 1):
        for start in range(len(words) - many + 1):
            end = start + many
            ways.append([*words[:start], "".join(words[start:end]), *words[end:]])
    return " OR ".join(f"({full_text.query(way, begun=begun)})" for way in ways)


def _written(connection: Connection, words: Iterable[str]) -> list[str]:
    return full_text.written(connection, full_text.query(words, begun=True))


def _mixed(connection: Connection, words: list[str]) -> list[str]:
    """Return the cases in which each word is found somewhere: the name of one, the note of another."""
    first, *others = (
        dict.fromkeys([*_named(connection, [word], begun=True), *_written(connection, [word])])
        for word in words
    )
    return [case_id for case_id in first if all(case_id in each for each in others)]
