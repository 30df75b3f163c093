"""Who works here, for which municipalities, and where the vault lies."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from kimdesk.catalogue import municipalities
from kimdesk.texts import say
from ui.forms.editors.municipalities import MunicipalitiesEditor
from ui.kit.base import spaced
from ui.kit.buttons import quiet
from ui.kit.field import FieldBox
from ui.kit.text import Text
from ui.pages.wizard.presenter import Answers, Role, free_folder


class DetailsStep(QWidget):
    """Who, where, and for a Kreis its server; ``changed`` after each key."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._role: Role = "desk"
        self._own_folder = False
        column = QVBoxLayout(self)
        spaced(column, 12)
        self._title = Text("", "figure", wrap=True)
        column.addWidget(self._title)
        self._name, self._user, self._folder, self._server = (QLineEdit() for _ in range(4))
        self._server.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)  # it tells a password
        fields = (self._name, self._user, self._folder, self._server)
        names = ("desk_name", "user_name", "vault_folder", "registry_server")
        for editor, name in zip(fields, names, strict=True):
            editor.setObjectName(name)
            editor.textEdited.connect(lambda _: self.changed.emit())
        self._places = MunicipalitiesEditor()
        self._places.name("municipalities", say("common.municipalities"))
        self._places.changed.connect(self.changed)
        self._name.textEdited.connect(lambda _: self._propose_folder())
        self._folder.textEdited.connect(lambda _: self._keep_folder())
        self._boxes = self._make_boxes()
        for box in self._boxes.values():
            column.addWidget(box)
        column.addStretch(1)
        self.setFocusProxy(self._name)

    def _make_boxes(self) -> dict[str, FieldBox]:
        who, day = municipalities.source()
        boxes = {
            "name": FieldBox(
                say("wizard.name_of_the_office"),
                self._name,
                say("wizard.example_eschenried_stands_title_recovery"),
                required=True,
            ),
            "user": FieldBox(say("wizard.your_name"), self._user, say("wizard.name_signs")),
            "ags": FieldBox(
                say("common.municipalities"),
                self._places,
                say("wizard.municipalities_you_work_for", source=who, day=day),
            ),
            "folder": FieldBox(
                say("common.folder_of_the_vault"), self._folder, say("common.computer_not_network_drive")
            ),
        }
        boxes["server"] = FieldBox(
            say("wizard.database_server"), self._server, say("wizard.database_server_when")
        )
        choose = quiet(say("common.choose"), "folder-open", size="small")
        choose.setObjectName("choose_vault_folder")
        choose.clicked.connect(self._choose)
        boxes["folder"].add_action(choose)
        return boxes

    def begin(self, role: Role) -> None:
        """Ask for a desk with ``role``."""
        self._role = role
        self._title.setText(
            say("wizard.who_works_here") if role == "desk" else say("wizard.which_kreis_is_this")
        )
        self._boxes["ags"].setVisible(role == "desk")
        self._boxes["server"].setVisible(role == "kreis")
        self._propose_folder()

    def ready(self) -> bool:
        """Return whether enough was said."""
        return bool(self._name.text().strip() and self._folder.text().strip())

    def answers(self) -> Answers | None:
        """Return what was said; None, with the reason at its field, when something does not fit."""
        keys = self._places.keys() if self._role == "desk" else ()
        self._boxes["ags"].set_error(None if keys is not None else say("common.not_a_municipality"))
        folder = Path(self._folder.text().strip()).expanduser()
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
        self._boxes["folder"].set_error(
            say("wizard.there_something_folder_already_choose") if taken else None
        )
        if keys is None or taken:
            return None
        server = self._server.text().strip() if self._role == "kreis" else ""
        name, user = self._name.text().strip(), self._user.text().strip()
        return Answers(self._role, name, user, keys, folder, server)

    def _propose_folder(self) -> None:
        if not self._own_folder:
            self._folder.setText(str(free_folder(self._name.text().strip() or "KIMdesk")))

    def _keep_folder(self) -> None:
        self._own_folder = True

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, say("common.folder_of_the_vault"))
        if name:
            self._own_folder = True
            self._folder.setText(name)
            self.changed.emit()
