"""The passphrase of the new vault."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.texts import say
from ui.kit.base import spaced
from ui.kit.new_passphrase import NewPassphrase
from ui.kit.text import Text
from ui.program.work import Work


class PassphraseStep(QWidget):
    """A new passphrase, typed twice; ``changed`` after each key."""

    changed = Signal()

    def __init__(self, work: Work) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        spaced(column, 14)
        column.addWidget(Text(say("wizard.with_which_words_do_you"), "figure", wrap=True))
        words = say("wizard.six_words_have_nothing_common")
        column.addWidget(Text(words, "body", "text-2", wrap=True))
        self._passphrase = NewPassphrase(work)
        self._passphrase.changed.connect(self.changed)
        column.addWidget(self._passphrase)
        column.addStretch(1)
        self.setFocusProxy(self._passphrase)

    def ready(self) -> bool:
        """Return whether it is strong enough and was typed twice alike."""
        return self._passphrase.ready()

    def value(self) -> str:
        """Return the passphrase."""
        return self._passphrase.value()

    def clear(self) -> None:
        """Forget what was typed."""
        self._passphrase.clear()
