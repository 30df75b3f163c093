"""Looking for damage in an open vault."""

from contextlib import suppress

from kimdesk.domain.errors import KimdeskError
from kimdesk.vault.integrity import findings
from kimdesk.vault.vault import Vault


def check(vault: Vault, full: bool = False) -> list[str]:
    """Return what is wrong with the database, at most 20 findings of each kind; nothing when it is whole.

    The cipher's check sees changed pages, SQLite's sees missing ones: neither alone is enough (SECURITY
    §0, trap 4). ``full`` also compares every index with its table. No finding names what is stored.
    """
    with suppress(KimdeskError):  # the checks below say what is wrong
        vault.checkpoint()
    with vault.connection() as connection:
        return findings(connection, full)
