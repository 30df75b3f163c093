"""One act for many cases: each for itself, the refused named, one way back for all."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kimdesk.casework import bulk, case_list, cases, changes, records
from kimdesk.casework.desk import Desk
from kimdesk.casework.person_lists.rows import whole
from kimdesk.domain.custody import Passage, PassageWay, Side, Stage
from kimdesk.domain.errors import CaseworkError, StoreError
from kimdesk.domain.records import Case, Goal, Person
from kimdesk.store import passages
from kimdesk.store.passages import Papers

DAY = date(2026, 12, 14)
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def three(desk: Desk) -> list[Case]:
    return [cases.open_new(desk, Person(family_name=name)) for name in ("Osman", "Haddad", "Yildiz")]


def passed_on(desk: Desk, case: Case) -> None:
    with desk.writing() as writer:
        gone = Passage(
            "a" * 32, case.id, PassageWay.MOVE, Side.GAVE, Stage.ACCEPTED, "b" * 32, "Moosbach", AT
        )
        passages.note(writer.connection, gone, Papers())


def workers(desk: Desk, some: list[Case]) -> list[str]:
    return [records.get(desk, Case, each.id).worker for each in some]


def test_all_are_assigned_and_one_step_takes_it_back(desk: Desk, three: list[Case]) -> None:
    done = whole(bulk.assign_steps(desk, [case.id for case in three], "Selin Aydin"))
    assert workers(desk, three) == ["Selin Aydin"] * 3
    assert [row.worker for row in case_list.named(desk, [three[0].id])] == ["Selin Aydin"]
    back = whole(bulk.undo_steps(desk, done.changes))
    assert (workers(desk, three), back.left) == (["Miriam Kessler"] * 3, ())


def test_who_is_handed_over_stays_and_is_named(desk: Desk, three: list[Case]) -> None:
    passed_on(desk, three[1])
    rows = case_list.named(desk, [case.id for case in three])
    assert [[row.id for row in part] for part in bulk.split(rows)] == [
        [three[0].id, three[2].id],
        [three[1].id],
    ]
    done = whole(bulk.follow_up_steps(desk, [case.id for case in three], DAY, "Post nachfragen"))
    assert [(left.case_id, left.why.code) for left in done.left] == [(three[1].id, "E864")]
    assert [len(cases.peek(desk, case.id).follow_ups) for case in three] == [1, 0, 1]


def test_a_stopped_act_takes_back_what_it_did(desk: Desk, three: list[Case]) -> None:
    steps = bulk.follow_up_steps(desk, [case.id for case in three], DAY, "Post nachfragen")
    next(steps)
    next(steps)
    steps.throw(CaseworkError("E878"))
    with pytest.raises(CaseworkError, match="E878"):
        whole(steps)
    assert [cases.peek(desk, case.id).follow_ups for case in three] == [()] * 3


def test_taking_back_leaves_what_somebody_went_on_with(desk: Desk, three: list[Case]) -> None:
    done = whole(bulk.follow_up_steps(desk, [case.id for case in three], DAY, "Post nachfragen"))
    [mine] = cases.peek(desk, three[0].id).follow_ups
    records.save(desk, replace(mine, done_on=DAY))
    back = whole(bulk.undo_steps(desk, done.changes))
    assert [(left.case_id, left.why.code) for left in back.left] == [(three[0].id, "E905")]
    assert [len(cases.peek(desk, case.id).follow_ups) for case in three] == [1, 0, 0]


def test_documents_lie_in_the_folder_and_in_the_trail(desk: Desk, three: list[Case], tmp_path: Path) -> None:
    (tmp_path / f"{three[0].file_number}.json").write_text("von gestern")
    done = whole(bulk.document_steps(desk, [case.id for case in three], tmp_path))
    assert [json.loads(path.read_text())["id"] for path in done.files] == [case.id for case in three]
    assert (tmp_path / f"{three[0].file_number}.json").read_text() == "von gestern"
    with desk.reading() as reader:
        told = reader.connection.exec_driver_sql("select count(*) from audit where action = 'copied_out'")
        assert told.scalar() == 3


def test_a_stopped_or_refused_export_leaves_no_file(desk: Desk, three: list[Case], tmp_path: Path) -> None:
    steps = bulk.document_steps(desk, [case.id for case in three], tmp_path)
    next(steps)
    next(steps)
    with pytest.raises(CaseworkError, match="E878"):
        steps.throw(CaseworkError("E878"))
    assert list(tmp_path.glob("*.json")) == []
    with pytest.raises(StoreError, match="E920"):
        whole(bulk.document_steps(desk, [three[0].id], tmp_path / "fort"))


def test_all_of_a_list_are_meant_not_only_the_page_that_is_shown(desk: Desk, three: list[Case]) -> None:
    assert bulk.ids(desk, cases.CaseQuery(text="haddad")) == (three[1].id,)
    assert set(bulk.ids(desk, cases.CaseQuery())) == {case.id for case in three}


def test_steps_are_taken_back_one_after_the_other_through_one_record(desk: Desk, case: Case) -> None:
    goal = records.save(desk, Goal(case_id=case.id, text="Arbeit"))
    first = changes.save(desk, replace(goal, text="Arbeit im Hafen"))
    second = changes.save(desk, replace(first.now(Goal)[0], text="Arbeit in der Werft"))
    third = changes.remove(desk, second.now(Goal)[0])
    for step in (third, second, first):
        changes.undo(desk, step)
    assert [each.text for each in cases.peek(desk, case.id).goals] == ["Arbeit"]
    with pytest.raises(StoreError, match="E905"):
        changes.undo(desk, second)
