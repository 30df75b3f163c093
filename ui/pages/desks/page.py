"""The page Arbeitsplätze of the Kreis."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from kimdesk.casework.events import REGISTRY, Shows
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.desk.slip import slip_button
from ui.kit.buttons import primary
from ui.kit.card import Card
from ui.kit.scroll import Columns, Page, column
from ui.kit.state import EmptyState, Notice
from ui.kit.text import Text
from ui.pages.desks.details import EnrolledDeskCard
from ui.pages.desks.enrol_dialog import EnrolDialog
from ui.pages.desks.keys_card import KreisKeysCard
from ui.pages.desks.presenter import Asked, DesksModel, DesksPresenter
from ui.pages.desks.table import DeskList
from ui.places import Place

if TYPE_CHECKING:
    from kimdesk.kreis import Enrolment

SIDE_WIDTH = 304


class DesksPage(DeskPage, Page):
    """Who is enrolled and how each stands; beside it the digits of the Kreis and the chosen desk."""

    shows = Shows(REGISTRY)

    def __init__(self, context: Context) -> None:
        super().__init__(say("common.desks"))
        self._context = context
        self._presenter = DesksPresenter(context, self)
        self._wanted = ""
        enrol = primary(say("kreis.enrol_a_desk"), "plus")
        enrol.setObjectName("enrol_desk")
        enrol.clicked.connect(self._choose_request)
        self.add_action(enrol)
        self._problem = Notice("bad")
        self._problem.setObjectName("desks_problem")
        self._problem.hide()
        self._list = DeskList()
        self._empty = EmptyState("desktop", say("kreis.no_desk_enrolled_yet_open"))
        self._desk = EnrolledDeskCard(self._presenter.revoke, self._presenter.end_key)
        self._desk.hide()
        self._list.chosen.connect(self._desk.show_desk)
        self.body.addWidget(self._problem)
        self._keys = KreisKeysCard(self._presenter.renew_keys)
        side = column(self._own_card(), self._desk, self._keys)
        self.body.addWidget(Columns([(column(self._list, self._empty), 0), (side, SIDE_WIDTH)]))

    def refresh(self) -> None:
        """Read the desks again."""
        self._presenter.refresh()

    def go(self, place: Place) -> None:
        """Choose a desk."""
        self._wanted = place.key

    def show_desks(self, model: DesksModel) -> None:
        """Show the desks."""
        self._fingerprint.setText(model.fingerprint)
        self._keys.show_keys(model.keys_made, model.today)
        self._desk.know(model)
        self._list.show_desks(model, self._wanted)
        self._wanted = ""
        self._list.setVisible(bool(model.desks))
        self._empty.setVisible(not model.desks)

    def show_problem(self, told: Explanation) -> None:
        """Say what was refused."""
        self._problem.explain(told)
        self._problem.show()
        self.ensureVisible(0, 0)

    def _own_card(self) -> Card:
        card = Card(say("kreis.digits_of_this_kreis"), tone="tint")
        self._fingerprint = Text("", "next_step", "accent", wrap=True)
        self._fingerprint.setObjectName("kreis_fingerprint")
        card.body.addWidget(self._fingerprint)
        words = say("kreis.read_them_out_when_desk")
        card.body.addWidget(Text(words, "table", "text-2", wrap=True))
        slip = slip_button(self._context, self, self.show_problem)
        card.body.addWidget(slip, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _choose_request(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, say("kreis.open_request_desk"), "", "KIMdesk (*.kimq);;* (*)"
        )
        if name:
            self._presenter.open_request(Path(name), self._compare)

    def _compare(self, asked: Asked) -> None:
        self._problem.hide()
        dialog = EnrolDialog(
            self,
            asked,
            lambda wanted, granted, out, refused: self._presenter.enrol(
                wanted, granted, out, partial(self._enrolled, dialog), refused
            ),
        )
        dialog.open()

    def _enrolled(self, dialog: EnrolDialog, made: "Enrolment") -> None:
        dialog.finish()
        self._context.toast(say("kreis.name_enrolled_give_answer_desk", name=made.name))
        self._context.navigate(Place("desks", key=made.desk_id))
