"""The Kreis takes no place where none may be told, and of a date no more than may be told."""

from typing import Any

import pytest

from kimdesk.domain.records import Case, Person
from tests.kreis.forging import CASE, forge, line
from tests.sync.exchange import AGS, Exchange

SHIELDED = "identified_shielded"


def taken(exchange: Exchange, *records: Any) -> int:
    """Return how many records of a bundle with these lines the registry holds."""
    [result] = exchange.carry(forge(exchange, records))
    assert result.result == "applied"
    return exchange.rows_held()


@pytest.mark.parametrize("where", [{"ags": "05111000"}, {"ags": ""}, {}])
def test_a_case_names_a_municipality_of_its_desk(exchange: Exchange, where: dict[str, str]) -> None:
    assert taken(exchange, line("case", where), line("goal", {"case_id": "case-1"})) == 0


def test_a_shielded_case_names_none_and_is_worked_on_all_the_same(exchange: Exchange) -> None:
    case = line("case", {}, level=SHIELDED)
    assert taken(exchange, case, line("goal", {"case_id": "case-1"}, level=SHIELDED)) == 2
    [held] = exchange.held(Case)
    assert (held["ags"], held["shared"]) == (None, SHIELDED)


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("case", {"ags": AGS}),
        ("case", {"file_number": "ESCH-2026-001"}),
        ("person", {"city": "Eschenried"}),
        ("person", {"phone": "0231 1"}),
        ("measure", {"agency": "Frauenhaus"}),
        ("goal", {"text": "Ziel"}),
        ("finding", {"title": "Frauenhaus nimmt keine Söhne auf"}),
    ],
)
def test_a_shielded_row_that_could_tell_a_place_is_not_taken(
    exchange: Exchange, kind: str, row: dict[str, str]
) -> None:
    assert taken(exchange, line(kind, row, level=SHIELDED)) == 0


@pytest.mark.parametrize("day", ["2026-06-01", "2026-13", "2026-06-1", "06.2026", "2026-06-01T00:00:00Z"])
def test_a_day_where_only_the_month_may_be_told_is_not_taken(exchange: Exchange, day: str) -> None:
    row = {"id": "P" + "a" * 24, "opened_on": day, "ags": AGS}
    assert taken(exchange, line("case", row, level="pseudonymised")) == 0


def test_no_second_version_keeps_the_place_of_who_is_shielded(exchange: Exchange) -> None:
    """After a restored backup both versions of a row are kept, but not the one with the place."""
    exchange.carry(forge(exchange, [CASE, line("person", {"city": "Eschenried"})]))
    later = line("person", {"family_name": "Osman"}, level=SHIELDED)
    exchange.carry(forge(exchange, [later], name="second.kimb", epoch=2))
    assert [row["city"] for row in exchange.held(Person)] == [None]
    with exchange.kreis.reading() as reader:
        kept = reader.connection.exec_driver_sql("SELECT kept, other FROM registry_conflict").all()
    assert kept == []
