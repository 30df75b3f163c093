"""Whose cases the list shows: those of one person, of nobody yet, or of whoever looks after them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from kimdesk.texts import say
from ui.kit.base import restyle
from ui.kit.drop_down import DropDown


class WhoseCases(DropDown):
    """``picked`` carries a name, "" for nobody, None for whoever it is; where one works it is not seen."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("filter_worker")
        self.setAccessibleName(say("cases.column_worker"))
        self._people: tuple[str, ...] = ()
        self.show_choice(None)
        self.currentIndexChanged.connect(self._tell)

    def show_people(self, people: Sequence[str]) -> None:
        """Offer who works at this desk; what is chosen stays chosen."""
        self._people = tuple(people)
        self.show_choice(self.itemData(self.currentIndex()))

    def show_choice(self, chosen: str | None) -> None:
        """Show ``chosen`` without asking for it again; it may be a name of former days."""
        former = (chosen,) if chosen and chosen not in self._people else ()
        names = (*self._people, *former)
        values = [None, *names, ""]
        words = [say("cases.whoever_looks_after_it"), *names, say("cases.nobody_looks_after_it")]
        self.blockSignals(True)
        self.clear()
        for word, value in zip(words, values, strict=True):
            self.addItem(word, value)
        self.setCurrentIndex(values.index(chosen))
        self.blockSignals(False)
        self._look()

    def _tell(self, index: int) -> None:
        self._look()
        self.picked.emit(self.itemData(index))

    def _look(self) -> None:
        """Show that it narrows the list, and be there where there is something to choose."""
        narrows = self.currentIndex() > 0
        restyle(self, state="on" if narrows else "")
        self.setVisible(narrows or len(self._people) > 1)
