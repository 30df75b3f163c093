"""What fills the window of the program can be told."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
else:
    QWidget = object  # a scene is a widget of whichever kind it likes


class WindowScene(QWidget):
    """First steps, a locked vault, an open desk; it does what concerns it."""

    def settle(self) -> None:
        """Load what was left out so that the window stood sooner."""

    def flush(self) -> None:
        """Keep what is typed: the program ends, or the desk is locked."""
