"""Letting the machine walk."""

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as seeded
from hypothesis.stateful import run_state_machine_as_test

from tests.sync.exchange_machine import ExchangeMachine

LAST: list[Any] = []


def walk(template: Path, steps: int, walks: int, seed: int | None = None) -> int:
    """Let the machine walk ``walks`` times, ``steps`` each, and return how many steps these were.

    Raises what a walk that fails raises; without ``seed`` other walks each time.
    """

    class Walk(ExchangeMachine):
        pass

    Walk.template, Walk.steps = template, 0
    LAST[:] = [Walk]
    run_state_machine_as_test(
        Walk if seed is None else seeded(seed)(Walk),
        settings=settings(
            max_examples=walks,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
    return Walk.steps
