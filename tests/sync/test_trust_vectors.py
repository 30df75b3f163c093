"""The golden files of trust: statement, certificate, card and new keys, read by us and by a stranger."""

import base64
import json
from datetime import date
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature

from kimdesk.domain.errors import BundleError
from kimdesk.sync.sealing import signed, wire
from kimdesk.sync.sealing.envelope import keys_of_bytes
from kimdesk.sync.sealing.keys import DeviceIdentity
from kimdesk.sync.sealing.short_words import short_words
from kimdesk.sync.trust import cards, enrolment, kreis_keys
from kimdesk.vault.passphrase import word_list
from tests.sync import independent_reader as stranger
from tests.vectors.trust import FOLDER, NAMES

CONTENTS: dict[str, Any] = json.loads((FOLDER / "contents.json").read_text(encoding="utf-8"))
FILES = [name for name in CONTENTS if not name.startswith("fingerprint")]
SIGNERS = {"request": "desk", "card": "desk", "request-new-keys": "desk-next"}
DAY = date(2026, 9, 1)


def key(name: str) -> DeviceIdentity:
    return DeviceIdentity.from_bytes((FOLDER / f"{name}.TEST-ONLY-private-key.json").read_bytes())


def golden(name: str) -> bytes:
    return (FOLDER / f"{name}.kimb").read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_a_stranger_verifies_each_file(name: str) -> None:
    fields, _, body, _ = stranger.outside(golden(name))
    assert json.loads(body) == CONTENTS[name]["body"]
    assert ("keys" in fields) == CONTENTS[name]["introduces keys"]
    signer = json.loads(key(SIGNERS.get(name, "root")).public.to_bytes())
    stranger.verify(golden(name), signer)
    wrong = json.loads(key("exchange").public.to_bytes())
    with pytest.raises((InvalidSignature, AssertionError)):
        stranger.verify(golden(name), wrong)


@pytest.mark.parametrize("name", NAMES)
def test_a_stranger_reads_the_same_fingerprints(name: str) -> None:
    public = json.loads(key(name).public.to_bytes())
    assert stranger.fingerprint(public) == CONTENTS[f"fingerprint of {name}"]


def test_a_stranger_finds_the_statement_in_a_certificate() -> None:
    fields, _, _, _ = stranger.outside(golden("certificate"))
    inside = base64.b64decode(fields["keys"])
    assert inside == golden("statement-1")
    assert json.loads(stranger.outside(inside)[2])["version"] == 1


def test_we_read_what_the_root_says() -> None:
    root = key("root").public
    first, second = (kreis_keys.read(golden(f"statement-{n}"), root) for n in (1, 2))
    assert (first.version, second.version) == (1, 2)
    assert first.exchange == key("exchange").public
    assert first.catalogue == key("publisher").signing.public
    assert second.revoked == [key("desk").public.key_id]
    with pytest.raises(BundleError, match="E202"):
        kreis_keys.read(golden("statement-1"), key("exchange").public)


@pytest.mark.parametrize(("name", "own"), [("certificate", "desk"), ("certificate-new-keys", "desk-next")])
def test_we_read_the_certificates(name: str, own: str) -> None:
    found = enrolment.read_certificate(golden(name), own=key(own), today=DAY)
    assert json.loads(wire.encode(found)) == CONTENTS[name]["body"]
    assert found.desk == key("desk").public.key_id, "a desk keeps its id"
    assert kreis_keys.read(keys_of_bytes(golden(name)), found.kreis).root == found.kreis.digest.hex()


def test_new_keys_are_endorsed_by_the_former_and_nobody_else() -> None:
    request = enrolment.read_request(golden("request-new-keys"))
    assert enrolment.endorsed_desk(request) == key("desk").public.key_id
    assert enrolment.endorsed_by(request, key("desk").public)
    assert not enrolment.endorsed_by(request, key("desk-next").public)


SHAPES: list[tuple[str, str, Any]] = [
    ("statement-1", kreis_keys.KIND, kreis_keys.KreisKeys),
    ("card", cards.KIND, cards.CardBody),
    ("request-new-keys", enrolment.REQUEST, enrolment.Request),
]


@pytest.mark.parametrize(("name", "kind", "shape"), SHAPES)
def test_no_other_byte_of_them_is_read(name: str, kind: str, shape: Any) -> None:
    data, signer = golden(name), key(SIGNERS.get(name, "root")).public
    for at in range(0, len(data), max(len(data) // 120, 1)):
        changed = data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :]
        with pytest.raises(BundleError):
            signed.read(kind, changed, shape, lambda _: signer)


def test_short_words_are_the_first_bits_of_a_digest() -> None:
    first, last = word_list()[0], word_list()[2047]
    assert short_words(bytes(48)) == " ".join([first] * 5)
    assert short_words(b"\xff" * 48) == " ".join([last] * 5)
    assert short_words(b"\x00\x00\x00\x00\x00\x00\x03" + bytes(41)).split()[4] == word_list()[1]
