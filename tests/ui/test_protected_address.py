"""Where somebody in a case is protected, street, postcode and phone stand nowhere until asked for."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from kimdesk.casework import cases, exchange, people, records, trail
from kimdesk.casework.case_export import write_csv
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.documents import audit_report, papers
from kimdesk.documents.papers import PaperWish
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import (
    Case,
    Consent,
    Contact,
    FollowUp,
    Goal,
    Measure,
    Person,
    ResidenceSpell,
)
from kimdesk.domain.terms import Phase, Role, SharingLevel
from kimdesk.sync.leaving.preview import preview
from kimdesk.texts.preview import PreviewWords
from tests.casework.seen import row_title
from tests.ui.hands import click, find, sees
from tests.ui.places import in_case
from ui.case.tabs import KEYS
from ui.pages import PAGES
from ui.places import Place
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)

ShellOn = Callable[..., Shell]
TODAY = date.today()  # noqa: DTZ011
SECRETS = ("Geheimweg", "59123", "0171 9988776", "Altgasse", "wo@example.org", "Versteckhausen")
ADDRESS = {"street": "Geheimweg 77", "postcode": "59123", "city": "Versteckhausen",
           "phone": "0171 9988776", "email": "wo@example.org"}  # fmt: skip


@pytest.fixture
def case(blank: Desk) -> Case:
    """A case whose client is open and whose child is protected; the address is that of both."""
    client = Person(
        family_name="Osman", given_names="Amna", birth_date=PartialDate(1992), street="Altgasse 3", city="Alt"
    )
    made = cases.open_new(blank, client)
    stored = cases.peek(blank, made.id).client
    assert stored
    moved = records.save(blank, replace(stored, **ADDRESS))  # type: ignore[arg-type]
    child = Person(family_name="Osman", given_names="Lina", protected=True, **ADDRESS)  # type: ignore[arg-type]
    people.add_person(blank, made.id, child, Role.CHILD)
    for record in (
        Goal(case_id=made.id, text="In Sicherheit wohnen", number=1, life_domain="housing"),
        Measure(case_id=made.id, title="Wohnung suchen", starts_on=TODAY, due_on=TODAY),
        Contact(case_id=made.id, held_on=TODAY, content="Gespräch"),
        FollowUp(case_id=made.id, due_on=TODAY, title="Termin"),
        ResidenceSpell(case_id=made.id, person_id=moved.id, status="permit"),
        Consent(case_id=made.id, recipient="ki", purpose="reporting", given_on=TODAY,
                kinds=("person", "household"), level=SharingLevel.IDENTIFIED),
    ):  # fmt: skip
        records.save(blank, record)
    return made


def told(top: QWidget) -> Iterator[str]:
    """Yield every text at ``top`` and below it, shown or hidden, with tool tips and what is read aloud."""
    for widget in [top, *top.findChildren(QWidget)]:
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        yield widget.windowTitle()
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            yield widget.text()
        elif isinstance(widget, QPlainTextEdit | QTextEdit):
            yield widget.toPlainText()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(index) for index in range(widget.count()))
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from cells(widget)


def cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for row in range(min(model.rowCount(), 200)):
        for column in range(model.columnCount() if isinstance(model, QAbstractTableModel) else 1):
            index = model.index(row, column)
            for role in (*range(16), *range(Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 24)):
                yield str(index.data(role) or "")


def assert_hidden(top: QWidget, place: str) -> None:
    QApplication.processEvents()
    for words in told(top):
        assert not [secret for secret in SECRETS if secret in words], f"{place}: {words}"


def close_dialogs(shell: Shell) -> None:
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog) and dialog.isVisible():
            dialog.close()
    QApplication.processEvents()


def test_no_page_and_no_tab_shows_it(blank: Desk, shell_on: ShellOn, case: Case) -> None:
    shell = shell_on(blank, "today")
    for page in PAGES:
        if "desk" in page.roles and page.key != "case":
            shell.navigate(Place(page.key))
            assert_hidden(shell, page.key)
    for place in (*KEYS, *Phase):
        shell.navigate(in_case(case.id, place))
        assert_hidden(shell, place)
    shell.navigate(Place("trail", key=case.file_number))
    assert_hidden(shell, "trail")


def test_no_dialog_of_a_record_shows_it(blank: Desk, shell_on: ShellOn, case: Case) -> None:
    file = cases.peek(blank, case.id)
    shell = shell_on(blank, Place("case", case.id, "people"))
    found = [("measure", one.id) for one in file.measures] + [("goal", one.id) for one in file.goals]
    found += [("person", one.id) for one in file.persons] + [("follow_up", one.id) for one in file.follow_ups]
    for kind, key in found:
        shell.navigate(Place("case", case.id, kind=kind, key=key))
        assert_hidden(shell, kind)
        if sees(shell, "show_earlier"):
            click(find(shell, QDialog, f"edit_{kind}"), "show_earlier")
            assert_hidden(shell, f"earlier values of {kind}")
        close_dialogs(shell)


def test_searching_and_merging_do_not_show_it(blank: Desk, shell_on: ShellOn, case: Case) -> None:
    other = cases.open_new(blank, Person(family_name="Ossman", given_names="Amna", street="Geheimweg 77"))
    twin, client = (cases.peek(blank, one.id).client for one in (other, case))
    assert twin
    assert client
    shell = shell_on(blank, "cases")
    click(shell, "new_case")
    dialog = find(shell, QDialog, "new_case_dialog")
    find(dialog, QLineEdit, "new_family_name").setText("Osman")
    dialog.findChild(QWidget, "similar_persons").parent().look()  # type: ignore[union-attr]
    find(dialog, QWidget, f"row_{client.id}")
    assert_hidden(shell, "new case")
    close_dialogs(shell)
    shell.navigate(Place("case", case.id, "people"))
    click(shell, f"edit_merge_{client.id}")
    merge = find(shell, QDialog, "merge_dialog")
    click(merge, f"compare_{twin.id}")
    assert_hidden(shell, "merge")


def test_the_client_screen_does_not_show_it(blank: Desk, shell_on: ShellOn, case: Case) -> None:
    blurted = Goal(case_id=case.id, number=2, text="Sicher bleiben in Versteckhausen, Geheimweg 77")
    records.save(blank, blurted)
    shell = shell_on(blank, Place("case", case.id, "plan"))
    click(shell, "show_client_screen")
    screens = [one for one in QApplication.topLevelWidgets() if type(one).__name__ == "ClientScreen"]
    assert_hidden(screens[-1], "client screen")
    screens[-1].reject()  # type: ignore[attr-defined]


def test_nothing_that_leaves_or_is_printed_shows_it(blank: Desk, case: Case, tmp_path: Path) -> None:
    file, speaker = cases.peek(blank, case.id), PreviewWords(blank.catalogue)
    written = [
        json.dumps(exchange.document(file), ensure_ascii=False),
        "\n".join(json.dumps(speaker.plain(line), ensure_ascii=False) for line in preview(blank).leaves),
    ]
    write_csv(blank, CaseQuery(), tmp_path / "list.csv", ["Name"], lambda row: [row.name, row_title(row)])
    written.append((tmp_path / "list.csv").read_text(encoding="utf-8-sig"))
    audit_report.save(blank, tmp_path / "trail.pdf", trail.Filter(case_id=case.id), version="1")
    papers.save(blank, "handover-protocol", file.case.id, tmp_path / "handover.pdf", PaperWish())
    for name in ("trail.pdf", "handover.pdf"):
        with pypdfium2.PdfDocument(tmp_path / name) as pdf:
            written += [page.get_textpage().get_text_range() for page in pdf]
    for words in written:
        assert words.strip()
        assert not [secret for secret in SECRETS if secret in words], words[:200]


def test_in_the_persons_own_form_it_is_shown_after_asking_and_that_is_noted(
    blank: Desk, shell_on: ShellOn, case: Case
) -> None:
    client = cases.peek(blank, case.id).client
    assert client
    shell = shell_on(blank, Place("case", case.id, kind="person", key=client.id))
    dialog = find(shell, QDialog, "edit_person")
    assert not sees(dialog, "field_address_street")
    click(dialog, "show_address")
    assert find(dialog, QLineEdit, "field_address_street").text() == "Geheimweg 77"
    assert find(dialog, QLineEdit, "field_contact_phone").text() == "0171 9988776"
    shown = trail.page(blank, trail.Filter(case_id=case.id)).lines
    assert "address_shown" in [line.action for line in shown]


def test_saving_without_looking_keeps_the_address(blank: Desk, shell_on: ShellOn, case: Case) -> None:
    client = cases.peek(blank, case.id).client
    assert client
    shell = shell_on(blank, Place("case", case.id, kind="person", key=client.id))
    dialog = find(shell, QDialog, "edit_person")
    find(dialog, QLineEdit, "field_name_call_name").setText("Ami")
    click(dialog, "save_record")
    stored = records.get(blank, Person, client.id)
    assert (stored.street, stored.phone) == ("Geheimweg 77", "0171 9988776")


def test_a_case_without_protection_shows_its_address_plainly(blank: Desk, shell_on: ShellOn) -> None:
    case = cases.open_new(blank, Person(family_name="Osman", **ADDRESS))  # type: ignore[arg-type]
    shell = shell_on(blank, Place("case", case.id, "people"))
    assert any("Geheimweg 77" in words for words in told(shell))
