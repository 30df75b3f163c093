"""The Kreis desk: who is enrolled, what has come in, and the registry it becomes."""

from typing import TYPE_CHECKING

from kimdesk.domain import on_use

if TYPE_CHECKING:
    from kimdesk.kreis.arriving import (
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
    from kimdesk.kreis.enrolled.enrolling import Application, Backing, Enrolment, enrol, examine
    from kimdesk.kreis.enrolled.keyring import KeyPurpose, rotate, trust
    from kimdesk.kreis.enrolled.roster import EndingKey, end_key, ending_keys, revoke
    from kimdesk.kreis.taking.answering import Result
    from kimdesk.kreis.taking.histories import History, HistoryDispute, choose, disputes
    from kimdesk.kreis.taking.inbox import ImportResult, import_files
    from kimdesk.kreis.taking.returned import AsideGroup, put_away, release, set_aside

__all__ = [
    "Application",
    "AsideGroup",
    "Backing",
    "DeskRow",
    "DeskState",
    "EndingKey",
    "Enrolment",
    "History",
    "HistoryDispute",
    "ImportResult",
    "InboxRow",
    "KeyPurpose",
    "KreisOverview",
    "Result",
    "Totals",
    "choose",
    "count_open",
    "desks",
    "disputes",
    "end_key",
    "ending_keys",
    "enrol",
    "examine",
    "import_files",
    "overview",
    "put_away",
    "release",
    "revoke",
    "rotate",
    "set_aside",
    "settle",
    "trust",
]

__getattr__ = on_use.named(
    __name__,
    {
        "enrolled.enrolling": ("Application", "Backing", "Enrolment", "enrol", "examine"),
        "enrolled.keyring": ("KeyPurpose", "rotate", "trust"),
        "enrolled.roster": ("EndingKey", "end_key", "ending_keys", "revoke"),
        "arriving": (
            "DeskRow",
            "DeskState",
            "InboxRow",
            "KreisOverview",
            "Totals",
            "count_open",
            "desks",
            "overview",
            "settle",
        ),
        "taking.answering": ("Result",),
        "taking.histories": ("History", "HistoryDispute", "choose", "disputes"),
        "taking.inbox": ("ImportResult", "import_files"),
        "taking.returned": ("AsideGroup", "put_away", "release", "set_aside"),
    },
)
