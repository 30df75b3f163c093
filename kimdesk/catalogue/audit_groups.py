"""Groups of what the audit trail tells, for filtering, as data."""

from collections.abc import Mapping
from typing import Any

import msgspec

from kimdesk.forms.shape import shaped

PATH = "rules/audit_groups.toml"


class AuditGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Actions that belong together; ``of_cases`` for those that happen to cases."""

    code: str
    label: str
    actions: tuple[str, ...]
    of_cases: bool = False


class _Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    group: tuple[AuditGroup, ...]


def parse(table: Mapping[str, Any]) -> tuple[AuditGroup, ...]:
    """Return the groups that ``table`` describes. Raises ContentError E700 when it is broken."""
    return shaped(table, _Sheet, PATH).group
