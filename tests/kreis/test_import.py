"""A bundle changes the registry as a whole or not at all, and never what is not its sender's."""

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kimdesk import kreis, sync
from kimdesk.domain.errors import BundleError, StoreError
from kimdesk.domain.records import Goal
from kimdesk.kreis import Result
from kimdesk.kreis.taking.apply import Counts
from kimdesk.sync.sealing.gaps import Gap
from tests.kreis.forging import CASE, forge, line, said
from tests.sync.exchange import AGS, NOW, TODAY, Exchange, enrol, make_desk, open_exchange


def refused(exchange: Exchange, path: Path) -> str:
    """Return the code with which a bundle is refused, having seen that it changed nothing."""
    before = exchange.rows_held()
    [result] = exchange.carry(path)
    assert result.result is Result.REFUSED
    assert exchange.rows_held() == before
    row = kreis.overview(exchange.kreis, now=NOW).rows[0]
    assert (row.result, row.code, row.file) == ("refused", result.code, path.name)
    return result.code


@pytest.fixture
def neighbour(exchange: Exchange, tmp_path: Path) -> Iterator[Exchange]:
    """Another desk of the same Kreis, for another municipality."""
    desk = make_desk(tmp_path / "neighbour", "Moorfeld", municipalities=("05999002",))
    enrol(desk, exchange.kreis, tmp_path)
    yield Exchange(exchange.home, desk, exchange.kreis)
    desk.close()


def test_a_genuine_forgery_of_nothing_bad_is_taken(exchange: Exchange) -> None:
    """So that the refusals below are about what they say."""
    [result] = exchange.carry(forge(exchange, [CASE, line("goal", {"case_id": "case-1", "text": "Ziel"})]))
    assert (result.result, result.code) == ("applied", "")


def test_records_with_names_and_without_come_in_beside_each_other(exchange: Exchange) -> None:
    """A row that was sent with more before keeps nothing of it once it is sent without names."""
    named = line("goal", {"case_id": "case-1", "text": "Ziel", "life_domain": "work"})
    bare = line(
        "goal", {"id": f"P{'a' * 24}", "case_id": f"P{'b' * 24}", "life_domain": "work"}, "pseudonymised"
    )
    shielded = line("case", {"id": f"P{'b' * 24}", "ags": AGS, "status": "active"}, "pseudonymised")
    [result] = exchange.carry(forge(exchange, [CASE, shielded, named, bare]))
    assert result.counts == Counts(applied=4)
    held = {row["shared"]: row for row in exchange.held(Goal)}
    assert (held["identified"]["text"], held["pseudonymised"]["text"]) == ("Ziel", None)
    less = line("goal", {"rev": 2, "case_id": "case-1"}, scope=2)
    exchange.carry(forge(exchange, [less], seq=2, prev=result_digest(exchange)))
    assert [row["text"] for row in exchange.held(Goal)] == [None, None]


def result_digest(exchange: Exchange) -> str:
    """Return the digest of the bundle that was read in last."""
    with exchange.kreis.reading() as reader:
        found = reader.connection.exec_driver_sql("SELECT digest FROM registry_inbox ORDER BY number DESC")
        return str(found.scalar())


def test_a_record_in_another_spelling_is_the_same_record(exchange: Exchange) -> None:
    """Records are free in spelling and order: what counts is what they say."""
    goals = [line("goal", {"id": f"goal-{each}", "case_id": "case-1", "text": "Ziel"}) for each in "12"]
    exchange.carry(forge(exchange, [CASE, *goals]))
    spelled = b'{ "row": {"text": "\\u005aiel", "case_id": "case-1", "rev": 1, "id": "goal-1"}, "scope": 1,'
    again = [spelled + b' "level": "identified", "kind": "goal" }', goals[1]]
    [result] = exchange.carry(forge(exchange, again, seq=2, prev=result_digest(exchange)))
    assert result.counts == Counts(unchanged=2)


def test_of_lines_that_begin_alike_each_is_judged_alone(exchange: Exchange) -> None:
    goals = [{"id": f"goal-{each}", "case_id": "case-1", "text": each} for each in ("Ziel", "nul\0", "Weg")]
    bad = line("goal", {"id": "goal-bad", "case_id": "case-1", "salary": 1})
    [result] = exchange.carry(forge(exchange, [CASE, bad, *(line("goal", each) for each in goals)]))
    assert result.counts == Counts(applied=3, aside=2)
    assert {row["text"] for row in exchange.held(Goal)} == {"Ziel", "Weg"}


def test_the_same_bundle_again_and_again_changes_nothing(exchange: Exchange) -> None:
    exchange.case()
    path = exchange.export().path
    [first] = exchange.carry(path)
    before = (exchange.held(Goal), exchange.rows_held())
    receipt = next(exchange.receipts.iterdir())
    told = said(exchange, first)
    for _ in range(3):
        [again] = exchange.carry(path, now=NOW + timedelta(days=1))
        assert (again.result, again.seq, again.receipt) == ("duplicate", 1, first.receipt)
        assert said(exchange, again) == told, "it is the same receipt, sealed anew"
    assert (exchange.held(Goal), exchange.rows_held()) == before
    assert list(exchange.receipts.iterdir()) == [receipt]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 2, 0, 1, 1)])
def test_overlapping_bundles_in_any_order_come_to_the_same(
    exchange: Exchange, order: tuple[int, ...]
) -> None:
    known = exchange.case()
    goal, paths = known.goal, []
    for number in range(3):
        goal = exchange.change(goal, text=f"Fassung {number}")
        paths.append(exchange.export().path)
    exchange.carry(*(paths[each] for each in order), paths[2])
    assert [row["text"] for row in exchange.held(Goal)] == ["Fassung 2"]
    assert exchange.rows_held() == 5


@pytest.mark.parametrize(
    "bad",
    [
        {"kind": "goal"},
        {"kind": "../goal", "row": {"id": "goal-1"}},
        {"kind": "goal", "row": {"id": ""}},
        {"kind": "goal", "row": {"id": 7}},
        {"kind": "goal", "row": {"text": "Ziel"}},
        b'{"kind":"goal","level":"identified","scope":1,"row":{"id":"x"',
        b"\xff\xfe",
        b"[" * 30 + b"]" * 30,
    ],
    ids=str,
)
def test_a_record_that_does_not_say_which_it_is_refuses_everything_beside_it(
    exchange: Exchange, bad: Any
) -> None:
    assert refused(exchange, forge(exchange, [CASE, bad, line("contact", {"case_id": "case-1"})])) == "E730"


def test_an_erasure_without_a_known_reason_is_refused(exchange: Exchange) -> None:
    assert (
        refused(exchange, forge(exchange, [], [{"kind": "goal", "id": "goal-1", "reason": "whim"}])) == "E730"
    )


def test_a_bundle_in_another_desks_name_is_refused(exchange: Exchange) -> None:
    assert refused(exchange, forge(exchange, [CASE], device="0" * 32)) == "E803"


def test_a_bundle_for_another_kreis_is_refused(exchange: Exchange, tmp_path: Path) -> None:
    other = make_desk(tmp_path / "other", "Kreis Fremdtal", "kreis")
    enrol(exchange.desk, other, tmp_path)
    assert refused(exchange, exchange.export().path) == "E301"
    other.close()


def test_an_unknown_desk_is_refused(exchange: Exchange, neighbour: Exchange) -> None:
    path = neighbour.export().path
    with exchange.kreis.writing() as writer:
        writer.connection.exec_driver_sql("DELETE FROM registry_desk WHERE name = 'Moorfeld'")
    assert refused(exchange, path) == "E202"


def test_a_changed_bundle_is_refused(exchange: Exchange) -> None:
    exchange.case()
    path = exchange.export().path
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert refused(exchange, path) == "E201"


@pytest.mark.parametrize(
    ("content", "code"), [(b"not a bundle", "E101"), (b"", "E101"), (b"KIMB1\n", "E102")]
)
def test_a_file_that_is_no_bundle_is_refused(exchange: Exchange, content: bytes, code: str) -> None:
    path = exchange.stick / "KIM-x-1.kimb"
    path.write_bytes(content)
    assert refused(exchange, path) == code


def test_a_receipt_is_no_bundle(exchange: Exchange) -> None:
    exchange.case()
    [result] = exchange.carry(exchange.export().path)
    assert result.receipt is not None
    assert refused(exchange, result.receipt) == "E104"


def test_one_bad_bundle_does_not_hold_up_the_others(exchange: Exchange, neighbour: Exchange) -> None:
    exchange.case()
    bad = exchange.stick / "bad.kimb"
    bad.write_bytes(b"bad")
    seen: list[tuple[int, int]] = []
    paths = [exchange.export().path, bad, exchange.home / "gone.kimb", neighbour.export().path]
    results = kreis.import_files(
        exchange.kreis,
        paths,
        exchange.receipts,
        now=NOW,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert [each.result for each in results] == ["applied", "refused", "refused", "applied"]
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_how_far_one_file_is_told_within_it(exchange: Exchange) -> None:
    for name in ("Osman", "Haddad", "Yılmaz"):
        exchange.case(name)
    seen: list[tuple[int, int]] = []
    bundle = exchange.export().path
    kreis.import_files(
        exchange.kreis,
        [bundle],
        exchange.receipts,
        now=NOW,
        inside=lambda *far: seen.append(far),
    )
    done, every = zip(*seen, strict=True)
    assert list(done) == sorted(done)
    assert len(set(every)) == 1
    assert 0 < done[-1] <= every[0]


def test_two_laptops_with_the_same_keys_are_noticed(exchange: Exchange) -> None:
    """The second bundle under a number is set aside, its receipt tells the desk, nothing of it is taken."""
    exchange.close()
    shutil.copytree(exchange.home / "desk", exchange.home / "copy")
    reopened = exchange.reopened()
    reopened.case()
    reopened.carry(reopened.export().path)
    shutil.move(reopened.home / "stick", reopened.home / "stick1")
    reopened.stick.mkdir()
    reopened.desk.close()
    shutil.move(reopened.home / "desk", reopened.home / "original")
    shutil.move(reopened.home / "copy", reopened.home / "desk")
    reopened.kreis.close()
    copied = open_exchange(exchange.home)
    copied.case("Haddad")
    before = copied.rows_held()
    [result] = copied.carry(copied.export().path)
    assert (result.result, result.code) == ("quarantined", "E401")
    assert copied.rows_held() == before
    names = sorted(path.name for path in copied.receipts.iterdir())
    assert [re.sub("[0-9a-f]{6}", "ID", name) for name in names] == [
        "Q-eschenried-1-ID-quarantined.kimr", "Q-eschenried-1-ID.kimr"
    ]  # fmt: skip
    assert copied.take(result).result == "quarantined"
    assert sync.status(copied.desk).unsent == 5
    [row] = kreis.desks(copied.kreis)
    assert row.state == "quarantine"
    copied.close()


def test_a_restored_desk_starts_anew_and_both_values_are_kept(exchange: Exchange) -> None:
    known = exchange.case()
    exchange.round()
    exchange.close()
    shutil.copytree(exchange.home / "desk", exchange.home / "backup")
    later = exchange.reopened()
    later.change(known.goal, text="nach der Sicherung")
    later.round()
    later.close()
    shutil.rmtree(exchange.home / "desk")
    shutil.move(exchange.home / "backup", exchange.home / "desk")
    restored = open_exchange(exchange.home)
    assert sync.start_epoch(restored.desk) > 1
    restored.change(known.goal, text="nach dem Wiederherstellen")
    result = restored.round()
    assert (result.result, result.seq) == ("applied", 1)
    assert result.counts is not None
    assert result.counts.conflicts == 1
    assert [row["text"] for row in restored.held(Goal)] == ["nach dem Wiederherstellen"]
    with restored.kreis.reading() as reader:
        [other] = reader.connection.exec_driver_sql("SELECT other FROM registry_conflict").scalars()
    assert "nach der Sicherung" in other
    assert kreis.overview(restored.kreis, now=NOW).open == 1
    restored.close()


def test_a_kreis_restored_from_a_backup_gets_everything_again(exchange: Exchange) -> None:
    exchange.close()
    shutil.copytree(exchange.home / "kreis", exchange.home / "backup")
    before = exchange.reopened()
    known = before.case()
    before.round()
    before.close()
    shutil.rmtree(exchange.home / "kreis")
    shutil.move(exchange.home / "backup", exchange.home / "kreis")
    restored = open_exchange(exchange.home)
    restored.change(known.goal, text="Neu")
    held = restored.export().path
    later = NOW + timedelta(hours=1)
    [result] = restored.carry(held, now=later)
    assert (result.result, result.code, result.missing) == ("held", "E402", (Gap(1, 1),))
    assert restored.rows_held() == 0
    restored.take(result)
    [applied] = restored.carry(restored.export().path, now=later)
    assert (applied.result, applied.missing) == ("applied", (Gap(1, 2),))
    assert restored.rows_held() == 5
    restored.take(applied)
    assert sync.status(restored.desk).unsent == 0
    restored.close()


def test_a_bundle_that_was_held_can_be_read_in_later(exchange: Exchange) -> None:
    exchange.close()
    shutil.copytree(exchange.home / "kreis", exchange.home / "backup")
    before = exchange.reopened()
    known = before.case()
    first = before.export().path
    before.take(before.carry(first)[0])
    before.change(known.goal, text="Neu")
    second = before.export().path
    before.close()
    shutil.rmtree(exchange.home / "kreis")
    shutil.move(exchange.home / "backup", exchange.home / "kreis")
    restored = open_exchange(exchange.home)
    results = restored.carry(second, first, second)
    assert [each.result for each in results] == ["held", "applied", "applied"]
    assert [row["text"] for row in restored.held(Goal)] == ["Neu"]
    assert [row.open for row in kreis.overview(restored.kreis, now=NOW).rows] == [False, False, False]
    restored.close()


def test_a_revoked_desk_is_refused_from_that_bundle_on(exchange: Exchange) -> None:
    exchange.case()
    exchange.round()
    [row] = kreis.desks(exchange.kreis)
    kreis.revoke(exchange.kreis, row.id, 2)
    assert refused(exchange, exchange.export().path) == "E203"
    [again] = exchange.carry(exchange.stick / "KIM-eschenried-1.kimb")
    assert again.result == "duplicate"


def test_after_its_certificate_has_ended_a_desk_is_refused(exchange: Exchange) -> None:
    path = exchange.export().path
    [result] = exchange.carry(path, now=NOW + timedelta(days=800))
    assert (result.result, result.code) == ("refused", "E804")


def test_without_a_folder_for_receipts_nothing_is_read_in(exchange: Exchange) -> None:
    exchange.case()
    path = exchange.export().path
    with pytest.raises(StoreError, match="E920"):
        kreis.import_files(exchange.kreis, [path], exchange.home / "gone")
    assert exchange.rows_held() == 0


def test_a_receipt_that_cannot_be_written_can_be_had_later(exchange: Exchange) -> None:
    exchange.case()
    path = exchange.export().path
    [result] = kreis.import_files(exchange.kreis, [path], Path("/proc"), now=NOW)
    assert result.result == "applied"
    assert result.code in ("E921", "E923")
    [again] = exchange.carry(path)
    assert again.receipt is not None
    assert exchange.take(again).result == "applied"


def test_the_wrong_fingerprint_enrols_nobody(exchange: Exchange, tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "new", "Neu")
    path = tmp_path / "request.kimq"
    sync.request(desk, path)
    with pytest.raises(BundleError, match="E204"):
        kreis.enrol(exchange.kreis, path.read_bytes(), "12345 " * 8)
    assert len(kreis.desks(exchange.kreis)) == 1
    answer = kreis.enrol(exchange.kreis, path.read_bytes())
    with pytest.raises(BundleError, match="E204"):
        sync.accept(desk, answer.certificate, fingerprint="12345 " * 8, today=TODAY)
    assert sync.certificate(desk) is None
    desk.close()


@pytest.mark.parametrize("work", [kreis.desks, kreis.overview], ids=["desks", "overview"])
def test_a_desk_is_no_kreis(exchange: Exchange, work: Any) -> None:
    with pytest.raises(BundleError, match="E806"):
        work(exchange.desk)


def test_a_kreis_is_no_desk(exchange: Exchange, tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="E807"):
        sync.request(exchange.kreis, tmp_path / "request.kimq")
    with pytest.raises(BundleError, match="E807"):
        sync.preview(exchange.kreis)
    assert sync.status(exchange.kreis).unsent == 0
