"""Whatever ways sticks and receipts go, in the end the Kreis holds what has a basis, and no more."""

from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sync.exchange_machine import ExchangeMachine

STEPS, WALKS = 25, 60


def test_both_sides_agree_in_the_end(exchange_template: Path) -> None:
    ExchangeMachine.template = exchange_template
    run_state_machine_as_test(
        ExchangeMachine,
        settings=settings(
            max_examples=WALKS,
            stateful_step_count=STEPS,
            deadline=None,
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
