"""The drop-down: its list opens below it, whole, in the look of the other popups."""

from PySide6.QtGui import QShowEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QStyledItemDelegate, QWidget

from ui.kit.popup import ChoiceList, as_popup

MOST_ROWS = 14


class DropDown(QComboBox):
    """A choice among a few words. The wheel scrolls the page, unless the drop-down has the keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(MOST_ROWS)
        self._dressed = False
        self._voice: QLabel | None = None

    def setAccessibleName(self, name: str) -> None:
        """Name it. Qt speaks a drop-down's value alone; its name it takes from a label beside it."""
        super().setAccessibleName(name)
        if (line := self.lineEdit()) is not None:
            line.setAccessibleName(name)
        self._speak()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the name along to where it is shown."""
        super().showEvent(event)
        self._speak()

    def _speak(self) -> None:
        if self._voice is None:
            self._voice = QLabel()
            self._voice.hide()
            self._voice.setBuddy(self)
            self.destroyed.connect(self._voice.deleteLater)
        self._voice.setParent(self.parentWidget())
        self._voice.setText(self.accessibleName())

    def showPopup(self) -> None:
        """Open the list."""
        if not self._dressed:
            self._dressed = True
            self.setView(ChoiceList(MOST_ROWS))
            self.setItemDelegate(QStyledItemDelegate(self))  # its own one knows no inset of a line
            as_popup(self.view().window())
        self.view().doItemsLayout()
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page unless the list was chosen with the keyboard or mouse."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
