"""The page Übergabe: nothing leaves unseen, and only a receipt makes it arrived."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QWidget,
)

from kimdesk import kreis, sync
from kimdesk.casework.desk import Desk
from kimdesk.domain.dates import now
from kimdesk.kreis.registry import RECORDS
from tests.kreis.forging import forge
from tests.sync.exchange import Exchange, Known
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, sees
from tests.ui.page_help import dialog_of, page_of, toasts, today
from tests.ui.scenarios.steps import read
from ui.kit.state import Notice
from ui.pages.handover import sticks
from ui.pages.handover.chain import PackageChain
from ui.pages.handover.lines import PreviewColumn
from ui.pages.handover.medium import MediumCard
from ui.pages.handover.summary import HandoverSummary
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)
ShellOn = Callable[..., Shell]


@pytest.fixture
def known(exchange: Exchange) -> Known:
    """A case that may leave, of an enrolled desk."""
    return exchange.case("Osman", given_on=today())


def choose_file(monkeypatch: pytest.MonkeyPatch, verb: str, path: Path) -> None:
    """Let the file dialog of the system answer ``path``."""
    monkeypatch.setattr(QFileDialog, verb, lambda *_, **__: (str(path), ""))


def column(shell: Shell, name: str) -> str:
    """Return what a column of the preview says."""
    found = find(shell, PreviewColumn, f"preview_{name}")
    return "\n".join(label.accessibleName() for label in found.findChildren(QLabel))


def chain(shell: Shell) -> str:
    return find(shell, PackageChain, "").accessibleDescription()


def summary(shell: Shell) -> str:
    found = shell.findChild(HandoverSummary)
    assert found is not None
    return next(label.accessibleName() for label in found.findChildren(QLabel) if label.accessibleName())


def write_into(shell: Shell, folder: Path) -> None:
    medium = shell.findChild(MediumCard)
    assert medium is not None
    medium.set_folder(folder)
    click(shell, "write_package")


def test_the_preview_names_what_leaves_and_what_stays(
    exchange: Exchange, known: Known, shell_on: ShellOn
) -> None:
    exchange.change(known.person, azr_number="A0123456789")
    shell = shell_on(exchange.desk, "handover")
    assert "Amna" in column(shell, "leaves")
    assert "A0123456789" not in column(shell, "leaves")
    assert "Einwilligung" in column(shell, "leaves")
    if shell.findChildren(QPushButton, "more_stays")[0].isVisible():
        click(shell, "more_stays")
    assert "AZR" in column(shell, "stays")


def test_a_line_opens_to_its_fields(exchange: Exchange, known: Known, shell_on: ShellOn) -> None:
    exchange.change(known.goal, baseline="spricht noch kein Deutsch")
    shell = shell_on(exchange.desk, "handover")
    part = find(shell, PreviewColumn, "preview_leaves")
    click(shell, "more_leaves")
    opener = next(
        each for each in part.findChildren(QPushButton, "open_line") if "Wortlaut" in each.accessibleName()
    )
    opener.click()
    dialog = dialog_of(shell)
    said = " ".join(label.accessibleName() for label in dialog.findChildren(QLabel))
    assert "Ziel Ziel von Osman" in said
    assert "spricht noch kein Deutsch" in said
    assert "geht hinaus, wie es hier steht · Einwilligung vom" in said
    walk_accessible(dialog)


def test_a_package_is_written_and_stands_in_the_chain(
    exchange: Exchange, known: Known, shell_on: ShellOn
) -> None:
    shell = shell_on(exchange.desk, "handover")
    write_into(shell, exchange.stick)
    [written] = exchange.stick.iterdir()
    assert written.suffix == ".kimb"
    assert "Paket 1 · wartet auf Quittung" in chain(shell)
    assert "Paket 2 · jetzt" in chain(shell)
    assert toasts(shell) == ["Paket 1 ist geschrieben und geprüft."]


def test_a_stick_that_is_gone_is_said_and_nothing_is_left(
    exchange: Exchange, known: Known, shell_on: ShellOn
) -> None:
    shell = shell_on(exchange.desk, "handover")
    write_into(shell, exchange.home / "pulled out")
    problem = find(shell, QWidget, "handover_problem").accessibleName()
    assert "Es wurde nichts geschrieben." in problem
    assert "Stecken Sie den Stick ein" in problem
    assert sync.status(exchange.desk).last_seq == 0
    assert not (exchange.home / "pulled out").exists()
    write_into(shell, exchange.stick)
    assert not shell.findChildren(QWidget, "handover_problem")[0].isVisible()


def read_only(folder: Path) -> Path:
    """Return a folder that takes no file; ``folder`` itself unless the tests run as root."""
    folder.mkdir()
    folder.chmod(0o500)
    for candidate in (folder, Path("/sys")):
        try:
            (candidate / "probe").touch()
        except OSError:
            return candidate
        (candidate / "probe").unlink()
    pytest.skip("every folder can be written to here")


def test_a_read_only_stick_is_said_and_nothing_is_left(
    exchange: Exchange, known: Known, shell_on: ShellOn
) -> None:
    folder = read_only(exchange.home / "locked")
    before = sorted(folder.iterdir())
    shell = shell_on(exchange.desk, "handover")
    write_into(shell, folder)
    problem = find(shell, QWidget, "handover_problem").accessibleName()
    assert "darf nicht geschrieben werden. Es wurde nichts geschrieben." in problem
    assert sorted(folder.iterdir()) == before
    assert sync.status(exchange.desk).last_seq == 0


def test_writing_can_be_stopped_and_nothing_is_left(
    exchange: Exchange, known: Known, shell_on: ShellOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever presses „Abbrechen“ before the package has its name finds nothing on the stick."""
    shell = shell_on(exchange.desk, "handover")
    page = page_of(shell)
    monkeypatch.setattr(page, "show_progress", lambda *_: page._presenter.stop())
    write_into(shell, exchange.stick)
    problem = find(shell, QWidget, "handover_problem").accessibleName()
    assert "Das Schreiben des Datenpakets wurde abgebrochen." in problem
    assert list(exchange.stick.iterdir()) == []
    monkeypatch.undo()
    write_into(shell, exchange.stick)
    assert [path.name for path in exchange.stick.iterdir()] == ["KIM-eschenried-1.kimb"]


def test_a_receipt_makes_the_package_arrived(
    exchange: Exchange, known: Known, shell_on: ShellOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = shell_on(exchange.desk, "handover")
    write_into(shell, exchange.stick)
    [result] = kreis.import_files(exchange.kreis, exchange.stick.iterdir(), exchange.receipts)
    assert result.receipt is not None
    choose_file(monkeypatch, "getOpenFileName", result.receipt)
    click(shell, "take_receipt")
    assert "Paket 1 · quittiert" in chain(shell)
    assert not find(shell, QPushButton, "write_package").isEnabled(), "there is nothing to hand over"


def test_a_foreign_file_is_no_receipt(
    exchange: Exchange, known: Known, shell_on: ShellOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = shell_on(exchange.desk, "handover")
    letter = exchange.home / "Brief.txt"
    letter.write_text("Guten Tag")
    choose_file(monkeypatch, "getOpenFileName", letter)
    click(shell, "take_receipt")
    assert "keine KIMdesk-Datei" in find(shell, QWidget, "handover_problem").accessibleName()


def test_a_missing_package_is_looked_for(exchange: Exchange, known: Known, shell_on: ShellOn) -> None:
    exchange.round()
    goal = exchange.change(known.goal, text="Neu")
    exchange.export().path.unlink()
    exchange.change(goal, text="Neuer")
    exchange.round()
    shell = shell_on(exchange.desk, "handover")
    assert "Paket 2 fehlt beim Kreis" in chain(shell)
    said = [label.accessibleName() for label in shell.findChildren(QLabel)]
    assert "Wo ist der Stick mit Paket\u00a02?" in said


def test_an_undecided_fork_is_said_with_the_digits_of_the_packages(
    exchange: Exchange, known: Known, shell_on: ShellOn
) -> None:
    exchange.carry(forge(exchange, []))
    exchange.round()
    shell = shell_on(exchange.desk, "handover")
    said = find(shell, Notice, "stopped").accessibleName()
    assert said.startswith("Der Kreis muss entscheiden, welche Zählung gilt")
    [package] = sync.status(exchange.desk).chain
    assert f"Prüfziffern {package.digits}" in chain(shell)


def test_records_the_kreis_did_not_take_over_lead_to_their_case(
    exchange: Exchange, known: Known, shell_on: ShellOn
) -> None:
    with exchange.kreis.writing() as writer:
        row = {"id": known.goal.id, "desk_id": "another", "shared": "identified", "epoch": 1, "rev": 1,
               "scope": 1, "received_seq": 1}  # fmt: skip
        writer.connection.execute(RECORDS["goal"].insert().values(row))
    exchange.round(now=now())
    shell = shell_on(exchange.desk, "handover")
    said = find(shell, Notice, "set_aside").accessibleName()
    assert said.startswith("1\u00a0Datensatz hat der Kreis nicht übernommen")
    line = find(shell, QPushButton, f"aside_{known.case.id}")
    assert "Osman, Amna – Ziel (1)" in line.text()
    click(shell, line.objectName())
    assert "Osman" in "".join(label.accessibleName() for label in shell.findChildren(QLabel))


def test_a_case_can_wait_for_a_later_package(exchange: Exchange, known: Known, shell_on: ShellOn) -> None:
    exchange.case("Haddad", given_on=today())
    shell = shell_on(exchange.desk, "handover")
    click(shell, "choose_cases")
    dialog = dialog_of(shell)
    choices = find(dialog, QListWidget, "case_choices")
    rows = {choices.item(row).text().split(",")[0]: choices.item(row) for row in range(choices.count())}
    rows["Haddad"].setCheckState(Qt.CheckState.Unchecked)
    click(dialog, "dialog_accept")
    assert "Haddad" not in column(shell, "leaves")
    assert summary(shell).endswith("aus 1\u00a0Fall (ausgewählt): Amna\u00a0Osman")
    write_into(shell, exchange.stick)
    assert "Amna\u00a0Haddad" in summary(shell), "the next package brings it"


def test_a_desk_that_is_not_enrolled_is_led_there(
    blank: Desk, exchange: Exchange, shell_on: ShellOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = shell_on(blank, "handover")
    asked, answer = exchange.home / "asked.kimq", exchange.home / "answer.kimc"
    choose_file(monkeypatch, "getSaveFileName", asked)
    click(shell, "write_request")
    assert find(shell, QLabel, "own_fingerprint").text() == sync.fingerprint(blank)
    made = kreis.enrol(exchange.kreis, asked.read_bytes(), sync.fingerprint(blank))
    answer.write_bytes(made.certificate)
    choose_file(monkeypatch, "getOpenFileName", answer)

    type_digits(shell, "12345 " * 8)
    assert sync.certificate(blank) is None, "other digits than the Kreis's"
    assert (
        "Der Fingerabdruck stimmt nicht überein" in find(shell, QWidget, "handover_problem").accessibleName()
    )

    type_digits(shell, made.kreis_fingerprint)
    assert sync.certificate(blank) is not None
    assert find(shell, QPushButton, "write_package").text() == "Paket 1 schreiben"


def type_digits(shell: Shell, digits: str) -> None:
    click(shell, "read_certificate")
    dialog = dialog_of(shell)
    find(dialog, QLineEdit, "kreis_digits").setText(digits)
    click(dialog, "dialog_accept")


def test_too_few_digits_are_asked_for(
    blank: Desk, exchange: Exchange, shell_on: ShellOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = shell_on(blank, "handover")
    choose_file(monkeypatch, "getOpenFileName", exchange.home / "request.kimq")
    type_digits(shell, "12345")
    assert dialog_of(shell).isVisible()
    walk_accessible(dialog_of(shell))


def test_the_folder_is_remembered_on_this_computer(
    exchange: Exchange, known: Known, shell_on: ShellOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = shell_on(exchange.desk, "handover")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(exchange.stick))
    click(shell, "choose_folder")
    assert shell.context.keeper.current.place("handover") == exchange.stick
    shell.rebuild()
    QApplication.processEvents()
    click(shell, "write_package")
    assert len(list(exchange.stick.iterdir())) == 1


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_everything_has_a_name(
    exchange: Exchange, known: Known, shell_on: ShellOn, other_look: Callable[..., None], zoom: float
) -> None:
    other_look(zoom=zoom)
    shell = shell_on(exchange.desk, "handover")
    assert "Quittung einlesen …" in walk_accessible(page_of(shell))


def test_everything_has_a_name_before_enrolment(blank: Desk, shell_on: ShellOn) -> None:
    assert "Antrag schreiben …" in walk_accessible(page_of(shell_on(blank, "handover")))


def test_what_was_in_a_package_can_be_read_later(exchange: Exchange, known: Known, shell_on: ShellOn) -> None:
    shell = shell_on(exchange.desk, "handover")
    click(shell, "open_carried")
    dialog = dialog_of(shell)
    assert "Noch ist von keinem Paket" in labels(dialog)
    click(dialog, "dialog_accept")
    write_into(shell, exchange.stick)
    exchange.change(known.goal, text="B1 bis zum Sommer")
    click(shell, "open_carried")
    dialog = dialog_of(shell)
    walk_accessible(dialog)
    said = labels(dialog)
    assert "Osman, Amna" in said
    assert "Ziel von Osman" in said, "as it left, whatever it is by now"
    assert "Vornamen: Amna" in said
    while more := find(dialog, QPushButton, "more_carried") if sees(dialog, "more_carried") else None:
        more.click()
    assert "unter 5" in labels(dialog)


def test_the_figures_are_told_one_by_one(exchange: Exchange, known: Known, shell_on: ShellOn) -> None:
    shell = shell_on(exchange.desk, "handover")
    coarsened = find(shell, PreviewColumn, "preview_coarsened")
    openers = coarsened.findChildren(QPushButton, "open_line")
    next(each for each in openers if "Kennzahlen" in each.accessibleName()).click()
    dialog = dialog_of(shell)
    assert dialog.objectName() == "figures_dialog"
    walk_accessible(dialog)
    told = [each for each in labels(dialog).splitlines() if each.startswith("Fälle nach Stand, ")]
    assert told
    assert all(": unter 5" in each for each in told), "one case is not to be told from none"


def labels(dialog: QWidget) -> str:
    return "\n".join(each.text() for each in dialog.findChildren(QLabel))


def test_of_two_sticks_the_one_that_is_meant_is_asked_for(
    exchange: Exchange, shell_on: ShellOn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    exchange.case()
    two = [sticks.Stick(name, tmp_path / name) for name in ("BLAU", "ROT")]
    for one in two:
        one.folder.mkdir()
    monkeypatch.setattr(sticks, "plugged_in", tuple)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: "")
    shell = shell_on(exchange.desk, "handover")
    click(shell, "write_package")
    assert "Es steckt kein Stick." in "\n".join(read(page_of(shell)))
    monkeypatch.setattr(sticks, "plugged_in", lambda: tuple(two))
    click(shell, "write_package")
    dialog = dialog_of(shell)
    assert find(dialog, QRadioButton, "stick_1").text().startswith(f"ROT ({tmp_path / 'ROT'}), ")
    walk_accessible(dialog)
    click(dialog, "dialog_reject")
    assert not list(tmp_path.glob("*/*.kimb"))
    click(shell, "write_package")
    click(dialog_of(shell), "stick_1")
    click(dialog_of(shell), "dialog_accept")
    assert [path.parent.name for path in tmp_path.glob("*/*.kimb")] == ["ROT"]
    click(shell, "write_package")
    assert not sees(shell, "stick_dialog")
