"""What happens to a referral, noted step by step: sent, asked again, answered, settled, withdrawn."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from kimdesk.casework.case_file import demand_reason, read_file
from kimdesk.casework.checklists import settled
from kimdesk.casework.desk import Desk
from kimdesk.casework.referral_grounds import coded, covered, expected_days
from kimdesk.domain.dates import today
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.identity import new_id
from kimdesk.domain.law.spans import SpanName
from kimdesk.domain.needs.facts import gathered
from kimdesk.domain.records import CaseFile, Contact, FollowUp, Referral, ReferralStep
from kimdesk.domain.referral_steps import may_take, taken
from kimdesk.domain.terms import FollowUpKind, ItemState, ReferralState, StepKind
from kimdesk.store.work import Writer

_WITH_REASON = frozenset({StepKind.REJECTED, StepKind.WITHDRAWN, StepKind.QUERY})


@dataclass(frozen=True, kw_only=True, slots=True)
class StepFacts:
    """What there is to note about a step besides its kind; see ``ReferralStep``.

    ``papers`` None: those of the checklist that are there go along, and the other scans for it.
    """

    on: date | None = None
    who: str = ""
    channel: str = ""
    reason: str = ""
    text: str = ""
    appointment_on: date | None = None
    appointment_at: str = ""
    due_on: date | None = None
    papers: tuple[str, ...] | None = None


def take(
    desk: Desk, referral: Referral, kind: StepKind, said: StepFacts, override_reason: str = ""
) -> Referral:
    """Note what happened to a referral. Rejecting, withdrawing and a question of the office need words.

    From sending on its checklist stands as it is. Sending asks for the consent once more, because it may have
    been withdrawn or expired meanwhile. An appointment the office gives becomes one of the case.
    Raises CaseworkError E852 for a step that does not follow, E851 without a needed reason, E850 as
    ``prepare``, E847 for a day before the referral went, StoreError E905 when the referral
    was changed meanwhile.
    """
    with desk.writing() as writer:
        return _take(desk, writer, referral, kind, said, override_reason)


def answer(
    desk: Desk, referral: Referral, kind: StepKind, said: StepFacts, override_reason: str = ""
) -> Referral:
    """Note an answer as ``take`` does; what was never noted as sent is so first, under its consent.

    The person may have carried the slip to the office before anybody wrote that down.
    """
    with desk.writing() as writer:
        if referral.state is ReferralState.PREPARED:
            went = StepFacts(on=said.on, channel="client")
            referral = _take(desk, writer, referral, StepKind.SENT, went, override_reason)
        return _take(desk, writer, referral, kind, said, "")


def chase(desk: Desk, referral: Referral, said: StepFacts) -> tuple[Referral, Contact]:
    """Note that the office was asked again, as a talk of the case too, and when to ask next (in a week).

    Raises as ``take``.
    """
    day = said.on or today()
    with desk.writing() as writer:
        after = _take(desk, writer, referral, StepKind.CHASED, said, "")
        return after, writer.put(
            Contact(
                case_id=referral.case_id,
                held_on=day,
                form="agency",
                participants=", ".join(filter(None, (referral.agency, said.who))),
                content=said.text,
            )
        )


def _take(
    desk: Desk, writer: Writer, referral: Referral, kind: StepKind, said: StepFacts, override_reason: str
) -> Referral:
    day = said.on or today()
    if not may_take(referral, kind):
        raise CaseworkError("E852")
    if kind in _WITH_REASON:
        demand_reason(said.reason or said.text)
    if referral.sent_on and day < referral.sent_on:
        raise CaseworkError("E847")
    file = read_file(writer, referral.case_id)
    referral = settled(desk.catalogue, referral, gathered(file, today()))
    if kind is StepKind.SENT and said.papers is None:
        said = replace(said, papers=_at_hand(referral, file))
    if kind is StepKind.SENT:
        referral = covered(writer, desk.catalogue, coded(writer, referral), day, override_reason)
    saved = writer.put(taken(referral, _step(desk, writer, referral, kind, said, day)))
    if said.appointment_on:
        writer.put(_appointment(desk, saved, said, said.appointment_on))
    return saved


def _step(
    desk: Desk, writer: Writer, referral: Referral, kind: StepKind, said: StepFacts, day: date
) -> ReferralStep:
    sending = kind is StepKind.SENT
    return ReferralStep(
        id=new_id(),
        kind=kind,
        on=day,
        by=desk.actor,
        who=said.who,
        channel=said.channel,
        reason=said.reason,
        text=said.text or (referral.override_reason if sending else ""),
        appointment_on=said.appointment_on,
        appointment_at=said.appointment_at,
        due_on=said.due_on or _due_on(desk, writer, referral, kind, day),
        papers=said.papers or (),
    )


def _due_on(desk: Desk, writer: Writer, referral: Referral, kind: StepKind, day: date) -> date | None:
    if kind in (StepKind.SENT, StepKind.REPLIED):
        return day + timedelta(days=expected_days(writer, desk.catalogue, referral))
    if kind in (StepKind.CHASED, StepKind.QUERY):
        return desk.rules.spans.after(SpanName.REMINDER, day)
    return None


def _at_hand(referral: Referral, file: CaseFile) -> tuple[str, ...]:
    """Return what goes along: what of the checklist is there, and the titles of other scans for it."""
    items = tuple(each.item for each in referral.checklist if each.state is ItemState.PRESENT)
    known = {each.item for each in referral.checklist}
    scans = (one for one in file.attachments if one.about == referral.id and one.document not in known)
    return (*items, *(one.title for one in scans if one.title))


def _appointment(desk: Desk, referral: Referral, said: StepFacts, day: date) -> FollowUp:
    return FollowUp(
        case_id=referral.case_id,
        kind=FollowUpKind.APPOINTMENT,
        title=referral.agency or desk.catalogue.service_name(referral.service),
        due_on=day,
        time=said.appointment_at,
        about=referral.id,
    )
