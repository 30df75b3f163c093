"""The list of desks."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal

from kimdesk.texts import say
from ui.kit.fit_table import FitTable
from ui.pages.desks.model import DesksTable

if TYPE_CHECKING:
    from kimdesk.kreis import DeskRow
    from ui.pages.desks.presenter import DesksModel

NAME, STATE, LAST, MISSING, HEARD, CASES, PACK = range(7)
WIDTHS = {NAME: 120, LAST: 66, MISSING: 56, HEARD: 116, CASES: 92, PACK: 136}
STATE_LEAST = 200


class DeskList(FitTable):
    """``chosen`` carries the desk that is selected, None for none."""

    chosen = Signal(object)

    def __init__(self) -> None:
        self._desks = DesksTable()
        super().__init__(self._desks, say("common.desks"), WIDTHS, STATE, STATE_LEAST)
        self.setObjectName("desk_list")
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit(self.current()))

    def current(self) -> "DeskRow | None":
        """Return the desk that is selected."""
        rows = self.selectionModel().selectedRows()
        return self._desks.rows[rows[0].row()] if rows else None

    def show_desks(self, model: "DesksModel", wanted: str) -> None:
        """Show the desks and choose the one ``wanted``, else the one chosen before, else the first."""
        before = self.current()
        with QSignalBlocker(self.selectionModel()):
            self._desks.replace(model)
            if model.desks:
                self.selectRow(max(self._desks.row_of(wanted or (before.id if before else "")), 0))
        self.viewport().update()
        self.chosen.emit(self.current())
