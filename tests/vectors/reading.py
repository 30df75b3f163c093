"""What KIMdesk makes of a vector, by the keys that lie beside it."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from kimdesk.domain.errors import BundleError
from kimdesk.kreis.taking import caged
from kimdesk.sync import packs
from kimdesk.sync.passing import common, passage_file, statements
from kimdesk.sync.passing.statements import Signed
from kimdesk.sync.sealing.envelope import Senders, verify_and_open
from kimdesk.sync.sealing.keys import DeviceIdentity, PublicIdentity
from kimdesk.sync.sealing.manifest import HANDOVER, decode_receipt
from kimdesk.sync.trust import cards, enrolment, joining, kreis_keys
from tests.vectors.vector import KEY, Vector


def outcome(case: Vector, folder: Path) -> str:
    """Return "ok" or the code KIMdesk refuses a vector with; ``folder`` has the keys."""
    reader = _Reader(case, folder)
    try:
        _READERS.get(case.head["kind"], _Reader.sealed)(reader)
    except BundleError as error:
        return error.code
    return "ok"


@cache
def _identity(path: Path) -> DeviceIdentity:
    return DeviceIdentity.from_bytes(path.read_bytes())


@dataclass(frozen=True)
class _Reader:
    """Somebody who has a file and the keys its head names."""

    case: Vector
    folder: Path

    def key(self, name: str) -> DeviceIdentity:
        return _identity(self.folder / KEY.format(name))

    def named(self, role: str) -> DeviceIdentity:
        return self.key(self.case.head[role])

    @property
    def sender(self) -> PublicIdentity:
        return self.named("senders").public

    @property
    def day(self) -> date:
        return date.fromisoformat(self.case.head["day"])

    def senders(self) -> Senders:
        revoked = self.case.head.get("revoked", "").split()
        known = {self.key(name).signing.public.key_id: name for name in self.case.head["senders"].split()}

        def sender(key_id: str) -> PublicIdentity | None:
            if known.get(key_id) in revoked:
                raise BundleError("E203")
            return self.key(known[key_id]).public if key_id in known else None

        return sender

    def sealed(self) -> None:
        """Read a bundle as the Kreis does, or a receipt."""
        file, kind = io.BytesIO(self.case.data), self.case.head["kind"]
        with verify_and_open(
            file, recipient=self.named("reader"), senders=self.senders(), kind=kind
        ) as opened:
            for section in opened.sections():
                for _ in section.content:
                    pass
            if kind == "receipt":
                decode_receipt(opened.manifest)
            else:
                size, pieces = opened.plaintext()
                list(caged.read(pieces, size, [msgspec.to_builtins(info) for info in opened.announced]))

    def request(self) -> None:
        request = enrolment.read_request(self.case.data)
        if "present" in self.case.head and not enrolment.endorsed_by(request, self.named("present").public):
            raise BundleError("E215")
        enrolment.check_fingerprint(request.identity, self.case.head.get("compared"))

    def certificate(self) -> None:
        if "own" in self.case.head:
            found = joining.made_for(self.case.data, self.named("own"), today=self.day)
        else:
            found = enrolment.certificate_by(None, self.case.data)
        enrolment.check_fingerprint(found.kreis, self.case.head.get("compared"))

    def passage(self) -> None:
        """Read a file from desk to desk; its scans, which have to be pictures, are another matter."""
        reader, whole = self.named("reader"), self.case.head.get("scans") is None
        file = io.BytesIO(self.case.data)
        arrived = passage_file.read(file, recipient=reader, senders=self.senders(), whole=whole)
        there = cards.Neighbour(self.sender.key_id, "", (), self.sender)
        statement = Signed(arrived.manifest.offer, arrived.manifest.reply)
        ours = {reader.signing.public.key_id: reader.public}
        made = self._made(statement)
        offer, reply = common.proven(statement, reader.public.key_id, there, lambda _: made, ours.get)
        common.demanded(offer, reply, arrived.content, whole=whole)

    def _made(self, statement: Signed) -> bytes:
        """Return the offer the reader has made, if it is the one that came back."""
        made = self.case.head.get("offered")
        return statement.offer if statements.digest_of(statement.offer) == made else b""


_READERS: dict[str, Callable[[_Reader], object]] = {
    packs.CATALOGUE: lambda each: packs.read(each.case.data, each.sender.signing),
    kreis_keys.KIND: lambda each: kreis_keys.read(each.case.data, each.sender),
    cards.KIND: lambda each: cards.judged(each.case.data, each.sender, None, each.day),
    enrolment.REQUEST: _Reader.request,
    enrolment.CERTIFICATE: _Reader.certificate,
    HANDOVER: _Reader.passage,
}
