"""What every file from desk to desk has in common: who may have sent it, what was signed, how it is made."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import zstandard

from kimdesk.casework import parcel
from kimdesk.casework.desk import Desk
from kimdesk.casework.parcel import Parcel, Sift
from kimdesk.domain import dates, media
from kimdesk.domain.custody import Passage, PassageWay, Side
from kimdesk.domain.errors import BundleError, KimdeskError
from kimdesk.domain.files import temporary_beside
from kimdesk.store import passages
from kimdesk.store.columns import moment_text
from kimdesk.store.passages import Papers
from kimdesk.store.work import Reader, Writer
from kimdesk.sync.passing import passage_file, sensitive, statements
from kimdesk.sync.passing.passage_file import PassageContent
from kimdesk.sync.passing.statements import CaseOffer, OfferReply, Signed
from kimdesk.sync.sealing import envelope
from kimdesk.sync.sealing.keys import DeviceIdentity, PublicIdentity
from kimdesk.sync.sealing.manifest import HandoverManifest
from kimdesk.sync.trust import colleagues, device
from kimdesk.sync.trust.cards import Neighbour

FITS_NOTHING, NOT_HERE, NOT_THEIRS = "E420", "E421", "E221"
_BY_TAKER: Final = ("accepted", "refused", "returned")
_LARGEST: Final = 25_000_000


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file from a colleague's desk, every signature checked: what was offered, and the reply to it."""

    sender: Neighbour
    offer: CaseOffer
    reply: OfferReply | None
    statement: Signed
    content: PassageContent

    @property
    def parcel(self) -> Parcel:
        """Return the case that came along. Raises ContentError E778 when none did, or it cannot be read."""
        return parcel.read(self.content.document)


@dataclass(frozen=True, slots=True)
class Courier:
    """This desk, about to write or read a file from desk to desk."""

    desk: Desk
    own: DeviceIdentity
    own_id: str
    moment: datetime
    cards: Mapping[str, Neighbour | BundleError]

    @classmethod
    def of(cls, desk: Desk, now: datetime | None = None) -> "Courier":
        """Return the courier of a desk. Raises BundleError E802 before it is enrolled, E804 when expired."""
        moment = now or dates.now()
        found = device.enrolled(desk, device.day_of(moment))
        device.prepare(desk)
        known = colleagues.every(desk, device.day_of(moment))
        return cls(desk, found.identity, found.certificate.desk, moment, known)

    @property
    def day(self) -> date:
        """Return the worker's calendar day."""
        return device.day_of(self.moment)

    def card(self, desk_id: str) -> Neighbour:
        """Return the card of a colleague's desk. Raises BundleError E220 and as ``cards.read``."""
        return colleagues.chosen(self.cards, desk_id)

    def sifting(self, way: PassageWay) -> Sift:
        """Return what takes out of a case all that no consent lets pass this way today."""
        return lambda file: sensitive.sift(self.desk.catalogue, file, way, self.day).file

    @contextmanager
    def writing(self, out: Path) -> Iterator[tuple[Writer, "Sending"]]:
        """Work in one transaction that writes one file: the file gets its name after the commit.

        What fails before leaves neither; what fails after it leaves a lost file, which is written again.
        Raises StoreError E920 to E923 for the medium.
        """
        with (
            media.understood(out.parent),
            temporary_beside(out) as unnamed,
            self.desk.writing() as writer,
        ):
            yield writer, Sending(self, unnamed)
        with suppress(KimdeskError):  # it only spares the other desk a question
            colleagues.put_card_beside(self.desk, out)

    def read(self, path: Path, *, whole: bool = True) -> Arrival:
        """Return what a file says. Raises BundleError E10x, E20x, E220 stranger, E221 not from the desk that
        has a say here, E301 for another desk, E302, E420 an offer that this desk never made."""
        sealed_to = envelope.inspect(path).recipient
        own = device.opening(self.desk, sealed_to)
        if own.sealing.public.key_id != sealed_to:
            raise BundleError("E301")
        sender = colleagues.sender_of(self.desk, path, self.day)
        arrived = passage_file.read(path, recipient=own, senders=_only(sender.identity), whole=whole)
        statement = Signed(arrived.manifest.offer, arrived.manifest.reply)
        offer, reply = proven(statement, self.own_id, sender, self._kept, self._own_keys)
        return Arrival(sender, offer, reply, statement, demanded(offer, reply, arrived.content, whole=whole))

    def _own_keys(self, signing_key: str) -> PublicIdentity | None:
        return device.signed_by_own(self.desk, signing_key)

    def _kept(self, passage_id: str) -> bytes:
        with self.desk.reading() as reader:
            return passages.papers(reader.connection, passage_id).statement


def proven(
    statement: Signed,
    own_id: str,
    sender: Neighbour,
    kept: Callable[[str], bytes],
    own_keys: Callable[[str], PublicIdentity | None],
) -> tuple[CaseOffer, OfferReply | None]:
    """Return what was signed, for the desk ``own_id`` that has it from ``sender``.

    ``kept``: the signed offer of a passage that this desk has made, or has taken, or b"": that one is known,
    whatever keys the giver has by now. ``own_keys``: those of this desk, present and former, by the id of the
    signing one. Raises BundleError E221, E420 and as ``statements.read_offer`` and ``read_reply``.
    """
    offer = statements.unproven_offer(statement.offer)
    if {offer.giver, offer.taker} != {own_id, sender.desk_id}:
        raise BundleError(NOT_THEIRS)
    gave, known = offer.giver == own_id, kept(offer.passage)
    if not known or statements.digest_of(known) != statements.digest_of(statement.offer):
        if gave:
            _demand_same_words(statement.offer, known, own_keys)
        else:
            statements.read_offer(statement.offer, lambda _: sender.identity)
    if not statement.reply:
        if gave:
            raise BundleError(NOT_THEIRS)
        return offer, None
    reply = statements.read_reply(statement.reply, statement.offer, sender.identity)
    if (reply.outcome in _BY_TAKER) != gave:
        raise BundleError(NOT_THEIRS)
    return offer, reply


def _demand_same_words(offer: bytes, known: bytes, own_keys: Callable[[str], PublicIdentity | None]) -> None:
    """Raise BundleError E420 unless this desk has said the same, signed with other keys of its own."""
    signer = own_keys(statements.signer_of(offer))
    if signer is None or not known or statements.unproven_offer(known) != statements.unproven_offer(offer):
        raise BundleError(FITS_NOTHING)
    statements.read_offer(offer, lambda _: signer)


@dataclass(frozen=True, slots=True)
class Sending:
    """A file in the making, still without its name."""

    courier: Courier
    unnamed: Path

    def send(self, statement: Signed, to: Neighbour, document: bytes = b"", reader: Reader | None = None,
             case_id: str = "", there: Collection[str] = ()) -> None:  # fmt: skip
        """Seal what was signed, and a case with its scans, but for those that are ``there``, for ``to``."""
        manifest = HandoverManifest(
            offer=statement.offer,
            reply=statement.reply,
            content=statements.sha256(document) if document else "",
            created=moment_text(self.courier.moment),
        )
        scans: dict[str, Callable[[], bytes]] = {}
        if document and reader:
            wanted = sorted(parcel.read(document).blobs().keys() - set(there))
            scans = {each: _giving(reader, each, case_id) for each in wanted}
        with self.unnamed.open("wb") as file:
            passage_file.write(
                file, manifest, document, scans, sender=self.courier.own, recipient=to.identity
            )


def passage_of(reader: Reader, passage_id: str, side: Side) -> Passage | None:
    """Return the passage, if this desk is on that side of it."""
    found = passages.get(reader.connection, passage_id)
    return found if found is not None and found.side is side else None


def papers(statement: Signed, document: bytes = b"") -> Papers:
    """Return what is kept of a passage."""
    return Papers(statement.offer, statement.reply, zstandard.compress(document) if document else b"")


def base_of(reader: Reader, passage_id: str) -> bytes:
    """Return the case as it was given, b"" when that is no longer kept."""
    kept = passages.papers(reader.connection, passage_id).base
    return zstandard.decompress(kept, max_output_size=_LARGEST) if kept else b""


def statement_of(reader: Reader, passage_id: str) -> Signed:
    """Return what was signed about a passage."""
    kept = passages.papers(reader.connection, passage_id)
    return Signed(kept.statement, kept.answer)


def replied(courier: Courier, reader: Reader, passage_id: str) -> Signed:
    """Return what this desk has replied, signed anew where it was signed with keys that were replaced."""
    known = statement_of(reader, passage_id)
    if statements.signer_of(known.reply) == courier.own.signing.public.key_id:
        return known
    return Signed(known.offer, statements.signed_anew(known.reply, known.offer, courier.own))


def offered(courier: Courier, reader: Reader, passage_id: str) -> Signed:
    """Return what this desk has offered, signed anew where it was signed with keys that were replaced."""
    known = statement_of(reader, passage_id)
    if statements.signer_of(known.offer) == courier.own.signing.public.key_id:
        return known
    return Signed(statements.offered_anew(known.offer, courier.own), known.reply)


def demand_known(found: Passage | None) -> Passage:
    """Return the passage. Raises BundleError E421 when this desk knows of none like it."""
    if found is None:
        raise BundleError(NOT_HERE)
    return found


def _giving(reader: Reader, sha256: str, case_id: str) -> Callable[[], bytes]:
    return lambda: parcel.scan_of(reader, sha256, case_id)


def _only(identity: PublicIdentity) -> Callable[[str], PublicIdentity | None]:
    return lambda key_id: identity if identity.signing.key_id == key_id else None


def demanded(
    offer: CaseOffer, reply: OfferReply | None, content: PassageContent, *, whole: bool
) -> PassageContent:
    """Return the content, if it is what was signed. Raises BundleError E103."""
    wanted = reply.content if reply else offer.content
    found = statements.sha256(content.document) if content.document else ""
    if whole and wanted != found:
        raise BundleError("E103")
    return content
