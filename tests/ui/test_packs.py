"""A pack and a finding's answer, through the windows of both desks: real vaults, real files."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QPushButton, QWidget

from kimdesk.domain.dates import today
from kimdesk.domain.records import Finding
from kimdesk.kreis import findings
from kimdesk.kreis.stock import publishing
from kimdesk.sync import catalogue
from tests.catalogue.layer_kit import table
from tests.sync.exchange import AGS, Exchange
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, sees, settle, type_into
from tests.ui.page_help import dialog_of, page_of, toasts
from ui.places import Place
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)
ShellOn = Callable[..., Shell]
JOBCENTER = "services/jobcenter.toml"


def publish(exchange: Exchange, days: int, **how: object) -> Path:
    """Let the Kreis publish a Jobcenter that answers in ``days`` days, and return the file."""
    publishing.save_draft(exchange.kreis, {JOBCENTER: table(JOBCENTER, answer_days=days)})
    made = publishing.publish(exchange.kreis, **how)  # type: ignore[arg-type]
    path = exchange.home / f"{made.version}.kimp"
    path.write_bytes(made.file)
    return path


def words(widget: QWidget) -> str:
    return "\n".join(label.accessibleName() for label in widget.findChildren(QLabel) if label.isVisible())


def choose(shell: Shell, monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(path), ""))
    click(shell, "take_pack")


def standing(shell: Shell) -> str:
    return find(shell, QLabel, "pack_standing").accessibleName()


def test_a_pack_is_looked_at_taken_and_taken_back(
    exchange: Exchange, shell_on: ShellOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = shell_on(exchange.desk, "settings")
    assert standing(shell).startswith("Es gelten die mitgelieferten Stammdaten.")
    assert not sees(shell, "pack_back")
    choose(shell, monkeypatch, publish(exchange, 14, note="Bitte ab Montag beachten."))
    told = words(dialog_of(shell))
    assert "Stammdaten von Kreis Auental, Fassung 1, einspielen?" in told
    assert "Bitte ab Montag beachten." in told
    assert "1 Unterschied zu dem, was heute gilt" in told
    assert "Stelle „Jobcenter“: Antwort erwartet in Tagen" in told
    assert "künftig: 14" in told
    assert "bisher: 21" in told
    walk_accessible(dialog_of(shell))
    click(dialog_of(shell), "dialog_reject")
    assert exchange.desk.catalogue.service("jobcenter").answer_days == 21
    choose(shell, monkeypatch, exchange.home / "1.kimp")
    click(dialog_of(shell), "dialog_accept")
    assert exchange.desk.catalogue.service("jobcenter").answer_days == 14
    assert f"Fassung 1, gültig seit {today():%d.%m.%Y}" in standing(shell)
    walk_accessible(page_of(shell))
    choose(shell, monkeypatch, publish(exchange, 10))
    click(dialog_of(shell), "dialog_accept")
    assert find(shell, QPushButton, "pack_back").text() == "Wieder Fassung 1 benutzen"
    click(shell, "pack_back")
    assert exchange.desk.catalogue.service("jobcenter").answer_days == 14
    assert "Es gelten wieder die Stammdaten der Fassung 1." in toasts(shell)
    assert find(shell, QPushButton, "pack_back").text() == "Wieder Fassung 2 benutzen"


def test_a_pack_that_is_refused_is_said_and_changes_nothing(
    exchange: Exchange, shell_on: ShellOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = shell_on(exchange.desk, "settings")
    good = publish(exchange, 14)
    broken = exchange.home / "broken.kimp"
    broken.write_bytes(good.read_bytes()[:-9] + b"x" + good.read_bytes()[-8:])
    choose(shell, monkeypatch, broken)
    assert find(shell, QWidget, "pack_problem").accessibleName()
    assert exchange.desk.catalogue.service("jobcenter").answer_days == 21
    choose(shell, monkeypatch, good)
    assert not sees(shell, "pack_problem")
    click(dialog_of(shell), "dialog_accept")
    choose(shell, monkeypatch, good)
    assert "schon da" in find(shell, QWidget, "pack_problem").accessibleName()


def test_an_expired_pack_is_told_in_the_morning_and_work_goes_on(
    exchange: Exchange, shell_on: ShellOn
) -> None:
    yesterday = today() - timedelta(days=1)
    path = publish(exchange, 14, valid_from=yesterday - timedelta(days=5), not_after=yesterday)
    shell = shell_on(exchange.desk, "today")
    assert not sees(shell, "pack_stale")
    catalogue.take(exchange.desk, path.read_bytes())
    assert "Neue Stammdaten stehen aus" in find(shell, QWidget, "pack_stale").accessibleName()
    walk_accessible(page_of(shell))
    assert exchange.desk.catalogue.service("jobcenter").answer_days == 14
    click(shell, "to_packs")
    assert sees(shell, "take_pack")


def test_a_finding_is_answered_at_the_kreis_and_read_at_the_desk(
    exchange: Exchange, shell_on: ShellOn
) -> None:
    known = exchange.case()
    finding = exchange.put(
        Finding(case_id=known.case.id, title="Kein Kurs mit Kinderbetreuung", kind="service_gap", ags=AGS)
    )
    exchange.round()
    kreis = shell_on(exchange.kreis, "answers")
    assert "Kein Kurs mit Kinderbetreuung" in words(page_of(kreis))
    assert "Eschenried" in words(page_of(kreis))
    walk_accessible(page_of(kreis))
    here = findings.reported(exchange.kreis)[0].id
    click(kreis, f"answer_{here}")
    dialog = dialog_of(kreis)
    choose_state(dialog, "Arbeitsgruppe")
    type_into(dialog, "answer_text", "Die AG Sprache klärt das mit dem Träger.")
    walk_accessible(dialog)
    click(dialog, "dialog_accept")
    assert toasts(kreis) == ["Festgehalten. Eschenried erfährt es mit der nächsten Quittung."]
    assert "unterwegs" in words(page_of(kreis))
    exchange.round()
    desk = shell_on(exchange.desk, "findings")
    said = f"Kreis, {today():%d.%m.%Y}: Arbeitsgruppe. Die AG Sprache klärt das mit dem Träger."
    assert said in words(page_of(desk))
    click(desk, f"open_{finding.id}")
    assert said in find(desk, QWidget, "finding_answer").accessibleName()
    dialog_of(desk).reject()
    editing = page_of(desk)._editing
    [card] = editing.sources().cards("finding")
    assert said in card.meta
    exchange.round()
    kreis.navigate(Place("answers"))
    page_of(kreis).refresh()
    settle()
    assert "angekommen" in words(page_of(kreis))


def choose_state(dialog: QWidget, label: str) -> None:
    box = find(dialog, QComboBox, "answer_state")
    box.setFocus()
    box.setCurrentIndex(box.findText(label))
