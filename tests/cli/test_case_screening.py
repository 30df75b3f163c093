"""``kimdeskctl case screening``: everybody in a case by its records; and nothing of it is kept."""

import json
from datetime import timedelta
from pathlib import Path

from kimdesk.casework import cases, records
from kimdesk.casework.desk import Desk
from kimdesk.domain.dates import PartialDate, today
from kimdesk.domain.records import Person, ResidenceSpell
from tests.cli.desk_kit import PASSPHRASE, make, run

NOW = today()


def test_it_screens_each_person_by_the_records_and_says_no_name(tmp_path: Path) -> None:
    make(tmp_path / "desk")
    with Desk.unlock(tmp_path / "desk", PASSPHRASE) as desk:
        born = PartialDate.parse(str(NOW - timedelta(17 * 365)))
        amna = Person(family_name="Osman", given_names="Amna", birth_date=born)
        case = cases.open_new(desk, amna)
        client = cases.peek(desk, case.id).client
        assert client
        records.save(
            desk,
            ResidenceSpell(
                case_id=case.id,
                person_id=client.id,
                status="toleration_60a",
                valid_from=NOW - timedelta(4 * 366),
            ),
        )
    (tmp_path / "words").write_text(PASSPHRASE, "utf-8")
    words = ("case", "screening", str(tmp_path / "desk"), "--passphrase-file", str(tmp_path / "words"))
    status, out, _ = run("--json", *words, case.id)
    rules = {one["rule"]: one for one in json.loads(out)["rules"]}
    assert (status, {one["person"] for one in rules.values()}) == (0, {client.id})
    lights = {one["id"]: one["light"] for one in rules["25a"]["conditions"]}
    assert (lights["residence"], lights["toleration"], lights["school"]) == ("green", "green", "yellow")
    assert "Osman" not in out
    status, out, _ = run(*words, case.id)
    assert (status, out.splitlines()[-1][:21]) == (0, "Keine Rechtsberatung.")
    status, _, told = run(*words, "0190-nobody")
    assert (status, told[:4]) == (1, "E853")
