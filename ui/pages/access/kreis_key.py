"""The escrow key of a Kreis: making it, and showing the digits of one that exists."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from kimdesk.vault import EscrowFiles, EscrowKey
from ui.kit.buttons import secondary
from ui.kit.card import Card
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.kit.new_passphrase import NewPassphrase
from ui.kit.sign import Sign
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.pages.access.presenter import AccessPresenter
from ui.pages.access.rows import line

PUBLIC, PRIVATE = "public", "private"
_NAMES = {PUBLIC: "KIM-Hinterlegung.kimschluessel", PRIVATE: "KIM-Hinterlegung-geheim.kimprivat"}


class MakeKeyDialog(Dialog):
    """A name for the key and the passphrase of its private half; ``files`` once it is made."""

    def __init__(self, parent: QWidget, presenter: AccessPresenter) -> None:
        super().__init__(parent, say("access.make_recovery_key_kreis"), accept=say("access.make_key"))
        self._presenter = presenter
        self.files: EscrowFiles | None = None
        self.add_text(say("access.desks_can_deposit_way_key"))
        self._label = QLineEdit(presenter.desk_name)
        self._label.setObjectName("key_label")
        self._label.setMaxLength(200)
        self._label.textChanged.connect(lambda _: self._enable())
        self.body.addWidget(FieldBox(say("access.who_holds_the_key"), self._label))
        self._new = NewPassphrase(presenter.work)
        self._new.changed.connect(self._enable)
        self.body.addWidget(self._new)
        self._enable()

    def accept(self) -> None:
        """Make the key; takes a few seconds."""
        self.set_busy(True)
        self.set_problem(None)
        self._presenter.make_key(self, self._label.text(), self._new.value(), self._made, self._refused)

    def _made(self, files: EscrowFiles) -> None:
        self.files = files
        super().accept()

    def _refused(self, told: Explanation) -> None:
        self.set_problem(told)
        self._enable()

    def _enable(self) -> None:
        self.set_busy(not (self._label.text().strip() and self._new.ready()))


class SaveKeyDialog(Dialog):
    """Both files of a new key; it is worth something only once both are saved."""

    def __init__(self, parent: QWidget, presenter: AccessPresenter, files: EscrowFiles) -> None:
        super().__init__(
            parent,
            say("access.where_shall_key_lie"),
            accept=say("access.finish"),
            reject=say("access.discard_key"),
        )
        self._presenter = presenter
        self._files = files
        self._saved: dict[str, str] = {}
        self._signs: dict[str, tuple[Sign, Text]] = {}
        self.body.addWidget(_digits(files.holder))
        for which, words, icon, advice in (
            (PRIVATE, say("access.save_the_private_key"), "lock-simple", say("access.onto_stick_stays_safe")),
            (PUBLIC, say("access.save_the_public_key"), "share-network", say("access.desks_no_secret")),
        ):
            self.body.addWidget(self._row(which, words, icon, advice))
        self._enable()

    def save(self, which: str, path: Path) -> None:
        """Write one half to ``path``."""
        self.set_problem(None)
        content = self._files.private if which == PRIVATE else self._files.public
        self._presenter.save(self, path, content, partial(self._done, which), self._refused)

    def _row(self, which: str, words: str, icon: str, advice: str) -> QWidget:
        button = secondary(words, icon)
        button.setObjectName(f"save_{which}_key")
        button.clicked.connect(partial(self._choose, which))
        sign, state = Sign("missing"), Text(say("access.not_saved_yet"), "table", "text-2")
        self._signs[which] = (sign, state)
        card = Card(tone="sunken")
        card.body.addWidget(button)
        card.body.addWidget(Text(advice, "table", "text-2", wrap=True))
        card.body.addWidget(line(sign, state))
        return card

    def _choose(self, which: str) -> None:
        name, _ = QFileDialog.getSaveFileName(self, say("access.where_shall_key_lie"), _NAMES[which])
        if name:
            self.save(which, Path(name))

    def _done(self, which: str, path: Path) -> None:
        self._saved[which] = path.name
        sign, state = self._signs[which]
        sign.set("present")
        state.setText(say("access.saved_as_name", name=path.name))
        self._enable()

    def _refused(self, told: Explanation) -> None:
        self.set_problem(told)
        self.fit()

    def _enable(self) -> None:
        self.set_busy(set(self._saved) != {PUBLIC, PRIVATE})


class DigitsDialog(Dialog):
    """The digits of a public key, to read out to a desk."""

    def __init__(self, parent: QWidget, key: EscrowKey) -> None:
        super().__init__(parent, key.label, accept=say("common.close"))
        self.reject_button.hide()
        self.body.addWidget(_digits(key))
        self.body.addWidget(Notice("info", "", say("access.read_these_digits_desk_when")))


def _digits(key: EscrowKey) -> Card:
    card = Card(tone="sunken")
    card.body.addWidget(Text(say("access.digits_of_the_key"), "meta", "text-2"))
    shown = Text(key.fingerprint, "strong", wrap=True)
    shown.setObjectName("key_digits")
    card.body.addWidget(shown)
    return card
