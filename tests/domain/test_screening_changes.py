"""What is told when facts change: one sentence a rule, with the day before and because of what."""

from datetime import date
from typing import Any

from kimdesk.casework.screening_facts import facts_of
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.screening.changes import ScreeningChange, changes
from kimdesk.domain.screening.engine import screen
from kimdesk.texts import screening as told

TODAY = date(2026, 11, 30)
PAPERS = [
    {"kind": "gestattung", "from": "2023-01-09", "until": "2025-02-11"},
    {"kind": "duldung", "from": "2025-02-12"},
]
ALONE: dict[str, Any] = {"born": "1990-03-05", "spells": PAPERS, "minor_child": []}


def between(before: dict[str, Any], after: dict[str, Any]) -> dict[str, ScreeningChange]:
    law = SHIPPED.rules.screening
    was, now = (screen(facts_of(each), law, TODAY) for each in (before, after))
    return {one.rule: one for one in changes(was, now)}


def test_nothing_is_told_when_nothing_changes() -> None:
    assert between(ALONE, ALONE) == {}


def test_a_child_brings_the_day_two_years_nearer_and_that_is_why() -> None:
    found = between(ALONE, ALONE | {"minor_child": ["2021-08-20"]})
    assert told.changed(found["25b"]) == (
        "Nachhaltige Integration: jetzt ab 09.01.2027, vorher 09.01.2029, weil jetzt gilt: "
        "48 Monate mit minderjährigem Kind, voll am 09.01.2027; ohne Kind 09.01.2029"
    )
    assert (found["stag_10"].code, found["stag_10"].day) == ("earlier", date(2032, 1, 9))


def test_what_bars_a_rule_and_what_opens_it_again_is_told() -> None:
    barred = between(ALONE, ALONE | {"obstruction": True})["25b"]
    assert barred.code == "barred"
    assert told.changed(barred).startswith("Nachhaltige Integration: steht jetzt etwas entgegen, weil")
    assert between(ALONE | {"obstruction": True}, ALONE)["25b"].code == "open_again"


def test_a_rule_that_fits_now_or_no_more_is_told() -> None:
    title = [{"kind": "title", "paragraph": "§ 25b AufenthG", "from": "2026-11-30"}]
    found = between(ALONE, ALONE | {"spells": [*PAPERS, *title]})
    assert found["25b"].code == "fits_not"
    assert found["26_4"].code == "fits"
    assert told.changed(found["25b"]) == "Nachhaltige Integration: passt jetzt nicht mehr"


def test_a_day_that_is_known_now_or_a_window_is_told() -> None:
    found = between({"born": "2006-01-01"}, {"born": "2006-01-01", "spells": PAPERS})
    assert (found["25a"].code, found["25a"].day) == ("day_known", date(2026, 2, 12))
    earlier_born = between(ALONE | {"born": "2004-01-01"}, ALONE | {"born": "2003-01-01"})["25a"]
    assert (earlier_born.code, earlier_born.day) == ("window", date(2029, 12, 31))


def test_every_change_can_be_said() -> None:
    for code in ("fits", "fits_not", "possible", "barred", "open_again", "lacks"):
        assert told.changed(ScreeningChange(rule="25b", code=code))
    for code in ("earlier", "later", "day_known", "day_gone", "window", "window_gone"):
        assert told.changed(ScreeningChange(rule="25b", code=code, day=TODAY, before=TODAY))
