"""Whom desk and Kreis trust, through the windows: another Kreis, new keys, what is granted, who is out."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from sqlalchemy import update

from kimdesk import kreis, sync
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import Goal
from kimdesk.kreis.registry import desk_table, open_registry
from kimdesk.kreis.rows import transaction
from kimdesk.sync.trust import device
from tests.sync.exchange import AGS, NOW, Exchange, make_desk
from tests.ui.hands import click, find, sees
from tests.ui.page_help import dialog_of
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)
ShellOn = Callable[..., Shell]
OTHER_AGS = "05999002"


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the file dialogs of the system answer: ``system(open=…, save=…)``."""
    verbs = {"open": "getOpenFileName", "save": "getSaveFileName"}

    def system(**answers: Path) -> None:
        for kind, answer in answers.items():
            monkeypatch.setattr(QFileDialog, verbs[kind], lambda *_, at=str(answer): (at, ""))

    return system


@pytest.fixture
def other_kreis(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "other", "Kreis Bergland", "kreis")
    yield made
    made.close()


def answer_of(office: Desk, exchange: Exchange) -> tuple[Path, str]:
    """Return the certificate of an office for the desk, and the digits it reads out."""
    asked, answer = exchange.home / "asked.kimq", exchange.home / "answer.kimc"
    digits = sync.request(exchange.desk, asked)
    made = kreis.enrol(office, asked.read_bytes(), digits)
    answer.write_bytes(made.certificate)
    return answer, made.kreis_fingerprint


def said(widget: QWidget) -> str:
    return "\n".join(label.accessibleName() for label in widget.findChildren(QLabel))


def test_a_desk_changes_to_another_kreis(
    exchange: Exchange, other_kreis: Desk, shell_on: ShellOn, system: Callable[..., None]
) -> None:
    exchange.case()
    exchange.round()
    before = sync.certificate(exchange.desk)
    assert before is not None
    answer, digits = answer_of(other_kreis, exchange)
    shell = shell_on(exchange.desk, "handover")
    system(open=answer)

    click(shell, "read_answer")
    dialog = dialog_of(shell)
    shown = said(dialog)
    assert "Kreis Auental" in shown
    assert before.fingerprint() in shown
    assert "Kreis Bergland" in shown
    assert digits not in shown, "they come by telephone, not from the file"
    assert "behält, was ihm schon übergeben wurde" in shown
    click(dialog, "dialog_reject")
    assert sync.certificate(exchange.desk) == before

    click(shell, "read_answer")
    dialog = dialog_of(shell)
    find(dialog, QLineEdit, "kreis_digits").setText("12345 " * 8)
    click(dialog, "dialog_accept")
    assert "stimmt nicht überein" in find(shell, QWidget, "handover_problem").accessibleName()
    assert sync.certificate(exchange.desk) == before

    click(shell, "read_answer")
    dialog = dialog_of(shell)
    find(dialog, QLineEdit, "kreis_digits").setText(digits)
    click(dialog, "dialog_accept")
    now = sync.certificate(exchange.desk)
    assert now is not None
    assert now.kreis_name == "Kreis Bergland"
    assert find(shell, QPushButton, "write_package").text() == "Paket 1 schreiben"
    moved = Exchange(exchange.home, exchange.desk, other_kreis)
    [result] = moved.carry(sync.export(exchange.desk, exchange.stick).path)
    assert result.result == "applied"
    assert len(moved.held(Goal)) == 1


def test_a_desk_asks_for_new_keys_and_takes_the_answer(
    exchange: Exchange, shell_on: ShellOn, system: Callable[..., None]
) -> None:
    asked, answer = exchange.home / "asked.kimq", exchange.home / "answer.kimc"
    before = device.identity(exchange.desk).public
    shell = shell_on(exchange.desk, "handover")
    system(save=asked, open=answer)
    click(shell, "new_keys")
    click(dialog_of(shell), "dialog_accept")
    assert find(shell, QLabel, "new_fingerprint").text() == sync.fingerprint(exchange.desk)
    answer.write_bytes(kreis.enrol(exchange.kreis, asked.read_bytes()).certificate)
    click(shell, "read_answer")
    click(dialog_of(shell), "dialog_accept")
    assert device.identity(exchange.desk).public != before


def test_new_keys_of_a_desk_are_confirmed_without_digits(
    exchange: Exchange, shell_on: ShellOn, system: Callable[..., None]
) -> None:
    asked, answer = exchange.home / "asked.kimq", exchange.home / "answer.kimc"
    before = device.identity(exchange.desk).public
    sync.request(exchange.desk, asked, new_keys=True)
    office = shell_on(exchange.kreis, "desks")
    system(open=asked, save=answer)
    click(office, "enrol_desk")
    dialog = dialog_of(office)
    assert dialog.findChildren(QLineEdit, "desk_digits") == [], "the former keys vouch for them"
    click(dialog, "dialog_accept")
    assert len(kreis.desks(exchange.kreis)) == 1
    sync.accept(exchange.desk, answer.read_bytes())
    assert device.identity(exchange.desk).public != before


def test_a_person_grants_municipalities_one_by_one(
    exchange: Exchange, shell_on: ShellOn, system: Callable[..., None]
) -> None:
    exchange.desk.set_municipalities((AGS, OTHER_AGS))
    asked, answer = exchange.home / "asked.kimq", exchange.home / "answer.kimc"
    digits = sync.request(exchange.desk, asked)
    shell = shell_on(exchange.kreis, "desks")
    system(open=asked, save=answer)
    click(shell, "enrol_desk")
    dialog = dialog_of(shell)
    more = find(dialog, QCheckBox, f"grant_{OTHER_AGS}")
    assert (more.isChecked(), find(dialog, QCheckBox, f"grant_{AGS}").isChecked()) == (False, True)
    more.setChecked(True)
    find(dialog, QLineEdit, "desk_digits").setText(digits)
    click(dialog, "dialog_accept")
    assert kreis.desks(exchange.kreis)[0].municipalities == (AGS, OTHER_AGS)


def test_a_desk_that_was_shut_out_comes_back_as_itself(
    exchange: Exchange, shell_on: ShellOn, system: Callable[..., None]
) -> None:
    exchange.case()
    exchange.round()
    own = device.trusted(exchange.desk).certificate.desk
    shell = shell_on(exchange.kreis, "desks")
    click(shell, "revoke_desk")
    dialog = dialog_of(shell)
    find(dialog, QSpinBox, "revoke_from").setValue(1)
    click(dialog, "dialog_accept")
    assert kreis.desks(exchange.kreis)[0].revoked_from == 1

    asked, answer = exchange.home / "asked.kimq", exchange.home / "answer.kimc"
    digits = sync.request(exchange.desk, asked, new_keys=True)
    system(open=asked, save=answer)
    click(shell, "enrol_desk")
    dialog = dialog_of(shell)
    assert find(dialog, QComboBox, "which_desk").currentData() == own
    find(dialog, QLineEdit, "desk_digits").setText(digits)
    click(dialog, "dialog_accept")
    sync.accept(exchange.desk, answer.read_bytes())
    [desk] = kreis.desks(exchange.kreis)
    assert (desk.id, desk.revoked_from) == (own, None)
    assert exchange.round(now=NOW).result == "applied"


def test_the_kreis_renews_a_key(exchange: Exchange, shell_on: ShellOn) -> None:
    shell = shell_on(exchange.kreis, "desks")
    before = kreis.trust(exchange.kreis).statement
    click(shell, "renew_import")
    click(dialog_of(shell), "dialog_accept")
    after = kreis.trust(exchange.kreis).statement
    assert before.sealing != after.sealing
    assert before.receipts == after.receipts


def test_new_keys_of_a_desk_with_a_copy_ask_for_the_digits(
    exchange: Exchange, shell_on: ShellOn, system: Callable[..., None]
) -> None:
    asked, answer = exchange.home / "asked.kimq", exchange.home / "answer.kimc"
    with transaction(open_registry(exchange.kreis)) as connection:
        connection.execute(update(desk_table).values(contested=1))
    digits = sync.request(exchange.desk, asked, new_keys=True)
    office = shell_on(exchange.kreis, "desks")
    system(open=asked, save=answer)
    click(office, "enrol_desk")
    dialog = dialog_of(office)
    assert "eine Kopie" in said(dialog)
    click(dialog, "dialog_accept")
    assert not answer.exists()
    find(dialog, QLineEdit, "desk_digits").setText(digits)
    click(dialog, "dialog_accept")
    assert answer.exists()


def test_the_kreis_ends_one_former_key_of_a_desk(exchange: Exchange, shell_on: ShellOn) -> None:
    asked = exchange.home / "asked.kimq"
    sync.request(exchange.desk, asked, new_keys=True)
    kreis.enrol(exchange.kreis, asked.read_bytes())
    office = shell_on(exchange.kreis, "desks")
    click(office, "end_key")
    click(dialog_of(office), "dialog_accept")
    assert kreis.ending_keys(exchange.kreis) == {}
    assert not sees(office, "ending_keys")


@pytest.mark.parametrize("end", ["desk", "kreis"])
def test_a_slip_is_written_at_either_end(
    exchange: Exchange, shell_on: ShellOn, system: Callable[..., None], end: str
) -> None:
    asked, out = exchange.home / "asked.kimq", exchange.home / "zettel.pdf"
    digits = sync.request(exchange.desk, asked)
    shell = shell_on(
        exchange.desk if end == "desk" else exchange.kreis, "handover" if end == "desk" else "desks"
    )
    system(open=asked, save=out)
    click(shell, "write_slip")
    drawn = pdfium.PdfDocument(out)
    words = drawn[0].get_textpage().get_text_bounded()
    drawn.close()
    assert digits.split()[0] in words
    letter = exchange.home / "Brief.txt"
    letter.write_text("Guten Tag", encoding="utf-8")
    system(open=letter)
    click(shell, "write_slip")
    problem = find(shell, QWidget, "handover_problem" if end == "desk" else "desks_problem")
    assert "keine KIMdesk-Datei" in problem.accessibleName()
