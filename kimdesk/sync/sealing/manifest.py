"""What a bundle says about itself, and what a receipt answers: the JSON shapes both sides agree on.

``encode``/``decode`` of :mod:`kimdesk.sync.sealing.wire` turn them into bytes and back, strictly. The meaning
of each member stands in ``docs/bundle-format.md``.
"""

from collections.abc import Sequence
from enum import IntEnum
from typing import Annotated, Final, Literal

import msgspec

from kimdesk.domain.errors import BundleError
from kimdesk.sync.sealing import limits, wire
from kimdesk.sync.sealing.gaps import NAMED, Gaps

ANSWER: Final = 2000
"""Characters of an answer to a finding, and of what was decided."""
GROUP: Final = 200
"""Characters of the name of the group that deals with a finding."""
ANSWERS: Final = 100
"""Answers in one receipt; what is left goes with the next."""
ANSWERS_SIZE: Final = 256 * limits.KIB
"""Bytes of all answers in one receipt, so that it never grows beyond a manifest; one always goes."""
RECORDS: Final = "records"
ERASE: Final = "erase"
STATISTICS: Final = "statistics"
"""The sections of a bundle."""
CRITICAL: frozenset[str] = frozenset()
"""Extensions this program understands; a manifest whose ``crit`` names another one is refused (E502)."""


class SectionKind(IntEnum):
    """What a section holds and how it lies in its frames; other kinds are opaque and stored as they are."""

    RECORDS = 1  # JSON lines, zstd
    BLOB = 2  # one file, stored as it is (JPEG, PDF); named by its SHA-256
    PACKED_BLOB = 3  # one file, zstd; named by its SHA-256


class SectionInfo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One section as the manifest announces it; ``size`` and ``sha256`` (hex) are of the unpacked content."""

    name: str
    kind: wire.Number
    records: wire.Number
    size: wire.Large
    sha256: str


class Transfer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The proof that a case has passed: the offer of one desk, the acceptance of the other, both signed."""

    offer: bytes
    reply: bytes


Earlier = Annotated[tuple[wire.Digest, ...], msgspec.Meta(min_length=1, max_length=limits.EARLIER)]
"""Digests of the bundles before the one before, the latest first, back to the last one with a receipt."""


class BundleManifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The first frame of a bundle: whose it is, where it stands in the chain, what follows."""

    format: int = wire.FORMAT
    crit: list[str] = []
    device: str
    epoch: wire.Rising
    seq: wire.Rising
    prev: Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{96})?\Z")]  # digest of the one before, or ""
    earlier: Earlier | msgspec.UnsetType = msgspec.UNSET
    from_change: wire.Number
    to_change: wire.Number
    last_receipt: wire.Number
    created: wire.Moment
    cases: wire.Number
    catalogue: wire.Number = 0  # the version of the Kreis's pack this desk works with, 0 for none
    answers: wire.Large = 0  # the newest answer to a finding this desk has
    sections: list[SectionInfo] = []
    transfers: list[Transfer] | msgspec.UnsetType = msgspec.UNSET  # cases that passed from desk to desk


class SetAside(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One record the Kreis did not take over, by the kind and identity it was sent under, and why."""

    kind: Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,40}\Z")]
    id: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    reason: Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,40}\Z")]


class FindingAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the Kreis stands with a finding, by the identity it was sent under. A higher number is newer."""

    finding: Annotated[str, msgspec.Meta(max_length=64)]
    number: wire.Large
    state: Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,40}\Z")]  # finding_state
    text: Annotated[str, msgspec.Meta(max_length=ANSWER)]  # what the desk is told, or ""
    on: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
    decision: Annotated[str, msgspec.Meta(max_length=ANSWER)] = ""  # what was decided, "" while nothing is
    group: Annotated[str, msgspec.Meta(max_length=GROUP)] = ""  # who deals with it, or ""
    meets: Annotated[str, msgspec.Meta(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?\Z")] = ""  # when they meet


class ReceiptBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The manifest of a receipt, which has no sections."""

    format: int = wire.FORMAT
    bundle: wire.Digest  # of the bundle this answers
    bundle_id: str
    device: str
    epoch: wire.Rising
    seq: wire.Rising
    result: Literal["applied", "duplicate", "held", "quarantined", "refused"]
    code: Annotated[str, msgspec.Meta(pattern=r"^(E[0-9]{3})?\Z")]  # why, "" when applied or duplicate
    to_change: wire.Number
    kreis_seq: wire.Large
    counts: dict[str, wire.Number] = {}
    missing: Gaps = ()
    aside: Annotated[tuple[SetAside, ...], msgspec.Meta(max_length=NAMED)] = ()
    reasons: dict[str, wire.Number] = {}  # how many records were set aside, by reason
    again: Annotated[tuple[SetAside, ...], msgspec.Meta(max_length=NAMED)] = ()  # released: to be sent again
    known_epoch: wire.Number = 0  # the epoch that counts at the Kreis
    answers: Annotated[tuple[FindingAnswer, ...], msgspec.Meta(max_length=ANSWERS)] = ()
    created: wire.Moment
    certificate: bytes | msgspec.UnsetType = msgspec.UNSET  # the desk's, where it cannot have the present one


HANDOVER = "handover"
"""The kind of a file from desk to desk."""


class HandoverManifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The manifest of a file from desk to desk; what ``offer`` and ``reply`` are: ``sync.statements``."""

    format: int = wire.FORMAT
    crit: list[str] = []
    offer: bytes  # the signed offer, base64
    reply: bytes  # the signed reply to it, base64; "" where the file is the offer
    content: str  # SHA-256 of the section with the case, hex; "" where none comes along
    created: wire.Moment
    sections: list[SectionInfo] = []


def decode_handover(data: bytes) -> HandoverManifest:
    """Return the manifest of a file from desk to desk. Raises BundleError as ``decode_manifest``."""
    if len(data) > limits.MANIFEST:
        raise BundleError("E601")
    manifest = wire.decode(HandoverManifest, data)
    if not CRITICAL.issuperset(manifest.crit):
        raise BundleError("E502")
    _check_sections(manifest.sections)
    return manifest


def decode_manifest(data: bytes) -> BundleManifest:
    """Return the manifest of a bundle.

    Raises BundleError E103, E501, E502 (an extension this program does not know), E601, E602, E604.
    """
    if len(data) > limits.MANIFEST:
        raise BundleError("E601")
    manifest = wire.decode(BundleManifest, data)
    if not CRITICAL.issuperset(manifest.crit):
        raise BundleError("E502")
    wire.check_moment(manifest.created)
    if manifest.earlier and len(manifest.earlier) > manifest.seq - 2:
        raise BundleError("E103")
    _check_sections(manifest.sections)
    return manifest


def decode_receipt(data: bytes) -> ReceiptBody:
    """Return the body of a receipt. Raises BundleError E103, E501, E601."""
    if len(data) > limits.MANIFEST:
        raise BundleError("E601")
    body = wire.decode(ReceiptBody, data)
    wire.check_moment(body.created)
    if any(gap.first > gap.last for gap in body.missing):
        raise BundleError("E103")
    return body


def sections_of(kind: str, data: bytes) -> list[SectionInfo]:
    """Return the sections that follow the manifest ``data`` of an envelope of ``kind``; a receipt has none.

    Raises what ``decode_receipt`` and ``decode_manifest`` raise.
    """
    if kind == "receipt":
        decode_receipt(data)
        return []
    if kind == HANDOVER:
        return decode_handover(data).sections
    return decode_manifest(data).sections


def _check_sections(sections: Sequence[SectionInfo]) -> None:
    if any(min(s.kind, s.records, s.size) < 0 for s in sections):
        raise BundleError("E103")
    if len({s.name for s in sections}) != len(sections):
        raise BundleError("E103")
    if sum(s.records for s in sections) > limits.RECORDS:
        raise BundleError("E602")
    for section in sections:
        if section.kind != SectionKind.RECORDS:
            _check_blob(section)


def _check_blob(section: SectionInfo) -> None:
    if section.size > limits.BLOB:
        raise BundleError("E604")
    if section.kind in (SectionKind.BLOB, SectionKind.PACKED_BLOB) and section.name != section.sha256:
        raise BundleError("E103")
