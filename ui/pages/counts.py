"""What waits on each page, as the rail shows it. Every number is one cheap question to the store."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from kimdesk.casework import case_list, cases, today
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.casework.events import CONFLICT, RECORDS, REGISTRY, SETTING, Shows


@dataclass(frozen=True, slots=True)
class Counter:
    """How what waits on a page is counted on a day, and what has to change for another number."""

    count: Callable[[Desk, date], int]
    shows: Shows


def count(desk: Desk, pages: Iterable[str], day: date) -> dict[str, int]:
    """Return how much waits on each of ``pages``, by key."""
    return {key: COUNTERS[key].count(desk, day) for key in pages}


def _active(desk: Desk, _: date) -> int:
    return cases.count(desk, CaseQuery())


def _findings(desk: Desk, _: date) -> int:
    from kimdesk.casework import findings

    return findings.count(desk)


def _waiting(desk: Desk, day: date) -> int:
    from kimdesk.casework import referral_list

    return referral_list.count(desk, day)


def _to_decide(desk: Desk, _: date) -> int:
    from kimdesk.casework import conflicts

    return sum(conflicts.open_in_cases(desk).values())


def _unsent(desk: Desk, _: date) -> int:
    return case_list.unsent_cases(desk)


def _unsettled(desk: Desk, _: date) -> int:
    from kimdesk import kreis

    return kreis.count_open(desk)


def _on_the_board(desk: Desk, _: date) -> int:
    from kimdesk.kreis.steering import board

    return board.count(desk)


def _without_backup(desk: Desk, _: date) -> int:
    """Return 1 when there is no recent backup or the last drill failed, else 0."""
    from kimdesk.casework import backups

    return 1 if backups.warned(desk) else 0


COUNTERS: Final = {
    "today": Counter(today.count_waiting, Shows(*today.KINDS)),
    "cases": Counter(_active, Shows("case")),
    "referrals": Counter(_waiting, Shows("referral", "case", "passage")),
    "versions": Counter(_to_decide, Shows(CONFLICT)),
    "findings": Counter(_findings, Shows("finding")),
    "handover": Counter(_unsent, Shows(*RECORDS, SETTING)),
    "answers": Counter(_on_the_board, Shows(REGISTRY)),
    "inbox": Counter(_unsettled, Shows(REGISTRY)),
    "backup": Counter(_without_backup, Shows(SETTING)),
}
"""By the key of the page."""
