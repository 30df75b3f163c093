"""Over small registries made by chance an indicator comes to what a plain loop over the rows counts."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from kimdesk.indicators.counting import count
from kimdesk.indicators.values import CountedCell, Period, Wish
from kimdesk.kreis.registry import RECORDS, metadata
from kimdesk.kreis.steering.source import registry_source
from tests.kreis.counted.tables import END, write

SPAN = Period(date(2026, 7, 1), END)
Row = dict[str, Any]
DAYS = st.dates(date(2026, 5, 1), date(2027, 1, 31)).map(date.isoformat)
CUT = st.one_of(DAYS, DAYS.map(lambda day: day[:7]))
MAYBE = st.one_of(st.none(), CUT)
CASES = ("a", "b", "c", "d")
PEOPLE = ("p", "q", "r")

case_rows = st.fixed_dictionaries({
    "opened_on": MAYBE, "closed_on": MAYBE, "status": st.sampled_from(["active", "closed", None]),
    "ags": st.sampled_from(["05999001", "05999002", None, ""]), "epoch": st.sampled_from([1, 1, 1, 0]),
})  # fmt: skip
members = st.lists(
    st.fixed_dictionaries({
        "case_id": st.sampled_from(CASES), "person_id": st.sampled_from(PEOPLE),
        "since": MAYBE, "until": MAYBE,
        "role": st.sampled_from(["client", "child"]), "epoch": st.sampled_from([1, 1, -1]),
    }),
    max_size=6,
)  # fmt: skip
spells = st.lists(
    st.fixed_dictionaries({
        "case_id": st.sampled_from(CASES), "person_id": st.sampled_from(PEOPLE), "starts_on": MAYBE,
        "ends_on": MAYBE, "regime": st.sampled_from(["sgb2", "asylblg_basic", "none", "kindergeld"]),
        "lane": st.sampled_from(["benefit", "benefit", "work"]), "expected": st.sampled_from([0, 0, None, 1]),
    }),
    max_size=6,
)  # fmt: skip


def first(day: str) -> str:
    return day + "-01" * (len(day) == len("2026-07"))


def last(day: str) -> str:
    if len(day) != len("2026-07"):
        return day
    year, month = map(int, day.split("-"))
    after = date(year + month // 12, month % 12 + 1, 1)
    return (after - timedelta(days=1)).isoformat()


def is_open(case: Row) -> bool:
    end = SPAN.last.isoformat()
    begun = bool(case["opened_on"]) and first(case["opened_on"]) <= end
    return begun and (not case["closed_on"] or last(case["closed_on"]) > end)


def by_place(found: list[tuple[str, str, str]]) -> tuple[CountedCell, ...]:
    """Return the cells of (unit, case, municipality)."""
    cells: dict[str, list[tuple[str, str]]] = defaultdict(list, {"": []})
    for unit, case, place in found:
        for code in ("", place):
            cells[code].append((unit, case))
    return tuple(
        CountedCell((code,), len({unit for unit, _ in each}), len({case for _, case in each}))
        for code, each in sorted(cells.items())
    )


def changes(rows: list[Row], cases: dict[str, Row]) -> list[tuple[str, str, str, int]]:
    """Return each change of regime in the period: unit, case, municipality, days without."""
    found = []
    for person in PEOPLE:
        own = [
            each
            for each in rows
            if each["person_id"] == person
            and each["lane"] == "benefit"
            and each["starts_on"]
            and each["regime"] in ("sgb2", "asylblg_basic")
            and not each["expected"]
            and (not each["ends_on"] or last(each["ends_on"]) >= first(each["starts_on"]))
        ]
        own.sort(key=lambda each: (first(each["starts_on"]), each["id"]))
        until = ""
        for place, each in enumerate(own):
            start = first(each["starts_on"])
            if place and own[place - 1]["regime"] != each["regime"]:
                gap = (date.fromisoformat(start) - date.fromisoformat(until)).days - 1
                if SPAN.first.isoformat() <= start <= SPAN.last.isoformat() and each["case_id"] in cases:
                    where = cases[each["case_id"]]["ags"] or "unknown"
                    found.append((each["id"], each["case_id"], where, max(gap, 0)))
            until = max(until, last(each["ends_on"]) if each["ends_on"] else "9999-12-31")
    return found


ENGINE = create_engine("sqlite://")
metadata.create_all(ENGINE, [*RECORDS.values()])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(case_rows, min_size=4, max_size=4), members, spells)
def test_an_indicator_counts_what_a_loop_counts(
    cases: list[Row], people: list[Row], regimes: list[Row]
) -> None:
    named: list[Row] = [{"id": name} | row for name, row in zip(CASES, cases, strict=True)]
    own: list[Row] = [{"id": f"s{number}"} | row for number, row in enumerate(regimes)]
    known = {each["id"]: each for each in named if each["epoch"] > 0}
    lived = [
        (each["person_id"], each["case_id"], known[each["case_id"]]["ags"] or "unknown")
        for each in people
        if each["epoch"] > 0
        and each["case_id"] in known
        and is_open(known[each["case_id"]])
        and (not each["since"] or first(each["since"]) <= SPAN.last.isoformat())
        and (not each["until"] or last(each["until"]) > SPAN.last.isoformat())
    ]
    changed = changes(own, known)
    gone = [
        (name, name, each["ags"] or "unknown")
        for name, each in known.items()
        if each["status"] == "closed"
        and each["closed_on"]
        and SPAN.first.isoformat() <= last(each["closed_on"]) <= SPAN.last.isoformat()
    ]
    running = [(name, name, each["ags"] or "unknown") for name, each in known.items() if is_open(each)]
    expected = {
        "active_cases": running,
        "closed_cases": gone,
        "persons_in_household": lived,
        "regime_changes": [each[:3] for each in changed],
    }
    with ENGINE.connect() as connection:
        write(connection, {"case": named, "member": people, "regime_spell": own})
        source = registry_source(connection, END)
        for code, found in expected.items():
            tally = count(source, Wish(code, SPAN, (), ("municipality",)))
            assert tally.cells == by_place(found), code
        [shared] = count(source, Wish("regime_changes_with_gap", SPAN)).cells
        gaps = [each[3] for each in changed if each[3]]
        assert (shared.number, shared.having) == (len(changed), len(gaps))
        [median] = count(source, Wish("days_without_benefit", SPAN)).cells
        wanted = [sorted(gaps)[-(-len(gaps) * quarter // 4) - 1] for quarter in (1, 2, 3)] if gaps else None
        assert median.days == (tuple(wanted) if wanted else None)
        connection.rollback()
