"""All rules over one case and over 900: dates with the screening in them, remarks, open checklists.

How Heute grows to 100,000 cases: ``make bench ARGS=day``.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from statistics import median as middle

from kimdesk.casework import cases
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.checklists import begun, current
from kimdesk.casework.desk import Desk
from kimdesk.casework.perspective import of_file
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.agenda.dues import due_in
from kimdesk.domain.needs.facts import gathered
from kimdesk.domain.records import CaseFile
from kimdesk.domain.regime_remarks import remarks
from kimdesk.practice import town
from kimdesk.practice.fill import fill
from kimdesk.vault import Strength
from tests.bench.figures import Figure, median, side_by_side, times
from tests.bench.opening import PASSPHRASE

DAY = date(2026, 11, 30)
CASES, STORED, SEED = 900, 40, 7
GOAL = "≤ 5 ms a case"


def figures(home: Path) -> Iterator[Figure]:
    """Yield what each kind of rule costs beside reading the case, and what a case costs among 900."""
    desk, _ = Desk.create(home / "vault", PASSPHRASE, name="Probe", user="", practice=True,
                          municipalities=("05999001",), strength=Strength.INTERACTIVE)  # fmt: skip
    fill(desk, STORED)
    rows = cases.list_page(desk, CaseQuery(order="updated"), None, STORED).rows
    fullest = max((cases.peek(desk, row.id) for row in rows), key=lambda file: len(file.regimes))
    for work, rule in RULES.items():
        floor, ours = side_by_side(lambda: cases.peek(desk, fullest.case.id), lambda: rule(fullest), 31)  # noqa: B023
        yield Figure(f"{work}, one case", "reading the case", floor, ours, GOAL)
    desk.close()
    yield from _many(list(town.cases(CASES, SEED, DAY)))


def _many(files: Sequence[CaseFile]) -> Iterator[Figure]:
    alone = middle(median(lambda: everything(file), 3) for file in files[:: CASES // 9])  # noqa: B023
    for work, rule in RULES.items():
        for file in files[:9]:
            rule(file)
        taken = [took for file in files for took in times(lambda: rule(file), 1)]  # noqa: B023
        yield Figure(f"{work}, a case of {CASES:,}", "all rules over one case", alone,
                     sum(taken) / len(taken), GOAL)  # fmt: skip


def _dates(file: CaseFile) -> object:
    return due_in(file, SHIPPED.rules.agenda, DAY)


def _remarks(file: CaseFile) -> object:
    return remarks(file, DAY, SHIPPED.rules.law)


def _checklists(file: CaseFile) -> object:
    """Judge the open checklists of a case: that of the Jobcenter, and those it has."""
    return begun(SHIPPED.service("jobcenter").items, gathered(file, DAY)), current(SHIPPED, file, DAY)


def _every_service(file: CaseFile) -> object:
    """Judge what each of the services would ask."""
    facts = gathered(file, DAY)
    return [begun(one.items, facts) for one in SHIPPED.services(DAY)]


def _screening(file: CaseFile) -> object:
    return of_file(SHIPPED, file, DAY)


def everything(file: CaseFile) -> object:
    """Apply all rules to ``file``; its dates come from the screening too, which is not done twice."""
    return _dates(file), _remarks(file), _checklists(file)


RULES: dict[str, Callable[[CaseFile], object]] = {
    "dates, the screening in them": _dates,
    "remarks": _remarks,
    "open checklists": _checklists,
    "screening alone": _screening,
    "all rules": everything,
    "what every service would ask": _every_service,
}
