"""The first page of Verweise at 1k and 10k referrals, against plain SQLite that reads the same rows."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

from kimdesk.casework import referral_list
from kimdesk.casework.desk import Desk
from kimdesk.casework.referral_list import ReferralQuery
from kimdesk.domain.records import Case, Member, Person, Referral
from kimdesk.domain.terms import ReferralState
from kimdesk.vault import Strength
from tests.bench.figures import Figure, side_by_side
from tests.bench.lists import AGS, BATCH, DAY
from tests.bench.opening import PASSPHRASE

SIZES = (1_000, 10_000)
PART = 60
"""Rows that the page reads first."""
TODAY = DAY + timedelta(days=60)
_WAITS = 10
"""Of so many referrals one waits; the others were answered long ago."""
_COLUMNS = "id, name, number, service, agency, state, sent, due, answered"


def figures(home: Path) -> Iterator[Figure]:
    """Yield a figure for each size."""
    desk, _ = Desk.create(
        home / "vault",
        PASSPHRASE,
        name="Probe",
        user="",
        municipalities=(AGS,),
        strength=Strength.INTERACTIVE,
    )
    plain = _begun(home / "plain.db")
    stored = 0
    with desk:
        for size in SIZES:
            _fill(desk, plain, stored, size)
            stored = size
            ours = partial(referral_list.page, desk, ReferralQuery(), TODAY, 0, PART)
            floor, took = side_by_side(partial(_page, plain), ours, 21)
            against = "plain SQLite, same rows by index"
            yield Figure(f"first {PART} of {size:,} referrals", against, floor, took, "≤ 20 ms")


def _fill(desk: Desk, plain: sqlite3.Connection, start: int, stop: int) -> None:
    """Write a case with a client and one referral for each number, and the same row to ``plain``."""
    for first in range(start, stop, BATCH):
        with desk.writing() as writer:
            for number in range(first, min(first + BATCH, stop)):
                case = writer.put(Case(file_number=f"PRO-2026-{number:06}", ags=AGS, opened_on=DAY))
                person = writer.put(Person(family_name=f"Osman{number}", given_names="Amna"))
                writer.put(Member(case_id=case.id, person_id=person.id))
                one = writer.put(_referral(case.id, number))
                plain.execute(
                    f"INSERT INTO referral({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)",
                    (one.id, person.family_name, case.file_number, one.service, one.agency, one.state,
                     str(one.sent_on), str(one.answer_due_on), str(one.answered_on or "")),
                )  # fmt: skip
    plain.commit()


def _referral(case_id: str, number: int) -> Referral:
    waits = number % _WAITS == 0
    sent = DAY + timedelta(days=number % 20)
    return Referral(
        case_id=case_id,
        service="recognition",
        agency=f"Beratung {number % 7}",
        purpose="recognition",
        state=ReferralState.SENT if waits else ReferralState.DONE,
        sent_on=sent,
        answer_due_on=sent + timedelta(days=14),
        answered_on=None if waits else sent + timedelta(days=9),
    )


def _begun(path: Path) -> sqlite3.Connection:
    found = sqlite3.connect(path)
    found.execute("PRAGMA journal_mode=WAL")
    found.execute(f"CREATE TABLE referral({_COLUMNS}, PRIMARY KEY (id))")
    found.execute("CREATE INDEX waiting ON referral(state, due, id)")
    return found


def _page(plain: sqlite3.Connection) -> object:
    """Read what the page reads: how many wait, and the first of them."""
    where = "FROM referral WHERE state = 'sent' AND due < ?"
    plain.execute(f"SELECT count(*) {where}", (TODAY.isoformat(),)).fetchone()
    query = f"SELECT {_COLUMNS} {where} ORDER BY due, id LIMIT ?"
    return plain.execute(query, (TODAY.isoformat(), PART)).fetchall()
