"""How new cases are numbered."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from kimdesk.domain.errors import CaseworkError
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.kit.buttons import secondary
from ui.kit.card import Card
from ui.kit.field import FieldBox
from ui.kit.text import Text
from ui.pages.settings.presenter import SettingsPresenter

if TYPE_CHECKING:
    from kimdesk.casework.office import FileNumbers


class NumbersCard(Card):
    """The template of file numbers and the short name of the office, with an example while typing."""

    def __init__(self, presenter: SettingsPresenter, context: Context) -> None:
        super().__init__(say("settings.file_numbers"))
        self._presenter = presenter
        self._context = context
        self._template, self._office = QLineEdit(), QLineEdit()
        self._template.setObjectName("file_number_template")
        self._office.setObjectName("file_number_office")
        places = say(
            "settings.places_of_template", number="{lfd}", year="{JJJJ}", short="{JJ}", office="{OE}"
        )
        self._box = FieldBox(say("common.template"), self._template, places)
        self.body.addWidget(self._box)
        self.body.addWidget(FieldBox(say("settings.short_name_office"), self._office))
        self._example = Text("", "table", "text-2", wrap=True)
        self._example.setObjectName("file_number_example")
        self.body.addWidget(self._example)
        self._save = secondary(say("common.save"), size="small")
        self._save.setObjectName("save_file_numbers")
        self._save.clicked.connect(self._keep)
        row = QHBoxLayout()
        row.addWidget(self._save)
        row.addStretch(1)
        self.body.addLayout(row)
        for editor in (self._template, self._office):
            editor.textEdited.connect(lambda _: self._show_example())

    def show_numbers(self, numbers: "FileNumbers") -> None:
        """Show how cases are numbered now; what is being typed stays."""
        if not self._template.isModified() and not self._office.isModified():
            self._template.setText(numbers.template)
            self._office.setText(numbers.office)
        self._show_example()

    def _show_example(self) -> None:
        try:
            self._example.setText(self._presenter.example_number(self._template.text(), self._office.text()))
            self._box.set_error(None)
        except CaseworkError as refused:
            self._example.setText("")
            self._box.set_error(self._presenter.told(refused).hint)

    def _keep(self) -> None:
        self._presenter.keep_numbers(
            self, self._template.text(), self._office.text(), self._kept, self._refused
        )

    def _kept(self, numbers: "FileNumbers") -> None:
        for editor in (self._template, self._office):
            editor.setModified(False)
        self.show_numbers(numbers)
        self._context.toast(say("settings.saved_new_cases_numbered_so"))

    def _refused(self, explanation: Explanation) -> None:
        self._box.set_error(f"{explanation.message} {explanation.hint}")
