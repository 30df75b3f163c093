"""What becomes otherwise, row by row: sign and word, what, the old value struck through, the new one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.texts import say
from kimdesk.texts.packs import PackWords, ToldDifference
from ui.kit.base import at_top, clear, rule, spaced
from ui.kit.buttons import quiet
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.catalogue.catalogue import Catalogue
    from kimdesk.catalogue.differences import DocumentDifference

_SIGNS: Final = {
    "added": ("plus", "ok"),
    "changed": ("pencil-simple", "accent"),
    "withdrawn": ("minus", "bad"),
}
_WORD = 92
_SHOWN = 60


class DifferenceList(QWidget):
    """The differences between two states of the catalogue; more than sixty are shown when asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("differences")
        self._rows = QVBoxLayout(self)
        spaced(self._rows, 4)

    def show_differences(self, found: "Sequence[DocumentDifference]", catalogue: "Catalogue") -> None:
        """Show ``found`` in the words of ``catalogue``."""
        self._show(found, catalogue, _SHOWN)

    def _show(self, found: "Sequence[DocumentDifference]", catalogue: "Catalogue", most: int) -> None:
        clear(self._rows)
        words = PackWords(catalogue)
        for number, each in enumerate(found[:most]):
            if number:
                self._rows.addWidget(rule())
            self._rows.addWidget(_row(str(each.change), words.told(each)))
        if len(found) > most:
            more = quiet(say("packs.more", n=len(found) - most), "caret-down")
            more.setObjectName("more_differences")
            more.clicked.connect(lambda: self._show(found, catalogue, len(found)))
            self._rows.addWidget(more)


def _row(change: str, told: ToldDifference) -> QWidget:
    holder = QWidget()
    holder.setAccessibleName(" ".join(part for part in (told.change, told.what, told.after) if part))
    row = QHBoxLayout(holder)
    spaced(row, 8)
    icon, tone = _SIGNS[change]
    row.addLayout(at_top(Sign(icon, tone, 16)))
    word = Text(told.change, "table_strong", tone)
    word.setMinimumWidth(theme().px(_WORD))
    row.addLayout(at_top(word))
    column = QVBoxLayout()
    spaced(column, 0)
    column.addWidget(Text(told.what, "table", wrap=True))
    if told.after:
        column.addWidget(
            Text(told.after, "table", wrap=True, lead="" if not told.before else say("packs.now"))
        )
    if told.before:
        column.addWidget(Text(told.before, "table", "text-2", wrap=True, lead=say("packs.until_now")))
    row.addLayout(column, 1)
    return holder
