"""A bundle of ten changes out of many cases, against a bundle of a desk that has ten cases in all."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kimdesk.casework import records
from kimdesk.casework.desk import Desk
from kimdesk.domain.consent import KREIS
from kimdesk.domain.records import Consent, Goal
from kimdesk.sync.export import export
from tests.bench.bundles import Exchanged, exchange_once, make_pair
from tests.bench.figures import Figure, side_by_side
from tests.bench.lists import AGS, BATCH, DAY, fill
from tests.bench.opening import PASSPHRASE

CASES = 10_000
CHANGES = 10
KINDS = ("person", "household", "goals", "contacts")
RUNS = 9


def figures(home: Path) -> Iterator[Figure]:
    """Yield the export of a few changes after the Kreis has confirmed everything else."""
    few, many = home / "few", home / "many"
    for place, number in ((few, CHANGES), (many, CASES)):
        make_pair(place, (AGS,))
        with Desk.unlock(place / "desk", PASSPHRASE) as desk:
            fill(desk, 0, number)
            _agree(desk)
    if not exchange_once(many, Exchanged()):
        raise RuntimeError("nothing left the desk")
    with Desk.unlock(few / "desk", PASSPHRASE) as small, Desk.unlock(many / "desk", PASSPHRASE) as large:
        _change(large)
        floor, ours = side_by_side(
            lambda: export(small, few / "stick"), lambda: export(large, many / "stick"), RUNS
        )
    against = f"export of {CHANGES} cases in all"
    yield Figure(f"export {CHANGES} changes of {CASES:,} cases", against, floor, ours, "≤ 2")


def _agree(desk: Desk) -> None:
    """Let every case be shared with names."""
    with desk.reading() as reader:
        found = [row[0] for row in reader.connection.exec_driver_sql("SELECT id FROM kim_case")]
    for start in range(0, len(found), BATCH):
        with desk.writing() as writer:
            for case_id in found[start : start + BATCH]:
                writer.put(Consent(case_id=case_id, recipient=KREIS, kinds=KINDS, given_on=DAY))


def _change(desk: Desk) -> None:
    with desk.reading() as reader:
        some = reader.connection.exec_driver_sql(f"SELECT id FROM goal LIMIT {CHANGES}").all()
        goals = [goal for (goal_id,) in some if (goal := reader.get(Goal, goal_id))]
    for goal in goals:
        records.save(desk, replace(goal, text="Ein anderes Ziel"))
