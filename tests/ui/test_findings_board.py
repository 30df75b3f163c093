"""The board of findings at the Kreis, and the way of a finding from a case to a decision and back."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from kimdesk.domain import dates
from kimdesk.domain.records import Finding
from kimdesk.kreis import findings
from kimdesk.kreis.steering import board, bundling
from kimdesk.kreis.steering.values import ClusterDealing, FindingCluster
from kimdesk.sync import finding_answers
from tests.sync.exchange import AGS, Exchange, enrol, make_desk
from tests.ui.conftest import BOTH, walk_accessible
from tests.ui.hands import click, find, sees, settle, type_into
from tests.ui.page_help import dialog_of, page_of, toasts, today
from ui.focus.order import stops
from ui.pages.answers.card import FindingCard
from ui.places import Place
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)
ShellOn = Callable[..., Shell]
OTHER_AGS = "05999002"
MORNING = "Kein Vormittagskurs mit Kinderbetreuung"
ALIKE = "Kurs am Vormittag, aber niemand für die Kinder"


def seen(exchange: Exchange, title: str, ags: str = AGS, **values: Any) -> Finding:
    """Note a finding in a case at the desk."""
    case = exchange.change(exchange.case().case, ags=ags)
    fields: dict[str, Any] = {"kind": "service_gap", "life_domain": "language", **values}
    return exchange.put(Finding(case_id=case.id, title=title, ags=ags, noted_on=today(), **fields))


def said(widget: QWidget) -> str:
    return "\n".join(label.accessibleName() for label in widget.findChildren(QLabel) if label.isVisible())


def cards(shell: Shell, state: str) -> list[str]:
    """Return the titles that stand in a column, from above."""
    settle()
    column = find(page_of(shell), QWidget, f"column_{state}")
    return [card.text() for card in column.findChildren(FindingCard) if card.isVisibleTo(column)]


def key_of(exchange: Exchange, title: str) -> str:
    return next(one.id for one in findings.reported(exchange.kreis) if one.title == title)


def bundle(exchange: Exchange, *titles: str) -> FindingCluster:
    """Bundle findings at the Kreis, behind the back of the page."""
    known = {one.title: one for one in findings.reported(exchange.kreis)}
    wording = findings.wording_of(exchange.kreis, known[titles[0]])
    return bundling.begin(exchange.kreis, [known[title].id for title in titles], wording)


def fill_in(shell: Shell, **texts: str) -> None:
    """Fill in the dialog that is open, and accept it."""
    dialog = dialog_of(shell)
    for name, text in texts.items():
        type_into(dialog, f"field_dealing_{name}", text)
    click(dialog, "dialog_accept")


@pytest.fixture
def other(exchange: Exchange, tmp_path: Path) -> Iterator[Exchange]:
    """Another desk of the same Kreis."""
    (tmp_path / "in").mkdir()
    with make_desk(tmp_path / "other", "Ostermark", municipalities=(OTHER_AGS,)) as desk:
        enrol(desk, exchange.kreis, tmp_path / "in")
        yield replace(exchange, desk=desk)


@BOTH
def test_a_finding_goes_from_a_case_to_a_decision_and_its_answer_stands_in_the_case(
    exchange: Exchange, other: Exchange, shell_on: ShellOn
) -> None:
    """Made in a case, handed over, bundled with another desk's, decided, released, read where it began."""
    case = exchange.case().case
    desk = shell_on(exchange.desk, Place("case", case.id, "plan"))
    note_in_case(desk, MORNING)
    seen(other, ALIKE, OTHER_AGS)
    for each in (exchange, other):
        each.round()
    kreis = shell_on(exchange.kreis, "answers")
    decide_at_the_kreis(exchange, kreis)
    exchange.round()
    told = (
        f"Kreis, {today():%d.%m.%Y}: Beschluss. Danke für Ihre Befunde. "
        "Beschluss: Ein Kurs mit Betreuung im selben Haus. Zuständig: AG Sprache."
    )
    [answered] = finding_answers.answers(exchange.desk)
    desk.navigate(Place("findings"))
    settle()
    assert told in said(page_of(desk))
    assert "1 neue Antwort vom Kreis" in said(page_of(desk))
    desk.navigate(Place("case", case.id, "plan"))
    settle()
    [card] = page_of(desk)._editing.sources().cards("finding")
    assert told in card.meta
    assert ("neu", "tint", "chat-text") in card.badges
    desk.navigate(Place("findings"))
    click(desk, f"open_{answered}")
    assert told in find(desk, QWidget, "finding_answer").accessibleName()
    dialog_of(desk).reject()
    settle()
    assert not finding_answers.answers(exchange.desk)[answered].new
    exchange.round()
    page_of(kreis).refresh()
    card_name = f"card_{board.read(exchange.kreis).clusters[0].id}"
    assert "1 von 2" in find(kreis, FindingCard, card_name).accessibleName()


def note_in_case(desk: Shell, title: str) -> None:
    """Note a finding in the case that is shown."""
    page_of(desk)._act("finding")
    form = dialog_of(desk)
    type_into(form, "field_finding_title", title)
    form.session.edit("finding", "kind", "service_gap")  # type: ignore[attr-defined]
    form.session.edit("finding", "life_domain", "language")  # type: ignore[attr-defined]
    click(form, "save_record")


def decide_at_the_kreis(exchange: Exchange, kreis: Shell) -> None:
    """Bundle what two desks have seen, and bring it through both groups to a decision that is released."""
    assert set(cards(kreis, "noted")) == {MORNING, ALIKE}
    click(kreis, f"card_{key_of(exchange, MORNING)}")
    click(kreis, f"take_in_{key_of(exchange, ALIKE)}")
    assert cards(kreis, "bundled") == [MORNING]
    click(kreis, "go_next")
    fill_in(kreis, group="AG Sprache")
    assert cards(kreis, "working_group") == [MORNING]
    click(kreis, "go_next")
    click(kreis, "go_next")
    fill_in(kreis, decision="Ein Kurs mit Betreuung im selben Haus.")
    assert cards(kreis, "decided") == [MORNING]
    type_into(kreis, "cluster_answer", "Danke für Ihre Befunde.")
    exchange.round()
    assert finding_answers.answers(exchange.desk) == {}, "nothing goes before it is released"
    click(kreis, "release")
    assert toasts(kreis)[-1] == "Freigegeben. 2 Arbeitsplätze erfahren es mit der nächsten Quittung."


def test_what_was_left_apart_is_offered_no_more_and_a_single_finding_can_be_bundled(
    exchange: Exchange, shell_on: ShellOn
) -> None:
    seen(exchange, MORNING)
    seen(exchange, ALIKE)
    exchange.round()
    kreis = shell_on(exchange.kreis, "answers")
    one, other = key_of(exchange, MORNING), key_of(exchange, ALIKE)
    click(kreis, f"card_{one}")
    assert "Ein Befund klingt ähnlich" in said(page_of(kreis))
    assert "Vorgeschlagen wegen" in said(page_of(kreis))
    click(kreis, f"keep_apart_{other}")
    assert "Nichts anderes klingt ähnlich" in said(page_of(kreis))
    click(kreis, "begin_bundle")
    assert cards(kreis, "bundled") == [MORNING]
    assert cards(kreis, "noted") == [ALIKE]


def test_the_keyboard_walks_over_the_board_and_moves_cards(exchange: Exchange, shell_on: ShellOn) -> None:
    for title in (MORNING, "Schulplatz erst nach zehn Wochen"):
        seen(exchange, title)
    exchange.round()
    made = bundle(exchange, MORNING)
    kreis = shell_on(exchange.kreis, "answers")
    page = page_of(kreis)
    kreis.window().activateWindow()
    card = find(kreis, FindingCard, f"card_{made.id}")
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Left)
    settle()
    left = kreis.window().focusWidget()
    assert isinstance(left, FindingCard)
    assert (left.text(), left.isChecked()) == ("Schulplatz erst nach zehn Wochen", True)
    QTest.keyClick(left, Qt.Key.Key_Right)
    QTest.keyClick(card, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert cards(kreis, "working_group") == [MORNING]
    again = find(kreis, FindingCard, f"card_{made.id}")
    assert kreis.window().focusWidget() is again, "the keyboard goes along with the card"
    QTest.keyClick(again, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert cards(kreis, "bundled") == [MORNING]
    spoken = find(kreis, FindingCard, f"card_{made.id}").accessibleName()
    assert spoken == f"{MORNING}, gebündelt aus unter 3 Gemeinden, 1-mal, gebündelt, heute ergänzt"
    walk_accessible(page)
    assert len([each for each in stops(page) if isinstance(each, FindingCard)]) == 2


def test_the_menu_of_a_card_does_what_can_be_done(exchange: Exchange, shell_on: ShellOn) -> None:
    seen(exchange, MORNING)
    exchange.round()
    made = bundle(exchange, MORNING)
    kreis = shell_on(exchange.kreis, "answers")
    click(kreis, "card_more")
    menu = next(each for each in kreis.findChildren(QMenu) if each.isVisible())
    names = [action.objectName() for action in menu.actions()]
    assert names[:4] == ["edit_bundle", "deal_bundle", "inside_bundle", "bundle_history"]
    assert names[4:] == ["to_working_group", "to_steering_group", "to_decided", "to_dismissed", "dissolve"]
    next(one for one in menu.actions() if one.objectName() == "to_dismissed").trigger()
    menu.close()
    settle()
    assert board.count(exchange.kreis) == 0
    assert not sees(kreis, "column_dismissed")
    click(kreis, "show_dismissed")
    assert cards(kreis, "dismissed") == [MORNING], "what was dismissed is still found"
    click(kreis, f"card_{made.id}")
    click(kreis, "go_next")
    assert cards(kreis, "bundled") == [MORNING]


def test_a_second_editor_is_told_and_keeps_what_was_written(exchange: Exchange, shell_on: ShellOn) -> None:
    seen(exchange, MORNING)
    exchange.round()
    made = bundle(exchange, MORNING)
    kreis = shell_on(exchange.kreis, "answers")
    type_into(kreis, "cluster_answer", "Meine Antwort")
    _elsewhere(exchange, made, ClusterDealing(group="AG Sprache", answer="Ihre Antwort"))
    click(kreis, "release")
    problem = find(kreis, QWidget, "board_problem").accessibleName()
    assert "schon jemand anders geändert" in problem
    assert find(kreis, QWidget, "cluster_answer").toPlainText() == "Meine Antwort"  # type: ignore[attr-defined]
    assert "AG Sprache" in said(page_of(kreis)), "what the other one did is shown"
    click(kreis, "release")
    [kept] = board.read(exchange.kreis).clusters
    assert (kept.dealing.answer, kept.dealing.group, kept.released) == ("Meine Antwort", "AG Sprache", True)


def _elsewhere(exchange: Exchange, made: FindingCluster, dealing: ClusterDealing) -> None:
    """Change a bundle as another Kreis desk on the same registry would: this one hears nothing of it."""
    heard, exchange.kreis.announce = exchange.kreis.announce, lambda *_: None  # type: ignore[method-assign]
    try:
        bundling.deal(exchange.kreis, made.id, made.rev, dealing)
    finally:
        exchange.kreis.announce = heard  # type: ignore[method-assign]


def test_what_waits_too_long_says_so_and_more_than_a_column_shows_is_counted(
    exchange: Exchange, shell_on: ShellOn
) -> None:
    for number in range(5):
        seen(exchange, f"Befund Nummer {number}")
    exchange.round()
    known = findings.reported(exchange.kreis)[0]
    moment = dates.now() - timedelta(days=74)
    wording = findings.wording_of(exchange.kreis, known)
    made = bundling.begin(exchange.kreis, [known.id], wording, now=moment)
    bundling.move(exchange.kreis, made.id, made.rev, "working_group", now=moment)
    kreis = shell_on(exchange.kreis, "answers")
    spoken = find(kreis, FindingCard, f"card_{made.id}").accessibleName()
    assert spoken.endswith("Arbeitsgruppe, liegt seit 74 Tagen")
    assert len(cards(kreis, "noted")) == 3
    more = find(kreis, QWidget, "more_noted")
    assert more.accessibleName() == "1 weiterer"
    click(kreis, "more_noted")
    assert len(cards(kreis, "noted")) == 4


def test_the_paper_for_the_steering_group_is_looked_at_and_saved(
    exchange: Exchange, shell_on: ShellOn, tmp_path: Path
) -> None:
    seen(exchange, MORNING)
    exchange.round()
    made = bundle(exchange, MORNING)
    bundling.move(exchange.kreis, made.id, made.rev, "steering_group")
    kreis = shell_on(exchange.kreis, "answers")
    click(kreis, "steering_agenda")
    window: Any = dialog_of(kreis)
    assert "Seite 1 von 1" in said(window)
    walk_accessible(window)
    window.save(tmp_path / "Vorlage.pdf")
    settle()
    assert (tmp_path / "Vorlage.pdf").read_bytes().startswith(b"%PDF")
    assert toasts(kreis)[-1] == "Als PDF gespeichert"
    window.reject()


def test_an_empty_kreis_says_that_nobody_has_handed_over_a_finding(
    exchange: Exchange, shell_on: ShellOn
) -> None:
    kreis = shell_on(exchange.kreis, "answers")
    assert "Noch hat kein Arbeitsplatz einen Strukturbefund übergeben." in said(page_of(kreis))
    assert not sees(kreis, "board_columns")


def test_the_board_is_narrowed_and_a_bundle_worded(exchange: Exchange, shell_on: ShellOn) -> None:
    seen(exchange, MORNING)
    seen(exchange, "Bank verlangt zum Konto einen Pass", kind="access_barrier", life_domain="livelihood")
    exchange.round()
    bundle(exchange, MORNING)
    kreis = shell_on(exchange.kreis, "answers")
    box = find(kreis, QWidget, "board_kind")
    box.setCurrentIndex(box.findData("access_barrier"))  # type: ignore[attr-defined]
    box.activated.emit(1)  # type: ignore[attr-defined]
    assert (cards(kreis, "noted"), cards(kreis, "bundled")) == (["Bank verlangt zum Konto einen Pass"], [])
    box.setCurrentIndex(0)  # type: ignore[attr-defined]
    box.activated.emit(0)  # type: ignore[attr-defined]
    assert cards(kreis, "bundled") == [MORNING]
    click(kreis, f"card_{board.read(exchange.kreis).clusters[0].id}")
    page_of(kreis)._panel.offers(board.read(exchange.kreis).clusters[0].id)[0].act()
    dialog: Any = dialog_of(kreis)
    walk_accessible(dialog)
    dialog.session.edit("cluster", "services", ["integration_course"])
    dialog.session.edit("cluster", "from_regime", "asylblg_basic")
    dialog.session.edit("cluster", "to_regime", "sgb2")
    dialog.session.edit("cluster", "chain_steps", ["first_orientation:registration"])
    click(dialog, "dialog_accept")
    [made] = board.read(exchange.kreis).clusters
    assert made.wording.services == ("integration_course",)
    assert made.wording.regimes == ("asylblg_basic", "sgb2")
    assert made.wording.chain_steps == ("first_orientation:registration",)
    assert "AsylbLG, Grundleistungen → SGB\u00a0II" in said(page_of(kreis))
