"""Releases by the thousand, drawn anew for each seed: what the auditor finds in them, alone and in a row."""

from kimdesk.disclosure.auditor import audit, guards, unprotected
from kimdesk.disclosure.protect import Effort, protect
from kimdesk.disclosure.values import ProtectedTables
from kimdesk.domain.errors import DisclosureError
from tests.disclosure.tables import drawn, random_release
from tests.disclosure.test_nobody_is_found import nobody_is_found
from tests.disclosure.test_over_time import quarters
from tests.torture.measure import dice, progress, report, times

QUICK = Effort(rounds=2, nodes=10, looks=20_000)


def test_random_releases_tell_of_nobody() -> None:
    random, total = dice("releases"), times(5, 3000)
    hidden = small = 0
    for done in range(total):
        linked = random_release(random.randrange(10**9))
        cells = protect(linked, effort=QUICK).cells
        nobody_is_found(linked, cells)
        hidden += sum(cell.number is None for cell in cells.values())
        small += sum(count < 5 for count in linked.counts.values())
        progress("releases", done, total)
    report("releases", releases=total, hidden_cells=hidden, small_cells=small)


def test_large_tables_come_to_an_end() -> None:
    random = dice("large")
    for shape in times(0, 1) * ((6, 8, 3), (12, 15, 4), (16, 20)):
        linked = drawn(random.randrange(10**9), shape, 6.0)
        nobody_is_found(linked, protect(linked).cells)


def test_reports_in_a_row_tell_of_nobody() -> None:
    random, total, refused = dice("rows"), times(3, 500), 0
    for done in range(total):
        earlier: list[ProtectedTables] = []
        for linked in quarters(random.randrange(10**9)):
            try:
                tables = protect(linked, earlier=earlier, effort=QUICK)
            except DisclosureError as error:
                assert error.code == "E985", error.code  # noqa: PT017
                refused += 1
                break
            bounds = audit(linked, tables.cells, earlier=earlier)
            assert unprotected(guards(linked, tables.cells, earlier=earlier), bounds) == ()
            earlier.append(tables)
        progress("rows of reports", done, total)
    report("rows of reports", rows=total, refused=refused)
