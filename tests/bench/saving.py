"""A save with audit, history and change tracking against SQLCipher alone writing the same rows."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count, groupby
from pathlib import Path
from typing import Any
from unittest.mock import patch

from kimdesk.casework import records
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import Contact, Goal
from kimdesk.store.sql import Statement
from kimdesk.vault import Strength
from kimdesk.vault.database import open_database
from tests.bench.figures import Figure, side_by_side
from tests.bench.lists import DAY, fill
from tests.bench.opening import PASSPHRASE

CASES = 1_000
RUNS = 101
_WRITES = ("INSERT", "UPDATE", "DELETE")

Recorded = list[tuple[str, dict[str, Any]]]


def figures(home: Path) -> Iterator[Figure]:
    """Yield a changed goal and a new contact, each saved by KIMdesk and written by SQLCipher alone.

    The bare side has an equal file, the same settings, tables, indexes and triggers, and one transaction; it
    is handed the very statements and values KIMdesk came to, in their order, and does nothing else.
    """
    desk, _ = Desk.create(home / "vault", PASSPHRASE, name="Probe", user="", strength=Strength.INTERACTIVE)
    fill(desk, 0, CASES)
    with desk.reading() as reader:
        [case_id] = reader.connection.exec_driver_sql("SELECT id FROM kim_case LIMIT 1").one()
        [goal] = reader.of_case(Goal, case_id)
    turn = count()
    kept = [goal]

    def change() -> None:
        kept[0] = records.save(desk, replace(kept[0], text=f"Ziel {next(turn)}"))

    def note() -> None:
        records.save(
            desk, Contact(case_id=case_id, held_on=DAY, content=f"Gespräch {next(turn)} zur Arbeit.")
        )

    bare = _Bare(desk, home / "bare.db")
    for what, save in (("change a goal", change), ("note a contact", note)):
        floor, ours = bare.against(save)
        yield Figure(f"{what}: audit, history, tracking", "bare SQLCipher, the same rows", floor, ours, "≤ 2")
    bare.demand_equal()
    desk.close()


class _Bare:
    """A copy of a desk's database, written by SQLCipher alone."""

    def __init__(self, desk: Desk, path: Path) -> None:
        desk.vault.checkpoint()
        shutil.copyfile(desk.vault.folder / "data.db", path)
        self._desk = desk
        self._database = open_database(path, desk.vault.key)
        self._recorded: Recorded = []

    def against(self, save: Any) -> tuple[float, float]:
        """Return the medians (ms) of writing the rows of ``save`` and of ``save`` itself."""
        real = Statement._execute

        def recording(statement: Statement, connection: Any, values: Sequence[Any]) -> Any:
            ready = statement.ready_for(connection.dialect)
            if ready.text.startswith(_WRITES):
                self._recorded.append((ready.text, ready.named(values)))
            return real(statement, connection, values)

        with patch.object(Statement, "_execute", recording):
            save()
            return side_by_side(self._replay, save, RUNS)

    def _replay(self) -> None:
        self._database.execute("BEGIN IMMEDIATE")
        for text, rows in groupby(self._recorded, key=lambda each: each[0]):
            if " RETURNING " in text:  # an insert that returns the number it gave
                for _, values in rows:
                    self._database.execute(text, values).fetchall()
            else:
                self._database.executemany(text, [values for _, values in rows])
        self._database.execute("COMMIT")
        self._recorded.clear()

    def demand_equal(self) -> None:
        """Replay what is left and see that both hold the same, so that nothing was left out."""
        self._replay()
        with self._desk.vault.connection() as ours:
            for name, counted in _content(ours).items():
                assert counted == _content(self._database)[name], name
        self._database.close()


def _content(database: Any) -> dict[str, Any]:
    found = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    names = sorted(name for (name,) in found if name != "vault_state")
    return {name: database.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for name in names}
