"""Noting that somebody was warned before entering something; never what."""

from kimdesk.casework.desk import Desk


def note_warned(desk: Desk, case_id: str) -> None:
    """Add „gewarnt“ to the audit trail of a case."""
    with desk.writing() as writer:
        writer.record("warned", "case", case_id, case_id)
