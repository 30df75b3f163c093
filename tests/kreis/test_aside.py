"""One record that may not be taken over is set aside with its reason; everything beside it is taken over."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kimdesk.domain.records import Goal, Person
from kimdesk.kreis.registry import RECORDS
from kimdesk.sync.sealing.manifest import ReceiptBody
from kimdesk.sync.trust import device
from tests.counting import statements
from tests.kreis.forging import CASE, forge, line, said
from tests.sync.exchange import AGS, Exchange, enrol, make_desk, open_exchange

FOREIGN = "05111000"
GOAL = line("goal", {"case_id": "case-1", "text": "Ziel"})
CONTACT = line("contact", {"case_id": "case-1"})
ERASED = [{"kind": "goal", "id": "goal-1", "reason": "withdrawn"}]


@pytest.fixture
def neighbour(exchange: Exchange, tmp_path: Path) -> Iterator[Exchange]:
    """Another desk of the same Kreis, for another municipality."""
    desk = make_desk(tmp_path / "neighbour", "Moorfeld", municipalities=("05999002",))
    enrol(desk, exchange.kreis, tmp_path)
    yield Exchange(exchange.home, desk, exchange.kreis)
    desk.close()


def carried(
    exchange: Exchange, records: Sequence[Any], erasures: Sequence[Any] = (), **claims: Any
) -> ReceiptBody:
    """Return the receipt of a bundle with these lines, which was taken over."""
    [result] = exchange.carry(forge(exchange, records, erasures, **claims))
    assert (result.result, result.code) == ("applied", "")
    return said(exchange, result)


def next_one(exchange: Exchange, seq: int, **claims: Any) -> dict[str, Any]:
    """Return what the bundle ``seq`` says of itself."""
    with exchange.kreis.reading() as reader:
        wanted = "SELECT digest FROM registry_ledger ORDER BY epoch DESC, seq DESC LIMIT 1"
        prev = str(reader.connection.exec_driver_sql(wanted).scalar())
    return {"name": f"{seq}.kimb", "seq": seq, "prev": prev, "to_change": 9 + seq, **claims}


def told(body: ReceiptBody) -> set[tuple[str, str, str]]:
    return {(each.kind, each.id, each.reason) for each in body.aside}


def ids(exchange: Exchange) -> set[str]:
    """Return which records the registry holds."""
    with exchange.kreis.reading() as reader:
        return {row.id for table in RECORDS.values() for row in reader.connection.execute(table.select())}


def waiting(exchange: Exchange) -> list[tuple[str, str]]:
    """Return kind and reason of what is set aside at the Kreis."""
    with exchange.kreis.reading() as reader:
        found = reader.connection.exec_driver_sql("SELECT kind, reason FROM registry_aside").all()
        return [(row[0], row[1]) for row in found]


@pytest.mark.parametrize(
    "bad",
    [
        line("person", {"azr_number": "123456789012"}),
        line("person", {"street": "Mühlenweg 4"}),
        line("goal", {"extra": {"a": 1}}),
        line("goal", {"nobody_knows": 1}),
        line("goal", {"priority": "hoch"}),
        line("goal", {"due_on": "31.12.2026"}),
        line("goal", {"rev": 0}),
        line("goal", {"number": 2**63}),
        line("goal", {}, level="statistics"),
        line("goal", {"text": "Ziel"}, level="pseudonymised"),
        line("goal", {}, level="pseudonymised"),
        line("goal", {}, scope=2**63),
        line("person", {"birth_date": "1992-13"}),
        line("draft", {}),
        line("goal", {}, more=1),
    ],
    ids=str,
)
def test_content_a_desk_may_not_send_stays_out_alone(exchange: Exchange, bad: Any) -> None:
    body = carried(exchange, [CASE, bad, CONTACT])
    assert told(body) == {(bad["kind"], f"{bad['kind']}-1", "content")}
    assert (body.reasons, body.counts["aside"], body.counts["applied"]) == ({"content": 1}, 1, 2)
    assert ids(exchange) == {"case-1", "contact-1"}


@pytest.mark.parametrize("ags", [{"ags": FOREIGN}, {"ags": ""}, {}], ids=str)
@pytest.mark.parametrize("case_first", [True, False])
def test_a_case_of_no_municipality_of_the_desk_stays_out_with_all_that_is_in_it(
    exchange: Exchange, ags: dict[str, str], case_first: bool
) -> None:
    case = line("case", {"id": "case-2", **ags})
    goal = line("goal", {"case_id": "case-2"})
    records = [case, goal] if case_first else [goal, case]
    body = carried(exchange, [CASE, *records, CONTACT])
    assert told(body) == {("case", "case-2", "municipality"), ("goal", "goal-1", "municipality")}
    assert ids(exchange) == {"case-1", "contact-1"}
    assert body.counts["applied"] == 2


def test_what_came_before_its_case_goes_again_however_many_records_lie_between(exchange: Exchange) -> None:
    case = line("case", {"ags": FOREIGN})
    between = [line("person", {"id": f"person-{n}"}) for n in range(2100)]
    body = carried(exchange, [GOAL, *between, case])
    assert told(body) == {("case", "case-1", "municipality"), ("goal", "goal-1", "municipality")}
    assert "goal-1" not in ids(exchange)


def test_a_finding_about_another_municipality_stays_out(exchange: Exchange) -> None:
    finding = line("finding", {"ags": FOREIGN})
    own = line("finding", {"id": "finding-2", "ags": AGS})
    assert told(carried(exchange, [CASE, finding, own])) == {("finding", "finding-1", "municipality")}
    assert ids(exchange) == {"case-1", "finding-2"}


@pytest.mark.parametrize("kind", ["case", "goal", "person"])
def test_rows_of_another_desk_are_out_of_reach(exchange: Exchange, neighbour: Exchange, kind: str) -> None:
    exchange.carry(forge(exchange, [CASE, GOAL, line("person", {})]))
    before = exchange.held(Goal), ids(exchange)
    row = {"goal": {"case_id": "case-1"}, "case": {"ags": "05999002"}, "person": {}}[kind]
    erasing = [{"kind": kind, "id": f"{kind}-1", "reason": "deleted"}]
    body = carried(neighbour, [line(kind, row, scope=9), CONTACT], erasing)
    assert told(body) == {(kind, f"{kind}-1", "owner"), ("contact", "contact-1", "owner")}
    assert body.counts["erased"] == 0
    assert (exchange.held(Goal), ids(exchange)) == before


def test_a_record_that_was_mended_is_taken_over_next_time(exchange: Exchange) -> None:
    carried(exchange, [CASE, line("goal", {"case_id": "case-1", "priority": "hoch"})])
    assert waiting(exchange) == [("goal", "content")]
    body = carried(exchange, [GOAL], **next_one(exchange, 2))
    assert (told(body), waiting(exchange)) == (set(), [])


def test_what_stands_newer_here_is_told(exchange: Exchange) -> None:
    carried(exchange, [CASE, line("goal", {**GOAL["row"], "rev": 5})])
    older = line("goal", {**GOAL["row"], "text": "Anders"})
    assert told(carried(exchange, [older], **next_one(exchange, 2))) == {("goal", "goal-1", "newer")}
    assert waiting(exchange) == [], "it stands among the conflicts"


def test_a_restored_backup_does_not_bring_back_what_was_withdrawn(exchange: Exchange) -> None:
    carried(exchange, [CASE, GOAL])
    carried(exchange, [], ERASED, **next_one(exchange, 2))
    body = carried(exchange, [CASE, GOAL], name="3.kimb", epoch=2)
    assert told(body) == {("goal", "goal-1", "withdrawn")}
    assert ids(exchange) == {"case-1"}
    body = carried(exchange, [{**GOAL, "scope": 2}], **next_one(exchange, 2, epoch=2, name="4.kimb"))
    assert (told(body), ids(exchange)) == (set(), {"case-1", "goal-1"})
    body = carried(exchange, [CASE, GOAL], name="5.kimb", epoch=3)
    assert told(body) == set(), "what came back rightly is not erased any more"


def test_what_is_new_in_a_case_that_was_withdrawn_stays_out_as_well(exchange: Exchange) -> None:
    case = {"kind": "case", "id": "case-1", "reason": "withdrawn"}
    carried(exchange, [CASE, GOAL])
    carried(exchange, [], [case, *ERASED], **next_one(exchange, 2))
    carried(exchange, [CASE, GOAL], name="3.kimb", epoch=2)
    fresh = line("contact", {"case_id": "case-1"}, scope=2)
    body = carried(exchange, [line("contact", {"case_id": "case-1"})], **next_one(exchange, 2, epoch=2))
    assert told(body) == {("contact", "contact-1", "withdrawn")}
    assert ids(exchange) == set()
    body = carried(exchange, [fresh, {**CASE, "scope": 3}], **next_one(exchange, 3, epoch=2))
    assert ids(exchange) == {"case-1", "contact-1"}


def test_what_comes_after_its_case_was_set_aside_stays_out_until_the_case_comes(exchange: Exchange) -> None:
    carried(exchange, [line("case", {"ags": FOREIGN})])
    body = carried(exchange, [GOAL], **next_one(exchange, 2))
    assert (told(body), ids(exchange)) == ({("goal", "goal-1", "municipality")}, set())
    assert body.counts["applied"] == 0
    body = carried(exchange, [GOAL, CASE], **next_one(exchange, 3))
    assert (told(body), ids(exchange)) == (set(), {"case-1", "goal-1"})


def test_in_its_epoch_only_newer_terms_bring_back_what_was_withdrawn(exchange: Exchange) -> None:
    carried(exchange, [CASE, GOAL])
    carried(exchange, [], ERASED, **next_one(exchange, 2))
    assert told(carried(exchange, [GOAL], **next_one(exchange, 3))) == {("goal", "goal-1", "withdrawn")}
    assert told(carried(exchange, [{**GOAL, "scope": 4}], **next_one(exchange, 4))) == set()


def test_what_was_deleted_may_come_back_with_a_backup(exchange: Exchange) -> None:
    carried(exchange, [CASE, GOAL])
    carried(exchange, [], [{**ERASED[0], "reason": "deleted"}], **next_one(exchange, 2))
    assert told(carried(exchange, [CASE, GOAL], name="3.kimb", epoch=2)) == set()


def test_a_withdrawal_that_a_backup_has_forgotten_stays_in_force(exchange: Exchange) -> None:
    """The same with real vaults: nothing of the case comes back."""
    known = exchange.case()
    exchange.round()
    exchange.close()
    shutil.copytree(exchange.home / "desk", exchange.home / "backup")
    later = exchange.reopened()
    later.change(known.agreed, withdrawn_on=date(2026, 11, 20))
    later.round()
    assert later.rows_held() == 0
    later.close()
    shutil.rmtree(exchange.home / "desk")
    shutil.move(exchange.home / "backup", exchange.home / "desk")
    restored = open_exchange(exchange.home)
    device.start_epoch(restored.desk)
    result = restored.round()
    assert restored.rows_held() == 0
    assert result.counts is not None
    assert result.counts.aside == 5
    restored.close()


def test_what_is_edited_after_the_restore_does_not_come_back_either(exchange: Exchange) -> None:
    """The backup knows from bundle 3 what was withdrawn since; numbers of two epochs are not compared."""
    exchange.case("Yilmaz")
    exchange.round()
    exchange.case("Demir")
    exchange.round()
    known = exchange.case()
    exchange.round()
    before = exchange.rows_held()
    exchange.close()
    shutil.copytree(exchange.home / "desk", exchange.home / "backup")
    later = exchange.reopened()
    later.change(known.agreed, withdrawn_on=date(2026, 11, 20))
    later.round()
    assert (held := later.rows_held()) < before
    later.close()
    shutil.rmtree(exchange.home / "desk")
    shutil.move(exchange.home / "backup", exchange.home / "desk")
    restored = open_exchange(exchange.home)
    device.start_epoch(restored.desk)
    restored.round()
    restored.change(known.person, given_names="Amna Noor")
    restored.round()
    assert restored.rows_held() == held
    restored.close()


def test_who_lives_with_somebody_shielded_in_a_new_epoch_is_shielded_at_the_kreis(exchange: Exchange) -> None:
    """What told the place went out with bundle 3 of one epoch, what hides it with bundle 2 of the next."""
    first = exchange.case("Yilmaz")
    exchange.round()
    exchange.case("Demir")
    exchange.round()
    neighbour = exchange.case()
    exchange.round()
    device.start_epoch(exchange.desk)
    exchange.round()
    exchange.change(first.person, protected=True)
    exchange.round()
    [there] = [row for row in exchange.held(Person) if row["id"] == neighbour.person.id]
    assert there.get("city") is None


def test_a_consent_given_after_the_restore_brings_the_case_back(exchange: Exchange) -> None:
    known = exchange.case()
    exchange.round()
    exchange.close()
    shutil.copytree(exchange.home / "desk", exchange.home / "backup")
    later = exchange.reopened()
    later.change(known.agreed, withdrawn_on=date(2026, 11, 20))
    later.round()
    later.close()
    shutil.rmtree(exchange.home / "desk")
    shutil.move(exchange.home / "backup", exchange.home / "desk")
    restored = open_exchange(exchange.home)
    device.start_epoch(restored.desk)
    restored.round()
    assert restored.rows_held() == 0
    restored.put(replace(known.agreed, id="", rev=0, given_on=date(2026, 11, 24)))
    result = restored.round()
    assert result.counts is not None
    assert result.counts.aside == 0
    assert restored.rows_held() >= 5
    restored.close()


def many(number: int, **values: str) -> list[Any]:
    return [line("goal", {"id": f"goal-{n}", "case_id": "case-1", **values}) for n in range(number)]


def test_conflicts_cost_no_statement_each(exchange: Exchange) -> None:
    carried(exchange, [CASE, *many(300, text="so")])
    path = forge(exchange, many(300, text="anders"), **next_one(exchange, 2))
    with statements(exchange.kreis) as made:
        [result] = exchange.carry(path)
    assert result.counts is not None
    assert result.counts.conflicts == 300
    assert sum(each.startswith("SELECT") for each in made) < 40


def test_a_flood_of_faults_is_counted_and_the_first_are_named(exchange: Exchange) -> None:
    body = carried(exchange, [CASE, *many(1500, priority="hoch")])
    assert (body.reasons, len(body.aside)) == ({"content": 1500}, 1000)
