"""What is shown as one page costs the same number of statements, however many rows it has."""

from collections.abc import Callable

from kimdesk.casework import case_list, cases, people
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import Member, Person
from kimdesk.domain.terms import Role
from tests.counting import statements


def asked(desk: Desk, read: Callable[[], object]) -> int:
    """Return how many statements reach the database while ``read`` is at work, not for the first time."""
    read()
    with statements(desk) as found:
        read()
    return len(found)


def open_cases(desk: Desk, number: int) -> None:
    for count in range(number):
        cases.open_new(desk, Person(family_name="Osman", given_names=f"Amna{'abcdefghij'[count % 10]}"))


def test_a_page_of_hits(desk: Desk) -> None:
    def search() -> None:
        assert case_list.find(desk, "osman")

    open_cases(desk, 1)
    few = asked(desk, search)
    open_cases(desk, 30)
    assert len(case_list.find(desk, "osman")) == 31
    assert asked(desk, search) == few < 10


def test_persons_who_may_be_the_same(desk: Desk) -> None:
    def compare() -> None:
        assert people.similar(desk, "Osman", "Amna")

    open_cases(desk, 1)
    few = asked(desk, compare)
    open_cases(desk, 30)
    assert len(people.similar(desk, "Osman", "Amna")) == 10
    assert asked(desk, compare) == few < 6


def test_hits_come_in_the_order_of_the_search(desk: Desk) -> None:
    for given in ("Zeinab", "Amna", "Mona"):
        cases.open_new(desk, Person(family_name="Osman", given_names=given))
    assert [row.name for row in case_list.find(desk, "osman")] == [
        "Osman, Amna",
        "Osman, Mona",
        "Osman, Zeinab",
    ]


def test_a_name_that_many_bear_hides_nobody_who_shares_more(desk: Desk) -> None:
    open_cases(desk, 12)
    for case in case_list.find(desk, "osman"):
        with desk.writing() as writer:
            [client] = writer.of_case(Person, case.id)
            other = writer.put(Person(family_name="Haddad", given_names="Karim"))
            writer.put(Member(case_id=case.id, person_id=other.id, role=Role.CHILD))
            assert writer.cases_of_all([client.id, other.id]) == {client.id: [case.id], other.id: [case.id]}
    best = people.similar(desk, "Osman", "Amnac", limit=1)[0].person
    assert (best.family_name, best.given_names) == ("Osman", "Amnac")


def test_a_text_of_many_words_is_no_name_but_is_looked_for(desk: Desk) -> None:
    open_cases(desk, 1)
    words = " ".join(f"wort{number}" for number in range(800))
    assert people.similar(desk, "Osman", f"{words} Amnaa")
