"""The timeline is worked on by hand and by keyboard; the list says the same; a warning comes first."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QWidget

from kimdesk.casework import people, records, regime_changes, trail
from kimdesk.domain.records import Person, RecordRef, RegimeSpell, ResidenceSpell
from kimdesk.domain.terms import Lane, Role
from kimdesk.texts import dates
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, sees, type_into
from tests.ui.scenarios.steps import read
from ui.case.referrals.checklist import Checklist
from ui.kit.listing import Listing
from ui.places import Place
from ui.regimes.lines import Stretch
from ui.regimes.timeline import Timeline

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)

TODAY = date.today()  # noqa: DTZ011 - the page shows the worker's calendar day
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


class Household:
    """Amna in AsylbLG until a fortnight ago, with a course; her daughter at school."""

    def __init__(self, desk: "CaseDesk") -> None:
        self.desk = desk
        client = desk.file().client
        assert client
        self.amna = client.id
        added = people.add_person(desk.desk, desk.case.id, Person(given_names="Lina"), Role.CHILD)
        self.lina = added.person_id
        self.benefit = self.spell(self.amna, Lane.BENEFIT, "asylblg_basic", days(-100), days(-15))
        self.course = self.spell(self.amna, Lane.COURSE, "integration", days(-30), days(60))
        self.school = self.spell(self.lina, Lane.SCHOOL, "primary", days(-90))
        desk.open("regimes")

    def spell(self, person: str, lane: Lane, regime: str, first: date, last: date | None = None) -> str:
        made = RegimeSpell(
            case_id=self.desk.case.id,
            person_id=person,
            lane=lane,
            regime=regime,
            starts_on=first,
            ends_on=last,
        )
        return records.save(self.desk.desk, made).id

    @property
    def view(self) -> Timeline:
        view = find(self.desk.page, Timeline, "regime_timeline")
        view.setFocus()
        return view

    @property
    def chosen(self) -> Stretch:
        chosen = self.view.bars.chosen
        assert chosen
        return chosen

    def stored(self, key: str) -> RegimeSpell | None:
        return next((one for one in self.desk.file().regimes if one.id == key), None)

    def span(self) -> tuple[date, date]:
        scale = self.view.scale
        assert scale
        return scale.start, scale.end

    def choose(self, key: str) -> None:
        self.view.bars.choose(RecordRef("regime_spell", key))

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.view, key, modifiers)
        QApplication.processEvents()

    def drag(self, start: QPointF, end: QPointF) -> list[str]:
        """Lead the hand from ``start`` to ``end``; return what was said meanwhile."""
        view = self.view
        said: list[str] = []
        view.told.connect(said.append)
        QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start.toPoint())
        for share in (0.4, 1.0):
            _lead(view, start + (end - start) * share)
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end.toPoint())
        QApplication.processEvents()
        return said

    def undo(self) -> str:
        words, back = self.desk.toasts[-1]
        assert back, words
        back()
        QApplication.processEvents()
        return words


def _lead(view: QWidget, place: QPointF) -> None:
    left = Qt.MouseButton.LeftButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, view.mapToGlobal(place), Qt.MouseButton.NoButton, left,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


@pytest.fixture
def household(case_desk: "CaseDesk") -> Household:
    """Two persons with three spells and a gap."""
    return Household(case_desk)


def test_the_end_of_a_bar_is_dragged_to_another_day_and_back(household: Household) -> None:
    place = household.view.bars.place_of(RecordRef("regime_spell", household.course))
    start = QPointF(place.right() - 2, place.center().y())
    said = household.drag(start, start - QPointF(60, 0))
    moved = household.stored(household.course)
    assert moved
    assert moved.ends_on
    assert days(20) < moved.ends_on < days(50)
    assert said[-1] == f"Integrationskurs: endet am {dates.full(moved.ends_on)}"
    assert household.undo() == f"Endet jetzt am {dates.full(moved.ends_on)}"
    back = household.stored(household.course)
    assert back
    assert back.ends_on == days(60)


def test_a_bar_never_ends_before_it_begins(household: Household) -> None:
    place = household.view.bars.place_of(RecordRef("regime_spell", household.course))
    start = QPointF(place.right() - 2, place.center().y())
    household.drag(start, start - QPointF(400, 0))
    moved = household.stored(household.course)
    assert moved
    assert moved.ends_on == moved.starts_on


def test_the_beginning_of_a_bar_is_dragged_too(household: Household) -> None:
    place = household.view.bars.place_of(RecordRef("regime_spell", household.course))
    start = QPointF(place.left() + 2, place.center().y())
    household.drag(start, start - QPointF(40, 0))
    moved = household.stored(household.course)
    assert moved
    assert moved.starts_on
    assert moved.starts_on < days(-30)
    assert moved.ends_on == days(60)


def test_a_click_opens_the_spell_and_enter_does_too(household: Household) -> None:
    place = household.view.bars.place_of(RecordRef("regime_spell", household.benefit))
    QTest.mouseClick(household.view, Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    find(household.desk.page, QDialog, "edit_regime_spell").reject()
    household.choose(household.course)
    household.press(Qt.Key.Key_Return)
    assert sees(household.desk.page, "edit_regime_spell")


def test_arrows_go_from_bar_to_bar_and_are_heard(household: Household) -> None:
    household.choose(household.benefit)
    assert household.view.accessibleDescription().startswith("Amna: AsylbLG")
    household.press(Qt.Key.Key_Right)
    assert household.chosen.style == "gap"
    assert "Lücke" in household.view.accessibleDescription()
    household.press(Qt.Key.Key_Left)
    household.press(Qt.Key.Key_Down)
    assert household.chosen.ref == RecordRef("regime_spell", household.course)
    household.press(Qt.Key.Key_Down)
    assert household.chosen.person == household.lina


def test_the_keyboard_moves_an_end_by_a_day_or_a_week(household: Household) -> None:
    household.choose(household.course)
    household.press(Qt.Key.Key_Right, CTRL)
    household.press(Qt.Key.Key_Left, CTRL | SHIFT)
    moved = household.stored(household.course)
    assert moved
    assert moved.ends_on == days(60 + 1 - 7)


def test_delete_removes_and_can_be_taken_back(household: Household) -> None:
    household.choose(household.course)
    household.press(Qt.Key.Key_Delete)
    assert household.stored(household.course) is None
    assert household.undo() == "Abschnitt entfernt"
    assert household.stored(household.course)


def test_plus_adds_one_in_the_same_strand_from_the_day_of_the_gap(household: Household) -> None:
    household.choose(household.benefit)
    household.press(Qt.Key.Key_Right)
    household.press(Qt.Key.Key_Plus)
    dialog = find(household.desk.page, QDialog, "edit_regime_spell")
    assert find(dialog, QLineEdit, "field_spell_starts_on").text() == dates.full(days(-14))
    assert find(dialog, QComboBox, "field_spell_lane").currentData() == "benefit"


def test_a_person_is_folded_by_key_and_opened_again(household: Household) -> None:
    household.choose(household.benefit)
    household.press(Qt.Key.Key_F)
    assert household.chosen.style == "folded"
    assert "2 Einträge · 1 Lücke" in household.view.accessibleDescription()
    household.press(Qt.Key.Key_Return)
    assert household.chosen.person == household.amna
    assert household.chosen.style == "covered"


def test_one_person_alone_can_be_looked_at(household: Household) -> None:
    combo = find(household.desk.page, QComboBox, "timeline_person")
    combo.setCurrentIndex(combo.findText("Lina"))
    combo.activated.emit(combo.currentIndex())
    assert [block.person for block in household.view.picture] == [household.lina]


def test_zoom_shows_years_and_everything(household: Household) -> None:
    household.press(Qt.Key.Key_Z)
    first, after = household.span()
    assert (after - first).days > 5 * 365 - 1
    assert first.month == 1
    household.press(Qt.Key.Key_Z)
    first, after = household.span()
    assert first <= days(-100)
    assert after > days(60)
    household.press(Qt.Key.Key_Z, SHIFT)
    household.press(Qt.Key.Key_Z, SHIFT)
    before = household.span()
    household.press(Qt.Key.Key_PageDown)
    assert household.span()[0] > before[0]


def test_the_list_says_what_the_picture_shows(household: Household) -> None:
    household.press(Qt.Key.Key_Z)
    household.press(Qt.Key.Key_Z)
    painted = [
        one.ref or one.style
        for block in household.view.picture
        for line in block.lines
        for one in line.stretches
    ]
    click(household.desk.page, "timeline_switch")
    listed = find(household.desk.page, Listing, "regime_list")
    rows = listed.keys()
    keys = [key if isinstance(key, RecordRef) else "gap" for key in rows]
    assert sorted(keys, key=str) == sorted(painted, key=str)
    model = listed.model()
    spoken = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    assert f"Leistung: Lücke, seit {dates.full(days(-14))}" in spoken


def test_two_benefits_at_once_stand_below_each_other_and_are_marked(household: Household) -> None:
    household.spell(household.amna, Lane.BENEFIT, "sgb2", days(-40), days(-20))
    household.desk.open("regimes")
    rows = [line for line in household.view.picture[0].lines if line.strand == "benefit"]
    assert len(rows) == 2
    assert [one.style for one in rows[1].stretches] == ["covered", "overlap"]
    assert "Zwei Leistungen, die einander ausschließen" in read(household.desk.page, "remarks")


def test_everything_on_the_tab_has_a_name(household: Household) -> None:
    names = walk_accessible(find(household.desk.page, QWidget, "tab_regimes"))
    assert "Rechtskreiswechsel beginnen" in names


def test_the_checklist_leads_to_the_deadline_of_the_application_and_is_finished(household: Household) -> None:
    page, desk = household.desk.page, household.desk.desk
    regime_changes.begin(desk, household.desk.case.id, household.amna, "asylblg_basic", "sgb2", TODAY)
    household.desk.open("regimes")
    click(page, "open_change_0")
    dialog = find(page, QDialog, "change_dialog")
    click(dialog, "change_deadline")
    deadline = find(page, QDialog, "deadline_dialog")
    assert "§\u00a037" in " ".join(read(deadline))
    deadline.reject()
    click(dialog, "dialog_accept")
    assert [one.done_on for one in household.desk.file().regime_changes] == [TODAY]
    assert household.undo() == "Übergabe abgeschlossen"
    assert [one.done_on for one in household.desk.file().regime_changes] == [None]


def test_the_checklist_of_a_hand_over_takes_in_what_it_waits_for(household: Household) -> None:
    page, desk = household.desk.page, household.desk.desk
    regime_changes.begin(desk, household.desk.case.id, household.amna, "asylblg_basic", "sgb2", TODAY)
    household.desk.open("regimes")
    click(page, "open_change_0")
    dialog = find(page, QDialog, "change_dialog")
    view = find(dialog, Checklist, "checklist")
    lines = {code: view.model().index(at, 0) for at, code in enumerate(view.codes())}
    assert "nicht nötig: Integrationskurs" in lines["integration_course"].data()
    assert "zu klären" in lines["child_benefit"].data()
    view.setCurrentIndex(lines["child_benefit"])
    QTest.keyClick(view, Qt.Key.Key_E)
    person = find(page, QDialog, "edit_person")
    type_into(person, "field_birth_birth_date", f"{TODAY.year - 5}")
    click(person, "save_record")
    assert sees(page, "change_dialog")
    assert "weil: Kinder im Haushalt" in lines["child_benefit"].data()
    assert "fehlt" in lines["child_benefit"].data()


def _choose_without_title(page: QWidget) -> QDialog:
    dialog = find(page, QDialog, "edit_residence_spell")
    combo = find(dialog, QComboBox, "field_status_status")
    combo.setCurrentIndex(combo.findData("none"))
    combo.activated.emit(combo.currentIndex())
    QApplication.processEvents()
    return dialog


def _residence(household: Household) -> tuple[ResidenceSpell, ...]:
    return household.desk.file().residence


def _actions(household: Household) -> list[str]:
    page = trail.page(household.desk.desk, trail.Filter(case_id=household.desk.case.id))
    return [line.words for line in page.lines]


def test_a_stay_without_title_is_warned_about_before_it_is_entered(household: Household) -> None:
    page = household.desk.page
    click(page, "add_residence_spell")
    dialog = _choose_without_title(page)
    warning = find(page, QDialog, "choice_warning")
    assert "§\u00a087 Abs.\u00a02 und 7, §\u00a085b AufenthG" in " ".join(read(warning))
    click(warning, "dialog_reject")
    assert find(dialog, QComboBox, "field_status_status").currentData() is None
    _choose_without_title(page)
    click(find(page, QDialog, "choice_warning"), "dialog_accept")
    assert find(dialog, QComboBox, "field_status_status").currentData() == "none"
    click(dialog, "save_record")
    assert [one.status for one in _residence(household)] == ["none"]
    assert sum("gewarnt" in one for one in _actions(household)) == 2


def test_advising_anonymously_leaves_nothing_entered(household: Household) -> None:
    page = household.desk.page
    click(page, "add_residence_spell")
    _choose_without_title(page)
    click(find(page, QDialog, "choice_warning"), "advise_anonymously")
    assert _residence(household) == ()
    assert not sees(page, "edit_residence_spell")
    assert household.desk.visited[-1].page == "case"
    assert household.desk.visited[-1] != Place("case", household.desk.case.id)
