"""Days and JSON inside a statement, said to SQLite and PostgreSQL in their own words.

Days are ISO text and may be cut to month or year; see ``columns``.
"""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Text, case, func, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import functions
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import Integer

from kimdesk.store.dialect import POSTGRESQL

_MONTH, _YEAR = len("2026-11"), len("2026")


class days_from(functions.FunctionElement[int]):  # noqa: N801 - a function of SQL
    """``days_from(first, last)``: how many days lie between two whole days."""

    type = Integer()
    inherit_cache = True


class _month_end(functions.FunctionElement[str]):  # noqa: N801 - a function of SQL
    """The last day of a month given as YYYY-MM."""

    type = Text()
    inherit_cache = True


class _json_at(functions.FunctionElement[str]):  # noqa: N801 - a function of SQL
    """What stands in a JSON object under a path of names, as text."""

    type = Text()
    inherit_cache = True


class _json_list(functions.FunctionElement[str]):  # noqa: N801 - a function of SQL
    """The members of a JSON array, a row each, as ``value``."""

    type = Text()
    inherit_cache = True


class _json_map(functions.FunctionElement[str]):  # noqa: N801 - a function of SQL
    """The members of a JSON object, a row each, as ``key`` and ``value``."""

    type = Text()
    inherit_cache = True


def first_day(day: ColumnElement[Any]) -> ColumnElement[str]:
    """Return the first day that ``day`` can mean."""
    return day.op("||", return_type=Text())(
        func.substr(literal_column("'-01-01'"), func.length(day) - _YEAR + 1)
    )


def last_day(day: ColumnElement[Any]) -> ColumnElement[str]:
    """Return the last day that ``day`` can mean."""
    size = func.length(day)
    end_of_year = day.op("||", return_type=Text())(literal_column("'-12-31'"))
    return case((size == _MONTH, _month_end(day)), (size == _YEAR, end_of_year), else_=day)


def json_at(text: ColumnElement[Any], *path: str) -> ColumnElement[str]:
    """Return what stands in a JSON object under ``path`` (names of our own), as text."""
    found: ColumnElement[str] = _json_at(func.nullif(text, ""), literal_column(f"'{'.'.join(path)}'"))
    return found


def json_list(text: ColumnElement[Any]) -> FromClause:
    """Return the members of a JSON array as rows with the column ``value``."""
    return _json_list(func.nullif(text, "")).table_valued("value", joins_implicitly=True)


def json_map(text: ColumnElement[Any]) -> FromClause:
    """Return the members of a JSON object as rows with the columns ``key`` and ``value``."""
    return _json_map(func.nullif(text, "")).table_valued("key", "value", joins_implicitly=True)


def _parts(element: Any, compiler: SQLCompiler, options: dict[str, Any]) -> list[str]:
    return [compiler.process(each, **options) for each in element.clauses]


@compiles(days_from)
def _(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    first, last = _parts(element, compiler, options)
    return f"CAST(julianday({last}) - julianday({first}) AS INTEGER)"


@compiles(days_from, POSTGRESQL)
def _(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    first, last = _parts(element, compiler, options)
    return f"(CAST({last} AS DATE) - CAST({first} AS DATE))"


@compiles(_month_end)
def _(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    [month] = _parts(element, compiler, options)
    return f"date({month} || '-01', '+1 month', '-1 day')"


@compiles(_month_end, POSTGRESQL)
def _(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    [month] = _parts(element, compiler, options)
    return f"to_char(CAST({month} || '-01' AS DATE) + INTERVAL '1 month - 1 day', 'YYYY-MM-DD')"


@compiles(_json_at)
def _(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    text, path = _parts(element, compiler, options)
    return f"CAST(json_extract({text}, '$.' || {path}) AS TEXT)"


@compiles(_json_at, POSTGRESQL)
def _(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    text, path = _parts(element, compiler, options)
    return f"(CAST({text} AS JSON) #>> string_to_array({path}, '.'))"


@compiles(_json_list)
@compiles(_json_map)
def _(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each({_parts(element, compiler, options)[0]})"


@compiles(_json_list, POSTGRESQL)
def _(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_array_elements_text(CAST({_parts(element, compiler, options)[0]} AS JSON))"


@compiles(_json_map, POSTGRESQL)
def _(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each_text(CAST({_parts(element, compiler, options)[0]} AS JSON))"
