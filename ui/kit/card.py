"""The card: a surface with a title row, a count at the right, actions, and a body."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.base import restyle, spaced
from ui.kit.text import Text


class Card(QFrame):
    """A framed group. ``body`` takes the contents; without a title there is no title row.

    ``tone``: surface, tint, sunken, bad, warn, ok.
    """

    def __init__(self, title: str = "", count: str = "", tone: str = "surface") -> None:
        super().__init__()
        self.setProperty("tone", tone)
        self.outer = QVBoxLayout(self)
        spaced(self.outer, 8, (14, 12, 14, 14))
        self._head = QHBoxLayout()
        spaced(self._head, 8)
        self._title = Text(use="strong")
        self._count = Text(use="table", tone="text-2")
        self._head.addWidget(self._title)
        self._head.addStretch(1)
        self._head.addWidget(self._count)
        self.outer.addLayout(self._head)
        self.body = QVBoxLayout()
        spaced(self.body, 8)
        self.outer.addLayout(self.body)
        self.set_title(title)
        self.set_count(count)

    def set_title(self, title: str) -> None:
        """Show ``title``; empty hides it."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        if title:
            self.setAccessibleName(title)

    def set_count(self, count: str) -> None:
        """Show ``count`` at the right of the title row; empty hides it."""
        self._count.setText(count)
        self._count.setVisible(bool(count))

    def flatten(self) -> None:
        """Show no frame: what holds the card is a surface already."""
        spaced(self.outer, 8)
        self.setProperty("flat", True)

    def inset_head(self, by: int) -> None:
        """Move the title row in by ``by`` pixels, given at 100 %: the body reaches to the frame."""
        spaced(self._head, 8, (by, 0, by, 0))

    def set_tone(self, tone: str) -> None:
        """Change the card's tone."""
        restyle(self, tone=tone)

    def add_action(self, button: QWidget) -> None:
        """Put ``button`` at the end of the title row."""
        self._head.addWidget(button)
