"""The tab of documents: scans at the left, the chosen one in full beside it."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout

from kimdesk.domain.records import Attachment, CaseFile
from kimdesk.texts import say
from ui.case.attachments.adding import ScanAdder
from ui.case.attachments.preview import PreviewCard
from ui.case.attachments.rows import ordered, row
from ui.case.editing import Editing
from ui.case.tabs import CaseTab
from ui.kit.base import spaced
from ui.kit.buttons import primary
from ui.kit.listing import Listing
from ui.kit.scroll import Columns, Page, column
from ui.kit.state import EmptyState, Notice
from ui.kit.text import Text
from ui.places import Place
from ui.theme import theme

_PREVIEW = 480


class AttachmentsTab(CaseTab, Page):
    """All scans of a case. Files can be dropped anywhere on it."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("tab_attachments")
        self._editing = editing
        self._chosen = ""
        self._brought = False
        self.notice = Notice("bad")
        self.notice.setObjectName("scans_notice")
        self.notice.hide()
        self.adder = ScanAdder(self, editing, self.notice, self._added)
        self._empty = EmptyState("file-text", say("case.there_no_document_yet_drop"), say("case.add_a_scan"))
        self._empty.pressed.connect(self.adder.choose)
        self.body.addLayout(self._make_head())
        self.body.addWidget(self.notice)
        self.body.addWidget(self._empty)
        self._columns = Columns([(column(self._make_list()), 0), (column(*self._make_side()), _PREVIEW)])
        self.body.addWidget(self._columns)
        self.viewport().setAcceptDrops(True)

    def show_file(self, file: CaseFile) -> None:
        """Show the attachments of ``file``, first those that are about to expire."""
        today = self._editing.today
        found = ordered(self._editing.catalogue, file.attachments, today)
        self._count.setText(say("case.documents", n=len(found)))
        self._list.set_rows([(None, [row(self._editing.catalogue, one, today) for one in found])])
        self._empty.setVisible(not found)
        self._columns.setVisible(bool(found))
        self._add.setVisible(bool(found))
        self._count.setVisible(bool(found))
        self._show_chosen()
        if self._brought and theme().stacked and self._preview.isVisibleTo(self):
            QTimer.singleShot(0, self, self._bring_preview)
        self._brought = False

    def choose(self, place: Place) -> bool:
        """Show this attachment next."""
        if place.kind != "attachment":
            return super().choose(place)
        self._chosen, self._brought = place.key, True
        return True

    def _open(self, key: str) -> None:
        self._chosen, self._brought = key, True
        self.show_file(self._editing.file)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of this computer."""
        if _paths(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take them anywhere on the tab."""
        if _paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the files."""
        event.acceptProposedAction()
        self.adder.add([Path(name) for name in _paths(event.mimeData())])

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        spaced(head, 8)
        self._count = Text("", "section")
        self._add = primary(say("case.add_a_scan"), "plus")
        self._add.setObjectName("add_scan")
        self._add.clicked.connect(lambda _: self.adder.choose())
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._add)
        return head

    def _make_list(self) -> Listing:
        self._list = Listing(fit=True)
        self._list.setObjectName("scan_list")
        self._list.setAccessibleName(say("common.documents"))
        self._list.opened.connect(self._open)
        return self._list

    def _make_side(self) -> tuple[PreviewCard, EmptyState]:
        self._preview = PreviewCard(self._editing)
        self._nothing = EmptyState("eye", say("case.choose_document_look_at_each"))
        return self._preview, self._nothing

    def _show_chosen(self) -> None:
        file = self._editing.file
        one = next((each for each in file.attachments if each.id == self._chosen), None)
        self._preview.setVisible(one is not None)
        self._nothing.setVisible(one is None and not theme().stacked)
        if one is None:
            self._preview.forget()
        else:
            self._list.setCurrentIndex(self._list.model().index(self._list.keys().index(one.id), 0))
            self._preview.show_attachment(one, file)

    def _bring_preview(self) -> None:
        """Scroll to what was chosen: with large text it stands below the list."""
        top = self._preview.mapTo(self, QPoint(0, 0)).y()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + top - theme().px(8))

    def _added(self, saved: Attachment) -> None:
        self._open(saved.id)
        self._editing.saved(say("case.document_added"))


def _paths(dragged: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in dragged.urls() if url.isLocalFile()]
