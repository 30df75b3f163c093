"""One file per refusal of receipts, of lines, and of files from desk to desk; see ``refusals``."""

import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from kimdesk.sync.passing import statements
from kimdesk.sync.passing.statements import CaseOffer, Outcome, sha256
from kimdesk.sync.sealing import sealed_stream, wire
from kimdesk.sync.sealing.container import SEALED, FrameWriter, HeaderFields
from kimdesk.sync.sealing.manifest import HANDOVER, HandoverManifest, ReceiptBody, SectionInfo, SectionKind
from kimdesk.sync.sealing.sections import BundleSection
from tests.sync import bundle_kit as kit
from tests.vectors.vector import Vector, one, several

MADE = "2026-03-02T09:30:00Z"
DOCUMENT = b'{"case":{"id":"c"}}'
_GARBAGE = b"no file at all"


def receipts() -> Iterator[Vector]:
    """Yield receipts of the Kreis for a desk."""
    body = ReceiptBody(
        bundle="0" * 96, bundle_id="0" * 32, device="d", epoch=1, seq=1, result="applied", code="",
        to_change=5, kreis_seq=1, created=MADE,
    )  # fmt: skip
    sound = wire.encode(body)
    yield from several(
        {"kind": "receipt", "reader": "desk", "senders": "kreis"},
        ("ok", "receipt", "nothing is wrong", _receipt(sound)),
        ("E103", "receipt-result", "a result of no known word", _receipt(sound, b"applied", b"perhaps")),
        ("E103", "receipt-gap", "a gap that ends before it begins", _receipt(sound, b"[]", b"[[5,3]]")),
        ("E103", "receipt-moment", "a day that no calendar has", _receipt(sound, b"03-02T", b"02-30T")),
    )


def _receipt(sound: bytes, old: bytes = b"", new: bytes = b"") -> bytes:
    plain = kit.framed((), lambda _: sound.replace(old, new, 1))
    return _sealed(plain, "receipt", "kreis", "desk")


def rows() -> Iterator[Vector]:
    """Yield bundles whose lines are none; a line that is one, whatever it says, is set aside alone."""
    long = {"kind": "goal", "row": {"id": "g" * 201}}
    for outcome, name, about, section, line in (
        ("ok", "line", "a record that is set aside alone", "records", {"kind": "goal", "row": {"id": "g"}}),
        ("E730", "line-list", "a line that is no object", "records", ["goal"]),
        ("E730", "line-kind", "a kind that cannot be one", "records", {"kind": "G!", "row": {"id": "g"}}),
        ("E730", "line-row", "a line without a row", "records", {"kind": "goal"}),
        ("E730", "line-id", "an identity that is too long", "records", long),
        ("E730", "erase-reason", "erased without a reason", "erase", {"kind": "goal", "id": "g"}),
        ("E730", "statistics", "figures that are none", "statistics", {"release": {}, "held_active": -1}),
    ):
        content = BundleSection(section, SectionKind.RECORDS, [json.dumps(line).encode()])
        head = {"kind": "bundle", "reader": "kreis", "senders": "desk"}
        yield one(outcome, name, about, head, _sealed(kit.framed([content]), "bundle", "desk", "kreis"))


def _sealed(plain: bytes, kind: str, sender: str, recipient: str) -> bytes:
    """Return a well sealed and signed file with any plaintext."""
    giver, taker = kit.identity(sender), kit.identity(recipient).public
    fields = HeaderFields(
        kind=kind, suite=SEALED, id="0" * 32, sender=giver.signing.public.key_id,
        recipient=taker.sealing.key_id,
    )  # fmt: skip
    out = io.BytesIO()
    file = FrameWriter(out.write, fields)
    stream = sealed_stream.start(file, fields, giver.signing.public, taker.sealing)
    stream.write(plain)
    stream.finish()
    file.finish(giver.signing)
    return out.getvalue()


def passages() -> Iterator[Vector]:
    """Yield files from desk to desk: the desk offers a case to its neighbour, and is answered."""
    offer = statements.sign_offer(_offer(), kit.identity("desk"))
    yield from _offers(offer)
    yield from _replies(offer)


def _offer(**changes: Any) -> CaseOffer:
    desk, neighbour = (kit.identity(name).public.key_id for name in ("desk", "neighbour"))
    found = CaseOffer(
        passage="0123456789abcdef" * 2, way="move", case="c", giver=desk, giver_name="Ahaus",
        taker=neighbour, taker_name="Gronau", turn=1, made=MADE, until="2026-04-01", basis="consent",
        held_as=["c"], content=sha256(DOCUMENT),
    )  # fmt: skip
    return msgspec.structs.replace(found, **changes)


def _offers(offer: bytes) -> Iterator[Vector]:
    desk, neighbour = kit.identity("desk"), kit.identity("neighbour")
    there = neighbour.public.key_id
    elsewhere = statements.sign_offer(_offer(taker="0" * 32), desk)
    nobody = statements.sign_offer(_offer(until="2026-02-30"), desk)
    backwards = statements.sign_offer(_offer(giver=there, taker=desk.public.key_id), desk)
    forged = statements.sign_offer(_offer(), neighbour)
    more = BundleSection("more", 99, [b"x"])
    to_neighbour = {"kind": HANDOVER, "reader": "neighbour", "senders": "desk"}
    yield from several(
        to_neighbour,
        ("ok", "offer", "nothing is wrong", _passage(offer)),
        ("E221", "offer-to-another", "offered to another desk", _passage(elsewhere)),
        ("E420", "offer-of-the-reader", "said to be an offer of the reader", _passage(backwards)),
        ("E201", "offer-flipped", "one bit of the offer's signature", _passage(_flipped(offer))),
        ("E202", "offer-forged", "an offer signed by its taker", _passage(forged)),
        ("E103", "offer-day", "a last day that no calendar has", _passage(nobody)),
        ("E104", "offer-kind", "a reply in the place of the offer", _passage(_reply(offer, "accepted"))),
        ("E101", "offer-none", "something that is no offer", _passage(_GARBAGE)),
        ("E103", "offer-document", "another document than was signed", _passage(offer, document=b"{}")),
        ("E103", "offer-alone", "without the document that was signed", _passage(offer, document=b"")),
        ("E103", "offer-more", "with a section nobody knows", _passage(offer, more=[more])),
        ("E502", "offer-crit", "an extension nobody knows", _passage(offer, crit=["later"])),
    )  # fmt: skip


def _replies(offer: bytes) -> Iterator[Vector]:
    again = statements.sign_offer(_offer(), kit.identity("desk"))
    to_desk = {
        "kind": HANDOVER,
        "reader": "desk",
        "senders": "neighbour",
        "offered": statements.digest_of(offer),
    }
    accepted, returned = _reply(offer, "accepted"), _reply(offer, "returned", content=sha256(DOCUMENT))
    other = _answered(again, _reply(again, "accepted"))
    forged, taken_back = _reply(offer, "accepted", signer="desk"), _reply(offer, "withdrawn")
    yield from several(
        {**to_desk, "offered": statements.digest_of(offer)},
        ("ok", "accepted", "nothing is wrong", _answered(offer, accepted)),
        ("ok", "returned", "a copy that comes back", _answered(offer, returned, DOCUMENT)),
        ("E420", "reply-to-none", "a reply to an offer this desk never made", other),
        ("E103", "reply-to-another", "a reply to another offer", _answered(offer, _reply(again, "accepted"))),
        ("E221", "reply-missing", "an offer comes back without a reply", _answered(offer, b"")),
        ("E221", "reply-of-the-giver", "withdrawn by its taker", _answered(offer, taken_back)),
        ("E202", "reply-forged", "accepted by the desk that offered", _answered(offer, forged)),
        ("E201", "reply-flipped", "one bit of the reply's signature", _answered(offer, _flipped(accepted))),
        ("E103", "reply-document", "another document than was signed", _answered(offer, returned, b"{}")),
        ("E103", "reply-with-a-case", "an acceptance with a case", _answered(offer, accepted, DOCUMENT)),
    )  # fmt: skip
    withdrawn = {"kind": HANDOVER, "reader": "neighbour", "senders": "desk"}
    mine = _passage(offer, reply=_reply(offer, "withdrawn", signer="desk"), document=b"")
    yield one("ok", "withdrawn", "nothing is wrong", withdrawn, mine)
    theirs = _passage(offer, reply=_reply(offer, "accepted", signer="desk"), document=b"")
    yield one("E221", "reply-of-the-taker", "accepted by the desk that offered", withdrawn, theirs)


def _reply(offer: bytes, outcome: Outcome, *, signer: str = "neighbour", content: str = "") -> bytes:
    made = statements.moment_of(MADE)
    return statements.sign_reply(offer, outcome, kit.identity(signer), made=made, content=content)


def _answered(offer: bytes, reply: bytes, document: bytes = b"") -> bytes:
    return _passage(offer, reply=reply, document=document, sender="neighbour", recipient="desk")


def _passage(
    offer: bytes, *, reply: bytes = b"", document: bytes = DOCUMENT, sender: str = "desk",
    recipient: str = "neighbour", crit: Sequence[str] = (), more: Sequence[BundleSection] = (),
) -> bytes:  # fmt: skip
    content = sha256(document) if document else ""
    manifest = HandoverManifest(offer=offer, reply=reply, content=content, created=MADE, crit=list(crit))
    case = [BundleSection("", SectionKind.PACKED_BLOB, [document])] if document else []

    def announce(infos: list[SectionInfo]) -> bytes:
        return wire.encode(msgspec.structs.replace(manifest, sections=infos))

    return _sealed(kit.framed([*case, *more], announce), HANDOVER, sender, recipient)


def _flipped(statement: bytes) -> bytes:
    return statement[:-60] + bytes([statement[-60] ^ 4]) + statement[-59:]
