"""What a page of the open desk can be told."""

from typing import TYPE_CHECKING

from kimdesk.casework.events import Changed, Shows
from ui.kit.dialog import Dialog
from ui.places import Place

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
else:
    QWidget = object  # a page is a widget of whichever kind it likes


class DeskPage(QWidget):
    """A page of the open desk; it does what concerns it."""

    @property
    def shows(self) -> Shows:
        """Return whose changes concern the page; each page says so."""
        raise NotImplementedError

    def go(self, place: Place) -> None:
        """Show this place of the page."""

    def here(self) -> Place | None:
        """Return what leads back to what is shown now; None: the place that was asked for."""
        return None

    def refresh(self) -> None:
        """Read again: the page is shown, or what it shows was changed."""

    def hear(self, changed: Changed) -> None:
        """Something was changed while the page is shown: read again if it concerns the page."""
        if self.shows.concerned(changed):
            self.refresh()

    def flush(self) -> None:
        """Keep what is typed in open dialogs as drafts: the desk is about to be locked."""
        for dialog in self.findChildren(Dialog):
            dialog.flush()
