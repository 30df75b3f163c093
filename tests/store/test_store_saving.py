"""What is saved is saved wholly, by one hand at a time, and is still there tomorrow."""

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from kimdesk import vault as vaults
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import StoreError
from kimdesk.domain.records import (
    Case,
    ChecklistEntry,
    Contact,
    Goal,
    LanguageSkill,
    Member,
    Person,
    PhaseEvent,
    Record,
    Referral,
)
from kimdesk.domain.terms import ItemState, Phase
from kimdesk.store.changes import TrackedChange, head, since
from kimdesk.store.schema import migrate
from kimdesk.store.work import Writer, reading, writing

COUNTED = ("kim_case", "person", "member", "change", "audit", "case_row", "due", "search_doc", "person_key")


def rows(engine: Engine) -> dict[str, list[Any]]:
    with engine.connect() as connection:
        return {table: list(connection.execute(text(f"SELECT * FROM {table}"))) for table in COUNTED}


def test_a_save_is_still_there_after_closing_and_opening(closed_vault: Path, passphrase: str) -> None:
    with vaults.unlock(closed_vault, passphrase) as vault:
        migrate(vault.engine)
        with writing(vault.engine, "Kim") as writer:
            saved = writer.put(Case(opened_on=date(2026, 3, 2), file_number="ESR-2026-001"))
    with vaults.unlock(closed_vault, passphrase) as vault, reading(vault.engine) as reader:
        assert reader.get(Case, saved.id) == saved


@pytest.mark.parametrize(
    "record",
    [
        Person(
            family_name="Nguyễn",
            given_names="Thị Lan",
            original_name="阮氏蘭",
            birth_date=PartialDate(1990, 5),
            nationalities=("432", "998"),
            languages=(LanguageSkill("vie", "C2"), LanguageSkill("deu", "A1", interpreter=True)),
            protected=True,
            extra={"shoe_size": 38, "deep": {"list": [1, None, "ä"]}},
        ),
        Case(opened_on=date(2024, 2, 29), closed_on=date(2026, 1, 1), closing_reason="moved"),
    ],
)
def test_every_value_comes_back_as_it_was(engine: Engine, record: Record) -> None:
    with writing(engine, "Kim") as writer:
        saved = writer.put(record)
    with reading(engine) as reader:
        assert reader.get(type(record), saved.id) == replace(record, id=saved.id, rev=1)


def test_values_inside_a_case_come_back_as_they_were(engine: Engine, case: Case) -> None:
    moment = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    entry = ChecklistEntry(
        item="bank_account", state=ItemState.REQUESTED, note="Sparkasse", since=date(2026, 3, 1)
    )
    with writing(engine, "Kim") as writer:
        saved: list[Record] = [
            writer.put(
                PhaseEvent(case_id=case.id, phase=Phase.INTAKE, event="skipped", reason="–", at=moment)
            ),
            writer.put(Referral(case_id=case.id, service="jobcenter", warm=True, checklist=(entry,))),
            writer.put(Goal(case_id=case.id, text="Deutsch", level=-2, smart=("specific",))),
            writer.put(Contact(case_id=case.id, held_on=date(2026, 3, 2), minutes=0)),
        ]
    with reading(engine) as reader:
        assert [reader.of_case(type(each), case.id) for each in saved] == [[each] for each in saved]


def test_of_two_editors_the_second_is_told(engine: Engine, case: Case) -> None:
    first, second = replace(case, worker="Ada"), replace(case, worker="Bo")
    with writing(engine, "Ada") as writer:
        writer.put(first)
    with pytest.raises(StoreError, match="E905"), writing(engine, "Bo") as writer:
        writer.put(second)
    with reading(engine) as reader:
        kept = reader.get(Case, case.id)
    assert kept == replace(first, rev=2)


def test_a_removed_record_cannot_be_saved_again_by_accident(engine: Engine, case: Case) -> None:
    with writing(engine, "Kim") as writer:
        goal = writer.put(Goal(case_id=case.id, text="Wohnung"))
        writer.remove(goal)
    with pytest.raises(StoreError, match="E905"), writing(engine, "Kim") as writer:
        writer.put(replace(goal, text="neu"))


def test_an_identity_is_taken_once(engine: Engine, case: Case) -> None:
    with pytest.raises(StoreError, match="E905"), writing(engine, "Kim") as writer:
        writer.put(replace(case, rev=0))


def test_undoing_a_removal_goes_on_from_the_last_revision(engine: Engine, case: Case) -> None:
    with writing(engine, "Kim") as writer:
        goal = writer.put(Goal(case_id=case.id, text="Wohnung"))
        writer.remove(goal)
    with writing(engine, "Kim") as writer:
        back = writer.put(replace(goal, rev=0))
        assert back.rev > goal.rev
        assert writer.of_case(Goal, case.id) == [back]


def test_a_record_needs_its_case_and_its_person(engine: Engine, case: Case, person: Person) -> None:
    with pytest.raises(StoreError, match="E907"), writing(engine, "Kim") as writer:
        writer.put(Goal(case_id="01900000-0000-7000-8000-000000000000"))
    with writing(engine, "Kim") as writer:
        writer.put(Member(case_id=case.id, person_id=person.id))
    with pytest.raises(StoreError, match="E907"), writing(engine, "Kim") as writer:
        writer.remove(person)


def test_a_failed_transaction_leaves_nothing(engine: Engine, case: Case) -> None:
    before = rows(engine)

    def half(writer: Writer) -> None:
        person = writer.put(Person(family_name="Halb", given_names="Fertig"))
        writer.put(Member(case_id=case.id, person_id=person.id))
        writer.put(replace(case, ags="05999002"))
        writer.finish()
        raise RuntimeError

    with pytest.raises(RuntimeError), writing(engine, "Kim") as writer:
        half(writer)
    assert rows(engine) == before


def test_each_object_has_one_change_number_that_rises(engine: Engine, case: Case) -> None:
    with writing(engine, "Kim") as writer:
        goal = writer.put(Goal(case_id=case.id, text="Wohnung"))
        middle = head(writer)
        again = writer.put(replace(case, ags="05999002"))
        writer.put(replace(again, ags="05999003"))
        assert [(each.kind, each.record_id, each.op) for each in since(writer, middle)] == [
            ("case", case.id, "put")
        ]
        writer.remove(goal)
        newest = head(writer)
        assert list(since(writer, newest - 1)) == [TrackedChange(newest, "goal", goal.id, case.id, "remove")]
        assert len(list(since(writer, 0))) == 2


def fill_the_disk(writer: Writer, case: Case) -> None:
    for _ in range(200):
        writer.put(Contact(case_id=case.id, held_on=date(2026, 3, 2), content="x" * 4000))


def test_a_full_or_write_protected_disk_is_told_by_its_code(engine: Engine, case: Case) -> None:
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="E901"), writing(engine, "Kim") as writer:
        fill_the_disk(writer, case)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match="E902"), writing(engine, "Kim") as writer:
        writer.put(Goal(case_id=case.id))
    with reading(engine) as reader:
        assert reader.of_case(Contact, case.id) == []


def test_no_name_stands_readable_in_any_file(closed_vault: Path, passphrase: str) -> None:
    marker = "Zwetschgenbaum"
    with vaults.unlock(closed_vault, passphrase) as vault:
        migrate(vault.engine)
        with writing(vault.engine, marker) as writer:
            case = writer.put(Case(opened_on=date(2026, 3, 2), file_number=marker))
            person = writer.put(Person(family_name=marker))
            writer.put(Member(case_id=case.id, person_id=person.id))
            writer.put(Contact(case_id=case.id, held_on=date(2026, 3, 2), content=marker))
        files = [path.read_bytes() for path in closed_vault.rglob("*") if path.is_file()]
    files += [path.read_bytes() for path in closed_vault.rglob("*") if path.is_file()]
    assert len(files) > 4
    for spelling in (marker, marker.lower(), marker[::-1]):
        assert not any(
            spelling.encode(encoding) in data for data in files for encoding in ("utf-8", "utf-16-le")
        )


def test_the_tables_are_not_readable_without_the_key(closed_vault: Path, passphrase: str) -> None:
    with vaults.unlock(closed_vault, passphrase) as vault:
        migrate(vault.engine)
    plain = sqlite3.connect(closed_vault / "data.db")
    with pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT * FROM person")
    plain.close()
