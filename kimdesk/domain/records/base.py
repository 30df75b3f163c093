"""What all records share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

EMPTY: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """What all records share."""

    id: str = ""
    rev: int = 0
    extra: Mapping[str, Any] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, order=True, slots=True)
class RecordRef:
    """Which record: its kind (``kimdesk.domain.kinds``) and identity; "phase" and its code for a phase."""

    kind: str
    id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseRecord(Record):
    """A record that belongs to one case."""

    case_id: str = ""
