"""The chosen desk: for whom it may write, the digits its people read out, and how to shut it out."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSpinBox, QVBoxLayout, QWidget

from kimdesk.catalogue.municipalities import named
from kimdesk.texts import registry, say
from ui.kit.base import spaced
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.kit.text import Text
from ui.pages.desks.ending_keys import EndingKeys

if TYPE_CHECKING:
    from kimdesk.kreis import DeskRow, EndingKey
    from kimdesk.kreis.desk_facts import DeskFacts
    from ui.pages.desks.presenter import DesksModel


class EnrolledDeskCard(Card):
    """One desk; ``revoke`` gets it when it is to be shut out, ``end_key`` one of its former keys."""

    def __init__(
        self, revoke: Callable[["DeskRow", int], None], end_key: Callable[["DeskRow", str], None]
    ) -> None:
        super().__init__()
        self._revoke = revoke
        self._ending: Mapping[str, Sequence[EndingKey]] = {}
        self._facts: Mapping[str, DeskFacts] = {}
        self._keys = EndingKeys(lambda key: end_key(self._desk, key) if self._desk else None)
        self._desk: DeskRow | None = None
        self._name = Text("", "section", wrap=True)
        self._sentence = Text("", "table", "text-2", wrap=True)
        self.body.addWidget(self._name)
        self.body.addWidget(self._sentence)
        self._municipalities = self._fact(say("kreis.municipalities"), "table")
        self._heard = self._fact(say("kreis.last_heard"), "table")
        self._cases = self._fact(say("kreis.active_cases"), "table")
        self._catalogue = self._fact(say("kreis.catalogue"), "table")
        self._digits = self._fact(say("kreis.digits_of_this_desk"), "strong")
        self._digits.setObjectName("desk_fingerprint")
        self.body.addWidget(self._keys)
        self._button = quiet(say("kreis.shut_this_desk_out"), "prohibit", size="inline")
        self._button.setObjectName("revoke_desk")
        self._button.clicked.connect(self._ask)
        self.body.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)

    def know(self, model: "DesksModel") -> None:
        """Know which former keys of the desks still count, and what each works with."""
        self._ending, self._facts = model.ending, model.facts

    def show_desk(self, desk: "DeskRow | None") -> None:
        """Show ``desk``; None hides the card."""
        self._desk = desk
        self.setVisible(desk is not None)
        if desk is None:
            return
        self.setAccessibleName(desk.name)
        self._name.setText(desk.name)
        self._sentence.setText(registry.of_desk(desk))
        self._municipalities.setText(named(desk.municipalities) or "–")
        self._show_facts(desk)
        self._digits.setText(desk.fingerprint)
        self._keys.show_keys(self._ending.get(desk.id, ()))
        self._button.setVisible(desk.state != "revoked")

    def _show_facts(self, desk: "DeskRow") -> None:
        from kimdesk.kreis.desk_facts import DeskFacts

        facts = self._facts.get(desk.id, DeskFacts())
        self._heard.setText(registry.heard(desk))
        self._cases.setText(registry.cases_of_desk(facts))
        self._catalogue.setText(registry.catalogue_of_desk(facts))

    def _fact(self, title: str, use: str) -> Text:
        holder = QWidget()
        column = QVBoxLayout(holder)
        spaced(column, 1)
        column.addWidget(Text(title, "meta", "text-2"))
        words = Text("", use, wrap=True)
        column.addWidget(words)
        self.body.addWidget(holder)
        return words

    def _ask(self) -> None:
        desk = self._desk
        if desk is None:
            return
        question = say("kreis.shut_name_out", name=desk.name)
        dialog = Dialog(
            self, question, accept=say("kreis.shut_out"), reject=say("kreis.leave_as_it_is"), danger=True
        )
        dialog.add_text(say("kreis.no_package_desk_taken_over"))
        first = QSpinBox()
        first.setObjectName("revoke_from")
        first.setRange(1, desk.last_seq + 1)
        first.setValue(desk.last_seq + 1)
        dialog.body.addWidget(
            FieldBox(say("kreis.from_package"), first, say("kreis.earlier_if_stolen_before"))
        )
        dialog.accepted.connect(lambda: self._revoke(desk, first.value()))
        dialog.open()
