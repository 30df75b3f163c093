"""Somebody saved meanwhile: both versions side by side, and the choice between them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from ui.forms.display import Difference
from ui.kit.base import spaced
from ui.kit.buttons import secondary
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.text import tr

_MOST = 6


class ConflictNotice(Notice):
    """Says that the stored version is newer; ``keep`` or ``take`` is pressed. Nothing is lost before that."""

    keep = Signal()
    take = Signal()

    def __init__(self, differences: Sequence[Difference]) -> None:
        super().__init__(
            "warn",
            tr("These entries were changed elsewhere in the meantime"),
            tr("Nothing is lost: both versions are still there. Which one shall be kept?"),
        )
        self.setObjectName("conflict")
        grid = QGridLayout()
        spaced(grid, 8, (0, 8, 0, 0))
        for column, head in enumerate((tr("Field"), tr("Your version"), tr("Saved version"))):
            grid.addWidget(Text(head, "label", "text-2"), 0, column)
            grid.setColumnStretch(column, 1 if column else 0)
        for row, one in enumerate(differences[:_MOST], 1):
            for column, text in enumerate((one.label, one.mine, one.theirs)):
                grid.addWidget(Text(text, "table", wrap=True), row, column, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(grid)
        if len(differences) > _MOST:
            self.body.addWidget(Text(tr("and {n} more", n=len(differences) - _MOST), "meta", "text-2"))
        mine = secondary(tr("Keep my version"), size="small")
        mine.setObjectName("conflict_keep")
        mine.clicked.connect(self.keep)
        theirs = secondary(tr("Load the saved version"), size="small")
        theirs.setObjectName("conflict_take")
        theirs.clicked.connect(self.take)
        self.add_action(mine)
        self.add_action(theirs)
