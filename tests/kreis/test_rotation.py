"""Keys change and who a desk is stays: by rotation, by a person after revocation, and in no other way."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from kimdesk import kreis, sync
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import BundleError
from kimdesk.domain.records import Goal
from kimdesk.kreis.enrolled.keyring import KeyPurpose, rotate, trust
from kimdesk.sync.sealing.envelope import inspect
from kimdesk.sync.sealing.keys import DeviceIdentity
from kimdesk.sync.trust import device, enrolment
from tests.conftest import PASSPHRASE
from tests.kreis.forging import CASE, forge
from tests.sync.exchange import AGS, NOW, TODAY, Exchange, make_desk

DAY = timedelta(days=1)
MONTH = timedelta(days=31)


def asked(exchange: Exchange, new_keys: bool = True) -> bytes:
    path = exchange.home / "request.kimq"
    sync.request(exchange.desk, path, new_keys=new_keys)
    return path.read_bytes()


def fingerprint(exchange: Exchange) -> str:
    return sync.fingerprint(exchange.desk)


def signing_key(exchange: Exchange) -> str:
    return device.identity(exchange.desk).signing.public.key_id


def copied(exchange: Exchange, folder: Path) -> Exchange:
    """Return the exchange as a thief has it: a copy of the laptop as it is now."""
    exchange.desk.close()
    shutil.copytree(exchange.home / "desk", folder / "desk")
    exchange.desk = Desk.unlock(exchange.home / "desk", PASSPHRASE, accept_older=True)
    (folder / "stick").mkdir()
    thief = Desk.unlock(folder / "desk", PASSPHRASE, accept_older=True)
    return Exchange(folder, thief, exchange.kreis)


def test_new_keys_need_no_telephone_and_keep_the_chain(exchange: Exchange) -> None:
    exchange.case()
    exchange.round()
    own, before = device.trusted(exchange.desk).certificate.desk, signing_key(exchange)
    made = kreis.enrol(exchange.kreis, asked(exchange), now=NOW)
    assert (made.standing, made.desk_id) == ("rotated", own)
    sync.accept(exchange.desk, made.certificate, today=TODAY)
    assert signing_key(exchange) != before
    exchange.case("Haddad")
    path = exchange.export().path
    assert inspect(path).sender == signing_key(exchange)
    [result] = exchange.carry(path)
    assert (result.result, result.seq) == ("applied", 2)
    assert exchange.take(result).result == "applied"
    assert len(exchange.held(Goal)) == 2
    assert len(kreis.desks(exchange.kreis, now=NOW)) == 1


def test_new_keys_reach_a_desk_with_its_next_receipt(exchange: Exchange) -> None:
    exchange.case()
    exchange.export()
    kreis.enrol(exchange.kreis, asked(exchange), now=NOW)
    before = signing_key(exchange)
    [path] = exchange.stick.iterdir()
    [result] = exchange.carry(path)
    assert result.result == "applied", "under way with the old keys"
    assert signing_key(exchange) == before
    exchange.take(result)
    assert signing_key(exchange) != before
    assert exchange.round(now=NOW).result == "applied"


def test_the_former_keys_end_with_the_first_bundle_of_the_new_ones(
    exchange: Exchange, tmp_path: Path
) -> None:
    exchange.case()
    exchange.round()
    thief = copied(exchange, tmp_path)
    made = kreis.enrol(exchange.kreis, asked(exchange), now=NOW)
    sync.accept(exchange.desk, made.certificate, today=TODAY)
    exchange.case("Haddad")
    exchange.round()
    for epoch, seq in ((1, 3), (1, 9), (2, 1), (1, 2)):
        prev = "a" * 96 if seq > 1 else ""
        [result] = exchange.carry(forge(thief, [CASE], epoch=epoch, seq=seq, prev=prev))
        assert (result.result, result.code) == ("refused", "E214")
    thief.desk.close()


def test_former_keys_end_after_three_months_in_any_case(exchange: Exchange) -> None:
    exchange.case()
    path = exchange.export().path
    kreis.enrol(exchange.kreis, asked(exchange), now=NOW)
    [result] = exchange.carry(path, now=NOW + 4 * MONTH)
    assert (result.result, result.code) == ("refused", "E214")


def test_keys_that_were_replaced_replace_nothing(exchange: Exchange, tmp_path: Path) -> None:
    thief = copied(exchange, tmp_path)
    sync.accept(exchange.desk, kreis.enrol(exchange.kreis, asked(exchange), now=NOW).certificate, today=TODAY)
    with pytest.raises(BundleError, match="E215"):
        kreis.enrol(exchange.kreis, asked(thief), now=NOW)
    with pytest.raises(BundleError, match="E214"):
        kreis.enrol(exchange.kreis, _request_of(device.identity(thief.desk)), now=NOW)
    thief.desk.close()


def _request_of(identity: DeviceIdentity) -> bytes:
    return enrolment.make_request(identity, "Eschenried", [AGS], now=NOW)


def test_a_stranger_cannot_say_it_is_a_desk(exchange: Exchange) -> None:
    own = device.trusted(exchange.desk).certificate.desk
    stranger, keys = DeviceIdentity.create("desk"), DeviceIdentity.create("desk")
    before = enrolment.Predecessor(own, stranger)
    data = enrolment.make_request(keys, "Eschenried", [AGS], now=NOW, before=before)
    with pytest.raises(BundleError, match="E215"):
        kreis.enrol(exchange.kreis, data, now=NOW)


def test_an_endorsement_is_good_for_the_keys_it_names_only(exchange: Exchange) -> None:
    real = enrolment.read_request(asked(exchange))
    thief = DeviceIdentity.create("desk")
    body = enrolment.Request(
        name="Eschenried", municipalities=[AGS], created=real.created, identity=thief.public,
        endorsement=real.endorsement,
    )  # fmt: skip
    from kimdesk.sync.sealing import signed

    with pytest.raises(BundleError, match="E215"):
        kreis.enrol(exchange.kreis, signed.sign(enrolment.REQUEST, body, thief), now=NOW)


def revoked(exchange: Exchange) -> str:
    own = device.trusted(exchange.desk).certificate.desk
    kreis.revoke(exchange.kreis, own, now=NOW)
    return own


@pytest.mark.parametrize("how", ["the same keys", "keys endorsed by them"])
def test_a_revoked_desk_does_not_come_back_by_itself(exchange: Exchange, how: str) -> None:
    revoked(exchange)
    data = asked(exchange, new_keys=how != "the same keys")
    with pytest.raises(BundleError, match="E203"):
        kreis.enrol(exchange.kreis, data, fingerprint(exchange), now=NOW)


def test_a_revoked_desk_comes_back_with_new_keys_by_a_persons_word(
    exchange: Exchange, tmp_path: Path
) -> None:
    known = exchange.case()
    exchange.round()
    epoch = sync.status(exchange.desk, now=NOW).epoch
    thief = copied(exchange, tmp_path)
    own, data = revoked(exchange), asked(exchange)
    with pytest.raises(BundleError, match="E216"):
        kreis.enrol(exchange.kreis, data, replaces=own, now=NOW)
    with pytest.raises(BundleError, match="E204"):
        kreis.enrol(exchange.kreis, data, "1" * 40, replaces=own, now=NOW)
    made = kreis.enrol(exchange.kreis, data, fingerprint(exchange), replaces=own, now=NOW)
    assert (made.standing, made.desk_id) == ("replaced", own)
    sync.accept(exchange.desk, made.certificate, today=TODAY)
    assert sync.status(exchange.desk, now=NOW).epoch > epoch
    exchange.change(known.goal, text="Neu")
    assert exchange.round().result == "applied"
    assert [row["text"] for row in exchange.held(Goal)] == ["Neu"], "it is the same desk, with its rows"
    for claims in ({"seq": 2, "prev": "a" * 96}, {"epoch": 2**31 - 1}, {"epoch": epoch + 1}):
        [result] = exchange.carry(forge(thief, [CASE], **claims))
        assert result.result == "refused"
    thief.desk.close()


def test_new_keys_after_revocation_begin_a_new_epoch(exchange: Exchange) -> None:
    exchange.round()
    own, data = revoked(exchange), asked(exchange)
    made = kreis.enrol(exchange.kreis, data, fingerprint(exchange), replaces=own, now=NOW)
    epoch = sync.status(exchange.desk, now=NOW).epoch
    sync.accept(exchange.desk, made.certificate, today=TODAY)
    [result] = exchange.carry(forge(exchange, [CASE], device=own, epoch=epoch, seq=2, prev="a" * 96))
    assert (result.result, result.code) == ("refused", "E217")


def test_a_desk_whose_vault_is_lost_comes_back_as_itself(exchange: Exchange, tmp_path: Path) -> None:
    exchange.case()
    exchange.round()
    own = device.trusted(exchange.desk).certificate.desk
    new = make_desk(tmp_path / "new", "Eschenried")
    path = tmp_path / "request.kimq"
    digits = sync.request(new, path)
    made = kreis.enrol(exchange.kreis, path.read_bytes(), digits, replaces=own, now=NOW)
    sync.accept(new, made.certificate, fingerprint=made.kreis_fingerprint, today=TODAY)
    [desk] = kreis.desks(exchange.kreis, now=NOW)
    assert desk.id == own
    again = Exchange(exchange.home, new, exchange.kreis)
    assert again.round().result == "applied"
    new.close()


def test_a_revocation_reaches_other_desks_with_their_receipts(exchange: Exchange, tmp_path: Path) -> None:
    other = make_desk(tmp_path / "other", "Nachbarort")
    sync.request(other, tmp_path / "request.kimq")
    made = kreis.enrol(exchange.kreis, (tmp_path / "request.kimq").read_bytes(), now=NOW)
    kreis.revoke(exchange.kreis, made.desk_id, now=NOW)
    exchange.round()
    keys = device.trusted(exchange.desk).keys
    assert keys is not None
    assert keys.revoked == [made.desk_id]
    other.close()


def test_revocation_counts_from_a_number_if_asked(exchange: Exchange) -> None:
    exchange.round()
    first = exchange.export().path
    own = device.trusted(exchange.desk).certificate.desk
    assert kreis.revoke(exchange.kreis, own, 3, now=NOW) == 3
    assert exchange.carry(first)[0].result == "applied"
    assert exchange.carry(exchange.export().path)[0].code == "E203"


def test_the_kreis_gets_new_keys_and_its_desks_hear_of_them(exchange: Exchange) -> None:
    exchange.case()
    under_way = exchange.export().path
    before = trust(exchange.kreis).statement
    rotate(exchange.kreis, KeyPurpose.IMPORT, KeyPurpose.RECEIPTS, KeyPurpose.CATALOGUE, now=NOW)
    after = trust(exchange.kreis).statement
    assert after.version == before.version + 1
    assert before.sealing != after.sealing
    assert before.receipts != after.receipts
    assert before.catalogue != after.catalogue
    assert exchange.take(exchange.carry(under_way)[0]).result == "applied"
    assert device.trusted(exchange.desk).keys == after
    path = exchange.export().path
    assert inspect(path).recipient == after.sealing.key_id
    assert exchange.take(exchange.carry(path)[0]).result == "applied"


def test_a_former_import_key_is_destroyed_in_time(exchange: Exchange) -> None:
    exchange.case()
    late = exchange.export().path
    former = trust(exchange.kreis).ring.exchange.sealing
    rotate(exchange.kreis, KeyPurpose.IMPORT, now=NOW)
    [result] = exchange.carry(late, now=NOW + 4 * MONTH)
    assert (result.result, result.code) == ("refused", "E218")
    ring = trust(exchange.kreis, NOW + 4 * MONTH).ring
    assert ring.former == ()
    assert former.public.key_id in ring.destroyed


def test_a_receipt_signed_before_is_told_apart_and_given_again(exchange: Exchange) -> None:
    exchange.case()
    path = exchange.export().path
    [old] = exchange.carry(path)
    rotate(exchange.kreis, KeyPurpose.RECEIPTS, now=NOW)
    assert old.receipt is not None
    kept = exchange.home / "old.kimr"
    shutil.copy(old.receipt, kept)
    [again] = exchange.carry(path)
    assert again.result == "duplicate"
    assert exchange.take(again).result == "applied", "the same receipt, signed with the present key"
    with pytest.raises(BundleError, match="E219"):
        sync.take_receipt(exchange.desk, kept)


def test_only_a_kreis_has_such_keys(exchange: Exchange) -> None:
    with pytest.raises(BundleError, match="E806"):
        rotate(exchange.desk, KeyPurpose.IMPORT)


def refused_by(act: Callable[[], object]) -> str:
    with pytest.raises(BundleError) as found:
        act()
    return found.value.code


def test_new_keys_need_a_kreis_first(exchange: Exchange, tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "new", "Neu")
    assert refused_by(lambda: sync.request(desk, tmp_path / "r.kimq", new_keys=True)) == "E802"
    desk.close()


def test_one_former_key_ends_at_once_and_the_desk_goes_on(exchange: Exchange) -> None:
    exchange.case()
    exchange.round()
    own, before = device.trusted(exchange.desk).certificate.desk, signing_key(exchange)
    exchange.case("Haddad")
    under_way = exchange.export().path
    made = kreis.enrol(exchange.kreis, asked(exchange), now=NOW)
    [ending] = kreis.ending_keys(exchange.kreis, TODAY)[own]
    assert ending.key == before
    with pytest.raises(BundleError, match="E224"):
        kreis.end_key(exchange.kreis, own, inspect(made_bundle(exchange, made.certificate)).sender)
    assert kreis.end_key(exchange.kreis, own, before) == 2
    assert kreis.ending_keys(exchange.kreis, TODAY) == {}
    [result] = exchange.carry(under_way)
    assert (result.result, result.code) == ("refused", "E214")
    assert exchange.round(now=NOW).result == "applied"
    assert len(exchange.held(Goal)) == 2, "what was under way comes with the present keys"


def made_bundle(exchange: Exchange, certificate: bytes) -> Path:
    sync.accept(exchange.desk, certificate, today=TODAY)
    return exchange.export().path


def test_a_stranger_s_key_is_no_key_of_a_desk(exchange: Exchange) -> None:
    own = device.trusted(exchange.desk).certificate.desk
    with pytest.raises(BundleError, match="E202"):
        kreis.end_key(exchange.kreis, own, "ab" * 16)
