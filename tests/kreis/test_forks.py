"""A copied or restored laptop makes two histories under one desk: nothing counts until a person decides."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kimdesk import kreis, sync
from kimdesk.casework.desk import Desk
from kimdesk.domain.dates import now as clock
from kimdesk.domain.errors import BundleError
from kimdesk.domain.records import Goal, Person
from kimdesk.kreis import ImportResult
from kimdesk.sync.trust.device import epoch_at
from tests.conftest import PASSPHRASE
from tests.kreis.forging import CASE, forge, line
from tests.sync.exchange import NOW, Exchange, Known, enrol, open_exchange


class Twins:
    """A laptop and its copy, which both know one case and write bundles from then on."""

    def __init__(self, exchange: Exchange, known: Known, copy: Exchange) -> None:
        self.original, self.copy = exchange, copy
        self.goals = {exchange.home: known.goal, copy.home: known.goal}
        self.results: tuple[ImportResult, ...] = ()

    def change(self, at: Exchange, text: str) -> None:
        """Change the goal of the case at one of them."""
        self.goals[at.home] = at.change(self.goals[at.home], text=text)

    def write(self, at: Exchange, text: str) -> ImportResult:
        """Change the goal of the case at one of them, carry the bundle over and the receipt home."""
        self.change(at, text)
        return at.round()

    def held(self) -> list[str]:
        return [row["text"] for row in self.original.held(Goal)]

    def dispute(self) -> kreis.HistoryDispute:
        [found] = kreis.disputes(self.original.kreis)
        return found

    def choose(self, digest: str) -> list[tuple[str, str]]:
        """Decide, and return result and code of what was kept."""
        at = self.original
        self.results = kreis.choose(at.kreis, self.dispute().desk_id, digest, at.receipts, now=NOW)
        return [(str(each.result), each.code) for each in self.results]


@pytest.fixture
def twins(exchange: Exchange) -> Iterator[Twins]:
    known = exchange.case()
    exchange.round()
    exchange.close()
    shutil.copytree(exchange.home / "desk", exchange.home / "copy")
    opened = open_exchange(exchange.home)
    copied = Desk.unlock(exchange.home / "copy", PASSPHRASE, accept_older=True)
    (exchange.home / "other").mkdir()
    (exchange.home / "other" / "stick").mkdir()
    (exchange.home / "other" / "receipts").mkdir()
    yield Twins(opened, known, Exchange(exchange.home / "other", copied, opened.kreis))
    copied.close()
    opened.close()


def test_a_copy_cannot_sit_out_its_quarantine(twins: Twins) -> None:
    """Bundle 4 of the copy once came in as if it were after a lost stick, and both histories were mixed."""
    assert twins.write(twins.original, "original 2").result == "applied"
    assert (forked := twins.write(twins.copy, "copy 2")).code == "E401"
    assert [twins.write(twins.copy, f"copy {n}").code for n in (3, 4)] == ["E405", "E405"]
    assert (forked.result, twins.held()) == ("quarantined", ["original 2"])
    assert sync.status(twins.copy.desk, now=NOW).last_receipt_seq == 1


@pytest.mark.parametrize("lost", [2, 3])
def test_lost_sticks_do_not_hide_that_there_are_two(twins: Twins, lost: int) -> None:
    """Bundle 5 of the laptop once came in over bundle 2 of its copy, whatever both had written."""
    twins.copy.case("Haddad")
    twins.copy.round()
    for _ in range(lost):
        twins.original.export().path.unlink()
    forked = twins.write(twins.original, "original")
    assert (forked.result, forked.code) == ("quarantined", "E401")
    twins.choose(twins.dispute().histories[1].digest)
    assert [twins.write(twins.original, f"original {n}").result for n in range(2)] == ["held", "applied"]
    assert twins.held() == ["original 1"]
    assert [row["family_name"] for row in twins.original.held(Person)] == ["Osman"]


def test_what_was_lost_between_bundles_that_wait_makes_no_histories_of_them(twins: Twins) -> None:
    """Its own bundles 3 and 5 were once refused with the copy's, and the laptop with them."""
    twins.write(twins.copy, "copy 2")
    for number in (2, 3, 5):
        if number == 5:
            twins.original.export().path.unlink()
        assert twins.write(twins.original, f"original {number}").result == "quarantined"
    assert [each.waiting for each in twins.dispute().histories] == [0, 3]
    assert {code for _, code in twins.choose(twins.dispute().histories[1].digest)} <= {"", "E402"}
    assert twins.write(twins.original, "original 6").result in ("held", "applied")
    assert twins.write(twins.original, "original 7").result == "applied"
    assert sync.status(twins.original.desk, now=NOW).stopped == ""
    assert twins.held() == ["original 7"]


def test_a_late_stick_of_the_refused_history_opens_nothing_again(twins: Twins) -> None:
    late = twins.copy.export().path
    twins.write(twins.original, "original 2")
    twins.copy.export().path.unlink()
    twins.write(twins.copy, "copy 4")
    twins.choose(twins.dispute().histories[0].digest)
    for _ in range(2):
        twins.original.export().path.unlink()
    assert twins.write(twins.original, "original 5").result == "applied"
    assert twins.held() == ["original 5"]
    twins.copy.export().path.unlink()
    assert [each.code for each in twins.copy.carry(late, twins.copy.export().path)] == ["E406", "E406"]
    assert kreis.disputes(twins.original.kreis) == ()


def test_sticks_that_only_got_lost_are_no_fork(exchange: Exchange) -> None:
    goal = exchange.case().goal
    exchange.round()
    sticks = []
    for number in range(5):
        goal = exchange.change(goal, text=f"Ziel {number}")
        sticks.append(exchange.export().path)
    [found] = exchange.carry(sticks.pop())
    assert (found.result, [str(each) for each in found.missing]) == ("applied", ["2–5"])
    assert {each.result for each in exchange.carry(*reversed(sticks))} == {"duplicate"}
    exchange.take(found)
    assert exchange.round().missing == ()


def test_while_it_is_open_nothing_of_the_desk_is_taken_over_not_even_in_a_new_epoch(twins: Twins) -> None:
    twins.write(twins.original, "original 2")
    twins.write(twins.copy, "copy 2")
    assert twins.write(twins.original, "original 3").code == "E405"
    sync.start_epoch(twins.copy.desk)
    assert twins.write(twins.copy, "copy anew").code == "E405"
    assert twins.held() == ["original 2"]


def test_both_histories_are_shown_side_by_side(twins: Twins) -> None:
    twins.write(twins.original, "original 2")
    twins.write(twins.copy, "copy 2")
    twins.write(twins.original, "original 3")
    dispute = twins.dispute()
    own, other = dispute.histories
    assert dispute.desk == "Eschenried"
    assert (own.counts, own.last_seq, own.waiting, own.kept) == (True, 3, 1, True)
    assert (other.counts, other.last_seq, other.waiting, other.cases) == (False, 2, 1, 1)
    assert other.written_at == NOW


def test_the_original_counts_its_bundles_come_in_without_a_stick(twins: Twins) -> None:
    twins.write(twins.original, "original 2")
    twins.write(twins.copy, "copy 2")
    twins.write(twins.original, "original 3")
    shutil.rmtree(twins.original.stick)
    twins.original.stick.mkdir()
    assert twins.choose(twins.dispute().histories[0].digest) == [("applied", ""), ("refused", "E406")]
    assert twins.held() == ["original 3"]
    assert kreis.disputes(twins.original.kreis) == ()
    assert kreis.desks(twins.original.kreis, now=NOW)[0].state == "fine"
    twins.original.take(twins.results[0])
    assert sync.status(twins.original.desk, now=NOW).unsent == 0
    twins.copy.take(twins.results[1])
    assert sync.status(twins.copy.desk, now=NOW).stopped == "E406"
    with pytest.raises(BundleError, match="E406"):
        twins.copy.export()


def test_the_refused_laptop_goes_on_as_a_desk_of_its_own(twins: Twins, tmp_path: Path) -> None:
    twins.write(twins.original, "original 2")
    twins.copy.case("Haddad")
    twins.write(twins.copy, "copy 2")
    twins.choose(twins.dispute().histories[0].digest)
    twins.copy.take(twins.results[-1])
    before = sync.fingerprint(twins.copy.desk)
    enrol(twins.copy.desk, twins.original.kreis, tmp_path)
    assert sync.fingerprint(twins.copy.desk) != before
    assert len(kreis.desks(twins.original.kreis, now=NOW)) == 2
    result = twins.write(twins.copy, "copy 3")
    assert (result.result, result.code) == ("applied", "")
    assert sorted(twins.held()) == ["Ziel von Haddad", "original 2"]
    status = sync.status(twins.copy.desk, now=NOW)
    assert (status.stopped, {each.reason for each in status.aside}) == ("", {"owner"})
    assert twins.write(twins.original, "original 3").result == "applied"


def test_whatever_follows_on_a_refused_history_is_refused(twins: Twins) -> None:
    twins.write(twins.original, "original 2")
    twins.write(twins.copy, "copy 2")
    twins.change(twins.copy, "copy 3")
    late = [twins.copy.export().path, twins.copy.export().path]
    twins.choose(twins.dispute().histories[0].digest)
    found = twins.copy.carry(*late)
    assert [(each.result, each.code) for each in found] == [("refused", "E406")] * 2
    assert twins.write(twins.original, "original 3").result == "applied"
    assert twins.held() == ["original 3"]
    assert kreis.overview(twins.original.kreis, now=NOW).open == 0


def test_the_copy_counts_and_the_kreis_holds_what_it_says(twins: Twins) -> None:
    twins.original.case("Haddad")
    twins.write(twins.original, "original 2")
    twins.write(twins.copy, "copy 2")
    assert len(twins.held()) == 2
    results = twins.choose(twins.dispute().histories[1].digest)
    assert results == [("held", "E402")]
    twins.copy.take(twins.results[0])
    assert twins.write(twins.copy, "copy 3").result == "applied"
    assert twins.held() == ["copy 3"], "what only the other history knew is gone"
    assert twins.write(twins.original, "original 3").code == "E406"
    with twins.original.kreis.reading() as reader:
        [other] = reader.connection.exec_driver_sql("SELECT other FROM registry_conflict").scalars()
    assert "original 2" in other


def test_a_restored_backup_beside_its_laptop_is_a_fork_too(twins: Twins) -> None:
    """The copy starts a new epoch as a restored backup; the next bundle of the laptop tells."""
    sync.start_epoch(twins.copy.desk)
    assert twins.write(twins.copy, "restored").result == "applied"
    assert twins.write(twins.original, "original 2").code == "E401"
    newer = next(each for each in twins.dispute().histories if each.counts)
    assert twins.choose(newer.digest) == [("refused", "E406")]
    assert twins.held() == ["restored"]
    assert twins.write(twins.original, "original 3").code == "E406"


def test_the_older_laptop_may_count_as_well(twins: Twins) -> None:
    sync.start_epoch(twins.copy.desk)
    twins.write(twins.copy, "restored")
    twins.write(twins.original, "original 2")
    older = next(each for each in twins.dispute().histories if not each.counts)
    twins.choose(older.digest)
    twins.original.take(twins.results[0])
    assert twins.write(twins.original, "original 3").result == "applied"
    assert twins.held() == ["original 3"]
    assert twins.write(twins.copy, "restored 2").code == "E406"


def test_a_new_epoch_that_counts_takes_away_what_it_does_not_know(twins: Twins) -> None:
    """Nobody could withdraw what only the other history has said."""
    twins.original.case("Haddad")
    twins.write(twins.original, "original 2")
    twins.write(twins.copy, "copy 2")
    sync.start_epoch(twins.copy.desk)
    anew = twins.write(twins.copy, "copy anew")
    assert (anew.code, len(twins.held())) == ("E405", 2)
    [chosen] = [each for each in twins.dispute().histories if each.epoch > 1]
    assert ("applied", "") in twins.choose(chosen.digest)
    assert twins.held() == ["copy anew"]


def test_after_a_fork_a_new_epoch_counts_only_by_decision(twins: Twins) -> None:
    twins.write(twins.original, "original 2")
    twins.write(twins.copy, "copy 2")
    twins.choose(twins.dispute().histories[0].digest)
    sync.start_epoch(twins.copy.desk)
    assert twins.write(twins.copy, "copy anew").code == "E405"
    sync.start_epoch(twins.original.desk)
    assert twins.write(twins.original, "original anew").code == "E405"
    mine = twins.dispute().histories[-1]
    assert twins.choose(mine.digest)[0] == ("applied", "")
    assert twins.held() == ["original anew"]


def test_what_was_too_large_to_keep_comes_with_its_stick(
    twins: Twins, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kimdesk.kreis.taking.waiting_room.MOST", 0)
    twins.write(twins.original, "original 2")
    twins.write(twins.copy, "copy 2")
    twins.change(twins.original, "original 3")
    path = twins.original.export().path
    assert twins.original.carry(path)[0].code == "E405"
    own = twins.dispute().histories[0]
    assert not own.kept
    assert twins.choose(own.digest) == []
    assert twins.original.carry(path)[0].result == "applied"


def test_there_is_nothing_to_decide_without_a_dispute(twins: Twins) -> None:
    [desk] = kreis.desks(twins.original.kreis, now=NOW)
    with pytest.raises(BundleError, match="E408"):
        kreis.choose(twins.original.kreis, desk.id, "a" * 96)
    twins.write(twins.original, "original 2")
    twins.write(twins.copy, "copy 2")
    with pytest.raises(BundleError, match="E408"):
        kreis.choose(twins.original.kreis, desk.id, "a" * 96)


FAR = 2**31 - 1


def test_an_epoch_that_cannot_have_begun_shuts_nobody_out(exchange: Exchange) -> None:
    exchange.round()
    [odd] = exchange.carry(forge(exchange, [CASE], epoch=FAR))
    assert (odd.result, odd.code) == ("quarantined", "E407")
    exchange.case()
    assert exchange.round().result == "applied"
    assert kreis.desks(exchange.kreis, now=NOW)[0].state == "quarantine"
    [dispute] = kreis.disputes(exchange.kreis)
    assert [each.counts for each in dispute.histories] == [True, False]
    kreis.choose(exchange.kreis, dispute.desk_id, dispute.histories[0].digest, now=NOW)
    assert kreis.desks(exchange.kreis, now=NOW)[0].state == "fine"
    assert exchange.round().result == "applied"


def test_a_person_may_let_such_an_epoch_count(exchange: Exchange) -> None:
    exchange.round()
    exchange.carry(forge(exchange, [CASE, line("goal", {"case_id": "case-1"})], epoch=FAR))
    [dispute] = kreis.disputes(exchange.kreis)
    [result] = kreis.choose(exchange.kreis, dispute.desk_id, dispute.histories[1].digest, now=NOW)
    assert (result.result, exchange.rows_held()) == ("applied", 2)


def test_a_desk_whose_clock_was_wrong_by_years_finds_back_by_its_receipt(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange.case()
    exchange.round()
    wrong = clock() + timedelta(days=4000)
    monkeypatch.setattr("kimdesk.domain.dates.now", lambda: wrong)
    assert sync.start_epoch(exchange.desk) == epoch_at(wrong)
    monkeypatch.undo()
    [result] = exchange.carry(exchange.export().path)
    assert result.code == "E407"
    exchange.take(result)
    assert sync.status(exchange.desk, now=NOW).epoch == epoch_at(NOW)
    assert exchange.round().result == "applied"
    assert sync.status(exchange.desk, now=NOW).unsent == 0


@pytest.mark.parametrize("order", [(2, 0, 1), (2, 1, 0), (0, 2, 1)])
def test_in_whatever_order_sticks_come_none_is_missing_in_the_end(
    exchange: Exchange, order: tuple[int, ...]
) -> None:
    exchange.case()
    paths = [exchange.export().path for _ in range(3)]
    results = [exchange.carry(paths[number])[0] for number in order]
    [desk] = kreis.desks(exchange.kreis, now=NOW)
    assert (desk.missing, desk.state) == ((), "fine")
    for each in results:
        exchange.take(each)
    assert sync.status(exchange.desk, now=NOW).missing == ()
    assert kreis.overview(exchange.kreis, now=NOW).open == 0


def test_a_later_receipt_says_that_nothing_is_missing_any_more(exchange: Exchange) -> None:
    exchange.case()
    paths = [exchange.export().path for _ in range(3)]
    third, _, second = (exchange.carry(paths[number])[0] for number in (2, 0, 1))
    exchange.take(third)
    assert sync.status(exchange.desk, now=NOW).missing == (1, 2)
    exchange.take(second)
    assert sync.status(exchange.desk, now=NOW).missing == ()


def request_of(at: Exchange, *, new_keys: bool = True) -> tuple[bytes, str]:
    """Return a request with new keys, which the present ones endorse, and the digits to read out."""
    path = at.home / "request.kimq"
    return (sync.request(at.desk, path, new_keys=new_keys), path.read_bytes())[::-1]


@pytest.mark.parametrize("decided", [False, True])
def test_a_copy_cannot_endorse_new_keys_by_itself(twins: Twins, decided: bool) -> None:
    """Whoever came first once had the desk: the keys are in two hands, so a person compares the digits."""
    before, forked = twins.write(twins.original, "original 2"), twins.write(twins.copy, "copy 2")
    assert (before.result, forked.code) == ("applied", "E401")
    if decided:
        twins.choose(next(each.digest for each in twins.dispute().histories if each.counts))
    asked, _ = request_of(twins.copy)
    with pytest.raises(BundleError, match="E222"):
        kreis.enrol(twins.original.kreis, asked, now=NOW)
    asked, digits = request_of(twins.original)
    made = kreis.enrol(twins.original.kreis, asked, digits, now=NOW)
    assert made.standing == "rotated"


def test_new_keys_with_compared_digits_end_the_contest(twins: Twins) -> None:
    twins.write(twins.original, "original 2")
    twins.write(twins.copy, "copy 2")
    twins.choose(next(each.digest for each in twins.dispute().histories if each.counts))
    asked, digits = request_of(twins.original)
    made = kreis.enrol(twins.original.kreis, asked, digits, now=NOW)
    [late] = twins.copy.carry(twins.copy.export().path)
    assert late.code == "E214", "at once, not with the first bundle of the new keys"
    sync.accept(twins.original.desk, made.certificate, today=NOW.date())
    assert twins.write(twins.original, "original 3").result == "applied", "in a new epoch, with all it has"
    sync.start_epoch(twins.original.desk)
    assert twins.write(twins.original, "original 4").result == "applied", "a later epoch needs nobody again"
    assert twins.held() == ["original 4"]


@pytest.mark.parametrize("lost", [False, True])
def test_new_keys_for_the_other_laptop_take_away_what_only_the_one_that_counted_knew(
    twins: Twins, lost: bool
) -> None:
    """The copy counted once; whose digits are compared later has the desk, and nothing of the copy stays."""
    twins.copy.case("Zwetschge")
    twins.write(twins.original, "original 2")
    twins.write(twins.copy, "copy 2")
    twins.choose(next(each.digest for each in twins.dispute().histories if not each.counts))
    twins.copy.take(twins.results[0])
    assert twins.write(twins.copy, "copy 3").result == "applied"
    both = ["Ziel von Zwetschge", "copy 3"]
    assert sorted(twins.held()) == both
    asked, digits = request_of(twins.original)
    replaced = kreis.desks(twins.original.kreis)[0].id if lost else None
    made = kreis.enrol(twins.original.kreis, asked, digits, replaces=replaced, now=NOW)
    assert sorted(twins.held()) == both, "until the laptop has said what it knows"
    sync.accept(twins.original.desk, made.certificate, today=NOW.date())
    assert twins.write(twins.original, "original 3").result == "applied"
    assert twins.held() == ["original 3"]
    assert [row["family_name"] for row in twins.original.held(Person)] == ["Osman"]
