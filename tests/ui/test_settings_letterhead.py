"""Einstellungen: the letterhead is typed, seen, kept, and a picture that is none is refused."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from kimdesk.casework.desk import Desk
from kimdesk.casework.letterhead import letterhead
from tests.ui.page_fixtures import blank, blank_template, shell_on
from ui.kit.state import Notice
from ui.pages.settings.head_preview import HeadPreview
from ui.shell import Shell

__all__ = ["blank", "blank_template", "shell_on"]

OpenShell = Callable[..., Shell]


def _found(shell: Shell, kind: type[QWidget], name: str) -> QWidget:
    found = shell.findChild(kind, name)
    assert found is not None
    return found


def _click(shell: Shell, name: str) -> None:
    button = _found(shell, QAbstractButton, name)
    assert isinstance(button, QAbstractButton)
    button.click()


def _write(shell: Shell, name: str, lines: str) -> None:
    editor = _found(shell, QPlainTextEdit, name)
    assert isinstance(editor, QPlainTextEdit)
    editor.setPlainText(lines)


def _choose(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(lambda *_: (str(file), "")))


def test_a_letterhead_is_typed_seen_and_kept(
    shell_on: OpenShell, blank: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = shell_on(blank, "settings")
    name = _found(shell, QLineEdit, "letterhead_name")
    assert isinstance(name, QLineEdit)
    assert name.text() == blank.name
    name.selectAll()
    QTest.keyClicks(name, "Gemeinde Eschenried")
    _write(shell, "letterhead_address", "Am Kirchplatz 1\n05904 Eschenried")
    _write(shell, "letterhead_officer", "Dr. Uta Stern\n05999 400-10")
    told = _found(shell, HeadPreview, "letterhead_preview").accessibleDescription()
    assert "Gemeinde Eschenried" in told
    assert "05904 Eschenried" in told
    picture = BytesIO()
    Image.new("RGB", (40, 20), "teal").save(picture, "PNG")
    (tmp_path / "wappen.png").write_bytes(picture.getvalue())
    _choose(monkeypatch, tmp_path / "wappen.png")
    _click(shell, "letterhead_choose_logo")
    _click(shell, "save_letterhead")
    kept = letterhead(blank)
    assert kept.name == "Gemeinde Eschenried"
    assert kept.address == ("Am Kirchplatz 1", "05904 Eschenried")
    assert kept.officer == ("Dr. Uta Stern", "05999 400-10")
    assert kept.logo.startswith(b"\x89PNG")
    _click(shell, "letterhead_drop_logo")
    _click(shell, "save_letterhead")
    assert letterhead(blank).logo == b""


def test_what_is_no_logo_or_too_much_is_said_and_nothing_kept(
    shell_on: OpenShell, blank: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = shell_on(blank, "settings")
    notice = _found(shell, Notice, "letterhead_notice")
    (tmp_path / "brief.txt").write_text("kein Bild")
    _choose(monkeypatch, tmp_path / "brief.txt")
    _click(shell, "letterhead_choose_logo")
    assert not notice.isHidden()
    before = letterhead(blank)
    _write(shell, "letterhead_foot", "a\nb\nc\nd\ne")
    _click(shell, "save_letterhead")
    assert not notice.isHidden()
    assert letterhead(blank) == before
