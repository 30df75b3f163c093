"""Reading a whole case within a transaction, and what every use case asks of it first."""

from kimdesk.domain import records
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.records import Case, CaseFile, Member, Person
from kimdesk.store.work import Reader


def read_file(reader: Reader, case_id: str) -> CaseFile:
    """Return the whole case within a transaction. Raises CaseworkError E853 when there is none."""
    return CaseFile(
        case=known_case(reader, case_id),
        persons=tuple(reader.of_case(Person, case_id)),
        members=tuple(reader.of_case(Member, case_id)),
        consents=tuple(reader.of_case(records.Consent, case_id)),
        phases=tuple(reader.of_case(records.PhaseEntry, case_id)),
        events=tuple(reader.of_case(records.PhaseEvent, case_id)),
        goals=tuple(reader.of_case(records.Goal, case_id)),
        measures=tuple(reader.of_case(records.Measure, case_id)),
        referrals=tuple(reader.of_case(records.Referral, case_id)),
        regimes=tuple(reader.of_case(records.RegimeSpell, case_id)),
        residence=tuple(reader.of_case(records.ResidenceSpell, case_id)),
        contacts=tuple(reader.of_case(records.Contact, case_id)),
        follow_ups=tuple(reader.of_case(records.FollowUp, case_id)),
        findings=tuple(reader.of_case(records.Finding, case_id)),
        relations=tuple(reader.of_case(records.Relation, case_id)),
        regime_changes=tuple(reader.of_case(records.RegimeChange, case_id)),
        attachments=tuple(reader.of_case(records.Attachment, case_id)),
        disputes=tuple(reader.of_case(records.Dispute, case_id)),
    )


def known_case(reader: Reader, case_id: str) -> Case:
    """Return the case alone. Raises CaseworkError E853 when there is none."""
    found = reader.get(Case, case_id)
    if found is None:
        raise CaseworkError("E853")
    return found


def demand_reason(reason: str) -> None:
    """Raise CaseworkError E851 when ``reason`` says nothing."""
    if not reason.strip():
        raise CaseworkError("E851")
