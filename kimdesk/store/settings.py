"""Settings of the desk, inside the vault."""

from sqlalchemy import bindparam, delete, select

from kimdesk.store.dialect import putting
from kimdesk.store.sql import Statement
from kimdesk.store.tables import setting
from kimdesk.store.work import Reader, Writer

_GET = Statement(select(setting.c.value).where(setting.c.key == bindparam("key_")))
_SET = Statement(putting(setting, "key"))
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
