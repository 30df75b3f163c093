"""Statements compiled once, so that saving and listing pay for SQLAlchemy's compiler a single time."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Connection, Executable
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.sql.elements import ClauseElement

Row = Sequence[Any]


class Statement:
    """A Core statement as finished SQL text.

    Its open parameters are given by position, in the order of ``names`` (that of the statement when
    empty). Column types do not take part: values pass as they are stored.
    """

    def __init__(self, statement: Executable, *names: str) -> None:
        dialect = SQLiteDialect_pysqlite(paramstyle="named")
        compiled = cast("ClauseElement", statement).compile(dialect=dialect)
        self.text = str(compiled)
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}
        self._names = names or tuple(name for name in compiled.params if name not in self._fixed)

    def run(self, connection: Connection, *values: Any) -> int:
        """Execute and return how many rows were changed."""
        return connection.exec_driver_sql(self.text, self._bind(values)).rowcount

    def rows(self, connection: Connection, *values: Any) -> Sequence[Row]:
        """Return all rows."""
        return connection.exec_driver_sql(self.text, self._bind(values)).fetchall()

    def first(self, connection: Connection, *values: Any) -> Row | None:
        """Return the first row, or None."""
        return connection.exec_driver_sql(self.text, self._bind(values)).fetchone()

    def scalar(self, connection: Connection, *values: Any) -> Any:
        """Return the first column of the first row, or None."""
        return connection.exec_driver_sql(self.text, self._bind(values)).scalar()

    def _bind(self, values: Sequence[Any]) -> dict[str, Any]:
        return {**self._fixed, **dict(zip(self._names, values, strict=True))}
