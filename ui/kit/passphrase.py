"""The field for a passphrase: hidden, with a way to show it, and a hint when caps lock is on."""

from PySide6 import QtCore
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from kimdesk.texts import say
from ui.kit.buttons import quiet
from ui.theme import theme


class PassphraseField(QLineEdit):
    """A hidden line; ``caps_lock`` says whether letters arrive as capitals without the shift key."""

    caps_lock = Signal(bool)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(name)
        self.setProperty("scale", "big")
        self.reveal = quiet(say("kit.show"), "eye", size="small")
        self.reveal.setParent(self)
        self.reveal.setObjectName("reveal")
        self.reveal.setCheckable(True)
        self.reveal.setAccessibleName(say("kit.show_passphrase"))
        self.reveal.toggled.connect(self._show)
        self._show(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button at the right."""
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; compare letter and shift key to tell whether caps lock is on."""
        letter = event.text()
        if letter.isalpha():
            shift = bool(event.modifiers() & QtCore.Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(letter.isupper() != shift)
        super().keyPressEvent(event)

    def _show(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.reveal.setText(say("kit.hide") if shown else say("kit.show"))
        self.reveal.setAccessibleName(say("kit.hide_passphrase") if shown else say("kit.show_passphrase"))
        self.reveal.set_icon("eye-slash" if shown else "eye")
        self._place()

    def _place(self) -> None:
        size = self.reveal.sizeHint() + QSize(theme().px(4), 0)
        right = self.width() - theme().px(8)
        self.reveal.setGeometry(
            right - size.width(), (self.height() - size.height()) // 2, size.width(), size.height()
        )
        self.setTextMargins(theme().px(4), 0, size.width() + theme().px(4), 0)
