"""``kimdeskctl case deadlines``: what is due in a case, as all pages tell it."""

import json
from datetime import timedelta
from pathlib import Path

from kimdesk.casework import cases, records
from kimdesk.casework.desk import Desk
from kimdesk.domain.agenda.dues import due_in
from kimdesk.domain.dates import today
from kimdesk.domain.records import Person, ResidenceSpell
from tests.cli.desk_kit import PASSPHRASE, make, run

NOW = today()


def test_it_tells_rule_day_source_and_state(tmp_path: Path) -> None:
    make(tmp_path / "desk")
    with Desk.unlock(tmp_path / "desk", PASSPHRASE) as desk:
        case = cases.open_new(desk, Person(family_name="Osman", given_names="Amna"))
        client = cases.peek(desk, case.id).client
        assert client
        until = NOW + timedelta(5)
        title = ResidenceSpell(case_id=case.id, person_id=client.id, status="permit", valid_until=until)
        records.save(desk, title)
        [due] = due_in(cases.peek(desk, case.id), desk.rules, NOW)
    (tmp_path / "words").write_text(PASSPHRASE, "utf-8")
    words = ("case", "deadlines", str(tmp_path / "desk"), "--passphrase-file", str(tmp_path / "words"))
    status, out, _ = run("--json", *words, case.id)
    assert (status, json.loads(out)) == (
        0,
        {
            "due": [
                {
                    "rule": "residence_title_ends",
                    "due_on": until.isoformat(),
                    "since": (until - timedelta(60)).isoformat(),
                    "source": f"residence_spell:{due.record_id}",
                    "state": "soon",
                }
            ]
        },
    )
    status, out, _ = run(*words, case.id)
    assert status == 0
    assert "bald: Verlängerung des Aufenthaltstitels beantragen" in out
    status, out, told = run(*words, "0190-nobody")
    assert status == 1
    assert "E853" in told
