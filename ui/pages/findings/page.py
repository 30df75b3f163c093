"""The page of structural findings: all of the desk, how often each was met, where each stands."""

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kimdesk.casework import findings
from kimdesk.casework.events import Shows
from kimdesk.casework.findings import Listed
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.kinds import ref_of
from kimdesk.domain.records import Finding
from kimdesk.texts import dates, say
from kimdesk.texts.findings import answered
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.forms.flow import FlowBox
from ui.kit.badge import Badge
from ui.kit.base import clear
from ui.kit.buttons import quiet, secondary
from ui.kit.card import Card
from ui.kit.cards import CardItem, CardList
from ui.kit.drop_down import DropDown
from ui.kit.scroll import Page
from ui.kit.state import EmptyState
from ui.places import Place, place_of
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.sync.finding_answers import KreisAnswer

_PAGE = 40
_TONES = {"noted": "neutral", "decided": "ok", "implemented": "ok", "dismissed": "neutral"}


class FindingsPage(DeskPage, Page):
    """The list, narrowed by state; a finding opens in its case."""

    shows = Shows("finding", "case")

    def __init__(self, context: Context) -> None:
        super().__init__(say("common.structural_findings"))
        self.setObjectName("findings_page")
        self._context = context
        self._all: tuple[Listed, ...] = ()
        self._answers: dict[str, KreisAnswer] = {}
        self._shown = _PAGE
        interpreting = secondary(say("findings.interpreting"), "translate")
        interpreting.setObjectName("to_interpreting")
        interpreting.clicked.connect(lambda: context.navigate(Place("interpreting")))
        self.add_action(interpreting)
        self._states = FlowBox(8)
        self._states.setObjectName("finding_states")
        self._card = Card(say("findings.all_of_this_desk"))
        self._card.add_action(self._state_choice())
        self._list = CardList()
        self._list.acted.connect(self._act)
        self._empty = EmptyState("puzzle-piece", say("findings.no_structural_finding_noted_case"))
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

        def read() -> tuple[tuple[Listed, ...], dict[str, "KreisAnswer"]]:
            from kimdesk.sync import finding_answers

            return findings.listed(desk), finding_answers.answers(desk)

        self._context.work.read(self, read, self._got)

    def _got(self, found: tuple[tuple[Listed, ...], dict[str, "KreisAnswer"]]) -> None:
        self._all, self._answers = found
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
        wanted = [each for each in self._all if state in ("", self._state_of(each.finding))]
        catalogue, answers = self._context.catalogue, self._answers
        self._list.set_cards(
            [_item(catalogue, each, answers.get(each.finding.id)) for each in wanted[: self._shown]]
        )
        self._empty.setVisible(not wanted)
        self._more.setVisible(len(wanted) > self._shown)
        self._card.set_count(str(len(wanted)) if wanted else "")
        clear(self._states.flow)
        number = Counter(each.finding.kind for each in self._all)
        for kind, times in number.most_common():
            words = (
                self._context.catalogue.label("finding_kind", kind)
                if kind
                else say("findings.without_a_kind")
            )
            self._states.flow.addWidget(Badge(f"{words}: {times}", "neutral"))
        self._states.setVisible(bool(number))

    def _state_of(self, finding: Finding) -> str:
        """Return where the Kreis stands with it, else the desk."""
        answer = self._answers.get(finding.id)
        return answer.state if answer else finding.state

    def _show_more(self) -> None:
        self._shown += _PAGE
        self._show()

    def _act(self, key: str, action: str) -> None:
        one = next((each.finding for each in self._all if each.finding.id == key), None)
        if one is None:
            return
        if action == "open":
            self._context.navigate(place_of(one.case_id, ref_of(one)))
        else:
            work, again = self._context.work, partial(findings.seen_again, self._context.desk, one)
            work.write(self, again, self._counted)

    def _counted(self, finding: Finding) -> None:
        self._context.toast(say("findings.met_n_times", n=finding.frequency))
        self.refresh()


def _item(catalogue: Catalogue, each: Listed, answer: "KreisAnswer | None") -> CardItem:
    one = each.finding
    told = (
        catalogue.label("finding_kind", one.kind) if one.kind else "",
        catalogue.label("life_domain", one.life_domain) if one.life_domain else "",
        one.agencies,
        one.transition,
    )
    often = say("common.n_times", n=one.frequency) if one.frequency > 1 else say("findings.once")
    code = answer.state if answer else one.state
    state = catalogue.label("finding_state", code)
    stacked = theme().stacked  # large text: the words need the whole width
    where = (
        *((often, state) if stacked else ()),
        dates.full(one.noted_on),
        say("findings.case_number", number=each.file_number),
        one.effects,
        answered(catalogue, answer) if answer else "",
    )
    badges = ((often, "neutral", None), (state, _TONES.get(code, "info"), None))
    actions = (("open", say("common.open")), ("again", say("findings.met_again")))
    return CardItem(
        one.id,
        one.title or "–",
        " · ".join(part for part in told if part),
        " · ".join(part for part in where if part),
        "puzzle-piece",
        "",
        () if stacked else badges,
        actions,
    )
