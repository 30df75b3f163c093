"""Rows of the page Zugänge: one way into the vault as icon and words, with what can be done about it."""

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.casework.access import Way
from kimdesk.texts import dates, say
from ui.kit.badge import Badge
from ui.kit.base import spaced
from ui.kit.buttons import Button
from ui.kit.sign import Sign
from ui.kit.text import Text

ICONS = {"person": "key", "sheet": "lifebuoy", "split": "users-three", "escrow": "buildings"}


def title_of(way: Way) -> str:
    """Return what a way in is called."""
    if way.kind == "person":
        return way.label or say("access.passphrase_without_a_name")
    if way.kind == "escrow":
        return way.label
    return say("common.recovery_sheet") if way.kind == "sheet" else say("access.three_sheets_two_which_open")


def way_row(way: Way, *buttons: Button) -> QWidget:
    """Return the row of a way in."""
    holder = QWidget()
    holder.setObjectName(f"way_{way.kind}")
    holder.setAccessibleName(title_of(way))
    row = QHBoxLayout(holder)
    spaced(row, 10, (0, 4, 0, 4))
    row.addWidget(Sign(ICONS[way.kind], "accent"))
    words = QVBoxLayout()
    spaced(words, 0)
    head = QHBoxLayout()
    spaced(head, 8)
    head.addWidget(Text(title_of(way), "body"))
    for badge in _badges(way):
        head.addWidget(badge)
    head.addStretch(1)
    words.addLayout(head)
    words.addWidget(Text(_about(way), "meta", "text-2", wrap=True))
    row.addLayout(words, 1)
    for button in buttons:
        row.addWidget(button)
    return holder


def line(*widgets: QWidget) -> QWidget:
    """Return ``widgets`` side by side, pushed to the left."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    spaced(row, 8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return holder


def day(moment: datetime) -> str:
    """Return the day of ``moment`` (UTC) here, as people write it."""
    return dates.full(moment.astimezone())


def _badges(way: Way) -> list[Badge]:
    if way.own:
        return [Badge(say("access.you"), "tint", "user")]
    if way.kind == "escrow":
        return [Badge(say("access.deposited"), "info", "buildings")]
    if way.doubtful:
        return [Badge(say("access.not_checked_yet"), "warn", "warning")]
    return [Badge(say("access.checked"), "ok", "present")] if way.proven else []


def _about(way: Way) -> str:
    known = [
        say("access.made_on_day", day=day(way.made)) if way.made and way.kind != "escrow" else "",
        say("access.deposited_on_day", day=day(way.made)) if way.made and way.kind == "escrow" else "",
        say("access.came_with_the_vault") if way.kind == "sheet" and not way.made else "",
        say("access.checked_on_day", day=day(way.proven)) if way.proven else "",
        say("access.key_derivation_kdf", kdf=way.kdf) if way.kind in ("person", "escrow") else "",
    ]
    return " · ".join(part for part in known if part)
