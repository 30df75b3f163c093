"""What an answer, a withdrawal or an addition to a move does at the desk that it reaches."""

from dataclasses import replace
from typing import Final

from kimdesk.casework import arriving, closing, custody, parcel
from kimdesk.casework.joining import Returning
from kimdesk.domain.custody import Custody, Passage, PassageWay, Side, Stage
from kimdesk.domain.errors import BundleError
from kimdesk.domain.records import Case
from kimdesk.domain.terms import CaseStatus
from kimdesk.store import passages
from kimdesk.store.work import Writer
from kimdesk.sync.passing.common import (
    NOT_HERE,
    Arrival,
    Courier,
    base_of,
    demand_known,
    papers,
    passage_of,
)
from kimdesk.sync.passing.noted import (
    passage_from,
    settle,
    tell,
)
from kimdesk.sync.passing.statements import Signed

PASSED_ELSEWHERE, LATE = "E428", "E430"
HANDED_OVER: Final = "handed_over"
"""The reason (closing_reason) with which a case ends here that another desk has taken."""


def take_answer(courier: Courier, arrived: Arrival) -> Passage:
    """Take the answer to an offer of this desk; taking it again changes nothing.

    Raises BundleError E428 when another desk has the case already, E430 for an acceptance after the term.
    """
    reply, said = arrived.reply, arrived.offer
    assert reply is not None  # noqa: S101 - who calls has looked
    with courier.desk.writing() as writer:
        passage = demand_known(passage_of(writer, said.passage, Side.GAVE))
        stage = Stage.ACCEPTED if reply.outcome == "accepted" else Stage.REFUSED
        if passage.stage in (Stage.ACCEPTED, Stage.REFUSED):
            return passage
        if stage is Stage.ACCEPTED:
            _demand_in_time(arrived)
            _pass_on(courier, writer, passage)
        settle(writer, passage, stage, reply.moment, reason=reply.reason, answer=arrived.statement.reply)
        passages.keep_statement(writer.connection, passage.id, arrived.statement.offer)
        if stage is Stage.REFUSED:
            passages.keep_base(writer.connection, passage.id, b"")
        tell(writer, "passed_on" if stage is Stage.ACCEPTED else "offer_refused", said.case)
        return replace(passage, stage=stage, settled_at=reply.moment, reason=reply.reason)


def take_withdrawal(courier: Courier, arrived: Arrival) -> Passage:
    """Note that an offer was withdrawn; what was accepted before stays accepted."""
    said, reply = arrived.offer, arrived.reply
    assert reply is not None  # noqa: S101 - who calls has looked
    with courier.desk.writing() as writer:
        known = passage_of(writer, said.passage, Side.TOOK)
        if known:
            return known
        noted = passage_from(said, Side.TOOK, Stage.WITHDRAWN, arrived.sender.name, reply.moment)
        passages.note(writer.connection, noted, papers(arrived.statement))
        return noted


def take_addition(courier: Courier, arrived: Arrival) -> tuple[Passage, int]:
    """Join what the former desk changed after its offer; return how much is to be decided.

    Raises BundleError E421 when the case was not taken over here.
    """
    said = arrived.offer
    with courier.desk.writing() as writer:
        passage = demand_known(passage_of(writer, said.passage, Side.TOOK))
        base = base_of(writer, passage.id)
        if passage.stage is not Stage.ACCEPTED or not base:
            raise BundleError(NOT_HERE)
        known = arriving.as_known_here(writer, arrived.parcel)
        before = parcel.states(arriving.as_known_here(writer, parcel.read(base)))
        coming = Returning(before, known, arrived.content.scans, passage.desk_name, passage.id)
        open_ = arriving.take_back(writer, courier.desk, coming)
        passages.keep_base(writer.connection, passage.id, papers(Signed(b""), arrived.content.document).base)
        tell(writer, "addition_taken", said.case)
        return passage, open_


def _demand_in_time(arrived: Arrival) -> None:
    reply = arrived.reply
    if reply and reply.moment.astimezone().date() > arrived.offer.last_day:
        raise BundleError(LATE)


def _pass_on(courier: Courier, writer: Writer, passage: Passage) -> None:
    """Let the case end here; keep the state as it was offered only while something was changed after it."""
    standing = custody.standing_of(writer, passage.case_id, courier.day)
    case = writer.get(Case, passage.case_id)
    if standing.custody is Custody.PASSED_ON:
        raise BundleError(PASSED_ELSEWHERE, desk=standing.passage.desk_name if standing.passage else "")
    if case is None:
        return
    base = base_of(writer, passage.id)
    kept, sift = parcel.read(base).addresses, courier.sifting(PassageWay.MOVE)
    now = parcel.for_another_desk(writer, case.id, addresses=kept, sift=sift)
    if now == base:
        passages.keep_base(writer.connection, passage.id, b"")
    writer.passing.add(case.id)
    if case.status is not CaseStatus.CLOSED:
        until = closing.retention(courier.desk.rules.spans, courier.day).until
        ended = replace(
            case, status=CaseStatus.CLOSED, closed_on=courier.day, closing_reason=HANDED_OVER,
            retain_until=until,
        )  # fmt: skip
        writer.put(ended)
