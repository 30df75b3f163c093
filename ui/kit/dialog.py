"""The dialog: a question as its title, verbs on its buttons, the safe one as default."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui import focus
from ui.kit.base import rule, spaced
from ui.kit.buttons import danger as danger_button
from ui.kit.buttons import primary, secondary
from ui.kit.scrim import Scrim
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.program import keys
from ui.theme import theme

WIDTH = 480
MARGIN = 20
_EDGE = 32  # of the screen beside a dialog
_ABOVE = 40  # of the screen above and below it together: the title bar of the system needs room
_LEAST = 120  # pixels at 100 % of the body that stay when a refusal is shown below it


def screen_room(widget: QWidget) -> QRect:
    """Return where windows may lie on the screen of ``widget``."""
    return widget.screen().availableGeometry()


class Dialog(QDialog):
    """Asks ``question``; ``body`` takes fields or a text. With ``danger`` the safe button is the default."""

    def __init__(self, parent: QWidget | None, question: str, *, accept: str, reject: str = "",
                 danger: bool = False) -> None:  # fmt: skip
        super().__init__(parent)
        self._danger = danger
        self.setWindowTitle("KIMdesk")
        self.setAccessibleName(question)
        self.setModal(True)
        for key in ("help", "all_keys"):
            keys.bind(self, key, partial(self._ask_help, key))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)  # closed, it leaves the tree of screen readers
        self.setFixedWidth(theme().px(WIDTH))
        self._scrim: Scrim | None = None
        self.body = QVBoxLayout()
        spaced(self.body, 12)
        self._problem = Notice("bad")
        self._problem.setObjectName("dialog_problem")
        self._problem.hide()
        self._whole = whole = QVBoxLayout(self)
        spaced(whole)
        self._fitting = _Fitting(self.body)
        self._fitting.setAccessibleName(question)
        self._fitting.content.asked.connect(self.fit)
        top = QVBoxLayout()
        spaced(top, 16, (MARGIN, MARGIN, MARGIN, 16))
        top.addWidget(Text(question, "section", wrap=True))
        top.addWidget(self._fitting, 1)
        top.addWidget(self._problem)
        whole.addLayout(top, 1)
        whole.addWidget(rule())
        whole.addLayout(self._buttons(accept, reject or say("common.cancel"), danger))

    def _ask_help(self, key: str) -> None:
        for answer in helping:
            answer(self, key)

    def widen(self, width: int) -> None:
        """Be ``width`` pixels wide at 100 % if the screen allows."""
        room = screen_room(self)
        self.setFixedWidth(min(theme().px(width), room.width() - _EDGE))
        self._fitting.width_at_100 = width - 2 * MARGIN

    def room_inside(self) -> int:
        """Return how high the body may be before it scrolls, in pixels."""
        around = self._whole.totalHeightForWidth(self.width()) - self._fitting.sizeHint().height()
        return screen_room(self).height() - _ABOVE - around

    def add_text(self, text: str) -> None:
        """Put a paragraph into the body."""
        self.body.addWidget(Text(text, "body", "text-2", wrap=True))

    def flush(self) -> None:
        """Keep what is typed now: the desk is about to be locked."""

    def set_problem(self, explanation: Explanation | None) -> None:
        """Say why it was refused; None takes it away. The dialog stays open."""
        self._problem.setVisible(explanation is not None)
        if explanation is not None:
            self._problem.explain(explanation)

    def arrange(self) -> None:
        """Lay the contents out for this screen; called before the dialog is shown."""

    def fit(self) -> None:
        """Take the height the contents need now, after something in the body appeared or went."""
        QTimer.singleShot(0, self, self._refit)

    def set_busy(self, busy: bool) -> None:
        """Grey the buttons out while something runs."""
        self.accept_button.setEnabled(not busy)

    def setVisible(self, visible: bool) -> None:
        """Show it as high as its contents need (Qt stops at two thirds of the screen), at its first field."""
        opens = visible and not self.isVisible()
        if opens:
            for each in self.findChildren(QWidget):
                each.ensurePolished()  # sizes of the style sheet count before the first picture
            self.arrange()
            self._refit()
        chosen: QWidget | None = self.focusWidget()
        super().setVisible(visible)
        if opens:
            focus.begin(chosen or self._first())

    def _first(self) -> QWidget:
        default = self.accept_button if self.accept_button.isDefault() else self.reject_button
        return default if self._danger else focus.first_field(self._fitting) or default

    def showEvent(self, event: QShowEvent) -> None:
        """Dim what lies below, and come back to the screen once the title bar of the system is known."""
        super().showEvent(event)
        if self._scrim is None and (below := self.parentWidget()) is not None:
            self._scrim = Scrim(below.window())
        self.fit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the page shine again."""
        super().hideEvent(event)
        if self._scrim is not None:
            self._scrim.lift()
            self._scrim = None

    def _refit(self) -> None:
        self._fitting.updateGeometry()
        self._whole.invalidate()
        self._whole.activate()  # what was measured before is measured again
        room = screen_room(self)
        needed = self._whole.totalHeightForWidth(self.width())
        self.resize(self.width(), min(needed, room.height() - _ABOVE))
        self._fitting.ask_again()
        if self.isVisible():
            frame = self.frameGeometry()
            over = max(0, frame.bottom() - room.bottom())
            self.move(self.x(), self.y() + max(room.top() - frame.top(), -over))

    def _buttons(self, accept: str, reject: str, is_danger: bool) -> QHBoxLayout:
        self.button_row = row = QHBoxLayout()
        spaced(row, 8, (MARGIN, 12, MARGIN, 12))
        self.accept_button = danger_button(accept) if is_danger else primary(accept)
        self.accept_button.setObjectName("dialog_accept")
        self.reject_button = secondary(reject)
        self.reject_button.setObjectName("dialog_reject")
        self.accept_button.clicked.connect(self.accept)
        self.reject_button.clicked.connect(self.reject)
        default = self.reject_button if is_danger else self.accept_button
        default.setDefault(True)
        row.addStretch(1)
        row.addWidget(self.reject_button)
        row.addWidget(self.accept_button)
        return row


helping: list[Callable[[Dialog, str], object]] = []
"""Who answers when help („help“) or all keys („all_keys“) are asked for in a dialog."""


class _Content(QWidget):
    """What is asked in a dialog; ``asked`` when it wants another size."""

    asked = Signal()

    def __init__(self, layout: QVBoxLayout) -> None:
        super().__init__()
        self.setObjectName("dialog_body")
        self.setLayout(layout)

    def event(self, event: QEvent) -> bool:
        """Tell when something appeared, went or grew."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.asked.emit()
        return super().event(event)


class _Fitting(QScrollArea):
    """As high as its contents at ``width``; it scrolls only where the screen ends."""

    def __init__(self, layout: QVBoxLayout) -> None:
        super().__init__()
        self._layout = layout
        self.width_at_100 = WIDTH - 2 * MARGIN
        self.content = _Content(layout)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self.content)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().rangeChanged.connect(self._be_reached)

    def _be_reached(self, _: int, most: int) -> None:
        """Let Tab stop here only where there is something to scroll."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if most > 0 else Qt.FocusPolicy.NoFocus)

    def ask_again(self) -> None:
        """Drop a bar that only its own width makes necessary: beside it the words need one line more."""
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def sizeHint(self) -> QSize:
        """Return what the contents need."""
        width = min(theme().px(self.width_at_100), self.width() if self.isVisible() else 1 << 20)
        wraps = self._layout.hasHeightForWidth()
        return QSize(width, self._layout.heightForWidth(width) if wraps else self._layout.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the least that stays visible of it."""
        wanted = self.sizeHint()
        return QSize(wanted.width(), min(wanted.height(), theme().px(_LEAST)))
