"""Attachments: scans and photos in the vault, and nowhere else."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal, TypedDict, Unpack

from kimdesk.casework.case_file import demand_reason, known_case
from kimdesk.casework.changes import Change, changing
from kimdesk.casework.desk import Desk
from kimdesk.casework.scans.likeness import alike, look_of
from kimdesk.casework.scans.looking import inspect
from kimdesk.casework.scans.scan import Scan
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.errors import CaseworkError, KimdeskError, StoreError
from kimdesk.domain.records import Attachment, HandOver
from kimdesk.store import attachments as store
from kimdesk.store.work import Reader, Writer

__all__ = [
    "SOFT_CAP",
    "Scan",
    "Twin",
    "Usage",
    "attach",
    "content",
    "hand_over",
    "inspect",
    "lookalikes",
    "looked_into",
    "put",
    "remove",
    "twins",
    "usage",
    "verify",
    "write",
]

SOFT_CAP = 2 * 1024**3
"""Bytes of attachments up to which a vault stays easy to back up (SECURITY §1)."""

Purpose = Literal["viewed", "opened_outside", "copied_out"]


class Details(TypedDict, total=False):
    """What is said about an attachment besides its title; see ``records.Attachment``."""

    document: str
    person_id: str
    household: bool
    item: str
    issued_on: date | None
    valid_until: date | None
    applied_on: date | None
    original_at: str
    original_with: str
    original_since: date | None
    handed: tuple[HandOver, ...]
    about: str
    note: str
    added_on: date | None


@dataclass(frozen=True, slots=True)
class Twin:
    """An attachment with the same bytes as a scan."""

    case_id: str
    title: str
    added_on: date | None


@dataclass(frozen=True, slots=True)
class Usage:
    """How many bytes the attachments of a vault have."""

    bytes: int

    @property
    def is_much(self) -> bool:
        """Return whether there are more than a vault should hold."""
        return self.bytes > SOFT_CAP


def attach(
    desk: Desk, case_id: str, source: Path | bytes | Scan, *, title: str, **details: Unpack[Details]
) -> Attachment:
    """Put a file into the vault, record and bytes in one transaction, and return its record.

    Raises as ``inspect`` does, CaseworkError E853 when there is no such case, and StoreError E901 when the
    disk is full.
    """
    scan = source if isinstance(source, Scan) else inspect(source)
    described = Attachment(case_id=case_id, title=title, **details)
    if described.added_on is None:
        described = replace(described, added_on=calendar_day())
    return put(desk, described, scan)


def put(desk: Desk, described: Attachment, scan: Scan) -> Attachment:
    """Put ``scan`` into the vault as ``described``. Raises as ``attach`` does."""
    with desk.writing() as writer:
        known_case(writer, described.case_id)
        return write(writer, described, scan)


def write(writer: Writer, described: Attachment, scan: Scan) -> Attachment:
    """Put ``scan`` into the vault as ``described``, in a transaction that is under way."""
    whole = replace(
        described, media_type=scan.media_type, size=len(scan.data), sha256=scan.sha256, look=scan.look
    )
    saved = writer.put(whole)
    store.write(writer, saved.id, scan.data)
    return saved


def hand_over(desk: Desk, paper: Attachment, to: HandOver) -> Change:
    """Note that a copy of ``paper``, or the original, went to somebody; an original is there from then on.

    Raises StoreError E905 when it was changed meanwhile.
    """
    given = replace(paper, handed=(*paper.handed, to))
    if to.original:
        at = "agency" if to.service else "third"
        given = replace(given, original_at=at, original_with=to.to, original_since=to.on)
    with changing(desk) as step:
        step.put(given)
    return step.change


def twins(desk: Desk, scan: Scan) -> tuple[Twin, ...]:
    """Return what is the same as ``scan`` in any case, the first one first.

    Scans are compared as they are stored: what a camera said of the same picture makes no difference.
    """
    with desk.reading() as reader:
        return tuple(Twin(*each) for each in store.same(reader, scan.sha256))


def lookalikes(desk: Desk, scan: Scan, case_id: str) -> tuple[Twin, ...]:
    """Return the scans of the case that may show the same sheet as ``scan`` and are not the same bytes.

    Other cases are not looked at: that a sheet looks like one of somebody else's would tell of them.
    """
    with desk.reading() as reader:
        found = [one for one in reader.of_case(Attachment, case_id) if one.sha256 not in ("", scan.sha256)]
    return tuple(Twin(case_id, one.title, one.added_on) for one in found if alike(one.look, scan.look))


def looked_into(source: Path | bytes) -> Scan:
    """Return what ``inspect`` does, with how its first page looks. Raises as ``inspect``."""
    scan = inspect(source)
    return replace(scan, look=look_of(scan))


def content(desk: Desk, attachment_id: str, purpose: Purpose = "viewed") -> bytes:
    """Return the bytes of an attachment and note in the audit trail what they were wanted for.

    Raises StoreError E909 when there is none, CaseworkError E874 when they are not what was attached.
    """
    with desk.writing() as writer:
        found = writer.get(Attachment, attachment_id)
        if found is None:
            raise StoreError("E909")
        data = b"".join(store.pieces(writer, attachment_id))
        if hashlib.sha256(data).hexdigest() != found.sha256:
            raise CaseworkError("E874")
        writer.record(purpose, "attachment", attachment_id, found.case_id)
    return data


def remove(desk: Desk, attachment: Attachment, reason: str) -> None:
    """Remove an attachment and its bytes for good; identity and ``reason`` (scan_removal) are kept.

    Raises CaseworkError E851 without a reason, StoreError E905 when it was changed meanwhile, E943 when it is
    removed but the disk did not let the log of the database be wiped.
    """
    demand_reason(reason)
    with desk.writing() as writer:
        writer.remove(attachment, reason)
    try:
        desk.vault.checkpoint()
    except KimdeskError:
        raise StoreError("E943") from None


def verify(desk: Desk) -> tuple[str, ...]:
    """Return the attachments whose bytes are not what was attached; every one is read, piece by piece."""
    with desk.reading() as reader:
        wanted = store.checksums(reader)
        return tuple(key for key, sha256 in wanted if _checksum(reader, key) != sha256)


def usage(desk: Desk) -> Usage:
    """Return how much room the attachments of the vault take."""
    with desk.reading() as reader:
        return Usage(store.total(reader))


def _checksum(reader: Reader, attachment_id: str) -> str:
    digest = hashlib.sha256()
    for piece in store.pieces(reader, attachment_id):
        digest.update(piece)
    return digest.hexdigest()
