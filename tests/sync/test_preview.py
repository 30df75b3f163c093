"""The preview is the export, looked at: whatever leaves is exactly what it lists."""

from collections import Counter
from datetime import date

import pytest

from kimdesk import sync
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import Case, Contact, Finding, Member, Person, Referral
from kimdesk.domain.terms import Role, SharingLevel
from kimdesk.sync.leaving.projection import is_empty
from kimdesk.texts.preview import PreviewWords, basis, case
from tests.sync.canaries import plant
from tests.sync.exchange import TODAY, Exchange


def leaving(preview: sync.Preview) -> Counter[str]:
    """Return how many values of each field the preview says leave, coarsened ones included."""
    counted: Counter[str] = Counter()
    for line in (*preview.leaves, *preview.coarsened):
        counted.update({name: number for name, number in line.fields if name != "figures"})
    return counted


def written(exchange: Exchange) -> Counter[str]:
    """Return how many values of each field are in the bundle; of answers, how many answers."""
    sections = exchange.opened(exchange.export().path)
    counted = Counter(f"{line['kind']}.id" for line in sections["erase"])
    for line in sections["records"]:
        for name, value in line["row"].items():
            counted[f"{line['kind']}.{name}"] += answers_in(value) if name == "answers" else 1
    return counted


def answers_in(value: object) -> int:
    if not isinstance(value, dict | list):
        return 1
    parts = value.values() if isinstance(value, dict) else value
    return sum(answers_in(each) for each in parts)


@pytest.mark.parametrize("level", [*SharingLevel, None])
def test_what_it_lists_is_what_leaves(exchange: Exchange, level: SharingLevel | None) -> None:
    plant(exchange, level)
    listed = leaving(sync.preview(exchange.desk, TODAY))
    assert listed - Counter({"person.street": 9, "person.postcode": 9}) == written(exchange)


def test_it_lists_withdrawals_and_deletions(exchange: Exchange) -> None:
    known = exchange.case()
    other = exchange.case("Haddad")
    exchange.round()
    exchange.change(known.agreed, withdrawn_on=TODAY)
    exchange.remove(other.goal)
    preview = sync.preview(exchange.desk, TODAY)
    assert (
        leaving(preview)
        == written(exchange)
        == Counter({"case.id": 1, "person.id": 1, "member.id": 1, "consent.id": 1, "goal.id": 2})
    )
    assert {(case(line), basis(line)) for line in preview.leaves} == {
        ("Osman, Amna", "Einwilligung widerrufen"),
        ("Haddad, Amna", "gelöscht"),
    }
    assert {(case(each), each.changes, each.bound) for each in preview.choices} == {
        ("Osman, Amna", 5, True),
        ("Haddad, Amna", 1, False),
    }


def test_looking_changes_nothing(exchange: Exchange) -> None:
    exchange.case()
    before = sync.status(exchange.desk)
    first, second = (sync.preview(exchange.desk, TODAY) for _ in range(2))
    assert first == second
    assert sync.status(exchange.desk) == before
    assert (first.changes, first.cases, first.next_seq) == (5, 1, 1)


def test_every_value_is_somewhere(exchange: Exchange) -> None:
    """A field that neither leaves nor stays would be a field nobody was told about."""
    plant(exchange, SharingLevel.IDENTIFIED, kinds=("person",))
    preview = sync.preview(exchange.desk, TODAY)
    told = {name for line in (*preview.leaves, *preview.coarsened, *preview.stays) for name, _ in line.fields}
    with exchange.desk.reading() as reader:
        row = reader.connection.exec_driver_sql("SELECT id FROM person LIMIT 1").scalar_one()
        person = reader.get(Person, row)
    assert person is not None
    for name in Person.__dataclass_fields__:
        if name not in ("id", "rev") and not is_empty(getattr(person, name)):
            assert f"person.{name}" in told, name


def test_it_says_why(exchange: Exchange) -> None:
    known = exchange.case("Haddad", kinds=("person", "household", "contacts", "referrals"))
    exchange.change(known.person, protected=True, azr_number="123456789012")
    child = exchange.put(Person(given_names="Kim", birth_date=PartialDate(2018, 5), street="Mühlenweg 4"))
    exchange.put(Member(case_id=known.case.id, person_id=child.id, role=Role.CHILD))
    exchange.put(Contact(case_id=known.case.id, held_on=date(2026, 11, 3), minutes=50, content="Gespräch"))
    exchange.put(Finding(case_id=known.case.id, title="Kein Vormittagskurs mit Betreuung", frequency=3))
    exchange.put(Referral(case_id=known.case.id, service="jobcenter"))
    preview = sync.preview(exchange.desk, TODAY)
    words = PreviewWords(exchange.desk.catalogue)
    shown = {
        (words.label(line), words.what(line), basis(line))
        for line in (*preview.leaves, *preview.coarsened, *preview.stays)
    }
    assert {
        ("Name, Geburtsdatum", "Haddad, Amna, Kim", "Einwilligung vom 12.06.2026"),
        ("Verweis Jobcenter", "vorbereitet", "Einwilligung vom 12.06.2026"),
        ("Befund Kein Vormittagskurs mit Betreuung", "erfasst", "ohne Personenbezug"),
        ("Alter", "05.2018 → „unter 15“", "nur für die Statistik"),
        ("Kontaktdauer", "50\u00a0Minuten → „bis 1 Stunde“", "nur für die Statistik"),
        ("Fallzahl im Befund", "3 → „unter 5“", "kleine Zahlen geschützt"),
        ("AZR-Nummer", "1 Person", "feste Regel"),
        ("Anschrift", "2 Personen", "feste Regel"),
        (
            "Wortlaut von Zielen und Maßnahmen",
            "1 Ziel",
            "§\u00a0203\u00a0StGB: dafür liegt keine Einwilligung vor",
        ),
    } <= shown


def test_the_address_becomes_the_town(exchange: Exchange) -> None:
    exchange.case()
    coarsened, words = sync.preview(exchange.desk, TODAY).coarsened, PreviewWords(exchange.desk.catalogue)
    shown = {(words.label(line), words.what(line)) for line in coarsened}
    assert ("Anschrift", "Mühlenweg 4 → „Eschenried“") in shown


def test_it_can_be_looked_at_before_the_desk_is_enrolled(exchange: Exchange) -> None:
    with exchange.desk.writing() as writer:
        writer.connection.exec_driver_sql("DELETE FROM setting WHERE key = 'sync.certificate'")
    exchange.case()
    assert sync.preview(exchange.desk, TODAY).cases == 1


def test_a_case_of_a_foreign_municipality_stays_and_says_so(exchange: Exchange) -> None:
    known = exchange.case()
    exchange.change(known.case, ags="05111000")
    preview = sync.preview(exchange.desk, TODAY)
    assert (preview.changes, preview.leaves) == (0, ())
    said = {basis(line) for line in preview.stays}
    assert said == {"Gemeinde ist für diesen Arbeitsplatz nicht angemeldet"}
    assert exchange.opened(exchange.export().path)["records"] == []
    assert exchange.held(Case) == []
