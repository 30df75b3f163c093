"""The pages of structural findings and of interpreting: lists, numbers, the way back into the case."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from kimdesk.casework import contacts, findings, records
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import Contact, Finding, FollowUp
from kimdesk.domain.terms import FollowUpKind
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, sees
from tests.ui.page_help import new_case, page_of, today
from tests.ui.scenarios.steps import choose, read
from ui.kit.bars import NumberBar
from ui.pages.interpreting.periods import span
from ui.places import Place
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)
ShellOn = Callable[..., Shell]


def test_findings_of_all_cases_stand_in_one_list_and_open_there(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Osman")
    one = records.save(
        blank, Finding(case_id=case.id, title="Kein Kurs am Vormittag", kind="service_gap", noted_on=today())
    )
    records.save(blank, Finding(case_id=case.id, title="Runder Tisch", state="decided"))
    shell = shell_on(blank, "findings")
    told = read(page_of(shell))
    assert "Kein Kurs am Vormittag" in told
    assert "Runder Tisch" in told
    walk_accessible(page_of(shell))
    choose(shell, "finding_state", "Beschluss")
    assert "Kein Kurs am Vormittag" not in read(page_of(shell))
    choose(shell, "finding_state", "Jeder Stand")
    click(shell, f"again_{one.id}")
    assert findings.listed(blank)[0].finding.frequency == 2
    click(shell, f"open_{one.id}")
    assert find(shell, QDialog, "edit_finding").isVisible()


def test_a_desk_without_findings_says_so(blank: Desk, shell_on: ShellOn) -> None:
    shell = shell_on(blank, "findings")
    assert any(words.startswith("Es ist noch kein Strukturbefund") for words in read(page_of(shell)))


def test_interpreting_is_counted_per_language_and_written_as_it_is_shown(
    blank: Desk, shell_on: ShellOn, tmp_path: Path
) -> None:
    case = new_case(blank, "Osman")
    for interpreter, language in (("professional", "apc"), ("unavailable", "tir"), ("own_language", "apc")):
        held = Contact(case_id=case.id, held_on=today(), language=language, interpreter=interpreter)
        contacts.note(blank, held)
    shell = shell_on(blank, "interpreting")
    page = page_of(shell)
    told = read(page)
    assert "Tigrinya" in told
    assert "Tigrinya · niemand verfügbar" in told
    assert "Zusammen" in told
    page.write(tmp_path / "Dolmetschen.csv")
    lines = (tmp_path / "Dolmetschen.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == "Tag;Fall;Sprache;Stand;Minuten"
    assert len(lines) - 1 == 2
    assert "Osman" not in "".join(lines)
    walk_accessible(page)
    failed = next(
        one.id for one in records.of_case(blank, Contact, case.id) if one.interpreter == "unavailable"
    )
    click(shell, f"finding_{failed}")
    dialog = find(shell, QDialog, "edit_finding")
    assert find(dialog, QLineEdit, "field_finding_title").text() == "Dolmetschen nicht verfügbar (Tigrinya)"
    dialog.reject()
    shell.navigate(Place("interpreting"))
    choose(shell, "ledger_period", "Voriges Jahr")
    assert "In diesem Zeitraum ist kein Gespräch eingetragen, für das gedolmetscht werden sollte." in read(
        page
    )


def test_a_booked_interpreter_is_asked_about_after_the_day(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Osman")
    booked = records.save(
        blank,
        FollowUp(
            case_id=case.id,
            kind=FollowUpKind.APPOINTMENT,
            title="Gespräch",
            due_on=today(),
            interpreter="booked",
        ),
    )
    shell = shell_on(blank, "interpreting")
    assert sees(shell, "unsettled")
    click(shell, f"no_show_{booked.id}")
    assert records.get(blank, FollowUp, booked.id).interpreter == "no_show"
    assert not sees(shell, "unsettled")


def test_wishes_for_interpreters_are_bars_that_say_their_figures(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Osman")
    for interpreter, language in (("professional", "apc"), ("unavailable", "apc"), ("unavailable", "tir")):
        contacts.note(
            blank, Contact(case_id=case.id, held_on=today(), language=language, interpreter=interpreter)
        )
    shell = shell_on(blank, "interpreting")
    bars = [bar for bar in page_of(shell).findChildren(NumberBar) if "gewünscht" in bar.accessibleName()]
    assert [bar.accessibleName().partition(",")[0] for bar in bars] == [
        "Arabisch (Levante): gewünscht 2",
        "Tigrinya: gewünscht 1",
    ]
    assert [bar.lengths(100) for bar in bars] == [[50, 0, 50], [0, 0, 50]]


def test_kinds_of_findings_are_bars_with_their_numbers(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Osman")
    for kind in ("capacity", "service_gap", "capacity"):
        records.save(blank, Finding(case_id=case.id, title="Kein Kurs", kind=kind))
    counts = find(page_of(shell_on(blank, "findings")), QWidget, "finding_counts")
    assert read(counts) == ["Kapazität", "2", "Angebotslücke", "1"]
    assert [bar.lengths(100) for bar in counts.findChildren(NumberBar)] == [[100], [50]]


def test_periods_have_a_first_and_a_last_day() -> None:
    day = date(2026, 11, 22)
    assert span("month", day) == (date(2026, 11, 1), date(2026, 11, 30))
    assert span("quarter", day) == (date(2026, 10, 1), date(2026, 12, 31))
    assert span("year", day) == (date(2026, 1, 1), date(2026, 12, 31))
    assert span("last_year", day) == (date(2025, 1, 1), date(2025, 12, 31))
    first, last = span("all", day)
    assert first < day - timedelta(days=9999)
    assert last > day
