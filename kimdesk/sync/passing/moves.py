"""Handing a case over for good: offered, accepted or refused with a reason, withdrawn, added to.

Responsibility moves by the signed acceptance alone. The case stays open to changes while it is offered; what
was changed after the offer is added when the acceptance is there, so that nothing is lost on the way.
"""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final, Literal

import msgspec
from sqlalchemy import select

from kimdesk.casework import arriving, closing, custody, parcel
from kimdesk.casework.desk import Desk
from kimdesk.casework.joining import Returning
from kimdesk.domain.custody import Custody, Passage, PassageWay, Side, Stage, may_ask_another
from kimdesk.domain.errors import BundleError, CaseworkError, ContentError
from kimdesk.domain.records import Case
from kimdesk.domain.terms import CaseStatus
from kimdesk.store import conflicts, passages
from kimdesk.store.columns import moment_text
from kimdesk.store.work import Reader, Writer
from kimdesk.sync.leaving import rescope
from kimdesk.sync.passing import sensitive, statements
from kimdesk.sync.passing.common import (
    NOT_HERE,
    Arrival,
    Courier,
    Sending,
    base_of,
    demand_known,
    offered,
    papers,
    passage_of,
    replied,
    statement_of,
)
from kimdesk.sync.passing.statements import CaseOffer, Outcome, Signed
from kimdesk.sync.tables import sync_sent
from kimdesk.sync.trust.cards import Neighbour

TERM: Final = timedelta(days=30)
"""How long an offer usually stands."""
NOT_OURS, OFFERED_ELSEWHERE, STILL_OUT = "E422", "E423", "E424"
RUN_OUT, TAKEN_BACK, IS_HERE, PASSED_ELSEWHERE = "E425", "E426", "E427", "E428"
ANSWERED_OTHERWISE, LATE, UNDECIDED = "E429", "E430", "E435"
HANDED_OVER: Final = "handed_over"
"""The reason (closing_reason) with which a case ends here that another desk has taken."""


def offer(
    desk: Desk,
    case_id: str,
    to: str,
    out: Path,
    *,
    basis: str,
    until: date | None = None,
    addresses: bool = False,
    now: datetime | None = None,
) -> Passage:
    """CaseOffer a case to the desk ``to`` (its stable identity), or write the same offer once more.

    ``basis`` (legal_basis) is kept. ``addresses``: those of somebody protected go along. Raises CaseworkError
    E422 when this desk is not responsible, E423 when another desk might still accept, E424 while a cover is
    out, E435 while two versions wait for a decision, E853; ContentError E713
    for an unknown basis; BundleError E208, E601 to E604; StoreError for the medium.
    """
    courier = Courier.of(desk, now)
    card = courier.card(to)
    demand_basis(desk, basis)
    with courier.writing(out) as (writer, sending):
        standing = custody.standing_of(writer, case_id, courier.day)
        if standing.custody is Custody.OFFERED and standing.passage and standing.passage.desk == to:
            again = standing.passage
            sending.send(offered(courier, writer, again.id), card, base_of(writer, again.id), writer, case_id)
            return again
        _demand_ours(writer, case_id, to, courier.day)
        sift = courier.sifting(PassageWay.MOVE)
        document = parcel.for_another_desk(writer, case_id, addresses=addresses, sift=sift)
        said = begun(courier, case_id, card, "move", until or courier.day + TERM, basis, document)
        held_as = _held_as(writer, case_id)
        said = msgspec.structs.replace(said, turn=_turns(writer, case_id) + 1, held_as=held_as)
        return begin(courier, writer, sending, said, document, card)


def begun(
    courier: Courier, case_id: str, card: Neighbour, way: Literal["move", "cover"], until: date, basis: str,
    document: bytes,
) -> CaseOffer:  # fmt: skip
    """Return the offer that begins a new passage of a case."""
    return CaseOffer(
        passage=secrets.token_hex(16), way=way, case=case_id, giver=courier.own_id,
        giver_name=courier.desk.name, taker=card.desk_id, taker_name=card.name, turn=0,
        made=moment_text(courier.moment), until=until.isoformat(), basis=basis, held_as=[],
        content=statements.sha256(document),
    )  # fmt: skip


def begin(
    courier: Courier, writer: Writer, sending: Sending, said: CaseOffer, document: bytes, card: Neighbour
) -> Passage:
    """Sign what is offered, send it with the case, and note it."""
    stage, action = (Stage.OFFERED, "offered") if said.way == "move" else (Stage.LENT, "lent")
    signed = Signed(statements.sign_offer(said, courier.own))
    sending.send(signed, card, document, writer, said.case)
    noted = passage_from(said, Side.GAVE, stage, card.name, courier.moment)
    passages.note(writer.connection, noted, papers(signed, document))
    tell(writer, action, said.case)
    return noted


def withdraw(
    desk: Desk, case_id: str, out: Path, *, reason: str = "", now: datetime | None = None
) -> Passage:
    """Withdraw the offer of a case and write the word of it for the other desk.

    An acceptance that was on its way by then still counts. Raises BundleError E421 without an open offer.
    """
    courier = Courier.of(desk, now)
    with courier.writing(out) as (writer, sending):
        every = passages.of_case(writer.connection, case_id)
        mine = [each for each in every if each.side is Side.GAVE and each.way is PassageWay.MOVE]
        open_ = demand_known(next((each for each in mine if each.stage is Stage.OFFERED), None))
        said = offered(courier, writer, open_.id).offer
        reply = statements.sign_reply(
            said, "withdrawn", courier.own, made=courier.moment, reason=reason.strip()
        )
        sending.send(Signed(said, reply), courier.card(open_.desk))
        settle(writer, open_, Stage.WITHDRAWN, courier.moment, reason=reason.strip(), answer=reply)
        tell(writer, "offer_withdrawn", case_id)
        return replace(open_, stage=Stage.WITHDRAWN, reason=reason.strip(), settled_at=courier.moment)


def answer(
    desk: Desk, path: Path, out: Path, *, accept: bool, reason: str = "", now: datetime | None = None
) -> Passage:
    """Accept the case offered in the file at ``path``, or refuse it with a reason; ``out`` is the answer.

    What was answered once is answered the same again. Raises BundleError E425 when the offer has run out,
    E426 when it was withdrawn, E427 when the case is one of this desk already, E429 when it was answered the
    other way, E851 without a reason; BundleError as ``Courier.read``; what ``arriving.take_in`` raises.
    """
    courier = Courier.of(desk, now)
    arrived = courier.read(path, whole=accept)
    said = arrived.offer
    if arrived.reply or said.way != "move" or said.taker != courier.own_id:
        raise BundleError("E104")
    if not accept and not reason.strip():
        raise CaseworkError("E851")
    with courier.writing(out) as (writer, sending):
        known = passage_of(writer, said.passage, Side.TOOK)
        if known and known.stage is not Stage.WITHDRAWN:
            if (known.stage is Stage.ACCEPTED) != accept:
                raise BundleError(ANSWERED_OTHERWISE)
            sending.send(replied(courier, writer, known.id), arrived.sender)
            return known
        return _settle_offer(courier, writer, arrived, sending, accept=accept, reason=reason.strip())


def add(desk: Desk, case_id: str, out: Path, *, now: datetime | None = None) -> Passage:
    """Write what was changed here after the offer, for the desk that has accepted it.

    Raises BundleError E421 when the case was not handed over, or nothing was changed after the offer.
    """
    courier = Courier.of(desk, now)
    with courier.writing(out) as (writer, sending):
        standing = custody.standing_of(writer, case_id, courier.day)
        gave = standing.passage if standing.custody is Custody.PASSED_ON else None
        passage = demand_known(gave)
        base = base_of(writer, passage.id)
        if not base:
            raise BundleError(NOT_HERE)
        said = statement_of(writer, passage.id).offer
        since = parcel.states(parcel.read(base))
        kept, sift = parcel.read(base).addresses, courier.sifting(PassageWay.MOVE)
        document = parcel.for_another_desk(writer, case_id, addresses=kept, since=since, sift=sift)
        reply = statements.sign_reply(
            said, "added", courier.own, made=courier.moment, content=statements.sha256(document)
        )
        sending.send(Signed(said, reply), courier.card(passage.desk), document, writer, case_id)
        tell(writer, "added", case_id)
    return passage


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


def passage_from(said: CaseOffer, side: Side, stage: Stage, desk_name: str, at: datetime) -> Passage:
    """Return the passage an offer begins, as one side knows it."""
    return Passage(
        id=said.passage, case_id=said.case, way=PassageWay(said.way), side=side, stage=stage,
        desk=said.taker if side is Side.GAVE else said.giver, desk_name=desk_name, at=at,
        until=said.last_day, basis=said.basis, turn=said.turn,
    )  # fmt: skip


def settle(
    writer: Writer, one: Passage, stage: Stage, at: datetime, *, reason: str = "", answer: bytes = b""
) -> None:
    """Bring a passage to another stage, in this transaction. Raises BundleError E421 when it moved on."""
    if not passages.settle(writer.connection, one, stage, at, reason=reason, answer=answer):
        raise BundleError(NOT_HERE)
    writer.touched.add((passages.PASSAGE, one.case_id))


def tell(writer: Writer, action: str, case_id: str) -> None:
    """Note in the trail, and for open windows, that a case is on its way."""
    writer.record(action, "case", case_id, case_id)
    writer.touched.add((passages.PASSAGE, case_id))


def demand_basis(desk: Desk, basis: str) -> None:
    """Raise ContentError E713 for a legal basis that nobody knows."""
    if basis not in {each.code for each in desk.catalogue.code_list("legal_basis").codes}:
        raise ContentError("E713", place="basis")


def _demand_ours(reader: Reader, case_id: str, to: str, day: date) -> None:
    standing = custody.standing_of(reader, case_id, day)
    if not standing.reports:
        raise BundleError(NOT_OURS)
    every = passages.of_case(reader.connection, case_id)
    if standing.custody is Custody.OFFERED or not may_ask_another(every, to, day):
        raise BundleError(OFFERED_ELSEWHERE)
    if standing.custody is Custody.LENT:
        raise BundleError(STILL_OUT)
    if conflicts.open_by_case(reader.connection).get(case_id):
        raise BundleError(UNDECIDED)


def _turns(reader: Reader, case_id: str) -> int:
    every = passages.of_case(reader.connection, case_id)
    return max((each.turn for each in every if each.stage is Stage.ACCEPTED), default=0)


def _held_as(reader: Reader, case_id: str) -> list[str]:
    """Return under which identities the Kreis may hold the case: its own, and its pseudonyms."""
    sent = select(sync_sent.c.sent_id).where(sync_sent.c.record_id == case_id, sync_sent.c.kind == "case")
    return sorted({case_id, *(row[0] for row in reader.connection.execute(sent))})


def _settle_offer(
    courier: Courier, writer: Writer, arrived: Arrival, sending: Sending, *, accept: bool, reason: str
) -> Passage:
    said, card = arrived.offer, arrived.sender
    known = passage_of(writer, said.passage, Side.TOOK)
    if accept:
        if known is not None:
            raise BundleError(TAKEN_BACK)
        if courier.day > said.last_day:
            raise BundleError(RUN_OUT)
        _take_over(courier, writer, arrived)
    outcome: Outcome = "accepted" if accept else "refused"
    reply = statements.sign_reply(
        arrived.statement.offer, outcome, courier.own, made=courier.moment, reason=reason
    )
    signed = Signed(arrived.statement.offer, reply)
    sending.send(signed, card)
    stage = Stage.ACCEPTED if accept else Stage.REFUSED
    noted = replace(
        passage_from(said, Side.TOOK, stage, card.name, courier.moment),
        settled_at=courier.moment,
        reason=reason,
    )
    if known is None:
        passages.note(writer.connection, noted, papers(signed, arrived.content.document))
    else:
        settle(writer, known, stage, courier.moment, reason=reason, answer=reply)
    tell(writer, "taken_over" if accept else "offer_refused", said.case)
    return noted


def _take_over(courier: Courier, writer: Writer, arrived: Arrival) -> None:
    """Bring the case in: new here, come back, or so far a copy for a cover."""
    said, sent = arrived.offer, arrived.parcel
    standing = custody.standing_of(writer, said.case, courier.day)
    if sent.case_id != said.case:
        raise BundleError("E103")
    writer.passing.add(said.case)
    if writer.get(Case, said.case) is None:
        arriving.take_in(writer, courier.desk, sent, arrived.content.scans, arrived.sender.name)
    elif standing.reports:
        raise BundleError(IS_HERE)
    else:
        known = arriving.as_known_here(writer, sent)
        before = arriving.here(writer, said.case)
        if standing.passage and standing.custody is Custody.COVERING:
            before = parcel.states(parcel.read(base_of(writer, standing.passage.id)))
            settle(writer, standing.passage, Stage.ENDED, courier.moment)
        before = sensitive.bare_states(courier.desk.catalogue, before)  # what stayed there was never removed
        coming = Returning(before, known, arrived.content.scans, arrived.sender.name, said.passage)
        arriving.take_back(writer, courier.desk, coming)
    arriving.make_own(writer, courier.desk, said.case)
    rescope.send_case_again(writer.connection, said.case)  # the Kreis drops what does not come with the proof


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


def accepted(reader: Reader) -> Iterator[tuple[Passage, Signed]]:
    """Yield every move that was accepted, with what both desks have signed about it."""
    for each in passages.every(reader.connection):
        if each.way is PassageWay.MOVE and each.stage is Stage.ACCEPTED:
            yield each, statement_of(reader, each.id)
