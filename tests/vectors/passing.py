"""Write the golden files from desk to desk anew: ``python -m tests.vectors.passing``; see ``make``.

An offer with its case and a scan, the acceptance of it, and a reply that brings a case back, all between two
desks whose keys lie beside them.
"""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

from kimdesk.sync.passing import passage_file, statements
from kimdesk.sync.passing.statements import CaseOffer, Outcome
from kimdesk.sync.sealing import wire
from kimdesk.sync.sealing.envelope import verify_and_open
from kimdesk.sync.sealing.keys import DeviceIdentity
from kimdesk.sync.sealing.manifest import HANDOVER, HandoverManifest

FOLDER = Path(__file__).parent / "handover-1"
MADE, DAY = "2026-03-02T09:30:00Z", "2026-04-01"
CASE = "0195a3b2-7c00-7000-8000-000000000001"
SCAN = b"\xff\xd8\xff\xe0 not really a JPEG \x00\x01\x02"
DOCUMENT = json.dumps(
    {
        "case": {
            "id": CASE,
            "file_number": "AHA-2026-001",
            "goals": [{"id": "g", "text": "„Holz ist meins“"}],
        },
        "scans": [{"id": "s", "title": "Ausweis", "sha256": hashlib.sha256(SCAN).hexdigest()}],
        "made": {"g": ["2026-03-02T09:29:00Z", "Miriam Kessler"]},
        "addresses": False,
    },
    ensure_ascii=False,
    separators=(",", ":"),
).encode()


def main() -> None:
    """Write keys, three files and ``contents.json``."""
    giver, taker = DeviceIdentity.create("desk"), DeviceIdentity.create("desk")
    FOLDER.mkdir(exist_ok=True)
    for name, identity in (("giver", giver), ("taker", taker)):
        (FOLDER / f"{name}.TEST-ONLY-private-key.json").write_bytes(identity.to_bytes())
    offer = statements.sign_offer(_offer(giver, taker), giver)
    accepted = _reply(offer, "accepted", taker)
    returned = _reply(offer, "returned", taker, statements.sha256(DOCUMENT))
    contents = {
        "offer": _file("offer", giver, taker, offer, b"", DOCUMENT),
        "accepted": _file("accepted", taker, giver, offer, accepted, b""),
        "returned": _file("returned", taker, giver, offer, returned, DOCUMENT),
        "document": DOCUMENT.decode(),
        "scan": base64.b64encode(SCAN).decode(),
    }
    text = json.dumps(contents, ensure_ascii=False, indent=1) + "\n"
    (FOLDER / "contents.json").write_text(text, encoding="utf-8")


def _offer(giver: DeviceIdentity, taker: DeviceIdentity) -> CaseOffer:
    return CaseOffer(
        passage="0123456789abcdef" * 2, way="move", case=CASE, giver=giver.public.key_id,
        giver_name="Ahaus und Vreden", taker=taker.public.key_id, taker_name="Gronau", turn=1, made=MADE,
        until=DAY, basis="consent", held_as=[CASE], content=statements.sha256(DOCUMENT),
    )  # fmt: skip


def _reply(offer: bytes, outcome: Outcome, taker: DeviceIdentity, content: str = "") -> bytes:
    made = statements.moment_of(MADE)
    return statements.sign_reply(offer, outcome, taker, made=made, content=content)


def _file(
    name: str, sender: DeviceIdentity, recipient: DeviceIdentity, offer: bytes, reply: bytes, document: bytes
) -> dict[str, Any]:
    manifest = HandoverManifest(
        offer=offer, reply=reply, content=statements.sha256(document) if document else "", created=MADE
    )
    path = FOLDER / f"{name}.kimh"
    scans = {hashlib.sha256(SCAN).hexdigest(): lambda: SCAN} if document else {}
    passage_file.write(path, manifest, document, scans, sender=sender, recipient=recipient.public)
    with verify_and_open(path, recipient=recipient, senders=lambda _: sender.public, kind=HANDOVER) as opened:
        return {
            "digest": opened.sha384.hex(),
            "manifest": json.loads(opened.manifest),
            "offer": json.loads(wire.encode(statements.unproven_offer(offer))),
            "offer digest": statements.digest_of(offer),
        }


if __name__ == "__main__":
    main()
