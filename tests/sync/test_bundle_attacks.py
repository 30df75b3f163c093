"""What an attacker with a stick, or with another desk's keys, gets: a refusal, always."""

import io
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from kimdesk.domain.errors import StoreError
from kimdesk.sync.sealing import age_stream, keys, wire
from kimdesk.sync.sealing.envelope import inspect, seal
from kimdesk.sync.sealing.manifest import ReceiptBody
from kimdesk.sync.sealing.sections import BundleSection
from kimdesk.sync.trust import enrolment
from tests.sync import bundle_kit as kit
from tests.sync.bundle_kit import refusal

Read = Callable[[bytes], object]


def take_all(data: bytes) -> None:
    """Take a bundle as the Kreis does, to its end."""
    kit.contents(data)


def read_certificate(data: bytes) -> None:
    enrolment.read_certificate(data, own=kit.identity("desk"))


def receipt() -> bytes:
    body = ReceiptBody(
        bundle="0" * 96,
        bundle_id="0" * 32,
        device="d",
        epoch=1,
        seq=1,
        result="applied",
        code="",
        to_change=5,
        kreis_seq=1,
        created="2026-03-02T09:30:00Z",
    )
    out = io.BytesIO()
    kreis, desk = kit.identity("kreis"), kit.identity("desk").public
    seal(out, [], kind="receipt", sender=kreis, recipient=desk, manifest=wire.encode(body))
    return out.getvalue()


def read_receipt(data: bytes) -> None:
    kit.opened(data, recipient="desk", kind="receipt")


def request() -> bytes:
    return enrolment.make_request(kit.identity("desk"), "Ahaus", ["05554004"])


def certificate() -> bytes:
    asked = enrolment.read_request(request())
    return enrolment.certify(asked, kit.identity("kreis"), scopes=["05554004"])


FILES: dict[str, tuple[Callable[[], bytes], Read]] = {
    "bundle": (kit.bundle, take_all),
    "receipt": (receipt, read_receipt),
    "request": (request, enrolment.read_request),
    "certificate": (certificate, read_certificate),
}
each_kind = pytest.mark.parametrize(("make", "read"), FILES.values(), ids=FILES)


@each_kind
def test_the_untouched_file_is_accepted(make: Callable[[], bytes], read: Read) -> None:
    assert refusal(read, make()) == ""


def flipped(data: bytes, at: int, bit: int) -> bytes:
    altered = bytearray(data)
    altered[at] ^= 1 << bit
    return bytes(altered)


@pytest.mark.parametrize("bit", range(8))
def test_every_single_flipped_bit_of_a_bundle_is_refused(bit: int) -> None:
    data = kit.bundle()
    accepted = [at for at in range(len(data)) if not refusal(take_all, flipped(data, at, bit))]
    assert accepted == []


@each_kind
def test_one_flipped_bit_in_any_byte_is_refused(make: Callable[[], bytes], read: Read) -> None:
    data = make()
    accepted = [at for at in range(len(data)) if not refusal(read, flipped(data, at, at % 8))]
    assert accepted == []


@each_kind
def test_a_file_cut_at_any_length_is_refused(make: Callable[[], bytes], read: Read) -> None:
    data = make()
    codes = {refusal(read, data[:size]) for size in range(len(data))}
    assert codes == {"E101", "E102"}


@each_kind
@pytest.mark.parametrize("more", [b"\0", b"\n", b"KIMEND1\n", bytes(100_000)])
def test_a_file_with_something_behind_it_is_refused(
    make: Callable[[], bytes], read: Read, more: bytes
) -> None:
    assert refusal(read, make() + more) in ("E102", "E103")
    assert refusal(read, more + make()) == "E101"


def test_two_bundles_cannot_be_spliced() -> None:
    pair = [kit.apart(kit.bundle()), kit.apart(kit.bundle())]
    for h, b, t in product((0, 1), repeat=3):
        spliced = kit.Parts(pair[h].header, pair[b].body, pair[t].trailer)
        assert refusal(take_all, spliced.joined()) == ("" if h == b == t else "E201")


def test_halves_of_signatures_cannot_be_mixed() -> None:
    """Both signatures must be over this very file: one of each of two is none."""
    first, second = (kit.apart(kit.bundle()) for _ in range(2))
    end = 8 + keys.ECDSA_SIZE
    for start, stop in ((8, end), (end, 8 + keys.SIGNATURE)):
        trailer = first.trailer[:start] + second.trailer[start:stop] + first.trailer[stop:]
        assert refusal(take_all, kit.Parts(first.header, first.body, trailer).joined()) == "E201"


def bundle_id(data: bytes) -> str:
    return inspect(io.BytesIO(data)).bundle_id


def test_another_enrolled_desk_cannot_sign_a_bundle_as_its_own() -> None:
    data = kit.bundle()
    stolen = kit.signed(kit.apart(data).body, signer="neighbour", id=bundle_id(data))
    assert refusal(take_all, stolen) == "E302"


def test_not_even_its_own_sender_can_give_a_stream_another_id() -> None:
    data = kit.bundle()
    body = kit.apart(data).body
    assert refusal(take_all, kit.signed(body, id=bundle_id(data))) == ""
    assert refusal(take_all, kit.signed(body, id="f" * 32)) == "E302"


def test_every_byte_of_the_stream_is_bound_even_for_its_own_sender() -> None:
    """Below the signatures the stream's own MACs notice one flipped bit in any byte."""
    data = kit.bundle()
    body, same = kit.apart(data).body, bundle_id(data)
    altered = (kit.signed(flipped(body, at, at % 8), id=same) for at in range(len(body)))
    assert {refusal(take_all, each) for each in altered} <= {"E103", "E302"}


def test_a_stranger_is_refused() -> None:
    assert refusal(take_all, kit.bundle(sender="stranger")) == "E202"


def test_a_bundle_in_the_name_of_another_desk_is_refused() -> None:
    neighbour = kit.identity("neighbour").public.signing.key_id
    forged = kit.signed(kit.apart(kit.bundle()).body, signer="desk", sender=neighbour)
    assert refusal(take_all, forged) == "E201"


def test_a_bundle_for_another_kreis_is_refused() -> None:
    data = kit.bundle(recipient="kreis two")
    assert refusal(take_all, data) == "E301"
    assert refusal(take_all, kit.signed(kit.apart(data).body, id=bundle_id(data))) == "E302"


@pytest.mark.parametrize(("kind", "other"), [*product(FILES, FILES)])
def test_no_kind_of_file_passes_as_another(kind: str, other: str) -> None:
    code = refusal(FILES[other][1], FILES[kind][0]())
    assert code == ("" if kind == other else "E104")


def test_a_receipt_whose_header_says_bundle_is_refused() -> None:
    parts = kit.apart(receipt())
    renamed = kit.Parts(parts.header.replace(b'"receipt"', b'"bundle"'), parts.body, parts.trailer)
    assert refusal(lambda data: kit.opened(data, recipient="desk"), renamed.joined()) == "E201"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'"format":1', b'"format":2', "E501"),
        (b'"suite":1', b'"suite":3', "E501"),
        (b'"suite":1', b'"suite":2', "E103"),
        (b'{"format":1', b'{"format":1,"format":1', "E103"),
        (b'{"format":1', b'{"format":1,"more":1', "E103"),
        (b'{"format"', b'{ "format"', "E103"),
        (b'"kind":"bundle",', b"", "E103"),
        (b'"kind":"bundle"', b'"kind":"Bundle"', "E103"),
    ],
)
def test_a_header_in_any_other_spelling_is_refused(old: bytes, new: bytes, code: str) -> None:
    parts = kit.apart(kit.bundle())
    altered = parts.header.replace(old, new)
    assert altered != parts.header
    assert refusal(take_all, kit.Parts(altered, parts.body, parts.trailer).joined()) == code


def test_a_later_format_asks_for_an_update() -> None:
    assert refusal(take_all, kit.bundle().replace(b"KIMB1", b"KIMB2", 1)) == "E501"


@pytest.mark.parametrize("data", [b"", b"K", b"KIMBX\n", b"PK\3\4" + bytes(5000), bytes(5000)])
def test_other_files_are_told_apart(data: bytes) -> None:
    assert refusal(take_all, data) == "E101"
    assert refusal(lambda each: inspect(io.BytesIO(each)), data) == "E101"


def test_a_header_longer_than_allowed_is_not_even_read() -> None:
    assert refusal(take_all, b"KIMB1\n" + (65537).to_bytes(4, "big") + bytes(70_000)) == "E604"
    assert refusal(take_all, b"KIMB1\n" + b"\xff" * 4 + bytes(70_000)) == "E604"


def test_a_file_above_two_gibibytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.kimb"
    with path.open("wb") as file:
        file.write(kit.bundle())
        file.truncate(2 * 1024**3 + 1)
    assert refusal(inspect, path) == "E601"


def test_a_folder_or_a_missing_file_is_a_typed_refusal(tmp_path: Path) -> None:
    assert refusal(inspect, tmp_path) == "E103"
    with pytest.raises(StoreError, match="E910"):
        inspect(tmp_path / "none")


def test_what_is_taken_is_what_was_signed_even_if_the_stick_changes_meanwhile() -> None:
    """Both bodies open with the same file key, as only an enrolled sender could arrange."""
    key = bytes(32)
    head = age_stream.write_header(age_stream.SUITE_1, key, [kit.stanza(key)])
    first, second = (
        kit.signed(kit.body(kit.framed([BundleSection("x", 1, [text])]), file_key=key, head=head))
        for text in (b'"one"', b'"two"')
    )
    assert kit.contents(first) == {"x": [b'"one"']}
    assert kit.contents(second) == {"x": [b'"two"']}
    stick = io.BytesIO(first)
    opened = kit.opened(stick)
    stick.getbuffer()[:] = second
    assert refusal(lambda each: list(each.sections()), opened) == "E103"


def test_the_digest_does_not_depend_on_the_signatures() -> None:
    """Otherwise a stick could turn a copy of a bundle into an apparent fork of its desk."""
    data = kit.bundle()
    again = kit.signed(kit.apart(data).body, id=bundle_id(data))
    assert again != data
    assert kit.opened(again).sha384 == kit.opened(data).sha384
