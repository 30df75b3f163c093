"""Backups in words."""

from datetime import date, datetime
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from kimdesk.texts import dates, numbers
from ui.kit.listing import CardItem
from ui.text import tr

if TYPE_CHECKING:
    from kimdesk.casework.backups import Copy, Drill, State

Words = tuple[str, str, str]
"""Tone, title and text of a notice."""


def standing(state: "State", now: datetime) -> Words:
    """Return how the backups stand: the last good one first, or why somebody should act."""
    if state.last is None:
        words = tr(
            "If this computer is lost or breaks, everything in the vault is lost with it. "
            "Please choose a stick or a second folder and make a backup now."
        )
        return "warn", tr("There is no backup yet"), words
    day, facts = dates.lately(state.last.created, now.date()), _facts(state)
    if state.warned == "drill":
        words = tr("The last drill could not restore the backup. Please make a new one now and try it.")
        return "bad", tr("The backup cannot be relied on"), f"{words} {facts}"
    if state.warned == "old":
        days = (now - state.last.created).days
        words = tr("Last good backup: {day}", day=day)
        return "warn", tr("No backup for {n} days", n=days), f"{words} · {facts}"
    return "ok", tr("Last good backup: {day}", day=day), facts


def items(state: "State", today: date) -> list[CardItem]:
    """Return the rows of the list; the key of each is the name of its folder."""
    failed = state.drill.created if state.drill and state.drill.code else None
    return [_item(each, today, damaged=each.backup.created == failed) for each in state.copies]


def drilled(drill: "Drill | None", today: date) -> tuple[str, str, str]:
    """Return icon, tone and sentence of the last drill."""
    if drill is None:
        return "info", "text-2", tr("Not tried yet. It happens by itself once there is a backup.")
    day, of = dates.lately(drill.at, today), dates.moment(drill.created)
    if drill.code:
        return "overdue", "bad", tr("Failed: {day}, with the backup of {of}.", day=day, of=of)
    return "present", "ok", tr("Passed: {day}, with the backup of {of}.", day=day, of=of)


def _facts(state: "State") -> str:
    last = state.last
    if last is None:
        return ""
    where = f"{_folder_of(last.path)} · {numbers.size(last.bytes)}"
    return where if state.warned == "drill" else f"{where} · {tr('verified')}"


def _folder_of(path: str) -> str:
    kind = PureWindowsPath if "\\" in path else PurePosixPath
    return str(kind(path).parent)


def _item(copy: "Copy", today: date, *, damaged: bool) -> CardItem:
    kept = {"day": tr("daily"), "week": tr("weekly"), "month": tr("monthly")}[copy.kept_as]
    checked = tr("verified") if copy.vouched else tr("of an earlier key")
    icon, tone = ("present", "") if copy.vouched else ("key", "text-2")
    if damaged:
        checked, icon, tone = tr("damaged"), "overdue", "bad"
    return CardItem(
        key=copy.backup.path.name,
        title=dates.lately(copy.backup.created, today),
        text=f"{numbers.size(copy.backup.bytes)} · {checked}",
        icon=icon,
        tone=tone,
        badges=((kept, "neutral", None),),
        actions=(("try", tr("Try")), ("restore", tr("Restore …"))),
    )
