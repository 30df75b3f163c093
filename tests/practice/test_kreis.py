"""The practice Kreis: alive, honest, the same for the same seed and day, and nothing half made."""

import json
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from kimdesk.cage import Stop
from kimdesk.casework.desk import Desk
from kimdesk.cli import practice as command
from kimdesk.cli.__main__ import main
from kimdesk.domain.errors import StoreError
from kimdesk.kreis import DeskState, disputes, overview, set_aside
from kimdesk.kreis.findings import packs_in_use, reported
from kimdesk.kreis.registry import RECORDS, ledger, open_registry
from kimdesk.kreis.rows import transaction
from kimdesk.practice.kreis.caseload import caseload
from kimdesk.practice.kreis.making import make
from kimdesk.practice.kreis.plan import PracticeExtent
from kimdesk.practice.library import kreis as places
from kimdesk.practice.library import kreis_plan
from tests.conftest import PASSPHRASE
from tests.practice.practice_kreis import NOW, SMALL

ONE = PracticeExtent(("Ostermark",), cases=0.1, rounds=1)


def test_it_is_marked_and_everything_that_can_go_wrong_did(practice_kreis: Desk) -> None:
    assert practice_kreis.practice
    found = overview(practice_kreis, now=NOW)
    states = {row.name: row.state for row in found.desks}
    assert states["Moorfeld"] is DeskState.SILENT
    assert states["Lippbrück"] is DeskState.QUARANTINE
    assert states["Eschenried"] is DeskState.MISSING
    assert [row.silent_days for row in found.desks if row.name == "Moorfeld"] == [kreis_plan().silent_days]
    assert len(disputes(practice_kreis)) == 1
    assert [group.desk for group in set_aside(practice_kreis)] == ["Sankt Bernd"]
    assert found.totals.differing == ()
    assert found.totals.here == found.totals.reported > 0


def test_one_desk_works_with_an_older_catalogue(practice_kreis: Desk) -> None:
    names = {row.id: row.name for row in overview(practice_kreis, now=NOW).desks}
    used = {names[desk_id]: version for desk_id, version in packs_in_use(practice_kreis).items()}
    assert used["Talheide"] < used["Eschenried"]


def test_every_bundle_is_in_the_ledger(practice_kreis: Desk) -> None:
    with transaction(open_registry(practice_kreis)) as connection:
        arrived = select(func.count()).where(ledger.c.state == "applied")
        bundles = connection.execute(arrived).scalar()
        kinds = {kind for kind, table in RECORDS.items() if connection.execute(select(table.c.id)).first()}
    assert bundles is not None
    assert bundles >= len(SMALL.places) * SMALL.rounds - 2
    assert {"case", "goal", "measure", "referral", "regime_spell", "finding"} <= kinds
    assert {one.kind for one in reported(practice_kreis)} >= {"good_practice"}


def test_the_same_seed_and_day_give_the_same_cases() -> None:
    [desk] = (each for each in kreis_plan().desk if each.place == "Brinkhorst")
    day = NOW.date()
    assert caseload(desk, 1, day, 1.0) == caseload(desk, 1, day, 1.0)
    assert caseload(desk, 1, day, 1.0) != caseload(desk, 2, day, 1.0)
    assert caseload(desk, 1, day, 1.0) != caseload(desk, 1, day + timedelta(days=1), 1.0)
    told = [file for file in caseload(desk, 1, day, 1.0) if file.case.status == "active"]
    assert 0 < len(told) < 5


def test_every_desk_stands_for_an_invented_municipality() -> None:
    known = {each.name: each.ags for each in places().municipality}
    assert {each.place for each in kreis_plan().desk} == set(known)
    assert len(known) == len(set(known.values())) == 16


def test_stopping_leaves_nothing(tmp_path: Path) -> None:
    stop = Stop()

    def heard(done: int, _: int) -> None:
        if done == 0:
            stop.stop()

    with pytest.raises(StoreError) as refused, stop.heeded():
        make(tmp_path / "kreis", PASSPHRASE, now=NOW, scale=ONE, progress=heard)
    assert refused.value.code == "E931"
    assert not any(tmp_path.iterdir())


def test_the_command_makes_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(command, "make", partial(make, scale=ONE))
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE)
    vault = str(tmp_path / "kreis")
    assert main(["--json", "practice", "kreis", vault, "--passphrase-file", str(secret)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["desks"] == 1
    with Desk.unlock(tmp_path / "kreis", PASSPHRASE) as office:
        assert office.practice
        assert office.role == "kreis"
