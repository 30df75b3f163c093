"""Whose Kreis a desk belongs to is decided by people who compare fingerprints, never by a file alone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kimdesk import kreis as kreis_room
from kimdesk import sync
from kimdesk.casework import upkeep
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import BundleError
from kimdesk.domain.records import Goal
from kimdesk.domain.terms import SharingLevel
from kimdesk.kreis import Enrolment
from kimdesk.sync import receipts_in
from kimdesk.sync.trust import device
from kimdesk.texts import joined
from tests.conftest import PASSPHRASE
from tests.sync.exchange import AGS, NOW, TODAY, Exchange, make_desk

OTHER_AGS = "05999002"
HOUR = timedelta(hours=1)


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[Desk]:
    """A Kreis anybody can make."""
    made = make_desk(tmp_path / "stranger", "Kreis Auental", "kreis")
    yield made
    made.close()


def certified(desk: Desk, kreis: Desk, folder: Path, **named: object) -> Enrolment:
    path = folder / "request.kimq"
    sync.request(desk, path)
    options: dict[str, object] = {"now": NOW} | named
    return kreis_room.enrol(kreis, path.read_bytes(), **options)  # type: ignore[arg-type]


def test_the_first_certificate_needs_the_fingerprint(exchange: Exchange, tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "new", "Neu")
    made = certified(desk, exchange.kreis, tmp_path)
    with pytest.raises(BundleError, match="E208"):
        sync.accept(desk, made.certificate, today=TODAY)
    assert sync.certificate(desk) is None
    assert sync.accept(desk, made.certificate, fingerprint=made.kreis_fingerprint, today=TODAY).gained == (
        AGS,
    )
    desk.close()


def test_no_strange_kreis_takes_a_desk_over(exchange: Exchange, stranger: Desk, tmp_path: Path) -> None:
    made = certified(exchange.desk, stranger, tmp_path)
    own = sync.certificate(exchange.desk)
    for fingerprint in (None, made.kreis_fingerprint):
        with pytest.raises(BundleError, match="E209"):
            sync.accept(exchange.desk, made.certificate, fingerprint=fingerprint, today=TODAY)
    with pytest.raises(BundleError, match="E208"):
        sync.accept(exchange.desk, made.certificate, change_kreis=True, today=TODAY)
    with pytest.raises(BundleError, match="E204"):
        sync.accept(
            exchange.desk, made.certificate, fingerprint=own.fingerprint() if own else "", change_kreis=True,
            today=TODAY,
        )  # fmt: skip
    assert sync.certificate(exchange.desk) == own


def test_a_change_of_kreis_sends_everything_anew_and_says_what_stays_behind(
    exchange: Exchange, stranger: Desk, tmp_path: Path
) -> None:
    exchange.case()
    exchange.round()
    epoch = sync.status(exchange.desk, now=NOW).epoch
    made = certified(exchange.desk, stranger, tmp_path)
    offer = sync.accept(
        exchange.desk, made.certificate, fingerprint=made.kreis_fingerprint, change_kreis=True, today=TODAY
    )
    text = "\n".join(joined.told(offer))
    assert made.kreis_fingerprint in text
    assert "behält" in text
    now = sync.status(exchange.desk, now=NOW)
    assert now.epoch > epoch
    assert now.unsent > 0
    moved = Exchange(exchange.home, exchange.desk, stranger)
    assert moved.round().result == "applied"
    assert [row["text"] for row in moved.held(Goal)] == ["Ziel von Osman"]
    assert sync.status(exchange.desk, now=NOW).unsent == 0


def test_an_older_certificate_is_not_taken_again(exchange: Exchange, tmp_path: Path) -> None:
    first = certified(exchange.desk, exchange.kreis, tmp_path, now=NOW + HOUR)
    second = certified(exchange.desk, exchange.kreis, tmp_path, now=NOW + 2 * HOUR)
    sync.accept(exchange.desk, second.certificate, today=TODAY)
    with pytest.raises(BundleError, match="E211"):
        sync.accept(
            exchange.desk,
            first.certificate,
            fingerprint=first.kreis_fingerprint,
            change_kreis=True,
            today=TODAY,
        )
    assert sync.accept(exchange.desk, second.certificate, today=TODAY).gained == ()


def test_a_kreis_whose_clock_went_back_still_issues_later_ones(exchange: Exchange, tmp_path: Path) -> None:
    ahead = certified(exchange.desk, exchange.kreis, tmp_path, now=NOW + 1000 * HOUR)
    back = certified(exchange.desk, exchange.kreis, tmp_path)
    sync.accept(exchange.desk, ahead.certificate, today=TODAY)
    sync.accept(exchange.desk, back.certificate, today=TODAY)


def test_a_desk_gets_what_the_kreis_grants_and_is_told_the_difference(
    exchange: Exchange, tmp_path: Path
) -> None:
    exchange.desk.set_municipalities((AGS, OTHER_AGS))
    with pytest.raises(BundleError, match="E213"):
        certified(exchange.desk, exchange.kreis, tmp_path)
    with pytest.raises(BundleError, match="E212"):
        certified(exchange.desk, exchange.kreis, tmp_path, municipalities=["05999003"])
    same = certified(exchange.desk, exchange.kreis, tmp_path, municipalities=[AGS])
    assert (same.municipalities, same.asked) == ((AGS,), (AGS, OTHER_AGS))
    offer = sync.accept(exchange.desk, same.certificate, today=TODAY)
    assert (offer.gained, offer.lost, offer.denied) == ((), (), (OTHER_AGS,))
    other = certified(exchange.desk, exchange.kreis, tmp_path, municipalities=[OTHER_AGS])
    offer = sync.accept(exchange.desk, other.certificate, today=TODAY)
    assert (offer.gained, offer.lost, offer.denied) == ((OTHER_AGS,), (AGS,), (AGS,))
    assert device.enrolled(exchange.desk, TODAY).certificate.municipalities == [OTHER_AGS]
    [desk] = kreis_room.desks(exchange.kreis, now=NOW)
    assert desk.municipalities == (OTHER_AGS,)


def test_a_desk_that_answers_for_other_municipalities_has_something_to_hand_over(
    exchange: Exchange, tmp_path: Path
) -> None:
    exchange.case()
    exchange.round()
    for places, left in ([OTHER_AGS], 0), ([AGS], 5):
        assert sync.status(exchange.desk, now=NOW).unsent == 0
        exchange.desk.set_municipalities(tuple(places))
        made = certified(exchange.desk, exchange.kreis, tmp_path, municipalities=places)
        sync.accept(exchange.desk, made.certificate, today=TODAY)
        assert sync.status(exchange.desk, now=NOW).unsent == 5, "nobody would carry a stick over"
        exchange.round()
        assert exchange.rows_held() == left


def test_a_desk_whose_new_keys_went_with_a_backup_is_told_so_and_a_person_enrols_it_anew(
    exchange: Exchange, tmp_path: Path
) -> None:
    exchange.case()
    backup = upkeep.backup(exchange.desk, tmp_path / "backup", now=NOW).path
    path, own = tmp_path / "request.kimq", device.certificate(exchange.desk)
    sync.request(exchange.desk, path, new_keys=True)
    kreis_room.enrol(exchange.kreis, path.read_bytes(), now=NOW)
    exchange.desk.close()
    exchange.desk = upkeep.restore(backup, tmp_path / "restored", PASSPHRASE, now=NOW)
    [result] = exchange.carry(exchange.export().path)
    with pytest.raises(BundleError, match="E304"):
        exchange.take(result)
    with pytest.raises(BundleError, match="E304"):
        receipts_in.take_folder(exchange.desk, exchange.receipts)
    digits = sync.request(exchange.desk, path, new_keys=True)
    assert own
    data = path.read_bytes()
    made = kreis_room.enrol(exchange.kreis, data, now=NOW, replaces=own.desk, fingerprint=digits)
    sync.accept(exchange.desk, made.certificate, today=TODAY)
    assert exchange.round().result == "applied"
    assert sync.status(exchange.desk, now=NOW).unsent == 0


def test_before_a_desk_leaves_its_kreis_can_be_made_to_erase_everything(exchange: Exchange) -> None:
    exchange.case()
    exchange.case("Haddad", level=SharingLevel.PSEUDONYMISED)
    exchange.round()
    assert exchange.rows_held() > 0
    [result] = exchange.carry(exchange.export(leaving=True).path)
    assert exchange.take(result).result == "applied"
    assert exchange.rows_held() == 0
    assert exchange.round().result == "applied"
    assert len(exchange.held(Goal)) == 2, "whoever stays hands everything over anew"
