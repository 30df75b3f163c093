"""Cover for absence: a copy for a colleague's desk, until a day, that comes back with its changes.

The owner goes on working meanwhile. What comes back is joined field by field with what was done here; where
both contradict, a person decides. The copy is for reading alone once its time is over or it was given back,
and goes when the owner has confirmed that it came back.
"""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from kimdesk.casework import arriving, cases, custody, parcel
from kimdesk.casework.desk import Desk
from kimdesk.casework.joining import Returning
from kimdesk.domain.custody import Custody, Passage, PassageWay, Side, Stage
from kimdesk.domain.errors import BundleError, KimdeskError, StoreError
from kimdesk.domain.records import Case
from kimdesk.store import passages
from kimdesk.sync.passing import statements
from kimdesk.sync.passing.common import (
    NOT_HERE,
    Arrival,
    Courier,
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
from kimdesk.sync.passing.statements import Signed

ALREADY_OUT, OVER = "E433", "E434"
ENDED: Final = "cover_ended"
"""The reason under which a copy is removed."""


def lend(
    desk: Desk,
    case_id: str,
    to: str,
    out: Path,
    *,
    until: date,
    basis: str,
    addresses: bool = False,
    now: datetime | None = None,
) -> Passage:
    """Lend a copy of a case to the desk ``to`` until a day, or write the same copy once more.

    Raises BundleError E422 when this desk is not responsible, E433 while another desk has a copy, E434 for a
    day that is over, and as ``moves.offer``.
    """
    courier = Courier.of(desk, now)
    card = courier.card(to)
    demand_basis(desk, basis)
    if until < courier.day:
        raise BundleError(OVER)
    with courier.writing(out) as (writer, sending):
        standing = custody.standing_of(writer, case_id, courier.day)
        lent = standing.passage if standing.custody is Custody.LENT else None
        if lent and not standing.overdue:
            if lent.desk != to:
                raise BundleError(ALREADY_OUT, desk=lent.desk_name)
            sending.send(offered(courier, writer, lent.id), card, base_of(writer, lent.id), writer, case_id)
            return lent
        if not standing.reports or standing.custody is Custody.OFFERED:
            raise BundleError(NOT_OURS)
        sift = courier.sifting(PassageWay.COVER)
        document = parcel.packed(writer, case_id, addresses=addresses, sift=sift)
        said = begun(courier, case_id, card, "cover", until, basis, document)
        return begin(courier, writer, sending, said, document, card)


def take_copy(courier: Courier, arrived: Arrival) -> tuple[Passage, int]:
    """Take a copy in; return how much is to be decided about persons known here already.

    Taking it again changes nothing. Raises BundleError E427 when the case is here otherwise, E434 when its
    time is over, and what ``arriving.take_in`` raises.
    """
    said, sent = arrived.offer, arrived.parcel
    with courier.desk.writing() as writer:
        known = passage_of(writer, said.passage, Side.TOOK)
        if known:
            return known, 0
        if courier.day > said.last_day:
            raise BundleError(OVER)
        if sent.case_id != said.case:
            raise BundleError("E103")
        if writer.get(Case, said.case) is not None:
            raise BundleError(IS_HERE)
        writer.passing.add(said.case)
        open_ = arriving.take_in(writer, courier.desk, sent, arrived.content.scans, arrived.sender.name)
        noted = passage_from(said, Side.TOOK, Stage.LENT, arrived.sender.name, courier.moment)
        passages.note(writer.connection, noted, papers(arrived.statement, arrived.content.document))
        tell(writer, "cover_taken", said.case)
        return noted, open_


def give_back(desk: Desk, case_id: str, out: Path, *, now: datetime | None = None) -> Passage:
    """Give a copy back with what was done here, or write the same file once more.

    From here on the copy is for reading alone. Raises BundleError E421 when this desk covers no such case.
    """
    courier = Courier.of(desk, now)
    with courier.writing(out) as (writer, sending):
        standing = custody.standing_of(writer, case_id, courier.day)
        copy = demand_known(standing.passage if standing.custody is Custody.COVERING else None)
        card = courier.card(copy.desk)
        given = parcel.read(base_of(writer, copy.id))
        back = parcel.packed(writer, case_id, addresses=True, since=parcel.states(given))
        if copy.stage is Stage.RETURNED:
            again = replied(courier, writer, copy.id)
            sending.send(again, card, back, writer, case_id, given.blobs())
            return copy
        said = statement_of(writer, copy.id).offer
        reply = statements.sign_reply(
            said, "returned", courier.own, made=courier.moment, content=statements.sha256(back)
        )
        sending.send(Signed(said, reply), card, back, writer, case_id, given.blobs())
        settle(writer, copy, Stage.RETURNED, courier.moment, answer=reply)
        tell(writer, "cover_returned", case_id)
        return replace(copy, stage=Stage.RETURNED, settled_at=courier.moment)


def take_return(courier: Courier, arrived: Arrival) -> tuple[Passage, int]:
    """Join what a colleague did to the case; return how much is to be decided. Twice changes nothing.

    Raises BundleError E421 when no copy of the case was lent, CaseworkError E853 when the case is gone, E864
    when it was handed over meanwhile, ContentError as ``joining.join``.
    """
    reply, said = arrived.reply, arrived.offer
    assert reply is not None  # noqa: S101 - who calls has looked
    with courier.desk.writing() as writer:
        lent = demand_known(passage_of(writer, said.passage, Side.GAVE))
        if lent.stage is Stage.RETURNED:
            return lent, 0
        base = base_of(writer, lent.id)
        if not base:
            raise BundleError(NOT_HERE)
        coming = Returning(
            parcel.states(parcel.read(base)), arrived.parcel, arrived.content.scans, lent.desk_name, lent.id
        )
        open_ = arriving.take_back(writer, courier.desk, coming)
        settle(writer, lent, Stage.RETURNED, reply.moment, answer=arrived.statement.reply)
        passages.keep_base(writer.connection, lent.id, b"")
        tell(writer, "cover_joined", said.case)
        return replace(lent, stage=Stage.RETURNED, settled_at=reply.moment), open_


def confirm(desk: Desk, case_id: str, out: Path, *, now: datetime | None = None) -> Passage:
    """Write the word that the last cover of a case came back, so that the copy goes; as often as it takes.

    Raises BundleError E421 when no cover of it came back.
    """
    courier = Courier.of(desk, now)
    with courier.writing(out) as (writer, sending):
        every = passages.of_case(writer.connection, case_id)
        back = [each for each in every if each.way is PassageWay.COVER and each.stage is Stage.RETURNED]
        lent = demand_known(next((each for each in reversed(back) if each.side is Side.GAVE), None))
        said = statement_of(writer, lent.id).offer
        reply = statements.sign_reply(said, "confirmed", courier.own, made=courier.moment)
        sending.send(Signed(said, reply), courier.card(lent.desk))
    return lent


def recall(desk: Desk, case_id: str, reason: str, *, now: datetime | None = None) -> Passage:
    """Wait no longer for a cover that does not come back; should it, it is joined all the same.

    Raises BundleError E421 when none is out.
    """
    courier = Courier.of(desk, now)
    with desk.writing() as writer:
        standing = custody.standing_of(writer, case_id, courier.day)
        lent = demand_known(standing.passage if standing.custody is Custody.LENT else None)
        settle(writer, lent, Stage.WITHDRAWN, courier.moment, reason=reason.strip())
        tell(writer, "cover_recalled", case_id)
    return replace(lent, stage=Stage.WITHDRAWN, reason=reason.strip())


def take_confirmation(courier: Courier, arrived: Arrival) -> Passage:
    """Remove a copy that has come back to its owner. Raises BundleError E421 when it was never given back.

    StoreError E911 when it is removed but the disk did not let the log of the database be wiped.
    """
    said, reply = arrived.offer, arrived.reply
    assert reply is not None  # noqa: S101 - who calls has looked
    with courier.desk.writing() as writer:
        copy = demand_known(passage_of(writer, said.passage, Side.TOOK))
        if copy.stage is Stage.ENDED:
            return copy
        if copy.stage is not Stage.RETURNED:
            raise BundleError(NOT_HERE)
        settle(writer, copy, Stage.ENDED, reply.moment)
        cases.erase_within(writer, said.case, ENDED)
        tell(writer, "cover_ended", said.case)
    try:
        courier.desk.vault.checkpoint()
    except KimdeskError:
        raise StoreError("E911") from None
    return replace(copy, stage=Stage.ENDED, settled_at=reply.moment)
