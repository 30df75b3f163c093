"""What the client may read of a case: nobody else's name, and every ordinary word."""

from datetime import date

import pytest

from kimdesk.domain.records import Case, CaseFile, Contact, Measure, Member, Person
from kimdesk.domain.terms import Role
from kimdesk.texts.guarding import Guard

DAY = date(2026, 11, 30)
CLIENT = Person(id="a", family_name="Osman", given_names="Amna")
CHILD = Person(id="l", family_name="Osman", given_names="Lina")
OTHER = Person(id="t", family_name="Osman", given_names="Tarig Ali")
FILE = CaseFile(
    case=Case(id="c", opened_on=DAY),
    persons=(CLIENT, CHILD, OTHER),
    members=(
        Member(case_id="c", person_id="a"),
        Member(case_id="c", person_id="l", role=Role.CHILD),
        Member(case_id="c", person_id="t", role=Role.PARTNER),
    ),
    measures=(
        Measure(case_id="c", title="Antrag", agency="Jobcenter", agency_person="Frau Yavuz, Zimmer 3.02"),
    ),
    contacts=(
        Contact(
            case_id="c", held_on=DAY, interpreter_name="Frau Demirci", participants="Herr Brandt, Frau Abdi",
        ),
        Contact(case_id="c", held_on=DAY, participants="Jobcenter; Ostendorf"),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Ruhiges Zimmer bis 24.02.2027", "Ruhiges Zimmer bis 24.02.2027"),
        ("Antrag beim Jobcenter mit Frau Yavuz", "Antrag beim Jobcenter mit Frau …"),
        ("Frau Demirci, Herr Brandt, Frau Abdi, Ostendorf", "Frau …, Herr …, Frau …, …"),
        ("Lina Osman und Tarig Osman", "Ihr Kind und eine andere Person"),
        ("Ali hilft Lina und Amna", "eine andere Person hilft Ihr Kind und Amna"),
    ],
)  # fmt: skip
def test_names_of_others_go_and_ordinary_words_stay(text: str, read: str) -> None:
    assert Guard(FILE)(text) == read


def test_own_names_stay_on_a_paper_that_bears_them() -> None:
    assert Guard(FILE)("Damit Frau Osman hilft") == "Damit Frau … hilft"
    assert Guard(FILE, own_names=True)("Damit Frau Osman hilft") == "Damit Frau Osman hilft"
    assert Guard(FILE, own_names=True)("Tarig Osman hilft") == "eine andere Person hilft"
