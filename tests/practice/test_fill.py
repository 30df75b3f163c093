"""A desk filled with the practice town: everything arrives, nothing is mixed with real cases."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kimdesk.casework import cases as casework
from kimdesk.casework.desk import Desk
from kimdesk.casework.today import agenda
from kimdesk.domain.errors import StoreError
from kimdesk.domain.records import Person
from kimdesk.practice.fill import fill
from kimdesk.practice.town import cases
from kimdesk.texts.refusals import explain
from kimdesk.vault import Strength

TODAY = date(2026, 11, 24)


def new_desk(folder: Path, passphrase: str, *, practice: bool) -> Desk:
    made, _ = Desk.create(
        folder,
        passphrase,
        name="Eschenried",
        user="Miriam Kessler",
        practice=practice,
        strength=Strength.INTERACTIVE,
    )
    return made


@pytest.fixture
def desk(vault_folder: Path, passphrase: str) -> Iterator[Desk]:
    with new_desk(vault_folder, passphrase, practice=True) as made:
        yield made


@pytest.fixture
def ordinary_desk(vault_folder: Path, passphrase: str) -> Iterator[Desk]:
    with new_desk(vault_folder, passphrase, practice=False) as made:
        yield made


def test_every_case_arrives_whole(desk: Desk) -> None:
    heard: list[tuple[int, int]] = []
    assert fill(desk, 16, 5, TODAY, progress=lambda done, total: heard.append((done, total))) == 16
    assert heard == [(16, 16)]
    for wanted in cases(16, 5, TODAY):
        stored = casework.load(desk, wanted.case.id)
        assert stored.case.file_number == wanted.case.file_number
        assert {each.id for each in stored.measures} == {each.id for each in wanted.measures}
        assert {each.id: dict(each.answers) for each in stored.phases} == {
            each.id: dict(each.answers) for each in wanted.phases
        }
        assert {each.id for each in stored.persons} == {each.id for each in wanted.persons}


def test_the_page_of_the_day_is_alive(desk: Desk) -> None:
    fill(desk, 15, 1, TODAY)
    day = agenda(desk, TODAY)
    assert [task.name for task in day.overdue] == ["Bereket Tesfay", "Olena Kowalenko", "Ibrahim Traoré"]
    assert "Amira Haddad" in [task.name for task in day.today]
    assert {"Amna Osman", "Dilan Şahin", "Selam Gebre"} <= {task.name for task in day.expiring}
    assert [task.name for task in day.unanswered] == ["Mohamad Al-Khatib"]
    assert [each.time for each in day.appointments] == ["10:00", "13:30", "15:30"]


def test_filling_again_adds_only_what_is_not_there(desk: Desk) -> None:
    assert fill(desk, 5, 1, TODAY) == 5
    assert fill(desk, 8, 1, TODAY) == 3
    assert casework.count(desk, casework.CaseQuery(status="")) == 8


def test_a_desk_with_real_cases_is_left_alone(ordinary_desk: Desk) -> None:
    casework.open_new(ordinary_desk, Person(family_name="Echt"))
    with pytest.raises(StoreError) as refusal:
        fill(ordinary_desk, 3, 1, TODAY)
    assert refusal.value.code == "E930"
    assert "nichts hinzugefügt" in explain(refusal.value).message
    assert casework.count(ordinary_desk, casework.CaseQuery(status="")) == 1


def test_an_empty_desk_becomes_a_practice_desk(ordinary_desk: Desk) -> None:
    assert fill(ordinary_desk, 2, 1, TODAY) == 2
    assert fill(ordinary_desk, 4, 1, TODAY) == 2
