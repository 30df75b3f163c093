"""Names are found however they are typed, texts wherever they stand, and what is removed is not found."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from kimdesk.domain.records import Case, Contact, Measure, Member, Person, PhaseEntry
from kimdesk.domain.terms import Phase, Role
from kimdesk.store import lists
from kimdesk.store.folding import fold, sort_key, written
from kimdesk.store.search import find
from kimdesk.store.work import reading, writing


def put_case(engine: Engine, *names: str, number: str = "", original: str = "") -> Case:
    with writing(engine, "Kim") as writer:
        case = writer.put(Case(opened_on=date(2026, 3, 2), file_number=number))
        for place, name in enumerate(names):
            family, _, given_names = name.partition(", ")
            person = writer.put(Person(family_name=family, given_names=given_names, original_name=original))
            role = Role.CHILD if place else Role.CLIENT
            writer.put(Member(case_id=case.id, person_id=person.id, role=role))
    return case


def found(engine: Engine, query: str, limit: int = 50) -> list[str]:
    with reading(engine) as reader:
        return find(reader.connection, query, limit)


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Müller, Jürgen", "Mueller"),
        ("Müller, Jürgen", "Muller"),
        ("Mueller, Juergen", "Müller"),
        ("Muller, Jo", "müll"),
        ("Yılmaz, Ömer", "yilmaz oemer"),
        ("Yılmaz, Ömer", "OMER"),
        ("Şahin, Dilan", "sahin"),
        ("Strauß, Eva", "Strauss"),
        ("Strauss, Eva", "strauß"),
        ("Nguyễn, Thị Lan", "nguyen thi"),
        ("Al-Khatib, Mohamad", "alkhatib"),
        ("Al-Khatib, Mohamad", "al-khatib moh"),
        ("Łukaszewicz, Żaneta", "lukasz zan"),
        ("Đorđević, Ana", "dordevic"),
        ("Коваленко, Олена", "Kovalenko"),
        ("Коваленко, Олена", "олена"),
        ("Alhassan, Sami", "al hassan"),
        ("Alhassan, Sami", "sami al hassan"),
        ("al Hassan, Sami", "alhassan"),
        ("Abdalrahman, Omar", "abd al rahman"),
        ("OBrien, Una", "o'brien"),
        ("O’Brien, Una", "obrien"),
        ("Saʿid, Hiwa", "said"),
        ("Ågård, Lars", "Aagaard"),
        ("Ågård, Lars", "agard"),
        ("Søndergaard, Pia", "soendergaard"),
        ("Søndergaard, Pia", "sonder"),
        ("Þórsdóttir, Eva", "thors"),
        ("موسى, علي", "موسي"),
        ("موسي, علي", "موسى"),
        ("کریمی, رضا", "كريمي"),
        ("سعيد, أحمد", "احمد سعيد"),
    ],
)
def test_a_name_is_found_however_it_is_typed(engine: Engine, stored: str, typed: str) -> None:
    case = put_case(engine, stored)
    put_case(engine, "Tesfay, Bereket")
    assert found(engine, typed) == [case.id]


def test_a_name_in_its_own_script_is_found_by_it(engine: Engine) -> None:
    case = put_case(engine, "Haddad, Amira", original="أميرة حداد")
    assert found(engine, "حداد") == [case.id]


def test_everyone_in_the_household_leads_to_the_case(engine: Engine) -> None:
    case = put_case(engine, "Osman, Amna", "Osman, Lina")
    assert found(engine, "lina") == [case.id]


@pytest.mark.parametrize("typed", ["ESR-2026-017", "esr-2026", "017", "esr 017"])
def test_a_file_number_is_found_by_its_parts(engine: Engine, typed: str) -> None:
    case = put_case(engine, "Osman, Amna", number="ESR-2026-017")
    put_case(engine, "Demir, Rojin", number="KRS-2025-018")
    assert found(engine, typed) == [case.id]


def test_what_was_written_leads_to_the_case(engine: Engine) -> None:
    case = put_case(engine, "Osman, Amna")
    with writing(engine, "Kim") as writer:
        writer.put(Contact(case_id=case.id, held_on=date(2026, 3, 2), content="Kita-Platz für Lina fehlt"))
        writer.put(Measure(case_id=case.id, title="Widerspruch", agency_file_number="35/4711-B"))
        answers = {"request": {"request": "Eine größere Wohnung", "needs": ["shelter"]}}
        writer.put(PhaseEntry(case_id=case.id, phase=Phase.INTAKE, answers=answers))
    for typed in ("Kita-Platz", "widerspr", "4711", "groessere wohnung", "kita osman", "amna wohnung"):
        assert found(engine, typed) == [case.id], typed
    assert found(engine, "kita tesfay") == []


def test_whole_names_come_before_begun_names_and_texts(engine: Engine) -> None:
    note = put_case(engine, "Zander, Eva")
    begun = put_case(engine, "Alibaba, Tom")
    whole = put_case(engine, "Ali, Zoe")
    with writing(engine, "Kim") as writer:
        writer.put(Contact(case_id=note.id, held_on=date(2026, 3, 2), content="Ali hat angerufen"))
    assert found(engine, "ali") == [whole.id, begun.id, note.id]
    assert found(engine, "ali", limit=1) == [whole.id]


def test_a_changed_name_is_found_and_the_old_one_is_not(engine: Engine) -> None:
    case = put_case(engine, "Falsch, Amna")
    with writing(engine, "Kim") as writer:
        person = writer.of_case(Person, case.id)[0]
        writer.put(replace(person, family_name="Richtig"))
    assert (found(engine, "falsch"), found(engine, "richtig")) == ([], [case.id])


def test_a_changed_or_removed_text_is_not_found(engine: Engine) -> None:
    case = put_case(engine, "Osman, Amna")
    with writing(engine, "Kim") as writer:
        kept = writer.put(Contact(case_id=case.id, held_on=date(2026, 3, 2), content="Zahnarzt"))
        gone = writer.put(Contact(case_id=case.id, held_on=date(2026, 3, 3), content="Schuldenberatung"))
        writer.put(replace(kept, content="Augenarzt"))
        writer.remove(gone)
    assert [found(engine, word) for word in ("zahnarzt", "schulden", "augenarzt")] == [[], [], [case.id]]


def test_removed_words_do_not_linger_in_the_index(engine: Engine) -> None:
    case = put_case(engine, "Osman, Amna")
    with writing(engine, "Kim") as writer:
        gone = writer.put(Contact(case_id=case.id, held_on=date(2026, 3, 3), content="zwetschgenbaum"))
    with writing(engine, "Kim") as writer:
        writer.remove(gone)
    with engine.connect() as connection:
        blocks = connection.exec_driver_sql("SELECT block FROM search_text_data").fetchall()
    assert not any(b"wetschgen" in bytes(block) for (block,) in blocks)


def test_any_person_may_be_searched_by_the_words_of_her_address(engine: Engine) -> None:
    case = put_case(engine, "Osman, Amna")
    with writing(engine, "Kim") as writer:
        person = writer.of_case(Person, case.id)[0]
        writer.put(replace(person, street="Mühlenweg 3", phone="0170 555"))
    assert found(engine, "muhlenweg") == found(engine, "0170") == [case.id]


@pytest.mark.parametrize(
    "typed", ["", "   ", '"', "*", "' OR 1=1 --", "AND", "NEAR(a b)", "a" * 5000, "\x00"]
)
def test_nothing_that_is_typed_breaks_the_search(engine: Engine, typed: str) -> None:
    put_case(engine, "Osman, Amna")
    assert isinstance(found(engine, typed), list)


@given(st.text(max_size=40))
def test_folding_is_stable_and_plain(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert folded == folded.lower().strip()
    assert "  " not in folded


def test_names_sort_as_din_5007_2_says() -> None:
    names = [
        "Muzaffar",
        "Müller",
        "Muller",
        "Mueller",
        "Öztürk",
        "Ozan",
        "Strauß",
        "Straub",
        "Yılmaz",
        "Ärmel",
    ]
    assert sorted(names, key=sort_key) == [
        "Ärmel", "Müller", "Mueller", "Muller", "Muzaffar", "Öztürk", "Ozan", "Straub", "Strauß", "Yılmaz",
    ]  # fmt: skip


def test_a_family_name_stands_before_the_same_with_another_one() -> None:
    names = [("Krum-Meier", "Anna"), ("Krum", "Zoe"), ("Krum Meier", "Bea"), ("Krume", "Ada"), ("Krum", "")]
    assert sorted(names, key=lambda name: sort_key(*name)) == [
        ("Krum", ""), ("Krum", "Zoe"), ("Krum-Meier", "Anna"), ("Krum Meier", "Bea"), ("Krume", "Ada"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Müller", "MUELLER", True),
        ("Müller", "Muller", False),
        ("Ågård", "Aagaard", True),
        ("Ågård", "Agard", False),
        ("Søren", "Soeren", True),
        ("Strauß", "STRAUSS", True),
        ("Đorđević", "Dordevic", True),
        ("Al-Khatib", "al khatib", True),
        ("Saʿid", "Said", True),
        ("موسى", "موسي", True),
        ("حسن", "هسن", False),
        ("حسن", "Hsn", False),
        ("Хаджар", "Khadzhar", False),
    ],
)
def test_two_ways_to_write_are_one_name_only_by_the_official_form(one: str, other: str, same: bool) -> None:
    assert (written(one) == written(other)) is same


def test_a_filter_of_signs_alone_finds_nothing_and_breaks_nothing(engine: Engine) -> None:
    put_case(engine, "Osman, Amna")
    with reading(engine) as reader:
        assert lists.count(reader.connection, lists.CaseQuery(text="?!")) == 0
