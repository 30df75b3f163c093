"""Which columns the list of cases has at this desk, in which order and how wide."""

import msgspec

from kimdesk.casework.desk import Desk
from kimdesk.store.settings import drop_setting, get_setting, set_setting

_KEY = "case_columns"


class ColumnChoice(msgspec.Struct, frozen=True):
    """The columns by name in their order, () for those that are shipped; widths in pixels at 100 %."""

    shown: tuple[str, ...] = ()
    widths: dict[str, int] = {}


def chosen(desk: Desk) -> ColumnChoice:
    """Return what this desk has chosen; as shipped when that is nothing, or cannot be read."""
    with desk.reading() as reader:
        stored = get_setting(reader, _KEY)
    try:
        return msgspec.json.decode(stored, type=ColumnChoice) if stored else ColumnChoice()
    except msgspec.MsgspecError:
        return ColumnChoice()


def choose(desk: Desk, choice: ColumnChoice) -> None:
    """Keep ``choice``; as shipped, nothing is kept."""
    with desk.writing() as writer:
        if choice == ColumnChoice():
            drop_setting(writer, _KEY)
        else:
            set_setting(writer, _KEY, msgspec.json.encode(choice).decode())
