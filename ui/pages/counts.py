"""What waits on a page, as the rail shows it. Each function is asked after every change: it must be cheap."""

from kimdesk.casework import cases, today
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk


def due(desk: Desk) -> int:
    """Return how many steps are overdue, due today or without an answer."""
    found = today.agenda(desk)
    return len(found.overdue) + len(found.today) + len(found.unanswered)


def active(desk: Desk) -> int:
    """Return how many cases are worked on."""
    return cases.count(desk, CaseQuery())


def findings(desk: Desk) -> int:
    """Return how many structural findings the desk noted."""
    from kimdesk.casework import findings

    return findings.count(desk)


def unsent(desk: Desk) -> int:
    """Return how many cases were changed since the Kreis last acknowledged."""
    return cases.count(desk, CaseQuery(status="", unsent=True))


def unsettled(desk: Desk) -> int:
    """Return how many received files wait for somebody at the Kreis."""
    from kimdesk import kreis

    return kreis.overview(desk).open


def backup_warnings(desk: Desk) -> int:
    """Return 1 when there is no recent backup or the last drill failed, else 0."""
    from kimdesk.casework import backups

    return 1 if backups.warned(desk) else 0
