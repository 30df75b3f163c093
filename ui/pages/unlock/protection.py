"""What the vault protects, and what it does not."""

from collections.abc import Iterator

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui.kit.base import at_top, rule, spaced
from ui.kit.buttons import quiet
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.theme import theme


class Protection(QWidget):
    """Four sentences anyone can check."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        spaced(column, 12)
        column.addStretch(1)
        column.addWidget(Text(say("unlock.what_is_protected"), "section"))
        column.addSpacing(theme().px(4))
        for number, (icon, tone, title, text) in enumerate(_points()):
            if number:
                column.addWidget(rule())
            column.addLayout(_point(icon, tone, title, text))
        column.addLayout(self._link())
        column.addStretch(1)

    def _link(self) -> QHBoxLayout:
        more = quiet(say("common.what_thief_would_need"), "info")
        more.setObjectName("thief_help")
        more.clicked.connect(self._tell_more)
        row = QHBoxLayout()
        spaced(row, 0, (30, 0, 0, 0))
        row.addWidget(more)
        row.addStretch(1)
        return row

    def _tell_more(self) -> None:
        from ui.pages.help.dialog import HelpDialog

        HelpDialog(self.window()).open()


def _points() -> Iterator[tuple[str, str, str, str]]:
    """Yield icon, tone, title and text of each point."""
    yield (
        "shield-check",
        "ok",
        say("unlock.everything_you_write_down_about"),
        say("unlock.cases_notes_deadlines_lie_here"),
    )
    yield (
        "wifi-slash",
        "ok",
        say("unlock.nothing_leaves_by_itself"),
        say("unlock.kimdesk_works_without_network_data"),
    )
    yield (
        "key",
        "ok",
        say("unlock.without_passphrase_nobody_gets"),
        say("unlock.stored_nowhere_emergency_printed_recovery"),
    )
    yield (
        "warning",
        "warn",
        say("unlock.not_protected"),
        say("unlock.printouts_saved_pdf_files_whatever"),
    )


def _point(icon: str, tone: str, title: str, text: str) -> QHBoxLayout:
    row = QHBoxLayout()
    spaced(row, 12)
    row.addLayout(at_top(Sign(icon, tone, 24)))
    words = QVBoxLayout()
    spaced(words, 0)
    words.addWidget(Text(title, "strong", wrap=True))
    words.addWidget(Text(text, "table", "text-2", wrap=True))
    row.addLayout(words, 1)
    return row
