"""The type of columns that hold values of a codec, in the words of SQLAlchemy."""

from typing import Any

from sqlalchemy import Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from kimdesk.store.columns import ColumnCodec


class Stored(TypeDecorator[Any]):
    """A text or whole-number column that holds values of a codec."""

    impl = Text
    cache_ok = True

    def __init__(self, codec: ColumnCodec) -> None:
        super().__init__()
        self.codec = codec

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:  # noqa: ARG002 - SQLAlchemy's
        """Return the type of the column in the database."""
        return Integer() if self.codec.number else Text()

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's
        """Return ``value`` as it is stored."""
        return value if value is None or self.codec.encode is None else self.codec.encode(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's
        """Return what is stored as the record's value."""
        return value if value is None or self.codec.decode is None else self.codec.decode(value)
