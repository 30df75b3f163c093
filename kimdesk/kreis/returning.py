"""The way back of a registry whose server lost it: from the backup that carried it."""

from kimdesk.casework.desk import Desk, demand_server, note_server, server_address
from kimdesk.casework.events import REGISTRY as REGISTRY_CHANGED
from kimdesk.domain.errors import BundleError, StoreError
from kimdesk.kreis.registry import REGISTRY
from kimdesk.store.postgresql import dumps


def put_back(desk: Desk, to: str = "") -> dict[str, int]:
    """Bring the registry that came with the restored vault back to its server, or to the one at ``to``.

    Returns the rows by table; the vault then no longer holds it. Raises BundleError E806 in the vault of a
    desk, StoreError E975 when none came with it, and as ``demand_server`` and ``dumps.put_back``.
    """
    if desk.role != "kreis":
        raise BundleError("E806")
    with desk.reading() as reader:
        address = to or server_address(reader)
    with desk.vault.connection() as kept:
        if not address or not dumps.has_dump(kept):
            raise StoreError("E975")
        demand_server(address, desk.role)
        dumps.put_back(kept, address)
        found = {name: int(rows) for name, (rows, _) in dumps.dumped(kept).items()}
    with desk.writing() as writer:
        note_server(writer, address)
        writer.record("registry_returned", "kreis", desk.vault.header.vault_id)
    desk.use_server(address)
    if desk.server is not None:
        REGISTRY.bring_up_to_date(desk.server)
    with desk.vault.connection() as kept:
        dumps.forget_dump(kept)
    desk.announce(REGISTRY_CHANGED)
    return found


def came_along(desk: Desk) -> bool:
    """Return whether the registry came with the backup this vault was made from, and was not put back."""
    with desk.vault.connection() as kept:
        return dumps.has_dump(kept)
