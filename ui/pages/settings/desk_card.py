"""The desk: its name, who works here, for which municipalities."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kimdesk.catalogue import municipalities
from kimdesk.texts import say
from ui.desk.context import Context
from ui.forms.editors.municipalities import MunicipalitiesEditor
from ui.kit.base import spaced
from ui.kit.buttons import secondary
from ui.kit.card import Card
from ui.kit.field import FieldBox
from ui.kit.text import Text
from ui.pages.settings.presenter import SettingsPresenter


class DeskCard(Card):
    """Name and worker are fixed in the vault; the municipalities can be changed."""

    def __init__(self, presenter: SettingsPresenter, context: Context) -> None:
        super().__init__(say("common.desk"))
        self._presenter = presenter
        self._context = context
        desk = context.desk
        role = (
            say("settings.desk_of_the_kreis")
            if desk.role == "kreis"
            else say("settings.desk_of_a_municipality")
        )
        for word, value in (
            (say("common.name"), desk.name),
            (say("settings.kind"), role),
            (say("settings.works_here"), desk.actor or "–"),
        ):
            self.body.addWidget(_fact(word, value))
        if desk.role != "desk":
            return
        self._places = MunicipalitiesEditor(desk.municipalities)
        self._places.name("municipalities", say("common.municipalities"))
        who, day = municipalities.source()
        words = say("settings.municipalities_you_work_for", source=who, day=day)
        self._box = FieldBox(say("common.municipalities"), self._places, words)
        self.body.addWidget(self._box)
        save = secondary(say("common.save"), size="small")
        save.setObjectName("save_municipalities")
        save.clicked.connect(self._save)
        row = QHBoxLayout()
        row.addWidget(save)
        row.addStretch(1)
        self.body.addLayout(row)

    def _save(self) -> None:
        keys = self._places.keys()
        self._box.set_error(None if keys is not None else say("common.not_a_municipality"))
        if keys is not None:
            self._presenter.keep_municipalities(self, keys, self._saved)

    def _saved(self, _: None) -> None:
        self._context.toast(say("settings.saved"))


def _fact(word: str, value: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    spaced(row, 10)
    row.addWidget(Text(word, "table", "text-2"))
    row.addStretch(1)
    row.addWidget(Text(value, "body"))
    return holder
