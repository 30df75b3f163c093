"""The Kreis edits its layer in the program and a desk works with it: typing and clicking, real vaults."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from kimdesk.casework import templates
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.kreis.stock import publishing
from tests.catalogue.layer_kit import table
from tests.sync.exchange import Exchange
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, leave, press_keys, sees, settle, type_into
from tests.ui.page_help import dialog_of, page_of, toasts
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)
ShellOn = Callable[..., Shell]


def words(widget: QWidget) -> str:
    return "\n".join(label.accessibleName() for label in widget.findChildren(QLabel) if label.isVisible())


def preview(shell: Shell) -> str:
    return words(find(shell, QWidget, "catalogue_preview"))


def open_document(shell: Shell, name: str) -> None:
    listed = find(shell, QListWidget, "catalogue_documents")
    row = next(row for row in range(listed.count()) if listed.item(row).text().startswith(name))
    listed.setFocus()
    listed.setCurrentRow(row)
    settle()


def choose(shell: QWidget, name: str, label: str) -> None:
    box = find(shell, QComboBox, name)
    box.setFocus()
    box.setCurrentIndex(box.findText(label))
    box.activated.emit(box.currentIndex())
    settle()


def replace(shell: QWidget, name: str, text: str) -> None:
    """Type ``text`` over what a field holds, and leave it."""
    line = find(shell, QLineEdit, name)
    line.setFocus()
    line.selectAll()
    press_keys(line, text)
    leave(line)


def kept(shell: Shell) -> None:
    """Wait until what was typed is kept."""
    QTest.qWait(500)
    settle()


def publish(shell: Shell, exchange: Exchange, monkeypatch: pytest.MonkeyPatch, note: str = "") -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(exchange.stick))
    click(shell, "publish")
    dialog = dialog_of(shell)
    walk_accessible(dialog)
    click(dialog, "publish_folder")
    if note:
        type_into(dialog, "publish_note", note)
    click(dialog, "dialog_accept")


def take(shell: Shell, exchange: Exchange, monkeypatch: pytest.MonkeyPatch, version: int) -> str:
    """Take the pack at the desk and return what the dialog said before."""
    path = exchange.stick / f"S-kreis-auental-{version}.kimp"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(path), ""))
    click(shell, "take_pack")
    told = words(dialog_of(shell))
    click(dialog_of(shell), "dialog_accept")
    return told


def test_a_service_is_changed_published_and_used(
    exchange: Exchange, shell_on: ShellOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    kreis = shell_on(exchange.kreis, "catalogue")
    walk_accessible(page_of(kreis))
    open_document(kreis, "Jobcenter")
    assert find(kreis, QLabel, "document_title").accessibleName() == "Jobcenter"
    replace(kreis, "field_service_answer_days", "14")
    type_into(kreis, "field_service_hint", "Bitte bis 12 Uhr abgeben.")
    click(kreis, "add_item")
    items = kreis.findChildren(QLineEdit)
    new = [each for each in items if each.objectName().endswith("_label") and not each.text()][-1]
    new.setFocus()
    press_keys(new, "Gebührenbescheid der Unterkunft")
    kept(kreis)
    assert "Antwort erwartet in 14 Tagen" in preview(kreis)
    assert "Bitte bis 12 Uhr abgeben." in preview(kreis)
    assert exchange.desk.catalogue.service("jobcenter").answer_days == 21
    publish(kreis, exchange, monkeypatch, note="Neu ab heute.")
    assert any("Fassung 1, sind veröffentlicht" in each for each in toasts(kreis))
    desk = shell_on(exchange.desk, "settings")
    told = take(desk, exchange, monkeypatch, 1)
    assert "Neu ab heute." in told
    assert "Unterlage „Gebührenbescheid der Unterkunft“" in told
    service = exchange.desk.catalogue.service("jobcenter")
    assert (service.answer_days, "Bitte bis 12 Uhr abgeben." in service.hint) == (14, True)
    assert "Gebührenbescheid der Unterkunft" in [item.label for item in service.items]


def test_a_service_of_their_own_is_added_and_taken_out_again(
    exchange: Exchange, shell_on: ShellOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    kreis = shell_on(exchange.kreis, "catalogue")
    click(kreis, "add_document")
    type_into(dialog_of(kreis), "document_name", "Stadtteilmütter")
    click(dialog_of(kreis), "dialog_accept")
    assert (
        "So lässt es sich noch nicht veröffentlichen"
        in find(kreis, QWidget, "catalogue_problem").accessibleName()
    )
    told = find(kreis, QWidget, "catalogue_problem").accessibleName()
    assert "Stelle „Stadtteilmütter“: Angebot fehlt." in told
    assert not find(kreis, QPushButton, "publish").isEnabled()
    replace(kreis, "field_service_offer", "Begleitung in der Muttersprache")
    replace(kreis, "field_service_source", "Kreis Auental")
    click(kreis, "field_service_purposes_counselling")
    kept(kreis)
    assert not sees(kreis, "catalogue_problem")
    assert "Stadtteilmütter" in preview(kreis)
    publish(kreis, exchange, monkeypatch)
    desk = shell_on(exchange.desk, "settings")
    take(desk, exchange, monkeypatch, 1)
    assert "Stadtteilmütter" in [one.name for one in exchange.desk.catalogue.services()]
    open_document(kreis, "Stadtteilmütter")
    click(kreis, "end_document")
    kept(kreis)
    assert publishing.draft(exchange.kreis).begun
    click(kreis, "drop_draft")
    click(dialog_of(kreis), "dialog_reject")
    assert publishing.draft(exchange.kreis).begun
    click(kreis, "drop_draft")
    click(dialog_of(kreis), "dialog_accept")
    assert not publishing.draft(exchange.kreis).begun


def test_a_form_gets_a_question_that_is_asked_when_another_is_answered(
    exchange: Exchange, shell_on: ShellOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    kreis = shell_on(exchange.kreis, "catalogue")
    choose(kreis, "catalogue_folder", "Formulare")
    open_document(kreis, "Erstberatung")
    click(kreis, "add_field")
    number = len(exchange.kreis.catalogue.form("intake").sections[0].fields)
    new = find(kreis, QLineEdit, f"field_field_{number}_label")
    new.setFocus()
    press_keys(new, "Welche Unterkunft?")
    choose(kreis, f"field_field_{number}_when_field", "Sofortbedarf")
    kept(kreis)
    publish(kreis, exchange, monkeypatch)
    desk = shell_on(exchange.desk, "settings")
    assert "Formular „Erstberatung“" in take(desk, exchange, monkeypatch, 1)
    form = exchange.desk.catalogue.form("intake")
    asked = form.sections[0].fields[-1]
    assert (form.version, asked.label) == (SHIPPED.form("intake").version + 1, "Welche Unterkunft?")
    assert exchange.desk.catalogue.form("intake", 1).sections[0].field(asked.id) is None


def test_papers_change_their_order(exchange: Exchange, shell_on: ShellOn) -> None:
    kreis = shell_on(exchange.kreis, "catalogue")
    open_document(kreis, "Jobcenter")
    before = [item["label"] for item in table("services/jobcenter.toml")["item"]]
    click(kreis, "move_up_item_2")
    kept(kreis)
    draft = publishing.draft(exchange.kreis).documents["services/jobcenter.toml"]
    assert [item["label"] for item in draft["item"]][:3] == [before[0], before[2], before[1]]
    assert "Reihenfolge der Unterlagen" in words(page_of(kreis))


def test_a_list_that_has_no_entry_yet_disturbs_nothing(exchange: Exchange, shell_on: ShellOn) -> None:
    kreis = shell_on(exchange.kreis, "catalogue")
    choose(kreis, "catalogue_folder", "Auswahllisten")
    click(kreis, "add_document")
    type_into(dialog_of(kreis), "document_name", "Wohnform")
    click(dialog_of(kreis), "dialog_accept")
    assert (
        "Auswahlliste „Wohnform“: Eintrag fehlt."
        in find(kreis, QWidget, "catalogue_problem").accessibleName()
    )
    choose(kreis, "catalogue_folder", "Formulare")
    open_document(kreis, "Erstberatung")
    click(kreis, "add_field")
    number = len(exchange.kreis.catalogue.form("intake").sections[0].fields)
    choose(kreis, f"field_field_{number}_type", "eine aus einer Liste")
    choose(kreis, f"field_field_{number}_choices", "Wohnform")
    kept(kreis)
    open_document(kreis, "Assessment")
    open_document(kreis, "Erstberatung")
    choose(kreis, "catalogue_folder", "Auswahllisten")
    open_document(kreis, "Wohnform")
    click(kreis, "add_code")
    count = len(publishing.draft(exchange.kreis).documents["codelists/wohnform.toml"]["code"])
    replace(kreis, f"field_code_{count}_label", "Unterkunft der Gemeinde")
    replace(kreis, "field_list_source", "Kreis Auental")
    choose(kreis, "catalogue_folder", "Formulare")
    open_document(kreis, "Erstberatung")
    replace(kreis, f"field_field_{number}_label", "Wie wohnt die Person?")
    kept(kreis)
    assert not sees(kreis, "catalogue_problem")
    assert "Wie wohnt die Person?" in preview(kreis)


def test_what_is_shipped_cannot_be_removed_and_is_renamed(exchange: Exchange, shell_on: ShellOn) -> None:
    kreis = shell_on(exchange.kreis, "catalogue")
    choose(kreis, "catalogue_folder", "Formulare")
    open_document(kreis, "Erstberatung")
    click(kreis, "remove_field_0")
    assert any("nicht streichen" in each for each in toasts(kreis))
    kept(kreis)
    assert not publishing.draft(exchange.kreis).begun
    replace(kreis, "field_section_title", "Worum geht es?")
    kept(kreis)
    assert "Worum geht es?" in preview(kreis)
    click(kreis, "reset_document")
    kept(kreis)
    assert publishing.draft(exchange.kreis).documents == {}


def test_the_page_is_used_with_the_keyboard(exchange: Exchange, shell_on: ShellOn) -> None:
    kreis = shell_on(exchange.kreis, "catalogue")
    listed = find(kreis, QListWidget, "catalogue_documents")
    listed.setFocus()
    first = find(kreis, QLabel, "document_title").accessibleName()
    QTest.keyClick(listed, Qt.Key.Key_Down)
    settle()
    assert find(kreis, QLabel, "document_title").accessibleName() != first
    assert find(kreis, QPlainTextEdit, "field_service_hint").accessibleName()


def test_a_chain_of_their_own_is_planned_with_at_a_desk(
    exchange: Exchange, shell_on: ShellOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    kreis = shell_on(exchange.kreis, "catalogue")
    choose(kreis, "catalogue_folder", "Ketten")
    click(kreis, "add_document")
    type_into(dialog_of(kreis), "document_name", "Führerschein umschreiben")
    click(dialog_of(kreis), "dialog_accept")
    problem = find(kreis, QWidget, "catalogue_problem").accessibleName()
    assert "Kette „Führerschein umschreiben“: Lebensbereich fehlt." in problem
    kreis.activateWindow()
    choose(kreis, "field_chain_life_domain", exchange.kreis.catalogue.code_list("life_domain").codes[0].label)
    replace(kreis, "field_chain_source", "Kreis Auental")
    for number, (title, after, days) in enumerate((("Übersetzung", "0", "14"), ("Antrag", "14", "30"))):
        if number:
            click(kreis, "add_link")
        replace(kreis, f"field_link_{number}_title", title)
        replace(kreis, f"field_link_{number}_after", after)
        replace(kreis, f"field_link_{number}_days", days)
        settle()
    click(kreis, "field_link_1_requires_ubersetzung")
    kept(kreis)
    assert not sees(kreis, "catalogue_problem")
    assert "Antrag" in preview(kreis)
    walk_accessible(page_of(kreis))
    publish(kreis, exchange, monkeypatch)
    desk = shell_on(exchange.desk, "settings")
    take(desk, exchange, monkeypatch, 1)
    links = exchange.desk.catalogue.template("fuhrerschein_umschreiben").links
    assert [(link.title, link.requires) for link in links] == [
        ("Übersetzung", ()),
        ("Antrag", ("ubersetzung",)),
    ]


def test_a_section_is_moved_and_one_of_their_own_goes_again(exchange: Exchange, shell_on: ShellOn) -> None:
    kreis = shell_on(exchange.kreis, "catalogue")
    choose(kreis, "catalogue_folder", "Formulare")
    open_document(kreis, "Erstberatung")
    before = [one.title for one in exchange.kreis.catalogue.form("intake").sections]
    click(kreis, "section_down")
    kept(kreis)

    def titles() -> list[str]:
        form = publishing.draft(exchange.kreis).documents["forms/intake.toml"]
        return [one["title"] for one in form["section"]]

    assert titles()[:2] == [before[1], before[0]]
    assert "Reihenfolge der Abschnitte" in words(page_of(kreis))
    click(kreis, "remove_section")
    assert any("nicht streichen" in each for each in toasts(kreis))
    click(kreis, "add_form_section")
    kept(kreis)
    assert len(titles()) == len(before) + 1
    click(kreis, "remove_section")
    kept(kreis)
    assert len(titles()) == len(before)


def test_a_paper_hangs_on_an_answer_and_an_example_shows_it(exchange: Exchange, shell_on: ShellOn) -> None:
    kreis = shell_on(exchange.kreis, "catalogue")
    open_document(kreis, "Jobcenter")
    click(kreis, "add_item")
    number = len(table("services/jobcenter.toml")["item"])
    replace(kreis, f"field_item_{number}_label", "Hausordnung")
    choose(kreis, f"field_item_{number}_when_field", "Erstberatung › Einstufung")
    click(kreis, f"field_item_{number}_when_answer_rejected")
    kept(kreis)
    assert not sees(kreis, "catalogue_problem")
    new = publishing.draft(exchange.kreis).documents["services/jobcenter.toml"]["item"][-1]
    assert new["when"] == {"form": "intake", "field": "check.classification", "in": ["rejected"]}
    assert "wenn: Einstufung" in "\n".join(papers(kreis))
    assert not any("nicht nötig" in each for each in papers(kreis) if "Hausordnung" in each)
    box = find(kreis, QComboBox, "preview_example")
    choose(kreis, "preview_example", box.itemText(1))
    [shown] = [each for each in papers(kreis) if "Hausordnung" in each]
    assert "nicht nötig" in shown


def papers(shell: Shell) -> list[str]:
    """Return the rows of the checklist in the preview."""
    model = find(shell, QWidget, "catalogue_preview").findChildren(QListView)[-1].model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_a_checklist_of_a_change_is_said_otherwise(exchange: Exchange, shell_on: ShellOn) -> None:
    kreis = shell_on(exchange.kreis, "catalogue")
    choose(kreis, "catalogue_folder", "Checklisten für Wechsel")
    open_document(kreis, "AsylbLG → SGB\u00a0II")
    replace(kreis, "field_item_0_label", "Antrag beim Jobcenter abgegeben")
    kept(kreis)
    assert any("Antrag beim Jobcenter abgegeben" in each for each in papers(kreis))
    assert "künftig: Antrag beim Jobcenter abgegeben" in words(page_of(kreis))
    click(kreis, "remove_item_0")
    assert any("nicht streichen" in each for each in toasts(kreis))


def test_what_was_published_is_written_once_more(
    exchange: Exchange, shell_on: ShellOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    publishing.publish(exchange.kreis)
    kreis = shell_on(exchange.kreis, "catalogue")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(exchange.home / "nowhere"))
    click(kreis, "write_again")
    assert sees(kreis, "catalogue_problem")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(exchange.stick))
    click(kreis, "write_again")
    [made] = publishing.published(exchange.kreis)
    assert [path.read_bytes() for path in exchange.stick.iterdir()] == [made.file]
    assert toasts(kreis) == ["Fassung 1 liegt noch einmal auf dem Datenträger."]


def test_a_template_of_a_letter_is_worded_published_and_used(
    exchange: Exchange, shell_on: ShellOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    kreis = shell_on(exchange.kreis, "catalogue")
    choose(kreis, "catalogue_folder", "Vorlagen für Briefe")
    click(kreis, "add_document")
    type_into(dialog_of(kreis), "document_name", "Sommerfest")
    click(dialog_of(kreis), "dialog_accept")
    assert not find(kreis, QPushButton, "publish").isEnabled()
    replace(kreis, "field_template_subject", "Einladung zum Sommerfest")
    text = find(kreis, QPlainTextEdit, "field_template_body")
    text.setFocus()
    press_keys(text, "Guten Tag {addressed}, wir freuen uns auf Sie.")
    leave(text)
    kept(kreis)
    assert "Guten Tag Frau Muster, wir freuen uns auf Sie." in preview(kreis)
    assert "{born} Geburtsdatum" in preview(kreis)
    publish(kreis, exchange, monkeypatch)
    desk = shell_on(exchange.desk, "settings")
    assert "Vorlage „Sommerfest“" in take(desk, exchange, monkeypatch, 1)
    shared = {each.template.title: each.own for each in templates.every(exchange.desk)}
    assert shared["Sommerfest"] is False
