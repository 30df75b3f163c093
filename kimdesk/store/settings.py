"""Settings of the desk, inside the vault."""

from functools import cache
from typing import Final

from sqlalchemy import bindparam, delete, or_, select

from kimdesk.store.dialect import putting
from kimdesk.store.sql import Statement
from kimdesk.store.tables import setting
from kimdesk.store.work import Reader, Writer

SETTING: Final = "setting"
"""The kind of a setting where changes are told."""

_GET = Statement(select(setting.c.value).where(setting.c.key == bindparam("key_")))
_SET = Statement(putting(setting, "key"))
_DROP = Statement(delete(setting).where(setting.c.key == bindparam("key_")))


def get_setting(reader: Reader, key: str) -> str | None:
    """Return the setting ``key``, None when it was never set."""
    found: str | None = _GET.scalar(reader.connection, key)
    return found


def get_settings(reader: Reader, *keys: str) -> dict[str, str]:
    """Return those of the settings ``keys`` that were ever set."""
    return {row[0]: row[1] for row in _several(len(keys)).rows(reader.connection, *keys)}


def set_setting(writer: Writer, key: str, value: str) -> None:
    """Set ``key`` to ``value``."""
    writer.touched.add((SETTING, key))
    _SET.run(writer.connection, key, value)


def drop_setting(writer: Writer, key: str) -> None:
    """Forget the setting ``key``."""
    writer.touched.add((SETTING, key))
    _DROP.run(writer.connection, key)


@cache
def _several(number: int) -> Statement:
    names = [f"key{each}_" for each in range(number)]
    wanted = or_(*(setting.c.key == bindparam(name) for name in names))
    return Statement(select(setting.c.key, setting.c.value).where(wanted), *names)
