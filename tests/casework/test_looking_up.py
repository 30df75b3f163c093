"""What the search field finds: file numbers first, and why each case was found."""

from kimdesk.casework import cases, records
from kimdesk.casework.desk import Desk
from kimdesk.casework.looking_up import FoundBy, look_up
from kimdesk.domain.dates import PartialDate, today
from kimdesk.domain.records import Contact, Member, Person


def test_cases_are_told_apart_and_say_why_they_were_found(desk: Desk) -> None:
    amna = cases.open_new(desk, Person(family_name="Osman", given_names="Amna", birth_date=PartialDate(1992)))
    other = cases.open_new(desk, Person(family_name="Haddad", given_names="Amira"))
    child = records.save(desk, Person(family_name="Osman", given_names="Lina"))
    records.save(desk, Member(case_id=other.id, person_id=child.id))
    talk = cases.open_new(desk, Person(family_name="Traoré", given_names="Ibrahim"))
    records.save(desk, Contact(case_id=talk.id, held_on=today(), content="Frau Osman hat angerufen."))
    found = {each.row.id: each for each in look_up(desk, "Osman", 8)}
    assert found[amna.id].why is FoundBy.NAME
    assert found[amna.id].birth_year == 1992
    assert found[other.id].why is FoundBy.HOUSEHOLD
    assert found[talk.id].why is FoundBy.TEXT


def test_a_file_number_finds_its_case_first(desk: Desk) -> None:
    wanted = cases.open_new(desk, Person(family_name="Osman", given_names="Amna"))
    talk = cases.open_new(desk, Person(family_name="Haddad", given_names="Amira"))
    words = f"Siehe {wanted.file_number}."
    for _ in range(3):
        records.save(desk, Contact(case_id=talk.id, held_on=today(), content=words))
    found = look_up(desk, wanted.file_number, 8)
    assert (found[0].row.id, found[0].why) == (wanted.id, FoundBy.FILE_NUMBER)
    last = wanted.file_number.rsplit("-", 1)[-1]
    assert look_up(desk, last, 8)[0].row.id == wanted.id
