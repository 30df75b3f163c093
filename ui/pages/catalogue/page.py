"""The page Stammdaten of the Kreis: list, editor, preview as desks will see it, differences, publishing."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from kimdesk.casework.events import REGISTRY, Shows
from kimdesk.catalogue import drafting, editing
from kimdesk.catalogue.differences import in_force
from kimdesk.catalogue.drafting import Documents
from kimdesk.domain.dates import today
from kimdesk.texts import say
from kimdesk.texts.packs import gaps_in_words
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.kit.buttons import primary, secondary
from ui.kit.scroll import Columns, Page, column
from ui.kit.state import Notice
from ui.pages.catalogue.again import WriteAgain
from ui.pages.catalogue.dialogs import AddDialog, DropDialog, PublishDialog
from ui.pages.catalogue.layers import LayerStrip
from ui.pages.catalogue.listing import DocumentList
from ui.pages.catalogue.pane import DocumentPane
from ui.pages.catalogue.presenter import CataloguePresenter, DraftModel
from ui.pages.catalogue.side import SidePane
from ui.pages.catalogue.unchecked import Unchecked

if TYPE_CHECKING:
    from kimdesk.kreis.stock.publishing import Check, Published

_LIST, _SIDE = 236, 430
_PAUSE_MS = 350


class CataloguePage(DeskPage, Page):
    """Everything typed is kept as a draft; desks see it once it is published and taken over there."""

    shows = Shows(REGISTRY)

    def __init__(self, context: Context) -> None:
        super().__init__(say("packs.master_data"))
        self.setObjectName("catalogue_page")
        self._context, self._presenter = context, CataloguePresenter(context)
        self._documents: Documents = {}
        self._check: Check | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._keep)
        self._drop, self._publish = (
            secondary(say("editor.drop_draft")),
            primary(say("editor.publish_with_dots")),
        )
        self._drop.setObjectName("drop_draft")
        self._publish.setObjectName("publish")
        self._again = WriteAgain(context, self._refused)
        self._problem, self._layers = Notice("warn"), LayerStrip(context)
        self._problem.setObjectName("catalogue_problem")
        self._problem.hide()
        self._list, self._pane, self._side = DocumentList(), DocumentPane(), SidePane()
        self._unchecked = Unchecked(context)
        for button in (self._unchecked, self._again, self._drop, self._publish):
            self.add_action(button)
        for widget in (self._layers, self._problem):
            self.body.addWidget(widget)
        columns = [(column(self._list), _LIST), (self._pane, 0), (self._side, _SIDE)]
        self.body.addWidget(Columns(columns))
        self._connect()
        self._presenter.examples(self, self._side.show_examples)

    def refresh(self) -> None:
        """Read the draft again, unless something typed is still to be kept."""
        if not self._pause.isActive():
            self._presenter.read(self, self._show)
        self._unchecked.refresh()

    def flush(self) -> None:
        """Keep what was typed last: the desk is about to be locked."""
        if self._pause.isActive():
            self._keep()
        super().flush()

    def _connect(self) -> None:
        self._drop.clicked.connect(
            lambda: DropDialog(self, lambda: self._presenter.drop(self, self._dropped)).open()
        )
        self._publish.clicked.connect(self._ask_to_publish)
        self._list.chosen.connect(self._open)
        self._list.folder_chosen.connect(lambda _: self._open_first())
        self._list.add_wanted.connect(lambda: AddDialog(self, self._list.folder, self._added).open())
        self._pane.edited.connect(self._edited)
        self._pane.section_chosen.connect(lambda: self._open(self._pane.path))
        self._pane.reset_wanted.connect(self._reset)
        self._pane.end_wanted.connect(self._end)

    def _show(self, model: DraftModel) -> None:
        if self._pause.isActive():
            return  # what was typed meanwhile is newer
        self._layers.show_layers(model)
        self._drop.setVisible(model.draft.begun)
        self._again.show_last(None if model.draft.begun else model.last)
        if self._pane.path and self._documents == model.draft.documents:
            self._look()
            return
        self._documents = dict(model.draft.documents)
        if in_force(self._documents, self._pane.path or " ") is None:
            self._open_first()
        else:
            self._open(self._pane.path)

    def _show_list(self) -> None:
        self._list.show_documents(drafting.editable(self._documents, self._list.folder), self._pane.path)

    def _open_first(self) -> None:
        self._open(drafting.editable(self._documents, self._list.folder)[0].path)
        self._show_list()

    def _open(self, path: str) -> None:
        catalogue = self._check.catalogue if self._check else self._context.catalogue
        self._pane.show_document(catalogue, path, self._documents)
        self._look()

    def _edited(self, table: dict[str, Any]) -> None:
        if drafting.lost(self._pane.path, table):
            self._context.toast(say("editor.cannot_be_removed"))
            self._open(self._pane.path)
            return
        self._documents = drafting.edited(self._documents, self._pane.path, table)
        self._pane.show_standing(self._documents)
        self._pause.start()

    def _reset(self) -> None:
        self._documents = drafting.reset(self._documents, self._pane.path)
        if in_force(self._documents, self._pane.path) is None:
            self._open_first()
        else:
            self._open(self._pane.path)
        self._keep()

    def _end(self) -> None:
        path = self._pane.path
        table = in_force(self._documents, path) or {}
        self._documents = {**self._documents, path: {**table, "valid_until": today().isoformat()}}
        self._open(path)
        self._keep()

    def _added(self, name: str) -> None:
        kind = next(one for one in editing.kinds() if one.folder == self._list.folder)
        taken = drafting.taken_codes(self._documents, kind.folder)
        path, table = editing.new_document(kind, name, taken)
        self._documents = {**self._documents, path: table}
        self._open(path)
        self._show_list()
        self._keep()
        self._pane.focus()

    def _keep(self) -> None:
        self._pause.stop()
        self._drop.show()
        self._presenter.keep(self, self._documents, lambda _: self._look())

    def _dropped(self, _: object) -> None:
        self._pause.stop()
        self._check = None
        self._context.toast(say("editor.dropped"))
        self.refresh()

    def _look(self) -> None:
        self._presenter.check(self, self._documents, self._checked, self._not_yet)

    def _checked(self, check: "Check") -> None:
        self._check = check
        self._problem.hide()
        self._publish.setEnabled(True)
        self._show_list()
        self._side.show_check(check, self._pane.path, self._pane.section)

    def _not_yet(self, told: Explanation) -> None:
        """Say what is still missing or wrong; the preview stays at what last fitted."""
        self._publish.setEnabled(False)
        missing = gaps_in_words(self._documents)
        self._problem.set("warn", say("editor.not_yet"), missing or told.message)
        self._problem.show()
        self._show_list()

    def _ask_to_publish(self) -> None:
        if self._pause.isActive():
            self._keep()
        if self._check is not None:
            PublishDialog(self, self._context, self._presenter, self._check, self._published).open()

    def _refused(self, told: Explanation) -> None:
        self._problem.explain(told)
        self._problem.show()

    def _published(self, made: "Published") -> None:
        self._check = None
        self._context.toast(say("editor.was_published", version=made.version, day=made.valid_from))
        self.refresh()
