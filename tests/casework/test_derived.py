"""What follows from the records is worked out again after an update, in steps, and goes on after a break."""

import shutil
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import resources
from kimdesk.casework import cases, derived, records, today
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.catalogue.agenda_rules import SPANS, STEPS
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.layers import Layer, Origin
from kimdesk.cli.__main__ import main
from kimdesk.domain.agenda.dues import due_in, next_date
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.law.spans import SpanName
from kimdesk.domain.records import Contact, FollowUp, Person
from kimdesk.store.schema import migrate
from tests.casework.seen import seen
from tests.conftest import PASSPHRASE

FIRST = Path(__file__).parents[1] / "vault" / "fixtures" / "first-release"

NOW = calendar_day()
MANY = 2 * derived.AT_ONCE + 3


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """The folder of a vault of the first release."""
    return Path(shutil.copytree(FIRST, tmp_path / "vault"))


def fill(desk: Desk) -> None:
    for number in range(MANY):
        case = cases.open_new(desk, Person(family_name=f"Osman{number:02}", given_names="Amna"))
        records.save(desk, FollowUp(case_id=case.id, due_on=NOW + timedelta(days=10), title="Anruf"))
        records.save(desk, Contact(case_id=case.id, held_on=NOW - timedelta(weeks=5), minutes=15))


def newer() -> Catalogue:
    """Return a catalogue with other rules, as a later program brings them: another window, another span."""
    steps, spans = (deepcopy(resources.read_toml(path)) for path in (STEPS, SPANS))
    steps["rule"]["follow_up"]["lead"] = 30
    silence = next(one for one in spans["span"] if one["code"] == SpanName.SILENCE)
    silence["length"] = {"count": 4, "unit": "weeks"}
    layer = Layer(
        name="später",
        origin=Origin.KREIS,
        version=1,
        valid_from=NOW,
        documents={STEPS: steps, SPANS: spans},
    )
    return Catalogue((layer,))


def changed_numbers(desk: Desk) -> list[tuple[int, object]]:
    rows = cases.list_page(desk, CaseQuery(), limit=MANY).rows
    return [(row.listed.changed, row.updated) for row in rows]


def test_a_new_vault_has_nothing_outdated(desk: Desk) -> None:
    fill(desk)
    assert derived.outdated(desk) == 0
    assert derived.renew(desk) == 0


def test_an_update_of_the_rules_reaches_every_date(desk: Desk) -> None:
    fill(desk)
    before = changed_numbers(desk)
    agenda = today.agenda(desk, NOW)
    assert (agenda.expiring, agenda.quiet, agenda.outdated) == ((), (), 0)
    desk.catalogue = newer()
    assert today.agenda(desk, NOW).outdated == MANY, "the page of the day says what is not worked out yet"
    assert derived.renew(desk) == MANY
    agenda = today.agenda(desk, NOW)
    assert (len(agenda.expiring), len(agenda.quiet), agenda.outdated) == (MANY, MANY, 0)
    assert changed_numbers(desk) == before, "nobody changed a case: nothing more is to be sent"


def test_it_goes_on_where_it_was_stopped(desk: Desk, desk_folder: Path, passphrase: str) -> None:
    fill(desk)
    later = desk.catalogue = newer()
    steps = derived.renew_steps(desk)
    assert 0 < next(steps) < 1
    steps.close()
    desk.close()
    with Desk.unlock(desk_folder, passphrase) as again:
        again.catalogue = later
        assert derived.outdated(again) == MANY - derived.AT_ONCE
        assert derived.renew(again) == MANY - derived.AT_ONCE
        assert len(today.agenda(again, NOW).expiring) == MANY


def test_work_goes_on_between_two_steps(desk: Desk) -> None:
    fill(desk)
    desk.catalogue = newer()
    steps = derived.renew_steps(desk)
    next(steps)
    [row] = cases.find(desk, f"Osman{MANY - 1:02}")
    [follow_up] = cases.peek(desk, row.id).follow_ups
    records.save(desk, replace(follow_up, due_on=NOW, title="Heute noch"))
    assert [seen(task).title for task in today.agenda(desk, NOW).today] == ["Heute noch"]
    assert sum(1 for _ in steps) >= 1
    assert derived.outdated(desk) == 0


def test_open_pages_are_told_once_at_the_end(desk: Desk) -> None:
    fill(desk)
    desk.catalogue = newer()
    told: list[frozenset[str]] = []
    desk.subscribe(lambda changed: told.append(changed.kinds))
    derived.renew(desk)
    assert told == [frozenset({"case"})]


@pytest.mark.parametrize("column", ["next_due", "words"])
def test_what_was_lost_of_a_row_comes_back(desk: Desk, column: str) -> None:
    """The row of a vault of before, as the migration leaves it: derived by nothing that is known."""
    fill(desk)
    rows = cases.list_page(desk, CaseQuery(), limit=MANY).rows
    with desk.writing() as writer:
        execute = writer.connection.exec_driver_sql
        execute(f"UPDATE case_row SET derived = '', {column} = ''")
        execute("DELETE FROM due")
        execute("DELETE FROM search_doc")
    assert derived.renew(desk) == MANY
    assert cases.list_page(desk, CaseQuery(), limit=MANY).rows == rows
    assert [row.name for row in cases.find(desk, "Osman07")] == ["Osman07, Amna"]
    assert [row.name for row in cases.find(desk, "Osman07 Anruf")] == ["Osman07, Amna"]
    assert date.fromisoformat(rows[0].listed.next_due) == NOW + timedelta(days=10)


def test_a_vault_of_an_earlier_release_is_worked_out_again(first: Path) -> None:
    with Desk.unlock(first, PASSPHRASE) as desk:
        stored = cases.count(desk, CaseQuery(status=""))
        assert stored > 0
        assert derived.outdated(desk) == stored
        assert derived.renew(desk) == stored
        for row in cases.list_page(desk, CaseQuery(status=""), limit=stored).rows:
            told = next_date(due_in(cases.peek(desk, row.id), desk.rules, NOW))
            assert row.next_due == (told.due_on if told else None)


def test_the_command_line_answers_by_the_rules_of_now(first: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE)
    assert main(["--json", "case", "list", str(first), "--passphrase-file", str(secret)]) == 0
    with Desk.unlock(first, PASSPHRASE) as desk:
        assert derived.outdated(desk) == 0


def test_down_and_up_again_keeps_what_is_due(desk: Desk, desk_folder: Path, passphrase: str) -> None:
    fill(desk)
    rows = cases.list_page(desk, CaseQuery(), limit=MANY).rows
    migrate(desk.vault.engine, "0003")
    desk.close()
    with Desk.unlock(desk_folder, passphrase) as again:
        assert len(today.agenda(again, NOW + timedelta(days=10)).today) == MANY, "shown from their day on"
        assert derived.renew(again) == MANY
        assert cases.list_page(again, CaseQuery(), limit=MANY).rows == rows
