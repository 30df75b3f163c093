"""The golden files of format 1, read by KIMdesk and by a reader that shares no code with it."""

import base64
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kimdesk.sync import packs
from kimdesk.sync.sealing import wire
from kimdesk.sync.sealing.envelope import inspect, verify_and_open
from kimdesk.sync.sealing.keys import DeviceIdentity
from kimdesk.sync.trust import enrolment
from tests.sync import independent_reader as stranger

FOLDER = Path(__file__).parent.parent / "vectors" / "format-1"
CONTENTS: dict[str, Any] = json.loads((FOLDER / "contents.json").read_text(encoding="utf-8"))
SEALED = {"bundle": ("desk", "kreis"), "receipt": ("kreis", "desk")}


def private(name: str) -> bytes:
    return (FOLDER / f"{name}.TEST-ONLY-private-key.json").read_bytes()


def golden(kind: str) -> bytes:
    return (FOLDER / f"{kind}.kimb").read_bytes()


@pytest.mark.parametrize("kind", CONTENTS)
def test_the_clear_header_is_as_recorded(kind: str) -> None:
    header, recorded = inspect(FOLDER / f"{kind}.kimb"), CONTENTS[kind]["header"]
    assert (header.kind, header.suite, header.bundle_id) == (kind, recorded["suite"], recorded["id"])
    assert (header.sender, header.recipient) == (recorded["sender"], recorded["recipient"])
    assert header.size == len(golden(kind))


@pytest.mark.parametrize("kind", SEALED)
def test_kimdesk_reads_the_sealed_files(kind: str) -> None:
    sender, recipient = (DeviceIdentity.from_bytes(private(name)) for name in SEALED[kind])
    senders = {sender.signing.public.key_id: sender.public}
    with verify_and_open(
        io.BytesIO(golden(kind)), recipient=recipient, senders=senders.get, kind=kind
    ) as opened:
        assert opened.sha384.hex() == CONTENTS[kind]["digest"]
        assert json.loads(opened.manifest) == CONTENTS[kind]["manifest"]
        found = [(section.kind, list(section.content)) for section in opened.sections()]
    assert found == _expected_sections(kind)


def _expected_sections(kind: str) -> list[tuple[int, list[bytes]]]:
    if kind == "receipt":
        return []
    records = [
        [json.dumps(line, ensure_ascii=False).encode() for line in lines]
        for lines in CONTENTS[kind]["records"].values()
    ]
    files = [base64.b64decode(each) for each in CONTENTS[kind]["files"]]
    return [*((1, lines) for lines in records), (2, [files[0]]), (3, [files[1]]), (99, [files[2]]), (1, [])]


@pytest.mark.parametrize("kind", SEALED)
def test_a_stranger_reads_them_too(kind: str) -> None:
    sender, recipient = (json.loads(private(name)) for name in SEALED[kind])
    digest, manifest, sections = stranger.read(golden(kind), stranger.public_of(sender), recipient)
    assert digest == CONTENTS[kind]["digest"]
    assert manifest == CONTENTS[kind]["manifest"]
    if kind == "bundle":
        found = {info["name"]: stranger.records(info, data) for info, data in sections[:3]}
        assert found == CONTENTS[kind]["records"]
        files = [base64.b64encode(data).decode() for _, data in sections[3:6]]
        assert files == CONTENTS[kind]["files"]


def test_kimdesk_reads_the_request_and_the_certificate() -> None:
    desk = DeviceIdentity.from_bytes(private("desk"))
    request = enrolment.read_request(golden("request"))
    assert json.loads(wire.encode(request)) == CONTENTS["request"]["body"]
    assert request.fingerprint() == CONTENTS["request"]["fingerprint"]
    certificate = enrolment.read_certificate(
        golden("certificate"),
        own=desk,
        expected_fingerprint=CONTENTS["certificate"]["fingerprint"],
        today=date(2026, 3, 2),
    )
    assert json.loads(wire.encode(certificate)) == CONTENTS["certificate"]["body"]


@pytest.mark.parametrize(("kind", "signer"), [("request", "identity"), ("certificate", "kreis")])
def test_a_stranger_reads_those_too(kind: str, signer: str) -> None:
    fields, _, body, _ = stranger.outside(golden(kind))
    found = json.loads(body)
    assert (fields["suite"], fields["recipient"]) == (2, "")
    assert found == CONTENTS[kind]["body"]
    stranger.verify(golden(kind), found[signer])
    assert stranger.fingerprint(found[signer]) == CONTENTS[kind]["fingerprint"]


def test_kimdesk_reads_the_pack_and_so_does_a_stranger() -> None:
    publisher = DeviceIdentity.from_bytes(private("publisher")).public
    pack = packs.read(golden("catalogue"), publisher.signing)
    assert json.loads(wire.encode(pack)) == CONTENTS["catalogue"]["body"]
    fields, _, body, _ = stranger.outside(golden("catalogue"))
    assert (fields["suite"], fields["recipient"]) == (2, "")
    assert json.loads(body) == CONTENTS["catalogue"]["body"]
    stranger.verify(golden("catalogue"), stranger.public_of(json.loads(private("publisher"))))


def test_both_derive_the_same_public_keys() -> None:
    for name in ("desk", "kreis"):
        ours = DeviceIdentity.from_bytes(private(name)).public
        theirs = stranger.public_of(json.loads(private(name)))
        assert json.loads(ours.to_bytes()) == theirs
        assert ours.fingerprint() == stranger.fingerprint(theirs)
