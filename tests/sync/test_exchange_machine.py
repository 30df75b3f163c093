"""Whatever ways sticks and receipts go, in the end the Kreis holds what has a basis, and no more."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.cheaply import cheaply
from tests.sync.walks import machine_in, walk
from tests.sync.world import prepare
from tests.torture.measure import SEED

WALKS, AT_LEAST = 92, 1500


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with cheaply():
        yield prepare(tmp_path_factory.mktemp("world"))


def test_both_sides_agree_in_the_end(template: Path) -> None:
    assert walk(machine_in(template), WALKS, SEED) >= AT_LEAST
