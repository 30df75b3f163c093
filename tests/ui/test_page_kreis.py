"""The pages of the Kreis: what came in, what came of it, who may write at all."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QTableView, QWidget

from kimdesk import kreis, sync
from kimdesk.casework.desk import Desk
from tests.conftest import PASSPHRASE
from tests.kreis.forging import CASE, forge, line
from tests.sync.exchange import Exchange
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, is_closed, settle
from tests.ui.page_help import dialog_of, page_of, toasts, today
from ui.pages.desks.table import DeskList
from ui.pages.inbox.table import ARRIVED, RECEIPT, RESULT, WHO, FilesTable
from ui.places import Place
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)
ShellOn = Callable[..., Shell]


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the file dialogs of the system answer: ``system(open=…, save=…, many=…, folder=…)``."""
    verbs = {"open": "getOpenFileName", "save": "getSaveFileName"}

    def system(**answers: object) -> None:
        for kind, answer in answers.items():
            if kind == "many":
                files = [str(path) for path in answer]  # type: ignore[attr-defined]
                monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, files=files: (files, ""))
            elif kind == "folder":
                monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, at=str(answer): at)
            else:
                monkeypatch.setattr(QFileDialog, verbs[kind], lambda *_, at=str(answer): (at, ""))

    return system


def written(exchange: Exchange, family: str = "Osman") -> Path:
    """Return a package with one case."""
    exchange.case(family, given_on=today())
    return sync.export(exchange.desk, exchange.stick).path


def rows(shell: Shell) -> list[tuple[str, str, str]]:
    """Return desk, result and receipt of every file in the table."""
    model = find(shell, FilesTable, "received_files").model()
    return [
        tuple(model.index(row, column).data() for column in (WHO, RESULT, RECEIPT))
        for row in range(model.rowCount())
    ]


def test_a_package_is_read_in_and_its_result_stands_in_the_table(
    exchange: Exchange, shell_on: ShellOn, system: Callable[..., None]
) -> None:
    package = written(exchange)
    shell = shell_on(exchange.kreis, "inbox")
    system(many=[package])
    click(shell, "read_stick")
    [(desk, result, receipt)] = rows(shell)
    assert (desk, receipt) == ("Eschenried", "geschrieben")
    assert result.endswith("Änderungen übernommen")
    assert toasts(shell) == ["1 übernommen"]
    assert list(exchange.stick.glob("*.kimr")), "the receipt lies beside the package"
    assert any("Summen stimmen überein" in label.accessibleName() for label in shell.findChildren(QLabel))


def test_the_same_package_again_changes_nothing(
    exchange: Exchange, shell_on: ShellOn, system: Callable[..., None]
) -> None:
    package = written(exchange)
    shell = shell_on(exchange.kreis, "inbox")
    system(many=[package])
    click(shell, "read_stick")
    click(shell, "read_stick")
    assert rows(shell)[0][1] == "schon bekannt, nichts geändert"


def test_a_broken_file_is_said_and_changes_nothing(
    exchange: Exchange, shell_on: ShellOn, system: Callable[..., None]
) -> None:
    package = written(exchange)
    package.write_bytes(package.read_bytes()[:-20])
    shell = shell_on(exchange.kreis, "inbox")
    system(many=[package])
    click(shell, "read_stick")
    [(who, result, receipt)] = rows(shell)
    assert (who, receipt) == (package.name, "–")
    assert result == "Die Datei ist nicht vollständig: Ihr Ende fehlt"
    assert exchange.rows_held() == 0


def test_a_folder_is_checked_for_what_is_new(
    exchange: Exchange, shell_on: ShellOn, system: Callable[..., None]
) -> None:
    written(exchange)
    shell = shell_on(exchange.kreis, "inbox")
    system(folder=exchange.stick)
    click(shell, "check_folder")
    assert len(rows(shell)) == 1
    click(shell, "check_folder")
    assert len(rows(shell)) == 1, "known files are not read in again"
    assert toasts(shell) == ["Dort liegt nichts Neues."]


def test_a_renamed_package_is_found_and_a_wrong_stick_is_said(
    exchange: Exchange, shell_on: ShellOn, system: Callable[..., None]
) -> None:
    shell = shell_on(exchange.kreis, "inbox")
    system(folder=exchange.stick)
    click(shell, "check_folder")
    notice = find(shell, QWidget, "inbox_notice").accessibleName()
    assert notice.startswith("Auf diesem Stick oder in diesem Ordner liegt keine passende Datei")
    written(exchange).rename(exchange.stick / "Übergabe Montag.docx")
    click(shell, "check_folder")
    assert [row[1].endswith("Änderungen übernommen") for row in rows(shell)] == [True]


def test_reading_in_can_be_stopped(
    exchange: Exchange, shell_on: ShellOn, system: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever presses „Abbrechen“ after the first package keeps that one; the second waits."""
    packages = [written(exchange), written(exchange, "Haddad")]
    shell = shell_on(exchange.kreis, "inbox")
    page = page_of(shell)

    def pressing(done: int, total: int) -> None:
        if done == 1:
            page._presenter.stop()

    monkeypatch.setattr(page, "show_progress", pressing)
    system(many=packages)
    click(shell, "read_stick")
    assert toasts(shell) == [
        "Angehalten. Was schon übernommen ist, bleibt; der Rest ist noch nicht eingelesen."
    ]
    assert len(rows(shell)) == 1
    shell.window().resize(1280, 720)
    settle()
    assert find(shell, QTableView, "received_files").horizontalScrollBar().maximum() == 0
    monkeypatch.undo()
    system(many=packages)
    click(shell, "read_stick")
    assert {row[1] for row in rows(shell)} >= {"schon bekannt, nichts geändert"}
    assert exchange.rows_held() == 10


def test_receipts_go_where_the_kreis_wants_them(
    exchange: Exchange, shell_on: ShellOn, system: Callable[..., None]
) -> None:
    package = written(exchange)
    shell = shell_on(exchange.kreis, "inbox")
    system(folder=exchange.receipts, many=[package])
    click(shell, "choose_receipts")
    click(shell, "read_stick")
    assert len(list(exchange.receipts.iterdir())) == 1
    assert not list(exchange.stick.glob("*.kimr"))


def test_a_copied_laptop_is_set_aside_until_somebody_decides(
    exchange: Exchange, shell_on: ShellOn, system: Callable[..., None]
) -> None:
    first, second = forked(exchange)
    shell = shell_on(exchange.kreis, "inbox")
    system(many=[first, second])
    click(shell, "read_stick")
    [dispute] = kreis.disputes(exchange.kreis)
    card = find(shell, QWidget, f"dispute_{dispute.desk_id}")
    assert card.accessibleName() == "Welche Zählung von Eschenried gilt?"
    said = [label.accessibleName() for label in card.findChildren(QLabel)]
    for history in dispute.histories:
        assert f"Prüfziffern: {history.digits}" in said
    assert "Gilt sie, bleibt alles, wie es ist." in said
    assert rows(shell)[0][1].startswith("Unter dieser Nummer ist schon ein anderes Paket angekommen")
    click(shell, f"choose_{dispute.histories[0].digest[:8]}")
    dialog_of(shell).reject()
    assert kreis.disputes(exchange.kreis), "nothing is decided by accident"
    click(shell, f"choose_{dispute.histories[0].digest[:8]}")
    dialog_of(shell).accept()
    settle()
    assert kreis.disputes(exchange.kreis) == ()
    assert kreis.overview(exchange.kreis).open == 0
    assert not card.isVisible()
    assert toasts(shell)[-1].startswith("Entschieden.")


def test_records_that_were_set_aside_are_had_again_or_put_away(exchange: Exchange, shell_on: ShellOn) -> None:
    bad = line("goal", {"case_id": "case-1", "priority": "hoch"})
    exchange.carry(forge(exchange, [CASE, bad]))
    shell = shell_on(exchange.kreis, "inbox")
    notice = find(shell, QWidget, "aside_content")
    assert "1 Datensatz von Eschenried wurde nicht übernommen" in notice.accessibleName()
    assert "Ziel (1)" in notice.accessibleName()
    click(shell, "release_content")
    [group] = kreis.set_aside(exchange.kreis)
    assert group.released
    click(shell, "put_away_content")
    assert kreis.set_aside(exchange.kreis) == ()


def forked(exchange: Exchange) -> tuple[Path, Path]:
    """Return two different packages under one number: the laptop was copied."""
    folder = exchange.desk.vault.folder
    exchange.desk.close()
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    packages = []
    for place in (folder, copy):
        with Desk.unlock(place, PASSPHRASE, accept_older=True) as desk:
            packages.append(sync.export(desk, exchange.stick).path)
    return packages[0], packages[1]


def test_a_desk_is_enrolled_by_comparing_digits(
    blank: Desk, exchange: Exchange, shell_on: ShellOn, system: Callable[..., None]
) -> None:
    asked, answer = exchange.home / "asked.kimq", exchange.home / "answer.kimc"
    fingerprint = sync.request(blank, asked)
    shell = shell_on(exchange.kreis, "desks")
    system(open=asked, save=answer)
    click(shell, "enrol_desk")
    dialog = dialog_of(shell)
    shown = "\n".join(label.accessibleName() for label in dialog.findChildren(QLabel))
    assert "05999001, 05999002" in shown

    find(dialog, QLineEdit, "desk_digits").setText("12345 " * 8)
    click(dialog, "dialog_accept")
    assert "stimmt nicht überein" in find(dialog, QWidget, "dialog_problem").accessibleName()
    assert not answer.exists()

    find(dialog, QLineEdit, "desk_digits").setText(fingerprint)
    click(dialog, "dialog_accept")
    assert is_closed(dialog)
    read_out = find(shell, QLabel, "kreis_fingerprint").text()
    sync.accept(blank, answer.read_bytes(), fingerprint=read_out)
    assert find(shell, QLabel, "desk_fingerprint").text() == fingerprint, "the new desk is the chosen one"


def test_what_is_no_request_is_said(
    exchange: Exchange, shell_on: ShellOn, system: Callable[..., None]
) -> None:
    letter = exchange.home / "Brief.txt"
    letter.write_text("Guten Tag")
    shell = shell_on(exchange.kreis, "desks")
    system(open=letter)
    click(shell, "enrol_desk")
    assert "keine KIMdesk-Datei" in find(shell, QWidget, "desks_problem").accessibleName()


def test_a_lost_laptop_is_shut_out(
    exchange: Exchange, shell_on: ShellOn, system: Callable[..., None]
) -> None:
    shell = shell_on(exchange.kreis, "desks")
    click(shell, "revoke_desk")
    click(dialog_of(shell), "dialog_accept")
    model = find(shell, DeskList, "desk_list").model()
    assert model.index(0, 1).data() == "Gesperrt ab Paket 1"
    shell.navigate(Place("inbox"))
    system(many=[written(exchange)])
    click(shell, "read_stick")
    assert exchange.rows_held() == 0


def test_a_kreis_begins_with_its_inbox_and_says_that_it_is_empty(
    exchange: Exchange, shell_on: ShellOn
) -> None:
    shell = shell_on(exchange.kreis)
    assert shell.target == Place("inbox")
    assert shell.rail.keys() == [
        "inbox",
        "desks",
        "answers",
        "figures",
        "network",
        "catalogue",
        "backup",
        "settings",
    ]
    assert any("noch kein Paket eingegangen" in each.accessibleName() for each in shell.findChildren(QWidget))


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_everything_has_a_name(
    exchange: Exchange,
    shell_on: ShellOn,
    system: Callable[..., None],
    other_look: Callable[..., None],
    zoom: float,
) -> None:
    other_look(zoom=zoom)
    first, second = forked(exchange)
    shell = shell_on(exchange.kreis, "inbox")
    system(many=[first, second])
    click(shell, "read_stick")
    assert "Stick einlesen" in walk_accessible(page_of(shell))
    assert find(shell, FilesTable, "received_files").model().index(0, ARRIVED).data().startswith("heute")
    shell.navigate(Place("desks"))
    walk_accessible(page_of(shell))
    assert shell.width() == 1366
