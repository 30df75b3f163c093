"""Desks of one Kreis know each other by cards, and by nothing else."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import BundleError
from kimdesk.kreis.enrolled.keyring import trust
from kimdesk.store.columns import moment_text
from kimdesk.sync.sealing import signed
from kimdesk.sync.sealing.keys import DeviceIdentity
from kimdesk.sync.trust import cards, device, enrolment, kreis_keys
from tests.sync.exchange import AGS, NOW, TODAY, Exchange, enrol, make_desk


@pytest.fixture
def neighbour(exchange: Exchange, tmp_path: Path) -> Iterator[Desk]:
    """Another desk of the same Kreis."""
    made = make_desk(tmp_path / "neighbour", "Nachbarort", municipalities=("05999002",))
    enrol(made, exchange.kreis, tmp_path)
    yield made
    made.close()


def card_of(desk: Desk, folder: Path) -> bytes:
    cards.write(desk, folder / "card.kimk", now=NOW)
    return (folder / "card.kimk").read_bytes()


def test_a_card_tells_who_a_desk_of_our_kreis_is(exchange: Exchange, neighbour: Desk, tmp_path: Path) -> None:
    card = cards.read(exchange.desk, card_of(neighbour, tmp_path), today=TODAY)
    own = device.identity(neighbour).public
    assert (card.desk_id, card.identity) == (own.key_id, own)
    assert (card.name, card.municipalities) == ("Nachbarort", ("05999002",))


def test_a_card_of_another_kreis_is_refused(exchange: Exchange, tmp_path: Path) -> None:
    far, elsewhere = make_desk(tmp_path / "far", "Fern"), make_desk(tmp_path / "k2", "Anderswo", "kreis")
    enrol(far, elsewhere, tmp_path)
    data = card_of(far, tmp_path)
    far.close()
    elsewhere.close()
    with pytest.raises(BundleError, match="E206"):
        cards.read(exchange.desk, data, today=TODAY)


def test_a_card_lasts_as_long_as_its_certificate(exchange: Exchange, neighbour: Desk, tmp_path: Path) -> None:
    data, last = card_of(neighbour, tmp_path), device.enrolled(neighbour, TODAY).certificate.last_day
    assert cards.read(exchange.desk, data, today=last).name == "Nachbarort"
    with pytest.raises(BundleError, match="E207"):
        cards.read(exchange.desk, data, today=last + timedelta(days=1))


def test_a_borrowed_certificate_makes_nobody_a_neighbour(
    exchange: Exchange, neighbour: Desk, tmp_path: Path
) -> None:
    thief = DeviceIdentity.create("desk")
    body = cards.CardBody(
        identity=thief.public, certificate=device.certificate_file(neighbour), issued=moment_text(NOW)
    )
    with pytest.raises(BundleError, match="E201"):
        cards.read(exchange.desk, signed.sign(cards.KIND, body, thief), today=TODAY)


def test_a_certificate_a_desk_made_itself_vouches_for_nobody(exchange: Exchange) -> None:
    thief = DeviceIdentity.create("desk")
    asked = enrolment.read_request(enrolment.make_request(thief, "Nachbarort", [AGS], now=NOW))
    root = device.trusted(exchange.desk).certificate.kreis
    forged = enrolment.Certificate(
        desk=asked.desk, desk_digest=asked.identity.digest.hex(), desk_name="Nachbarort",
        municipalities=[AGS], issued=NOW.isoformat(), not_after="2028-11-24", kreis_name="Kreis Auental",
        kreis=root,
    )  # fmt: skip
    body = cards.CardBody(
        identity=thief.public,
        certificate=signed.sign(enrolment.CERTIFICATE, forged, thief),
        issued=moment_text(NOW),
    )
    with pytest.raises(BundleError, match="E206"):
        cards.read(exchange.desk, signed.sign(cards.KIND, body, thief), today=TODAY)


def test_a_revoked_desk_is_no_neighbour_any_more(exchange: Exchange, neighbour: Desk, tmp_path: Path) -> None:
    data, found = card_of(neighbour, tmp_path), trust(exchange.kreis)
    gone = [device.identity(neighbour).public.key_id]
    said = kreis_keys.state(
        found.root, found.ring.exchange.public, found.ring.catalogue.public, version=2, revoked=gone, now=NOW
    )
    with exchange.desk.writing() as writer:
        device.adopt(writer, said)
    with pytest.raises(BundleError, match="E203"):
        cards.read(exchange.desk, data, today=TODAY)
