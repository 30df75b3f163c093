"""One file per refusal: KIMdesk gives each the code its head names, and takes the sound ones."""

import io
import re
import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import msgspec
import pytest

import kimdesk
from kimdesk.domain.errors import BundleError
from kimdesk.kreis.taking import caged
from kimdesk.sync import packs
from kimdesk.sync.passing import common, passage_file, statements
from kimdesk.sync.passing.statements import Signed
from kimdesk.sync.sealing.envelope import Senders, verify_and_open
from kimdesk.sync.sealing.keys import DeviceIdentity, PublicIdentity
from kimdesk.sync.sealing.manifest import HANDOVER, decode_receipt
from kimdesk.sync.trust import cards, enrolment, joining, kreis_keys
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
        _READERS.get(case.head["kind"], _open_sealed)(case)
    except BundleError as error:
        return error.code
    return "ok"


def _day(case: vector.Vector) -> date:
    return date.fromisoformat(case.head["day"])


def _only(case: vector.Vector) -> PublicIdentity:
    return identity(case.head["senders"]).public


def _senders(case: vector.Vector) -> Senders:
    revoked = case.head.get("revoked", "").split()
    known = {identity(name).signing.public.key_id: name for name in case.head["senders"].split()}

    def sender(key_id: str) -> PublicIdentity | None:
        if known.get(key_id) in revoked:
            raise BundleError("E203")
        return identity(known[key_id]).public if key_id in known else None

    return sender


def _open_sealed(case: vector.Vector) -> None:
    file, reader = io.BytesIO(case.data), identity(case.head["reader"])
    with verify_and_open(file, recipient=reader, senders=_senders(case), kind=case.head["kind"]) as opened:
        for section in opened.sections():
            for _ in section.content:
                pass
        if case.head["kind"] == "receipt":
            decode_receipt(opened.manifest)
        else:
            size, pieces = opened.plaintext()
            list(caged.read(pieces, size, [msgspec.to_builtins(info) for info in opened.announced]))


def _open_request(case: vector.Vector) -> None:
    request = enrolment.read_request(case.data)
    if "present" in case.head and not enrolment.endorsed_by(request, identity(case.head["present"]).public):
        raise BundleError("E215")
    enrolment.check_fingerprint(request.identity, case.head.get("compared"))


def _open_certificate(case: vector.Vector) -> None:
    found = joining.made_for(case.data, identity(case.head["own"]), today=_day(case))
    enrolment.check_fingerprint(found.kreis, case.head.get("compared"))


def _open_handover(case: vector.Vector) -> None:
    reader, sender = identity(case.head["reader"]), _only(case)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "passage.kimh"
        path.write_bytes(case.data)
        arrived = passage_file.read(path, recipient=reader, senders=_senders(case))
    there = cards.Neighbour(sender.key_id, "", (), sender)
    statement = Signed(arrived.manifest.offer, arrived.manifest.reply)
    offer, reply = common.proven(statement, reader.public.key_id, there, lambda _: _made(case, statement))
    common.demanded(offer, reply, arrived.content, whole=True)


def _made(case: vector.Vector, statement: Signed) -> bytes:
    """Return the offer the reader has made, if it is the one that came back."""
    return statement.offer if statements.digest_of(statement.offer) == case.head.get("offered") else b""


_READERS: dict[str, Callable[[vector.Vector], object]] = {
    packs.CATALOGUE: lambda case: packs.read(case.data, _only(case).signing),
    kreis_keys.KIND: lambda case: kreis_keys.read(case.data, _only(case)),
    cards.KIND: lambda case: cards.judged(case.data, _only(case), None, _day(case)),
    enrolment.REQUEST: _open_request,
    enrolment.CERTIFICATE: _open_certificate,
    HANDOVER: _open_handover,
}

ELSEWHERE = {
    "disk, stick and folder": "E105 E303 E608 E609 E610 E910 E911",
    "what the reader's machine gives": "E601 E605 E606 E607 E700 E756 E757 E760 E761 E763 E764 E765",
    "what the desk knows already": "E208 E209 E211 E219 E404 E405 E406 E407 E408 E743 E745 E747 E748 E749 "
    "E802 E806 E807",
    "what the Kreis knows already": "E212 E213 E214 E216 E217 E218 E222 E224 E401 E402",
    "which colleagues a desk knows": "E220 E431",
    "where a case stands": "E421 E422 E423 E424 E425 E426 E427 E428 E429 E430 E433 E434 E435 E851",
    "what a person types": "E713",
}
"""Refusals that depend on more than one file and the keys to read it, and on what."""
_RAISED = re.compile(r"""["'](E\d{3})["']""")
_ROOMS = ("sync", "kreis")


def test_every_refusal_has_a_vector_or_a_reason_why_not() -> None:
    root = Path(kimdesk.__file__).parent
    sources = [path for room in _ROOMS for path in (root / room).rglob("*.py")]
    raised = {code for path in sources for code in _RAISED.findall(path.read_text(encoding="utf-8"))}
    shown = {case.head["outcome"] for case in VECTORS} - {"ok"}
    elsewhere = {code for codes in ELSEWHERE.values() for code in codes.split()}
    assert raised - shown - elsewhere == set()
    assert elsewhere - raised == set(), "nobody says this any more"


def test_every_refusal_of_the_document_is_one_of_ours() -> None:
    text = (Path(__file__).parents[2] / "docs" / "bundle-format.md").read_text(encoding="utf-8")
    table = text.partition("## 11. Refusals")[2].partition("## 12.")[0]
    told = {
        code for line in table.splitlines() for code in re.findall(r"E\d{3}", line.partition("|")[2][:40])
    }
    assert {case.head["outcome"] for case in VECTORS} - {"ok"} <= told
