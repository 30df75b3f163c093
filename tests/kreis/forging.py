"""Bundles with a genuine signature and whatever content an attacker with a stolen laptop may want."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from kimdesk.kreis import ImportResult
from kimdesk.kreis.enrolled.keyring import trust
from kimdesk.sync.sealing.envelope import seal, verify_and_open
from kimdesk.sync.sealing.manifest import (
    BundleManifest,
    ReceiptBody,
    SectionInfo,
    SectionKind,
    decode_receipt,
)
from kimdesk.sync.sealing.sections import BundleSection
from kimdesk.sync.sealing.wire import encode
from kimdesk.sync.trust import device
from tests.sync.exchange import AGS, Exchange


def line(kind: str, row: dict[str, Any], level: str = "identified", **head: Any) -> dict[str, Any]:
    """Return a line of the section of records."""
    return {"kind": kind, "level": level, "scope": 1, "row": {"id": f"{kind}-1", "rev": 1, **row}, **head}


CASE = line("case", {"ags": AGS, "status": "active"})


def forge(
    exchange: Exchange, records: Sequence[Any], erasures: Sequence[Any] = (), name: str = "forged.kimb",
    **claims: Any,
) -> Path:  # fmt: skip
    """Write a bundle of the desk of ``exchange`` with these lines; ``claims`` go into its manifest."""
    own = device.identity(exchange.desk)

    def manifest(infos: list[SectionInfo]) -> bytes:
        said: dict[str, Any] = {
            "device": own.public.key_id, "epoch": 1, "seq": 1, "prev": "", "from_change": 1, "to_change": 9,
            "last_receipt": 0, "created": "2026-11-24T09:00:00Z", "cases": 1,
        }  # fmt: skip
        return encode(BundleManifest(**said | claims, sections=infos))

    path = exchange.stick / name
    lines = {"records": records, "erase": erasures}
    sections = [
        BundleSection(
            section,
            SectionKind.RECORDS,
            [each if isinstance(each, bytes) else msgspec.json.encode(each) for each in found],
        )
        for section, found in lines.items()
    ]
    kreis = trust(exchange.kreis).ring.exchange.public
    seal(path, sections, kind="bundle", sender=own, recipient=kreis, manifest=manifest)
    return path


def said(exchange: Exchange, result: ImportResult) -> ReceiptBody:
    """Return what the receipt of a file says, as its desk reads it."""
    assert result.receipt is not None
    kreis = trust(exchange.kreis).ring.exchange.public
    own = device.identity(exchange.desk)
    with verify_and_open(result.receipt, recipient=own, senders=lambda _: kreis, kind="receipt") as opened:
        return decode_receipt(opened.manifest)
