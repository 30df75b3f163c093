"""Desks and a Kreis for 50,000 steps; and without each of some mends, the same walks find what it mended."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median

import pytest

from tests.sync.cheaply import cheaply
from tests.sync.exchange_machine import ExchangeMachine
from tests.sync.mends import MENDS
from tests.sync.walks import machine_in, walk
from tests.sync.world import prepare
from tests.torture.measure import LONG, SEED, progress, report, times

ROUNDS, WALKS = 145, 20
"""Rounds of walks, each with its own seed, so that progress can be told: 360 steps each."""
ENOUGH = 150  # walks within which a mend that is taken out is missed

Mend = Callable[[], AbstractContextManager[None]]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with cheaply():
        yield prepare(tmp_path_factory.mktemp("world"))


def test_both_sides_agree_in_the_end(template: Path) -> None:
    if not LONG:
        pytest.skip("tests/sync walks 1,500 steps")
    steps = 0
    for number in range(ROUNDS):
        steps += walk(machine_in(template), WALKS, SEED + number)
        progress("walks of desks and Kreis", number, ROUNDS)
    report("walks of desks and Kreis", steps=steps)
    assert steps >= 50_000


@pytest.mark.parametrize("mend", MENDS, ids=lambda each: each.__name__)
def test_a_mend_that_is_taken_out_is_missed(template: Path, mend: Mend) -> None:
    found = []
    for number in range(times(1, 5)):
        machine = machine_in(template, ExchangeMachine)
        with mend(), pytest.raises(AssertionError):
            walk(machine, ENOUGH, SEED + number)
        found.append(machine.steps)
    report(
        f"found without its mend: {mend.__name__}",
        times=len(found),
        most_steps=max(found),
        median_steps=int(median(found)),
    )
