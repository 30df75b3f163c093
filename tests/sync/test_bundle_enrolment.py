"""A desk and a Kreis come to trust each other, and nobody else gets in between."""

from datetime import UTC, date, datetime

import pytest

from kimdesk.domain.errors import BundleError
from kimdesk.sync.trust import enrolment
from tests.sync import bundle_kit as kit

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
AGS = ["05554004", "05554008"]


def asked(name: str = "desk") -> bytes:
    return enrolment.make_request(kit.identity(name), "Ahaus – Zimmer 7", AGS, now=NOW)


def answered(name: str = "desk", kreis: str = "kreis", now: datetime = NOW) -> bytes:
    request = enrolment.read_request(asked(name))
    return enrolment.certify(
        request, kit.identity(kreis), scopes=AGS[:1], kreis_name="Kreis Musterland", now=now
    )


def read(data: bytes, *, fingerprint: str | None = None, today: date = TODAY) -> enrolment.Certificate:
    own = kit.identity("desk")
    return enrolment.read_certificate(data, own=own, expected_fingerprint=fingerprint, today=today)


def test_a_request_brings_the_desk_and_its_keys() -> None:
    request = enrolment.read_request(asked())
    public = kit.identity("desk").public
    assert (request.name, request.municipalities) == ("Ahaus – Zimmer 7", AGS)
    assert (request.identity, request.desk) == (public, public.key_id)
    assert request.fingerprint() == public.fingerprint()


def test_a_certificate_brings_the_kreis_and_what_it_allows() -> None:
    certificate = read(answered())
    assert certificate.desk == kit.identity("desk").public.key_id
    assert certificate.municipalities == AGS[:1]
    assert certificate.kreis == kit.identity("kreis").public
    assert (certificate.desk_name, certificate.kreis_name) == ("Ahaus – Zimmer 7", "Kreis Musterland")


def test_both_sides_compare_fingerprints() -> None:
    desk, kreis = (kit.identity(name).public.fingerprint() for name in ("desk", "kreis"))
    request = enrolment.read_request(asked())
    keys = kit.identity("kreis")
    certificate = enrolment.certify(request, keys, scopes=AGS, fingerprint=desk.replace(" ", "-"))
    assert read(certificate, fingerprint=kreis.replace(" ", "")).kreis == keys.public
    for wrong in ("", kreis, desk[:-1], desk + "1", desk[:-1] + str((int(desk[-1]) + 1) % 10)):
        with pytest.raises(BundleError, match="E204"):
            enrolment.certify(request, keys, scopes=AGS, fingerprint=wrong)
    with pytest.raises(BundleError, match="E204"):
        read(certificate, fingerprint=desk)


def test_a_kreis_in_between_is_noticed_by_its_fingerprint() -> None:
    genuine = kit.identity("kreis").public.fingerprint()
    with pytest.raises(BundleError, match="E204"):
        read(answered(kreis="kreis two"), fingerprint=genuine)


def test_a_certificate_for_another_desk_is_refused() -> None:
    with pytest.raises(BundleError, match="E301"):
        read(answered("neighbour"))


@pytest.mark.parametrize(
    ("issued", "last"),
    [
        (date(2026, 3, 2), date(2028, 3, 2)),
        (date(2024, 2, 29), date(2026, 2, 28)),
        (date(2026, 12, 31), date(2028, 12, 31)),
    ],
)
def test_a_certificate_counts_for_24_months(issued: date, last: date) -> None:
    data = answered(now=datetime(issued.year, issued.month, issued.day, tzinfo=UTC))
    assert read(data, today=last).not_after == last.isoformat()
    with pytest.raises(BundleError, match="E804"):
        read(data, today=date.fromordinal(last.toordinal() + 1))


def test_roles_cannot_be_taken_over() -> None:
    with pytest.raises(BundleError, match="E803"):
        enrolment.read_request(asked("kreis"))
    with pytest.raises(BundleError, match="E803"):
        answered(kreis="neighbour")


def test_nobody_can_ask_with_keys_of_another() -> None:
    """The neighbour's signature under the desk's keys is none."""
    parts = kit.apart(asked())
    forged = kit.signed(parts.body, signer="neighbour", kind="request", suite=2, recipient="")
    with pytest.raises(BundleError, match="E202"):
        enrolment.read_request(forged)
    renamed = kit.Parts(parts.header, parts.body, kit.apart(asked("neighbour")).trailer)
    assert kit.refusal(enrolment.read_request, renamed.joined()) in ("E103", "E201")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"05554004", b"0555400"),
        (b"05554004", b"0555400x"),
        (b'"format":1,"name"', b'"format":1,"admin":true,"name"'),
        (b"Ahaus", b"A" * 201),
    ],
)
def test_a_request_of_another_shape_is_refused(old: bytes, new: bytes) -> None:
    body = kit.apart(asked()).body
    assert old in body
    data = kit.signed(body.replace(old, new, 1), kind="request", suite=2, recipient="")
    with pytest.raises(BundleError, match="E103"):
        enrolment.read_request(data)


def test_a_request_above_a_mebibyte_is_not_parsed() -> None:
    data = kit.signed(b"[" * (1024 * 1024 + 1), kind="request", suite=2, recipient="")
    with pytest.raises(BundleError, match="E601"):
        enrolment.read_request(data)
