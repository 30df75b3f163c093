"""What changes travel, when they count as sent, and what happens when they should not have been."""

import re
import shutil
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from kimdesk import sync
from kimdesk.casework import case_list, closing, upkeep
from kimdesk.casework.cases import CaseQuery, erase, list_page
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import BundleError
from kimdesk.domain.kinds import RECORD_TYPES, kind_of
from kimdesk.domain.records import Case, Consent, Finding, Goal, Measure, Member, Person, Record
from kimdesk.domain.terms import CaseStatus, Role, SharingLevel
from kimdesk.kreis import ImportResult
from kimdesk.sync.leaving import delta
from kimdesk.sync.sealing.gaps import Gap
from tests.conftest import PASSPHRASE
from tests.sync.exchange import AGS, NOW, TODAY, Exchange, enrol, make_desk, open_exchange


def ids(exchange: Exchange, record_type: type[Record]) -> set[str]:
    return {row["id"] for row in exchange.held(record_type)}


def test_from_desk_to_registry_and_back(exchange: Exchange) -> None:
    known = exchange.case()
    assert sync.status(exchange.desk).unsent == 5
    result = exchange.round()
    assert (result.result, result.seq, result.cases) == ("applied", 1, 1)
    [goal] = exchange.held(Goal)
    assert (goal["text"], goal["shared"], goal["rev"]) == ("Ziel von Osman", "identified", 1)
    status = sync.status(exchange.desk)
    assert (status.unsent, status.last_seq, status.last_receipt_seq, status.missing) == (0, 1, 1, ())
    assert [each.state for each in status.chain] == ["acknowledged"]
    assert ids(exchange, Case) == {known.case.id}


def test_only_what_changed_travels_again(exchange: Exchange) -> None:
    known = exchange.case()
    exchange.case("Haddad")
    exchange.round()
    exchange.change(known.goal, text="Ein neues Ziel")
    exported = exchange.export()
    assert exported.cases == 1
    [line] = exchange.opened(exported.path)["records"]
    assert line["row"]["text"] == "Ein neues Ziel"


def test_nothing_counts_as_sent_before_its_receipt(exchange: Exchange) -> None:
    exchange.case()
    result = exchange.carry(exchange.export().path)[0]
    assert sync.status(exchange.desk).unsent == 5
    assert [row.unsent for row in list_page(exchange.desk, CaseQuery()).rows] == [True]
    exchange.take(result)
    assert sync.status(exchange.desk).unsent == 0
    assert [row.unsent for row in list_page(exchange.desk, CaseQuery()).rows] == [False]


def test_a_lost_stick_heals_itself(exchange: Exchange) -> None:
    exchange.case()
    exchange.round()
    lost = exchange.case("Haddad")
    stick = exchange.export().path
    exchange.case("Yilmaz")
    result = exchange.round()
    assert (result.result, result.missing) == ("applied", (Gap(2, 2),))
    assert len(exchange.held(Case)) == 3
    assert lost.goal.id in ids(exchange, Goal)
    assert sync.status(exchange.desk).missing == (2,)
    assert [each.state for each in sync.status(exchange.desk).chain] == [
        "acknowledged",
        "missing",
        "acknowledged",
    ]

    [found] = exchange.carry(stick)
    assert found.result == "duplicate", "its changes have arrived with a later bundle"
    exchange.take(found)
    assert sync.status(exchange.desk).missing == ()


def test_receipts_may_come_in_any_order_and_again(exchange: Exchange) -> None:
    results: list[ImportResult] = []
    for name in ("Osman", "Haddad", "Yilmaz"):
        exchange.case(name)
        results += exchange.carry(exchange.export().path)
    for result in (results[2], results[0], results[2], results[1], results[0]):
        exchange.take(result)
        status = sync.status(exchange.desk)
        assert (status.unsent, status.last_receipt_seq, status.missing) == (0, 3, ())


def test_changes_after_the_export_stay_unsent(exchange: Exchange) -> None:
    known = exchange.case()
    result = exchange.carry(exchange.export().path)[0]
    exchange.change(known.goal, text="Später")
    exchange.take(result)
    assert sync.status(exchange.desk).unsent == 1


def test_the_receipt_of_another_kreis_is_refused(exchange: Exchange, tmp_path: Path) -> None:
    exchange.case()
    result = exchange.carry(exchange.export().path)[0]
    stranger = make_desk(tmp_path / "stranger", "Kreis Fremdtal", "kreis")
    enrol(exchange.desk, stranger, tmp_path)
    with pytest.raises(BundleError, match="E202"):
        exchange.take(result)
    stranger.close()


def test_the_receipt_of_another_bundle_is_refused(exchange: Exchange) -> None:
    """A copy of the desk wrote a bundle of its own under the same number."""
    exchange.case()
    exchange.close()
    copy = exchange.home.parent / "copy"
    shutil.copytree(exchange.home, copy)
    other = open_exchange(copy)
    other.case("Haddad")
    result = other.carry(other.export().path)[0]
    other.close()
    reopened = exchange.reopened()
    reopened.export()
    with pytest.raises(BundleError, match="E404"):
        reopened.take(result)
    assert sync.status(reopened.desk).unsent == 5
    reopened.close()


def test_a_new_kreis_gets_everything(exchange: Exchange, tmp_path: Path) -> None:
    exchange.case()
    exchange.round()
    stranger = make_desk(tmp_path / "stranger", "Kreis Fremdtal", "kreis")
    enrol(exchange.desk, stranger, tmp_path)
    exported = exchange.export()
    assert (exported.seq, exported.cases) == (1, 1)
    assert re.fullmatch(r"KIM-eschenried-\d+\.1\.kimb", exported.path.name)
    stranger.close()


def test_a_withdrawal_erases_at_the_kreis(exchange: Exchange) -> None:
    known = exchange.case()
    kept = exchange.case("Haddad")
    exchange.round()
    exchange.change(known.agreed, withdrawn_on=TODAY)
    result = exchange.round()
    assert result.counts is not None
    assert result.counts.erased == 5
    assert ids(exchange, Case) == {kept.case.id}
    assert all(row["id"] != known.person.id for row in exchange.held(Person))
    assert exchange.opened(exchange.export().path)["erase"] == [], "once is enough"


def test_a_withdrawal_travels_until_it_is_confirmed(exchange: Exchange) -> None:
    known = exchange.case()
    exchange.round()
    exchange.change(known.agreed, withdrawn_on=TODAY)
    exchange.export()
    exchange.export()
    result = exchange.round()
    assert result.missing == (Gap(2, 3),)
    assert exchange.rows_held() == 0


def test_an_expired_consent_erases_without_anybody_touching_the_case(exchange: Exchange) -> None:
    exchange.case(valid_until=TODAY)
    exchange.round()
    assert exchange.rows_held() == 5
    exchange.round(now=NOW + timedelta(days=1))
    assert exchange.rows_held() == 0


def test_a_consent_that_begins_later_shares_from_that_day(exchange: Exchange) -> None:
    exchange.case(given_on=TODAY + timedelta(days=2))
    exchange.round()
    assert exchange.rows_held() == 0
    exchange.round(now=NOW + timedelta(days=2))
    assert exchange.rows_held() == 5


def test_a_renewed_consent_brings_everything_back(exchange: Exchange) -> None:
    known = exchange.case()
    exchange.round()
    withdrawn = exchange.change(known.agreed, withdrawn_on=TODAY)
    exchange.round()
    exchange.put(replace(withdrawn, id="", rev=0, given_on=TODAY, withdrawn_on=None))
    exchange.round()
    assert exchange.rows_held() == 6
    assert len(exchange.held(Consent)) == 2


def test_fewer_kinds_take_back_what_they_covered(exchange: Exchange) -> None:
    known = exchange.case()
    exchange.round()
    exchange.change(known.agreed, kinds=("person",))
    exchange.round()
    assert exchange.held(Goal) == []
    assert len(exchange.held(Person)) == 1


def test_more_kinds_bring_fields_of_records_nobody_changed(exchange: Exchange) -> None:
    known = exchange.case(kinds=("person",))
    exchange.round()
    assert exchange.held(Goal) == []
    exchange.change(known.agreed, kinds=("person", "goals"))
    exchange.round()
    assert len(exchange.held(Goal)) == 1


def test_a_protected_person_takes_back_the_address_of_the_whole_household(exchange: Exchange) -> None:
    known = exchange.case()
    child = exchange.put(Person(given_names="Kim", city="Eschenried"))
    exchange.put(Member(case_id=known.case.id, person_id=child.id, role=Role.CHILD))
    client = exchange.change(known.person, phone="0231 1", email="a@example.org", safe_contact="Nachbarin")
    exchange.round()
    reach = ("city", "phone", "email", "safe_contact")
    assert {row["city"] for row in exchange.held(Person)} == {"Eschenried"}
    assert "0231 1" in {row["phone"] for row in exchange.held(Person)}
    exchange.change(client, protected=True)
    exchange.round()
    assert {row[name] for row in exchange.held(Person) for name in reach} == {None}


def test_from_names_to_pseudonyms_nothing_named_remains(exchange: Exchange) -> None:
    known = exchange.case()
    exchange.round()
    exchange.change(known.agreed, level=SharingLevel.PSEUDONYMISED)
    exchange.round()
    assert exchange.rows_held() == 5
    for record_type in RECORD_TYPES:
        for row in exchange.held(record_type):
            assert row["id"].startswith("P"), kind_of(record_type)
    [member], [case], [person] = (exchange.held(each) for each in (Member, Case, Person))
    assert (member["case_id"], member["person_id"]) == (case["id"], person["id"])
    assert person["family_name"] is None


def test_with_a_new_key_the_old_pseudonyms_are_erased(exchange: Exchange) -> None:
    exchange.case(level=SharingLevel.PSEUDONYMISED)
    exchange.round()
    before = ids(exchange, Case) | ids(exchange, Goal)
    exchange.close()
    upkeep.rekey(exchange.home / "desk", PASSPHRASE)
    reopened = exchange.reopened()
    reopened.round()
    assert reopened.rows_held() == 5
    assert not before & (ids(reopened, Case) | ids(reopened, Goal))
    reopened.close()


def test_a_municipality_that_is_added_lets_its_cases_out(exchange: Exchange, tmp_path: Path) -> None:
    known = exchange.case()
    exchange.change(known.case, ags="05999007")
    exchange.round()
    assert exchange.rows_held() == 0
    exchange.desk.set_municipalities((AGS, "05999007"))
    enrol(exchange.desk, exchange.kreis, tmp_path)
    exchange.round()
    assert exchange.rows_held() == 5


def test_a_restored_backup_starts_an_epoch_of_its_own_each_time(exchange: Exchange, tmp_path: Path) -> None:
    exchange.case()
    exchange.round()
    made = upkeep.backup(exchange.desk, tmp_path / "backups")
    exchange.close()
    epochs = [1]
    for _ in range(2):
        time.sleep(1)  # nobody restores twice in a second
        shutil.rmtree(exchange.home / "desk")
        upkeep.restore(made.path, exchange.home / "desk", PASSPHRASE).close()
        reopened = exchange.reopened()
        epochs.append(sync.status(reopened.desk).epoch)
        exported = reopened.export()
        assert (exported.seq, exported.cases) == (1, 1)
        reopened.close()
    assert epochs == sorted(set(epochs))


def test_a_goal_that_becomes_one_of_health_takes_its_measures_along(exchange: Exchange) -> None:
    known = exchange.case()
    exchange.put(Measure(case_id=known.case.id, goal_id=known.goal.id, title="Kurs"))
    exchange.round()
    assert len(exchange.held(Measure)) == 1
    goal = exchange.change(known.goal, life_domain="health")
    exchange.round()
    assert (exchange.held(Goal), exchange.held(Measure)) == ([], [])
    exchange.change(goal, life_domain="work")
    exchange.round()
    assert len(exchange.held(Measure)) == 1


def test_a_person_leaves_the_registry_with_their_last_case(exchange: Exchange) -> None:
    known, other = exchange.case(), exchange.case("Haddad")
    second = exchange.put(Member(case_id=other.case.id, person_id=known.person.id, role=Role.RELATIVE))
    exchange.put(replace(other.agreed, id="", rev=0, person_id=known.person.id))
    exchange.round()
    exchange.remove(known.member)
    exchange.round()
    assert known.person.id in ids(exchange, Person)
    exchange.remove(second)
    exchange.round()
    assert known.person.id not in ids(exchange, Person)


def test_a_finding_leaves_without_its_case(exchange: Exchange) -> None:
    known = exchange.case()
    exchange.put(Finding(case_id=known.case.id, title="Kein Kurs", frequency=12))
    exchange.round()
    [finding] = exchange.held(Finding)
    assert (finding["title"], finding["case_id"], finding["frequency"]) == ("Kein Kurs", None, 10)


def test_chosen_cases_travel_and_the_others_wait(exchange: Exchange) -> None:
    chosen, waiting = exchange.case(), exchange.case("Haddad")
    shared = exchange.put(Member(case_id=waiting.case.id, person_id=chosen.person.id, role=Role.RELATIVE))
    exchange.put(replace(waiting.agreed, id="", rev=0, person_id=chosen.person.id))
    result = exchange.carry(exchange.export(case_ids={chosen.case.id}).path)[0]
    exchange.take(result)
    assert ids(exchange, Case) == {chosen.case.id}
    assert ids(exchange, Person) == {chosen.person.id}
    rows = {row.id: row.unsent for row in list_page(exchange.desk, CaseQuery()).rows}
    assert rows == {chosen.case.id: False, waiting.case.id: True}
    assert sync.status(exchange.desk).unsent == 7
    exchange.round()
    assert waiting.goal.id in ids(exchange, Goal)
    assert shared.id in ids(exchange, Member)
    assert sync.status(exchange.desk).unsent == 0


def test_a_withdrawal_cannot_be_left_out(exchange: Exchange) -> None:
    known, chosen = exchange.case(), exchange.case("Haddad")
    exchange.round()
    exchange.change(known.agreed, withdrawn_on=TODAY)
    exchange.change(chosen.goal, text="Neu")
    exchange.take(exchange.carry(exchange.export(case_ids={chosen.case.id}).path)[0])
    assert ids(exchange, Case) == {chosen.case.id}


def test_more_than_a_bundle_takes_travels_in_several(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delta, "LIMIT", 7)
    for name in ("Osman", "Haddad", "Yilmaz"):
        exchange.case(name)
    exchange.round()
    assert exchange.rows_held() == 7
    exchange.round()
    exchange.round()
    assert (exchange.rows_held(), sync.status(exchange.desk).unsent) == (15, 0)


def test_a_desk_without_a_certificate_cannot_export(exchange: Exchange, tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "new", "Neu")
    with pytest.raises(BundleError, match="E802"):
        sync.export(desk, exchange.stick)
    assert sync.certificate(desk) is None
    desk.close()


def test_an_expired_certificate_cannot_export(exchange: Exchange) -> None:
    with pytest.raises(BundleError, match="E804"):
        exchange.export(now=NOW + timedelta(days=800))
    assert list(exchange.stick.iterdir()) == []


def test_the_desk_says_when_a_receipt_is_late(exchange: Exchange) -> None:
    exchange.case()
    exchange.export()
    [package] = sync.status(exchange.desk, now=NOW + timedelta(days=13)).chain
    assert (package.state, package.late) == ("waiting", False)
    [package] = sync.status(exchange.desk, now=NOW + timedelta(days=15)).chain
    assert package.late
    assert package.written_on == date(2026, 11, 24)


def test_closed_cases_are_not_counted_as_active(exchange: Exchange) -> None:
    known = exchange.case()
    exchange.case("Haddad")
    exchange.change(known.case, status=CaseStatus.CLOSED)
    [line] = exchange.opened(exchange.export().path)["statistics"]
    assert line["held_active"] == 1


def shown_unsent(desk: Desk) -> tuple[int, int, set[str]]:
    """Return what the exchange, the day and the list call unsent: changes, cases, the cases listed."""
    rows = list_page(desk, CaseQuery(status="", unsent=True)).rows
    marked = {row.id for row in list_page(desk, CaseQuery(status="")).rows if row.unsent}
    assert marked == {row.id for row in rows}
    return sync.status(desk).unsent, case_list.unsent_cases(desk), marked


def test_a_new_kreis_has_nothing_yet_and_every_place_says_so(exchange: Exchange, tmp_path: Path) -> None:
    known = exchange.case()
    exchange.round()
    assert shown_unsent(exchange.desk) == (0, 0, set())
    other = make_desk(tmp_path / "other", "Kreis Nebenan", "kreis")
    enrol(exchange.desk, other, tmp_path)
    assert shown_unsent(exchange.desk) == (5, 1, {known.case.id})
    other.close()


def test_a_kreis_that_lost_something_is_believed_everywhere(exchange: Exchange) -> None:
    exchange.close()
    shutil.copytree(exchange.home / "kreis", exchange.home / "backup")
    before = exchange.reopened()
    first, second = before.case(), before.case("Haddad")
    before.round()
    assert shown_unsent(before.desk) == (0, 0, set())
    before.close()
    shutil.rmtree(exchange.home / "kreis")
    shutil.move(exchange.home / "backup", exchange.home / "kreis")
    restored = open_exchange(exchange.home)
    restored.change(first.goal, text="Neu")
    later = NOW + timedelta(hours=1)
    [result] = restored.carry(restored.export(now=later).path, now=later)
    assert result.result == "held"
    restored.take(result)
    assert shown_unsent(restored.desk) == (10, 2, {first.case.id, second.case.id})
    restored.close()


def test_a_case_that_was_removed_is_unsent_until_the_kreis_has_erased_it(exchange: Exchange) -> None:
    known = exchange.case()
    exchange.round()
    erase(exchange.desk, known.case.id)
    changes, cases, listed = shown_unsent(exchange.desk)
    assert (changes > 0, cases, listed) == (True, 1, set())
    exchange.round()
    assert shown_unsent(exchange.desk) == (0, 0, set())


def test_closing_a_case_tells_that_a_new_kreis_has_confirmed_nothing(
    exchange: Exchange, tmp_path: Path
) -> None:
    known = exchange.case()
    exchange.round()
    assert "receipt" not in {point.kind for point in closing.open_points(exchange.desk, known.case.id)}
    with make_desk(tmp_path / "other", "Kreis Nebenan", "kreis") as other:
        enrol(exchange.desk, other, tmp_path)
    assert "receipt" in {point.kind for point in closing.open_points(exchange.desk, known.case.id)}


def test_a_withdrawal_whose_bundle_is_lost_is_not_confirmed_by_the_receipt_before(exchange: Exchange) -> None:
    known = exchange.case()
    [first] = exchange.carry(exchange.export().path)
    exchange.change(known.agreed, withdrawn_on=TODAY)
    exchange.export().path.unlink()
    exchange.take(first)
    assert sync.status(exchange.desk, now=NOW).unsent
    exchange.round()
    assert exchange.rows_held() == 0
    assert sync.status(exchange.desk, now=NOW).unsent == 0


def test_a_consent_that_runs_out_is_unsent_from_that_day_on(exchange: Exchange) -> None:
    exchange.case(valid_until=TODAY)
    exchange.round()
    assert sync.status(exchange.desk, now=NOW).unsent == 0
    tomorrow = NOW + timedelta(days=1)
    assert sync.status(exchange.desk, now=tomorrow).unsent
    [_] = exchange.carry(exchange.export(now=tomorrow).path, now=tomorrow)
    assert sync.status(exchange.desk, now=tomorrow).unsent


@pytest.mark.parametrize("less", [{"kinds": ("person",)}, {"level": SharingLevel.PSEUDONYMISED}])
def test_a_narrower_consent_whose_bundle_is_lost_still_arrives(
    exchange: Exchange, less: dict[str, Any]
) -> None:
    known = exchange.case()
    [first] = exchange.carry(exchange.export().path)
    exchange.change(known.agreed, **less)
    exchange.export().path.unlink()
    exchange.take(first)
    exchange.round()
    assert exchange.held(Goal) == [] or exchange.held(Goal)[0]["shared"] == "pseudonymised"


def test_a_consent_given_whose_bundle_is_lost_still_lets_everything_out(exchange: Exchange) -> None:
    known = exchange.case(withdrawn_on=TODAY)
    [first] = exchange.carry(exchange.export().path)
    exchange.change(known.agreed, withdrawn_on=None)
    exchange.export().path.unlink()
    exchange.take(first)
    exchange.round()
    assert [each["id"] for each in exchange.held(Goal)] == [known.goal.id]
