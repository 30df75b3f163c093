"""How cases are numbered: the office decides, no number is given twice, and nonsense is refused."""

from datetime import date

import pytest

from kimdesk.casework import cases, office
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import CaseworkError

DAY = date(2026, 3, 2)


def opened(desk: Desk, *, on: date = DAY, number: str = "") -> str:
    with desk.writing() as writer:
        return cases.open_within(writer, desk, None, opened_on=on, file_number=number).file_number


def test_the_office_decides_how_numbers_look(desk: Desk) -> None:
    office.set_file_numbers(desk, " {lfd}/{JJ}-{OE} ", "KIM-E")
    assert opened(desk) == "001/26-KIM-E"
    assert office.file_numbers(desk) == office.FileNumbers("{lfd}/{JJ}-{OE}", "KIM-E")


@pytest.mark.parametrize(
    ("template", "short"),
    [
        ("{OE}-{JJJJ}", "ESC"),
        ("", "ESC"),
        ("{lfd}-{LFD}", "ESC"),
        ("{lfd}}", "ESC"),
        ("{{lfd}", "ESC"),
        ("{OE}-{lfd}", " "),
        ("{OE}-{lfd}", "{lfd}"),
        ("{lfd}" + "x" * 40, "ESC"),
    ],
)
def test_a_template_that_numbers_nothing_sensibly_is_refused(desk: Desk, template: str, short: str) -> None:
    with pytest.raises(CaseworkError) as refused:
        office.set_file_numbers(desk, template, short)
    assert refused.value.code == "E858"
    assert opened(desk) == "ESC-2026-001"


def test_a_short_name_that_looks_like_a_place_is_not_filled_in_again(desk: Desk) -> None:
    assert office.FileNumbers("{OE}-{lfd}", "JJ").number(7, 2026) == "JJ-007"


def test_a_number_that_a_case_has_is_passed_over(desk: Desk) -> None:
    opened(desk, number="ESC-2026-001")
    opened(desk, number="ESC-2026-003")
    assert [opened(desk), opened(desk)] == ["ESC-2026-002", "ESC-2026-004"]


def test_without_a_year_the_running_number_goes_on(desk: Desk) -> None:
    office.set_file_numbers(desk, "{OE}{lfd}", "E")
    assert [opened(desk), opened(desk, on=date(2027, 1, 4))] == ["E001", "E002"]


def test_with_a_year_it_begins_anew(desk: Desk) -> None:
    assert [opened(desk), opened(desk, on=date(2027, 1, 4))] == ["ESC-2026-001", "ESC-2027-001"]


def test_the_next_number_is_shown_and_not_taken(desk: Desk) -> None:
    shown = office.next_free(desk, office.checked("{JJ}/{lfd}", ""), DAY)
    assert (shown, opened(desk)) == ("26/001", "ESC-2026-001")


def test_older_numbers_stay_and_the_change_is_noted(desk: Desk) -> None:
    opened(desk)
    office.set_file_numbers(desk, "{OE} {lfd}/{JJJJ}", "ESC")
    assert [row.file_number for row in cases.find(desk, "ESC-2026-001")] == ["ESC-2026-001"]
    with desk.reading() as reader:
        from kimdesk.store import audit

        assert "file_numbers_set" in audit.last_of_kind(reader.connection, "vault")
