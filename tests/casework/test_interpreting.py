"""The interpreter ledger: what was asked for, who came, and what stands on the page of the day."""

from datetime import date, timedelta
from pathlib import Path

from kimdesk.casework import contacts, interpreting, records, today
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import Case, Contact, FollowUp
from kimdesk.domain.terms import FollowUpKind
from tests.casework.seen import seen

DAY = date(2026, 3, 2)
WEEK = timedelta(days=7)


def appointment(desk: Desk, case: Case, interpreter: str, day: date = DAY, language: str = "apc") -> FollowUp:
    return records.save(
        desk,
        FollowUp(
            case_id=case.id,
            kind=FollowUpKind.APPOINTMENT,
            title="Gespräch",
            due_on=day,
            language=language,
            interpreter=interpreter,
        ),
    )


def talk(desk: Desk, case: Case, interpreter: str, day: date = DAY, minutes: int | None = None) -> Contact:
    new = Contact(
        case_id=case.id, held_on=day, language="apc", interpreter=interpreter, interpreter_minutes=minutes
    )
    return contacts.note(desk, new)


def test_an_appointment_without_an_interpreter_is_a_step_of_the_day(desk: Desk, case: Case) -> None:
    appointment(desk, case, "requested", DAY + WEEK)
    appointment(desk, case, "not_needed", DAY + WEEK)
    (step,) = today.agenda(desk, DAY).expiring
    assert seen(step).title == "Dolmetscher*in buchen: Gespräch"
    assert seen(step).reason == "weil für den Termin am 09.03.2026 noch niemand gebucht ist"


def test_after_a_booked_appointment_it_is_asked_who_came(desk: Desk, case: Case) -> None:
    booked = appointment(desk, case, "booked")
    assert [seen(each).title for each in today.agenda(desk, DAY + WEEK).overdue] == [
        "Kam die Dolmetscher*in? Gespräch"
    ]
    (open_one,) = interpreting.ledger(desk, DAY, DAY).unsettled(DAY + WEEK)
    assert open_one.ref.id == booked.id
    interpreting.settle(desk, booked.id, came=False)
    assert today.agenda(desk, DAY + WEEK).overdue == ()
    (row,) = interpreting.ledger(desk, DAY, DAY).languages
    assert (row.booked, row.no_show, row.came) == (1, 1, 0)


def test_a_talk_says_whether_the_booked_one_came(desk: Desk, case: Case) -> None:
    booked = appointment(desk, case, "booked")
    talk(desk, case, "professional", minutes=45)
    assert records.get(desk, FollowUp, booked.id).interpreter == "came"
    found = interpreting.ledger(desk, DAY, DAY)
    assert len(found.occasions) == 1  # appointment and talk of a day are one occasion
    assert (found.total.came, found.total.minutes) == (1, 45)


def test_the_period_and_the_language_are_kept_apart(desk: Desk, case: Case) -> None:
    talk(desk, case, "unavailable")
    talk(desk, case, "own_language", DAY + WEEK)  # nobody had to interpret
    appointment(desk, case, "requested", DAY + 2 * WEEK, language="tir")
    everything = interpreting.ledger(desk, DAY, DAY + 3 * WEEK)
    assert {row.language: (row.wanted, row.unavailable) for row in everything.languages} == {
        "apc": (1, 1),
        "tir": (1, 0),
    }
    assert [each.failed for each in everything.occasions] == [False, True]
    assert interpreting.ledger(desk, DAY + WEEK, DAY + WEEK).occasions == ()


def test_the_table_has_the_rows_of_the_list_and_no_names(desk: Desk, case: Case, tmp_path: Path) -> None:
    talk(desk, case, "volunteer", minutes=30)
    talk(desk, case, "no_show", DAY + WEEK)
    found = interpreting.ledger(desk, DAY, DAY + WEEK)
    heads = ["Tag", "Fall", "Zustand", "Minuten"]

    def cells(each: interpreting.Occasion) -> list[str]:
        return [each.day.isoformat(), each.file_number, f"={each.state}", str(each.minutes or "")]

    assert interpreting.write_csv(desk, found, tmp_path / "d.csv", heads, cells) == 2
    lines = (tmp_path / "d.csv").read_text("utf-8-sig").splitlines()
    assert lines[1].startswith("2026-03-09")
    assert lines[1].split(";")[2] == "'=no_show", "no spreadsheet takes a word for a formula"
    assert lines[2].split(";")[2:] == ["'=came", "30"]
    assert "Osman" not in "".join(lines)
