"""The neutral case document: which member holds which records. Described by ``case.schema.json``."""

from dataclasses import fields

from kimdesk.domain import records
from kimdesk.domain.kinds import KINDS, RECORD_TYPES
from kimdesk.domain.records import Record

SECTIONS: dict[str, type[Record]] = {each.section: each.type for each in KINDS.values() if each.section}
"""Members that are lists of records of the case; ``persons`` stands beside them."""

MEMBER_FIELDS = ("role", "relation", "since", "until")
"""What a person is in this case; stands among the members of the person."""

_HOUSEKEEPING = frozenset({"id", "rev", "extra", "case_id"})
_NEVER = frozenset({"azr_number"})  # optional, never a key, never exported (DOMAIN §4)


def members_of(record_type: type[Record]) -> tuple[str, ...]:
    """Return the members of the document that stand for the fields of ``record_type``, without ``id``."""
    return _MEMBERS[record_type]


def _members(record_type: type[Record]) -> tuple[str, ...]:
    names = (field.name for field in fields(record_type) if field.name not in _HOUSEKEEPING | _NEVER)
    if record_type is records.ResidenceSpell:
        return tuple(name for name in names if name != "person_id")
    return tuple(names)


_MEMBERS = {each: _members(each) for each in RECORD_TYPES}


def readable(record_type: type[Record]) -> tuple[str, ...]:
    """Return the members that are read from a document: what is never written may still be given."""
    return (*members_of(record_type), *(_NEVER if record_type is records.Person else ()))
