"""The card of the network map: picture and list; editing writes the answers of the assessment."""

from kimdesk.casework import phases
from kimdesk.domain.naming import full_name
from kimdesk.domain.phases import ENDED, latest
from kimdesk.domain.records import CaseFile, PhaseEntry
from kimdesk.domain.terms import Phase
from kimdesk.texts import say
from ui.case.cards import joined
from ui.case.editing import Editing
from ui.kit.cards import CardItem
from ui.kit.state import EmptyState
from ui.kit.text import Text
from ui.people.drawing import DrawingCard
from ui.people.network import CIRCLES, Tie, ties
from ui.people.network_dialog import TieDialog
from ui.people.network_view import NetworkView


class NetworkCard(DrawingCard):
    """Who stands near the client, and how well."""

    def __init__(self, editing: Editing) -> None:
        words = say("people.nearer_middle_closer_circle_thick")
        self.view = NetworkView()
        super().__init__(
            say("people.network_map"), "network", say("people.add_contact_network"), self.view, (words,)
        )
        self._editing = editing
        self._entry: PhaseEntry | None = None
        self._ended = False
        self._note = Text("", "table", "text-2", wrap=True)
        self._note.setObjectName("network_note")
        self._nobody = EmptyState("share-network", say("people.nobody_entered_network_map_yet"))
        self.body.insertWidget(0, self._note)
        self.body.addWidget(self._nobody)
        self.add_wanted.connect(lambda: self._open(-1))
        self.view.wanted.connect(self._open)
        self.list.acted.connect(lambda key, _: self._open(int(key)))

    def show_file(self, file: CaseFile) -> None:
        """Show the network of the newest assessment."""
        self._entry = latest(file.phases, Phase.ASSESSMENT)
        self._ended = self._entry is not None and self._entry.state in ENDED
        catalogue = self._editing.catalogue
        found = ties(catalogue, file)
        client = file.client
        name = (
            (client.call_name or client.given_names or full_name(client)) if client else say("people.client")
        )
        self.view.show_ties(name, found, catalogue.code_list(CIRCLES))
        self.list.set_cards([_card(one, ended=self._ended) for one in found])
        self.show_empty(not found)
        self._nobody.setVisible(not found)
        self.add.setVisible(not self._ended)
        ended = say("people.assessment_finished_reopen_there_change")
        self._note.setText(ended if self._ended else "")
        self._note.setVisible(self._ended)

    def _open(self, number: int) -> None:
        if self._ended:
            return
        if self._entry is None:
            desk, case_id = self._editing.context.desk, self._editing.file.case.id
            self._editing.context.work.write(
                self,
                lambda: phases.start(desk, case_id, Phase.ASSESSMENT),
                lambda entry: self._edit(entry, number),
            )
        else:
            self._edit(self._entry, number)

    def _edit(self, entry: PhaseEntry, number: int) -> None:
        TieDialog(self._editing, entry, number).open()


def _card(tie: Tie, *, ended: bool) -> CardItem:
    words = joined(tie.circle_word, tie.quality_word)
    return CardItem(
        str(tie.number),
        tie.who or "–",
        words,
        tie.helps_with,
        icon="user-circle",
        actions=() if ended else (("edit_tie", say("common.edit")),),
    )
