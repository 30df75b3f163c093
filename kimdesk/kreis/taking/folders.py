"""Reading in what lies on a stick or in a folder, without naming every file."""

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import select

from kimdesk.casework.desk import Desk
from kimdesk.domain import media
from kimdesk.domain.errors import BundleError
from kimdesk.domain.files import shown_name
from kimdesk.kreis.enrolled.keyring import KeyRing, trust
from kimdesk.kreis.registry import inbox, open_registry
from kimdesk.kreis.rows import transaction
from kimdesk.sync.leaving.export import SUFFIX
from kimdesk.sync.sealing.envelope import unproven_digest
from kimdesk.sync.sticks import lying


def bundles_in(desk: Desk, folder: Path) -> list[Path]:
    """Return the bundles in ``folder`` and in the folders directly in it, whatever they are called.

    Those for another Kreis are left alone. Raises BundleError E105 when there is none, E303 when all are for
    somebody else, StoreError E920, E923 for the medium.
    """
    ring = trust(desk).ring
    found = [each.path for each in lying(folder, "bundle", SUFFIX) if _is_for(ring, each.recipient)]
    if not found:
        raise BundleError("E303")
    return found


def unread(desk: Desk, files: Iterable[Path]) -> list[Path]:
    """Return those that were not read in yet: under another name, or with another content than before.

    The day of a file tells nothing: the clock of the computer that wrote it may be wrong.
    """
    with transaction(open_registry(desk)) as connection:
        rows = connection.execute(select(inbox.c.file, inbox.c.digest).where(inbox.c.digest != "")).all()
    known: dict[str, set[str]] = {}
    for row in rows:
        known.setdefault(row.file, set()).add(row.digest)
    return [path for path in files if not _is_known(path, known.get(shown_name(path), set()))]


def _is_for(ring: KeyRing, recipient: str | None) -> bool:
    return recipient is None or ring.has(recipient)


def _is_known(path: Path, digests: set[str]) -> bool:
    if not digests:
        return False
    try:
        with media.understood(path.parent):
            return unproven_digest(path).hex() in digests
    except BundleError:
        return False
