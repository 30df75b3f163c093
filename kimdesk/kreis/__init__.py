"""The Kreis desk: who is enrolled, what has come in, and the registry it becomes."""

from kimdesk.kreis.desks import Enrolment, enrol, revoke
from kimdesk.kreis.inbox import ImportResult, Result, import_files
from kimdesk.kreis.overview import (
    DeskRow,
    DeskState,
    InboxRow,
    KreisOverview,
    Totals,
    count_open,
    desks,
    overview,
    settle,
)

__all__ = [
    "DeskRow",
    "DeskState",
    "Enrolment",
    "ImportResult",
    "InboxRow",
    "KreisOverview",
    "Result",
    "Totals",
    "count_open",
    "desks",
    "enrol",
    "import_files",
    "overview",
    "revoke",
    "settle",
]
