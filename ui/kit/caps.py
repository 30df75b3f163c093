"""The line that says caps lock is on."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.kit.base import spaced
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.text import tr


def caps_hint() -> QWidget:
    """Return the line that says caps lock is on."""
    hint = QWidget()
    hint.setObjectName("caps_lock")
    row = QHBoxLayout(hint)
    spaced(row, 8)
    row.addWidget(Sign("warning", "warn", 16, filled=True))
    row.addWidget(Text(tr("Caps lock is on."), "table_strong", "warn"))
    row.addWidget(Text(tr("You are typing capitals."), "table", "warn"))
    row.addStretch(1)
    return hint
