"""A revision names the desk that made it; two desks find what they last had in common; a vault of the schema
before that loses nothing on the way up and down."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from kimdesk import vault as vaults
from kimdesk.casework import cases, people_merge, records, upkeep
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import ContentError, StoreError
from kimdesk.domain.kinds import RECORD_TYPES
from kimdesk.domain.records import Achievement, Case, Goal, PaperIssue, Standing
from kimdesk.domain.three_way import merge
from kimdesk.store import operations, revisions, schema
from kimdesk.store.revisions import Revision
from kimdesk.store.tables import RECORD_TABLES, tombstone
from kimdesk.store.work import reading, writing
from tests.conftest import PASSPHRASE

BEFORE = Path(__file__).parents[1] / "vault" / "fixtures" / "schema-2"
OTHER = "00ff00ff00ff00ff"


@pytest.fixture
def second(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BEFORE, tmp_path / "second"))


@pytest.fixture
def goal(engine: Engine, case: Case) -> Goal:
    """A goal saved three times."""
    with writing(engine, "Kim") as writer:
        goal = writer.put(Goal(case_id=case.id, text="eins"))
        goal = writer.put(replace(goal, text="zwei"))
        return writer.put(replace(goal, text="drei"))


def mark(engine: Engine) -> str:
    with reading(engine) as reader:
        return revisions.own_mark(reader)


def line(engine: Engine, goal: Goal) -> list[tuple[Revision, str]]:
    with reading(engine) as reader:
        return [(revision, one.text) for revision, one in revisions.line_of(reader, Goal, goal.id)]


def every(desk: Desk) -> tuple[cases.CaseRow, ...]:
    return cases.list_page(desk, cases.CaseQuery(status="")).rows


def content(engine: Engine) -> dict[str, list[Any]]:
    """Return every table but what Alembic and the vault keep about themselves."""
    with engine.connect() as connection:
        sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_%'"
        names = [row[0] for row in connection.exec_driver_sql(sql)]
        return {
            name: sorted(map(repr, connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()))
            for name in names
            if name not in ("alembic_version", "vault_state")
        }


def test_every_save_names_this_desk(engine: Engine, goal: Goal) -> None:
    own = mark(engine)
    assert len(own) == 16
    assert line(engine, goal) == [
        (Revision(own, 3), "drei"), (Revision(own, 2), "zwei"), (Revision(own, 1), "eins"),
    ]  # fmt: skip


def test_a_removal_names_this_desk_too(engine: Engine, goal: Goal) -> None:
    with writing(engine, "Kim") as writer:
        writer.remove(goal)
    with engine.connect() as connection:
        [row] = connection.execute(tombstone.select().where(tombstone.c.record_id == goal.id))
    assert (row.rev, row.rev_by) == (4, mark(engine))
    assert line(engine, goal) == []


def test_what_is_taken_over_keeps_its_maker_and_number(engine: Engine, goal: Goal) -> None:
    with writing(engine, "Kim") as writer:
        writer.adopt(replace(goal, rev=7, text="von dort"), OTHER, goal.rev)
    with writing(engine, "Kim") as writer:
        [now] = [one for _, one in revisions.line_of(writer, Goal, goal.id)][:1]
        writer.put(replace(now, text="wieder hier"))
    own = mark(engine)
    assert line(engine, goal)[:3] == [
        (Revision(own, 8), "wieder hier"), (Revision(OTHER, 7), "von dort"), (Revision(own, 3), "drei"),
    ]  # fmt: skip


def test_a_new_record_of_another_desk_is_taken_over_as_it_stands(engine: Engine, case: Case) -> None:
    made = Goal(id="01a22a73-9192-7000-adbe-c220e8582195", rev=5, case_id=case.id, text="von dort")
    with writing(engine, "Kim") as writer:
        writer.adopt(made, OTHER)
    assert line(engine, made) == [(Revision(OTHER, 5), "von dort")]


@pytest.mark.parametrize(("rev", "based_on"), [(3, 3), (2, 3), (9, 2)])
def test_nothing_takes_the_place_of_a_later_or_another_revision(
    engine: Engine, goal: Goal, rev: int, based_on: int
) -> None:
    with pytest.raises(StoreError, match="E905"), writing(engine, "Kim") as writer:
        writer.adopt(replace(goal, rev=rev, text="von dort"), OTHER, based_on)
    assert line(engine, goal)[0][1] == "drei"


def test_what_was_removed_here_comes_back_only_by_a_later_revision(engine: Engine, goal: Goal) -> None:
    with writing(engine, "Kim") as writer:
        writer.remove(goal)
    with pytest.raises(StoreError, match="E905"), writing(engine, "Kim") as writer:
        writer.adopt(replace(goal, rev=4), OTHER)
    assert line(engine, goal) == []
    with writing(engine, "Kim") as writer:
        writer.adopt(replace(goal, rev=5), OTHER)
    assert line(engine, goal) == [(Revision(OTHER, 5), "drei")]


@pytest.mark.parametrize("text", ["zwei\r\nZeilen", "u\u0308ben", "\x00"])
def test_a_text_that_no_desk_stores_is_not_taken_over(engine: Engine, goal: Goal, text: str) -> None:
    with pytest.raises(ContentError, match="E708"), writing(engine, "Kim") as writer:
        writer.adopt(replace(goal, rev=7, text=text), OTHER, goal.rev)


def test_what_both_last_had_in_common_is_found(engine: Engine, goal: Goal) -> None:
    own = mark(engine)
    theirs = [Revision(OTHER, 4), Revision(OTHER, 3), Revision(own, 2), Revision(own, 1)]
    with reading(engine) as reader:
        base = revisions.base_of(reader, Goal, goal.id, theirs)
        assert base
        assert (base.text, base.rev) == ("zwei", 2)
        assert revisions.base_of(reader, Goal, goal.id, theirs[:2]) is None
        assert revisions.base_of(reader, Goal, "nowhere", theirs) is None


def test_a_restored_copy_goes_on_as_another_maker(second: Path, tmp_path: Path) -> None:
    with Desk.unlock(second, PASSPHRASE) as desk:
        made = upkeep.backup(desk, tmp_path / "stick")
        own = mark(desk.vault.engine)
    with upkeep.restore(made.path, tmp_path / "again", PASSPHRASE) as again:
        copy = mark(again.vault.engine)
        assert copy != own
        [goal] = [one for row in every(again) for one in cases.peek(again, row.id).goals]
        with again.writing() as writer:
            writer.put(replace(goal, text="hier weiter"))
        found = line(again.vault.engine, goal)
    assert [revision.desk for revision, _ in found] == [copy, own, own, own]


def test_what_an_original_and_its_copy_did_to_a_record_is_joined(second: Path, tmp_path: Path) -> None:
    with Desk.unlock(second, PASSPHRASE) as desk:
        made = upkeep.backup(desk, tmp_path / "stick")
        [goal] = [one for row in every(desk) for one in cases.peek(desk, row.id).goals]
        mine = records.save(desk, replace(goal, indicator="Vertrag"))
        with upkeep.restore(made.path, tmp_path / "copy", PASSPHRASE) as copy:
            theirs = records.save(copy, replace(goal, due_on=date(2027, 1, 31)))
            theirs = records.save(copy, replace(theirs, priority=1))
            with copy.reading() as reader:
                line = [revision for revision, _ in revisions.line_of(reader, Goal, goal.id)]
        with desk.writing() as writer:
            base = revisions.base_of(writer, Goal, goal.id, line)
            found = merge(base, mine, theirs)
            assert isinstance(found, Goal)
            saved = writer.put(replace(found, rev=mine.rev))
    assert base == goal
    assert (saved.indicator, saved.due_on, saved.priority) == ("Vertrag", date(2027, 1, 31), 1)


def test_an_earlier_state_that_was_accepted_goes_on_as_another_maker(second: Path) -> None:
    with Desk.unlock(second, PASSPHRASE) as desk:
        own = mark(desk.vault.engine)
    with Desk.unlock(second, PASSPHRASE) as desk:
        assert mark(desk.vault.engine) == own
    with Desk.unlock(second, PASSPHRASE, accept_older=True) as desk:
        assert mark(desk.vault.engine) != own


@pytest.fixture
def opened(second: Path) -> Iterator[vaults.Vault]:
    with closing(vaults.unlock(second, PASSPHRASE)) as vault:
        yield vault


def test_up_and_down_again_nothing_is_lost_and_nothing_counts_as_changed(opened: vaults.Vault) -> None:
    before = content(opened.engine)
    schema.migrate(opened.engine, "0003")
    above = content(opened.engine)
    assert above["change"] == before["change"]
    assert {name: len(rows) for name, rows in above.items() if name != "setting"} == {
        name: len(rows) for name, rows in before.items() if name != "setting"
    }
    schema.migrate(opened.engine, "0002")
    assert content(opened.engine) == before
    assert vaults.check(opened, full=True) == []


def test_every_record_is_read_after_it_and_names_its_desk(opened: vaults.Vault) -> None:
    schema.migrate(opened.engine)
    own = mark(opened.engine)
    with reading(opened.engine) as reader:
        for record_type in RECORD_TYPES:
            ids = [row[0] for row in reader.connection.execute(RECORD_TABLES[record_type].select())]
            assert ids or record_type in (Achievement, PaperIssue, Standing), "kinds of a later schema"
            for record_id in ids:
                found = revisions.line_of(reader, record_type, record_id)
                assert {revision.desk for revision, _ in found} == {own}, record_type


def test_a_merge_from_before_is_undone_after_it(second: Path) -> None:
    with Desk.unlock(second, PASSPHRASE) as desk:
        [past] = people_merge.past(desk)
        assert (past.kept, past.gone, past.undone) == ("Ayşe Öztürk-Test", "Ayse Ozturk-Test", False)
        again = people_merge.undo(desk, past.operation_id)
        file = next(each for row in every(desk) if (each := cases.peek(desk, row.id)).client == again)
    assert (again.family_name, again.phone) == ("Ozturk-Test", "0231 1")
    assert {each.role.value for each in file.members} == {"client", "partner", "child"}
    assert {each.note for each in file.relations} == {"", "geht mit der Zusammenführung"}
    assert [each.person_id for each in file.regimes] == [again.id]
    assert [each.person_id for each in file.regime_changes] == [again.id]
    assert [each.about for each in file.follow_ups] == [again.id]
    assert [each.about for each in file.attachments] == [again.id]


def test_a_person_erased_after_it_leaves_nothing_with_a_merge_from_before(second: Path) -> None:
    with Desk.unlock(second, PASSPHRASE) as desk:
        for row in every(desk):
            cases.erase(desk, row.id)
        with desk.reading() as reader:
            [noted] = operations.of_kind(reader.connection, operations.MERGE)
    assert noted.body == ""
