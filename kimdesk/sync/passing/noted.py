"""What a move and a cover share: how a passage begins, is noted, and comes to another stage."""

import secrets
from datetime import date, datetime
from typing import Literal

from kimdesk.casework.desk import Desk
from kimdesk.domain.custody import Passage, PassageWay, Side, Stage
from kimdesk.domain.errors import BundleError, ContentError
from kimdesk.store import passages
from kimdesk.store.columns import moment_text
from kimdesk.store.work import Writer
from kimdesk.sync.passing import statements
from kimdesk.sync.passing.common import NOT_HERE, Courier, Sending, papers
from kimdesk.sync.passing.statements import CaseOffer, Signed
from kimdesk.sync.trust.cards import Neighbour

NOT_OURS, IS_HERE = "E422", "E427"


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
