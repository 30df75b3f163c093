"""The table of received files."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal

from kimdesk.texts import say
from ui.kit.fit_table import FitTable
from ui.kit.rows import ItemRole
from ui.pages.inbox.model import InboxTable

if TYPE_CHECKING:
    from kimdesk.kreis import InboxRow

WHO, PACKAGE, ARRIVED, RESULT, RECEIPT = range(5)
WIDTHS = {WHO: 164, PACKAGE: 64, ARRIVED: 122, RECEIPT: 96}
RESULT_LEAST = 232  # at 1280 pixels nothing is to be scrolled sideways


class FilesTable(FitTable):
    """``chosen`` carries the desk of a row that was entered."""

    chosen = Signal(str)

    def __init__(self) -> None:
        self._files = InboxTable()
        super().__init__(self._files, say("kreis.received_packages"), WIDTHS, RESULT, RESULT_LEAST)
        self.setObjectName("received_files")
        self.opened.connect(self._choose)

    def show_rows(self, rows: Sequence["InboxRow"], today: date) -> None:
        """Show ``rows``."""
        self._files.replace(rows, today)

    def _choose(self, index: QModelIndex) -> None:
        if desk_id := index.data(ItemRole.KEY):
            self.chosen.emit(desk_id)
