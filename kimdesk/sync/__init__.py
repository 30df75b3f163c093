"""Sealed, signed bundles from desks to the Kreis, signed receipts back, and who trusts whom.

What other rooms call stands here; inside the room, modules are imported by their full names.
"""

from kimdesk.sync.answered import AsideCase
from kimdesk.sync.device import certificate, fingerprint, start_epoch
from kimdesk.sync.enrolment import Certificate
from kimdesk.sync.export import Exported, export
from kimdesk.sync.joining import Joining, accept, look, request
from kimdesk.sync.manifest import ReceiptBody as Taken
from kimdesk.sync.preview import Preview, PreviewCase, PreviewLine, preview
from kimdesk.sync.preview_fields import PreviewRecord, fields_of
from kimdesk.sync.receipts import take as take_receipt
from kimdesk.sync.status import Package, PackageState, Status, status

__all__ = [
    "AsideCase",
    "Certificate",
    "Exported",
    "Joining",
    "Package",
    "PackageState",
    "Preview",
    "PreviewCase",
    "PreviewLine",
    "PreviewRecord",
    "Status",
    "Taken",
    "accept",
    "certificate",
    "export",
    "fields_of",
    "fingerprint",
    "look",
    "preview",
    "request",
    "start_epoch",
    "status",
    "take_receipt",
]
