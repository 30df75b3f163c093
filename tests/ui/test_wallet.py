"""The papers of a case on the screen: what is missing on top, whose they are, who got them, the lists."""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QFileDialog, QLabel, QWidget

from kimdesk.casework import attachments, people, records, referrals
from kimdesk.casework.upkeep import history
from kimdesk.casework.wallet import WalletGroup, wallet_of
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import Attachment, Person, Referral
from kimdesk.domain.terms import ItemState, Role
from tests.scan_samples import pdf
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, sees, type_into
from ui.case.attachments.wallet_list import WalletList
from ui.kit.listing import ItemRole

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)

TODAY = date.today()  # noqa: DTZ011 - what the page shows as well


def refer(desk: "CaseDesk", service: str = "jobcenter") -> Referral:
    return referrals.prepare(
        desk.desk, desk.case.id, service, agency="Jobcenter Auental", purpose="livelihood",
        override_reason="Test",
    )  # fmt: skip


def paper(desk: "CaseDesk", document: str, **said: Any) -> Attachment:
    values = {"title": document, "original_at": "client", **said}
    return records.save(desk.desk, Attachment(case_id=desk.case.id, document=document, **values))


def rows(page: QWidget) -> list[str]:
    """Return what the list says, heads and rows."""
    model = find(page, WalletList, "scan_list").model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def go_to(page: QWidget, words: str) -> WalletList:
    """Put the keyboard on the row that begins with ``words``."""
    shown = find(page, WalletList, "scan_list")
    shown.setFocus()
    place = next(number for number, row in enumerate(rows(page)) if row.startswith(words))
    assert shown.model().index(place, 0).data(ItemRole.KEY)
    shown.setCurrentIndex(shown.model().index(place, 0))
    QApplication.processEvents()
    return shown


def test_what_is_missing_stands_on_top_and_the_numbers_add_up(case_desk: "CaseDesk") -> None:
    client = case_desk.file().client
    assert client
    refer(case_desk)
    lina = Person(family_name="Osman", given_names="Lina", birth_date=PartialDate(TODAY.year - 5, 1, 1))
    people.add_person(case_desk.desk, case_desk.case.id, lina, Role.CHILD)
    paper(case_desk, "passport", person_id=client.id, valid_until=TODAY + timedelta(100))
    paper(case_desk, "lease", household=True)
    page = case_desk.open("attachments")
    said = rows(page)
    assert said[0].startswith("Fehlt ")
    assert [each for each in said if each.startswith("Ausweis, Pass oder Aufenthaltstitel, Lina, 5 Jahre")]
    assert any(each.startswith("passport") and each.endswith("läuft bald ab") for each in said)
    owners = find(page, QWidget, "wallet_owners")
    counts = [int(each.text().rpartition("\u2002")[2]) for each in owners.findChildren(QAbstractButton)]
    assert counts[0] == sum(counts[1:])
    click(page, f"owner_{client.id}")
    assert all("Lina" not in each for each in rows(page))
    walk_accessible(page)


def test_a_missing_paper_is_added_where_it_is_missing(
    case_desk: "CaseDesk", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "scan.pdf").write_bytes(pdf())
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(tmp_path / "scan.pdf")], ""))
    client = case_desk.file().client
    assert client
    refer(case_desk)
    page = case_desk.open("attachments")
    shown = go_to(page, "Ausweis, Pass oder Aufenthaltstitel")
    assert not sees(page, "edit_attachment")  # the arrow keys ask for nothing
    QTest.keyClick(shown, Qt.Key.Key_Return)
    click(find(page, QDialog, "edit_attachment"), "save_record")
    QApplication.processEvents()
    [kept] = case_desk.file().attachments
    assert (kept.document, kept.person_id) == ("identity", client.id)
    [referral] = case_desk.file().referrals
    entry = next(one for one in referral.checklist if one.item == "identity")
    assert (entry.state, entry.proven) == (ItemState.PRESENT, True)
    assert not any(each.startswith("Ausweis, Pass") and each.endswith("fehlt") for each in rows(page))


def test_only_looking_at_a_scan_is_noted(case_desk: "CaseDesk") -> None:
    kept = attachments.attach(case_desk.desk, case_desk.case.id, pdf(), title="Pass")
    page = case_desk.open("attachments")
    go_to(page, "Pass")
    assert not sees(page, "scan_picture")
    assert viewed(case_desk) == []
    click(page, "view_scan")
    assert find(page, QLabel, "scan_page").text() == "Seite 1 von 1"
    assert viewed(case_desk) == [kept.id]


def viewed(desk: "CaseDesk") -> list[str]:
    found = history(desk.desk, desk.case.id)
    return [entry.record_id for entry in found if entry.action == "viewed"]


def test_the_original_is_where_it_was_handed_to(case_desk: "CaseDesk") -> None:
    refer(case_desk)
    paper(case_desk, "degree", title="Diplom")
    page = case_desk.open("attachments")
    go_to(page, "Diplom")
    click(page, "note_hand_over")
    dialog = find(page, QDialog, "hand_over_paper")
    click(dialog, "dialog_accept")
    assert case_desk.file().attachments[0].handed == ()
    type_into(dialog, "hand_over_to", "Frau Saleh, Übersetzerin")
    what = find(dialog, QComboBox, "hand_over_what")
    what.setCurrentIndex(what.findData("original"))
    what.activated.emit(what.currentIndex())
    click(dialog, "hand_over_receipt")
    click(dialog, "dialog_accept")
    QApplication.processEvents()
    [kept] = case_desk.file().attachments
    assert (kept.original_at, kept.original_with, kept.original_since) == (
        "third", "Frau Saleh, Übersetzerin", TODAY,
    )  # fmt: skip
    [given] = kept.handed
    assert (given.original, given.receipt, given.service) == (True, True, "")
    [row] = [each for each in rows(page) if each.startswith("Diplom")]
    assert "Original: Frau Saleh, Übersetzerin seit" in row
    assert "Original, quittiert" in row


def test_a_paper_without_a_scan_is_entered_and_gets_its_scan_later(
    case_desk: "CaseDesk", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "scan.pdf").write_bytes(pdf())
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(tmp_path / "scan.pdf")], ""))
    asked = paper(case_desk, "tax_id", title="Steuer-ID", original_at="", applied_on=TODAY)
    page = case_desk.open("attachments")
    assert rows(page)[0] == "Fehlt 1"
    assert rows(page)[1].endswith("beantragt")
    go_to(page, "Steuer-ID")
    assert not sees(page, "view_scan")
    assert not sees(page, "save_scan")
    click(page, "add_scan_to")
    click(find(page, QDialog, "edit_attachment"), "save_record")
    QApplication.processEvents()
    [kept] = case_desk.file().attachments
    assert (kept.id, bool(kept.sha256)) == (asked.id, True)
    assert rows(page)[0] == "Vorhanden 1"


def test_the_lists_say_how_much_is_there_and_lead_to_the_list(case_desk: "CaseDesk") -> None:
    referral = refer(case_desk)
    page = case_desk.open("attachments")
    wallet = wallet_of(SHIPPED, case_desk.file(), TODAY)
    [count] = wallet.lists
    assert len(count.missing) == count.needed - count.present
    told = {one.label for one in wallet.entries if one.group is WalletGroup.MISSING}
    assert told <= {line.paper.label for line in count.missing if line.paper}
    link = find(page, QAbstractButton, f"list_{referral.id}")
    assert f"{count.present} von {count.needed}" in link.accessibleName()


def test_nothing_of_a_paper_can_be_read_in_the_list(case_desk: "CaseDesk") -> None:
    attachments.attach(case_desk.desk, case_desk.case.id, pdf("Geheimes Wort"), title="Pass")
    page = case_desk.open("attachments")
    assert viewed(case_desk) == []
    assert all("Geheim" not in each for each in rows(page))


def test_large_text_keeps_every_word(case_desk: "CaseDesk", other_look: Any) -> None:
    other_look(zoom=2.0)
    case_desk.page = case_desk._make_page()
    refer(case_desk)
    paper(case_desk, "lease", title="Mietvertrag", household=True, valid_until=TODAY + timedelta(3))
    page = case_desk.open("attachments")
    assert any(each.startswith("Mietvertrag") for each in rows(page))
    assert len(walk_accessible(page)) > 10
