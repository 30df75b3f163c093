"""After wrong passphrases there is a wait, which a restart does not shorten and the right one ends."""

from pathlib import Path

import pytest

from kimdesk import vault as vaults
from kimdesk.domain.errors import VaultError
from tests.conftest import PASSPHRASE
from tests.vault.helpers import Watch, run

TRY = """
try:
    vault.unlock(folder, passphrase + "x")
except KimdeskError as error:
    print(error.code, *error.facts)
"""


def wrong(folder: Path, clock: Watch) -> VaultError:
    with pytest.raises(VaultError) as refusal:
        vaults.unlock(folder, "falsch", clock=clock)
    return refusal.value


def test_the_wait_doubles_up_to_a_minute(closed_vault: Path) -> None:
    clock, waits = Watch(), []
    assert vaults.delay(closed_vault, clock) == 0
    for _ in range(8):
        assert wrong(closed_vault, clock).code == "E001"
        waits.append(vaults.delay(closed_vault, clock))
        clock.now += waits[-1]
        assert vaults.delay(closed_vault, clock) == 0
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


def test_during_the_wait_even_the_right_passphrase_is_not_tried(closed_vault: Path) -> None:
    clock = Watch()
    wrong(closed_vault, clock)
    clock.now += 0.5
    for attempt in (
        lambda: vaults.unlock(closed_vault, PASSPHRASE, clock=clock),
        lambda: vaults.change_passphrase(closed_vault, PASSPHRASE, PASSPHRASE[::-1] * 2, clock=clock),
        lambda: vaults.rekey(closed_vault, PASSPHRASE, clock=clock),
    ):
        with pytest.raises(VaultError, match="E013") as refusal:
            attempt()
        assert refusal.value.facts == {"seconds": 1}
    clock.now += 0.5
    vaults.unlock(closed_vault, PASSPHRASE, clock=clock).close()


def test_another_process_waits_too(closed_vault: Path) -> None:
    assert run(TRY + TRY, closed_vault) == "E001\nE013 seconds"


def test_the_right_passphrase_ends_it_and_nothing_is_left_behind(closed_vault: Path) -> None:
    clock = Watch()
    for _ in range(3):
        wrong(closed_vault, clock)
        clock.now += 60
    vaults.unlock(closed_vault, PASSPHRASE, clock=clock).close()
    assert not (closed_vault / "attempts").exists()
    wrong(closed_vault, clock)
    assert vaults.delay(closed_vault, clock) == 1


def test_the_recovery_code_does_not_wait(closed_vault: Path, recovery_code: str) -> None:
    clock = Watch()
    wrong(closed_vault, clock)
    vaults.unlock_with_recovery(closed_vault, recovery_code).close()
    assert vaults.delay(closed_vault, clock) == 0


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"failed":"x","last":0}', b'{"failed":-3,"last":9e9}']
)
def test_a_strange_file_does_not_bar_anybody(closed_vault: Path, content: bytes) -> None:
    (closed_vault / "attempts").write_bytes(content)
    assert vaults.delay(closed_vault, Watch()) == 0


def test_a_clock_put_back_does_not_bar_anybody_for_years(closed_vault: Path) -> None:
    clock = Watch()
    wrong(closed_vault, clock)
    clock.now -= 40_000_000
    assert vaults.delay(closed_vault, clock) == 0
