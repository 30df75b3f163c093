"""Bringing a vault of an earlier KIMdesk up to date, never without a copy of how it was."""

from kimdesk import vault as vaults
from kimdesk.domain.errors import StoreError
from kimdesk.store.schema import HEAD, migrate, reached
from kimdesk.store.steps import NOTHING
from kimdesk.vault.manifest import OWN
from kimdesk.vault.rotation import newest_two


def bring_up_to_date(vault: vaults.Vault) -> None:
    """Bring the schema of ``vault`` to the one this program knows, wholly or not at all.

    A vault that was worked with is copied before, checked, into ``backups`` in its own folder, where the
    newest two of these stay. Raises StoreError E908 for a vault of a newer KIMdesk, E913 when it could not be
    copied and E914 when the change failed: then it is as it was.
    """
    if not NOTHING < reached(vault.engine) < HEAD:
        migrate(vault.engine)
        return
    try:
        vaults.backup(vault, vault.folder / OWN, keep=newest_two)
    except StoreError as refusal:
        raise StoreError("E913") from refusal
    try:
        migrate(vault.engine)
    except Exception as error:  # whatever a migration stumbles over, nothing of it stays
        raise StoreError("E914") from error
