"""From a record to its row and back."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from operator import attrgetter
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Text, bindparam, delete, func, insert, select, update

from kimdesk.domain.kinds import kind_of
from kimdesk.domain.records import Case, CaseRecord, Member, Record
from kimdesk.store.columns import Convert
from kimdesk.store.dialect import arrival, listed
from kimdesk.store.sql import Row, Statement
from kimdesk.store.stored import Stored
from kimdesk.store.tables import RECORD_TABLES, setting

R = TypeVar("R", bound=Record)

MARK = "desk_mark"
"""The setting with the mark of this desk, by which its revisions are known."""
OWN_MARK = select(setting.c.value).where(setting.c.key == MARK).scalar_subquery()


@dataclass(frozen=True, slots=True)
class Shape(Generic[R]):
    """One record type: how its rows are read and written."""

    record_type: type[R]
    kind: str
    names: tuple[str, ...]
    encoders: tuple[tuple[int, Convert], ...]
    decoders: tuple[tuple[int, Convert], ...]
    by_id: Statement
    by_ids: Statement  # of texts as one JSON array
    of_case: Statement
    insert: Statement  # the values in the order of the fields, then who made them (None: this desk)
    update: Statement  # the values in the order of the fields, who made them, the rev they are based on
    delete: Statement

    def encode(self, record: R) -> list[Any]:
        """Return the values of ``record`` as they are stored, in the order of its fields."""
        values = list(attrgetter(*self.names)(record))
        for place, convert in self.encoders:
            if values[place] is not None:
                values[place] = convert(values[place])
        return values

    def columns(self, record: R) -> dict[str, Any]:
        """Return the stored values of ``record`` by the name of their column."""
        return dict(zip(self.names, self.encode(record), strict=True))

    def decode(self, row: Row) -> R:
        """Return the record that stands in ``row``."""
        values = list(row)
        for place, convert in self.decoders:
            if values[place] is not None:
                values[place] = convert(values[place])
        return self.record_type(**dict(zip(self.names, values, strict=True)))

    def from_columns(self, stored: Mapping[str, Any]) -> R:
        """Return the record whose columns hold ``stored``; a column not named has its usual value."""
        converters = {self.names[place]: convert for place, convert in self.decoders}
        known = {name: value for name, value in stored.items() if name in self.names}
        return self.record_type(
            **{
                name: converters[name](value) if name in converters and value is not None else value
                for name, value in known.items()
            }
        )


@cache
def _shape(record_type: type[Record]) -> Shape[Record]:
    table = RECORD_TABLES[record_type]
    names = tuple(field.name for field in fields(record_type))
    codecs = [cast("Stored", table.c[name].type).codec for name in names]
    values: dict[str, Any] = {name: bindparam(name) for name in names}
    guard = (table.c.id == bindparam("id_"), table.c.rev == bindparam("based_on"))
    values["rev_by"] = func.coalesce(bindparam("made_by", type_=Text), OWN_MARK)
    changed = {name: value for name, value in values.items() if name != "id"}
    everything = select(*(table.c[name] for name in names))
    return Shape(
        record_type,
        kind_of(record_type),
        names,
        tuple((place, codec.encode) for place, codec in enumerate(codecs) if codec.encode),
        tuple((place, codec.decode) for place, codec in enumerate(codecs) if codec.decode),
        by_id=Statement(everything.where(table.c.id == bindparam("id_"))),
        by_ids=Statement(everything.where(table.c.id.in_(listed("ids"))), "ids"),
        of_case=Statement(everything.where(_in_case(record_type)).order_by(arrival(table.c.id))),
        insert=Statement(insert(table).values(values), *names, "made_by"),
        update=Statement(
            update(table).where(*guard).values(changed), "id_", *names[1:], "made_by", "based_on"
        ),
        delete=Statement(delete(table).where(*guard), "id_", "based_on"),
    )


def _in_case(record_type: type[Record]) -> Any:
    table = RECORD_TABLES[record_type]
    case_id: Any = bindparam("case_id_")
    if issubclass(record_type, CaseRecord):
        return table.c.case_id == case_id
    if record_type is Case:
        return table.c.id == case_id
    member = RECORD_TABLES[Member]
    return table.c.id.in_(select(member.c.person_id).where(member.c.case_id == case_id))


def shape(record_type: type[R]) -> Shape[R]:
    """Return the shape of a record type. Raises KeyError for a type that is not stored."""
    return cast("Shape[R]", _shape(cast("Any", record_type)))


def case_of(record: Record) -> str:
    """Return the case a record belongs to, "" for a person, who may belong to several."""
    if isinstance(record, Case):
        return record.id
    return record.case_id if isinstance(record, CaseRecord) else ""
