"""One file per refusal of what anybody may read: requests, packs, statements, certificates, cards."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec

from kimdesk.sync import packs
from kimdesk.sync.packs import Pack
from kimdesk.sync.sealing import container, signed, wire
from kimdesk.sync.trust import cards, enrolment, kreis_keys
from tests.sync import bundle_kit as kit
from tests.vectors.vector import Vector, one, several

MOMENT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
MADE, DAY, LATER = "2026-03-02T09:30:00Z", "2026-03-02", "2028-03-03"
_GARBAGE = b"no file at all"


def vectors() -> Iterator[Vector]:
    """Yield them, a sound one of each kind first."""
    yield from _clear()
    yield from _packs()
    yield from _statements()
    yield from _certificates()
    yield from _cards()
    yield from _endorsed()


def _clear() -> Iterator[Vector]:
    desk = kit.identity("desk")
    request = enrolment.make_request(desk, "Musterdorf", ["05554004"])
    head = {"kind": "request"}
    yield Vector("ok-request", {"about": "nothing is wrong", **head, "outcome": "ok"}, request)
    other = {**head, "compared": kit.identity("neighbour").public.fingerprint(), "outcome": "E204"}
    yield Vector("E204-fingerprint", {"about": "somebody read out another fingerprint", **other}, request)
    asked = enrolment.read_request(request)
    foreign = _signed_clear(wire.encode(asked), "neighbour")
    yield Vector(
        "E202-not-inside",
        {"about": "signed by another than stands inside", **head, "outcome": "E202"},
        foreign,
    )
    kreis = _signed_clear(
        wire.encode(msgspec.structs.replace(asked, identity=kit.identity("kreis").public)), "kreis"
    )
    yield Vector("E803-kreis", {"about": "a request of a Kreis", **head, "outcome": "E803"}, kreis)
    big = _signed_clear(b" " * (2**20 + 1), "desk")
    yield Vector("E601-large", {"about": "a body above 1 MiB", **head, "outcome": "E601"}, big)
    point = wire.encode(asked).replace(b'"p384":"B', b'"p384":"C', 1)
    yield Vector(
        "E103-point",
        {"about": "a key that is no point", **head, "outcome": "E103"},
        _signed_clear(point, "desk"),
    )


def _packs() -> Iterator[Vector]:
    """Yield catalogue packs; ``senders`` is who signs them for this desk's Kreis."""
    head = {"kind": packs.CATALOGUE, "senders": "kreis"}
    document = {"services/mothers.toml": {"code": "mothers", "item": [{"code": "wish"}]}}
    sound = Pack(
        needs="0.1", kreis_name="Kreis Musterland", version=2, issued="2026-03-02T09:30:00Z",
        valid_from="2026-04-01", not_after="2026-06-30", note="", documents=document,
    )  # fmt: skip
    deep: dict[str, Any] = {"services/x.toml": {"item": [[[[[[[[[[[[[]]]]]]]]]]]]]}}
    cases = {
        ("ok-pack", "nothing is wrong", "ok"): (sound, "kreis"),
        ("E210-other-key", "signed by another Kreis", "E210"): (sound, "kreis-elsewhere"),
        ("E503-newer", "needs a newer KIMdesk", "E503"): (_changed(sound, needs="9.0"), "kreis"),
        ("E103-pack-version", "a pack of version 0", "E103"): (_changed(sound, version=0), "kreis"),
        ("E604-pack-deep", "a document nested too deep", "E604"): (_changed(sound, documents=deep), "kreis"),
    }
    for (name, about, outcome), (pack, signer) in cases.items():
        data = _signed_clear(wire.encode(pack), signer, packs.CATALOGUE)
        yield Vector(name, {"about": about, **head, "outcome": outcome}, data)


def _changed(pack: Pack, **changes: Any) -> Pack:
    return msgspec.structs.replace(pack, **changes)


def _signed_clear(body: bytes, signer: str, kind: str = "request") -> bytes:
    return kit.signed(body, signer=signer, kind=kind, suite=container.CLEAR, recipient="")


def _statement(signer: str = "kreis", **changes: Any) -> bytes:
    root = kit.identity("kreis")
    made = kreis_keys.state(root, root.public, root.public.signing, version=1, now=MOMENT)
    body = wire.decode(kreis_keys.KreisKeys, signed.body_of(made))
    return signed.sign(kreis_keys.KIND, msgspec.structs.replace(body, **changes), kit.identity(signer))


def _statements() -> Iterator[Vector]:
    elsewhere = kit.identity("kreis-elsewhere").public.digest.hex()
    yield from several(
        {"kind": kreis_keys.KIND, "senders": "kreis"},
        ("ok", "statement", "nothing is wrong", _statement()),
        ("E202", "statement-elsewhere", "signed by another root", _statement("kreis-elsewhere")),
        ("E202", "statement-root", "it says it is of another root", _statement(root=elsewhere)),
        ("E103", "statement-day", "a day that no calendar has", _statement(not_after="2028-02-30")),
        ("E103", "statement-version", "version 0", _statement(version=0)),
    )


def _certificate(desk: str = "desk", kreis: str = "kreis", *, keys: bytes | None = None) -> bytes:
    asked = enrolment.read_request(enrolment.make_request(kit.identity(desk), "Ahaus", ["05554004"]))
    said = _statement() if keys is None else keys
    return enrolment.certify(
        asked, kit.identity(kreis), scopes=["05554004"], kreis_name="Kreis", now=MOMENT, keys=said
    )


def _certificates() -> Iterator[Vector]:
    head = {"kind": enrolment.CERTIFICATE, "own": "desk"}
    other = {"compared": kit.identity("kreis-elsewhere").public.fingerprint()}
    body = wire.decode(enrolment.Certificate, signed.body_of(_certificate()))
    desk = kit.identity("neighbour")
    forged = signed.sign(
        enrolment.CERTIFICATE, msgspec.structs.replace(body, kreis=desk.public), desk, keys=_statement()
    )
    yield from several(
        {**head, "day": DAY},
        ("ok", "certificate", "nothing is wrong", _certificate()),
        ("E205", "certificate-alone", "without the Kreis's keys", _certificate(keys=b"")),
        ("E301", "certificate-for-another", "made for another desk", _certificate("neighbour")),
        ("E803", "certificate-of-a-desk", "made by a desk", forged),
    )
    yield one("E804", "certificate-old", "past its last day", {**head, "day": LATER}, _certificate())
    compared = {**head, "day": DAY, **other}
    yield one("E204", "certificate-elsewhere", "another fingerprint", compared, _certificate())


def _card(certificate: bytes) -> bytes:
    desk = kit.identity("desk")
    return signed.sign(
        cards.KIND, cards.CardBody(identity=desk.public, certificate=certificate, issued=MADE), desk
    )


def _cards() -> Iterator[Vector]:
    head = {"kind": cards.KIND, "senders": "kreis"}
    elsewhere = _certificate("desk", "kreis-elsewhere")
    revoking = _statement(version=2, revoked=[kit.identity("desk").public.key_id])
    yield from several(
        {**head, "day": DAY},
        ("ok", "card", "nothing is wrong", _card(_certificate())),
        ("E206", "card-elsewhere", "of a desk of another Kreis", _card(elsewhere)),
        ("E201", "card-of-another", "with the certificate of another desk", _card(_certificate("neighbour"))),
        ("E203", "card-revoked", "of a desk that counts no more", _card(_certificate(keys=revoking))),
        ("E101", "card-without", "with something that is no certificate", _card(_GARBAGE)),
    )  # fmt: skip
    yield one("E207", "card-old", "past its last day", {**head, "day": LATER}, _card(_certificate()))


def _endorsed() -> Iterator[Vector]:
    new = kit.identity("desk-next")
    for outcome, name, about, by in (
        ("ok", "new-keys", "nothing is wrong", "desk"),
        ("E215", "new-keys-stranger", "endorsed by others than the present keys", "neighbour"),
    ):
        before = enrolment.Predecessor(kit.identity("desk").public.key_id, kit.identity(by))
        data = enrolment.make_request(new, "Ahaus", ["05554004"], now=MOMENT, before=before)
        yield one(outcome, name, about, {"kind": enrolment.REQUEST, "present": "desk"}, data)
