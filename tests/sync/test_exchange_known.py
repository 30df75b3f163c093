"""Walks that failed once, a few steps each: they need no luck to be found again."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from tests.sync.cheaply import cheaply
from tests.sync.passing_machine import PassingMachine
from tests.sync.walks import machine_in
from tests.sync.world import prepare


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with cheaply():
        yield prepare(tmp_path_factory.mktemp("world"))


def test_a_case_that_was_covered_and_then_handed_over_is_whole_at_the_kreis(template: Path) -> None:
    """The purpose of a consent was decided by two desks, a stick was lost, and the case then moved."""
    state = cast("PassingMachine", machine_in(template)())
    held, _ = state.first()
    state.cover(held=held, what="purpose")
    state.between(days=3, held=held, lost=True, what="again")
    state.hand_over(changed=True, exchange=True, held=held, what="level")
    state.teardown()
