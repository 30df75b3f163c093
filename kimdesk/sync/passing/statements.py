"""What two desks sign when a case passes between them: the offer by one, the reply by the other.

An offer signed by the desk that gives and an acceptance signed by the desk that takes, which names the offer
by its digest, together are the proof that a case has passed: whoever knows both desks' keys can check it.
"""

import hashlib
import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

from kimdesk.domain.errors import BundleError
from kimdesk.store.columns import moment_text
from kimdesk.sync.sealing import limits, signed, wire
from kimdesk.sync.sealing.container import Container, Hex32
from kimdesk.sync.sealing.keys import DeviceIdentity, PublicIdentity
from kimdesk.sync.trust.enrolment import Name
from kimdesk.sync.trust.kreis_keys import Day

OFFER, REPLY = "offer", "reply"

Hex64 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
Hex96 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{96}\Z")]
Identity = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Words = Annotated[str, msgspec.Meta(max_length=2000)]
Outcome = Literal["accepted", "refused", "withdrawn", "added", "returned", "confirmed"]


class CaseOffer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A desk offers a case for good (``move``), or lends a copy of it for a while (``cover``)."""

    format: int = wire.FORMAT
    passage: Hex32  # random; the same in all files of this passage
    way: Literal["move", "cover"]
    case: Identity
    giver: Hex32  # stable identity of the desk that gives, as its certificate names it
    giver_name: Name
    taker: Hex32
    taker_name: Name
    turn: wire.Number  # how often the case has moved, with this move; 0 for a cover
    made: wire.Moment
    until: Day  # the last day of the offer, or of the cover
    basis: Annotated[str, msgspec.Meta(max_length=40)]  # legal basis, a code
    held_as: list[Identity]  # under which identities the Kreis may hold the case
    content: Hex64  # SHA-256 of the document that goes with it, which names its scans

    @property
    def last_day(self) -> date:
        """Return the last day. Raises BundleError E103 for one that no calendar has."""
        return _day(self.until)


class OfferReply(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What either desk signs after an offer.

    The desk that takes: ``accepted``, ``refused``, ``returned`` (a cover). The desk that gives:
    ``withdrawn``, ``added`` (what it changed after the offer), ``confirmed`` (that the cover came back).
    """

    format: int = wire.FORMAT
    offer: Hex96  # digest of the offer
    outcome: Outcome
    reason: Words
    content: Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{64})?\Z")]  # of a document that goes with it
    made: wire.Moment

    @property
    def moment(self) -> datetime:
        """Return when it was made. Raises BundleError E103."""
        return moment_of(self.made)


class Signed(msgspec.Struct, frozen=True):
    """An offer as it was signed, with the reply to it if there is one."""

    offer: bytes
    reply: bytes = b""


def sign_offer(offer: CaseOffer, giver: DeviceIdentity) -> bytes:
    """Return the signed offer."""
    return signed.sign(OFFER, offer, giver)


def sign_reply(offer: bytes, outcome: Outcome, signer: DeviceIdentity, *, made: datetime, reason: str = "",
               content: str = "") -> bytes:  # fmt: skip
    """Return a signed reply to the signed ``offer``."""
    body = OfferReply(
        offer=digest_of(offer), outcome=outcome, reason=reason, content=content, made=moment_text(made)
    )
    return signed.sign(REPLY, body, signer)


def read_offer(data: bytes, giver: Callable[[CaseOffer], PublicIdentity]) -> CaseOffer:
    """Return the offer in ``data``, signed by ``giver`` of it. Raises BundleError as ``signed.read``."""
    offer = signed.read(OFFER, data, CaseOffer, giver)
    _ = offer.last_day, moment_of(offer.made)
    return offer


def read_reply(data: bytes, offer: bytes, signer: PublicIdentity) -> OfferReply:
    """Return the reply in ``data`` to the signed ``offer``, signed by ``signer``.

    Raises BundleError E103 when it answers another offer, and as ``signed.read``.
    """
    reply = signed.read(REPLY, data, OfferReply, lambda _: signer)
    _ = reply.moment
    if reply.offer != digest_of(offer):
        raise BundleError("E103")
    return reply


def signed_anew(reply: bytes, offer: bytes, signer: DeviceIdentity) -> bytes:
    """Return a desk's own ``reply`` to ``offer`` with the same words, signed with other keys of it."""
    said = wire.decode(OfferReply, Container(io.BytesIO(reply)).unproven_body())
    words = {"reason": said.reason, "content": said.content}
    return sign_reply(offer, said.outcome, signer, made=said.moment, **words)


def offered_anew(offer: bytes, giver: DeviceIdentity) -> bytes:
    """Return a desk's own ``offer`` with the same words, signed with other keys of it."""
    return sign_offer(unproven_offer(offer), giver)


def digest_of(data: bytes) -> str:
    """Return the digest (hex) that names a signed statement; it covers all but the signatures."""
    return Container(io.BytesIO(data)).digest().hex()


def moment_of(text: str) -> datetime:
    """Return a moment with its time zone. Raises BundleError E103."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BundleError("E103") from None
    if found.tzinfo is None:
        raise BundleError("E103")
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BundleError("E103") from None


def sha256(document: bytes) -> str:
    """Return the SHA-256 (hex) by which a document is signed for."""
    return hashlib.sha256(document).hexdigest()


def unproven_offer(data: bytes) -> CaseOffer:
    """Return the offer in ``data``, whoever may have signed it. Raises BundleError E10x, E50x, E60x."""
    file = Container(io.BytesIO(data))
    if file.fields.kind != OFFER or file.header.body_size > limits.DOCUMENT:
        raise BundleError("E104")
    return wire.decode(CaseOffer, file.unproven_body())


def signer_of(data: bytes) -> str:
    """Return the key id a signed statement says it was signed with. Raises BundleError E10x."""
    return Container(io.BytesIO(data)).fields.sender
