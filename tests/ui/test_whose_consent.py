"""Whose consent it is: asked for in the dialog, said on the card, and what leaves follows from it."""

import os
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QLabel, QWidget

from kimdesk import sync
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import Consent, Member, Person
from kimdesk.domain.terms import Role
from tests.sync.exchange import Exchange
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, leave, settle, type_into
from tests.ui.page_help import dialog_of, today
from ui.forms.editors.combo import CodeCombo
from ui.places import Place
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)
ShellOn = Callable[..., Shell]


def household(exchange: Exchange) -> tuple[str, Person]:
    """Return a case that may leave, and the grown-up who lives with the client."""
    known = exchange.case("Osman", given_on=today())
    partner = exchange.put(
        Person(family_name="Osman", given_names="Karim", birth_date=PartialDate(1988, 4, 2))
    )
    exchange.put(Member(case_id=known.case.id, person_id=partner.id, role=Role.PARTNER))
    return known.case.id, partner


def leaving(exchange: Exchange) -> set[str]:
    """Return the first names that would leave with the next package."""
    lines = [line for line in sync.preview(exchange.desk).leaves if line.group in ("name", "household")]
    refs = [ref for line in lines for ref in line.refs if ref[0] == "person"]
    found = sync.fields_of(exchange.desk, refs)
    return {str(getattr(each.record, "given_names", "")) for each in found if each.fields[0].part.leaves}


def choose(top: QWidget, name: str, code: str) -> None:
    box = find(top, CodeCombo, name)
    box.set_code(code)
    box.picked.emit()


def test_a_grown_up_of_the_household_consents_in_the_dialog(exchange: Exchange, shell_on: ShellOn) -> None:
    case_id, partner = household(exchange)
    assert leaving(exchange) == {"Amna"}
    shell = shell_on(exchange.desk, Place("case", case_id, "consents"))
    click(shell, "add_consent")
    dialog = dialog_of(shell)
    walk_accessible(dialog)
    whose = find(dialog, CodeCombo, "field_scope_person_id")
    offered = {whose.itemText(number) for number in range(whose.count())}
    assert any("Karim" in each for each in offered)
    assert "Erwachsene im Haushalt willigen selbst ein." in said(dialog)
    if folder := os.environ.get("KIMDESK_PICTURES"):
        settle()
        dialog.grab().save(f"{folder}/whose-consent.png")
    choose(dialog, "field_scope_recipient", "ki")
    choose(dialog, "field_scope_purpose", "reporting")
    choose(dialog, "field_scope_level", "identified")
    choose(dialog, "field_scope_person_id", partner.id)
    for kind in ("person", "household"):
        click(dialog, f"field_information_kinds_{kind}")
    type_into(dialog, "field_explanation_necessity", "Der Kreis steuert den Fall mit.")
    type_into(dialog, "field_explanation_refusal_consequences", "Er bleibt außen vor.")
    choose(dialog, "field_validity_form", "written")
    leave(dialog)
    click(dialog, "save_record")
    settle()
    assert "· von Karim Osman" in said(shell), "two consents for one recipient are told apart"
    if folder := os.environ.get("KIMDESK_PICTURES"):
        shell.grab().save(f"{folder}/whose-consents.png")
    assert leaving(exchange) == {"Amna", "Karim"}


def test_a_withdrawal_of_theirs_takes_them_out_alone(exchange: Exchange, shell_on: ShellOn) -> None:
    case_id, partner = household(exchange)
    with exchange.desk.reading() as reader:
        [client] = reader.of_case(Consent, case_id)
    own = exchange.put(replace(client, id="", rev=0, person_id=partner.id))
    assert leaving(exchange) == {"Amna", "Karim"}
    shell = shell_on(exchange.desk, Place("case", case_id, "consents"))
    click(shell, f"withdraw_{own.id}")
    click(dialog_of(shell), "dialog_accept")
    settle()
    assert leaving(exchange) == {"Amna"}


def said(widget: QWidget) -> str:
    return "\n".join(f"{label.accessibleName()} {label.text()}" for label in widget.findChildren(QLabel))
