"""What the tab says while nothing can be said yet: what to enter first, with one button."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit.base import clear, spaced
from ui.kit.state import EmptyState
from ui.perspective.model import FirstEntry


class EmptyHolder(QWidget):
    """Shows a beginning, or nothing; ``wanted`` carries it when its button is pressed."""

    wanted = Signal(object)  # FirstEntry

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("perspective_beginning")
        self._column = QVBoxLayout(self)
        spaced(self._column)
        self._shown: FirstEntry | None = None

    def show_beginning(self, beginning: FirstEntry | None) -> None:
        """Show ``beginning``; None hides it."""
        self.setVisible(beginning is not None)
        if beginning == self._shown:
            return
        clear(self._column)
        self._shown = beginning
        if beginning:
            state = EmptyState("signpost", beginning.sentence, beginning.button)
            state.pressed.connect(lambda: self.wanted.emit(beginning))
            self._column.addWidget(state)
