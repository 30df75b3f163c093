"""The slip that goes with a stick: what the file is, and the digits and words to compare on the telephone."""

from datetime import date
from pathlib import Path

import resources
from kimdesk.documents.sheet_page import sheet_page
from kimdesk.domain.dates import today as calendar_day
from kimdesk.sync.sealing import envelope
from kimdesk.sync.sealing.file_names import digits_of
from kimdesk.sync.sealing.keys import PublicIdentity
from kimdesk.sync.sealing.short_words import short_words
from kimdesk.sync.trust.enrolment import CERTIFICATE, REQUEST, certificate_by, read_request
from kimdesk.texts import dates, say

_TEXTS = "documents/slip.toml"


def slip(path: Path, *, today: date | None = None) -> bytes:
    """Return the slip of the file ``path`` as PDF.

    Requests and certificates show the fingerprint of the keys they bring, other files the digits and words of
    the file itself. Raises BundleError E101 to E104, E201, E202, E501, E601, E604 for what is no such file.
    """
    kind, texts = envelope.inspect(path).kind, resources.read_toml(_TEXTS)
    facts = ((texts["vault"], f"{say(f'slip.{_known(kind)}')}: {path.name}"), (texts["made"], _day(today)))
    if kind not in (REQUEST, CERTIFICATE):
        digest = envelope.unproven_digest(path)
        return sheet_page(texts, digits_of(digest.hex()), (*facts, (texts["identity"], short_words(digest))))
    identity = _identity(kind, path.read_bytes())
    words = short_words(identity.digest)
    return sheet_page(texts, identity.fingerprint(), (*facts, (texts["identity"], words)))


def _identity(kind: str, data: bytes) -> PublicIdentity:
    return read_request(data).identity if kind == REQUEST else certificate_by(None, data).kreis


def _known(kind: str) -> str:
    return kind if kind in ("bundle", "receipt", "request", "certificate", "catalogue", "card") else "file"


def _day(today: date | None) -> str:
    return dates.full(today or calendar_day())
