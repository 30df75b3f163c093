"""Somebody saved meanwhile: both versions side by side, and the choice between them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from kimdesk.texts import say
from ui.forms.display import Difference
from ui.kit.base import spaced
from ui.kit.buttons import secondary
from ui.kit.state import Notice
from ui.kit.text import Text

_MOST = 6


class ConflictNotice(Notice):
    """Says that the stored version is newer; ``keep`` or ``take`` is pressed. Nothing is lost before that."""

    keep = Signal()
    take = Signal()

    def __init__(self, differences: Sequence[Difference]) -> None:
        super().__init__(
            "warn",
            say("forms.these_entries_were_changed_elsewhere"),
            say("forms.nothing_lost_both_versions_still"),
        )
        self.setObjectName("conflict")
        grid = QGridLayout()
        spaced(grid, 8, (0, 8, 0, 0))
        for column, head in enumerate(
            (say("forms.field"), say("forms.your_version"), say("forms.saved_version"))
        ):
            grid.addWidget(Text(head, "label", "text-2"), 0, column)
            grid.setColumnStretch(column, 1 if column else 0)
        for row, one in enumerate(differences[:_MOST], 1):
            for column, text in enumerate((one.label, one.mine, one.theirs)):
                grid.addWidget(Text(text, "table", wrap=True), row, column, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(grid)
        if len(differences) > _MOST:
            self.body.addWidget(Text(say("common.and_n_more", n=len(differences) - _MOST), "meta", "text-2"))
        mine = secondary(say("forms.keep_my_version"), size="small")
        mine.setObjectName("conflict_keep")
        mine.clicked.connect(self.keep)
        theirs = secondary(say("forms.load_the_saved_version"), size="small")
        theirs.setObjectName("conflict_take")
        theirs.clicked.connect(self.take)
        self.add_action(mine)
        self.add_action(theirs)
