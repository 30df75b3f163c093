"""The page Heute: what is due, why, and one way to each."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget

from kimdesk.casework import cases, conflicts, derived, records
from kimdesk.casework.desk import Desk
from kimdesk.casework.exchange import import_documents
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.identity import new_id
from kimdesk.domain.records import FollowUp, ResidenceSpell
from kimdesk.domain.terms import FollowUpKind
from kimdesk.texts.dates import without_year
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, sees
from tests.ui.page_help import deadline, dialog_of, new_case, page_of, today
from ui.kit.icons import icon
from ui.kit.listing import ItemRole, Listing
from ui.kit.popup import Menu
from ui.kit.state import EmptyState, Notice
from ui.kit.text import Text
from ui.kit.wrapping import fitting_clauses
from ui.pages.today.rows import MOST
from ui.pages.today.week import WeekStrip, _word
from ui.places import Place
from ui.shell import Shell
from ui.theme import theme

pytest_plugins = ("tests.ui.page_fixtures",)
ShellOn = Callable[..., Shell]


def rows(shell: Shell) -> Listing:
    return find(shell, Listing, "task_list")


def test_a_click_on_a_row_leads_to_what_is_due(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Kowalenko", "Olena")
    due = deadline(blank, case, "Jobcenter anrufen", -4)
    shell = shell_on(blank)
    listing = rows(shell)
    assert listing.keys() == [Place("case", case.id, kind="follow_up", key=due.id)]
    place = listing.visualRect(listing.model().index(1, 0)).center()
    QTest.mouseClick(listing.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert shell.target == Place("case", case.id, kind="follow_up", key=due.id)


def test_while_dates_are_worked_out_again_nothing_is_called_done(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Kowalenko", "Olena")
    deadline(blank, case, "Jobcenter anrufen", -4)
    with blank.writing() as writer:
        writer.connection.exec_driver_sql("UPDATE case_row SET derived = 'before'")
        writer.connection.exec_driver_sql("DELETE FROM due")
    shell = shell_on(blank)
    page = page_of(shell)
    told = find(page, Notice, "dates_outdated")
    assert "Fristen von 1\u00a0Fall" in told.accessibleName()
    assert not any(one.isVisibleTo(page) for one in page.findChildren(EmptyState))
    derived.renew(blank)
    page.refresh()
    assert not sees(page, "dates_outdated")
    assert rows(shell).keys() != []


def test_the_keyboard_leads_there_too(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Kowalenko")
    due = deadline(blank, case, "Jobcenter anrufen", 0)
    shell = shell_on(blank)
    listing = rows(shell)
    listing.setFocus()
    listing.setCurrentIndex(listing.model().index(1, 0))
    QTest.keyClick(listing, Qt.Key.Key_Return)
    assert shell.target == Place("case", case.id, kind="follow_up", key=due.id)


def test_arrow_keys_step_from_task_to_task(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Kowalenko")
    for days in (-1, 0, 5):
        deadline(blank, case, f"Frist {days}", days)
    listing = rows(shell_on(blank))
    listing.setFocus()
    seen = []
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(listing, key)
        seen.append(listing.currentIndex().data(ItemRole.KEY))
    assert seen == listing.keys(), "heads are stepped over"


def test_the_most_pressing_comes_first_with_its_reason(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Haddad", "Amira")
    deadline(blank, case, "Später", 5)
    deadline(blank, case, "Überfällig", -1, reason="weil die Anhörung gestern endete")
    deadline(blank, case, "Heute", 0)
    model = rows(shell_on(blank)).model()
    said = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert [line.split(",")[0] for line in said[::2]] == ["Überfällig 1", "Heute 1", "Läuft bald ab 1"]
    assert "weil die Anhörung gestern endete" in said[1]
    assert "seit gestern" in said[1]


def test_a_long_reason_takes_one_line_and_stands_whole_in_its_tip(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Kowalenko")
    words = "weil die Familie seit drei Wochen auf einen Bescheid der Krankenkasse wartet und nachfragt " * 3
    deadline(blank, case, "Kasse anrufen", 0, reason=words.strip())
    deadline(blank, case, "Amt anrufen", 0, reason="weil so vereinbart")
    listing = rows(shell_on(blank))
    first, second = (listing.model().index(row, 0) for row in (1, 2))
    assert listing.sizeHintForIndex(first).height() == listing.sizeHintForIndex(second).height()
    tips = [index.data(Qt.ItemDataRole.ToolTipRole) for index in (first, second)]
    assert any(words.strip() in tip for tip in tips)


def test_cases_with_the_same_step_are_one_row_that_opens(blank: Desk, shell_on: ShellOn) -> None:
    made = [new_case(blank, name) for name in ("Aziz", "Hoxha", "Kowalenko", "Osman")]
    for case in made[:3]:
        deadline(blank, case, "Fiktionsbescheinigung anfordern", -4)
    deadline(blank, made[3], "Jobcenter anrufen", -2)
    listing = rows(shell_on(blank))
    bundle, alone = listing.model().index(1, 0), listing.model().index(2, 0)
    assert bundle.data().startswith("Fiktionsbescheinigung anfordern, · 3 Fälle, ")
    assert all(name in bundle.data() for name in ("Aziz", "Hoxha", "Kowalenko"))
    assert "Osman" in alone.data()
    for opened in (6, 3):
        QTest.mouseClick(listing.viewport(), Qt.MouseButton.LeftButton,
                         pos=listing.visualRect(listing.model().index(1, 0)).center())  # fmt: skip
        assert listing.model().rowCount() == opened


def test_what_is_due_after_thirty_days_is_folded(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Osman")
    deadline(blank, case, "Bald", 5)
    for days in (31, 40):
        deadline(blank, case, f"Später {days}", days)
    listing = rows(shell_on(blank))
    said = [listing.model().index(row, 0).data() for row in range(listing.model().rowCount())]
    assert not any("Später" in one for one in said)
    if fold := next((row for row, one in enumerate(said) if one.startswith("Nach dem")), None):
        place = listing.visualRect(listing.model().index(fold, 0)).center()
        QTest.mouseClick(listing.viewport(), Qt.MouseButton.LeftButton, pos=place)
        said = [listing.model().index(row, 0).data() for row in range(listing.model().rowCount())]
        assert sum("Später" in one for one in said) == 2


def test_no_year_is_said_within_the_year() -> None:
    said = "weil das Papier am 30.09.2026 endet, der Antrag vom 03.10.2025 ist"
    assert without_year(said, date(2026, 11, 30)) == said.replace("30.09.2026", "30.09.")


def test_every_kind_of_step_has_a_word_in_the_week() -> None:
    assert [rule.icon for rule in SHIPPED.rules.steps.values() if not _word(rule.icon)] == []


@pytest.mark.parametrize("state", ["requested", "booked"])
def test_how_far_an_interpreter_is_booked_is_said_with_a_sign(
    blank: Desk, shell_on: ShellOn, state: str
) -> None:
    case = new_case(blank, "Demir")
    made = records.save(blank, FollowUp(case_id=case.id, kind=FollowUpKind.APPOINTMENT, title="Gespräch",
                                        due_on=today(), language="kmr", interpreter=state))  # fmt: skip
    said = find(page_of(shell_on(blank)), QWidget, f"interpreter_{made.id}").findChild(Text)
    assert said is not None
    assert said.text().endswith({"requested": "angefragt", "booked": "gebucht"}[state])
    assert said.property("tone") == {"requested": "warn", "booked": "ok"}[state]


def test_a_flood_of_dates_stays_readable(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Haddad")
    for number in range(MOST + 5):
        deadline(blank, case, f"Frist {number}", -1)
    keys = rows(shell_on(blank)).keys()
    assert len(keys) == MOST + 1
    assert keys[-1] == Place("cases", key="due")


def test_a_quiet_day_says_so(blank: Desk, shell_on: ShellOn) -> None:
    page = page_of(shell_on(blank))
    assert not page.findChild(Listing, "task_list").isVisibleTo(page)
    told = page.findChild(WeekStrip).accessibleDescription()
    assert "In dieser Woche ist nichts Eingetragenes fällig." in told


def test_todays_appointments_lead_to_their_case(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Osman")
    meeting = FollowUp(
        case_id=case.id,
        kind=FollowUpKind.APPOINTMENT,
        title="Gespräch",
        due_on=today(),
        time="10:00",
        place="Rathaus, Zimmer 12",
    )
    saved = records.save(blank, meeting)
    shell = shell_on(blank)
    click(shell, f"appointment_{saved.id}")
    assert shell.target == Place("case", case.id)


def test_unsent_changes_lead_to_the_hand_over(blank: Desk, shell_on: ShellOn) -> None:
    new_case(blank, "Osman")
    shell = shell_on(blank)
    click(shell, "prepare_handover")
    assert shell.target == Place("handover")


def test_what_changes_meanwhile_is_shown_at_once(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Osman")
    shell = shell_on(blank)
    deadline(blank, case, "Neu", 0)
    assert len(rows(shell).keys()) == 1


@pytest.mark.parametrize("code", sorted(SHIPPED.rules.steps))
def test_every_rule_has_a_sign_that_can_be_drawn(code: str, qapp: object) -> None:
    icon(SHIPPED.rules.steps[code].icon)


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_everything_has_a_name(
    blank: Desk, shell_on: ShellOn, other_look: Callable[..., None], zoom: float
) -> None:
    other_look(zoom=zoom)
    case = new_case(blank, "Osman")
    deadline(blank, case, "Jobcenter anrufen", 0)
    assert "Übergabe vorbereiten" in walk_accessible(page_of(shell_on(blank)))


def test_what_waits_for_a_decision_is_named_and_leads_to_its_case(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Kowalenko", "Olena")
    shell = shell_on(blank)
    assert not sees(shell, "undecided_cases")
    [person] = cases.peek(blank, case.id).persons
    said = {"id": person.id, "role": "client", "given_names": "Olha"}
    elsewhere = new_id()
    other = {"id": elsewhere, "file_number": "KRE-1", "persons": [said]}
    assert import_documents(blank, [other], source="faelle.json").conflicts == 1
    page_of(shell).refresh()
    assert sees(shell, "undecided_cases")
    click(shell, f"undecided_{elsewhere}")
    assert shell.target == Place("case", elsewhere, "history")
    [one] = conflicts.of_case(blank, elsewhere)
    assert not one.decision


def offered(shell: Shell) -> Menu:
    listing = rows(shell)
    listing.setCurrentIndex(listing.model().index(1, 0))
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(listing, asked)
    return next(each for each in listing.findChildren(Menu, "row_menu") if each.isVisible())


def choose(menu: Menu, name: str) -> None:
    next(each for each in menu.actions() if each.objectName() == name).trigger()
    menu.close()


def test_a_date_that_follows_from_a_paper_is_taken_up_or_let_go_from_its_row(
    blank: Desk, shell_on: ShellOn
) -> None:
    case = new_case(blank, "Kowalenko", "Olena")
    client = cases.peek(blank, case.id).client
    assert client
    paper = ResidenceSpell(case_id=case.id, person_id=client.id, status="permit", valid_until=today())
    records.save(blank, paper)
    shell = shell_on(blank)
    choose(offered(shell), "date_let_go")
    ask = dialog_of(shell)
    find(ask, QPlainTextEdit, "reason").setPlainText("zieht weg")
    click(ask, "dialog_accept")
    assert [one.said for one in cases.peek(blank, case.id).case.settled] == ["zieht weg"]
    page_of(shell).refresh()
    assert not sees(shell, "task_list")
    click(shell, "toast_undo")
    page_of(shell).refresh()
    choose(offered(shell), "date_take_up")
    [kept] = cases.peek(blank, case.id).follow_ups
    assert (kept.rule, kept.due_on) == ("title_renewal", today())
    page_of(shell).refresh()
    own = offered(shell)
    assert not {"date_let_go", "date_take_up"} & {each.objectName() for each in own.actions()}
    own.close()


def test_a_date_by_a_rule_nobody_compared_with_the_law_says_so(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Kowalenko", "Olena")
    rule = next(one.code for one in blank.catalogue.rules.deadlines.every if not one.checked)
    for known in ("title_renewal", rule):
        records.save(blank, FollowUp(case_id=case.id, kind=FollowUpKind.DEADLINE, title=f"nach {known}",
                                     due_on=today(), rule=known))  # fmt: skip
    model = rows(shell_on(blank)).model()
    spoken = [str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in (1, 2)]
    assert [("ungeprüft" in said) for said in sorted(spoken, key=lambda one: rule in one)] == [False, True]


def test_a_row_has_a_menu_that_settles_it_and_one_key_takes_that_back(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Kowalenko", "Olena")
    due = deadline(blank, case, "Jobcenter anrufen", -4)
    shell = shell_on(blank)
    menu = offered(shell)
    acts = {action.objectName(): action for action in menu.actions()}
    assert list(acts)[:3] == ["row_show", "row_done", "row_open"]
    acts["row_done"].trigger()
    menu.close()
    assert records.get(blank, FollowUp, due.id).done_on == today()
    QTest.keyClick(shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert records.get(blank, FollowUp, due.id).done_on is None
    menu = offered(shell)
    next(each for each in menu.actions() if each.objectName() == "row_people").trigger()
    menu.close()
    assert shell.target == Place("case", case.id, "people")


def test_a_desk_without_a_case_says_what_one_can_do_and_another_where_to_go(
    blank: Desk, shell_on: ShellOn
) -> None:
    shell = shell_on(blank)
    assert find(shell, QPushButton, "empty_action").text() == "Ersten Fall anlegen"
    new_case(blank, "Kowalenko", "Olena")
    page_of(shell).refresh()
    told = [one.text() for one in page_of(shell).findChildren(QPushButton, "empty_action") if one.isVisible()]
    assert told in ([], ["Zu den Fällen"]), "with a case nobody is told to begin with the first"


def test_a_reason_too_long_for_its_line_ends_with_a_clause_not_with_dots(qapp: QApplication) -> None:
    first = "weil nach dem 31.08. der erste Monat verfällt"
    more = f"{first}: Der Anspruch besteht seit dem 18.02."
    whole = f"{more}; die Steuer-ID des Kindes ist Bedingung (§ 62, § 70 EStG)"
    metrics = QFontMetrics(theme().font("table", whole))
    for told in (whole, more, first):
        assert fitting_clauses(whole, "table", metrics.horizontalAdvance(told) + 1) == told
    assert fitting_clauses("ohne jede Fuge " * 20, "table", 100).startswith("ohne jede Fuge ohne")
