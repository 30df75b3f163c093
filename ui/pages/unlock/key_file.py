"""The private key of the Kreis: the file it lies in, and the passphrase of that file."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui.kit.base import spaced
from ui.kit.buttons import secondary
from ui.kit.caps import caps_hint
from ui.kit.field import FieldBox
from ui.kit.passphrase import PassphraseField


class KeyFile(QWidget):
    """Chooses the file and asks for its passphrase; ``changed`` after each key."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        self._button = secondary(say("unlock.choose_the_key_file"), "key")
        self._button.setObjectName("choose_key_file")
        self._button.clicked.connect(self._choose)
        self.passphrase = PassphraseField(say("unlock.passphrase_key_file"))
        self.passphrase.setObjectName("key_passphrase")
        self.passphrase.textChanged.connect(lambda _: self.changed.emit())
        caps = caps_hint()
        caps.hide()
        self.passphrase.caps_lock.connect(caps.setVisible)
        column = QVBoxLayout(self)
        spaced(column, 12)
        column.addWidget(FieldBox(say("unlock.private_key_kreis"), self._button))
        column.addWidget(FieldBox(say("unlock.passphrase_key_file"), self.passphrase))
        column.addWidget(caps)
        self.setFocusProxy(self._button)

    def ready(self) -> bool:
        """Return whether a file was chosen and something typed."""
        return self.path is not None and bool(self.passphrase.text())

    def choose(self, path: Path) -> None:
        """Take the file ``path``."""
        self.path = path
        self._button.setText(path.name)
        self.changed.emit()

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, say("unlock.choose_the_key_file"), "", say("unlock.private_key_kimprivat")
        )
        if name:
            self.choose(Path(name))
