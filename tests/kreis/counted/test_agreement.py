"""A desk and its Kreis count the same, indicator by indicator; where they do not, it is said why."""

from collections.abc import Iterator
from datetime import date

import msgspec
import pytest
from sqlalchemy import func, select, update

from kimdesk.indicators.counting import count
from kimdesk.indicators.definitions import indicators
from kimdesk.indicators.source import desk_source
from kimdesk.indicators.values import Period, Wish
from kimdesk.kreis.registry import RECORDS, figures, open_registry
from kimdesk.kreis.rows import transaction
from kimdesk.kreis.steering.agreement import Accord, DeskAgreement, WhyDiffering, agreement
from kimdesk.practice.fill import fill
from kimdesk.sync.sealing.figures import FigureSection
from tests.sync.exchange import TODAY, Exchange, enrol, make_desk

PLACES = tuple(f"0599900{each}" for each in range(1, 7))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exchange]:
    """Thirty cases of the practice town, shared at the level each client chose, and taken over."""
    home = tmp_path_factory.mktemp("agreement")
    desk = make_desk(home / "desk", "Eschenried", municipalities=PLACES)
    found = Exchange(home, desk, make_desk(home / "kreis", "Kreis Auental", "kreis"))
    enrol(found.desk, found.kreis, home)
    for folder in (found.stick, found.receipts):
        folder.mkdir()
    fill(found.desk, 30, today=TODAY)
    found.round()
    yield found
    found.close()


def only(exchange: Exchange) -> DeskAgreement:
    [found] = agreement(exchange.kreis)
    return found


def test_both_count_the_same_by_every_indicator_and_municipality(town: Exchange) -> None:
    found = only(town)
    assert found.differences == ()
    assert (found.standing, found.as_of, found.others) == (Accord.AGREES, TODAY, ())
    assert found.compared == len(indicators(TODAY))


def test_there_was_something_to_count(town: Exchange) -> None:
    with transaction(open_registry(town.kreis)) as connection:
        sent = msgspec.json.decode(connection.execute(select(figures.c.counts)).scalar_one())
        levels = set(connection.execute(select(RECORDS["case"].c.shared)).scalars())
    counted = {code: each["cells"] for code, each in sent["counts"].items()}
    assert levels >= {"identified", "pseudonymised"}
    assert counted["active_cases"][""][0] > 10
    assert {"", "05999004", "unknown"} <= counted["active_cases"].keys()
    assert sum(each[""][0] > 0 for each in counted.values()) >= 25


def test_the_desk_itself_counts_all_its_cases(town: Exchange) -> None:
    span = Period(date(TODAY.year, 1, 1), TODAY)
    with town.desk.reading() as reader:
        source = desk_source(reader.connection, TODAY)
        [every] = count(source, Wish("active_cases", span)).cells
        for each in indicators(TODAY):
            count(source, Wish(each.code, span, (PLACES[0],), (each.breakdowns[0].code,)))
    with transaction(open_registry(town.kreis)) as connection:
        held = connection.execute(select(func.count()).select_from(RECORDS["case"])).scalar_one()
    assert held > 0
    assert every.number > 0


def test_what_the_kreis_lost_shows_by_number_and_municipality(exchange: Exchange) -> None:
    known = exchange.case()
    exchange.case()
    exchange.round()
    assert only(exchange).standing is Accord.AGREES
    with transaction(open_registry(exchange.kreis)) as connection:
        table = RECORDS["case"]
        connection.execute(update(table).where(table.c.id == known.case.id).values(epoch=0))
    found = only(exchange)
    differing = {(each.code, each.municipality): (each.theirs, each.here) for each in found.differences}
    assert found.standing is Accord.DIFFERS
    assert differing["active_cases", ""] == ((2, 2), (1, 1))
    assert differing["active_cases", "05999001"] == ((2, 2), (1, 1))
    assert ("contacts_held", "") not in differing
    [why] = found.reasons
    assert (why.because, why.number, why.cases) == (WhyDiffering.IN_DOUBT, 1, (known.case.id,))


def test_a_desk_that_never_sent_is_no_agreement(exchange: Exchange) -> None:
    assert (only(exchange).standing, only(exchange).compared) == (Accord.UNKNOWN, 0)


def test_a_bundle_of_chosen_cases_carries_no_count(exchange: Exchange) -> None:
    known, _ = exchange.case(), exchange.case()
    path = exchange.export(case_ids=[known.case.id]).path
    [line] = exchange.opened(path)["statistics"]
    assert "counts" not in line


def test_nothing_but_numbers_of_places_and_codes_travels(exchange: Exchange) -> None:
    exchange.case()
    [line] = exchange.opened(exchange.export().path)["statistics"]
    section = msgspec.convert(line, FigureSection)
    assert section.counts
    assert set(section.counts.counts) == {each.code for each in indicators(TODAY)}


def test_an_indicator_the_kreis_counts_by_another_version_is_not_compared(exchange: Exchange) -> None:
    exchange.case()
    exchange.round()
    with transaction(open_registry(exchange.kreis)) as connection:
        text = connection.execute(select(figures.c.counts)).scalar_one()
        sent = msgspec.json.decode(text)
        sent["counts"]["new_cases"]["version"] = 99
        sent["counts"]["made_up"] = {"version": 1, "cells": {"": [5, 5]}}
        sent["counts"]["active_cases"]["cells"][""] = [2**31 - 1, 0]
        connection.execute(update(figures).values(counts=msgspec.json.encode(sent).decode()))
    found = only(exchange)
    assert found.others == ("new_cases", "made_up")
    [wrong] = found.differences
    assert (wrong.code, wrong.theirs, wrong.here) == ("active_cases", (2**31 - 1, 0), (1, 1))
    assert found.reasons == ()


LETTERS = "abcdefghijklmno"


def said(counts: dict[str, object], last: str = "2026-11-24") -> dict[str, object]:
    return {"first": "2026-01-01", "last": last, "counts": counts}


def cells(**numbers: list[int]) -> dict[str, object]:
    return said(
        {"a": {"version": 1, "cells": {name.removeprefix("_"): each for name, each in numbers.items()}}}
    )


@pytest.mark.parametrize(
    "counts",
    [
        {"first": "2026-01-01", "last": "2026-11-24"},
        said({}, last="soon"),
        said({"Not a code": {"version": 1, "cells": {}}}),
        said({"a": {"version": 0, "cells": {}}}),
        said({"a": {"version": 1, "cells": {}, "more": 1}}),
        cells(_=[-1, 1]),
        cells(_=[2**31, 1]),
        cells(_=[1]),
        cells(_=[1] * 6),
        cells(Bonn=[1, 1]),
        cells(**{f"_{each:08}": [1, 1] for each in range(1001)}),
        said(
            {
                f"{one}{other}": {"version": 1, "cells": {}}
                for one in "abcdefghijklmno"
                for other in "abcdefghijklmno"
            }
        ),
    ],
)
def test_counts_that_are_none_are_refused(counts: dict[str, object]) -> None:
    line = {"release": {"as_of": "2026-11-24", "figures": {}}, "held_active": 1, "counts": counts}
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(msgspec.json.encode(line), type=FigureSection)
