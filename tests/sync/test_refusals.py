"""One file per refusal: KIMdesk gives each the code its head names, and takes the sound ones."""

import io
from functools import cache
from pathlib import Path

import pytest

from kimdesk.domain.errors import BundleError
from kimdesk.sync import packs
from kimdesk.sync.sealing.envelope import verify_and_open
from kimdesk.sync.sealing.keys import DeviceIdentity, PublicIdentity
from kimdesk.sync.trust import enrolment
from tests.vectors import vector

FOLDER = Path(__file__).parent.parent / "vectors" / "refused"
VECTORS = [vector.read(path) for path in sorted(FOLDER.glob("*.kimv"))]


@cache
def identity(name: str) -> DeviceIdentity:
    return DeviceIdentity.from_bytes((FOLDER / vector.KEY.format(name)).read_bytes())


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: str(case.name))
def test_each_gets_its_code(case: vector.Vector) -> None:
    assert outcome(case) == case.head["outcome"]


def outcome(case: vector.Vector) -> str:
    try:
        if "reader" in case.head:
            _open_sealed(case)
        elif case.head["kind"] == packs.CATALOGUE:
            packs.read(case.data, identity(case.head["senders"]).signing.public)
        else:
            _open_request(case)
    except BundleError as error:
        return error.code
    return "ok"


def _open_sealed(case: vector.Vector) -> None:
    revoked = case.head.get("revoked", "").split()
    known = {identity(name).signing.public.key_id: name for name in case.head["senders"].split()}

    def sender(key_id: str) -> PublicIdentity | None:
        if known.get(key_id) in revoked:
            raise BundleError("E203")
        return identity(known[key_id]).public if key_id in known else None

    file, reader = io.BytesIO(case.data), identity(case.head["reader"])
    with verify_and_open(file, recipient=reader, senders=sender, kind=case.head["kind"]) as opened:
        for section in opened.sections():
            for _ in section.content:
                pass


def _open_request(case: vector.Vector) -> None:
    request = enrolment.read_request(case.data)
    compared = case.head.get("compared")
    if compared is not None:
        kreis = DeviceIdentity.create("kreis")
        enrolment.certify(request, kreis, scopes=request.municipalities, fingerprint=compared)


def test_every_refusal_of_a_file_has_a_vector() -> None:
    """What depends on more than the file (ledger, enrolment, disk) is told elsewhere."""
    wanted = {"E101", "E102", "E103", "E104", "E201", "E202", "E203", "E204", "E301", "E302"}
    wanted |= {"E210", "E503", "E501", "E502", "E601", "E602", "E603", "E604"}
    assert wanted <= {case.head["outcome"] for case in VECTORS}
