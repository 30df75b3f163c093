"""The window of the client screen: it covers everything, and only the passphrase or a lock ends it."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui import focus
from ui.client_screen.leaving import LeavePanel
from ui.client_screen.parts import aside, both, date_card, goal_card, heading, step_card
from ui.client_screen.presenter import Screen
from ui.desk.context import Context
from ui.forms.editors.choice import WordSegments
from ui.forms.flow import FlowBox
from ui.forms.sources import Option
from ui.kit.base import clear, spaced
from ui.kit.buttons import secondary
from ui.kit.practice import practice_badge
from ui.program import keys
from ui.theme import theme

_ROOMY = 3  # goals that fit one below the other with all that is said of them
_DIRECTIONS = {False: Qt.LayoutDirection.LeftToRight, True: Qt.LayoutDirection.RightToLeft}


class ClientScreen(QDialog):
    """Shows one case to its client and nothing else; the window it was opened from is away until it ends.

    ``make`` says what is seen in a language ("": the one to begin with); the client may choose another one.
    Neither Esc nor closing the window leaves it. ``reject`` is for whoever locks the desk.
    """

    left = Signal()

    def __init__(self, context: Context, make: Callable[[str], Screen], behind: QWidget) -> None:
        super().__init__(None)
        self.setObjectName("client_screen")
        self.setWindowTitle("KIMdesk")
        self.setWindowFlags(
            Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        )
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._make, self._behind = context, make, behind
        self._greetings, self._area = QHBoxLayout(), _area()
        shown = make("")
        column = QVBoxLayout(self)
        spaced(column)
        column.addWidget(self._top(shown))
        column.addWidget(self._area, 1)
        self._show(shown)
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

    def _show(self, shown: Screen) -> None:
        """Say everything in the language of ``shown``, from where it is read."""
        self._language = shown.language
        self.setAccessibleName(shown.greeting.own or shown.greeting.german)
        for part in (self._bar, self._area):
            part.setLayoutDirection(_DIRECTIONS[shown.right_to_left])
        clear(self._greetings)
        greeting = heading(shown.greeting, shown.right_to_left)
        greeting.setObjectName("client_greeting")
        self._greetings.addWidget(greeting)
        self._area.setWidget(_content(shown))

    def _top(self, shown: Screen) -> QFrame:
        self._bar = QFrame()
        self._bar.setObjectName("top_bar")
        column = aside(self._bar, 16)
        spaced(column, 16, (40, 14, 40, 14))
        self._button = secondary(say("client.leave_with_passphrase"), "lock-key", size="big")
        self._button.setObjectName("leave_client_screen")
        self._button.clicked.connect(lambda: self._ask(True))
        self._panel = LeavePanel(self._context)
        self._panel.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._panel.opened.connect(self.accept)
        self._panel.given_up.connect(lambda: self._ask(False))
        self._panel.hide()
        self._plan = QWidget()
        row = aside(self._plan, 16)
        row.addLayout(self._greetings, 1)
        row.addWidget(self._ways(shown))
        column.addWidget(self._plan, 1)
        column.addWidget(self._panel, 1)
        return self._bar

    def _ways(self, shown: Screen) -> QWidget:
        """Return the choice of a language and the way out, set as everything that is German."""
        ways = FlowBox(12)
        ways.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        if shown.languages:
            ways.flow.addWidget(self._languages(shown))
        if self._context.desk.practice:
            ways.flow.addWidget(practice_badge())
        ways.flow.addWidget(self._button)
        return ways

    def _languages(self, shown: Screen) -> WordSegments:
        """Return the languages to choose from, each as its speakers call it."""
        choice = WordSegments(tuple(Option(one.code, one.name) for one in shown.languages))
        choice.setObjectName("client_language")
        choice.setAccessibleName(f"{shown.choose.own} {shown.choose.german}".strip())
        choice.set_value(shown.language)

        def choose(code: str | None) -> None:
            now = self._make(code or self._language)
            choice.set_value(now.language)
            self._show(now)

        choice.changed.connect(choose)
        return choice

    def _ask(self, asking: bool) -> None:
        self._plan.setVisible(not asking)
        self._panel.setVisible(asking)
        if asking:
            self._panel.begin()
        else:
            focus.begin(self._button)


def _area() -> QScrollArea:
    area = QScrollArea()
    area.setObjectName("client_area")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def _content(shown: Screen) -> QWidget:
    """Return the goals where reading begins, beside them the dates and what the client does next."""
    content = QWidget()
    content.setObjectName("page_body")
    outer = QVBoxLayout(content)
    spaced(outer, 12, (40, 14, 40, 12))
    row = aside(None, 24)
    for parts in (_goals(shown), (*_dates(shown), *_steps(shown))):
        column = QVBoxLayout()
        spaced(column, 10)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        row.addLayout(column, 1)
    outer.addLayout(row)
    outer.addStretch(1)
    if shown.remark.german:
        outer.addWidget(both(shown.remark, shown.right_to_left, "meta"))
    return content


def _goals(shown: Screen) -> Iterator[QWidget]:
    yield heading(shown.goals_title, shown.right_to_left)
    narrow = len(shown.goals) > _ROOMY and not theme().stacked
    yield from (goal_card(one, shown.right_to_left, narrow) for one in shown.goals)
    if not shown.goals:
        yield both(shown.no_goals, shown.right_to_left)


def _dates(shown: Screen) -> Iterator[QWidget]:
    yield heading(shown.dates_title, shown.right_to_left)
    yield from map(date_card, shown.dates)
    if not shown.dates:
        yield both(shown.no_dates, shown.right_to_left)


def _steps(shown: Screen) -> Iterator[QWidget]:
    if shown.steps:
        yield heading(shown.steps_title, shown.right_to_left)
    yield from (step_card(one, shown.right_to_left) for one in shown.steps)
