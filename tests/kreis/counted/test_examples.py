"""Every indicator, counted by hand over seven cases: on SQLite and on PostgreSQL."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine

from kimdesk.domain.errors import ContentError
from kimdesk.indicators.counting import count, units
from kimdesk.indicators.definitions import indicators
from kimdesk.indicators.source import Source
from kimdesk.indicators.values import TOTAL, CountedCell, Period, Says, Wish
from kimdesk.kreis.steering.source import registry_source
from tests.kreis.counted.tables import END, fill
from tests.postgresql import Server

HERE = Path(__file__).parent
BOOK = tomllib.loads((HERE / "examples.toml").read_text(encoding="utf-8"))
CASES = tomllib.loads((HERE / "cases.toml").read_text(encoding="utf-8"))
SPAN = Period(BOOK["first"], BOOK["last"])
EXAMPLES = BOOK["example"]


@pytest.fixture(scope="module")
def on_sqlite() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    fill(engine, CASES)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture(scope="module")
def on_postgresql(postgresql: Server) -> Iterator[Connection]:
    with postgresql.database("indicators") as engine:
        fill(engine, CASES)
        with engine.connect() as connection:
            yield connection


@pytest.fixture(params=["on_sqlite", "on_postgresql"])
def source(request: pytest.FixtureRequest) -> Source:
    return registry_source(request.getfixturevalue(request.param), END)


def wish(example: dict[str, Any], *municipalities: str) -> Wish:
    return Wish(example["indicator"], SPAN, municipalities, tuple(example["by"]))


def expected(example: dict[str, Any]) -> tuple[CountedCell, ...]:
    return tuple(
        CountedCell(
            tuple(each["at"]),
            each["number"],
            each["cases"],
            each.get("having"),
            tuple(each["days"]) if "days" in each else None,
        )
        for each in example["cells"]
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one['indicator']}-{'-'.join(one['by'])}")
def test_what_is_counted_is_what_a_person_counted(source: Source, example: dict[str, Any]) -> None:
    assert count(source, wish(example)).cells == expected(example), example["why"]


def test_every_indicator_has_an_example() -> None:
    assert {each.code for each in indicators(END)} == {each["indicator"] for each in EXAMPLES}


def test_every_number_leads_to_what_was_counted(source: Source) -> None:
    for example in EXAMPLES:
        if example["indicator"] == "contact_hours":  # of which one contact has several
            continue
        for cell in expected(example):
            found = units(source, wish(example), cell.codes)
            assert len(found) == len({each.unit for each in found}) == cell.number, example
            assert {each.shared for each in found} <= {"identified", "pseudonymised"}


def test_what_was_counted_says_its_record_case_desk_and_level(source: Source) -> None:
    [only] = units(source, Wish("interpreter_unavailable", SPAN), ())
    assert (only.kind, only.case_id, only.desk_id) == ("contact", "b", "desk")


def test_a_digest_is_the_same_on_either_database(on_sqlite: Connection, on_postgresql: Connection) -> None:
    here, there = registry_source(on_sqlite, END), registry_source(on_postgresql, END)
    for each in indicators(END):
        every = (
            each.breakdowns if each.code in ("new_cases", "persons_in_household") else each.breakdowns[1:2]
        )
        for by in ((one.code,) for one in every):
            asked = Wish(each.code, SPAN, (), by)
            assert count(here, asked) == count(there, asked)


def test_a_digest_tells_apart_what_was_asked_and_what_came_of_it(on_sqlite: Connection) -> None:
    source = registry_source(on_sqlite, END)
    asked = [
        Wish("new_cases", SPAN),
        Wish("new_cases", SPAN, ("05999001",)),
        Wish("new_cases", Period(SPAN.first, SPAN.first)),
        Wish("active_cases", SPAN),
        Wish("new_cases", SPAN, (), ("sex",)),
    ]
    assert len({count(source, each).digest for each in asked}) == len(asked)


def test_a_municipality_counts_its_own_cases(source: Source) -> None:
    for example in (each for each in EXAMPLES if each["by"] == ["municipality"]):
        for cell in expected(example)[1:]:
            if cell.codes == ("unknown",):
                continue
            found = count(source, Wish(example["indicator"], SPAN, cell.codes))
            assert (found.cells[0].number, found.cells[0].cases) == (cell.number, cell.cases)


def test_where_nothing_was_counted_the_total_says_none(source: Source) -> None:
    for each in indicators(END):
        [cell] = count(source, Wish(each.code, SPAN, ("05999099",))).cells
        assert (cell.codes, cell.number, cell.cases) == ((), 0, 0)
        assert cell.having == (0 if each.says is Says.SHARE else None)


def test_what_an_indicator_is_not_broken_down_by_is_refused(source: Source) -> None:
    for by in (("service",), ("sex", "sex"), (TOTAL,)):
        with pytest.raises(ContentError):
            count(source, Wish("new_cases", SPAN, (), by))
    with pytest.raises(ContentError):
        count(source, Wish("nobody_knows", SPAN))
