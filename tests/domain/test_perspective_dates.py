"""The alarms of a screening as dates of the agenda: each told anew on its day, none for a barred rule."""

from dataclasses import replace
from datetime import date

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.agenda.due import Due
from kimdesk.domain.agenda.dues import in_order
from kimdesk.domain.agenda.perspective_dates import PERSPECTIVE, of_screening, place_in
from kimdesk.domain.screening.result import Alarm, Lack, Light, Screened, Screening

DAY, LAST = date(2026, 11, 30), date(2027, 2, 19)
CLOSING = tuple(Alarm(day=date(*day), code="window_closes", about=LAST) for day in
                ((2026, 10, 22), (2026, 12, 21), (2027, 1, 29)))  # fmt: skip
OPENING = Alarm(day=date(2027, 1, 12), code="possible_from", about=date(2027, 1, 12))
P3 = Screened(rule="25a", light=Light.YELLOW, paragraph="§ 25a", alarms=(*CLOSING, OPENING))


def told(one: Screened) -> list[tuple[str, date, date, date]]:
    found = of_screening("p", Screening(DAY, (one,)))
    return [(each.rule, each.due_on, each.since, each.until) for each in found]


def test_a_window_that_closes_is_told_on_each_of_its_days_and_stays_until_the_next() -> None:
    assert [one for one in told(P3) if one[0] == "perspective_closes"] == [
        ("perspective_closes", LAST, date(2026, 10, 22), date(2026, 12, 20)),
        ("perspective_closes", LAST, date(2026, 12, 21), date(2027, 1, 28)),
        ("perspective_closes", LAST, date(2027, 1, 29), date.max),
    ]


def test_each_of_them_is_let_go_alone() -> None:
    keys = [each.key for each in of_screening("p", Screening(DAY, (P3,)))]
    assert len(set(keys)) == len(keys) == 4


def test_what_becomes_possible_is_told_as_its_rule_says() -> None:
    ((_, due, since, until),) = [one for one in told(P3) if one[0] == "perspective_possible"]
    assert (due, since, until) == (date(2027, 1, 12), date.min, date.max)


def test_nothing_is_told_of_what_something_stands_against() -> None:
    assert told(replace(P3, light=Light.RED)) == []


def test_what_needs_a_title_first_does_not_become_possible() -> None:
    found = told(replace(P3, lack=Lack.TITLE))
    assert [one[0] for one in found] == ["perspective_closes"] * 3


def test_a_date_leads_to_person_and_rule() -> None:
    first = next(of_screening("0192", Screening(DAY, (P3,))))
    assert (first.kind, place_in(first.record_id)) == (PERSPECTIVE, ("0192", "25a"))


def test_a_window_that_is_told_in_stages_stands_in_a_list_once() -> None:
    closes = date(2027, 6, 30)
    spans = (
        (date(2027, 3, 2), date(2027, 4, 30)),
        (date(2027, 5, 1), date(2027, 6, 8)),
        (date(2027, 6, 9), date.max),
    )
    stages = [
        Due("perspective_closes", closes, PERSPECTIVE, f"p.25a.{number}", since=first, until=last)
        for number, (first, last) in enumerate(spans)
    ]
    other = Due("perspective_closes", closes, PERSPECTIVE, "q.25a.0", since=date(2027, 3, 2))
    for day, stage in ((date(2027, 1, 1), 0), (date(2027, 5, 1), 1), (date(2027, 6, 29), 2)):
        found = in_order([*stages, other], SHIPPED.rules.agenda, day)
        assert {each.record_id for each in found} == {f"p.25a.{stage}", "q.25a.0"}
        assert len(found) == 2
    found = in_order(stages[1:], SHIPPED.rules.agenda, date(2027, 3, 5))
    assert [each.record_id for each in found] == ["p.25a.1"], (
        "the first was let go: the next is still to come"
    )
