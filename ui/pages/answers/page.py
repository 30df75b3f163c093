"""The page Befunde of the Kreis: what desks have seen, where each stands, and the answer that goes back."""

from collections import Counter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kimdesk.casework.events import REGISTRY, Shows
from kimdesk.texts import dates, say
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.forms.flow import FlowBox
from ui.kit.badge import Badge
from ui.kit.base import clear
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.cards import CardItem, CardList
from ui.kit.drop_down import DropDown
from ui.kit.scroll import Page
from ui.kit.state import EmptyState
from ui.pages.answers.dialog import AnswerDialog
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.catalogue.catalogue import Catalogue
    from kimdesk.kreis.findings import ReportedFinding

_PAGE: Final = 40
_TONES: Final = {"noted": "neutral", "decided": "ok", "implemented": "ok", "dismissed": "neutral"}


class AnswersPage(DeskPage, Page):
    """The list, narrowed by state; answering opens a dialog."""

    shows = Shows(REGISTRY)

    def __init__(self, context: Context) -> None:
        super().__init__(say("common.structural_findings"))
        self.setObjectName("answers_page")
        self._context = context
        self._all: tuple[ReportedFinding, ...] = ()
        self._shown = _PAGE
        self._states = FlowBox(8)
        self._card = Card(say("answers.all_desks"))
        self._card.add_action(self._state_choice())
        self._list = CardList()
        self._list.acted.connect(self._act)
        self._empty = EmptyState("puzzle-piece", say("answers.none_yet"))
        self._more = quiet(say("findings.show_more"), "caret-down")
        self._more.setObjectName("more_findings")
        self._more.clicked.connect(self._show_more)
        for widget in (self._list, self._empty):
            self._card.body.addWidget(widget)
        self._card.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._states)
        self.body.addWidget(self._card)

    def refresh(self) -> None:
        """Read the list again."""
        desk = self._context.desk

        def read() -> "tuple[ReportedFinding, ...]":
            from kimdesk.kreis import findings

            return findings.reported(desk)

        self._context.work.read(self, read, self._got)

    def _got(self, found: "tuple[ReportedFinding, ...]") -> None:
        self._all = found
        self._show()

    def _state_choice(self) -> QWidget:
        self._state = DropDown()
        self._state.setObjectName("finding_state")
        self._state.setAccessibleName(say("common.state"))
        self._state.addItem(say("findings.all_states"), "")
        for one in self._context.catalogue.code_list("finding_state").offered():
            self._state.addItem(one.label, one.code)
        self._state.activated.connect(lambda _: self._show())
        return self._state

    def _show(self) -> None:
        state = self._state.currentData()
        wanted = [each for each in self._all if state in ("", each.state)]
        self._list.set_cards([_item(self._context.catalogue, each) for each in wanted[: self._shown]])
        self._empty.setVisible(not wanted)
        self._more.setVisible(len(wanted) > self._shown)
        self._card.set_count(str(len(wanted)) if wanted else "")
        clear(self._states.flow)
        for code, times in Counter(each.state for each in self._all).most_common():
            label = self._context.catalogue.label("finding_state", code)
            self._states.flow.addWidget(Badge(f"{label}: {times}", _TONES.get(code, "info")))
        self._states.setVisible(bool(self._all))

    def _show_more(self) -> None:
        self._shown += _PAGE
        self._show()

    def _act(self, key: str, _: str) -> None:
        found = next((each for each in self._all if each.id == key), None)
        if found is not None:
            AnswerDialog(self, self._context, found, self._answered).open()

    def _answered(self, found: "ReportedFinding") -> None:
        self._context.toast(say("answers.kept", desk=found.desk))
        self.refresh()


def _item(catalogue: "Catalogue", one: "ReportedFinding") -> CardItem:
    state = catalogue.label("finding_state", one.state)
    often = say("common.n_times", n=one.frequency) if one.frequency > 1 else say("findings.once")
    stacked = theme().stacked  # large text: the words need the whole width
    told = (
        *((often, state) if stacked else ()),
        catalogue.label("finding_kind", one.kind),
        catalogue.label("life_domain", one.life_domain),
        one.agencies,
        one.transition,
    )
    where = (one.desk, dates.of_iso(one.noted_on) if one.noted_on else "", one.effects, _answer(one))
    badges = ((often, "neutral", None), (state, _TONES.get(one.state, "info"), None))
    return CardItem(
        one.id,
        one.title or say("answers.without_title"),
        " · ".join(part for part in told if part),
        " · ".join(part for part in where if part),
        "puzzle-piece",
        "",
        () if stacked else badges,
        (("answer", say("answers.answer")),),
    )


def _answer(one: "ReportedFinding") -> str:
    if one.answered_on is None:
        return ""
    key = "answers.arrived" if one.arrived else "answers.on_the_way"
    words = say(key, day=one.answered_on)
    return say("answers.quoted", text=one.answer, words=words) if one.answer else words
