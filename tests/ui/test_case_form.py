"""Filling in the form of a phase: drafts, gaps, conflicts, completing, by mouse and by keyboard."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)

from kimdesk.casework import phases
from kimdesk.casework.drafts import draft_keys
from kimdesk.domain.phases import latest
from kimdesk.domain.records import PhaseEntry
from kimdesk.domain.terms import Phase, PhaseState
from tests.counting import calls
from tests.ui.hands import click, find, leave, press_keys, sees, type_into
from ui.case.form.special import SpecialDialog
from ui.forms.stations_view import StationsView
from ui.kit.field import FieldBox
from ui.kit.scale import SegmentedScale
from ui.places import Place
from ui.program.work import Work

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)

OCCASION = "field_contact_occasion"


def stored(case_desk: "CaseDesk", phase: Phase = Phase.ACCESS) -> PhaseEntry:
    entry = latest(case_desk.file().phases, phase)
    assert entry is not None
    return entry


def save_now(page: QWidget) -> None:
    QTest.keyClick(find(page, QWidget, OCCASION), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()


def error_at(top: QWidget, name: str) -> str:
    widget = find(top, QWidget, name)
    while not isinstance(widget, FieldBox):
        above = widget.parentWidget()
        assert above is not None, f"{name} stands in no field"
        widget = above
    return widget.error()


def test_a_draft_survives_lock_and_unlock(case_desk: "CaseDesk") -> None:
    page = case_desk.open("access")
    type_into(page, OCCASION, "Briefe vom Jobcenter, die niemand versteht")
    type_into(page, "field_contact_held_on", "31.02.")
    leave(page)
    case_desk.lock()
    case_desk.unlock()
    page = case_desk.open("access")
    assert find(page, QPlainTextEdit, OCCASION).toPlainText() == "Briefe vom Jobcenter, die niemand versteht"
    assert find(page, QLineEdit, "field_contact_held_on").text() == "31.02."
    assert stored(case_desk).answers == {}


def test_typing_is_kept_as_a_draft_and_says_so(case_desk: "CaseDesk") -> None:
    page = case_desk.open("access")
    type_into(page, OCCASION, "Anruf")
    page.flush()
    assert find(page, QLabel, "draft_kept").text().startswith("Entwurf gesichert um ")
    assert draft_keys(case_desk.desk) == [f"phase:{case_desk.case.id}:access:1"]


def test_leaving_the_form_stores_the_answers_and_the_draft_is_gone(case_desk: "CaseDesk") -> None:
    page = case_desk.open("access")
    type_into(page, OCCASION, "Anruf")
    case_desk.open("plan")
    assert stored(case_desk).answers["contact"]["occasion"] == "Anruf"
    assert draft_keys(case_desk.desk) == []


def test_a_date_is_read_leniently_and_shown_in_full(case_desk: "CaseDesk") -> None:
    page = case_desk.open("access")
    type_into(page, "field_contact_held_on", "24112026")
    leave(page)
    assert find(page, QLineEdit, "field_contact_held_on").text() == "24.11.2026"


def test_a_wrong_date_is_said_at_its_field_when_the_field_is_left(case_desk: "CaseDesk") -> None:
    page = case_desk.open("access")
    find(page, QLineEdit, "field_contact_held_on").setFocus()
    press_keys(find(page, QLineEdit, "field_contact_held_on"), "31.02.2026")
    assert error_at(page, "field_contact_held_on") == ""
    leave(page)
    assert "kein Datum" in error_at(page, "field_contact_held_on")
    find(page, QLineEdit, "field_contact_held_on").clear()
    type_into(page, "field_contact_held_on", "28.02.2026")
    assert error_at(page, "field_contact_held_on") == ""


def test_a_field_appears_as_soon_as_it_is_asked(case_desk: "CaseDesk") -> None:
    page = case_desk.open("access")
    assert not page.findChildren(QWidget, "field_reach_client_phone")
    click(page, "field_reach_channels_phone")
    assert find(page, QLineEdit, "field_reach_client_phone").isVisibleTo(page)


def test_completing_with_gaps_names_them_at_their_fields_and_asks_for_a_reason(case_desk: "CaseDesk") -> None:
    page = case_desk.open("access")
    click(page, "complete_phase")
    assert error_at(page, OCCASION) == "Bitte füllen Sie dieses Feld aus."
    dialog = find(page, QDialog, "reason_dialog")
    click(dialog, "dialog_accept")
    assert dialog.isVisible(), "an empty reason is asked for again"
    type_into(dialog, "reason", "Die Klientin kam nicht wieder")
    click(dialog, "dialog_accept")
    assert stored(case_desk).state is PhaseState.COMPLETED
    assert case_desk.file().events[-1].reason == "Die Klientin kam nicht wieder"
    assert case_desk.file().case.phase is Phase.INTAKE


def test_hidden_answers_vanish_when_the_phase_is_completed(case_desk: "CaseDesk") -> None:
    page = case_desk.open("intake")
    click(page, "field_request_immediate_needs_deadline")
    type_into(page, "field_request_deadline_on", "24112026")
    click(page, "field_request_immediate_needs_deadline")
    type_into(page, "field_request_request", "eine Wohnung")
    click(page, "complete_phase")
    dialog = find(page, QDialog, "reason_dialog")
    type_into(dialog, "reason", "genügt so")
    click(dialog, "dialog_accept")
    [entry] = (each for each in case_desk.file().phases if each.phase is Phase.INTAKE)
    assert entry.answers["request"] == {"request": "eine Wohnung"}


def test_a_stale_save_is_noticed_and_both_versions_are_offered(case_desk: "CaseDesk") -> None:
    page = case_desk.open("access")
    type_into(page, OCCASION, "meine Fassung")
    entry = stored(case_desk)
    phases.save_answers(case_desk.desk, entry, {"contact": {"occasion": "andere Fassung"}})
    save_now(page)
    notice = find(page, QWidget, "conflict")
    words = [label.text() for label in notice.findChildren(QLabel)]
    assert "meine Fassung" in words
    assert "andere Fassung" in words
    assert stored(case_desk).answers["contact"]["occasion"] == "andere Fassung"
    click(page, "conflict_keep")
    assert stored(case_desk).answers["contact"]["occasion"] == "meine Fassung"


def test_the_stored_version_can_be_taken_instead(case_desk: "CaseDesk") -> None:
    page = case_desk.open("access")
    type_into(page, OCCASION, "meine Fassung")
    phases.save_answers(case_desk.desk, stored(case_desk), {"contact": {"occasion": "andere Fassung"}})
    save_now(page)
    click(page, "conflict_take")
    assert find(page, QPlainTextEdit, OCCASION).toPlainText() == "andere Fassung"
    assert stored(case_desk).answers["contact"]["occasion"] == "andere Fassung"


def test_a_draft_of_an_older_version_does_not_overwrite_a_newer_one(case_desk: "CaseDesk") -> None:
    page = case_desk.open("access")
    type_into(page, OCCASION, "zuerst")
    case_desk.open("plan")
    page = case_desk.open("access")
    type_into(page, OCCASION, " und mehr")
    case_desk.lock()
    case_desk.unlock()
    phases.save_answers(case_desk.desk, stored(case_desk), {"contact": {"occasion": "neuer"}})
    page = case_desk.open("access")
    save_now(page)
    assert sees(page, "conflict")
    assert stored(case_desk).answers["contact"]["occasion"] == "neuer"


def test_a_refresh_leaves_what_is_being_typed_alone(case_desk: "CaseDesk") -> None:
    page = case_desk.open("access")
    type_into(page, OCCASION, "halber Satz")
    page.refresh()
    assert find(page, QPlainTextEdit, OCCASION).toPlainText() == "halber Satz"


def test_a_completed_phase_is_read_only_until_it_is_reopened(case_desk: "CaseDesk") -> None:
    phases.complete(case_desk.desk, case_desk.case.id, Phase.ACCESS, "Test")
    page = case_desk.open("access")
    assert not find(page, QPlainTextEdit, OCCASION).isEnabled()
    click(page, "reopen_phase")
    dialog = find(page, QDialog, "reason_dialog")
    type_into(dialog, "reason", "Neues Anliegen")
    click(dialog, "dialog_accept")
    assert stored(case_desk).round == 2
    assert find(page, QPlainTextEdit, OCCASION).isEnabled()


def test_the_assessment_is_walked_from_domain_to_domain(case_desk: "CaseDesk") -> None:
    page = case_desk.open("assessment")
    click(page, "field_domains_residence_scale_4")
    click(page, "station_next")
    assert find(page, QLabel, "form_title").text() == "Existenz und Schulden"
    click(page, "field_domains_livelihood_scale_2")
    assert sees(page, "field_domains_livelihood_need")
    click(page, "station_back")
    assert find(page, QLabel, "form_title").text() == "Aufenthalt"
    case_desk.open("plan")
    answers = stored(case_desk, Phase.ASSESSMENT).answers["domains"]
    assert answers["residence"]["scale"] == 4
    assert answers["livelihood"]["scale"] == 2


def test_a_whole_phase_is_done_by_keyboard(case_desk: "CaseDesk") -> None:
    """From the first field to the completed phase without the mouse."""
    page = case_desk.open("access")
    find(page, QLineEdit, "field_contact_held_on").setFocus()
    keys = _Keys(page)
    keys.type("24112026").tab()
    keys.arrow(1).tab()  # route
    keys.arrow(3).tab()  # urgency
    keys.type("Anruf wegen eines Briefs").tab()
    keys.walk_to("field_reach_channels_phone").press(Qt.Key.Key_Space)
    keys.walk_to("field_outcome_result").arrow(3).tab()
    keys.walk_to("complete_phase").press(Qt.Key.Key_Space)
    assert not page.findChildren(QDialog, "reason_dialog")
    entry = stored(case_desk)
    assert entry.state is PhaseState.COMPLETED
    assert entry.answers["contact"]["occasion"] == "Anruf wegen eines Briefs"
    client = case_desk.file().client
    assert client
    assert client.contact_channels == ("phone",)  # what is known of a person stands with the person


class _Keys:
    """A pair of hands on the keyboard."""

    def __init__(self, page: QWidget) -> None:
        self._page = page

    @property
    def _focus(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    def type(self, text: str) -> "_Keys":
        if isinstance(self._focus, QLineEdit):
            self._focus.selectAll()
        press_keys(self._focus, text)
        return self

    def press(self, key: Qt.Key) -> "_Keys":
        QTest.keyClick(self._focus, key)
        QApplication.processEvents()
        return self

    def arrow(self, times: int) -> "_Keys":
        for _ in range(times):
            self.press(Qt.Key.Key_Down)
        return self

    def tab(self) -> "_Keys":
        return self.press(Qt.Key.Key_Tab)

    def walk_to(self, name: str) -> "_Keys":
        for _ in range(120):
            if name in (self._focus.objectName(), getattr(self._focus.parentWidget(), "objectName", str)()):
                return self
            self.tab()
        raise AssertionError(f"the keyboard never reaches {name}")


def test_nothing_is_lost_between_two_forms_with_the_real_background(
    case_desk: "CaseDesk", qtbot: "QtBot"
) -> None:
    """The same with the thread that ships: type, go to another phase at once, type there, come back."""
    work = Work()
    case_desk.page.deleteLater()
    case_desk.work = work
    case_desk.page = page = case_desk._make_page()
    page.go(Place("case", case_desk.case.id, "access"))
    qtbot.waitUntil(lambda: sees(page, OCCASION))
    press_keys(find(page, QPlainTextEdit, OCCASION), "Erster Bogen")
    page.go(Place("case", case_desk.case.id, "intake"))
    qtbot.waitUntil(lambda: sees(page, "field_request_request"))
    press_keys(find(page, QPlainTextEdit, "field_request_request"), "Zweiter Bogen")
    page.go(Place("case", case_desk.case.id, "plan"))
    qtbot.waitUntil(lambda: latest(case_desk.file().phases, Phase.INTAKE) is not None)
    qtbot.waitUntil(lambda: bool(stored(case_desk, Phase.INTAKE).answers))
    assert stored(case_desk).answers["contact"]["occasion"] == "Erster Bogen"
    assert stored(case_desk, Phase.INTAKE).answers["request"]["request"] == "Zweiter Bogen"
    qtbot.waitUntil(lambda: draft_keys(case_desk.desk) == [])
    work.finish()


def test_a_letter_costs_what_it_changes_and_not_the_whole_form(case_desk: "CaseDesk") -> None:
    page = case_desk.open("assessment")
    text = find(page, QPlainTextEdit, "field_domains_residence_situation")
    text.setFocus()
    press_keys(text, "en")
    QTest.qWait(50)  # what was begun is shown in the list
    with calls() as called:
        press_keys(text, "g")
    assert called.of("_read_again") == 1
    assert called.number <= 800, called.by_function.most_common(10)
    case_desk.open("plan")
    assert stored(case_desk, Phase.ASSESSMENT).answers["domains"]["residence"]["situation"] == "eng"


def test_a_step_on_a_scale_is_seen_in_the_list_of_stations_at_once(case_desk: "CaseDesk") -> None:
    page = case_desk.open("assessment")
    click(page, "field_domains_residence_scale_3")
    stations = find(page, QListView, "station_list").model()
    spoken = stations.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith(", 3")


def test_the_rating_of_every_domain_is_in_sight_when_it_is_opened(case_desk: "CaseDesk") -> None:
    page = case_desk.open("assessment")
    page.window().resize(1366, 720)  # a small screen without its task bar
    walk = page.findChildren(StationsView)[0]
    for path in [one.path for one in walk._stations if one.path.startswith("domains.")]:
        walk.go(path)
        QApplication.processEvents()
        scale = next(one for one in page.findChildren(SegmentedScale) if one.isVisibleTo(page))
        area = next(one for one in page.findChildren(QScrollArea) if one.isAncestorOf(scale))
        low = scale.mapTo(area, QPoint(0, scale.height())).y()
        assert low <= area.viewport().height(), path


def test_tabs_keep_their_names(case_desk: "CaseDesk") -> None:
    page = case_desk.open("access")
    bar = find(page, QTabBar, "case_tabs")
    before = [bar.tabText(place) for place in range(bar.count())]
    page.go(Place("case", case_desk.case.id, "evaluation"))
    assert [bar.tabText(place) for place in range(bar.count())] == before


def test_health_waits_for_a_consent_that_names_it(case_desk: "CaseDesk") -> None:
    page = case_desk.open("assessment")
    walk = page.findChildren(StationsView)[0]
    walk.go("domains.health")
    type_into(page, "field_domains_health_situation", "Asthma")
    asked = [each for each in page.findChildren(SpecialDialog) if each.isVisible()]
    assert asked
    for each in asked:
        each.reject()
    case_desk.open("plan")
    assert "Asthma" not in repr(case_desk.file().phases)
