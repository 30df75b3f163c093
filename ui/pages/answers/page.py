"""The page Befunde of the Kreis: what desks have seen, where each stands, and the answer that goes back."""

from typing import TYPE_CHECKING

from kimdesk.casework.events import REGISTRY, Shows
from kimdesk.texts import dates, say
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.kit.scroll import Page
from ui.pages.answers.dialog import AnswerDialog
from ui.pages.findings.board import FindingBoard, FindingFacts

if TYPE_CHECKING:
    from kimdesk.catalogue.catalogue import Catalogue
    from kimdesk.kreis.findings import ReportedFinding


class AnswersPage(DeskPage, Page):
    """The list, narrowed by state; answering opens a dialog."""

    shows = Shows(REGISTRY)

    def __init__(self, context: Context) -> None:
        super().__init__(say("common.structural_findings"))
        self.setObjectName("answers_page")
        self._context = context
        self._all: tuple[ReportedFinding, ...] = ()
        actions = (("answer", say("answers.answer")),)
        titles = say("answers.all_desks"), say("answers.how_many_stand_where"), say("answers.none_yet")
        self._board = FindingBoard(context.catalogue, *titles, actions, self._act)
        self.body.addWidget(self._board)

    def refresh(self) -> None:
        """Read the list again."""
        desk = self._context.desk

        def read() -> "tuple[ReportedFinding, ...]":
            from kimdesk.kreis import findings

            return findings.reported(desk)

        self._context.work.read(self, read, self._got)

    def _got(self, found: "tuple[ReportedFinding, ...]") -> None:
        self._all, catalogue = found, self._context.catalogue
        counted = [catalogue.label("finding_state", one.state) for one in found]
        self._board.show_findings([_facts(catalogue, one) for one in found], counted)

    def _act(self, key: str, _: str) -> None:
        found = next((each for each in self._all if each.id == key), None)
        if found is not None:
            AnswerDialog(self, self._context, found, self._answered).open()

    def _answered(self, found: "ReportedFinding") -> None:
        self._context.toast(say("answers.kept", desk=found.desk))
        self.refresh()


def _facts(catalogue: "Catalogue", one: "ReportedFinding") -> FindingFacts:
    told = (
        catalogue.label("finding_kind", one.kind),
        catalogue.label("life_domain", one.life_domain),
        one.agencies,
        one.transition,
    )
    where = (one.desk, dates.of_iso(one.noted_on) if one.noted_on else "", one.effects, _answer(one))
    title = one.title or say("answers.without_title")
    return FindingFacts(one.id, title, one.state, one.frequency, told, where)


def _answer(one: "ReportedFinding") -> str:
    if one.answered_on is None:
        return ""
    key = "answers.arrived" if one.arrived else "answers.on_the_way"
    words = say(key, day=one.answered_on)
    return say("answers.quoted", text=one.answer, words=words) if one.answer else words
