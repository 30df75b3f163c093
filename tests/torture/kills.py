"""Rounds of killing: which vaults, how often, and what was told before each kill."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.torture.clerk import Ack, Reckoning
from tests.torture.measure import dice, progress, report
from tests.torture.victim import Job, killed

NOT_SAVES = ("export", "import", "receipt", "passphrase", "migration", "rekey", "backup", "restore")
FRESH_AFTER = 25  # kills that one vault goes through


@dataclass
class Tally:
    """What came of the kills of one kind."""

    what: str
    count: int
    killed: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)

    def note(self, number: int, reckoning: Reckoning, losses: list[str]) -> None:
        """Count one kill and what was found after it."""
        self.killed += 1
        self.acknowledged += reckoning.count
        self.lost += [f"kill {number}: {each}" for each in losses]
        progress(f"kills while {self.what}", self.killed, self.count)

    def close(self, **others: int) -> None:
        """Report, and stop the test when anything was lost."""
        report(f"kills while {self.what}", killed=self.killed, acknowledged=self.acknowledged, **others,
               lost=len(self.lost))  # fmt: skip
        assert self.lost == []


def rounds(count: int, template: Path, home: Path) -> Iterator[tuple[int, Path]]:
    """Yield a number and a home for each kill; every 25 kills begin with fresh vaults."""
    for number in range(count):
        place = home / str(number // FRESH_AFTER)
        if not place.exists():
            shutil.rmtree(home / str(number // FRESH_AFTER - 1), ignore_errors=True)
            shutil.copytree(template, place)
        yield number, place


def reckon(job: Job, place: Path, number: int) -> tuple[Reckoning, list[Ack]]:
    """Kill a process and sort what it had told: saves into the reckoning, the rest as it came."""
    told = killed(job, place, dice(job.__name__, number))
    reckoning, others = Reckoning(), []
    for ack in told:
        if ack.kind in NOT_SAVES:
            others.append(ack)
            reckoning.begun = None
        else:
            reckoning.take(ack)
    return reckoning, others
