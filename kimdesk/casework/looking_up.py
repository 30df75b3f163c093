"""What the search field offers: cases with what tells one from another, and why each is offered."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kimdesk.casework.case_list import CaseRow, find, named
from kimdesk.casework.cases import peek
from kimdesk.casework.desk import Desk
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import CaseFile
from kimdesk.store import audit
from kimdesk.store.folding import fold

_LOOKED_AT = 50
_OPENINGS = 200  # looked through for cases opened last: most are the same few again


class FoundBy(StrEnum):
    """Where the words were found; ``RECENT``: without words, the case was opened lately."""

    FILE_NUMBER = "file_number"
    NAME = "name"
    HOUSEHOLD = "household"
    TEXT = "text"
    RECENT = "recent"


@dataclass(frozen=True, slots=True)
class Found:
    """A case that was found; ``birth_year`` None when not known, ``ags`` "" where it may not be shown."""

    row: CaseRow
    why: FoundBy
    birth_year: int | None
    ags: str


def look_up(desk: Desk, typed: str, limit: int) -> tuple[Found, ...]:
    """Return at most ``limit`` cases found by ``typed``: by file number first, then as ``find`` has them."""
    words = fold(typed).split()
    rows = sorted(find(desk, typed, _LOOKED_AT), key=lambda row: not _numbered(row, words))
    return tuple(_found(desk, row, words) for row in rows[:limit])


def recent(desk: Desk, limit: int) -> tuple[Found, ...]:
    """Return at most ``limit`` cases that who works here opened last, the last one first."""
    opened = audit.Wanted(actions=("opened",), actor=desk.actor)
    with desk.reading() as reader:
        entries = audit.page(reader.connection, opened, None, _OPENINGS)
    cases = dict.fromkeys(each.case_id for each in entries if each.kind == "case")
    rows = named(desk, list(cases)[:limit])
    return tuple(_told(row, peek(desk, row.id), FoundBy.RECENT) for row in rows)


def _found(desk: Desk, row: CaseRow, words: Sequence[str]) -> Found:
    file = peek(desk, row.id)
    return _told(row, file, _why(row, file, words))


def _told(row: CaseRow, file: CaseFile, why: FoundBy) -> Found:
    born = file.client.birth_date if file.client else None
    return Found(row, why, born.year if born else None, "" if row.protected else row.ags)


def _why(row: CaseRow, file: CaseFile, words: Sequence[str]) -> FoundBy:
    if _numbered(row, words):
        return FoundBy.FILE_NUMBER
    if _all_in(words, row.name):
        return FoundBy.NAME
    household = any(_all_in(words, full_name(person)) for person in file.persons)
    return FoundBy.HOUSEHOLD if household else FoundBy.TEXT


def _numbered(row: CaseRow, words: Sequence[str]) -> bool:
    """Return whether ``words`` are the file number or its last part, as people say it: „017“."""
    number = fold(row.file_number)
    typed = " ".join(words)
    return bool(typed) and (number == typed or number.replace("-", " ").split()[-len(words) :] == list(words))


def _all_in(words: Sequence[str], name: str) -> bool:
    parts = fold(name).replace(",", " ").split()
    return all(any(part.startswith(word) for part in parts) for word in words)
