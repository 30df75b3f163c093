"""Cases to and from other programs: the neutral case document, and lists of persons."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kimdesk.casework import admission
from kimdesk.casework.desk import Desk
from kimdesk.casework.document_in import TakenDocument, take
from kimdesk.casework.document_out import document
from kimdesk.casework.office import next_file_number
from kimdesk.casework.person_list import documents
from kimdesk.domain.errors import ContentError, StoreError
from kimdesk.domain.records import Record
from kimdesk.store.work import Writer

__all__ = ["Report", "document", "import_documents", "read_file"]

_CHUNK = 50  # documents per transaction
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did; ``refused`` holds the place in the list and the refusal of each."""

    created: int = 0
    updated: int = 0
    refused: tuple[tuple[int, ContentError], ...] = ()


def read_file(path: Path) -> list[Any]:
    """Return the documents in a file: a JSON array, JSON lines, one document, or CSV of persons.

    Raises StoreError E910 when it cannot be read, ContentError E718 when it is none of these, E716 for an
    unknown column.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError:
        raise StoreError("E910") from None
    except UnicodeDecodeError:
        raise ContentError("E718") from None
    if path.suffix.lower() == ".csv":
        return list(documents(text))
    return _parsed(text)


def import_documents(desk: Desk, docs: Iterable[Any], progress: Progress | None = None) -> Report:
    """Take in case documents, each wholly or not at all; a refused one does not hold up the others.

    Raises StoreError when the disk or the store refuses; what was taken in before stays.
    """
    given = list(docs)
    report = Report()
    for first in range(0, len(given), _CHUNK):
        with desk.writing() as writer:
            for index, each in enumerate(given[first : first + _CHUNK], start=first):
                report = _take_one(writer, desk, index, each, report)
        if progress:
            progress(min(first + _CHUNK, len(given)), len(given))
    return report


def _take_one(writer: Writer, desk: Desk, index: int, given: Any, report: Report) -> Report:
    try:
        taken = take(writer, desk.catalogue, given)
        for record in (taken.case, *taken.others):
            admission.admit(writer, desk.catalogue, record)
    except ContentError as error:
        return replace(report, refused=(*report.refused, (index, error)))
    if _save(writer, taken, desk.name):
        return replace(report, created=report.created + 1)
    return replace(report, updated=report.updated + 1)


def _save(writer: Writer, taken: TakenDocument, desk_name: str) -> bool:
    """Save what is new or different; return whether the case is new here."""
    case = taken.case
    new = case.rev == 0
    if not case.file_number:
        case = replace(case, file_number=next_file_number(writer, desk_name, case.opened_on))
    for record in (case, *taken.others):
        _save_record(writer, record)
    return new


def _save_record(writer: Writer, record: Record) -> None:
    if not record.rev or writer.get(type(record), record.id) != record:
        writer.put(record)


def _parsed(text: str) -> list[Any]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return _lines(text)
    return whole if isinstance(whole, list) else [whole]


def _lines(text: str) -> list[Any]:
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        raise ContentError("E718") from None
