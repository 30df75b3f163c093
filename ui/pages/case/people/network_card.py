"""The card of the network map: picture and list; editing writes the answers of the assessment."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea

from kimdesk.casework import phases
from kimdesk.catalogue.codes import label
from kimdesk.domain.naming import full_name
from kimdesk.domain.phases import ENDED, latest
from kimdesk.domain.records import CaseFile, PhaseEntry
from kimdesk.domain.terms import Phase
from ui.kit.buttons import secondary
from ui.kit.card import Card
from ui.kit.cards import CardItem, CardList
from ui.kit.scroll import Columns, column
from ui.kit.state import EmptyState
from ui.kit.text import Text
from ui.pages.case.cards import joined
from ui.pages.case.editing import Editing
from ui.pages.case.people.network import CIRCLES, QUALITIES, Tie, ties
from ui.pages.case.people.network_dialog import TieDialog
from ui.pages.case.people.network_view import NetworkView
from ui.text import tr
from ui.theme import theme

_LIST = 340
_HIGHEST = 620


class NetworkCard(Card):
    """Who stands near the client, and how well."""

    def __init__(self, editing: Editing) -> None:
        super().__init__(tr("Network map"))
        self.setObjectName("network_card")
        self._editing = editing
        self._entry: PhaseEntry | None = None
        self._ended = False
        self._add = secondary(tr("Add a contact in the network"), "plus", "small")
        self._add.setObjectName("add_tie")
        self._add.clicked.connect(lambda: self._open(-1))
        self.add_action(self._add)
        self.view = NetworkView()
        self.view.wanted.connect(self._open)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(False)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.view)
        self._list = CardList()
        self._list.setObjectName("tie_list")
        self._list.acted.connect(lambda key, _: self._open(int(key)))
        self._note = Text("", "table", "text-2", wrap=True)
        self._note.setObjectName("network_note")
        words = tr(
            "The nearer to the middle, the closer the circle. Thick line: it carries. Thin: loose. Dashed: now so, "
            "now so. Jagged: a burden. Crossed out: broken off. Arrow keys lead from contact to contact, "
            "Enter opens one."
        )
        self._empty = EmptyState("share-network", tr("Nobody is entered in the network map yet."))
        picture = column(self._scroll, Text(words, "meta", "text-2", wrap=True), spacing=8)
        self._columns = Columns([(picture, 0), (column(self._list), _LIST)])
        for widget in (self._note, self._empty, self._columns):
            self.body.addWidget(widget)

    def show_file(self, file: CaseFile) -> None:
        """Show the network of the newest assessment."""
        self._entry = latest(file.phases, Phase.ASSESSMENT)
        self._ended = self._entry is not None and self._entry.state in ENDED
        found = ties(file)
        client = file.client
        name = (client.call_name or client.given_names or full_name(client)) if client else tr("Client")
        self.view.show_ties(name, found)
        bar = self._scroll.horizontalScrollBar().sizeHint().height()
        self._scroll.setFixedHeight(min(self.view.height() + bar, theme().px(_HIGHEST)))
        self._list.set_cards([_card(one, ended=self._ended) for one in found])
        self._columns.setVisible(bool(found))
        self._empty.setVisible(not found)
        self._add.setVisible(not self._ended)
        self._note.setText(
            tr("The assessment is finished; reopen it there to change the map.") if self._ended else ""
        )
        self._note.setVisible(self._ended)

    def _open(self, number: int) -> None:
        file, desk = self._editing.file, self._editing.context.desk
        if file is None or self._ended:
            return
        if self._entry is None:
            case_id = file.case.id
            self._editing.context.work.write(
                lambda: phases.start(desk, case_id, Phase.ASSESSMENT),
                lambda entry: self._edit(entry, number),
                owner=self,
            )
        else:
            self._edit(self._entry, number)

    def _edit(self, entry: PhaseEntry, number: int) -> None:
        TieDialog(self._editing, entry, number).open()


def _card(tie: Tie, *, ended: bool) -> CardItem:
    words = joined(label(CIRCLES, tie.circle), label(QUALITIES, tie.quality))
    return CardItem(
        str(tie.number),
        tie.who or "–",
        words,
        tie.helps_with,
        icon="user-circle",
        actions=() if ended else (("edit_tie", tr("Edit")),),
    )
