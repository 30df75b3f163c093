"""Whose papers are shown: everybody's, one person's, the household's; the numbers add up."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from kimdesk.texts import say
from ui.forms.flow import FlowBox
from ui.kit.base import clear
from ui.kit.buttons import Button

ALL = "all"


class Owners(QWidget):
    """Chips with numbers; ``chosen`` carries ``ALL``, the identity of a person, „household“ or ""."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("wallet_owners")
        self._value = ALL
        self._shown: tuple[tuple[str, str, int], ...] = ()
        self._group = QButtonGroup(self)
        self._row = FlowBox(4)
        from PySide6.QtWidgets import QVBoxLayout

        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._row)

    @property
    def value(self) -> str:
        """Return whose papers are wanted."""
        return self._value

    def show_all(self) -> None:
        """Want everybody's again, without telling."""
        self._value = ALL

    def show_counts(self, names: Sequence[tuple[str, str]], counts: Mapping[str, int]) -> None:
        """Show a chip for each of ``names`` (value, word) that has papers, and one for all."""
        own = [(value, word, counts[value]) for value, word in names if counts.get(value)]
        shown = ((ALL, say("wallet.everybody"), sum(counts.values())), *own)
        if self._value not in {value for value, _, _ in shown}:
            self._value = ALL
        if shown == self._shown:
            return
        self._shown = shown
        for button in self._group.buttons():
            self._group.removeButton(button)
        clear(self._row.flow)
        for value, word, count in shown:
            self._add(value, word, count)

    def _add(self, value: str, word: str, count: int) -> None:
        chip = Button(f"{word}\u2002{count}", "chip", size="small")
        chip.setObjectName(f"owner_{value or 'nobody'}")
        chip.setAccessibleName(say("wallet.papers_of", name=word, n=count))
        chip.setCheckable(True)
        chip.setChecked(value == self._value)
        chip.clicked.connect(lambda _=False: self._choose(value))
        self._group.addButton(chip)
        self._row.flow.addWidget(chip)

    def _choose(self, value: str) -> None:
        self._value = value
        self.chosen.emit(value)
