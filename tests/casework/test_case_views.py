"""Own views of the list of cases, and the list as a table: what is written is what the list has."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from kimdesk.casework import case_views, cases, closing, records, today
from kimdesk.casework.case_export import write_csv
from kimdesk.casework.case_list import CaseRow
from kimdesk.casework.case_views import OwnView
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.errors import StoreError
from kimdesk.domain.records import Contact, FollowUp, Person
from kimdesk.domain.terms import FollowUpKind
from kimdesk.store.lists import ORDERS

DAY = date(2026, 11, 24)
SPANS = SHIPPED.rules.agenda.spans
HEADS = ("Name", "Aktenzeichen")


def cells(row: CaseRow) -> tuple[str, str]:
    return row.name, row.file_number


def town(desk: Desk) -> None:
    for number in range(12):
        name = f"{'Ä' if number % 3 else 'Z'}milie{number:02}"
        case = cases.open_new(desk, Person(family_name=name), ags="05999001" if number % 2 else "05999002")
        if number % 4 == 0:
            due = FollowUp(case_id=case.id, kind=FollowUpKind.DEADLINE, title="Antrag", due_on=DAY)
            records.save(desk, due)
        if number % 5 == 0:
            closing.close(desk, case.id, "goals_reached", on=DAY)


def listed(desk: Desk, query: CaseQuery) -> list[str]:
    found: list[str] = []
    after = None
    while True:
        page = cases.list_page(desk, query, after, 5)
        found += [row.file_number for row in page.rows]
        if page.next is None:
            return found
        after = page.next


def written(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))


@pytest.mark.parametrize("order", ["name", "due", "updated"])
@pytest.mark.parametrize("name", list(case_views.ready_made(SPANS, DAY)))
@pytest.mark.parametrize("more", [{}, {"text": "ämi"}, {"ags": "05999001"}])
def test_the_table_has_the_rows_of_the_list(
    desk: Desk, tmp_path: Path, order: str, name: str, more: dict[str, str]
) -> None:
    town(desk)
    query = CaseQuery(**case_views.ready_made(SPANS, DAY)[name], **more, order=order)  # type: ignore[arg-type]
    number = write_csv(desk, query, tmp_path / "list.csv", HEADS, cells)
    head, *rows = written(tmp_path / "list.csv")
    assert tuple(head) == HEADS
    assert [row[1] for row in rows] == listed(desk, query)
    assert len(rows) == number == cases.count(desk, query)


def test_the_list_and_heute_call_the_same_cases_silent(desk: Desk) -> None:
    """A case opened today was „ohne Kontakt seit 6 Wochen“; on the very day, list and Heute did not agree."""
    town(desk)
    names = {case.id: case.file_number for case in cases.list_page(desk, CaseQuery(), limit=50).rows}
    since = {case_id: DAY - timedelta(days=39 + number) for number, case_id in enumerate(names)}
    for case_id, day in list(since.items())[:-2]:
        records.save(desk, Contact(case_id=case_id, held_on=day, minutes=15))
    query = CaseQuery(**case_views.ready_made(SPANS, DAY)["quiet"])
    silent = {names[task.case_id] for task in today.agenda(desk, DAY).quiet}
    assert set(listed(desk, query)) == silent
    assert 0 < len(silent) < len(names) - 2


def test_a_name_that_a_spreadsheet_would_compute_stays_a_name(desk: Desk, tmp_path: Path) -> None:
    cases.open_new(desk, Person(family_name='=HYPERLINK("http://example.invalid")'))
    write_csv(desk, CaseQuery(), tmp_path / "list.csv", HEADS, cells)
    assert written(tmp_path / "list.csv")[1][0].startswith("'=")


def test_where_nothing_can_be_written_nothing_is_left(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="E920"):
        write_csv(desk, CaseQuery(), tmp_path / "absent" / "list.csv", HEADS, cells)
    assert list(tmp_path.rglob("*.csv")) == []


def test_an_own_view_moves_with_the_day(desk: Desk) -> None:
    town(desk)
    case_views.keep(desk, OwnView(name="Bald", base="due", ags="05999002"))
    [view] = case_views.own(desk)
    assert cases.count(desk, view.query(SPANS, DAY)) == 2
    assert cases.count(desk, view.query(SPANS, DAY - timedelta(days=60))) == 0


def test_a_view_of_the_same_name_is_replaced_and_can_be_forgotten(desk: Desk) -> None:
    case_views.keep(desk, OwnView(name="Meine", text="a"))
    case_views.keep(desk, OwnView(name="Alle"))
    case_views.keep(desk, OwnView(name="Meine", text="b"))
    assert [(view.name, view.text) for view in case_views.own(desk)] == [("Alle", ""), ("Meine", "b")]
    case_views.drop(desk, "Meine")
    assert [view.name for view in case_views.own(desk)] == ["Alle"]


def test_erasing_a_case_forgets_the_questions_that_name_its_people(desk: Desk) -> None:
    case = cases.open_new(desk, Person(family_name="Zylbersztajn"))
    cases.open_new(desk, Person(family_name="Haddad"))
    twin = cases.open_new(desk, Person(family_name="Haddad"))
    for name, text in (("Meine", "zylbersz"), ("Familie Zylbersztajn", ""), ("Andere", "haddad"), ("Az", "")):
        case_views.keep(desk, OwnView(name=name, text=text))
    cases.erase(desk, case.id)
    cases.erase(desk, twin.id)
    assert [view.name for view in case_views.own(desk)] == ["Andere", "Az"]


def test_every_order_has_each_case_once_page_by_page_and_the_other_way_round(desk: Desk) -> None:
    town(desk)
    every = set(listed(desk, CaseQuery(status="")))
    for order in ORDERS:
        there = listed(desk, CaseQuery(status="", order=order))
        back = listed(desk, CaseQuery(status="", order=order, backwards=True))
        assert (set(there), len(there)) == (every, len(every)), order
        assert back == there[::-1], order
    rows = cases.list_page(desk, CaseQuery(order="municipality", backwards=True), limit=50).rows
    assert [row.ags for row in rows] == sorted((row.ags for row in rows), reverse=True)
