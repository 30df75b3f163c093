"""A service of one municipality: one document in a layer, kept in the vault of that desk alone."""

from pathlib import Path

import pytest

from kimdesk.casework import cases, layers, referrals, trail
from kimdesk.casework.desk import Desk
from kimdesk.casework.trail import Filter
from kimdesk.domain.errors import ContentError
from kimdesk.domain.records import Case
from kimdesk.domain.terms import ItemState
from kimdesk.store.layers import store_layers
from tests.catalogue.layer_kit import MOTHERS, layer

CODE = str(MOTHERS["code"])


def words(desk: Desk) -> list[str]:
    return [line.words for line in trail.page(desk, Filter()).lines]


def refer(desk: Desk, case: Case) -> None:
    referrals.prepare(
        desk, case.id, CODE, agency="", purpose="counselling", override_reason="im Gespräch so gewünscht"
    )


def test_a_service_of_the_municipality_is_referred_to_and_survives_the_lock(
    desk: Desk, case: Case, desk_folder: Path, passphrase: str
) -> None:
    layers.use_layer(desk, layer())
    refer(desk, case)
    desk.close()
    with Desk.unlock(desk_folder, passphrase) as again:
        assert again.catalogue.service(CODE).name == "Stadtteilmütter Eschenried"
        assert CODE in [one.code for one in again.catalogue.services()]
        [referral] = cases.peek(again, case.id).referrals
        assert [entry.item for entry in referral.checklist] == ["identity", "wish"]
        changed = referrals.set_item(again, referral, "wish", ItemState.PRESENT)
        assert changed.service_version == 1
        assert words(again).count("Stammdatenpaket eingespielt") == 1


def test_two_desks_in_one_program_have_different_catalogues(desk: Desk, tmp_path: Path) -> None:
    other, _ = Desk.create(
        tmp_path / "other", "anker birke dampf eimer falke garten", name="Auental", user="Ada"
    )
    with other:
        layers.use_layer(desk, layer())
        assert desk.catalogue.versions(CODE)
        assert not other.catalogue.versions(CODE)


def test_a_layer_that_does_not_fit_changes_nothing(desk: Desk, desk_folder: Path, passphrase: str) -> None:
    layers.use_layer(desk, layer())
    before, told = desk.catalogue, words(desk)
    broken = layer({"services/x.toml": {**MOTHERS, "code": "x", "purposes": ["fun"]}}, name="Anderes")
    with pytest.raises(ContentError, match="E741"):
        layers.use_layer(desk, broken)
    assert desk.catalogue is before
    assert words(desk) == told
    desk.close()
    with Desk.unlock(desk_folder, passphrase) as again:
        assert [one.name for one in again.catalogue.layers] == ["Eschenried"]


def test_a_newer_version_takes_the_place_and_the_old_one_stays_readable(desk: Desk, case: Case) -> None:
    layers.use_layer(desk, layer())
    refer(desk, case)
    newer = {**MOTHERS, "version": 2, "name": "Stadtteileltern"}
    layers.use_layer(desk, layer({f"services/{CODE}.toml": newer}, version=2))
    assert desk.catalogue.service(CODE).name == "Stadtteileltern"
    assert desk.catalogue.service(CODE, 1).name == "Stadtteilmütter Eschenried"
    with pytest.raises(ContentError, match="E743"):
        layers.use_layer(desk, layer(version=2))


def test_a_layer_is_taken_back_and_its_referrals_are_still_named(desk: Desk, case: Case) -> None:
    layers.use_layer(desk, layer())
    refer(desk, case)
    layers.withdraw_layer(desk, "Eschenried")
    assert CODE not in [one.code for one in desk.catalogue.services()]
    assert desk.catalogue.service(CODE, 1).name == "Stadtteilmütter Eschenried"
    assert "Stammdatenpaket zurückgenommen" in words(desk)
    with pytest.raises(ContentError, match="E745"):
        layers.withdraw_layer(desk, "Eschenried")


def test_a_stored_layer_that_fits_no_more_does_not_hold_up_the_desk(
    desk: Desk, desk_folder: Path, passphrase: str
) -> None:
    odd = layer({"services/odd.toml": {**MOTHERS, "code": "odd", "regime": "gone"}}, name="Alt")
    with desk.writing() as writer:
        store_layers(writer, (odd, layer()))
    desk.close()
    with Desk.unlock(desk_folder, passphrase) as again:
        assert [error.facts["layer"] for error in again.left_out] == ["Alt"]
        assert again.catalogue.versions(CODE)
