"""Handing a case over for good: offered, accepted or refused with a reason, withdrawn, added to.

Responsibility moves by the signed acceptance alone. The case stays open to changes while it is offered; what
was changed after the offer is added when the acceptance is there, so that nothing is lost on the way.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy import select

from kimdesk.casework import arriving, custody, parcel
from kimdesk.casework.desk import Desk
from kimdesk.casework.joining import Returning
from kimdesk.domain.custody import Custody, Passage, PassageWay, Side, Stage, may_ask_another
from kimdesk.domain.errors import BundleError, CaseworkError
from kimdesk.domain.records import Case
from kimdesk.store import conflicts, passages
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
from kimdesk.sync.passing.noted import (
    IS_HERE,
    NOT_OURS,
    begin,
    begun,
    demand_basis,
    passage_from,
    settle,
    tell,
)
from kimdesk.sync.passing.statements import Outcome, Signed
from kimdesk.sync.tables import sync_sent

TERM: Final = timedelta(days=30)
"""How long an offer usually stands."""
OFFERED_ELSEWHERE, STILL_OUT = "E423", "E424"
RUN_OUT, TAKEN_BACK = "E425", "E426"
ANSWERED_OTHERWISE, UNDECIDED = "E429", "E435"


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
