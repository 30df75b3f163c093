"""Files from desk to desk are read as they were once written, and no other byte of them is."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from kimdesk.domain.errors import BundleError
from kimdesk.sync.passing import statements
from kimdesk.sync.sealing import wire
from kimdesk.sync.sealing.envelope import verify_and_open
from kimdesk.sync.sealing.keys import DeviceIdentity
from kimdesk.sync.sealing.manifest import HANDOVER, decode_handover
from tests.vectors.passing import FOLDER

CONTENTS: dict[str, Any] = json.loads((FOLDER / "contents.json").read_text(encoding="utf-8"))
WAYS = {"offer": ("giver", "taker"), "accepted": ("taker", "giver"), "returned": ("taker", "giver")}


def key(name: str) -> DeviceIdentity:
    return DeviceIdentity.from_bytes((FOLDER / f"{name}.TEST-ONLY-private-key.json").read_bytes())


def read(path: Path, name: str) -> tuple[dict[str, Any], str, dict[str, bytes]]:
    sender, recipient = map(key, WAYS[name])
    known = {sender.signing.public.key_id: sender.public}
    with verify_and_open(path, recipient=recipient, senders=known.get, kind=HANDOVER) as opened:
        files = {each.name: b"".join(each.content) for each in opened.sections()}
        decode_handover(opened.manifest)
        return json.loads(opened.manifest), opened.sha384.hex(), files


@pytest.mark.parametrize("name", WAYS)
def test_a_file_says_what_it_said(name: str) -> None:
    manifest, digest, files = read(FOLDER / f"{name}.kimh", name)
    told = CONTENTS[name]
    assert (manifest, digest) == (told["manifest"], told["digest"])
    offer = base64.b64decode(manifest["offer"])
    said = statements.read_offer(offer, lambda _: key("giver").public)
    assert json.loads(wire.encode(said)) == told["offer"]
    assert statements.digest_of(offer) == told["offer digest"]
    if manifest["content"]:
        assert files[manifest["content"]].decode() == CONTENTS["document"]
        assert base64.b64decode(CONTENTS["scan"]) in files.values()
    if manifest["reply"]:
        reply = statements.read_reply(base64.b64decode(manifest["reply"]), offer, key("taker").public)
        assert reply.outcome == name


@pytest.mark.parametrize("name", WAYS)
def test_every_cut_and_many_bits_are_refused(name: str, tmp_path: Path) -> None:
    data, target = (FOLDER / f"{name}.kimh").read_bytes(), tmp_path / "changed.kimh"
    for at in (*range(0, 300, 3), *range(300, len(data), len(data) // 150)):
        for changed in (data[:at], data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :]):
            target.write_bytes(changed)
            with pytest.raises(BundleError):
                read(target, name)


def test_a_reply_answers_its_own_offer_alone() -> None:
    manifest = CONTENTS["accepted"]["manifest"]
    offer, reply = (base64.b64decode(manifest[name]) for name in ("offer", "reply"))
    again = statements.sign_offer(statements.unproven_offer(offer), key("giver"))
    with pytest.raises(BundleError, match="E103"):  # the same words, signed another time
        statements.read_reply(reply, again, key("taker").public)
    with pytest.raises(BundleError, match="E202"):
        statements.read_reply(reply, offer, key("giver").public)
