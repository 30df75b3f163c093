"""What can be edited: the documents of each kind, each with where it stands."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from kimdesk.catalogue.drafting import DraftStanding, Editable
from kimdesk.catalogue.editing import kinds
from kimdesk.texts import say
from ui.kit.buttons import secondary
from ui.kit.card import Card
from ui.kit.drop_down import DropDown
from ui.kit.field import FieldBox
from ui.theme import theme

_ROW, _SHOWN = 28, 18
_STACKED = 6  # rows with large text: the editor below is what the page is for


class DocumentList(Card):
    """``chosen`` carries a path, ``folder_chosen`` a folder, ``add_wanted`` nothing."""

    chosen = Signal(str)
    folder_chosen = Signal(str)
    add_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._folder = DropDown()
        self._folder.setObjectName("catalogue_folder")
        for kind in kinds():
            self._folder.addItem(say(f"editor.folder_{kind.folder}"), kind.folder)
        self._folder.activated.connect(lambda _: self.folder_chosen.emit(self.folder))
        self.body.addWidget(FieldBox(say("editor.what"), self._folder))
        self._list = QListWidget()
        self._list.setObjectName("catalogue_documents")
        self._list.setAccessibleName(say("editor.documents"))
        self._list.setFixedHeight(theme().px(_ROW) * (_STACKED if theme().stacked else _SHOWN))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.currentItemChanged.connect(self._choose)
        self.body.addWidget(self._list)
        self._add = secondary("", "plus", size="small")
        self._add.setObjectName("add_document")
        self._add.clicked.connect(self.add_wanted)
        self.body.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def folder(self) -> str:
        """Return the folder that is shown."""
        found: str = self._folder.currentData()
        return found

    def show_documents(self, documents: Sequence[Editable], current: str) -> None:
        """Show ``documents``, ``current`` chosen; nobody is told."""
        self._list.blockSignals(True)
        self._list.clear()
        for each in documents:
            words = each.name if each.standing is DraftStanding.SHIPPED else _with(each)
            item = QListWidgetItem(words, self._list)
            item.setToolTip(words)
            item.setData(Qt.ItemDataRole.UserRole, each.path)
            item.setSizeHint(QSize(0, theme().px(_ROW)))
            if each.path == current:
                self._list.setCurrentItem(item)
        self._list.blockSignals(False)
        adds = any(kind.adds for kind in kinds() if kind.folder == self.folder)
        self._add.setVisible(adds)
        if adds:
            self._add.setText(say(f"editor.add_{self.folder}"))

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))


def _with(each: Editable) -> str:
    return f"{each.name} · {say(f'editor.standing_{each.standing}')}"
