"""Any record of any kind, built from its type hints out of few values, so that two often say the same."""

import types
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from kimdesk.domain import records
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.kinds import RECORD_TYPES
from kimdesk.domain.records import Record

KEY = "01a22a73-9192-7000-adbe-c220e8582195"
BOOKKEEPING = frozenset({"id", "rev"})

_texts = st.sampled_from(["", "a", "b", "c"])
_json = st.recursive(
    st.one_of(st.none(), st.integers(0, 2), _texts),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(_texts, inner, max_size=3),
        st.lists(st.fixed_dictionaries({"language": _texts}, optional={"level": inner}), max_size=3),
    ),
    max_leaves=6,
)
_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: _texts,
    int: st.integers(0, 2),
    bool: st.booleans(),
    date: st.sampled_from([date(2026, 11, 30), date(2027, 1, 2), date(2024, 2, 29)]),
    datetime: st.sampled_from([datetime(2026, 11, day, tzinfo=UTC) for day in (28, 29, 30)]),
    PartialDate: st.sampled_from([PartialDate(1990), PartialDate(1990, 5), PartialDate(1990, 5, 3)]),
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Return values of a type hint."""
    arguments = get_args(hint)
    if get_origin(hint) in (Union, types.UnionType):
        return st.one_of([st.none(), *(values(each) for each in arguments if each is not types.NoneType)])
    if get_origin(hint) is tuple:
        return st.lists(values(arguments[0]), max_size=4).map(tuple)
    if get_origin(hint) is Mapping:
        return st.dictionaries(_texts, _json, max_size=4)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    return _PLAIN[hint] if hint in _PLAIN else _built(hint)


def _built(kind: Any) -> st.SearchStrategy[Any]:
    return st.builds(kind, **{name: values(hint) for name, hint in hints(kind).items()})


def hints(kind: Any) -> dict[str, Any]:
    """Return the types of the fields of a record, or of a part of one."""
    return get_type_hints(kind, vars(records))


@st.composite
def edited(draw: st.DrawFn, record: Record) -> Record:
    """Return ``record`` after somebody changed up to four of its fields and saved it."""
    own = hints(type(record))
    names = [field.name for field in fields(record) if field.name not in BOOKKEEPING]
    chosen = draw(st.lists(st.sampled_from(names), max_size=4, unique=True))
    changed = {name: draw(values(own[name])) for name in chosen}
    return replace(record, rev=record.rev + draw(st.integers(1, 2)), **changed)


@st.composite
def any_record(draw: st.DrawFn) -> Record:
    """Return a saved record of any kind."""
    kind = draw(st.sampled_from(RECORD_TYPES))
    found: Record = replace(draw(_built(kind)), id=KEY, rev=draw(st.integers(1, 3)))
    return found


@st.composite
def three_states(draw: st.DrawFn) -> tuple[Record, Record, Record]:
    """Return a record, and what two desks made of it."""
    base = draw(any_record())
    return base, draw(edited(base)), draw(edited(base))
