"""Ein Widerspruch über Ostern in NRW, through the windows.

The Jobcenter's letter is dated 27 February 2026. By the four-day fiction it counts as known on 3 March; the
month would end on Karfreitag, and the next working day is the Tuesday after Easter.
"""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QLineEdit

from kimdesk.casework import cases
from kimdesk.casework.desk import Desk
from kimdesk.domain.dates import today
from kimdesk.texts import dates
from tests.ui.hands import click, find, leave, type_into
from tests.ui.scenarios.steps import case_of, choose, go_to, read, read_the_day
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)

NOTICE = "field_notices_0_"
REASON = "weil der Bescheid vom 27.02.2026 am 03.03.2026 als bekannt gegeben gilt"


def test_an_appeal_over_easter_in_nrw(blank: Desk, shell_on: Callable[..., Shell]) -> None:
    case = case_of(blank, "Amna", "Osman")
    shell = shell_on(blank)

    # The letter is entered where the notices of the case stand.
    go_to(shell, case, "coordination")
    click(shell, "add_notices")
    type_into(shell, f"{NOTICE}agency", "Jobcenter Niederholt")
    type_into(shell, f"{NOTICE}subject", "Ablehnung der Mietkosten")
    type_into(shell, f"{NOTICE}dated_on", "27.2.26")
    choose(shell, f"{NOTICE}delivery", "mit einfachem Brief")
    type_into(shell, f"{NOTICE}delivered_on", "2.3.26")
    leave(shell)

    # The last day is proposed; one press takes it over, and the deadline stands in the plan.
    assert "Vorschlag: Di., 07.04.2026 (Widerspruch im Sozialrecht)" in read(shell)
    click(shell, f"{NOTICE}appeal_until_take")
    assert find(shell, QLineEdit, f"{NOTICE}appeal_until").text() == "07.04.2026"
    (deadline,) = cases.peek(blank, case.id).follow_ups
    assert deadline.title == "Widerspruch einlegen: Jobcenter Niederholt, Ablehnung der Mietkosten"

    # How it was found stands there step by step, with its sources.
    click(shell, f"{NOTICE}appeal_until_explain")
    derivation = find(shell, QDialog, "deadline_dialog")
    told = read(derivation, "deadline_result")
    assert "Dienstag, 7.\u00a0April 2026" in told
    assert "Er gilt am 4. Tag danach, am 03.03.2026, als bekannt gegeben." in told
    assert "Dass er schon am 02.03.2026 da war, ändert daran nichts." in told
    assert "Die Frist von einem Monat endet am 03.04.2026, einem Freitag." in told
    assert (
        "Keine Werktage: 03.04.2026 (Karfreitag), 04.04.2026 (Samstag), 05.04.2026 (Sonntag), "
        "06.04.2026 (Ostermontag). Die Frist endet deshalb am nächsten Werktag, dem 07.04.2026." in told
    )
    assert any(words.startswith("§\u00a037 Abs.\u00a02 SGB\u00a0X") for words in told)
    assert any(words.startswith("Keine Rechtsberatung: Maßgeblich") for words in read(derivation))
    click(derivation, "dialog_reject")

    # Heute says what is due and why.
    (row,) = [words for words in read_the_day(shell) if "Widerspruch einlegen" in words]
    assert "Amna Osman" in row
    assert dates.without_year(REASON, today()) in row

    # From there the same derivation opens again. Now it turns out: the letter has no instruction on appeal.
    go_to(shell, case, f"follow_up:{deadline.id}")
    click(find(shell, QDialog, "edit_follow_up"), "show_derivation")
    derivation = find(shell, QDialog, "deadline_dialog")
    choose(derivation, "deadline_instruction", "fehlt")
    told = read(derivation, "deadline_result")
    assert "Mittwoch, 3.\u00a0März 2027" in told
    assert "Bisher ist der 07.04.2026 eingetragen; wenn Sie die Frist übernehmen, gilt der neue Tag." in told
    click(derivation, "dialog_accept")

    # The one deadline has moved; nothing stands twice.
    (moved,) = cases.peek(blank, case.id).follow_ups
    assert (moved.id, moved.due_on.isoformat()) == (deadline.id, "2027-03-03")
