"""Fills a desk with the practice town."""

from collections.abc import Callable
from datetime import date
from itertools import islice

from kimdesk.casework import attachments
from kimdesk.casework.cases import CaseQuery, count
from kimdesk.casework.desk import Desk
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.errors import StoreError
from kimdesk.domain.kinds import RECORD_TYPES
from kimdesk.domain.records import Attachment, Case, CaseFile
from kimdesk.practice import town
from kimdesk.practice.scans import scans_of
from kimdesk.store.settings import get_setting, set_setting
from kimdesk.store.work import Writer

Progress = Callable[[int, int], None]

_BATCH = 200
_WITH_SCANS = 24  # cases; the others need none for practice
_MARK = "practice_town"


def fill(
    desk: Desk, cases: int, seed: int = 1, today: date | None = None, progress: Progress | None = None
) -> int:
    """Write the first ``cases`` cases of the town of ``seed``; return how many were not there yet.

    ``progress`` hears how many are done and how many there will be. Raises StoreError E930 when the desk
    holds cases but is no practice desk: a desk becomes one when its vault is made for practice, or when
    it is filled for the first time, still empty.
    """
    _demand_practice(desk)
    wanted, done, written = town.cases(cases, seed, today), 0, 0
    while batch := list(islice(wanted, _BATCH)):
        with desk.writing() as writer:
            set_setting(writer, _MARK, str(seed))
            written += sum(_write(writer, file) for file in batch)
            for file in batch[: max(0, _WITH_SCANS - done)]:
                _attach(writer, file, today or calendar_day())
        done += len(batch)
        if progress:
            progress(done, cases)
    return written


def _demand_practice(desk: Desk) -> None:
    with desk.reading() as reader:
        marked = desk.practice or get_setting(reader, _MARK) is not None
    if not marked and count(desk, CaseQuery(status="")):
        raise StoreError("E930")


def _write(writer: Writer, file: CaseFile) -> bool:
    """Write one case, unless it is there already."""
    if writer.get(Case, file.case.id):
        return False
    for kind in RECORD_TYPES:
        for record in file.of(kind):
            writer.put(record)
    return True


def _attach(writer: Writer, file: CaseFile, today: date) -> None:
    for described, scan in scans_of(file, today):
        if not writer.get(Attachment, described.id):
            attachments.write(writer, described, scan)
