"""A case that may only be read: what would change it cannot be pressed, what shows it can."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

_HANDLES = (QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox)
_SHOWING = (
    "next_step_why", "plan_gap_", "gap_", "chain_earlier", "chain_later", "chain_zoom", "chain_switch",
    "genogram_switch", "network_switch", "radar_switch", "show_earlier", "station_next", "warning_", "more_",
    "remark_", "timeline", "course_", "open_scan", "save_scan", "wipe_copies", "print_", "show_address",
    "dialog_reject", "edit_", "lane_picture", "perspective_switch", "perspective_step_why",
    "perspective_all_",
)  # fmt: skip
_CHANGING = ("edit_merge_", "more_contact")
"""Names that begin like one that shows, and change."""
_EVENTS = frozenset({QEvent.Type.Show, QEvent.Type.EnabledChange})


class ReadingOnly(QObject):
    """While ``active``, every handle below ``root`` that is not known to show something is disabled.

    Default deny: a new button has to be named here to stay. What is made later is found when it appears. A
    record is opened to be read: its dialog is held likewise.
    """

    def __init__(self, root: QWidget, *, active: bool = False) -> None:
        super().__init__(root)
        self._root, self._active = root, False
        self._held: list[QWidget] = []
        self.set_active(active)

    def set_active(self, active: bool) -> None:
        """Hold the handles, or let go of those that are held."""
        if active == self._active:
            return
        self._active = active
        application = QCoreApplication.instance()
        if application is None:
            return
        if active:
            application.installEventFilter(self)
            for each in self._root.findChildren(QWidget):
                self._judge(each)
        else:
            application.removeEventFilter(self)
            held, self._held = self._held, []
            for each in filter(isValid, held):
                each.setEnabled(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Judge what appears below the root, or is enabled there again."""
        if event.type() not in _EVENTS or not isinstance(watched, QWidget) or not isValid(self._root):
            return False
        if self._root.isAncestorOf(watched):
            self._judge(watched)
        return False

    def _judge(self, widget: QWidget) -> None:
        handle = isinstance(widget, _HANDLES) or widget.objectName() == "checklist"
        if handle and widget.isEnabledTo(self._root) and not self._shows(widget):
            self._held.append(widget)
            widget.setEnabled(False)

    def _shows(self, widget: QWidget) -> bool:
        """Return whether a handle only shows something, or is part of one that does."""
        at: QWidget | None = widget
        while at is not None and at is not self._root:
            name = at.objectName()
            if name.startswith(_SHOWING) and not name.startswith(_CHANGING):
                return True
            if isinstance(at, QListView) and name != "checklist":
                return True
            at = at.parentWidget()
        return False
