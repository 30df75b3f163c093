"""Rows of a registry made by hand: cases with referrals and spells, on any database."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import insert

from kimdesk.casework.desk import Desk
from kimdesk.kreis.registry import RECORDS, open_registry
from kimdesk.kreis.rows import transaction

SPRING, SUMMER = date(2026, 4, 1), date(2026, 7, 1)
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
