"""Files somebody has to look at: what happened, what is safe, what to do."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.texts import dates, registry, say
from ui.kit.base import clear, spaced
from ui.kit.buttons import quiet, secondary
from ui.kit.state import Notice

if TYPE_CHECKING:
    from kimdesk.kreis import InboxRow

_TONES = {"quarantined": ("bad", "quarantine"), "refused": ("bad", ""), "held": ("warn", "expiring")}


class OpenFiles(QWidget):
    """One notice per open file; ``settle`` gets its number, ``compare`` the desk it came from."""

    def __init__(self, settle: Callable[[int], None], compare: Callable[[str], None]) -> None:
        super().__init__()
        self._settle = settle
        self._compare = compare
        self._column = QVBoxLayout(self)
        spaced(self._column, 8)

    def show_rows(self, rows: Sequence["InboxRow"], today: date) -> None:
        """Show the open ones of ``rows``."""
        clear(self._column)
        open_rows = [row for row in rows if row.open]
        for row in open_rows:
            self._column.addWidget(self._notice(row, today))
        self.setVisible(bool(open_rows))

    def _notice(self, row: "InboxRow", today: date) -> Notice:
        tone, icon = _TONES[row.result]
        title = f"{_title(row)} · {dates.lately(row.at, today)}"
        told = " ".join(filter(None, (registry.of_file(row), registry.hint(row))))
        notice = Notice(tone, title, told, icon)
        notice.setObjectName(f"open_{row.number}")
        settled = secondary(say("kreis.file_as_settled"), "check", size="small")
        settled.setObjectName(f"settle_{row.number}")
        settled.setAccessibleName(f"{say('kreis.file_as_settled')}: {_title(row)}")
        settled.clicked.connect(lambda: self._settle(row.number))
        notice.add_action(settled)
        if row.desk_id:
            digits = quiet(say("kreis.compare_digits_with_desk"), size="small")
            digits.setObjectName(f"compare_{row.number}")
            digits.clicked.connect(lambda: self._compare(row.desk_id))
            notice.add_action(digits)
        return notice


def _title(row: "InboxRow") -> str:
    who = f"{row.desk} · {say('kreis.package')}\u00a0{row.seq}" if row.desk else row.file
    words = {
        "quarantined": say("kreis.who_is_in_quarantine", who=who),
        "refused": say("kreis.who_was_not_taken_over", who=who),
        "held": say("kreis.who_waits", who=who),
    }
    return words[row.result]
