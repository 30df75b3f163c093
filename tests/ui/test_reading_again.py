"""After a save only what it can have changed is read again: the page that shows it, the numbers of it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from kimdesk.casework import cases, people, records, today
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import Contact, Dispute, Finding, FollowUp, Goal, Member, Person, Record
from kimdesk.domain.terms import FollowUpKind, Role
from tests.counting import statements
from tests.ui.page_help import new_case
from ui.case.page import CasePage
from ui.pages import PAGES
from ui.pages.counts import COUNTERS
from ui.places import Place
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)
ShellOn = Callable[..., Shell]
_WRITES = ("INSERT", "UPDATE", "DELETE")
TODAY = date.today()  # noqa: DTZ011 - what the windows show as well


def after(desk: Desk, save: Callable[[], object]) -> list[str]:
    """Return the statements that follow the last write of ``save``: what is read again."""
    with statements(desk) as said:
        save()
    last = max(number for number, text in enumerate(said) if text.startswith(_WRITES))
    return said[last + 1 :]


def tables(said: list[str]) -> set[str]:
    """Return which of the counted tables ``said`` asks."""
    known = {
        "due": "FROM due",
        "findings": "FROM finding",
        "cases": "FROM case_row",
        "settings": "FROM setting",
    }
    return {name for name, words in known.items() if any(words in " ".join(each.split()) for each in said)}


def number(shell: Shell, key: str) -> int:
    entry = shell.rail.list.model().index(shell.rail.keys().index(key), 0)
    return int(str(entry.data()).rpartition(" ")[2]) if str(entry.data())[-1].isdigit() else 0


@pytest.mark.parametrize(
    ("made", "asked"),
    [
        (lambda case: Contact(case_id=case, held_on=TODAY, content="Termin"), {"due", "cases", "settings"}),
        (
            lambda case: Finding(case_id=case, title="Kein Platz", noted_on=TODAY),
            {"findings", "cases", "settings"},
        ),
        (lambda case: Goal(case_id=case, text="B1"), {"due", "cases", "settings"}),
        (
            lambda case: Dispute(case_id=case, record_kind="case", record_id=case, field_name="ags"),
            {"cases", "settings"},
        ),
    ],
)
def test_a_save_asks_only_the_numbers_it_can_change(
    blank: Desk, shell_on: ShellOn, made: Callable[[str], Record], asked: set[str]
) -> None:
    case = new_case(blank, "Osman")
    shell_on(blank, "help")
    said = after(blank, lambda: records.save(blank, made(case.id)))
    assert tables(said) <= asked, said


def test_a_setting_asks_no_records(blank: Desk, shell_on: ShellOn) -> None:
    shell_on(blank, "help")
    said = after(blank, lambda: blank.set_municipalities(("05999001",)))
    assert tables(said) <= {"cases", "settings"}
    assert len(said) <= 4


def test_drafts_change_nothing_that_is_shown(blank: Desk, shell_on: ShellOn) -> None:
    from kimdesk.casework.drafts import save_draft

    shell_on(blank, "today")
    assert after(blank, lambda: save_draft(blank, "phase:x", {"answers": {}})) == []


def test_the_case_that_is_shown_is_not_read_for_another_one(blank: Desk, shell_on: ShellOn) -> None:
    shown, other = new_case(blank, "Osman"), new_case(blank, "Haddad")
    shell_on(blank, Place("case", shown.id, "plan"))
    own = after(blank, lambda: records.save(blank, Goal(case_id=shown.id, text="B1")))
    foreign = after(blank, lambda: records.save(blank, Goal(case_id=other.id, text="B1")))
    assert any("FROM goal" in " ".join(each.split()) for each in own)
    assert not any("FROM goal" in " ".join(each.split()) for each in foreign)


@pytest.mark.parametrize(
    "made",
    [
        lambda case: Contact(case_id=case, held_on=TODAY, content="Termin"),
        lambda case: Goal(case_id=case, text="B1"),
        lambda case: Finding(case_id=case, title="Kein Platz", noted_on=TODAY),
    ],
)
def test_of_the_case_that_is_shown_only_what_was_saved_is_read(
    blank: Desk, shell_on: ShellOn, made: Callable[[str], Record]
) -> None:
    case = new_case(blank, "Osman")
    page = shell_on(blank, Place("case", case.id, "plan")).current_page()
    assert isinstance(page, CasePage)
    said = after(blank, lambda: records.save(blank, made(case.id)))
    assert page._presenter.file == cases.peek(blank, case.id)
    assert len(said) <= 7, said


def test_a_person_that_joins_the_case_is_read_with_her_membership(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Osman")
    page = shell_on(blank, Place("case", case.id, "people")).current_page()
    assert isinstance(page, CasePage)
    people.add_person(blank, case.id, Person(given_names="Farah"), Role.CHILD)
    known = people.add_person(blank, new_case(blank, "Haddad").id, Person(given_names="Sami"), Role.CHILD)
    records.save(blank, Member(case_id=case.id, person_id=known.person_id, role=Role.CHILD))
    assert page._presenter.file == cases.peek(blank, case.id)
    assert {one.given_names for one in page._presenter.file.persons} == {"Amna", "Farah", "Sami"}


def test_the_numbers_stay_true(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Osman")
    shell = shell_on(blank, "help")
    before = number(shell, "today")
    late = FollowUp(
        case_id=case.id, kind=FollowUpKind.DEADLINE, title="Widerspruch", due_on=TODAY - timedelta(1)
    )
    late = records.save(blank, late)
    assert number(shell, "today") == before + 1
    records.save(blank, Finding(case_id=case.id, title="Kein Platz", noted_on=TODAY))
    assert number(shell, "findings") == 1
    new_case(blank, "Haddad")
    assert (number(shell, "cases"), number(shell, "handover")) == (2, 2)
    found = today.agenda(blank)
    assert number(shell, "today") == len(found.overdue) + len(found.today) + len(found.unanswered)
    records.remove(blank, late)
    assert number(shell, "today") == before


def test_a_number_is_one_statement(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Osman")
    shell_on(blank, Place("help"))
    said = after(blank, lambda: records.save(blank, Contact(case_id=case.id, held_on=TODAY, minutes=15)))
    assert len(said) == 2, said  # what is due, what is unsent


def test_every_page_says_whose_changes_concern_it(blank: Desk, shell_on: ShellOn) -> None:
    shell = shell_on(blank)
    for spec in shell.specs:
        shell.navigate(Place(spec.key))
        assert hasattr(shell.pages[spec.key], "shows"), spec.key
    assert COUNTERS.keys() <= {spec.key for spec in PAGES}
