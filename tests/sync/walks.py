"""Letting the machine walk."""

from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as seeded
from hypothesis.stateful import run_state_machine_as_test

from tests.sync.exchange_machine import ExchangeMachine
from tests.sync.passing_machine import PassingMachine

STEPS = 20
"""Steps of a walk: each is a scene of its own, and every walk ends with everybody agreeing."""


def machine_in(template: Path, kind: type[ExchangeMachine] = PassingMachine) -> type[ExchangeMachine]:
    """Return a machine of its own, which has not walked yet, for the world in ``template``.

    ``kind``: with everything, or with fewer rules, for what those find sooner.
    """
    return type("Walk", (kind,), {"template": template, "steps": 0})


def walk(machine: type[ExchangeMachine], walks: int, seed: int) -> int:
    """Let ``machine`` walk and return how many steps it has made; raises what a walk that fails raises."""
    run_state_machine_as_test(
        seeded(seed)(machine),
        settings=settings(
            max_examples=walks,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
    return machine.steps
