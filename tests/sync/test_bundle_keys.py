"""Keys: both signatures count, nothing secret shows, and what is not a key is refused."""

import json

import pytest

from kimdesk.domain.errors import BundleError
from kimdesk.sync.sealing.keys import ECDSA_SIZE, SIGNATURE, DeviceIdentity, PublicIdentity
from tests.sync import bundle_kit as kit

MESSAGE, CONTEXT = b"message", b"context"


def test_identities_survive_storing() -> None:
    identity = kit.identity("desk")
    again = DeviceIdentity.from_bytes(identity.to_bytes())
    assert again == identity
    assert again.public == PublicIdentity.from_bytes(identity.public.to_bytes())


def test_no_traceback_or_log_shows_a_private_key() -> None:
    identity = kit.identity("desk")
    shown = repr(identity) + str(identity.signing) + f"{identity.sealing!r}"
    assert shown == "<DeviceIdentity><SigningPrivate><SealingPrivate>"


def test_both_signatures_must_be_right() -> None:
    desk, other = (kit.identity(name).signing for name in ("desk", "neighbour"))
    good, bad = desk.sign(MESSAGE, CONTEXT), other.sign(MESSAGE, CONTEXT)
    assert len(good) == SIGNATURE
    assert desk.public.verifies(good, MESSAGE, CONTEXT)
    assert not desk.public.verifies(bad, MESSAGE, CONTEXT)
    assert not desk.public.verifies(good[:ECDSA_SIZE] + bad[ECDSA_SIZE:], MESSAGE, CONTEXT)
    assert not desk.public.verifies(bad[:ECDSA_SIZE] + good[ECDSA_SIZE:], MESSAGE, CONTEXT)
    assert not desk.public.verifies(bytes(ECDSA_SIZE) + good[ECDSA_SIZE:], MESSAGE, CONTEXT)


def test_a_signature_counts_for_its_message_and_context_only() -> None:
    desk = kit.identity("desk").signing
    good = desk.sign(MESSAGE, CONTEXT)
    assert not desk.public.verifies(good, MESSAGE + b".", CONTEXT)
    assert not desk.public.verifies(good, MESSAGE, CONTEXT + b".")


def test_what_is_sealed_opens_with_its_key_and_binding_only() -> None:
    desk, other = (kit.identity(name).sealing for name in ("desk", "neighbour"))
    sealed = desk.public.wrap(bytes(32), b"info")
    assert desk.unwrap(*sealed, b"info") == bytes(32)
    for key, info in ((other, b"info"), (desk, b"other")):
        with pytest.raises(BundleError, match="E302"):
            key.unwrap(*sealed, info)


def test_a_fingerprint_is_eight_groups_of_five_digits() -> None:
    groups = kit.identity("desk").public.fingerprint().split(" ")
    assert [len(group) for group in groups] == [5] * 8
    assert "".join(groups).isdigit()


def test_every_part_of_an_identity_has_its_own_identifier() -> None:
    desk, other = kit.identity("desk").public, kit.identity("neighbour").public
    ids = {i for each in (desk, other) for i in (each.key_id, each.signing.key_id, each.sealing.key_id)}
    assert len(ids) == 6
    mixed = PublicIdentity(kind="desk", signing=desk.signing, sealing=other.sealing)
    assert mixed.signing.key_id == desk.signing.key_id
    assert mixed.fingerprint() not in (desk.fingerprint(), other.fingerprint())
    kreis = PublicIdentity(kind="kreis", signing=desk.signing, sealing=desk.sealing)
    assert kreis.fingerprint() != desk.fingerprint()


@pytest.mark.parametrize("part", ["signing", "sealing"])
@pytest.mark.parametrize("value", ["", "AAAA", "BA" + "A" * 128 + "==", "=", "not base64"])
def test_what_is_not_a_key_is_refused(part: str, value: str) -> None:
    good = json.loads(kit.identity("desk").public.to_bytes())
    for name in good[part]:
        bad = {**good, part: {**good[part], name: value}}
        with pytest.raises(BundleError, match="E103"):
            PublicIdentity.from_bytes(json.dumps(bad, separators=(",", ":")).encode())


def test_a_damaged_private_identity_is_refused() -> None:
    good = kit.identity("desk").to_bytes()
    for bad in (b"", good[:-1], good + b" ", good.replace(b'"p384":"', b'"p384":"AAAA', 1)):
        with pytest.raises(BundleError, match="E103"):
            DeviceIdentity.from_bytes(bad)
