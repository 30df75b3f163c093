"""The line that says caps lock is on."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kimdesk.texts import say
from ui.kit.base import spaced
from ui.kit.sign import Sign
from ui.kit.text import Text


def caps_hint() -> QWidget:
    """Return the line that says caps lock is on."""
    hint = QWidget()
    hint.setObjectName("caps_lock")
    row = QHBoxLayout(hint)
    spaced(row, 8)
    row.addWidget(Sign("warning", "warn", 16, filled=True))
    row.addWidget(Text(say("kit.caps_lock_is_on"), "table_strong", "warn"))
    row.addWidget(Text(say("kit.you_are_typing_capitals"), "table", "warn"))
    row.addStretch(1)
    return hint
