"""What is on its way between desks is due: on Heute, in the list and in the plan alike."""

from datetime import date, timedelta

import pytest

from kimdesk.casework import cases, today
from kimdesk.casework.desk import Desk
from kimdesk.domain import dates
from kimdesk.domain.agenda.dues import due_in
from kimdesk.sync.passing import moves
from kimdesk.texts import agenda
from tests.sync.colleagues_kit import Colleagues

DAY = timedelta(days=1)
RULES = {"cover_over", "cover_back", "offer_ends"}


def told(desk: Desk, case_id: str, day: date) -> list[tuple[str, date]]:
    """Return what Heute says on a day of the case being on its way; the case itself says the same."""
    found = today.agenda(desk, day)
    tasks = [each.due for each in (*found.overdue, *found.today, *found.expiring) if each.case_id == case_id]
    here = [(each.rule, each.due_on) for each in tasks if each.rule in RULES]
    said = due_in(cases.peek(desk, case_id), desk.rules, day)
    assert here == [(each.rule, each.due_on) for each in said if each.rule in RULES and each.is_shown(day)]
    return here


def test_a_cover_that_ran_out_is_overdue_at_both_desks(between: Colleagues) -> None:
    case_id, last = between.case().case.id, dates.today() + 5 * DAY
    between.take(between.lend(case_id, last), at=between.other)
    assert told(between.desk, case_id, last - DAY) == []
    assert told(between.other, case_id, last - DAY) == [("cover_over", last)]
    for day in (last, last + 9 * DAY):
        assert told(between.desk, case_id, day) == [("cover_back", last)]
        assert told(between.other, case_id, day) == [("cover_over", last)]
    between.take(between.back(case_id))
    assert told(between.desk, case_id, last + DAY) == []
    assert told(between.other, case_id, last + DAY) == []
    between.take(between.confirm(case_id), at=between.other)
    assert not today.agenda(between.other, last + DAY).overdue


def test_an_offer_without_an_answer_is_due(between: Colleagues) -> None:
    case_id, last = between.case().case.id, dates.today() + 5 * DAY
    offer = between.offer(case_id, until=last)
    [found] = [each for each in due_in(between.file(between.desk, case_id), between.desk.rules, last)
               if each.rule == "offer_ends"]  # fmt: skip
    assert agenda.words(between.desk.catalogue, found).title.startswith("Antwort von Niederholt")
    assert told(between.desk, case_id, last) == [("offer_ends", last)]
    between.take(between.accept(offer))
    assert told(between.desk, case_id, last) == []
    assert told(between.other, case_id, last) == []


@pytest.mark.parametrize("how", ["refused", "withdrawn"])
def test_an_offer_that_is_settled_is_not(between: Colleagues, how: str) -> None:
    case_id, last = between.case().case.id, dates.today() + 5 * DAY
    offer = between.offer(case_id, until=last)
    if how == "refused":
        between.take(between.refuse(offer))
    else:
        moves.withdraw(between.desk, case_id, between.path())
    assert told(between.desk, case_id, last) == []
