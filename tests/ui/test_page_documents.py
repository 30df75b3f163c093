"""Case documents are taken in through the window: looked at first, each entry with its fate."""

import json
import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLabel, QWidget

from kimdesk.casework import cases
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import Person
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, sees, settle
from ui.pages.documents.page import DocumentsPage
from ui.pages.person_list.page import PersonListPage
from ui.places import Place
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)

ShellOn = Callable[..., Shell]


def _words(top: QWidget) -> str:
    return "\n".join(label.text() for label in top.findChildren(QLabel) if label.isVisibleTo(top))


def test_each_entry_has_its_fate_before_and_after(blank: Desk, shell_on: ShellOn, tmp_path: Path) -> None:
    case = cases.open_new(blank, Person(family_name="Osman", given_names="Amna"))
    client = cases.peek(blank, case.id).client
    assert client
    docs = [
        {"id": "new", "persons": [{"family_name": "Neu", "role": "client"}]},
        {"id": "bad", "opened_on": "9999-12-31"},
        {"id": "other", "file_number": "KRE-7", "persons": [{"id": client.id, "given_names": "Amira"}]},
    ]
    path = tmp_path / "faelle.json"
    path.write_text("[" + ",\n".join(json.dumps(each) for each in docs) + "]", encoding="utf-8")
    shell = shell_on(blank)
    shell.navigate(Place("person_list"))
    settle()
    lists = shell.current_page()
    assert isinstance(lists, PersonListPage)
    lists.open_file(path)
    settle()
    page = shell.current_page()
    assert isinstance(page, DocumentsPage)
    walk_accessible(page)
    told = _words(page)
    for words in ("2 Einträge lassen sich übernehmen", "opened_on", "Zeile 2", "1 Angabe widerspricht"):
        assert words in told
    assert cases.count(blank, CaseQuery(status="")) == 1  # nothing is stored yet
    assert not sees(page, "open_2")
    if folder := os.environ.get("KIMDESK_PICTURES"):
        shell.grab().save(f"{folder}/documents.png")
    click(page, "take_documents")
    settle()
    assert "2 Einträge sind übernommen" in _words(page)
    assert cases.count(blank, CaseQuery(status="")) == 3
    click(page, "open_2")
    settle()
    case_page = shell.current_page()
    assert case_page is not None
    assert "Amira" in _words(find(case_page, QWidget, "two_versions"))


def test_a_file_that_is_none_is_said_to_be_so(blank: Desk, shell_on: ShellOn, tmp_path: Path) -> None:
    (tmp_path / "leer.json").write_text("")
    shell = shell_on(blank)
    shell.navigate(Place("documents", key=str(tmp_path / "leer.json")))
    settle()
    page = shell.current_page()
    assert page is not None
    assert "Diese Datei ist leer" in _words(find(page, QWidget, "documents_result"))
    assert not sees(page, "take_documents")
