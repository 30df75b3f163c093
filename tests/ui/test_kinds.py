"""Every kind of record is at home in the windows: it has a tab, and a new one begins with what is known."""

from datetime import date

import pytest

from kimdesk.domain.kinds import KINDS, Kind, must_name
from kimdesk.domain.records import Case, CaseFile, CaseRecord, Finding, FollowUp, Goal, Member, Person
from ui.case.blank import blank, find
from ui.case.tabs import KEYS

DAY = date(2026, 11, 24)
FILE = CaseFile(
    case=Case(id="c", opened_on=DAY, ags="05999001"),
    persons=(Person(id="p", family_name="Osman"),),
    members=(Member(id="m", case_id="c", person_id="p"),),
)
EDITED = [each for each in KINDS.values() if each.form and issubclass(each.type, CaseRecord)]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_tab_shows_it(kind: Kind) -> None:
    assert kind.place in KEYS


@pytest.mark.parametrize("kind", EDITED, ids=lambda kind: kind.name)
def test_a_new_one_is_about_the_client_of_the_case(kind: Kind) -> None:
    new = blank(kind.type, FILE, DAY)
    assert type(new) is kind.type
    assert isinstance(new, CaseRecord)
    assert (new.case_id, new.rev) == ("c", 0)
    people = [getattr(new, field) for field in must_name(kind.type, Person)]
    assert people[:1] in ([], ["p"])
    assert set(people[1:]) <= {""}, "a second person is somebody else"


def test_days_that_must_be_there_are_today_and_records_are_found_by_type() -> None:
    assert blank(FollowUp, FILE, DAY).due_on == DAY
    assert blank(Finding, FILE, DAY).ags == "05999001"
    assert find(Member, "m", FILE) == FILE.members[0]
    assert find(Case, "c", FILE) == FILE.case
    assert find(Goal, "m", FILE) is None
