"""Through the windows: a case goes from desk to desk, a colleague covers, a contradiction is decided."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QRadioButton, QWidget

from kimdesk.casework import attachments, conflicts, records
from kimdesk.casework.desk import Desk
from kimdesk.domain import dates
from kimdesk.domain.custody import Custody
from kimdesk.domain.records import CaseFile, Contact, Person
from tests.scan_samples import jpeg
from tests.sync.colleagues_kit import Colleagues, between, colleagues_template
from tests.sync.exchange import exchange_template
from tests.sync.test_packs import changed, publish
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, sees, settle
from tests.ui.page_fixtures import shell_on
from tests.ui.page_help import dialog_of, page_of, toasts
from ui.forms.editors.combo import CodeCombo
from ui.forms.editors.date import DateEditor
from ui.places import Place
from ui.shell import Shell

__all__ = ["between", "colleagues_template", "exchange_template", "shell_on"]

ShellOn = Callable[..., Shell]


class Hands:
    """Two people, each at a desk, with files between them."""

    def __init__(self, between: Colleagues, shell_on: ShellOn, monkeypatch: pytest.MonkeyPatch) -> None:
        self.between, self._shell_on, self._patch = between, shell_on, monkeypatch
        self.shells: dict[str, Shell] = {}

    def at(self, desk: Desk, place: Place | str) -> Shell:
        """Return the shell of a desk, at a place."""
        if desk.name not in self.shells:
            self.shells[desk.name] = self._shell_on(desk, place)
        shell = self.shells[desk.name]
        shell.navigate(Place.parse(place) if isinstance(place, str) else place)
        settle()
        return shell

    def will_save(self, name: str) -> Path:
        path = self.between.home / "stick" / name
        self._patch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        return path

    def read(self, desk: Desk, path: Path) -> Shell:
        """Read a file in on the page Übergabe."""
        self._patch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        shell = self.at(desk, "handover")
        click(shell, "read_any_file")
        settle()
        return shell

    def give(self, desk: Desk, case_id: str, menu: str, name: str, basis: str) -> Path:
        """Hand a case over, or lend it, from its menu."""
        page = page_of(self.at(desk, Place("case", case_id)))
        page._act(menu)
        dialog = dialog_of(self.shells[desk.name])
        walk_accessible(dialog)
        picture(dialog, f"give-{menu}")
        find(dialog, CodeCombo, "give_to").set_code(self.between.id_of(self.between.other))
        find(dialog, CodeCombo, "give_basis").set_code(basis)
        path = self.will_save(name)
        click(dialog, "dialog_accept")
        settle()
        return path

    def notice(self, desk: Desk, case_id: str) -> str:
        shell = self.at(desk, Place("case", case_id))
        notice = shell.findChild(QWidget, "custody")
        return notice.accessibleName() if notice and notice.isVisible() else ""


def picture(widget: QWidget, name: str) -> None:
    if folder := os.environ.get("KIMDESK_PICTURES"):
        settle()
        widget.grab().save(f"{folder}/{name}.png")


@pytest.fixture
def hands(between: Colleagues, shell_on: ShellOn, monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(between, shell_on, monkeypatch)


@pytest.fixture
def file(between: Colleagues) -> CaseFile:
    found = between.case()
    attachments.attach(between.desk, found.case.id, jpeg(), title="Ausweis")
    return found


def test_a_case_is_handed_over_from_desk_to_desk(hands: Hands, file: CaseFile) -> None:
    between, case_id = hands.between, file.case.id
    offer = hands.give(between.desk, case_id, "hand_over", "angebot.kimh", "consent")
    assert "Niederholt seit" in hands.notice(between.desk, case_id)
    shell = hands.read(between.other, offer)
    dialog = dialog_of(shell)
    walk_accessible(dialog)
    picture(dialog, "offer")
    answer = hands.will_save("antwort.kimh")
    click(dialog, "dialog_accept")
    settle()
    assert between.standing(between.other, case_id).custody is Custody.TAKEN_OVER
    assert between.file(between.other, case_id).attachments
    shell = hands.read(between.desk, answer)
    assert any("Niederholt hat den Fall übernommen." in told for told in toasts(shell))
    picture(shell, "handover-page")
    assert "Hier lässt sich der Fall nur noch lesen." in hands.notice(between.desk, case_id)
    picture(hands.shells[between.desk.name], "case-passed-on")
    assert hands.notice(between.other, case_id) == ""
    picture(hands.at(between.desk, "cases?key=closed"), "list")


def test_an_offer_is_refused_with_a_reason(hands: Hands, file: CaseFile) -> None:
    between, case_id = hands.between, file.case.id
    offer = hands.give(between.desk, case_id, "hand_over", "angebot.kimh", "consent")
    dialog = dialog_of(hands.read(between.other, offer))
    answer = hands.will_save("antwort.kimh")
    click(dialog, "refuse_case")
    ask = find(dialog, QWidget, "reason_dialog")
    find(ask, QPlainTextEdit, "reason").setPlainText("Die Familie bleibt in Eschenried.")
    click(ask, "dialog_accept")
    settle()
    hands.read(between.desk, answer)
    assert hands.notice(between.desk, case_id) == ""
    [passage] = between.history(between.desk, case_id)
    assert passage.reason == "Die Familie bleibt in Eschenried."


def test_an_offer_that_is_out_is_withdrawn(hands: Hands, file: CaseFile) -> None:
    between, case_id = hands.between, file.case.id
    hands.give(between.desk, case_id, "hand_over", "angebot.kimh", "consent")
    page_of(hands.at(between.desk, Place("case", case_id)))._act("hand_over")
    dialog = dialog_of(hands.shells[between.desk.name])
    word = hands.will_save("zurueck.kimh")
    click(dialog, "end_passage")
    click(find(dialog, QWidget, "reason_dialog"), "dialog_accept")
    settle()
    assert word.exists()
    assert hands.notice(between.desk, case_id) == ""


def test_a_cover_with_a_contradiction_is_decided_on_its_page(hands: Hands, file: CaseFile) -> None:
    between, case_id = hands.between, file.case.id
    copy = hands.give(between.desk, case_id, "cover", "kopie.kimh", "public_task")
    shell = hands.read(between.other, copy)
    assert any("Vertretung für Eschenried" in told for told in toasts(shell))
    assert "Vertretung für Eschenried" in hands.notice(between.other, case_id)
    both_work(between, file)
    back = hands.will_save("rueckgabe.kimh")
    page_of(hands.at(between.other, Place("case", case_id)))._act("cover")
    settle()
    shell = hands.read(between.desk, back)
    dialog = dialog_of(shell)
    picture(dialog, "returned")
    word = hands.will_save("bestaetigung.kimh")
    click(dialog, "dialog_accept")
    settle()
    page = page_of(shell)
    assert page.objectName() == "versions_page"
    walk_accessible(page)
    picture(shell, "versions")
    decide_all_in_turn(hands, shell, case_id)
    hands.read(between.other, word)
    assert not between.here(between.other, case_id)


def both_work(between: Colleagues, file: CaseFile) -> None:
    """Let both desks change the same fields, and others."""
    case_id = file.case.id
    for desk, words, phone in (
        (between.desk, "Antrag bis 30.11. fristwahrend stellen.", "0170 0000 012"),
        (between.other, "Termin bei Frau Brandt am 26.11. wahrnehmen.", "0151 0000 348"),
    ):
        there = between.file(desk, case_id)
        between.save(desk, there.goals[0], text=words)
        assert there.client
        between.save(desk, records.get(desk, Person, there.client.id), phone=phone)
    records.save(between.other, Contact(case_id=case_id, held_on=dates.today(), content="Anruf"))


def decide_all_in_turn(hands: Hands, shell: Shell, case_id: str) -> None:
    between = hands.between
    open_ = {one.path: one for one in conflicts.of_case(between.desk, case_id)}
    assert set(open_) == {"text", "phone"}
    find(shell, QRadioButton, f"theirs_{open_['phone'].id}").click()
    settle()
    client = between.file(between.desk, case_id).client
    assert client
    assert client.phone == "0151 0000 348"
    picture(shell, "versions-one")
    own = find(shell, QPlainTextEdit, f"own_{open_['text'].id}")
    assert "fristwahrend" in own.toPlainText()
    assert "Frau Brandt" in own.toPlainText()
    own.setPlainText("Antrag stellen und neuen Termin vereinbaren.")
    click(shell, f"take_own_{open_['text'].id}")
    settle()
    assert between.file(between.desk, case_id).goals[0].text == "Antrag stellen und neuen Termin vereinbaren."
    assert sees(shell, "versions_done")
    click(shell, f"reopen_{open_['phone'].id}")
    settle()
    client = between.file(between.desk, case_id).client
    assert client
    assert client.phone == "0170 0000 012"
    click(shell, "all_theirs")
    settle()
    picture(shell, "versions-done")
    assert not [one for one in conflicts.of_case(between.desk, case_id) if not one.decision]


def test_nothing_to_decide_is_said(hands: Hands, file: CaseFile) -> None:
    shell = hands.at(hands.between.desk, "versions")
    assert not sees(shell, "all_mine")
    picture(shell, "versions-empty")


def test_a_card_is_written_and_read(hands: Hands, file: CaseFile) -> None:
    between = hands.between
    shell = hands.at(between.desk, "handover")
    card = hands.will_save("karte.kimk")
    click(shell, "write_own_card")
    settle()
    assert any("Ihre Karte ist geschrieben." in told for told in toasts(shell))
    shell = hands.read(between.other, card)
    assert any("Eschenried ist jetzt bekannt." in told for told in toasts(shell))
    shell = hands.read(between.desk, card)
    assert "dieses Arbeitsplatzes selbst" in find(shell, QWidget, "handover_problem").accessibleName()


def test_a_day_that_is_over_is_asked_for_again(hands: Hands, file: CaseFile) -> None:
    between = hands.between
    page_of(hands.at(between.desk, Place("case", file.case.id)))._act("cover")
    dialog = dialog_of(hands.shells[between.desk.name])
    until = find(dialog, DateEditor, "give_until_box")
    until.set_value((dates.today() - timedelta(days=1)).isoformat())
    path = hands.will_save("nichts.kimh")
    click(dialog, "dialog_accept")
    assert dialog.isVisible()
    assert not path.exists()


def test_a_receipt_and_a_pack_of_the_kreis_are_read_in_the_same_place(hands: Hands, file: CaseFile) -> None:
    between = hands.between
    known = between.exchange(between.desk)
    [result] = known.carry(known.export(now=dates.now()).path, now=dates.now())
    assert result.receipt
    shell = hands.read(between.desk, result.receipt)
    assert any("Quittung" in told for told in toasts(shell))
    pack = between.home / "stick" / "stammdaten.kimp"
    pack.write_bytes(publish(known, changed(answer_days=14)).file)
    shell = hands.read(between.desk, pack)
    dialog = dialog_of(shell)
    click(dialog, "dialog_accept")
    settle()
    assert any("Stammdaten" in told for told in toasts(shell))


def test_what_is_no_file_of_ours_is_said(hands: Hands, file: CaseFile) -> None:
    letter = hands.between.home / "Brief.txt"
    letter.write_text("Guten Tag", encoding="utf-8")
    shell = hands.read(hands.between.desk, letter)
    assert "keine KIMdesk-Datei" in find(shell, QWidget, "handover_problem").accessibleName()
