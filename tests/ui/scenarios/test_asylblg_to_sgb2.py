"""Eine Familie wechselt vom AsylbLG ins SGB II, und die Fiktionsbescheinigung fehlt, through the windows."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from kimdesk.casework import cases, people, records
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import Case, Person, RegimeSpell, ResidenceSpell
from kimdesk.domain.terms import Lane, Role
from kimdesk.texts import dates, say
from tests.ui.hands import click, find, leave, type_into
from tests.ui.scenarios.steps import case_of, go_to, press, read, read_the_day
from ui.case.referrals.checklist import Checklist
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)

TODAY = date.today()  # noqa: DTZ011 - the pages show the worker's calendar day
ENDED = TODAY.replace(day=1) - timedelta(days=1)
APPLIED = ENDED.replace(day=10)
LAPSED = (TODAY - ENDED).days  # every day since then, today included


def family(desk: Desk) -> Case:
    """Amna and her daughter: AsylbLG, health card and Gestattung ended with the last month."""
    case = case_of(desk, "Amna", "Osman")
    people.add_person(desk, case.id, Person(given_names="Lina", family_name="Osman"), Role.CHILD)
    for person in cases.peek(desk, case.id).persons:
        own: dict[str, Any] = {"case_id": case.id, "person_id": person.id}
        for lane, regime in ((Lane.BENEFIT, "asylblg_basic"), (Lane.HEALTH_INSURANCE, "health_card")):
            spell = RegimeSpell(**own, lane=lane, regime=regime, starts_on=date(2025, 3, 1), ends_on=ENDED)
            records.save(desk, spell)
        title = ResidenceSpell(
            **own, status="asylum_permission", valid_from=date(2025, 3, 1), valid_until=ENDED
        )
        records.save(desk, title)
    return case


def test_a_family_moves_from_asylblg_to_sgb2_and_the_certificate_is_missing(
    blank: Desk, shell_on: Callable[..., Shell]
) -> None:
    case = family(blank)
    shell = shell_on(blank)

    # The timeline names the gap, the people in it, the days and the rule.
    go_to(shell, case, "regimes")
    said = read(shell, "remarks")
    assert f"{say('dates.days', n=LAPSED)} ohne Leistung" in said
    assert (
        f"Amna, Lina: seit {dates.full(ENDED + timedelta(days=1))} ohne Leistung. "
        "AsylbLG endet mit dem Monat (§\u00a01 Abs.\u00a03 AsylbLG); der SGB-II-Antrag wirkt auf "
        "den Monatsersten (§\u00a037 SGB\u00a0II)." in said
    )

    # No extension of the title is entered yet; it was applied for in time, and is noted now for both.
    click(shell, "more_remarks")
    assert f"Abgelaufen seit {say('dates.days_dative', n=LAPSED)}, kein Antrag eingetragen" in read(
        shell, "remarks"
    )
    for _ in ("Amna", "Lina"):
        _note_application(shell)

    # Now it is the certificate that is missing, since the day after the paper ended.
    assert f"Fiktionsbescheinigung fehlt seit {say('dates.days_dative', n=LAPSED)}" in read(shell, "remarks")

    # The change is proposed for both; beginning it opens its checklist.
    assert any(
        one.startswith("AsylbLG → SGB\u00a0II zum") and "Lina" in one for one in read(shell, "changes")
    )
    click(shell, "begin_proposal_0")
    click(find(shell, QDialog, "begin_change_dialog"), "dialog_accept")
    assert "0 von 7" in read(shell, "changes")

    # Each thing that is brought raises the score; the keyboard is enough.
    click(shell, "open_change_0")
    dialog = find(shell, QDialog, "change_dialog")
    papers = find(dialog, Checklist, "checklist")
    papers.setCurrentIndex(papers.model().index(0, 0))
    press(papers, Qt.Key.Key_3)
    assert find(dialog, Checklist, "checklist").codes()[0] == "main_application"
    assert any(one.startswith("1 von 7") for one in read(dialog))
    papers.setCurrentIndex(papers.model().index(1, 0))
    press(papers, Qt.Key.Key_3)
    click(dialog, "dialog_reject")
    assert "2 von 7" in read(shell, "changes")

    # Heute says what must not wait, and why.
    day = read_the_day(shell)
    (application,) = [one for one in day if "SGB-II-Antrag fristwahrend stellen" in one]
    assert "Amna Osman" in application
    ended, applied = (dates.without_year(dates.full(day), TODAY) for day in (ENDED, APPLIED))
    assert f"nach dem {ended} keine Leistung nach AsylbLG" in application
    (certificate,) = [one for one in day if "Fiktionsbescheinigung anfordern" in one]
    assert f"der Antrag vom {applied} rechtzeitig war" in certificate


def _note_application(shell: Shell) -> None:
    """Open the title that has no application yet from what is said about it, and enter the day."""
    said = read(shell, "remarks")
    heads = [one for one in said if one.startswith(("Abgelaufen", "Fiktions")) or " ohne " in one[:16]]
    number = next(n for n, one in enumerate(heads) if one.startswith("Abgelaufen"))
    click(shell, f"remark_{number}")
    dialog = find(shell, QDialog, "edit_residence_spell")
    type_into(dialog, "field_status_applied_on", dates.full(APPLIED))
    leave(dialog)
    click(dialog, "save_record")
