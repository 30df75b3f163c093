"""The cases of one desk of the practice Kreis, the same for the same seed and day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count, islice

from kimdesk.domain.consent import KREIS
from kimdesk.domain.records import CaseFile
from kimdesk.domain.terms import SharingLevel
from kimdesk.practice import town
from kimdesk.practice.dice import Dice
from kimdesk.practice.kreis.plan import DeskPlan
from kimdesk.practice.library import kreis_plan

_CLOSED_FROM = 500  # running number of the first closed case


def caseload(desk: DeskPlan, seed: int, today: date, share: float) -> tuple[CaseFile, ...]:
    """Return the cases of ``desk``, the first opened first; ``share`` of those planned, one at least."""
    active = _files(desk, seed, today, max(1, round(desk.active * share)), closed=False)
    closed = _files(desk, seed, today, max(1, round(desk.closed * share)), closed=True)
    return tuple(sorted((*active, *closed), key=lambda file: (file.case.opened_on, file.case.id)))


def _files(desk: DeskPlan, seed: int, today: date, wanted: int, *, closed: bool) -> Iterator[CaseFile]:
    """Yield ``wanted`` cases the Kreis is told of, and some it is not."""
    told, untold = 0, round(wanted * kreis_plan().untold)
    for number in islice(count(_CLOSED_FROM if closed else 0), _CLOSED_FROM):
        if told == wanted:
            return
        file = _of_the_client(_agreed_on(_file(desk, seed, today, number, closed=closed)))
        if _is_told(file, today):
            told += 1
            yield file
        elif untold:
            untold -= 1
            yield file


def _file(desk: DeskPlan, seed: int, today: date, number: int, *, closed: bool) -> CaseFile:
    dice = Dice(f"{seed}/{desk.place}/{number}")
    level = dice.weighted(kreis_plan().level)
    return town.neighbour(desk.place, number, dice, today, level, closed=closed)


def _agreed_on(file: CaseFile) -> CaseFile:
    """Return a closed case with a consent that holds as long as the case is kept."""
    until = file.case.retain_until
    if until is None:
        return file
    consents = [
        replace(each, valid_until=until) if each.recipient == KREIS else each for each in file.consents
    ]
    return replace(file, consents=tuple(consents))


def _of_the_client(file: CaseFile) -> CaseFile:
    """Return a case in which regimes and papers are recorded of the client alone: a third less to write."""
    client = file.client.id if file.client else ""
    return replace(
        file,
        regimes=tuple(each for each in file.regimes if each.person_id == client),
        residence=tuple(each for each in file.residence if each.person_id == client),
    )


def _is_told(file: CaseFile, today: date) -> bool:
    """Return whether the Kreis holds the case on ``today``, as its consents stand."""
    return any(
        each.recipient == KREIS
        and each.level is not SharingLevel.STATISTICS
        and each.withdrawn_on is None
        and each.given_on is not None
        and each.given_on <= today <= (each.valid_until or today)
        for each in file.consents
    )
