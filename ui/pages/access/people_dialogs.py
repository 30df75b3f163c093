"""Dialogs about the people who open the vault: add, rename, remove, and one's own passphrase."""

from PySide6.QtWidgets import QLineEdit, QWidget

from kimdesk.casework.access import Way
from ui.kit.field import FieldBox
from ui.kit.new_passphrase import NewPassphrase
from ui.pages.access.asking import ConfirmedDialog
from ui.pages.access.presenter import AccessPresenter
from ui.text import tr


class PassphraseDialog(ConfirmedDialog):
    """The old passphrase and a new one."""

    def __init__(self, parent: QWidget, presenter: AccessPresenter) -> None:
        super().__init__(parent, tr("Change the passphrase?"), accept=tr("Change"))
        self._presenter = presenter
        self._new = NewPassphrase(presenter.work)
        self.ask_passphrase(tr("Passphrase until now"))
        self._new.changed.connect(self.enable)
        self.body.addWidget(self._new)
        self.add_text(
            tr("The recovery sheet stays valid. Old copies of the vault still open with the old passphrase.")
        )

    def ready(self) -> bool:
        """Return whether the new passphrase is strong and typed twice."""
        return self._new.ready()

    def carry_out(self) -> None:
        """Change it."""
        self._presenter.change_passphrase(self, self.own.text(), self._new.value(), self.finish, self.refuse)


class AddPersonDialog(ConfirmedDialog):
    """Who else may open the vault, with which passphrase."""

    def __init__(self, parent: QWidget, presenter: AccessPresenter) -> None:
        super().__init__(parent, tr("Who else may open this vault?"), accept=tr("Add person"))
        self._presenter = presenter
        self._name = _name_field()
        self._name.textChanged.connect(lambda _: self.enable())
        self._new = NewPassphrase(presenter.work)
        self.add_text(
            tr(
                "This person reads everything in the vault. They choose their passphrase themselves, here;"
                " yours stays yours."
            )
        )
        self.body.addWidget(
            FieldBox(tr("Name of the person"), self._name, tr("Shown before the vault is opened."))
        )
        self.body.addWidget(self._new)
        self.ask_passphrase()
        self._new.changed.connect(self.enable)

    def ready(self) -> bool:
        """Return whether there are a name and a passphrase."""
        return bool(self._name.text().strip()) and self._new.ready()

    def carry_out(self) -> None:
        """Let the person in."""
        name, new = self._name.text(), self._new.value()
        self._presenter.add_user(self, self.own.text(), name, new, self.finish, self.refuse)


class RenamePersonDialog(ConfirmedDialog):
    """Another name for a person."""

    def __init__(self, parent: QWidget, presenter: AccessPresenter, person: Way) -> None:
        super().__init__(parent, tr("What is the name of this person?"), accept=tr("Rename"))
        self._presenter = presenter
        self._person = person
        self._name = _name_field()
        self._name.setText(person.label)
        self._name.textChanged.connect(lambda _: self.enable())
        self.body.addWidget(FieldBox(tr("Name of the person"), self._name))
        self.add_text(tr("What stands in the audit trail so far keeps the old name."))
        self.ask_passphrase()

    def ready(self) -> bool:
        """Return whether there is a name."""
        return bool(self._name.text().strip())

    def carry_out(self) -> None:
        """Rename the person."""
        name = self._name.text()
        self._presenter.rename_user(self, self.own.text(), self._person.id, name, self.finish, self.refuse)


class RemovePersonDialog(ConfirmedDialog):
    """Whether a person shall no longer open the vault, and what that does not do."""

    def __init__(self, parent: QWidget, presenter: AccessPresenter, person: Way) -> None:
        question = tr("Remove “{name}”?", name=person.label)
        super().__init__(parent, question, accept=tr("Remove"), danger=True)
        self._presenter = presenter
        self._person = person
        self.add_text(tr("Their passphrase no longer opens this vault. No case is lost."))
        self.add_text(
            tr(
                "Whoever knew the passphrase can still open older copies and backups with it. If you must"
                " shut someone out for good, give the vault a new key afterwards."
            )
        )
        self.ask_passphrase()

    def carry_out(self) -> None:
        """Remove the person."""
        self._presenter.remove_user(self, self.own.text(), self._person.id, self.finish, self.refuse)


def _name_field() -> QLineEdit:
    field = QLineEdit()
    field.setObjectName("person_name")
    field.setMaxLength(200)
    return field
