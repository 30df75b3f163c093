"""Rows of a registry made by hand: cases with referrals and spells, on any database."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from kimdesk.casework.desk import Desk
from kimdesk.kreis.registry import RECORDS, open_registry
from kimdesk.kreis.rows import transaction

SUMMER = date(2026, 7, 1)
PLACES = ("05999001", "05999002", "05999003")
_PLACE = {"desk_id": "d", "shared": "identified", "epoch": 1, "rev": 1, "scope": 0, "received_seq": 1}


@dataclass
class Rows:
    """Rows by kind, and how many cases there are."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    made: int = 0

    def add(self, kind: str, **values: Any) -> str:
        """Add a row and return its identity."""
        of_kind = self.rows.setdefault(kind, [])
        found = str(values.pop("id", f"{kind}-{len(of_kind)}"))
        of_kind.append({"id": found, **_PLACE, **values})
        return found

    def case(self, ags: str = "05999001", *, child: bool = False, sex: str = "female") -> str:
        """Add a case with its client, and a child if wished."""
        self.made += 1
        case = self.add("case", id=f"c{self.made:06}", ags=ags, opened_on=date(2024, 1, 1), closed_on=None)
        for role, of in (("client", sex), *([("child", "male")] if child else [])):
            person = self.add("person", sex=of)
            self.add("member", case_id=case, person_id=person, role=role)
        return case

    def referral(
        self, case: str, service: str, sent: Any, answered: Any = None, state: str = "", reason: str = ""
    ) -> None:
        """Add a referral, accepted unless something else is said."""
        found = state or ("accepted" if answered else "sent")
        self.add(
            "referral", case_id=case, service=service, sent_on=sent, answered_on=answered, state=found,
            reject_reason=reason,
        )  # fmt: skip

    def spell(self, case: str, lane: str, code: str, start: Any, end: Any = None, *, expected: bool = False,
              person: str = "p") -> None:  # fmt: skip
        """Add a spell; lane „residence“ is a residence status."""
        if lane == "residence":
            days = {"status": code, "valid_from": start, "valid_until": end}
            self.add("residence_spell", case_id=case, person_id=person, expected=expected, **days)
        else:
            days = {"lane": lane, "regime": code, "starts_on": start, "ends_on": end}
            self.add("regime_spell", case_id=case, person_id=person, expected=expected, **days)

    def write(self, kreis: Desk) -> None:
        """Put them into the registry."""
        with transaction(open_registry(kreis)) as connection:
            for kind, rows in self.rows.items():
                connection.execute(insert(RECORDS[kind]), rows)


def a_quarter(first: date) -> Rows:
    """Return a quarter in which everything happens that has a rule of its own."""
    rows = Rows()

    def day(number: int) -> date:
        return first + timedelta(days=number)

    for number in range(12):  # the child has its place, then the mother her course, after 40 to 51 days
        case = rows.case(PLACES[number % 2], child=True)
        rows.referral(case, "childcare", day(-60), day(0))
        rows.referral(case, "integration_course", day(5), day(45 + number))
    for number in range(6):  # orientation first; the course after 20 days
        case = rows.case(PLACES[0], sex="male")
        rows.referral(case, "orientation_course", day(-40), day(-20))
        rows.referral(case, "integration_course", day(10), day(30))
        rows.spell(case, "course", "integration", day(50))
        if number == 0:  # prolonged: no second beginning
            rows.spell(case, "course", "literacy", day(20), day(49))
    for number in range(2):  # both ways: it counts on each
        case = rows.case(PLACES[2], child=True)
        rows.referral(case, "childcare", day(-60), day(0))
        rows.referral(case, "orientation_course", day(-60), day(0))
        rows.referral(case, "integration_course", day(1), day(1 + 30 + number))
    for _ in range(5):  # from AsylbLG to SGB II with six days without, by the Jobcenter
        case = rows.case(PLACES[1])
        rows.spell(case, "benefit", "asylblg_basic", date(2024, 2, 1), day(3))
        rows.referral(case, "jobcenter", day(1), day(20))
        rows.spell(case, "benefit", "sgb2", day(10))
    _nothing_to_count(rows, day)
    return rows


def _nothing_to_count(rows: Rows, day: Callable[[int], date]) -> None:
    """Add what must not be counted: refused, withdrawn, expected, another person, another quarter."""
    for state, reason in (("rejected", "capacity"), ("done", "capacity"), ("withdrawn", "")):
        case = rows.case()
        rows.referral(case, "childcare", day(-60), day(0))
        rows.referral(case, "integration_course", day(1), day(9), state, reason)
    late, early, waits = rows.case(), rows.case(), rows.case()
    for case in (late, early, waits):
        rows.referral(case, "childcare", day(-200), day(-190))
    rows.referral(late, "integration_course", day(80), day(95))
    rows.referral(early, "integration_course", day(-30), day(-1))
    rows.referral(waits, "integration_course", day(80))  # not longer than agreed: nothing is known yet
    other = rows.case()
    rows.spell(other, "benefit", "asylblg_basic", date(2024, 2, 1), day(3), person="husband")
    rows.spell(other, "benefit", "sgb2", day(10), person="wife")
    rows.spell(other, "residence", "permit", day(10), expected=True)
