"""Settings of the desk, inside the vault."""

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from kimdesk.store.sql import Statement
from kimdesk.store.tables import setting
from kimdesk.store.work import Reader, Writer

_GET = Statement(select(setting.c.value).where(setting.c.key == bindparam("key_")))
_insert = insert(setting).values(key=bindparam("key_"), value=bindparam("value_"))
_SET = Statement(
    _insert.on_conflict_do_update(index_elements=["key"], set_={"value": _insert.excluded.value}),
    "key_",
    "value_",
)
_DROP = Statement(delete(setting).where(setting.c.key == bindparam("key_")))


def get_setting(reader: Reader, key: str) -> str | None:
    """Return the setting ``key``, None when it was never set."""
    found: str | None = _GET.scalar(reader.connection, key)
    return found


def set_setting(writer: Writer, key: str, value: str) -> None:
    """Set ``key`` to ``value``."""
    _SET.run(writer.connection, key, value)


def drop_setting(writer: Writer, key: str) -> None:
    """Forget the setting ``key``."""
    _DROP.run(writer.connection, key)
