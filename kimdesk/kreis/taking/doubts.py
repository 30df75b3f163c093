"""Records that came with a history a person has decided against: they stand in epoch 0."""

from typing import Final

from sqlalchemy import Connection, delete, or_, update

from kimdesk.kreis.registry import OUT_OF_ORDER, RECORDS

DOUBTFUL: Final = 0
"""The epoch of records in doubt, below every epoch of a desk."""


def cast(connection: Connection, desk_id: str, epoch: int, start: int) -> None:
    """Doubt what came of a desk from the bundle ``start`` of ``epoch`` on, and in later epochs."""
    for table in RECORDS.values():
        since = (table.c.epoch == epoch) & (table.c.received_seq >= start)
        these = (table.c.desk_id == desk_id, or_(table.c.epoch > epoch, since))
        connection.execute(update(table).where(*these).values(epoch=DOUBTFUL))


def end(connection: Connection, desk_id: str) -> int:
    """Erase what is in doubt, once the history that counts has said everything; return how much it was."""
    return sum(
        connection.execute(
            delete(table).where(table.c.desk_id == desk_id, table.c.epoch == DOUBTFUL, OUT_OF_ORDER)
        ).rowcount
        for table in RECORDS.values()
    )
