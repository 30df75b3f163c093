"""A desk opens, works, tells what changed, and closes."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kimdesk.casework import cases, records
from kimdesk.casework.desk import Changed, Desk
from kimdesk.domain.errors import StoreError, VaultError
from kimdesk.domain.records import Case, Goal, Person
from kimdesk.store.schema import HEAD
from kimdesk.vault import Strength


def test_a_desk_knows_who_works_where(desk: Desk) -> None:
    assert (desk.name, desk.actor, desk.role, desk.practice) == (
        "Gemeinde Eschenried",
        "Miriam Kessler",
        "desk",
        False,
    )
    assert desk.municipalities == ("05999001", "05999002")


def test_a_desk_that_cannot_be_made_leaves_nothing(tmp_path: Path, passphrase: str) -> None:
    wrong: Any = (5999001,)
    with pytest.raises(TypeError):
        Desk.create(
            tmp_path / "new",
            passphrase,
            name="Probe",
            user="",
            municipalities=wrong,
            strength=Strength.INTERACTIVE,
        )
    assert list(tmp_path.iterdir()) == []


def test_municipalities_stay_set(desk_folder: Path, passphrase: str) -> None:
    with Desk.unlock(desk_folder, passphrase) as desk:
        desk.set_municipalities(("05999009",))
    with Desk.unlock(desk_folder, passphrase) as desk:
        assert desk.municipalities == ("05999009",)


def test_the_wrong_passphrase_opens_nothing(desk_folder: Path) -> None:
    with pytest.raises(VaultError, match="E001"):
        Desk.unlock(desk_folder, "falsch falsch falsch falsch falsch")


def test_a_desk_of_a_newer_program_is_left_alone_and_not_held(desk_folder: Path, passphrase: str) -> None:
    with Desk.unlock(desk_folder, passphrase) as desk, desk.vault.engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {int(HEAD) + 1}")
    for _ in range(2):
        with pytest.raises(StoreError, match="E908"):
            Desk.unlock(desk_folder, passphrase)


def test_views_hear_of_a_change_once_it_is_stored(desk: Desk, case: Case) -> None:
    heard: list[Changed] = []

    def hear(changed: Changed) -> None:
        cases.peek(desk, case.id)  # what is told is stored, and may be read at once
        heard.append(changed)

    end = desk.subscribe(hear)
    goal = records.save(desk, Goal(case_id=case.id, text="Wohnung"))
    assert heard == [Changed(frozenset({"goal"}), frozenset({goal.id, case.id}))]
    end()
    end()
    records.remove(desk, goal)
    assert len(heard) == 1


def test_nothing_is_told_of_what_failed(desk: Desk, case: Case) -> None:
    heard: list[Changed] = []
    desk.subscribe(heard.append)
    with pytest.raises(StoreError, match="E905"):
        records.save(desk, Goal(id="x", rev=3, case_id=case.id))
    cases.load(desk, case.id)
    assert heard == []


def test_a_change_of_a_person_names_all_her_cases(desk: Desk, case: Case) -> None:
    heard: list[Changed] = []
    client = cases.peek(desk, case.id).client
    assert client
    other = cases.open_new(desk, client)
    desk.subscribe(heard.append)
    records.save(desk, replace(client, call_name="Amu"))
    assert heard[0].ids >= {client.id, case.id, other.id}


def test_whole_cases_survive_closing_and_opening(desk_folder: Path, passphrase: str) -> None:
    with Desk.unlock(desk_folder, passphrase) as desk:
        case = cases.open_new(desk, Person(family_name="Osman"))
        before = cases.load(desk, case.id)
    with Desk.unlock(desk_folder, passphrase) as desk:
        assert cases.load(desk, case.id) == before
