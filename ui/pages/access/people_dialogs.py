"""Dialogs about the people who open the vault: add, rename, remove, and one's own passphrase."""

from PySide6.QtWidgets import QLineEdit, QWidget

from kimdesk.casework.access import Way
from kimdesk.texts import say
from ui.kit.field import FieldBox
from ui.kit.new_passphrase import NewPassphrase
from ui.pages.access.asking import ConfirmedDialog
from ui.pages.access.presenter import AccessPresenter


class PassphraseDialog(ConfirmedDialog):
    """The old passphrase and a new one."""

    def __init__(self, parent: QWidget, presenter: AccessPresenter) -> None:
        super().__init__(parent, say("access.change_the_passphrase"), accept=say("access.change"))
        self._presenter = presenter
        self._new = NewPassphrase(presenter.work)
        self.ask_passphrase(say("access.passphrase_until_now"))
        self._new.changed.connect(self.enable)
        self.body.addWidget(self._new)
        self.add_text(say("access.recovery_sheet_stays_valid_old"))

    def ready(self) -> bool:
        """Return whether the new passphrase is strong and typed twice."""
        return self._new.ready()

    def carry_out(self) -> None:
        """Change it."""
        self._presenter.change_passphrase(self, self.own.text(), self._new.value(), self.finish, self.refuse)


class AddUserDialog(ConfirmedDialog):
    """Who else may open the vault, with which passphrase."""

    def __init__(self, parent: QWidget, presenter: AccessPresenter) -> None:
        super().__init__(parent, say("access.who_else_may_open_vault"), accept=say("access.add_person"))
        self._presenter = presenter
        self._name = _name_field()
        self._name.textChanged.connect(lambda _: self.enable())
        self._new = NewPassphrase(presenter.work)
        self.add_text(say("access.person_reads_everything_vault_they"))
        self.body.addWidget(
            FieldBox(say("access.name_of_the_person"), self._name, say("access.shown_before_vault_opened"))
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
        super().__init__(parent, say("access.what_name_person"), accept=say("access.rename"))
        self._presenter = presenter
        self._person = person
        self._name = _name_field()
        self._name.setText(person.label)
        self._name.textChanged.connect(lambda _: self.enable())
        self.body.addWidget(FieldBox(say("access.name_of_the_person"), self._name))
        self.add_text(say("access.what_stands_audit_trail_so"))
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
        question = say("access.remove_name", name=person.label)
        super().__init__(parent, question, accept=say("common.remove"), danger=True)
        self._presenter = presenter
        self._person = person
        self.add_text(say("access.their_passphrase_no_longer_opens"))
        self.add_text(say("access.whoever_knew_passphrase_can_still"))
        self.ask_passphrase()

    def carry_out(self) -> None:
        """Remove the person."""
        self._presenter.remove_user(self, self.own.text(), self._person.id, self.finish, self.refuse)


def _name_field() -> QLineEdit:
    field = QLineEdit()
    field.setObjectName("person_name")
    field.setMaxLength(200)
    return field
