"""What the tests of Zugänge do again and again."""

import shutil
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QWidget

from kimdesk import vault
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import VaultError
from kimdesk.store import audit
from tests.ui.hands import click, find
from tests.ui.page_help import dialog_of
from ui.kit.dialog import Dialog
from ui.kit.state import Notice
from ui.shell import Shell

OTHER = "wolke turnier lampe gabel kiesel ofen"
NEW = "salbei mikado palme notieren knick sopran"
SAFE = "tinte ferse kanal wiese robbe insel"


def texts(top: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in top.findChildren(QLabel) if label.isVisibleTo(top))


def said(top: QWidget, name: str) -> str:
    return find(top, Notice, name).accessibleName()


def actions(desk: Desk) -> list[str]:
    with desk.reading() as reader:
        return [entry.action for entry in audit.entries(reader.connection)]


def asked(shell: Shell, button: str) -> Dialog:
    """Press ``button`` and return the dialog it opens."""
    click(shell, button)
    dialog = dialog_of(shell)
    assert isinstance(dialog, Dialog)
    return dialog


def fill(top: QWidget, **fields: str) -> None:
    for name, text in fields.items():
        find(top, QLineEdit, name).setText(text)


def choose_passphrase(top: QWidget, passphrase: str) -> None:
    fill(top, new_passphrase=passphrase, repeat_passphrase=passphrase)
    QTest.qWait(250)  # the strength is rated when the typing pauses


def opens(folder: Path, passphrase: str) -> bool:
    """Say whether ``passphrase`` opens a copy of the vault in ``folder``; its own is open here."""
    copy = folder.with_name("copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("lock*", "data.db-*"))
    try:
        vault.change_passphrase(copy, passphrase, passphrase)
    except VaultError as refusal:
        if refusal.code == "E001":
            return False
        raise
    return True


def save_to(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))


def choose_file(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))


def code_in(path: Path) -> str:
    """Return the code printed on a sheet."""
    document = pypdfium2.PdfDocument(path)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    after = "Wiederherstellungscode" if "von 3" not in text else "Code des Blatts "
    return str(text).split(after)[1].split("Im Code")[0].lstrip("123").strip().replace("\r\n", " ")
