"""The tab of papers: what is missing, ends soon or is there, beside it the chosen one and the checklists."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kimdesk.casework.wallet import Wallet, WalletEntry, WalletGroup, wallet_of
from kimdesk.domain.kinds import ref_of
from kimdesk.domain.records import Attachment, CaseFile
from kimdesk.texts import say
from ui.case.attachments.adding import Purpose, ScanAdder
from ui.case.attachments.entries import head, row
from ui.case.attachments.lists_card import ListsCard
from ui.case.attachments.owners import ALL, Owners
from ui.case.attachments.preview import PreviewCard
from ui.case.attachments.wallet_list import ColumnHeads, WalletList
from ui.case.editing import Editing
from ui.case.tabs import CaseTab
from ui.kit.base import spaced
from ui.kit.buttons import Button, primary, quiet
from ui.kit.card import Card
from ui.kit.scroll import Columns, Page, column
from ui.kit.state import EmptyState, Notice
from ui.kit.text import Text
from ui.places import Place
from ui.theme import theme

_SIDE, _VIEWING = 284, 480


class AttachmentsTab(CaseTab, Page):
    """All papers of a case. Files can be dropped anywhere on it."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("tab_attachments")
        self._editing = editing
        self._wallet = Wallet((), ())
        self._chosen = ""
        self._brought = self._viewed = False
        self.notice = Notice("bad")
        self.notice.setObjectName("scans_notice")
        self.notice.hide()
        self.adder = ScanAdder(self, editing, self.notice, self._added)
        self._empty = EmptyState("file-text", say("case.there_no_document_yet_drop"), say("case.add_a_scan"))
        self._empty.pressed.connect(self.adder.choose)
        self._bare = self._enter_button("add_first_paper")
        self.body.addWidget(self.notice)
        self.body.addWidget(self._empty)
        self.body.addWidget(self._bare, 0, Qt.AlignmentFlag.AlignHCenter)
        self._preview = PreviewCard(editing, lambda paper: self.adder.choose(Purpose(paper=paper)))
        self._preview.viewing.connect(self._make_room)
        self._lists = ListsCard(lambda listing: editing.show(ref_of(listing)))
        self._side = column(self._preview, self._lists)
        papers = column(self._make_head(), self._make_list(), self._enter_button("add_paper"))
        self._columns = Columns([(papers, 0), (self._side, _SIDE)], spacing=14)
        self.body.addWidget(self._columns)
        self.viewport().setAcceptDrops(True)

    def show_file(self, file: CaseFile) -> None:
        """Show the papers of ``file``, first those that are missing, then those that end soon."""
        catalogue, today = self._editing.catalogue, self._editing.today
        self._wallet = wallet_of(catalogue, file, today)
        names = [(one.id, one.given_names or one.family_name) for one in file.persons]
        names += [("household", say("wallet.household_short")), ("", say("wallet.nobody_said"))]
        self._owners.show_counts(names, self._wallet.counted())
        self._show_rows(file)
        self._lists.show_lists(catalogue, self._wallet.lists)
        some = bool(self._wallet.entries)
        self._columns.setVisible(some)
        for widget in (self._empty, self._bare):
            widget.setVisible(not some)
        self._show_chosen()
        self._side.setVisible(bool(self._wallet.lists) or self._preview.isVisibleTo(self._side))
        if self._brought and theme().stacked and self._preview.isVisibleTo(self):
            QTimer.singleShot(0, self, self._bring_preview)
        self._brought = False

    def choose(self, place: Place) -> bool:
        """Show this paper next, and look at its scan."""
        if place.kind != "attachment":
            return super().choose(place)
        self._choose(place.key)
        self._viewed = True
        self._owners.show_all()
        return True

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

    def _make_head(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        spaced(row, 8)
        self._owners = Owners()
        self._owners.chosen.connect(lambda _: self.show_file(self._editing.file))
        self._add = primary(say("case.add_a_scan"), "plus")
        self._add.setObjectName("add_scan")
        self._add.clicked.connect(lambda _: self.adder.choose())
        row.addWidget(Text(say("common.documents"), "section"))
        row.addWidget(self._owners, 1)
        row.addWidget(self._add)
        return holder

    def _enter_button(self, name: str) -> Button:
        button = quiet(say("wallet.add_without_scan"), size="small")
        button.setObjectName(name)
        button.clicked.connect(lambda _=False: self._editing.open("attachment"))
        return button

    def _make_list(self) -> Card:
        card = Card()
        card.outer.setContentsMargins(1, 1, 1, 1)
        card.body.setSpacing(0)
        self._list = WalletList()
        self._list.setObjectName("scan_list")
        self._list.setAccessibleName(say("common.documents"))
        self._list.chosen.connect(self._show)
        self._list.pressed_on.connect(self._press)
        self._list.opened.connect(self._open)
        card.body.addWidget(ColumnHeads())
        card.body.addWidget(self._list)
        return card

    def _show_rows(self, file: CaseFile) -> None:
        catalogue, today = self._editing.catalogue, self._editing.today
        groups, whose = [], self._owners.value
        wanted = [one for one in self._wallet.entries if whose in (ALL, one.owner)]
        for group in WalletGroup:
            found = [one for one in wanted if one.group is group]
            if found:
                rows = [row(catalogue, one, file, today) for one in found]
                groups.append((head(group, len(found)), rows))
        self._list.set_rows(groups)

    def _entry(self, key: str) -> WalletEntry | None:
        return next((one for one in self._wallet.entries if one.key == key), None)

    def _choose(self, key: str) -> None:
        self._chosen, self._brought, self._viewed = key, True, False

    def _show(self, key: str) -> None:
        """Show what is said of a paper; its scan is looked at when that is asked for."""
        if key != self._chosen:
            self._choose(key)
            self._show_chosen()
            self._side.show()

    def _press(self, key: str) -> None:
        """Add the scan of what is missing; of a paper show what is said."""
        entry = self._entry(key)
        if entry and entry.paper is None:
            self._add_missing(entry)

    def _open(self, key: str) -> None:
        """Look at a scan; add the one that is missing."""
        entry = self._entry(key)
        if entry is None:
            return
        if entry.paper is None:
            self._add_missing(entry)
            return
        self._choose(key)
        self._viewed = True
        self.show_file(self._editing.file)

    def _add_missing(self, one: WalletEntry) -> None:
        label = one.label
        self.adder.choose(Purpose(one.about, one.document, label, one.person_id, one.household, one.item))

    def _show_chosen(self) -> None:
        entry = self._entry(self._chosen)
        self._preview.setVisible(entry is not None and entry.paper is not None)
        if entry is None or entry.paper is None:
            self._preview.forget()
            return
        self._list.show_current(entry.key)
        self._preview.show_entry(entry, self._editing.file, view=self._viewed)

    def _make_room(self, wide: bool) -> None:
        """Give the scan the room it needs to be read."""
        if not theme().stacked:
            self._side.setFixedWidth(theme().px(_VIEWING if wide else _SIDE))

    def _bring_preview(self) -> None:
        """Scroll to what was chosen: with large text it stands below the list."""
        top = self._preview.mapTo(self, QPoint(0, 0)).y()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + top - theme().px(8))

    def _added(self, saved: Attachment) -> None:
        self._choose(saved.id)
        self._viewed = True
        self.show_file(self._editing.file)
        self._editing.saved(say("case.document_added"))


def _paths(dragged: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in dragged.urls() if url.isLocalFile()]
