"""Backups in words."""

from datetime import date, datetime
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from kimdesk.texts import dates, numbers, say
from ui.kit.listing import CardItem

if TYPE_CHECKING:
    from kimdesk.casework.backups import BackupCopy, BackupState, Drill

Words = tuple[str, str, str]
"""Tone, title and text of a notice."""


def standing(state: "BackupState", now: datetime) -> Words:
    """Return how the backups stand: the last good one first, or why somebody should act."""
    if state.last is None:
        words = say("backup.if_computer_lost_or_breaks")
        return "warn", say("backup.there_no_backup_yet"), words
    day, facts = dates.lately(state.last.created, now.date()), _facts(state)
    if state.warned == "drill":
        words = say("backup.last_drill_could_not_restore")
        return "bad", say("backup.backup_cannot_relied"), f"{words} {facts}"
    if state.warned == "old":
        days = (now - state.last.created).days
        words = say("backup.last_good_backup_day", day=day)
        return "warn", say("common.no_backup_n_days", n=days), f"{words} · {facts}"
    if state.warned == "clock":
        words = say("backup.clock_wrong_back_up")
        return "warn", say("backup.date_last_backup_cannot_right"), f"{words} {facts}"
    return "ok", say("backup.last_good_backup_day", day=day), facts


def items(state: "BackupState", today: date) -> list[CardItem]:
    """Return the rows of the list; the key of each is the name of its folder."""
    failed = state.drill.created if state.drill and state.drill.code else None
    return [_item(each, today, damaged=each.backup.created == failed) for each in state.copies]


def drilled(drill: "Drill | None", today: date) -> tuple[str, str, str]:
    """Return icon, tone and sentence of the last drill."""
    if drill is None:
        return "info", "text-2", say("backup.not_tried_yet_happens_itself")
    day, of = dates.lately(drill.at, today), dates.moment(drill.created)
    if drill.code:
        return "overdue", "bad", say("backup.failed_day_with_backup", day=day, of=of)
    return "present", "ok", say("backup.passed_day_with_backup", day=day, of=of)


def _facts(state: "BackupState") -> str:
    last = state.last
    if last is None:
        return ""
    where = f"{_folder_of(last.path)} · {numbers.size(last.bytes)}"
    return where if state.warned == "drill" else f"{where} · {say('backup.verified')}"


def _folder_of(path: str) -> str:
    kind = PureWindowsPath if "\\" in path else PurePosixPath
    return str(kind(path).parent)


def _item(copy: "BackupCopy", today: date, *, damaged: bool) -> CardItem:
    kept = {"day": say("backup.daily"), "week": say("backup.weekly"), "month": say("backup.monthly")}[
        copy.kept_as
    ]
    checked = say("backup.verified") if copy.vouched else say("backup.of_an_earlier_key")
    icon, tone = ("present", "") if copy.vouched else ("key", "text-2")
    if damaged:
        checked, icon, tone = say("backup.damaged"), "overdue", "bad"
    if copy.doubtful:
        checked = f"{checked} · {say('backup.date_doubtful')}"
    return CardItem(
        key=copy.backup.path.name,
        title=dates.lately(copy.backup.created, today),
        text=f"{numbers.size(copy.backup.bytes)} · {checked}",
        icon=icon,
        tone=tone,
        badges=((kept, "neutral", None),),
        actions=(("try", say("backup.try")), ("restore", say("backup.restore"))),
    )
