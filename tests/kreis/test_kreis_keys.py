"""A Kreis has a key for each purpose, and one key does no other's work."""

import base64
from datetime import timedelta
from pathlib import Path

import pytest

from kimdesk import sync
from kimdesk.domain.errors import BundleError
from kimdesk.kreis.enrolled.keyring import KreisTrust, trust
from kimdesk.store.settings import drop_setting, get_setting, set_setting
from kimdesk.sync.sealing import signed
from kimdesk.sync.sealing.envelope import inspect, seal, verify_and_open
from kimdesk.sync.sealing.keys import DeviceIdentity
from kimdesk.sync.trust import device, enrolment, kreis_keys
from tests.sync.exchange import NOW, TODAY, Exchange

YEAR = timedelta(days=366)


def known(exchange: Exchange) -> device.Enrolled:
    return device.trusted(exchange.desk)


def test_each_purpose_has_a_key_of_its_own(exchange: Exchange) -> None:
    keys, root = trust(exchange.kreis).statement, trust(exchange.kreis).root.public
    assert len({root.signing.key_id, keys.receipts.key_id, keys.catalogue.key_id}) == 3
    assert root.sealing.key_id != keys.sealing.key_id
    assert known(exchange).keys == keys


def test_a_bundle_is_sealed_to_the_import_key_and_answered_with_the_receipt_key(exchange: Exchange) -> None:
    exchange.case()
    path = exchange.export().path
    [result] = exchange.carry(path)
    assert result.receipt is not None
    keys = trust(exchange.kreis).statement
    assert inspect(path).recipient == keys.sealing.key_id
    assert inspect(result.receipt).sender == keys.receipts.key_id
    assert exchange.take(result).result == "applied"


def forged_receipt(exchange: Exchange, signer: DeviceIdentity, keys: bytes = b"") -> Path:
    """Return the receipt of a new bundle, signed by somebody else of the Kreis."""
    exchange.case()
    path = exchange.export().path
    [result] = exchange.carry(path)
    assert result.receipt is not None
    own = device.identity(exchange.desk)
    kreis = trust(exchange.kreis).ring.exchange.public
    with verify_and_open(result.receipt, recipient=own, senders=lambda _: kreis, kind="receipt") as opened:
        body = opened.manifest
    out = exchange.home / "forged.kimr"
    seal(out, (), kind="receipt", sender=signer, recipient=own.public, manifest=body, keys=keys)
    return out


@pytest.mark.parametrize("which", ["root", "catalogue"])
def test_no_other_key_of_the_kreis_signs_receipts(exchange: Exchange, which: str) -> None:
    found = trust(exchange.kreis)
    ring = found.ring
    wrong = {
        "root": found.root,
        "catalogue": DeviceIdentity(kind="kreis", signing=ring.catalogue, sealing=ring.exchange.sealing),
    }
    path = forged_receipt(exchange, wrong[which], ring.statement)
    with pytest.raises(BundleError, match="E202"):
        sync.take_receipt(exchange.desk, path)


def said_by(signer: DeviceIdentity, found: KreisTrust, version: int) -> bytes:
    """Return what ``signer`` says of keys of its own choice."""
    own = DeviceIdentity.create("kreis")
    return kreis_keys.state(signer, own.public, own.signing.public, version=version, now=NOW)


def test_only_the_root_says_which_keys_count(exchange: Exchange) -> None:
    found = trust(exchange.kreis)
    before = known(exchange).keys
    for signer in (found.ring.exchange, DeviceIdentity.create("kreis")):
        path = forged_receipt(exchange, found.ring.exchange, said_by(signer, found, 9))
        with pytest.raises(BundleError, match=r"E20[12]"):
            sync.take_receipt(exchange.desk, path)
    assert known(exchange).keys == before


def test_a_statement_that_names_the_root_but_is_signed_by_another_is_refused(exchange: Exchange) -> None:
    found, stranger = trust(exchange.kreis), DeviceIdentity.create("kreis")
    data = signed.sign(kreis_keys.KIND, found.statement, stranger)
    with pytest.raises(BundleError, match="E202"):
        kreis_keys.read(data, found.root.public)
    with pytest.raises(BundleError, match="E202"):
        kreis_keys.read(data, stranger.public)


def test_an_older_statement_brings_no_old_keys_back(exchange: Exchange) -> None:
    found = trust(exchange.kreis)
    newer = said_by(found.root, found, 5)
    with exchange.desk.writing() as writer:
        device.adopt(writer, newer)
        device.adopt(writer, found.ring.statement)
        device.adopt(writer, said_by(found.root, found, 5))
    assert known(exchange).keys == kreis_keys.read(newer, found.root.public)


def test_a_statement_is_renewed_in_time_and_reaches_the_desk_with_a_receipt(exchange: Exchange) -> None:
    later = NOW + YEAR
    exchange.case()
    exchange.take(exchange.carry(exchange.export(now=later).path, now=later)[0])
    keys = known(exchange).keys
    assert keys is not None
    assert (keys.version, keys.not_after[:4]) == (2, "2029")
    assert keys.exchange == trust(exchange.kreis).ring.exchange.public


def test_what_a_desk_seals_to_expires(exchange: Exchange) -> None:
    answer = device.certificate(exchange.desk)
    assert answer is not None
    keys = known(exchange).keys
    assert keys is not None
    assert device.enrolled(exchange.desk, keys.last_day).keys == keys
    with pytest.raises(BundleError, match="E804"):
        device.enrolled(exchange.desk, keys.last_day + timedelta(days=1))


def as_before(exchange: Exchange) -> None:
    """Leave both vaults as they were when a Kreis had a single identity."""
    certificate = device.certificate(exchange.desk)
    assert certificate is not None
    root = trust(exchange.kreis).root
    plain = base64.b64encode(signed.sign(enrolment.CERTIFICATE, certificate, root)).decode()
    with exchange.desk.writing() as writer:
        set_setting(writer, "sync.certificate", plain)
        drop_setting(writer, "sync.kreis_keys")
    with exchange.kreis.writing() as writer:
        drop_setting(writer, "kreis.keys")


def test_vaults_made_before_are_carried_over_by_the_next_receipt(exchange: Exchange) -> None:
    as_before(exchange)
    exchange.case()
    path = exchange.export().path
    root = device.identity(exchange.kreis).public
    assert inspect(path).recipient == root.sealing.key_id
    assert exchange.take(exchange.carry(path)[0]).result == "applied"
    keys = known(exchange).keys
    assert keys == trust(exchange.kreis).statement
    again = exchange.export()
    assert inspect(again.path).recipient == keys.sealing.key_id
    assert exchange.take(exchange.carry(again.path)[0]).result == "applied"


def test_a_certificate_made_before_is_not_taken_any_more(exchange: Exchange) -> None:
    certificate = device.certificate(exchange.desk)
    assert certificate is not None
    data = signed.sign(enrolment.CERTIFICATE, certificate, device.identity(exchange.kreis))
    with pytest.raises(BundleError, match="E205"):
        sync.accept(exchange.desk, data, today=TODAY)


def test_private_keys_are_shown_nowhere(exchange: Exchange) -> None:
    found = trust(exchange.kreis)
    assert repr(found.ring) == "<KeyRing>"
    secret = base64.b64encode(found.ring.exchange.sealing.p384).decode()
    with exchange.kreis.reading() as reader:
        assert secret in (get_setting(reader, "kreis.keys") or "")
    assert secret not in repr(found)
