"""A Kreis whose registry holds cases with known numbers, put there row by row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from kimdesk.casework.desk import Desk
from kimdesk.kreis.registry import RECORDS, desk_table, open_registry
from kimdesk.kreis.rows import transaction
from tests.sync.exchange import make_desk

ESCHENRIED, AHLBRUECK, MOORFELD, UNHEARD = "05999004", "05999008", "05999012", "05999016"
FIRST, LAST = date(2026, 9, 1), date(2026, 11, 30)
TODAY = date(2026, 12, 1)
SENT = {"shared": "identified", "epoch": 1, "rev": 1, "scope": 1, "received_seq": 1}


@dataclass
class CountedKreis:
    """Rows of the registry in a few verbs."""

    desk: Desk
    number: int = 0

    def put(self, kind: str, **values: Any) -> str:
        """Put a record that a desk sent and return its identity."""
        self.number += 1
        row_id = f"{kind}-{self.number}"
        with transaction(open_registry(self.desk)) as connection:
            row = {"id": row_id, "desk_id": "d", **SENT, **values}
            connection.execute(insert(RECORDS[kind]).values(row))
        return row_id

    def enrol(self, name: str, ags: str, heard_at: str) -> None:
        """Enrol a desk that was last heard at ``heard_at``, "" for never."""
        row = {
            "id": name, "signing_key": f"key of {name}", "name": name, "municipalities": ags, "identity": "",
            "certificate": b"", "enrolled_at": "2026-01-01", "not_after": "2027-12-31", "epoch": 1,
            "last_seq": 1, "applied_change": 1, "last_receipt": 0, "heard_at": heard_at,
        }  # fmt: skip
        with transaction(open_registry(self.desk)) as connection:
            connection.execute(insert(desk_table).values(row))

    def cases(self, number: int, ags: str, opened: date, closed: date | None = None) -> list[str]:
        """Put cases opened on a day and return them."""
        status = "closed" if closed else "active"
        return [
            self.put("case", ags=ags, opened_on=opened, closed_on=closed, status=status, phase="access")
            for _ in range(number)
        ]

    def referral(self, case_id: str, service: str, sent: date, days: int) -> None:
        """Put a referral that was accepted after ``days``."""
        answered = sent + timedelta(days=days)
        self.put("referral", case_id=case_id, service=service, sent_on=sent, answered_on=answered,
                 state="accepted")  # fmt: skip


def fill(kreis: CountedKreis) -> None:
    """Three municipalities with 22, 14 and 3 cases at the end of November; a fourth never sent anything.

    New in the period: 12, 7, 1; accepted referrals: nine to the Jobcenter after 1 to 9 days.
    """
    kreis.enrol("Eschenried", ESCHENRIED, "2026-11-28T09:00:00+00:00")
    kreis.enrol("Ahlbrück", AHLBRUECK, "2026-11-28T09:00:00+00:00")
    kreis.enrol("Moorfeld", MOORFELD, "2026-10-01T09:00:00+00:00")
    kreis.enrol("Auenhof", UNHEARD, "")
    old = kreis.cases(10, ESCHENRIED, date(2026, 5, 4))
    kreis.cases(12, ESCHENRIED, date(2026, 9, 14))
    kreis.cases(7, AHLBRUECK, date(2026, 5, 4))
    kreis.cases(7, AHLBRUECK, date(2026, 10, 5))
    kreis.cases(2, MOORFELD, date(2026, 5, 4))
    kreis.cases(1, MOORFELD, date(2026, 11, 2))
    for days, case_id in enumerate(old[:9], 1):
        kreis.referral(case_id, "jobcenter", date(2026, 10, 1), days)


def counted_kreis(folder: Path) -> Iterator[CountedKreis]:
    """Yield a Kreis that holds what ``fill`` puts there."""
    with make_desk(folder, "Kreis Auental", "kreis") as desk:
        kreis = CountedKreis(desk)
        fill(kreis)
        yield kreis
