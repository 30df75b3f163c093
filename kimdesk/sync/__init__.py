"""Sealed, signed bundles from desks to the Kreis, signed receipts back, and who trusts whom.

What other rooms call stands here; inside the room, modules are imported by their full names.
"""

from typing import TYPE_CHECKING

from kimdesk.domain import on_use

if TYPE_CHECKING:
    from kimdesk.sync.answered import AsideCase
    from kimdesk.sync.leaving.carried import CarriedRecord, carried, kept, next_figures
    from kimdesk.sync.leaving.export import Exported, export
    from kimdesk.sync.leaving.preview import Preview, PreviewCase, PreviewLine, preview
    from kimdesk.sync.leaving.preview_fields import PreviewRecord, fields_of
    from kimdesk.sync.packages import Package, PackageState, Status, status
    from kimdesk.sync.receipts import take as take_receipt
    from kimdesk.sync.sealing.manifest import ReceiptBody as Taken
    from kimdesk.sync.trust.device import certificate, fingerprint, start_epoch
    from kimdesk.sync.trust.enrolment import Certificate
    from kimdesk.sync.trust.joining import Joining, accept, look, request

__all__ = [
    "AsideCase",
    "CarriedRecord",
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
    "carried",
    "certificate",
    "export",
    "fields_of",
    "fingerprint",
    "kept",
    "look",
    "next_figures",
    "preview",
    "request",
    "start_epoch",
    "status",
    "take_receipt",
]

__getattr__ = on_use.named(
    __name__,
    {
        "answered": ("AsideCase",),
        "leaving.carried": ("CarriedRecord", "carried", "kept", "next_figures"),
        "leaving.export": ("Exported", "export"),
        "leaving.preview": ("Preview", "PreviewCase", "PreviewLine", "preview"),
        "leaving.preview_fields": ("PreviewRecord", "fields_of"),
        "receipts": ("take as take_receipt",),
        "sealing.manifest": ("ReceiptBody as Taken",),
        "packages": ("Package", "PackageState", "Status", "status"),
        "trust.device": ("certificate", "fingerprint", "start_epoch"),
        "trust.enrolment": ("Certificate",),
        "trust.joining": ("Joining", "accept", "look", "request"),
    },
)
