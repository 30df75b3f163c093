"""Dates that follow from facts, on the plan: taken up with one click, let go with a reason, brought back."""

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from kimdesk.casework import records
from kimdesk.domain.dates import today
from kimdesk.domain.records import FollowUp, Goal, ResidenceSpell
from kimdesk.domain.terms import FollowUpKind
from tests.ui.hands import click, find, is_closed, sees
from tests.ui.page_help import dialog_of
from ui.kit.badge import Badge
from ui.kit.cards import RowCard
from ui.kit.popup import Menu
from ui.kit.text import Text

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)

NOW = today()


def _title(case_desk: "CaseDesk") -> ResidenceSpell:
    client = case_desk.file().client
    assert client
    until = NOW + timedelta(5)
    paper = ResidenceSpell(case_id=case_desk.case.id, person_id=client.id, status="permit", valid_until=until)
    return records.save(case_desk.desk, paper)


def test_one_click_makes_a_follow_up_of_it_that_says_its_rule(case_desk: "CaseDesk") -> None:
    paper = _title(case_desk)
    page = case_desk.open("plan")
    click(page, f"take_up_{paper.id}_residence_title_ends")
    [kept] = case_desk.file().follow_ups
    assert (kept.kind, kept.due_on, kept.rule) == (FollowUpKind.DEADLINE, paper.valid_until, "title_renewal")
    assert kept.about == paper.id
    assert kept.facts["day"] == str(paper.valid_until)
    assert kept.title == "Verlängerung des Aufenthaltstitels beantragen"
    assert kept.reason.startswith("weil nur ein Antrag vor Ablauf")
    assert not sees(page, f"take_up_{paper.id}_residence_title_ends")
    assert sees(page, f"done_{kept.id}")


def test_it_is_let_go_with_a_reason_and_brought_back(case_desk: "CaseDesk") -> None:
    paper = _title(case_desk)
    page = case_desk.open("plan")
    button = f"let_go_{paper.id}_residence_title_ends"
    click(page, button)
    ask = dialog_of(page)
    click(ask, "dialog_accept")
    assert ask.isVisible()  # a reason is asked for
    find(ask, QPlainTextEdit, "reason").setPlainText("zieht im Dezember weg")
    click(ask, "dialog_accept")
    assert is_closed(ask)
    assert not sees(page, button)
    [said] = case_desk.file().case.settled
    assert (said.outcome, said.said) == ("waived", "zieht im Dezember weg")
    click(page, "show_let_go")
    back = f"bring_back_residence_title_ends:{paper.id}"
    assert sees(page, back)
    click(page, back)
    assert case_desk.file().case.settled == ()
    assert sees(page, button)


def test_all_dates_can_be_seen(case_desk: "CaseDesk") -> None:
    for number in range(8):
        goal = Goal(case_id=case_desk.case.id, text=f"Ziel {number}", due_on=NOW + timedelta(number))
        records.save(case_desk.desk, goal)
    page = case_desk.open("plan")
    card = find(page, QWidget, "dues_card")
    assert len([one for one in card.findChildren(RowCard) if one.isVisibleTo(card)]) == 6
    click(page, "show_all_dues")
    assert len([one for one in card.findChildren(RowCard) if one.isVisibleTo(card)]) >= 8


def test_a_deadline_noted_by_hand_stands_for_the_date_and_says_so(case_desk: "CaseDesk") -> None:
    paper = _title(case_desk)
    own = FollowUp(case_id=case_desk.case.id, kind=FollowUpKind.DEADLINE, title="Verlängern",
                   due_on=NOW + timedelta(20), rule="title_renewal")  # fmt: skip
    kept = records.save(case_desk.desk, own)
    page = case_desk.open("plan")
    assert not sees(page, f"take_up_{paper.id}_residence_title_ends")
    said = " ".join(one.text() for one in find(page, QWidget, f"row_{kept.id}").findChildren(Text))
    assert "Steht für „Verlängerung des Aufenthaltstitels beantragen“" in said
    assert "aus den Angaben des Falls folgt der" in said
    badges = find(page, QWidget, f"row_{kept.id}").findChildren(Badge)
    assert "Angaben sagen früher" in [one.accessibleName() for one in badges]


def test_it_is_taken_up_from_what_is_coming_too(case_desk: "CaseDesk") -> None:
    paper = _title(case_desk)
    page = case_desk.open("regimes")
    click(page, f"coming_{paper.id}_residence_title_ends")
    menu = next(each for each in page.findChildren(Menu, "date_menu") if each.isVisible())
    next(each for each in menu.actions() if each.objectName() == "date_take_up").trigger()
    menu.close()
    assert [one.rule for one in case_desk.file().follow_ups] == ["title_renewal"]
