"""What becomes of a paper: printed, saved, handed out, kept in the case as it was."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final, Literal

from kimdesk.casework import attachments
from kimdesk.casework.case_file import known_case, read_file
from kimdesk.casework.changes import Change, changing
from kimdesk.casework.desk import Desk
from kimdesk.casework.records import known
from kimdesk.casework.scans.scan import PDF, Scan
from kimdesk.domain.kinds import type_of
from kimdesk.domain.records import Attachment, CaseFile, HandOver, PaperIssue

PRINTED: Final = "printed"
SAVED: Final = "saved"
HANDED_OUT: Final = "handed_out"
KEPT: Final = "kept"
Way = Literal["printed", "saved", "handed_out", "kept"]
"""What became of it (code list paper_way)."""
DOCUMENT: Final = "own_paper"
"""The kind of document (document_kind) as which a paper is kept."""
_KINDS: Final = {"deadline": "follow_up", "residence": "residence_spell"}
_LEAVES: Final = frozenset({PRINTED, SAVED})


def issue(desk: Desk, one: PaperIssue, action: str, out: Callable[[], object] = lambda: None) -> Change:
    """Note in the case what became of a paper; ``out`` brings it out: both happen, or neither.

    When it left the program, the audit trail tells that as ``action`` (audit_action).

    Raises CaseworkError E853 when there is no such case, and whatever ``out`` raises.
    """
    with changing(desk) as step:
        known_case(step.writer, one.case_id)
        step.put(one)
        if one.how in _LEAVES:
            step.writer.record(action, "case", one.case_id, one.case_id)
        out()
    return step.change


def keep(desk: Desk, one: PaperIssue, data: bytes, before: Iterable[str] = ()) -> Attachment:
    """Keep a paper in the case as it is; those of its issues in ``before`` lead to it.

    Raises CaseworkError E853 when there is no such case, StoreError E901 when the disk is full.
    """
    described = Attachment(
        case_id=one.case_id,
        title=one.title,
        document=DOCUMENT,
        added_on=one.issued_on,
        handed=(HandOver(one.handed_to, on=one.issued_on, original=True),) if one.handed_to else (),
        about=one.about,
    )
    with changing(desk) as step:
        known_case(step.writer, one.case_id)
        kept = attachments.write(step.writer, described, Scan(data, PDF))
        for each in before:
            step.put(replace(step.known(PaperIssue, each), attachment_id=kept.id))
        step.put(replace(one, attachment_id=kept.id))
    return kept


def of_paper(file: CaseFile, paper: str, about: str) -> tuple[PaperIssue, ...]:
    """Return what became of a paper about a record ("": the case) so far, the latest first."""
    found = [one for one in file.paper_issues if (one.paper, one.about) == (paper, about)]
    return tuple(sorted(found, key=lambda one: (str(one.issued_on), one.id), reverse=True))


def file_of(desk: Desk, about: str, record_id: str) -> CaseFile:
    """Return the case of what a paper is about: a kind of record, "deadline" for a date.

    Of a person it is the newest case; what stands after a slash is a part of the case. Raises StoreError E909
    when there is no such record, CaseworkError E853 when it has no case.
    """
    with desk.reading() as reader:
        if about == "case":
            return read_file(reader, record_id.partition("/")[0])
        record = known(reader, type_of(_KINDS.get(about, about)), record_id)
        cases = [getattr(record, "case_id", "")] if about != "person" else sorted(reader.cases_of(record_id))
        return read_file(reader, cases[-1] if cases else "")
