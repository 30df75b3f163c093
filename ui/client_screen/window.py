"""The window of the client screen: it covers everything, and only the passphrase or a lock ends it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui import focus
from ui.client_screen.leaving import LeavePanel
from ui.client_screen.parts import aside, both, date_card, goal_card, heading
from ui.client_screen.presenter import Screen
from ui.desk.context import Context
from ui.kit.base import spaced
from ui.kit.buttons import secondary
from ui.kit.practice import practice_badge
from ui.kit.text import Text
from ui.program import keys


class ClientScreen(QDialog):
    """Shows ``screen`` and nothing else; the window it was opened from is away until it ends.

    Neither Esc nor closing the window leaves it. ``reject`` is for whoever locks the desk.
    """

    left = Signal()

    def __init__(self, context: Context, screen: Screen, behind: QWidget) -> None:
        super().__init__(None)
        self.setObjectName("client_screen")
        self.setWindowTitle("KIMdesk")
        self.setAccessibleName(screen.greeting.german)
        self.setWindowFlags(
            Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        )
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._behind = context, behind
        column = QVBoxLayout(self)
        spaced(column)
        column.addWidget(self._top(screen))
        column.addWidget(self._middle(screen), 1)
        keys.bind(self, "lock", context.lock)

    def open_over(self) -> None:
        """Cover the whole screen and put the other window away."""
        self.showFullScreen()
        self.activateWindow()
        self._behind.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay: closing the window is no way out."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take no key as a way out, Esc least of all."""
        if event.key() == Qt.Key.Key_Escape and self._panel.isVisible():
            self._ask(False)
        event.accept()

    def done(self, result: int) -> None:
        """End: show the other window again."""
        self._behind.show()
        self.hide()
        self.left.emit()
        self.deleteLater()

    def _top(self, screen: Screen) -> QFrame:
        top = QFrame()
        top.setObjectName("top_bar")
        column = aside(top, 16)
        spaced(column, 12, (40, 14, 40, 14))
        row = QHBoxLayout()
        spaced(row, 16)
        self._button = secondary(say("client.leave_with_passphrase"), "lock-key", size="big")
        self._button.setObjectName("leave_client_screen")
        self._button.clicked.connect(lambda: self._ask(True))
        self._panel = LeavePanel(self._context)
        self._panel.opened.connect(self.accept)
        self._panel.given_up.connect(lambda: self._ask(False))
        self._panel.hide()
        self._greeting = heading(screen.greeting, screen.right_to_left)
        self._greeting.setObjectName("client_greeting")
        row.addWidget(self._button)
        if self._context.desk.practice:
            row.addWidget(practice_badge())
        row.addWidget(self._panel, 1)
        row.addStretch(0)
        column.addLayout(row)
        column.addWidget(self._greeting, 1)
        return top

    def _ask(self, asking: bool) -> None:
        self._button.setVisible(not asking)
        self._greeting.setVisible(not asking)
        self._panel.setVisible(asking)
        if asking:
            self._panel.begin()
        else:
            focus.begin(self._button)

    def _middle(self, screen: Screen) -> QScrollArea:
        area = QScrollArea()
        area.setObjectName("client_area")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        content.setObjectName("page_body")
        outer = QVBoxLayout(content)
        spaced(outer, 16, (40, 24, 40, 24))
        row = aside(None, 24)
        row.addLayout(_goals(screen), 1)
        row.addLayout(_dates(screen), 1)
        outer.addLayout(row)
        outer.addStretch(1)
        if screen.remark:
            outer.addWidget(Text(screen.remark, "meta", "text-2"))
        area.setWidget(content)
        return area


def _goals(screen: Screen) -> QVBoxLayout:
    column = QVBoxLayout()
    spaced(column, 14)
    column.addWidget(heading(screen.goals_title, screen.right_to_left))
    for goal in screen.goals:
        column.addWidget(goal_card(goal, screen.right_to_left))
    if not screen.goals:
        column.addWidget(both(screen.no_goals, screen.right_to_left))
    column.addStretch(1)
    return column


def _dates(screen: Screen) -> QVBoxLayout:
    column = QVBoxLayout()
    spaced(column, 14)
    column.addWidget(heading(screen.dates_title, screen.right_to_left))
    for one in screen.dates:
        column.addWidget(date_card(one, screen.right_to_left))
    if not screen.dates:
        column.addWidget(both(screen.no_dates, screen.right_to_left))
    column.addStretch(1)
    return column
