"""The few things SQLite and PostgreSQL say in different words; everything else is SQLAlchemy.

Values are the same on both: text and whole numbers (see ``columns``).
"""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from sqlalchemy import Executable, Table, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import functions
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import Integer, Text

POSTGRESQL = "postgresql"

Insert = Callable[[Table], Any]
"""Begins an insert that takes ``on_conflict_do_update``: ``insert(table)``."""


def insert_for(dialect: Dialect) -> Insert:
    """Return the insert of a database that takes ``on_conflict_do_update`` and ``on_conflict_do_nothing``."""
    return postgresql.insert if dialect.name == POSTGRESQL else sqlite.insert


def putting(table: Table, *keys: str) -> Callable[[Insert], Executable]:
    """Say "insert, or update the row with the same ``keys``" for whole rows of ``table``."""

    def say(insert: Insert) -> Executable:
        new = insert(table).values({each.name: bindparam(each.name) for each in table.columns})
        others = {each.name: new.excluded[each.name] for each in table.columns if each.name not in keys}
        said: Executable = new.on_conflict_do_update(index_elements=list(keys), set_=others)
        return said

    return say


class place_of(functions.FunctionElement[int]):  # noqa: N801 - a function of SQL
    """``place_of(text, part)``: where ``part`` begins in ``text``, capitals apart; 0 when it is not there."""

    type = Integer()
    inherit_cache = True


class arrival(functions.FunctionElement[Any]):  # noqa: N801 - a function of SQL
    """``arrival(id)``: sorts rows in the order in which they were written first.

    PostgreSQL keeps no such order; there it is that of the identities, which rise with time.
    """

    inherit_cache = True


class json_object(functions.FunctionElement[str]):  # noqa: N801 - a function of SQL
    """``json_object(name, value, …)``: a JSON object as text."""

    type = Text()
    inherit_cache = True


class _json_each(functions.FunctionElement[str]):  # noqa: N801 - a function of SQL
    """The members of a JSON array of texts, one row each."""

    type = Text()
    inherit_cache = True


def listed(name: str) -> Any:
    """Return a subquery for the texts of the parameter ``name``, given as ``as_json``."""
    return select(_json_each(bindparam(name)).table_valued("value").c.value)


def as_json(values: Iterable[str]) -> str:
    """Return texts as the one value a statement takes for all of them, however many they are."""
    return msgspec.json.encode(list(values)).decode()


@compiles(place_of)
def _(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    return f"instr({compiler.process(element.clauses, **options)})"


@compiles(place_of, POSTGRESQL)
def _(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **options)})"


@compiles(arrival)
def _(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    [identity] = element.clauses
    return f"{compiler.process(identity.table, asfrom=True, **options)}.rowid"


@compiles(arrival, POSTGRESQL)
def _(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses, **options)


@compiles(json_object)
def _(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_object({compiler.process(element.clauses, **options)})"


@compiles(json_object, POSTGRESQL)
def _(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(json_build_object({compiler.process(element.clauses, **options)}) AS TEXT)"


@compiles(_json_each)
def _(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(_json_each, POSTGRESQL)
def _(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **options)} AS JSON))"
