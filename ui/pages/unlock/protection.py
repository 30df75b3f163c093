"""What the vault protects, and what it does not."""

from collections.abc import Iterator

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.base import at_top, rule, spaced
from ui.kit.buttons import quiet
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.text import tr
from ui.theme import theme


class Protection(QWidget):
    """Four sentences anyone can check."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        spaced(column, 12)
        column.addStretch(1)
        column.addWidget(Text(tr("What is protected?"), "section"))
        column.addSpacing(theme().px(4))
        for number, (icon, tone, title, text) in enumerate(_points()):
            if number:
                column.addWidget(rule())
            column.addLayout(_point(icon, tone, title, text))
        column.addLayout(self._link())
        column.addStretch(1)

    def _link(self) -> QHBoxLayout:
        more = quiet(tr("What a thief would need"), "info")
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
        tr("Everything you write down about people"),
        tr("Cases, notes and deadlines lie here only encrypted, and stay so without the passphrase."),
    )
    yield (
        "wifi-slash",
        "ok",
        tr("Nothing leaves by itself"),
        tr("KIMdesk works without a network. Data leave only when you hand over – with a preview."),
    )
    yield (
        "key",
        "ok",
        tr("Without the passphrase nobody gets in"),
        tr("It is stored nowhere. In an emergency the printed recovery sheet helps."),
    )
    yield (
        "warning",
        "warn",
        tr("Not protected"),
        tr("Printouts, saved PDF files and whatever is read on the open screen. Please lock with Ctrl+L."),
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
