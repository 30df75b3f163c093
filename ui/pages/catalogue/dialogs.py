"""Adding a document, and publishing the draft."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from kimdesk.domain.dates import today
from kimdesk.texts import dates, say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.forms.dates import read_date
from ui.kit.buttons import secondary
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.kit.text import Text
from ui.pages.catalogue.presenter import CataloguePresenter
from ui.pages.packs.differences import DifferenceList
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.kreis.stock.publishing import Check, Published

_WIDTH = 720


class AddDialog(Dialog):
    """Asks what the new document is called; ``named`` gets it."""

    def __init__(self, parent: QWidget, folder: str, named: Callable[[str], None]) -> None:
        super().__init__(parent, say(f"editor.ask_{folder}"), accept=say("common.add"))
        self.setObjectName("add_document_dialog")
        self._named = named
        self._name = QLineEdit()
        self._name.setObjectName("document_name")
        self._name.setMaxLength(120)
        self._box = FieldBox(say("common.name"), self._name)
        self.body.addWidget(self._box)

    def accept(self) -> None:
        """Hand the name on."""
        name = self._name.text().strip()
        if not name:
            self._box.set_error(say("editor.name_it"))
            return
        super().accept()
        self._named(name)


class DropDialog(Dialog):
    """Asks whether the draft may go; ``dropped`` is called then."""

    def __init__(self, parent: QWidget, dropped: Callable[[], None]) -> None:
        super().__init__(
            parent,
            say("editor.drop_it"),
            accept=say("editor.drop_draft"),
            reject=say("editor.go_on"),
            danger=True,
        )
        self.setObjectName("drop_dialog")
        self.add_text(say("editor.what_goes"))
        self.accepted.connect(dropped)


class PublishDialog(Dialog):
    """Shows once more what changes, asks from when, what to tell, and where the file goes."""

    def __init__(
        self, parent: QWidget, context: Context, presenter: CataloguePresenter, check: "Check",
        published: "Callable[[Published], None]",
    ) -> None:  # fmt: skip
        question = say("editor.publish_version", version=check.layer.version)
        super().__init__(parent, question, accept=say("editor.publish"))
        self.setObjectName("publish_dialog")
        self.widen(_WIDTH)
        self._presenter, self._published, self._folder = presenter, published, Path()
        self._day = QLineEdit(dates.full(today()))
        self._day.setObjectName("publish_day")
        self._day_box = FieldBox(say("editor.valid_from"), self._day, say("editor.valid_from_help"))
        self.body.addWidget(self._day_box)
        self._note = QPlainTextEdit()
        self._note.setObjectName("publish_note")
        self._note.setTabChangesFocus(True)
        self._note.setFixedHeight(theme().px(76))
        self.body.addWidget(FieldBox(say("editor.note_to_the_desks"), self._note))
        choose = secondary(say("editor.choose_folder"), "folder-open", size="small")
        choose.setObjectName("publish_folder")
        choose.clicked.connect(self._choose)
        self._place = FieldBox(say("editor.where_to"), choose)
        self._where = Text("", "table", "text-2", wrap=True)
        self._place.add_below(self._where)
        self.body.addWidget(self._place)
        self.body.addWidget(Text(say("packs.differences", n=len(check.differences)), "strong", wrap=True))
        changes = DifferenceList()
        changes.show_differences(check.differences, check.catalogue)
        self.body.addWidget(changes)
        self.add_text(say("editor.travels_by_stick"))

    def accept(self) -> None:
        """Publish; the dialog stays when that is refused."""
        day = self._read_day()
        self._place.set_error(None if self._folder != Path() else say("editor.choose_a_folder"))
        if day is None or self._folder == Path():
            return
        self.set_busy(True)
        note = self._note.toPlainText()
        self._presenter.publish(self, self._folder, day, note, self._done, self._refused)

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, say("editor.choose_folder"))
        if name:
            self._folder = Path(name)
            self._where.setText(name)
            self._place.set_error(None)
            self.fit()

    def _read_day(self) -> date | None:
        try:
            day = read_date(self._day.text(), today())
        except ValueError:
            day = None
        self._day_box.set_error(None if day else say("editor.no_day"))
        return day

    def _done(self, made: "Published") -> None:
        super().accept()
        self._published(made)

    def _refused(self, told: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(told)
