"""Anonyme Beratung wird ein Fall, through the windows.

Somebody asks for a doctor without papers and gives no name. What is noted stays when a name comes later, with
the consent to it.
"""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog

from kimdesk.casework import cases, records, trail
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import Contact, Measure, Referral
from tests.ui.hands import click, find, sees, type_into
from tests.ui.page_help import today
from tests.ui.scenarios.steps import case_of, choose, go_to, read
from ui.kit.text import Text
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)

WHY = "field_explanation_"


def test_an_anonymous_advice_becomes_a_case(blank: Desk, shell_on: Callable[..., Shell]) -> None:
    case_of(blank, "Tarig", "Osman")
    shell = shell_on(blank, "cases")

    # The dialog of a new case offers the way without a name, and says in one sentence why.
    click(shell, "new_case")
    dialog = find(shell, QDialog, "new_case_dialog")
    assert any("Niemand muss einen Namen nennen" in words and "§\u00a087" in words for words in read(dialog))
    click(dialog, "begin_anonymous")

    # The case works without anybody in it, and does not nag about a consent.
    case_id = shell.target.case_id
    case = cases.peek(blank, case_id).case
    assert find(shell, Text, "case_name").text() == "Anonyme Beratung"
    records.save(blank, Contact(case_id=case.id, held_on=today(), content="Arzt ohne Krankenschein"))
    records.save(blank, Measure(case_id=case.id, title="Sprechstunde ohne Namen", starts_on=today()))
    records.save(blank, Referral(case_id=case.id, service="jobcenter", agency="Malteser"))
    for place in ("plan", "access", "contacts", "referrals", "people", "history"):
        go_to(shell, case, place)
    assert not [words for words in read(shell) if "Keine gültige Einwilligung" in words]

    # Somebody gives a name. The program looks whether it is known, and asks for the consent in the same step.
    go_to(shell, case, "people")
    click(shell, "personalise")
    dialog = find(shell, QDialog, "personalise_dialog")
    type_into(dialog, "named_family_name", "Haddad")
    type_into(dialog, "named_given_names", "Samira")
    click(dialog, "dialog_accept")
    assert cases.peek(blank, case.id).client is None, "without a consent no name"
    choose(dialog, "field_scope_recipient", "Kreis (Kommunales Integrationszentrum)")
    choose(dialog, "field_scope_purpose", "Fallsteuerung beim Kreis (Kommunales Integrationszentrum)")
    choose(dialog, "field_scope_level", "mit Namen")
    click(dialog, "field_information_kinds_person")
    type_into(dialog, f"{WHY}necessity", "Damit die Beratung weitergeht")
    type_into(dialog, f"{WHY}refusal_consequences", "Sie geht anonym weiter")
    choose(dialog, "field_validity_form", "schriftlich")
    click(dialog, "dialog_accept")

    # Now it is a case with a name, and nothing that was noted before is lost.
    file = cases.peek(blank, case.id)
    assert file.client
    assert (file.client.given_names, file.client.family_name) == ("Samira", "Haddad")
    assert [one.content for one in file.contacts] == ["Arzt ohne Krankenschein"]
    assert [one.title for one in file.measures] == ["Sprechstunde ohne Namen"]
    assert [one.agency for one in file.referrals] == ["Malteser"]
    assert [(one.recipient, one.given_on) for one in file.consents] == [("ki", today())]
    assert not sees(shell, "personalise")
    assert "Samira Haddad" in read(shell)
    assert "created" in [line.action for line in trail.page(blank, trail.Filter(case_id=case.id)).lines]
