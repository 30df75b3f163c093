"""Write the golden files of trust anew: ``python -m tests.vectors.trust``; see ``make``.

A Kreis that states its keys, a desk it certifies, the desk's card, its request for new keys that the present
ones endorse, and the certificate for these.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kimdesk.sync.sealing import signed
from kimdesk.sync.sealing.envelope import keys_of_bytes
from kimdesk.sync.sealing.keys import DeviceIdentity
from kimdesk.sync.trust import cards, enrolment, kreis_keys

FOLDER = Path(__file__).parent / "trust-1"
MOMENT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
AGS = ["05554004", "05554008"]
NAMES = ("root", "exchange", "publisher", "desk", "desk-next")


def main() -> None:
    """Write keys, six files and ``contents.json``."""
    keys = {name: DeviceIdentity.create("desk" if name.startswith("desk") else "kreis") for name in NAMES}
    FOLDER.mkdir(exist_ok=True)
    for name, identity in keys.items():
        (FOLDER / f"{name}.TEST-ONLY-private-key.json").write_bytes(identity.to_bytes())
    files = _files(keys)
    for name, data in files.items():
        (FOLDER / f"{name}.kimb").write_bytes(data)
    contents: dict[str, Any] = {name: _told(data) for name, data in files.items()}
    contents |= {f"fingerprint of {name}": each.public.fingerprint() for name, each in keys.items()}
    text = json.dumps(contents, ensure_ascii=False, indent=1) + "\n"
    (FOLDER / "contents.json").write_text(text, encoding="utf-8")


def _files(keys: dict[str, DeviceIdentity]) -> dict[str, bytes]:
    root, desk, following = keys["root"], keys["desk"], keys["desk-next"]
    exchange, packs = keys["exchange"].public, keys["publisher"].signing.public
    first = kreis_keys.state(root, exchange, packs, version=1, now=MOMENT)
    gone = [desk.public.key_id]
    second = kreis_keys.state(root, exchange, packs, version=2, revoked=gone, now=LATER)
    request = enrolment.make_request(desk, "Ahaus und Vreden", AGS, now=MOMENT)
    certificate = _certificate(request, root, first, MOMENT)
    body = cards.CardBody(identity=desk.public, certificate=certificate, issued="2026-03-02T09:30:00Z")
    before = enrolment.Predecessor(desk.public.key_id, desk)
    rotation = enrolment.make_request(following, "Ahaus und Vreden", AGS, now=LATER, before=before)
    place = enrolment.DeskPlace(desk.public.key_id)
    return {
        "statement-1": first,
        "statement-2": second,
        "request": request,
        "certificate": certificate,
        "card": signed.sign(cards.KIND, body, desk),
        "request-new-keys": rotation,
        "certificate-new-keys": _certificate(rotation, root, second, LATER, place),
    }


def _certificate(
    request: bytes,
    root: DeviceIdentity,
    statement: bytes,
    now: datetime,
    place: enrolment.DeskPlace | None = None,
) -> bytes:
    asked = enrolment.read_request(request)
    name = "Kreis Musterland"
    return enrolment.certify(
        asked, root, scopes=AGS[:1], kreis_name=name, now=now, keys=statement, place=place
    )


def _told(data: bytes) -> dict[str, Any]:
    return {"body": json.loads(signed.body_of(data)), "introduces keys": bool(keys_of_bytes(data))}


if __name__ == "__main__":
    main()
