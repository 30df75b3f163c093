"""Taking in a whole case that another desk has sent, through the one door for persons and file numbers."""

from dataclasses import replace

from kimdesk.casework import admission, conflicts, joining
from kimdesk.casework.desk import Desk
from kimdesk.casework.document_in import take
from kimdesk.casework.joining import Returning, Scans
from kimdesk.casework.office import next_file_number
from kimdesk.casework.parcel import Parcel, States, other_name, renamed, states
from kimdesk.domain.records import Attachment, Case, Member
from kimdesk.domain.terms import CaseStatus
from kimdesk.store.work import Reader, Writer


def take_in(writer: Writer, desk: Desk, parcel: Parcel, scans: Scans, source: str) -> int:
    """Take in a case that is new here; return how much is to be decided about persons known already.

    A file number that is taken here is given anew. Raises ContentError as ``exchange.import_documents`` says
    of one entry, E779 when a scan is missing.
    """
    taken = take(writer, desk.catalogue, parcel.case, plausible=False)
    number, case = taken.case.file_number, taken.case
    if not number or admission.is_taken(writer, number, case.id):
        case = replace(case, file_number=next_file_number(writer, desk.name, case.opened_on))
    for record in (case, *taken.others):
        admission.admit(writer, desk.catalogue, record, plausible=False)
        if not record.rev or writer.get(type(record), record.id) != record:
            writer.put(record)
    described = (each for each in states(parcel).values() if isinstance(each, Attachment))
    joining.save_scans(writer, described, scans)
    return conflicts.note(writer, case.id, taken.differing, source)


def take_back(writer: Writer, desk: Desk, coming: Returning) -> int:
    """Join a case that is here with what another desk made of it; return how much is to be decided."""
    return joining.join(writer, desk.catalogue, coming).open


def as_known_here(reader: Reader, parcel: Parcel) -> Parcel:
    """Return the parcel with the persons of the case under the identities they have here."""
    members = reader.of_case(Member, parcel.case_id)
    return renamed(parcel, {other_name(parcel.case_id, each.person_id): each.person_id for each in members})


def here(reader: Reader, case_id: str) -> States:
    """Return the records of a case as they stand here."""
    return joining.records_here(reader, case_id)


def make_own(writer: Writer, desk: Desk, case_id: str) -> None:
    """Let the case be one of this desk: its worker, its municipality, and open."""
    case = writer.get(Case, case_id)
    if case is None:
        return
    place = desk.municipalities[0] if desk.municipalities else case.ags
    own = replace(
        case,
        worker=desk.actor,
        ags=case.ags if case.ags in desk.municipalities else place,
        status=CaseStatus.ACTIVE,
        closed_on=None,
        closing_reason="",
        retain_until=None,
    )
    if own != case:
        writer.put(own)
