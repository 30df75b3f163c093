"""No bit, no cut and no splice of a file is taken: a sample in ``make test``, all in ``make torture``."""

from itertools import product

import pytest

from tests.sync import bundle_kit as kit
from tests.torture.measure import progress, report, times
from tests.vectors.golden import HEADS, VECTORS, golden_vector
from tests.vectors.reading import outcome
from tests.vectors.vector import Vector

EVERY = times(397, 1)  # a prime: each byte and each bit of a byte has its turn


def taken(name: str, data: bytes) -> bool:
    """Return whether somebody takes this for the golden file ``name``."""
    sound = golden_vector(name)
    return outcome(Vector(sound.name, sound.head, data), (VECTORS / name).parent) == "ok"


@pytest.mark.parametrize("name", HEADS)
def test_every_bit_and_every_cut(name: str) -> None:
    data = golden_vector(name).data
    assert taken(name, data)
    bits, cuts = range(0, 8 * len(data), EVERY), range(0, len(data), EVERY)
    for bit in bits:
        progress(name, bit, 8 * len(data))
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        assert not taken(name, bytes(changed)), f"bit {bit}"
    for cut in cuts:
        assert not taken(name, data[:cut]), f"cut at {cut}"
    report(f"bits and cuts of {name}", bits=len(bits), cuts=len(cuts))


def test_every_splice() -> None:
    """Header, body and trailer of any golden files, whoever reads them as whatever."""
    parts = {name: kit.apart(golden_vector(name).data) for name in HEADS}
    spliced = 0
    for name, other in product(HEADS, HEADS):
        mine, theirs = parts[name], parts[other]
        if name == other:
            continue
        for header, body, trailer in product((mine, theirs), repeat=3):
            if header is body is trailer is mine:
                continue
            data = kit.Parts(header.header, body.body, trailer.trailer).joined()
            same = data == kit.Parts(mine.header, mine.body, mine.trailer).joined()
            own = header is body is trailer is theirs and HEADS[name]["kind"] == HEADS[other]["kind"]
            spliced += 1
            assert same or own or not taken(name, data), f"{name} with parts of {other}"
    report("splices", files=spliced)
