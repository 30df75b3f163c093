"""The screen for clients shows their own goals and dates only, and nothing but the passphrase leaves it."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget

from kimdesk.casework import cases, people, records
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import (
    Case,
    CaseFile,
    Consent,
    Contact,
    FollowUp,
    Goal,
    LanguageSkill,
    Measure,
    Member,
    Person,
    PlanStep,
    Referral,
)
from kimdesk.domain.terms import FollowUpKind, GoalState, Role
from kimdesk.domain.translations import translated
from kimdesk.texts.guarding import guarded
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find
from ui.app import Program
from ui.client_screen.parts import LevelBar
from ui.client_screen.presenter import Screen, screen
from ui.client_screen.window import ClientScreen
from ui.places import Place
from ui.program.preferences import Keeper
from ui.program.work import InlineWork

if TYPE_CHECKING:
    from kimdesk.casework.desk import Desk
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)

WORD = "Kanarienwort"
PASSPHRASE = "anker birke dampf eimer falke garten"
TODAY = date(2026, 11, 24)
KNOWN = SHIPPED.client_words
APPOINTMENT = FollowUpKind.APPOINTMENT
CLIENT = Person(
    id="p1",
    family_name="Kanariengeier",
    given_names="Amna Kanarienzweite",
    call_name="Amna",
    alias="Kanarienalias",
    street="Kanarienweg 4",
    postcode="59991",
    city="Kanarienstadt",
    phone="0151 5550123",
    safe_contact="Kanarienschwester",
    protected=True,
    birth_date=PartialDate(1992, 5, 3),
    languages=(LanguageSkill("apc"),),
)
CHILD = Person(id="p2", family_name="Kanarienfink", given_names="Lina")
OTHER = Person(id="p3", family_name="Kanarienmeise", given_names="Tarig")


def whole_case() -> CaseFile:
    """Return a case in which every free text holds a word that may never be read on the screen."""
    return CaseFile(
        case=Case(id="c", opened_on=TODAY, file_number="KANARIEN-17"),
        persons=(CLIENT, CHILD, OTHER),
        members=(
            Member(id="m1", case_id="c", person_id="p1"),
            Member(id="m2", case_id="c", person_id="p2", role=Role.CHILD),
            Member(id="m3", case_id="c", person_id="p3", role=Role.PARTNER),
        ),
        goals=(
            Goal(id="g1", number=1, text="Lina Kanarienfink geht in die Kita.", level=-1, level_reason=WORD,
                 indicator=WORD, baseline=WORD, by_others=WORD,
                 gas_0=WORD, interpreter="Frau Kanarienstar"),
            Goal(id="g2", number=2, text="Wir ziehen aus dem Kanarienweg 4 aus.", level=None),
            Goal(id="g3", number=3, text="Kanarienwort aufgegeben", state=GoalState.DROPPED),
        ),
        measures=(Measure(id="ms", title=WORD, note=WORD, agency_person="Frau Kanarienlerche"),),
        referrals=(Referral(id="r", service="jobcenter", note=WORD, agency_person="Herr Kanarienhahn"),),
        contacts=(Contact(id="k", held_on=TODAY, content=WORD, interpreter_name="Kanariendohle"),),
        consents=(Consent(id="e", necessity=WORD),),
        follow_ups=(
            FollowUp(id="f1", kind=APPOINTMENT, title="Gespräch mit Frau Kanarienlerche", reason=WORD,
                     place="Rathaus, Zimmer 12", due_on=TODAY, time="10:00"),
            FollowUp(id="f2", kind=APPOINTMENT, title="Hausbesuch", place="Kanarienweg 4, Kanarienstadt",
                     due_on=TODAY + timedelta(days=2), time="09:30"),
            FollowUp(id="f3", title="Kanarienwort prüfen", due_on=TODAY),
            FollowUp(id="f4", kind=APPOINTMENT, title=WORD, due_on=TODAY - timedelta(days=1)),
            FollowUp(id="f5", kind=APPOINTMENT, title=WORD, due_on=TODAY, done_on=TODAY),
        ),
    )  # fmt: skip


def texts(value: Any) -> Iterator[str]:
    """Yield every text in a tree of values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def read_all(top: QWidget) -> str:
    """Return everything that can be read or heard of a window."""
    found = []
    for widget in [top, *top.findChildren(QWidget)]:
        found += [
            widget.accessibleName(),
            widget.accessibleDescription(),
            widget.toolTip(),
            widget.windowTitle(),
        ]
        if isinstance(widget, QLabel | QLineEdit | QPushButton):
            found.append(widget.text())
    return "\n".join(found)


def test_nothing_of_the_case_but_goals_and_appointments_is_told() -> None:
    told = "\n".join(texts(screen(KNOWN, whole_case(), TODAY)))
    assert "anarien" not in told
    assert "KANARIEN" not in told
    for secret in ("Lina", "Tarig", "59991", "0151 5550123"):
        assert secret not in told
    assert "Amna" in told


def test_the_window_tells_no_more_than_that(case_desk: "CaseDesk") -> None:
    window = ClientScreen(
        case_desk.page._context, partial(screen, KNOWN, whole_case(), TODAY), case_desk.page
    )
    told = read_all(window)
    assert "anarien" not in told
    assert "Lina" not in told
    assert "Ihr Kind geht in die Kita." in told
    assert window.windowTitle() == "KIMdesk"
    window.reject()


def test_goals_and_dates_stand_there_in_plain_words() -> None:
    shown = screen(KNOWN, whole_case(), TODAY)
    assert [(one.text, one.word.german) for one in shown.goals] == [
        ("Ihr Kind geht in die Kita.", "etwas weniger als erwartet"),
        ("Wir ziehen aus dem … aus.", "noch nicht eingeschätzt"),
    ]
    assert [(one.when.german, one.text) for one in shown.dates] == [
        ("Heute, 10:00 Uhr", "Gespräch mit Frau …, Rathaus, Zimmer 12"),
        ("Donnerstag, 26.\u00a0November, 09:30 Uhr", "Hausbesuch"),
    ]
    assert shown.right_to_left
    assert "maßgeblich ist der deutsche Text" in shown.remark.german
    assert "Übersetzung ungeprüft" in shown.remark.german
    assert shown.dates[0].when.own == "اليوم، الساعة 10:00"


def test_an_unknown_language_is_shown_in_german_alone() -> None:
    case = whole_case()
    zazaki = replace(case, persons=(replace(CLIENT, languages=(LanguageSkill("zza"),)), CHILD, OTHER))
    shown = screen(KNOWN, zazaki, TODAY)
    assert not shown.right_to_left
    assert {one.when.own for one in shown.dates} == {""}
    assert shown.remark.german == ""


def test_names_inside_other_words_stay() -> None:
    assert guarded("Linasophie und die Tarigstraße", whole_case()) == "Linasophie und die Tarigstraße"


ARABIC = "أتحدث بنفسي مع طبيب الأطفال."
GOAL = Goal(id="g1", number=1, text="Ich spreche selbst mit dem Kinderarzt.", level=-1)
STEP = PlanStep(text="Brief holen", by="client", due_on=TODAY + timedelta(days=3))


def spoken_case(*languages: str, **parts: Any) -> CaseFile:
    """Return a case whose client speaks ``languages``, with a goal, a step and an appointment."""
    client = replace(CLIENT, languages=tuple(map(LanguageSkill, languages)))
    date_ = FollowUp(id="f1", kind=APPOINTMENT, title="Gespräch im Rathaus", due_on=TODAY, time="10:00")
    measure = Measure(id="m", title="Kasse", steps=(STEP, replace(STEP, text="Anrufen", by="agency")))
    given = {"goals": (GOAL,), "measures": (measure,), "follow_ups": (date_,)} | parts
    member = Member(id="m1", case_id="c", person_id="p1")
    return CaseFile(case=Case(id="c", opened_on=TODAY), persons=(client,), members=(member,), **given)


def test_what_an_interpreter_translated_is_shown_as_long_as_it_fits() -> None:
    goal = translated(GOAL, "ara", ARABIC, "Frau Haddad", TODAY)
    (told,) = screen(KNOWN, spoken_case("apc", goals=(goal,)), TODAY).goals
    assert (told.own, told.text) == (ARABIC, GOAL.text)
    changed = replace(goal, text="Ich spreche allein mit der Ärztin.")
    shown = screen(KNOWN, spoken_case("apc", goals=(changed,)), TODAY)
    assert shown.goals[0].own == ""
    assert ARABIC not in "\n".join(texts(shown))
    assert screen(KNOWN, spoken_case("ukr", goals=(goal,)), TODAY).goals[0].own == ""


def test_a_translation_of_what_names_a_child_stays_away_with_the_name() -> None:
    case = whole_case()
    goals = (translated(case.goals[0], "ara", "لينا تذهب إلى الروضة.", "", TODAY),)
    told = "\n".join(texts(screen(KNOWN, replace(case, goals=goals), TODAY)))
    assert "Ihr Kind geht in die Kita." in told
    assert "لينا" not in told


def test_the_client_sees_her_own_next_steps_in_her_language() -> None:
    step = translated(STEP, "ukr", "Взяти довідку", "", TODAY)
    measures = (Measure(id="m", title="Kasse", steps=(step, replace(STEP, text="Anrufen", by="agency"))),)
    (told,) = screen(KNOWN, spoken_case("ukr", measures=measures), TODAY).steps
    assert (told.own, told.text) == ("Взяти довідку", "Brief holen")
    assert (told.until.own, told.until.german) == (
        "Термін: п’ятниця, 27 листопада",
        "Bis: Freitag, 27.\u00a0November",
    )


def test_who_speaks_several_languages_chooses_one() -> None:
    case = spoken_case("kmr", "apc", "deu")
    shown = screen(KNOWN, case, TODAY)
    assert [one.name for one in shown.languages] == ["Kurmancî", "العربية", "Deutsch"]
    assert (shown.language, shown.right_to_left) == ("kmr", False)
    arabic = screen(KNOWN, case, TODAY, "ara")
    assert (arabic.language, arabic.right_to_left) == ("ara", True)
    assert arabic.dates[0].when.own == "اليوم، الساعة 10:00"
    german = screen(KNOWN, case, TODAY, "deu")
    assert (german.language, german.greeting.own, german.remark.german) == ("deu", "", "")
    assert screen(KNOWN, spoken_case("apc"), TODAY).languages == ()


def showing(case_desk: "CaseDesk", make: Callable[[str], Screen]) -> ClientScreen:
    window = ClientScreen(case_desk.page._context, make, case_desk.page)
    window.resize(1366, 768)
    window.show()
    QApplication.processEvents()
    return window


def middle(window: ClientScreen, text: str) -> int:
    """Return where a text begins to be read, or a named part stands, from the left."""
    found = [one for one in window.findChildren(QLabel) if one.text() == text]
    return found[0].mapTo(window, QPoint(found[0].width() // 2, 0)).x()


def of(window: ClientScreen, name: str) -> int:
    part = find(window, QWidget, name)
    return part.mapTo(window, QPoint(part.width() // 2, 0)).x()


def test_it_is_mirrored_where_it_is_read_from_the_right(case_desk: "CaseDesk") -> None:
    window = showing(case_desk, partial(screen, KNOWN, spoken_case("ara", "ukr"), TODAY))
    sides = {
        "ara": ("أهدافك", "مواعيدك", "اليوم، الساعة 10:00"),
        "ukr": ("Ваші цілі", "Ваші зустрічі", "Сьогодні, о 10:00"),
    }
    for language, (goals, dates, when) in sides.items():
        click(window, f"segment_{language}")
        QApplication.processEvents()
        turned = language == "ara"
        pairs = [
            (middle(window, goals), middle(window, "Ihre Ziele")),
            (middle(window, dates), middle(window, "Ihre Termine")),
            (of(window, "client_goal"), of(window, "client_date")),
            (of(window, "client_greeting"), of(window, "leave_client_screen")),
        ]
        assert [(first > second) == turned for first, second in pairs] == [True] * 4
        card = find(window, QWidget, "client_date")
        sign = next(one for one in card.findChildren(QWidget) if type(one).__name__ == "Sign")
        words = next(one for one in card.findChildren(QLabel) if one.text() == when)
        assert (sign.mapTo(window, QPoint()).x() > words.mapTo(window, QPoint()).x()) == turned
        bar = find(window, QWidget, "client_goal").findChildren(LevelBar)[0]
        reached = [box.center().x() for box, filled in bar.steps() if filled]
        assert (min(reached) > bar.width() / 2) == turned
        walk_accessible(window)
    window.reject()


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_no_text_is_cut_off_in_any_language(
    case_desk: "CaseDesk", other_look: Callable[..., None], zoom: float
) -> None:
    other_look(zoom=zoom)
    goals = tuple(replace(translated(GOAL, "ara", ARABIC, "", TODAY), id=f"g{each}") for each in range(4))
    window = showing(case_desk, partial(screen, KNOWN, spoken_case("ara", "kmr", "tir", goals=goals), TODAY))
    area = find(window, QScrollArea, "client_area")
    for language in ("ara", "kmr", "tir"):
        click(window, f"segment_{language}")
        QApplication.processEvents()
        content = area.widget()
        assert content
        assert content.width() <= area.viewport().width()
        for one in window.findChildren(QLabel):
            if one.isVisible() and one.wordWrap():
                assert one.height() >= one.heightForWidth(one.width()), one.text()
    window.reject()


def test_choosing_a_language_again_keeps_it(case_desk: "CaseDesk") -> None:
    window = showing(case_desk, partial(screen, KNOWN, spoken_case("kmr", "ukr"), TODAY))
    click(window, "segment_kmr")
    assert "Armancên we" in read_all(window)
    click(window, "segment_ukr")
    assert "Ваші цілі" in read_all(window)
    assert "Armancên we" not in read_all(window)
    window.reject()


@pytest.fixture
def shown(case_desk: "CaseDesk") -> Iterator[ClientScreen]:
    """The screen of a case, opened from its page."""
    records.save(case_desk.desk, Goal(case_id=case_desk.case.id, number=1, text="Ich spreche selbst."))
    people.add_person(case_desk.desk, case_desk.case.id, Person(given_names="Lina"), Role.CHILD)
    case_desk.open("plan")
    click(case_desk.page, "show_client_screen")
    windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, ClientScreen)]
    yield windows[-1]
    windows[-1].reject()


def test_the_page_of_the_case_is_away_while_it_is_shown(case_desk: "CaseDesk", shown: ClientScreen) -> None:
    assert shown.isVisible()
    assert shown.isFullScreen()
    assert shown.isModal()
    assert shown.windowFlags() & Qt.WindowType.FramelessWindowHint
    assert not case_desk.page.isVisible()
    assert "Ich spreche selbst." in read_all(shown)
    assert "Lina" not in read_all(shown)
    walk_accessible(shown)


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F4, Qt.Key.Key_Return, Qt.Key.Key_Backspace])
def test_no_key_leaves_it(shown: ClientScreen, key: Qt.Key) -> None:
    modifiers = Qt.KeyboardModifier.AltModifier if key == Qt.Key.Key_F4 else Qt.KeyboardModifier.NoModifier
    for target in (shown, QApplication.focusWidget() or shown):
        QApplication.sendEvent(target, QKeyEvent(QEvent.Type.KeyPress, key, modifiers))
    assert shown.isVisible()


def test_closing_its_window_does_not_leave_it(shown: ClientScreen) -> None:
    shown.close()
    assert shown.isVisible()


def test_a_wrong_passphrase_stays_and_has_to_wait(case_desk: "CaseDesk", shown: ClientScreen) -> None:
    click(shown, "leave_client_screen")
    find(shown, QLineEdit, "leave_passphrase").setText("ganz falsch geraten")
    click(shown, "leave_confirm")
    assert shown.isVisible()
    assert "Passphrase" in find(shown, QLabel, "leave_problem").text()
    button = find(shown, QPushButton, "leave_confirm")
    assert not button.isEnabled()
    assert "warten" in button.text()
    field = find(shown, QLineEdit, "leave_passphrase")
    field.setText(PASSPHRASE)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert shown.isVisible()
    assert not case_desk.page.isVisible()


def test_the_passphrase_leads_back_to_the_case(case_desk: "CaseDesk", shown: ClientScreen) -> None:
    gone = _Gone(shown)
    click(shown, "leave_client_screen")
    field = find(shown, QLineEdit, "leave_passphrase")
    field.setText(PASSPHRASE)
    QTest.keyClick(field, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert not shown.isVisible()
    assert gone.told
    assert case_desk.page.isVisible()
    assert case_desk.file().goals


class _Gone(QObject):
    """Hears that the screen was left."""

    def __init__(self, shown: ClientScreen) -> None:
        super().__init__()
        self.told = False
        shown.left.connect(self._tell)

    def _tell(self) -> None:
        self.told = True


def test_a_vault_of_ones_own_never_says_its_passphrase(shown: ClientScreen) -> None:
    click(shown, "leave_client_screen")
    assert not shown.findChildren(QLabel, "open_secret")


def press_the_keys(shown: ClientScreen) -> None:
    QTest.keyClick(shown, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def press_the_button(shown: ClientScreen) -> None:
    click(shown, "leave_client_screen")
    click(shown, "leave_lock")


@pytest.mark.parametrize("lock", [press_the_keys, press_the_button])
def test_locking_takes_the_screen_away_and_shows_the_locked_vault(
    qapp: QApplication, desk: "Desk", inline_work: InlineWork, lock: Callable[[ClientScreen], None]
) -> None:
    program = Program(qapp, Keeper(), work=inline_work)
    program.window.show()
    program.show_desk(desk)
    (row, *_) = cases.list_page(desk, cases.CaseQuery(), None, 1).rows
    assert program.shell
    program.shell.navigate(Place("case", row.id, "plan"))
    click(program.window, "show_client_screen")
    (shown,) = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, ClientScreen) and one.isVisible()
    ]
    assert not program.window.isVisible()
    lock(shown)
    QApplication.processEvents()
    assert program.desk is None
    assert program.window.isVisible()
    left = [one for one in QApplication.topLevelWidgets() if isinstance(one, ClientScreen)]
    assert not any(one.isVisible() for one in left)
    program.window.hide()
    program.window.deleteLater()
