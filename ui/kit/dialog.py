"""The dialog: a question as its title, verbs on its buttons, the safe one as default."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui import focus
from ui.kit.base import spaced
from ui.kit.buttons import danger as danger_button
from ui.kit.buttons import primary, secondary
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.theme import theme

WIDTH = 480
_MOST = 0.6  # of the screen's height before the contents scroll
_AROUND = 140  # pixels at 100 % for question and buttons, which stay on the screen
_EDGE = 32


class Dialog(QDialog):
    """Asks ``question``; ``body`` takes fields or a text. With ``danger`` the safe button is the default."""

    def __init__(self, parent: QWidget | None, question: str, *, accept: str, reject: str = "",
                 danger: bool = False) -> None:  # fmt: skip
        super().__init__(parent)
        self._danger = danger
        self.setWindowTitle("KIMdesk")
        self.setAccessibleName(question)
        self.setModal(True)
        self.setFixedWidth(theme().px(WIDTH))
        self.body = QVBoxLayout()
        spaced(self.body, 12)
        self._problem = Notice("bad")
        self._problem.setObjectName("dialog_problem")
        self._problem.hide()
        self._column = column = QVBoxLayout(self)
        spaced(column, 16, (20, 20, 20, 16))
        column.addWidget(Text(question, "section", wrap=True))
        self._fitting = _Fitting(self.body)
        column.addWidget(self._fitting, 1)
        column.addWidget(self._problem)
        column.addLayout(self._buttons(accept, reject or say("common.cancel"), danger))

    def widen(self, width: int, most: float = _MOST) -> None:
        """Be ``width`` pixels wide at 100 % if the screen allows, the body up to ``most`` of its height."""
        room = self.screen().availableSize()
        self.setFixedWidth(min(theme().px(width), room.width() - _EDGE))
        self.setMaximumHeight(room.height() - _EDGE)
        self._fitting.width_at_100, self._fitting.most = width - 40, most

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
            self._refit()
        chosen: QWidget | None = self.focusWidget()
        super().setVisible(visible)
        if opens:
            focus.begin(chosen or self._first())

    def _first(self) -> QWidget:
        default = self.accept_button if self.accept_button.isDefault() else self.reject_button
        return default if self._danger else focus.first_field(self._fitting) or default

    def _refit(self) -> None:
        self._fitting.updateGeometry()
        room = self.screen().availableGeometry()
        height = min(self._column.totalHeightForWidth(self.width()), room.height() - _EDGE)
        self.resize(self.width(), height)
        if self.isVisible() and (below := self.frameGeometry().bottom() - room.bottom()) > 0:
            self.move(self.x(), max(room.top(), self.y() - below))

    def _buttons(self, accept: str, reject: str, is_danger: bool) -> QHBoxLayout:
        self.button_row = row = QHBoxLayout()
        spaced(row, 8)
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


class _Fitting(QScrollArea):
    """As high as its contents at ``width``, but never higher than ``most`` of the screen."""

    def __init__(self, layout: QVBoxLayout) -> None:
        super().__init__()
        self._layout = layout
        self.width_at_100, self.most = WIDTH - 40, _MOST
        content = QWidget()
        content.setObjectName("dialog_body")
        content.setLayout(layout)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)

    def sizeHint(self) -> QSize:
        """Return the contents' size, up to a limit."""
        width = theme().px(self.width_at_100)
        needed = (
            self._layout.heightForWidth(width)
            if self._layout.hasHeightForWidth()
            else self._layout.sizeHint().height()
        )
        height = self.screen().availableGeometry().height()
        most = min(round(height * self.most), height - _EDGE - theme().px(_AROUND))
        return QSize(width, min(needed, most))

    def minimumSizeHint(self) -> QSize:
        """Return the same: a dialog shows everything it can."""
        return self.sizeHint()
