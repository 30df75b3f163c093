"""What a package carried can be read later, field by field, as long as its cases are kept here."""

from datetime import date
from pathlib import Path

import pytest
import zstandard
from sqlalchemy import select

from kimdesk import sync
from kimdesk.casework import cases
from kimdesk.domain.errors import StoreError
from kimdesk.domain.records import Member
from kimdesk.domain.terms import SharingLevel
from kimdesk.store.tables import carried
from kimdesk.texts.carried import CarriedWords
from tests.sync.exchange import NOW, Exchange

LAST = (1, 1)


def held(exchange: Exchange) -> bytes:
    """Return everything that is kept of packages, unpacked."""
    with exchange.desk.reading() as reader:
        parts = reader.connection.execute(select(carried.c.body)).scalars().all()
    return b"".join(map(zstandard.decompress, parts))


def records(exchange: Exchange, key: tuple[int, int] = LAST) -> tuple[sync.CarriedRecord, ...]:
    return sync.carried(exchange.desk, *key)


def test_what_is_kept_is_what_the_package_holds(exchange: Exchange) -> None:
    exchange.case()
    exchange.case("Haddad", SharingLevel.PSEUDONYMISED)
    exchange.case("Nassar", None)
    opened = exchange.opened(exchange.export().path)
    found = records(exchange)
    rows = sorted((each.kind, each.row["id"]) for each in found if each.row.get("id"))
    assert rows == sorted((each["kind"], each["row"]["id"]) for each in opened["records"])
    assert [dict(each.row) for each in found if each.kind == "figures"] == [
        each["release"]["figures"] for each in opened["statistics"]
    ]
    assert b"Haddad" not in held(exchange), "what did not leave is not kept as if it had"
    assert sync.kept(exchange.desk) == (LAST,)


def test_it_reads_as_people_say_it(exchange: Exchange) -> None:
    exchange.case()
    exchange.export()
    words = CarriedWords(exchange.desk.catalogue)
    said = {words.title(each): dict(words.fields(each)) for each in records(exchange)}
    goal = said["Ziel Ziel von Osman"]
    assert goal["Lebensbereich"] == "Sprache"
    person = said["Person Osman Amna"]
    assert person["Vornamen"] == "Amna"
    assert "01.06.2026" in said["Fall ESCH-2026-001"].values()
    figures = said["Kennzahlen"]
    assert figures["Aktive Fälle nach Phase, Erstberatung"].startswith("unter 5")


def test_a_withdrawal_is_told_with_what_the_kreis_was_to_erase(exchange: Exchange) -> None:
    known = exchange.case()
    exchange.round()
    exchange.change(known.agreed, withdrawn_on=NOW.date())
    exchange.export()
    gone = [each for each in records(exchange, (1, 2)) if each.reason]
    assert {each.reason for each in gone} == {"withdrawn"}
    assert {each.kind for each in gone} >= {"case", "person", "goal"}
    words = CarriedWords(exchange.desk.catalogue)
    assert words.title(gone[0]).count(":") == 1
    assert records(exchange), "what had left before is told as long as the case is kept"


def test_what_is_erased_here_is_in_no_package_any_more(exchange: Exchange) -> None:
    known, other = exchange.case(), exchange.case("Haddad")
    exchange.round()
    exchange.change(known.goal, text="Ziel zwei von Osman")
    exchange.round()
    assert b"Osman" in held(exchange)
    cases.erase(exchange.desk, known.case.id)
    left = held(exchange)
    assert b"Osman" not in left
    assert known.case.id.encode() not in left
    assert known.person.id.encode() not in left
    assert {each.case_id for each in records(exchange)} == {other.case.id, ""}


def test_a_person_of_two_cases_stays_for_the_other(exchange: Exchange) -> None:
    known, other = exchange.case(), exchange.case("Haddad")
    exchange.put(Member(case_id=other.case.id, person_id=known.person.id, role=other.member.role))
    exchange.round()
    cases.erase(exchange.desk, known.case.id)
    assert known.person.id.encode() in held(exchange)
    assert {each.case_id for each in records(exchange)} == {other.case.id, ""}
    exchange.remove(exchange_member(exchange, other.case.id, known.person.id))
    with exchange.desk.writing() as writer:
        person = writer.get(type(known.person), known.person.id)
        assert person
        writer.remove(person)
    assert known.person.id.encode() not in held(exchange)


def exchange_member(exchange: Exchange, case_id: str, person_id: str) -> Member:
    with exchange.desk.reading() as reader:
        return next(each for each in reader.of_case(Member, case_id) if each.person_id == person_id)


def test_a_package_that_could_not_be_written_leaves_nothing(exchange: Exchange, tmp_path: Path) -> None:
    exchange.case()
    with pytest.raises(StoreError):
        sync.export(exchange.desk, tmp_path / "pulled out", now=NOW)
    sync.preview(exchange.desk, NOW.date())
    assert sync.kept(exchange.desk) == ()
    assert held(exchange) == b""


def test_a_new_count_keeps_what_the_former_one_carried(exchange: Exchange) -> None:
    exchange.case()
    exchange.export()
    epoch = sync.start_epoch(exchange.desk)
    exchange.export()
    assert sync.kept(exchange.desk) == ((epoch, 1), LAST)
    assert len(records(exchange)) == len(records(exchange, (epoch, 1)))


def test_a_closed_case_is_told_until_its_time_is_over(exchange: Exchange) -> None:
    known = exchange.case()
    exchange.export()
    exchange.change(known.case, retain_until=date(2026, 1, 1))
    assert any(each.case_id == known.case.id for each in records(exchange))
    cases.erase(exchange.desk, known.case.id, "retention")
    assert not any(each.case_id for each in records(exchange))
