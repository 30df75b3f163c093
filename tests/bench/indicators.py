"""All indicators over a registry of 2,000, 20,000 and 200,000 cases, embedded and on PostgreSQL.

The floor is one sequential scan in SQL over each table they read.
"""

import json
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, func, select, text

from kimdesk.indicators.counting import count
from kimdesk.indicators.definitions import indicators
from kimdesk.indicators.values import Period, Wish
from kimdesk.kreis.registry import RECORDS, metadata
from kimdesk.kreis.steering.source import registry_source
from tests.bench.figures import Figure, side_by_side
from tests.kreis.counted.tables import END, write
from tests.postgresql import server

SIZES = tuple(map(int, os.environ.get("BENCH_CASES", "2000 20000 200000").split()))
_SPAN = Period(date(2026, 1, 1), END)
_BATCH = 5000
Rows = dict[str, list[dict[str, Any]]]
_KINDS = ("case", "person", "member", "phase_entry", "goal", "measure", "referral", "contact", "regime_spell",
          "residence_spell", "finding")  # fmt: skip
_SERVICES = ("jobcenter", "immigration_office", "integration_course", "debt_counselling", "youth_office")
_REGIMES = ("asylblg_basic", "sgb2", "sgb12", "wohngeld", "own_income")


def figures(home: Path) -> Iterator[Figure]:
    """Yield a line per size and database."""
    with server() as postgresql:
        for size in SIZES:
            embedded = create_engine(f"sqlite:///{home / str(size)}.db")
            yield _measured(embedded, size, "embedded")
            embedded.dispose()
            with postgresql.database(f"cases_{size}") as engine:
                yield _measured(engine, size, "PostgreSQL")


def _measured(engine: Engine, size: int, name: str) -> Figure:
    metadata.create_all(engine)
    _fill(engine, size)
    with engine.connect() as connection:
        every = indicators(END)
        source = registry_source(connection, END)
        floor, ours = side_by_side(
            lambda: _scan(connection), lambda: [count(source, Wish(one.code, _SPAN)) for one in every], runs=3
        )
    work = f"{len(every)} indicators, {size} cases, {name}"
    return Figure(work, "one scan of each table", floor, ours, "≤ 2 s, ≤ 5 × at 200000")


def _scan(connection: Connection) -> None:
    for kind in _KINDS:
        table = RECORDS[kind]
        column = table.c.get("case_id", table.c.id)
        connection.execute(select(func.count(), func.max(column)).where(table.c.epoch > 0)).all()


def _fill(engine: Engine, size: int) -> None:
    dice = Random(7)
    for first in range(0, size, _BATCH):
        rows: dict[str, list[dict[str, Any]]] = {kind: [] for kind in _KINDS}
        for number in range(first, min(first + _BATCH, size)):
            _case(rows, number, dice)
        with engine.begin() as connection:
            write(connection, rows)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _case(rows: Rows, number: int, dice: Random) -> None:
    opened = date(2023, 1, 1) + timedelta(days=dice.randrange(1400))
    closed = opened + timedelta(days=dice.randrange(30, 700))
    open_ = closed > END
    case = f"{number:08x}"

    def put(table: str, place: int, **values: Any) -> str:
        own = f"{table[0]}{place}{case}"
        rows[table].append({"id": own, "case_id": case, **values})
        return own

    def day(most: int = 400) -> str:
        return (opened + timedelta(days=dice.randrange(most))).isoformat()

    rows["case"].append({
        "id": case, "ags": f"0599900{number % 9}", "opened_on": opened.isoformat(), "phase": "coordination",
        "closed_on": None if open_ else closed.isoformat(), "status": "active" if open_ else "closed",
    })  # fmt: skip
    for place in range(2):
        person = f"p{place}{case}"
        came = str(dice.randrange(2015, 2027))
        rows["person"].append({"id": person, "sex": dice.choice(["female", "male"]), "arrived_on": came})
        put("member", place, person_id=person, role="partner" if place else "client")
    route, checked = {"contact": {"route": "self"}}, {"check": {"classification": "case_management"}}
    scales = {"domains": {each: {"scale": dice.randrange(5)} for each in ("housing", "work", "language")}}
    for place, (phase, said) in enumerate({"access": route, "intake": checked, "assessment": scales}.items()):
        put("phase_entry", place, phase=phase, round=1, started_on=day(60), answers=json.dumps(said))
    put("goal", 0, life_domain="work", state=dice.choice(["active", "reached"]), signed_on=day())
    before = put("measure", 0, state="running", regime="sgb2", starts_on=day(), requires="")
    put("measure", 1, state="planned", regime="sgb3", starts_on=None, requires=json.dumps([before]))
    for place in range(2):
        sent = opened + timedelta(days=dice.randrange(300))
        answered = sent + timedelta(days=dice.randrange(90))
        put(
            "referral",
            place,
            service=dice.choice(_SERVICES),
            state=dice.choice(["accepted", "rejected", "done"]),
            sent_on=sent.isoformat(),
            answered_on=answered.isoformat(),
            prepared_on=sent.isoformat(),
            warm=0,
            checklist='[{"item":"passport","state":"missing"},{"item":"rent","state":"present"}]',
        )
        start = opened + timedelta(days=200 * place)
        end = start + timedelta(days=dice.randrange(150, 199))
        spell = {"lane": "benefit", "regime": dice.choice(_REGIMES), "expected": 0}
        days = {"starts_on": start.isoformat(), "ends_on": end.isoformat()}
        put("regime_spell", place, person_id=f"p0{case}", **spell, **days)
    for place in range(4):
        put("contact", place, held_on=day(), minutes=dice.randrange(5, 120), form="office", status="held",
            interpreter=dice.choice(["professional", "no_show", ""]))  # fmt: skip
    put("residence_spell", 0, person_id=f"p0{case}", status="permit", valid_until=day(900), expected=0)
    if number % 20 == 0:
        put("finding", 0, kind="service_gap", state="noted", ags="05999001", noted_on=day()[:7])
