"""What the Kreis says of each desk: its edition, its cases, when it was heard; in words and names."""

from datetime import date

from kimdesk.casework.desk import Desk
from kimdesk.catalogue.municipalities import named
from kimdesk.kreis import DeskRow, desks
from kimdesk.kreis.desk_facts import DeskFacts, desk_facts
from kimdesk.texts import registry
from tests.practice.practice_kreis import NOW
from tests.sync.exchange import Exchange


def found(office: Desk, name: str) -> tuple[DeskRow, DeskFacts]:
    row = next(each for each in desks(office, now=NOW) if each.name == name)
    return row, desk_facts(office, NOW.date())[row.id]


def test_a_desk_behind_is_told_from_one_that_has_the_newest_edition(practice_kreis: Desk) -> None:
    behind, fits = found(practice_kreis, "Talheide")[1], found(practice_kreis, "Eschenried")[1]
    assert (behind.behind, fits.behind) == (True, False)
    assert registry.catalogue_of_desk(behind) == "Fassung 1, veraltet"
    assert registry.catalogue_of_desk(fits) == "Fassung 2"


def test_silence_is_told_with_its_day(practice_kreis: Desk) -> None:
    row, _ = found(practice_kreis, "Moorfeld")
    assert registry.heard(row) == "zuletzt vor 36 Tagen, am 25.10.2026"
    assert named(row.municipalities) == "Moorfeld"


def test_cases_agree_desk_by_desk(practice_kreis: Desk) -> None:
    facts = desk_facts(practice_kreis, NOW.date())
    assert len(facts) == len(desks(practice_kreis, now=NOW))
    assert not any(each.differ for each in facts.values())
    assert all("ebenso viele" in registry.cases_of_desk(each) for each in facts.values())


def test_of_a_desk_that_never_sent_nothing_is_claimed(exchange: Exchange) -> None:
    [row] = desks(exchange.kreis)
    assert desk_facts(exchange.kreis, date(2026, 11, 30)) == {}
    nothing = DeskFacts()
    assert registry.heard(row) == "noch nie"
    assert registry.catalogue_of_desk(nothing) == "–"
    assert registry.cases_of_desk(nothing) == "noch nicht bekannt"
    assert not nothing.behind
