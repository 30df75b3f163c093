"""The middle of the page: which document is edited, where it stands, its editor, the ways back."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.catalogue import drafting
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.differences import in_force
from kimdesk.catalogue.drafting import Documents, DraftStanding
from kimdesk.catalogue.editing import kind_of
from kimdesk.texts import say
from ui.forms.flow import FlowBox
from ui.kit.base import spaced
from ui.kit.buttons import Button, quiet
from ui.kit.text import Text
from ui.pages.catalogue.editor import DocumentEditor


class DocumentPane(QWidget):
    """``edited`` carries the document after an edit; the other signals say what is asked for."""

    edited = Signal(object)
    reset_wanted = Signal()
    end_wanted = Signal()
    section_chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = Text("", "section", wrap=True)
        self._title.setObjectName("document_title")
        self._standing = Text("", "table", "text-2", wrap=True)
        self._reset = _way("arrow-counter-clockwise", "reset_document")
        self._reset.clicked.connect(self.reset_wanted)
        self._end = _way("minus-circle", "end_document")
        self._end.setText(say("editor.end_service"))
        self._end.clicked.connect(self.end_wanted)
        self._editor = DocumentEditor()
        self._editor.edited.connect(self._edited)
        self._editor.section_chosen.connect(lambda _: self.section_chosen.emit())
        ways = FlowBox(8)
        ways.flow.addWidget(self._reset)
        ways.flow.addWidget(self._end)
        column = QVBoxLayout(self)
        spaced(column, 8)
        for widget in (self._title, self._standing, ways, self._editor):
            column.addWidget(widget)
        column.addStretch(1)
        self.path = ""

    @property
    def section(self) -> int:
        """Return which section of a form is edited."""
        return self._editor.section

    def show_document(self, catalogue: Catalogue, path: str, documents: Documents) -> None:
        """Edit the document at ``path``."""
        if path != self.path:
            self._editor.section = 0
        self.path = path
        titles = {one.path[10:-5]: one.name for one in drafting.editable(documents, "codelists")}
        self._editor.show_document(catalogue, path, in_force(documents, path) or {}, titles)
        self.show_standing(documents)

    def show_standing(self, documents: Documents) -> None:
        """Say where the document stands now."""
        found = drafting.editable(documents, self.path.rpartition("/")[0])
        one = next(each for each in found if each.path == self.path)
        self._title.setText(one.name)
        self._standing.setText(say(f"editor.stands_{one.standing}"))
        self._reset.setVisible(one.standing is not DraftStanding.SHIPPED)
        self._reset.setText(say("editor.remove_own" if one.standing is DraftStanding.OWN else "editor.reset"))
        kind = kind_of(self.path)
        self._end.setVisible(kind is not None and kind.ends and one.standing is not DraftStanding.ENDED)

    def focus(self) -> None:
        """Put the keyboard into the first field."""
        self._editor.focus()

    def _edited(self, table: dict[str, Any]) -> None:
        self.edited.emit(table)


def _way(icon: str, name: str) -> Button:
    found = quiet("", icon, size="small")
    found.setObjectName(name)
    return found
