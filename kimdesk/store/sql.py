"""Statements compiled once and handed to the database as they are.

SQLAlchemy Core writes them; its execution layer is left out, because on the way of a save it costs more
than the database does (measured: 14 statements, 0.6 of 1.4 ms).
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import Connection, Executable
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.sql.elements import ClauseElement

Row = Sequence[Any]


class Statement:
    """A Core statement as finished SQL text.

    Its open parameters are given by position, in the order of ``names`` (that of the statement when
    empty). Column types do not take part: values pass as they are stored. Fixed numbers are written into
    the text: SQLite plans a statement anew each time a LIMIT is bound.
    """

    def __init__(self, statement: Executable, *names: str) -> None:
        dialect = SQLiteDialect_pysqlite(paramstyle="named")
        compiled = cast("ClauseElement", statement).compile(dialect=dialect)
        fixed = {name: value for name, value in compiled.params.items() if value is not None}
        self.text = str(compiled)
        for name in [name for name, value in fixed.items() if isinstance(value, int)]:
            self.text = re.sub(rf":{name}\b", str(fixed.pop(name)), self.text)
        self._fixed = fixed
        self._names = names or tuple(name for name in compiled.params if compiled.params[name] is None)

    def run(self, connection: Connection, *values: Any) -> int:
        """Execute and return how many rows were changed."""
        return cast("int", self._execute(connection, values).rowcount)

    def insert(self, connection: Connection, *values: Any) -> int:
        """Execute and return the number the new row was given."""
        return cast("int", self._execute(connection, values).lastrowid)

    def run_all(self, connection: Connection, rows: Iterable[Sequence[Any]]) -> None:
        """Execute once with the values of each row."""
        database: Any = connection.connection.driver_connection
        database.executemany(self.text, map(self._named, rows))

    def rows(self, connection: Connection, *values: Any) -> Sequence[Row]:
        """Return all rows."""
        return cast("Sequence[Row]", self._execute(connection, values).fetchall())

    def first(self, connection: Connection, *values: Any) -> Row | None:
        """Return the first row, or None."""
        return next(iter(self.rows(connection, *values)), None)

    def scalar(self, connection: Connection, *values: Any) -> Any:
        """Return the first column of the first row, or None."""
        found = self.first(connection, *values)
        return found[0] if found else None

    def _execute(self, connection: Connection, values: Sequence[Any]) -> Any:
        database: Any = connection.connection.driver_connection
        return database.execute(self.text, self._named(values))

    def _named(self, values: Sequence[Any]) -> dict[str, Any]:
        return {**self._fixed, **dict(zip(self._names, values, strict=True))}
