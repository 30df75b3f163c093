"""Interleaved measuring: floor and KIMdesk take turns, medians are compared, nothing is judged."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

Work = Callable[[], object]


@dataclass(frozen=True)
class Figure:
    """One line of the table: medians in milliseconds (or the unit named) and their ratio."""

    work: str
    against: str
    floor: float
    ours: float
    goal: str
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        return self.ours / self.floor if self.floor else float("nan")

    def line(self) -> str:
        figures = f"{self.floor:9.2f} {self.ours:9.2f} {self.unit:3} {self.ratio:7.2f} ×"
        return f"{self.work:46} {self.against:34} {figures}  {self.goal}"

    def as_dict(self) -> dict[str, object]:
        return {**asdict(self), "ratio": round(self.ratio, 3)}


def side_by_side(floor: Work, ours: Work, runs: int = 9) -> tuple[float, float]:
    """Return the medians (ms) of both, taken in turn after one unmeasured turn."""
    floor(), ours()
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for each, work in zip(taken, (floor, ours), strict=True):
            each.extend(times(work, 1))
    return statistics.median(taken[0]), statistics.median(taken[1])


def median(work: Work, runs: int = 9) -> float:
    """Return the median (ms) of ``work`` after one unmeasured turn."""
    work()
    return statistics.median(times(work, runs))


def times(work: Work, runs: int) -> list[float]:
    """Return how long (ms) each of ``runs`` turns of ``work`` took."""
    found = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1000)
    return found
