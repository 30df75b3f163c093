"""A Kreis whose registry holds cases with known numbers, put there row by row."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from kimdesk.casework.desk import Desk
from kimdesk.kreis.registry import RECORDS, desk_table, open_registry
from kimdesk.kreis.rows import transaction
from tests.conftest import PASSPHRASE
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
    _open: Connection | None = None

    def put(self, kind: str, **values: Any) -> str:
        """Put a record that a desk sent and return its identity."""
        self.number += 1
        row_id = f"{kind}-{self.number}"
        row = {"id": row_id, "desk_id": "d", **SENT, **values}
        with self._writing() as connection:
            connection.execute(insert(RECORDS[kind]).values(row))
        return row_id

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Put everything there in one transaction."""
        with transaction(open_registry(self.desk)) as self._open:
            yield
        self._open = None

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._open is not None:
            yield self._open
        else:
            with transaction(open_registry(self.desk)) as connection:
                yield connection

    def enrol(self, name: str, ags: str, heard_at: str) -> None:
        """Enrol a desk that was last heard at ``heard_at``, "" for never."""
        row = {
            "id": name, "signing_key": f"key of {name}", "name": name, "municipalities": ags, "identity": "",
            "certificate": b"", "enrolled_at": "2026-01-01", "not_after": "2027-12-31", "epoch": 1,
            "last_seq": 1, "applied_change": 1, "last_receipt": 0, "heard_at": heard_at,
        }  # fmt: skip
        with self._writing() as connection:
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


@dataclass(frozen=True)
class CountedTemplate:
    """A closed vault with known numbers, to be copied; ``number`` of its records."""

    folder: Path
    number: int

    @contextmanager
    def copied(self, folder: Path) -> Iterator[CountedKreis]:
        """Yield the Kreis from a copy in ``folder``."""
        shutil.copytree(self.folder, folder)
        with Desk.unlock(folder, PASSPHRASE, accept_older=True) as desk:
            yield CountedKreis(desk, self.number)


def fill(kreis: CountedKreis) -> None:
    """Put there, in one transaction, what ``_fill`` says."""
    with kreis.at_once():
        _fill(kreis)


def _fill(kreis: CountedKreis) -> None:
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


@pytest.fixture(scope="session")
def counted_kreis_template(tmp_path_factory: pytest.TempPathFactory) -> CountedTemplate:
    """A closed vault that holds what ``fill`` puts there."""
    folder = tmp_path_factory.mktemp("counted") / "kreis"
    with make_desk(folder, "Kreis Auental", "kreis") as desk:
        kreis = CountedKreis(desk)
        fill(kreis)
    return CountedTemplate(folder, kreis.number)
