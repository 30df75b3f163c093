"""Opening, finding, closing and erasing cases."""

from dataclasses import replace
from datetime import date

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from kimdesk.casework import cases, closing, drafts, people, records, upkeep
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import CaseworkError, StoreError
from kimdesk.domain.records import (
    Case,
    Contact,
    FollowUp,
    Goal,
    Measure,
    Member,
    Person,
    RegimeSpell,
    Relation,
)
from kimdesk.domain.terms import CaseStatus, Phase, Role
from kimdesk.store.changes import head, since
from tests.casework.seen import row_title

PAGE, SALT, RESERVED = 4096, 16, 80  # of SQLCipher 4


def test_a_new_case_has_a_number_a_client_and_its_first_phase(desk: Desk) -> None:
    first = cases.open_new(desk, Person(family_name="Osman"), opened_on=date(2026, 3, 2))
    second = cases.open_new(desk, Person(family_name="Haddad"), opened_on=date(2026, 3, 2))
    later = cases.open_new(desk, None, opened_on=date(2027, 1, 4))
    assert [each.file_number for each in (first, second, later)] == [
        "ESC-2026-001",
        "ESC-2026-002",
        "ESC-2027-001",
    ]
    file = cases.load(desk, first.id)
    assert file.client
    assert file.client.family_name == "Osman"
    assert file.case.ags == "05999001"
    assert [entry.phase for entry in file.phases] == [Phase.ACCESS]


def test_an_anonymous_case_has_no_client(desk: Desk) -> None:
    case = cases.open_new(desk, None)
    assert cases.load(desk, case.id).client is None
    assert [row.name for row in cases.find(desk, case.file_number)] == [""]


def test_opening_a_case_is_noted_and_a_glance_is_not(desk: Desk, case: Case) -> None:
    cases.peek(desk, case.id)
    cases.load(desk, case.id)
    actions = [entry.action for entry in upkeep.history(desk, case.id)]
    assert actions.count("opened") == 1
    assert upkeep.check(desk) == []


def test_an_unknown_case_is_said_to_be_unknown(desk: Desk) -> None:
    for use in (cases.load, cases.peek, cases.erase):
        with pytest.raises(CaseworkError, match="E853"):
            use(desk, "01900000-0000-7000-8000-000000000000")
    with pytest.raises(StoreError, match="E909"):
        records.get(desk, Goal, "01900000-0000-7000-8000-000000000000")


def test_the_list_shows_what_is_next_and_what_is_protected(desk: Desk, case: Case) -> None:
    records.save(desk, FollowUp(case_id=case.id, due_on=date(2026, 11, 30), title="Antrag stellen"))
    child = Person(family_name="Osman", given_names="Lina", protected=True)
    people.add_person(desk, case.id, child, Role.CHILD)
    row = cases.list_page(desk, CaseQuery()).rows[0]
    assert (row.name, row.next_due, row_title(row)) == (
        "Osman, Amna",
        date(2026, 11, 30),
        "Antrag stellen",
    )
    assert row.protected
    assert row.unsent


def test_a_list_goes_on_where_it_stopped(desk: Desk) -> None:
    opened = {cases.open_new(desk, Person(family_name="Osman")).id for _ in range(5)}
    first = cases.list_page(desk, CaseQuery(), limit=3)
    rest = cases.list_page(desk, CaseQuery(), first.next, limit=3)
    assert {row.id for row in first.rows + rest.rows} == opened
    assert rest.next is None
    assert cases.count(desk, CaseQuery()) == 5


def test_a_closed_case_leaves_the_list_and_is_kept_for_three_years(desk: Desk, case: Case) -> None:
    records.save(desk, FollowUp(case_id=case.id, due_on=date(2026, 11, 30), title="Anruf"))
    closed = closing.close(desk, case.id, "goals_reached", on=date(2024, 2, 29))
    assert (closed.status, closed.closing_reason) == (CaseStatus.CLOSED, "goals_reached")
    assert closed.retain_until == date(2027, 2, 28)
    assert cases.count(desk, CaseQuery()) == 0
    kept = cases.list_page(desk, CaseQuery(status="closed")).rows
    assert [row.next_due for row in kept] == [date(2026, 11, 30)], "what was promised outlives the case"
    reopened = cases.reopen(desk, case.id, "Neuer Bedarf")
    assert (reopened.status, reopened.closed_on, reopened.retain_until) == (CaseStatus.ACTIVE, None, None)
    assert cases.list_page(desk, CaseQuery()).rows[0].next_due == date(2026, 11, 30)
    assert cases.peek(desk, case.id).events[-1].reason == "Neuer Bedarf"


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_closing_and_opening_again_need_a_reason(desk: Desk, case: Case, reason: str) -> None:
    for use in (closing.close, cases.reopen):
        with pytest.raises(CaseworkError, match="E851"):
            use(desk, case.id, reason)
    assert cases.peek(desk, case.id).case == case


def test_erasing_leaves_identities_only(desk: Desk, case: Case) -> None:
    partner = people.add_person(desk, case.id, Person(family_name="Zwetschge"), Role.PARTNER)
    other = cases.open_new(desk, records.get(desk, Person, partner.person_id))
    records.save(desk, Contact(case_id=case.id, held_on=date(2026, 3, 2), content="Geheimwort Kirschkern"))
    drafts.save_draft(desk, f"case:{case.id}/phase:intake", {"answer": "Geheimwort Kirschkern"})
    client = cases.peek(desk, case.id).client
    assert client
    before = _head(desk)
    cases.erase(desk, case.id, "retention_ended")

    assert cases.count(desk, CaseQuery(status="")) == 1
    assert cases.find(desk, "kirschkern") == cases.find(desk, "osman") == ()
    assert [row.id for row in cases.find(desk, "zwetschge")] == [other.id]
    with desk.reading() as reader:
        ops = {(each.record_id, each.op) for each in since(reader, before)}
        tombs = reader.connection.exec_driver_sql("SELECT record_id, reason FROM tombstone").fetchall()
        pages = reader.connection.exec_driver_sql("SELECT block FROM search_text_data").fetchall()
    assert {(case.id, "remove"), (client.id, "remove")} <= ops
    assert (case.id, "retention_ended") in {tuple(row) for row in tombs}
    assert not any(b"irschkern" in bytes(page[0]) for page in pages)
    assert drafts.draft_keys(desk) == []
    assert upkeep.check(desk, full=True) == []


def test_an_erased_word_stands_on_no_page_of_the_opened_database(desk: Desk, case: Case) -> None:
    marker = "Kirschkernkissen"
    records.save(desk, Contact(case_id=case.id, held_on=date(2026, 3, 2), content=marker))
    drafts.save_draft(desk, f"case:{case.id}", {"answer": marker})
    assert marker.encode() in _pages(desk)
    cases.erase(desk, case.id)
    pages = _pages(desk)
    assert len(pages) > 100_000
    assert marker.encode() not in pages
    assert marker.lower().encode() not in pages


def test_the_draft_of_a_change_goes_with_its_record(desk: Desk, case: Case) -> None:
    """Drafts of new records name their case, those of changes only the record: these stayed for ever."""
    kept = records.save(desk, Contact(case_id=case.id, held_on=date(2026, 3, 2), minutes=15))
    gone = records.save(desk, Contact(case_id=case.id, held_on=date(2026, 3, 3), minutes=15))
    for each in (kept, gone):
        drafts.save_draft(desk, f"record:contact:{each.id}", {"content": "Kirschkernkissen"})
    records.remove(desk, gone)
    assert drafts.draft_keys(desk) == [f"record:contact:{kept.id}"]
    cases.erase(desk, case.id)
    assert drafts.draft_keys(desk) == []


def test_somebody_who_left_another_household_can_be_erased(desk: Desk, case: Case) -> None:
    """Rows she left behind there kept her own case from being erased (E907), whatever anybody did."""
    other = cases.open_new(desk, Person(family_name="Haddad"))
    her, client = (cases.peek(desk, each.id).persons[0] for each in (other, case))
    member = records.save(desk, Member(case_id=case.id, person_id=her.id, role=Role.PARTNER))
    records.save(desk, Relation(case_id=case.id, person_id=her.id, other_id=client.id, kind="partner"))
    records.save(desk, RegimeSpell(case_id=case.id, person_id=her.id, regime="sgb2"))
    records.remove(desk, member)
    cases.erase(desk, other.id)
    assert records.get(desk, Person, her.id) == her
    cases.erase(desk, case.id)
    with desk.reading() as reader:
        assert [reader.get(Person, each.id) for each in (her, client)] == [None, None]


def test_measures_cannot_wait_for_each_other(desk: Desk, case: Case) -> None:
    first = records.save(desk, Measure(case_id=case.id, title="Kurs"))
    second = records.save(desk, Measure(case_id=case.id, title="Kita", requires=(first.id,)))
    with pytest.raises(CaseworkError, match="E854"):
        records.save(desk, replace(first, requires=(second.id,)))
    assert {each.id for each in records.of_case(desk, Measure, case.id)} == {first.id, second.id}


def _head(desk: Desk) -> int:
    with desk.reading() as reader:
        return head(reader)


def _pages(desk: Desk) -> bytes:
    """Return every page of the database file decrypted: what somebody with the key could dig out of it."""
    desk.vault.checkpoint()
    data = (desk.vault.folder / "data.db").read_bytes()
    assert (desk.vault.folder / "data.db-wal").stat().st_size == 0
    key, clear = bytes(desk.vault._key), []
    for start in range(0, len(data), PAGE):
        page = data[start : start + PAGE]
        sealed, vector = page[0 if start else SALT : PAGE - RESERVED], page[PAGE - RESERVED :][:16]
        clear.append(Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor().update(sealed))
    return b"".join(clear)
