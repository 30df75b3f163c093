"""What the Kreis answers to the findings of this desk, as its receipts bring it.

An answer is known by its number: one that arrives twice, or after a newer one, changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Row, select, update

from kimdesk.casework.desk import Desk
from kimdesk.domain.characters import is_writable, tidy
from kimdesk.domain.errors import BundleError
from kimdesk.store.dialect import insert_for
from kimdesk.store.work import Writer
from kimdesk.sync.sealing.manifest import FindingAnswer
from kimdesk.sync.tables import SYNC, sync_answer, sync_sent
from kimdesk.sync.trust import device
from kimdesk.sync.trust.kreis_keys import day


@dataclass(frozen=True, slots=True)
class KreisAnswer:
    """Where the Kreis stands with a finding since the day ``on``; ``text``: what it tells the desk, or "".

    ``group``: who deals with it, ``meets``: when they meet; ``new``: nobody at this desk has seen it yet.
    """

    state: str
    text: str
    on: date
    decision: str = ""
    group: str = ""
    meets: date | None = None
    new: bool = field(default=False, compare=False)


def answers(desk: Desk) -> dict[str, KreisAnswer]:
    """Return the Kreis's answers by the finding they answer; none at a Kreis."""
    if desk.role != "desk":
        return {}
    SYNC.bring_up_to_date(desk.vault.engine)
    with desk.reading() as reader:
        return {row.finding_id: _answer(row) for row in reader.connection.execute(select(sync_answer))}


def answer_to(desk: Desk, finding_id: str) -> KreisAnswer | None:
    """Return the Kreis's answer to one finding, None when there is none."""
    if desk.role != "desk":
        return None
    SYNC.bring_up_to_date(desk.vault.engine)
    with desk.reading() as reader:
        wanted = select(sync_answer).where(sync_answer.c.finding_id == finding_id)
        row = reader.connection.execute(wanted).first()
    return _answer(row) if row else None


def note_seen(desk: Desk, finding_id: str) -> None:
    """Note that somebody at this desk has seen the answer to a finding; it is new no longer."""
    unseen = (sync_answer.c.finding_id == finding_id, sync_answer.c.seen == 0)
    with desk.writing() as writer:
        if writer.connection.execute(update(sync_answer).where(*unseen).values(seen=1)).rowcount:
            writer.touched.add(("finding", finding_id))


def take_answers(writer: Writer, given: Iterable[FindingAnswer]) -> None:
    """Keep what is new of ``given``; what answers a finding that is here no longer is passed over.

    Raises BundleError E103 for a day that no calendar has, or a text that cannot be shown.
    """
    newest = 0
    for each in given:
        _ = day(each.on), day(each.meets or each.on)
        said = (each.text, each.decision, each.group)
        if any(not is_writable(words) or tidy(words) != words for words in said):
            raise BundleError("E103")
        newest = max(newest, each.number)
        _keep(writer, each)
    state = device.read_state(writer)
    if newest > state.answers:
        device.save_state(writer, msgspec.structs.replace(state, answers=newest))


def _keep(writer: Writer, each: FindingAnswer) -> None:
    sent = (sync_sent.c.sent_id == each.finding, sync_sent.c.kind == "finding")
    finding_id = writer.connection.execute(select(sync_sent.c.record_id).where(*sent)).scalar()
    if finding_id is None:
        return
    values: dict[str, Any] = {
        "number": each.number,
        "state": each.state,
        "text": each.text,
        "on_day": each.on,
        "decision": each.decision,
        "group_name": each.group,
        "meets_on": each.meets,
        "seen": 0,
    }
    statement = insert_for(writer.connection.dialect)(sync_answer).values(finding_id=finding_id, **values)
    newer = statement.excluded.number > sync_answer.c.number
    done = writer.connection.execute(
        statement.on_conflict_do_update(index_elements=["finding_id"], set_=values, where=newer)
    )
    if done.rowcount:
        writer.touched.add(("finding", finding_id))


def _answer(row: Row[Any]) -> KreisAnswer:
    meets = date.fromisoformat(row.meets_on) if row.meets_on else None
    on = date.fromisoformat(row.on_day)
    return KreisAnswer(row.state, row.text, on, row.decision, row.group_name, meets, not row.seen)
