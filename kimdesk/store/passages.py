"""The passages of cases from desk to desk, as they are stored; what they mean is ``domain.custody``."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from kimdesk.domain.custody import Passage, PassageWay, Side, Stage
from kimdesk.store.columns import moment_text
from kimdesk.store.dialect import as_json, listed
from kimdesk.store.sql import Statement
from kimdesk.store.tables import passage

PASSAGE: Final = "passage"
"""The kind of a passage where changes are told."""

_NAMES = (
    "id", "case_id", "way", "side", "stage", "desk", "desk_name", "at", "until", "settled_at", "reason",
    "basis", "turn",
)  # fmt: skip
_TOLD = [passage.c[name] for name in _NAMES]
_PAPERS = ("statement", "answer", "base")
_INSERT = Statement(
    insert(passage).values({name: bindparam(name) for name in (*_NAMES, *_PAPERS)}), *_NAMES, *_PAPERS
)
_GET = Statement(select(*_TOLD).where(passage.c.id == bindparam("id_")))
_OF_CASES = Statement(
    select(*_TOLD).where(passage.c.case_id.in_(listed("ids"))).order_by(passage.c.number), "ids"
)
_ALL = Statement(select(*_TOLD).order_by(passage.c.number))
_READ = Statement(select(*(passage.c[name] for name in _PAPERS)).where(passage.c.id == bindparam("id_")))
_SETTLE = Statement(
    update(passage)
    .where(passage.c.id == bindparam("id_"), passage.c.stage == bindparam("from_"))
    .values({name: bindparam(f"{name}_") for name in ("stage", "settled_at", "reason", "answer")}),
    "stage_",
    "settled_at_",
    "reason_",
    "answer_",
    "id_",
    "from_",
)
_BASE = Statement(
    update(passage).where(passage.c.id == bindparam("id_")).values(base=bindparam("base_")), "base_", "id_"
)
_STATEMENT = Statement(
    update(passage).where(passage.c.id == bindparam("id_")).values(statement=bindparam("statement_")),
    "statement_",
    "id_",
)
_FORGET = Statement(
    update(passage).where(passage.c.case_id == bindparam("id_")).values(base=bindparam("base_")),
    "base_",
    "id_",
)


class Papers(NamedTuple):
    """What a passage keeps besides its facts; ``base`` is the case as it was given, packed, or empty."""

    statement: bytes = b""
    answer: bytes = b""
    base: bytes = b""


def note(connection: Connection, one: Passage, papers: Papers) -> None:
    """Keep a new passage. The database refuses a second open offer of a case."""
    stored = (
        one.id, one.case_id, one.way.value, one.side.value, one.stage.value, one.desk, one.desk_name,
        moment_text(one.at), one.until.isoformat() if one.until else "",
        moment_text(one.settled_at) if one.settled_at else "", one.reason, one.basis, one.turn,
    )  # fmt: skip
    _INSERT.run(connection, *stored, *papers)


def get(connection: Connection, passage_id: str) -> Passage | None:
    """Return the passage, None when there is none."""
    found = _GET.first(connection, passage_id)
    return _passage(found) if found else None


def of_case(connection: Connection, case_id: str) -> tuple[Passage, ...]:
    """Return the passages of a case, the oldest first."""
    return of_cases(connection, [case_id]).get(case_id, ())


def of_cases(connection: Connection, case_ids: Iterable[str]) -> dict[str, tuple[Passage, ...]]:
    """Return the passages of those of the cases that have any, the oldest first, in one statement."""
    found: dict[str, tuple[Passage, ...]] = {}
    for each in map(_passage, _OF_CASES.rows(connection, as_json(case_ids))):
        found[each.case_id] = (*found.get(each.case_id, ()), each)
    return found


def every(connection: Connection) -> tuple[Passage, ...]:
    """Return all passages, the oldest first."""
    return tuple(map(_passage, _ALL.rows(connection)))


def papers(connection: Connection, passage_id: str) -> Papers:
    """Return what a passage keeps besides its facts."""
    found = _READ.first(connection, passage_id)
    return Papers(*found) if found else Papers()


def settle(
    connection: Connection, one: Passage, stage: Stage, at: datetime, *, reason: str = "", answer: bytes = b""
) -> bool:
    """Bring a passage to another stage; return whether it still stood where ``one`` says."""
    said = (stage.value, moment_text(at), reason, answer, one.id, one.stage.value)
    return _SETTLE.run(connection, *said) == 1


def keep_base(connection: Connection, passage_id: str, base: bytes) -> None:
    """Keep another state as the one both desks have in common, or none."""
    _BASE.run(connection, base, passage_id)


def keep_statement(connection: Connection, passage_id: str, statement: bytes) -> None:
    """Keep the offer as the other desk has answered it: signed anew it has another digest."""
    _STATEMENT.run(connection, statement, passage_id)


def forget_content(connection: Connection, case_id: str) -> None:
    """Drop what passages hold of a case that is erased; that it passed stays known."""
    _FORGET.run(connection, b"", case_id)


def _passage(row: Any) -> Passage:
    told = dict(zip(_NAMES, row, strict=True))
    return Passage(
        **{
            **told,
            "way": PassageWay(told["way"]),
            "side": Side(told["side"]),
            "stage": Stage(told["stage"]),
            "at": datetime.fromisoformat(told["at"]),
            "until": date.fromisoformat(told["until"]) if told["until"] else None,
            "settled_at": datetime.fromisoformat(told["settled_at"]) if told["settled_at"] else None,
        }
    )
