"""Answers nobody planned: any JSON value, and answers of the right shape with any values in them."""

from typing import Any

from hypothesis import strategies as st

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.forms.definition import Field, FieldType, FormDefinition, Repeat, Section

NOTHING = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False)
TEXT = st.text(st.characters(), max_size=8)
JSON = st.recursive(
    NOTHING | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def right(field: Field) -> st.SearchStrategy[Any]:
    """Return answers that fit ``field``."""
    codes = [one.code for one in SHIPPED.code_list(field.choices).codes] if field.choices else [""]
    return {
        FieldType.BOOLEAN: st.booleans(),
        FieldType.INTEGER: st.integers(1, 90),
        FieldType.CHOICE: st.sampled_from(codes),
        FieldType.CHOICES: st.lists(st.sampled_from(codes), unique=True, max_size=4),
        FieldType.SCALE: st.sampled_from(codes).map(lambda code: int(code or 0)),
        FieldType.DATE: st.dates().map(str),
        FieldType.TEXT: st.text("abcä ", max_size=5),
        FieldType.LONG_TEXT: st.text("abcä ", max_size=5),
        FieldType.RECORDS: st.none(),
    }.get(field.type, st.none())


def answers(definition: FormDefinition) -> st.SearchStrategy[dict[str, Any]]:
    """Return answers of the right shape; a value may be right or anything."""
    return st.fixed_dictionaries({}, optional={one.id: _section(one) for one in definition.sections})


def _section(section: Section) -> st.SearchStrategy[Any]:
    values = {field.id: right(field) | JSON for field in section.fields}
    entry = st.fixed_dictionaries({}, optional=values)
    if section.repeat is Repeat.ONCE:
        return entry
    if section.repeat is Repeat.LIST:
        return st.lists(entry, max_size=4)
    codes = [one.code for one in SHIPPED.code_list(section.over).codes]
    return st.dictionaries(st.sampled_from(codes), entry, max_size=4)
