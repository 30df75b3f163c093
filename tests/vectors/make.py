"""Write the golden files of format 1 anew: ``python -m tests.vectors.make`` from the top of the repository.

Needed only when the format gets a new version; then write into a new folder and keep the old ones, which
every later KIMdesk must still read. Keys, nonces and signatures are random: no two runs give the same bytes.
"""

import base64
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from kimdesk.store.columns import moment_text
from kimdesk.sync import packs
from kimdesk.sync.packs import Pack
from kimdesk.sync.sealing import wire
from kimdesk.sync.sealing.envelope import inspect, seal
from kimdesk.sync.sealing.keys import DeviceIdentity
from kimdesk.sync.sealing.manifest import (
    BundleManifest,
    FindingAnswer,
    ReceiptBody,
    SectionInfo,
    SectionKind,
    SetAside,
)
from kimdesk.sync.sealing.sections import BundleSection
from kimdesk.sync.trust import enrolment
from tests.catalogue.layer_kit import MOTHERS

FOLDER = Path(__file__).parent / "format-1"
MOMENT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
AGS = ["05554004", "05554008"]


def _line(kind: str, level: str, row: dict[str, Any]) -> dict[str, Any]:
    return {"kind": kind, "level": level, "scope": 1, "row": row}


CASE = "0195a3b2-7c00-7000-8000-000000000001"
GOAL = "0195a3b2-7c00-7000-8000-000000000002"
PSEUDONYM = "Pabcdefghijklmnopqrstuvwx"
LINES: dict[str, list[Any]] = {
    "records": [
        _line("case", "identified", {"id": CASE, "rev": 3, "ags": "05554004", "opened_on": "2026-02-03"}),
        _line(
            "goal",
            "identified",
            {"id": GOAL, "rev": 1, "case_id": CASE, "text": "„Holz ist meins“ – Tischler"},
        ),
        _line("case", "pseudonymised", {"id": PSEUDONYM, "rev": 1, "phase": "assessment"}),
    ],
    "erase": [{"kind": "goal", "id": "Pbbcdefghijklmnopqrstuvwx", "reason": "withdrawn"}],
    "statistics": [
        {
            "release": {"as_of": "2026-03-02", "figures": {"phase": {"intake": 7, "other": None}}},
            "held_active": 2,
            "counts": {
                "first": "2026-01-01",
                "last": "2026-03-02",
                "counts": {"active_cases": {"version": 1, "cells": {"": [2, 2], "05554004": [1, 1]}}},
            },
        }
    ],
}
SCAN = b"\xff\xd8\xff\xe0 not really a JPEG \x00\x01\x02"
NOTE = b"A text that packs well. " * 40
FUTURE = b"what a later KIMdesk may send"


def main() -> None:
    """Write keys, a bundle, its receipt, a request, a certificate, a pack, and ``contents.json``."""
    desk, kreis = DeviceIdentity.create("desk"), DeviceIdentity.create("kreis")
    FOLDER.mkdir(exist_ok=True)
    publisher = DeviceIdentity.create("kreis")
    for name, identity in (("desk", desk), ("kreis", kreis), ("publisher", publisher)):
        (FOLDER / f"{name}.TEST-ONLY-private-key.json").write_bytes(identity.to_bytes())
    bundle, manifest = _bundle(desk, kreis)
    contents = {
        "bundle": bundle,
        "receipt": _receipt(desk, kreis, bundle, manifest),
        **_enrolment(desk, kreis),
        "catalogue": _pack(publisher),
    }
    text = json.dumps(contents, ensure_ascii=False, indent=1) + "\n"
    (FOLDER / "contents.json").write_text(text, encoding="utf-8")


def _bundle(desk: DeviceIdentity, kreis: DeviceIdentity) -> tuple[dict[str, Any], BundleManifest]:
    made: list[BundleManifest] = []

    def announce(infos: list[SectionInfo]) -> bytes:
        made.append(
            BundleManifest(
                device=desk.public.key_id,
                epoch=1,
                seq=1,
                prev="",
                from_change=1,
                to_change=3,
                last_receipt=0,
                created=moment_text(MOMENT),
                cases=1,
                sections=infos,
            )
        )
        return wire.encode(made[0])

    sections = [
        *(BundleSection(name, SectionKind.RECORDS, _encoded(lines)) for name, lines in LINES.items()),
        BundleSection("", SectionKind.BLOB, [SCAN]),
        BundleSection("", SectionKind.PACKED_BLOB, [NOTE]),
        BundleSection("future", 99, [FUTURE]),
        BundleSection("empty", SectionKind.RECORDS, []),
    ]
    path = FOLDER / "bundle.kimb"
    sealed = seal(path, sections, kind="bundle", sender=desk, recipient=kreis.public, manifest=announce)
    found = {
        "header": _header(path),
        "digest": sealed.sha384.hex(),
        "manifest": json.loads(wire.encode(made[0])),
        "records": LINES,
        "files": [base64.b64encode(each).decode() for each in (SCAN, NOTE, FUTURE)],
    }
    return found, made[0]


def _encoded(lines: list[Any]) -> list[bytes]:
    return [json.dumps(line, ensure_ascii=False).encode() for line in lines]


def _receipt(
    desk: DeviceIdentity, kreis: DeviceIdentity, bundle: dict[str, Any], manifest: BundleManifest
) -> dict[str, Any]:
    body = ReceiptBody(
        bundle=bundle["digest"],
        bundle_id=bundle["header"]["id"],
        device=manifest.device,
        epoch=manifest.epoch,
        seq=manifest.seq,
        result="applied",
        code="",
        to_change=manifest.to_change,
        kreis_seq=17,
        counts={"applied": 2, "unchanged": 0, "conflicts": 0, "erased": 0, "aside": 1},
        missing=(),
        aside=(SetAside("case", PSEUDONYM, "municipality"),),
        reasons={"municipality": 1},
        known_epoch=manifest.epoch,
        answers=(
            FindingAnswer(
                CASE,
                17,
                "decided",
                "Die AG Sprache klärt das.",
                "2026-03-02",
                "Ein Kurs mit Betreuung.",
                "AG Sprache",
                "2026-03-10",
            ),
        ),
        created=moment_text(MOMENT),
    )
    path = FOLDER / "receipt.kimb"
    sealed = seal(path, [], kind="receipt", sender=kreis, recipient=desk.public, manifest=wire.encode(body))
    return {
        "header": _header(path),
        "digest": sealed.sha384.hex(),
        "manifest": json.loads(wire.encode(body)),
    }


def _enrolment(desk: DeviceIdentity, kreis: DeviceIdentity) -> dict[str, Any]:
    asked = enrolment.make_request(desk, "Ahaus und Vreden", AGS, now=MOMENT)
    request = enrolment.read_request(asked)
    answered = enrolment.certify(request, kreis, scopes=AGS[:1], kreis_name="Kreis Musterland", now=MOMENT)
    (FOLDER / "request.kimb").write_bytes(asked)
    (FOLDER / "certificate.kimb").write_bytes(answered)
    certificate = enrolment.read_certificate(answered, own=desk, today=MOMENT.date())
    return {
        "request": {
            "header": _header(FOLDER / "request.kimb"),
            "body": json.loads(wire.encode(request)),
            "fingerprint": desk.public.fingerprint(),
        },
        "certificate": {
            "header": _header(FOLDER / "certificate.kimb"),
            "body": json.loads(wire.encode(certificate)),
            "fingerprint": kreis.public.fingerprint(),
        },
    }


def _pack(publisher: DeviceIdentity) -> dict[str, Any]:
    pack = Pack(
        needs="0.1",
        kreis_name="Kreis Musterland",
        version=3,
        issued=moment_text(MOMENT),
        valid_from="2026-04-01",
        not_after="2026-06-30",
        note="Neu: Stadtteilmütter.",
        documents={"services/district_mothers.toml": msgspec.to_builtins(MOTHERS)},
    )
    made = packs.write(pack, publisher)
    (FOLDER / "catalogue.kimb").write_bytes(made)
    return {
        "header": _header(FOLDER / "catalogue.kimb"),
        "body": json.loads(wire.encode(packs.read(made, publisher.signing.public))),
    }


def _header(path: Path) -> dict[str, Any]:
    header = inspect(path)
    return {
        "kind": header.kind,
        "suite": header.suite,
        "id": header.bundle_id,
        "sender": header.sender,
        "recipient": header.recipient,
        "sha256 of the file": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


if __name__ == "__main__":
    main()
