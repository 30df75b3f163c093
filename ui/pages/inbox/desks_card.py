"""The desks beside the inbox, the most urgent first."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.texts import registry, say
from ui.kit.base import clear, rule, spaced
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.pages.desks.states import sign
from ui.places import Place

if TYPE_CHECKING:
    from kimdesk.kreis import DeskRow

SHOWN = 8


class DesksCard(Card):
    """A short list of desks; a name leads to its row on the page of desks."""

    def __init__(self, navigate: Callable[[Place], None]) -> None:
        super().__init__(say("common.desks"))
        self._navigate = navigate
        self._rows = QVBoxLayout()
        spaced(self._rows, 7)
        self.body.addLayout(self._rows)

    def show_desks(self, desks: Sequence["DeskRow"]) -> None:
        """Show the first of ``desks``."""
        clear(self._rows)
        self.set_count(say("kreis.n_by_urgency", n=len(desks)) if desks else "")
        for number, desk in enumerate(desks[:SHOWN]):
            if number:
                self._rows.addWidget(rule())
            self._rows.addWidget(self._row(desk))
        if not desks:
            self._rows.addWidget(Text(say("kreis.no_desk_enrolled_yet"), "table", "text-2", wrap=True))
        words = (
            say("common.n_more", n=len(desks) - SHOWN) if len(desks) > SHOWN else say("kreis.to_the_desks")
        )
        more = quiet(words, size="inline")
        more.setObjectName("all_desks")
        more.clicked.connect(lambda: self._navigate(Place("desks")))
        self._rows.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _row(self, desk: "DeskRow") -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        spaced(row, 10)
        icon, tone = sign(desk.state)
        told = registry.of_desk(desk)
        row.addWidget(Sign(icon, tone), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        spaced(words, 1)
        name = quiet(desk.name, size="inline")
        name.setObjectName(f"desk_{desk.id}")
        name.setAccessibleName(f"{desk.name}: {told}")
        name.clicked.connect(lambda: self._navigate(Place("desks", key=desk.id)))
        words.addWidget(name, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(Text(told, "meta", tone, wrap=True))
        row.addLayout(words, 1)
        if desk.last_seq:
            last = Text(f"{say('kreis.package')}\u00a0{desk.last_seq}", "meta", "text-2")
            row.addWidget(last, 0, Qt.AlignmentFlag.AlignTop)
        return holder
