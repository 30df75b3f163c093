"""Whether a vault is whole: its database, and the audit trail in it."""

from kimdesk import vault
from kimdesk.casework.desk import Desk
from kimdesk.store import audit
from kimdesk.store.audit import Entry


def check(desk: Desk, full: bool = False) -> list[str]:
    """Return what is wrong, nothing when all is well; see ``vault.check``.

    ``audit: N`` says that the trail was changed at its entry N.
    """
    found = vault.check(desk.vault, full)
    with desk.reading() as reader:
        broken = audit.verify(reader.connection)
    return found + ([f"audit: {broken}"] if broken is not None else [])


def history(desk: Desk, case_id: str) -> tuple[Entry, ...]:
    """Return the audit trail of a case, the newest entry first."""
    with desk.reading() as reader:
        return audit.of_case(reader.connection, case_id)
