"""What was changed since a moment: one row per object, with a number that only rises."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from sqlalchemy import Connection, Integer, bindparam, cast, func, select

from kimdesk.store.settings import get_setting, set_setting
from kimdesk.store.sql import Statement
from kimdesk.store.tables import REMOVED_CASE, case_row, change, setting
from kimdesk.store.work import Reader, Writer

_ACKNOWLEDGED = "acknowledged_change"
ACKNOWLEDGED: Final = func.coalesce(
    select(cast(setting.c.value, Integer)).where(setting.c.key == _ACKNOWLEDGED).scalar_subquery(), 0
)
"""``acknowledged`` as a part of a statement."""
_newer = select(func.count()).select_from(change).where(change.c.seq > ACKNOWLEDGED)
_cases = select(func.count()).select_from(case_row).where(case_row.c.changed > ACKNOWLEDGED)
_IS_UNSENT = Statement(_cases.where(case_row.c.case_id == bindparam("case_id_")))
_removed_cases = _newer.where(REMOVED_CASE)
_UNSENT_CHANGES = Statement(_newer)
_UNSENT_CASES = Statement(select(_cases.scalar_subquery() + _removed_cases.scalar_subquery()))


class TrackedChange(NamedTuple):
    """The last change of one object; ``op`` is "put" or "remove"."""

    seq: int
    kind: str
    record_id: str
    case_id: str
    op: str


def head(reader: Reader) -> int:
    """Return the number of the last change, 0 when there was none."""
    return reader.connection.execute(select(func.max(change.c.seq))).scalar() or 0


def since(reader: Reader, seq: int) -> Iterator[TrackedChange]:
    """Yield the changes after number ``seq``, in their order."""
    newer = select(change).where(change.c.seq > seq).order_by(change.c.seq).execution_options(yield_per=1000)
    for row in reader.connection.execute(newer):
        yield TrackedChange(*row)


def acknowledged(connection: Connection) -> int:
    """Return up to which change number the Kreis has acknowledged everything, 0 before the first receipt."""
    return int(get_setting(Reader(connection), _ACKNOWLEDGED) or 0)


def acknowledge(writer: Writer, seq: int) -> None:
    """Note that the Kreis has everything up to change number ``seq``; less than before once it lost some."""
    set_setting(writer, _ACKNOWLEDGED, str(seq))


def exchanges(connection: Connection) -> bool:
    """Return whether this desk has begun to hand over to a Kreis, be it a new one that has nothing yet."""
    return get_setting(Reader(connection), _ACKNOWLEDGED) is not None


def is_unsent(connection: Connection, case_id: str) -> bool:
    """Return whether the case was changed since the Kreis last acknowledged."""
    return bool(_IS_UNSENT.scalar(connection, case_id))


def unsent_changes(connection: Connection) -> int:
    """Return how many changes of records the Kreis has not acknowledged; it reads each of them."""
    return int(_UNSENT_CHANGES.scalar(connection))


def unsent_cases(connection: Connection) -> int:
    """Return in how many cases, removed ones too, the Kreis has not acknowledged something."""
    return int(_UNSENT_CASES.scalar(connection))
