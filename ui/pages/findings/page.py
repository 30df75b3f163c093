"""The page of structural findings: all of the desk, how often each was met, where each stands."""

from functools import partial
from typing import TYPE_CHECKING

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
from ui.kit.buttons import secondary
from ui.kit.scroll import Page
from ui.pages.findings.board import FindingBoard, FindingFacts
from ui.places import Place, place_of

if TYPE_CHECKING:
    from kimdesk.sync.finding_answers import KreisAnswer


class FindingsPage(DeskPage, Page):
    """The list, narrowed by state; a finding opens in its case."""

    shows = Shows("finding", "case")

    def __init__(self, context: Context) -> None:
        super().__init__(say("common.structural_findings"))
        self.setObjectName("findings_page")
        self._context = context
        self._all: tuple[Listed, ...] = ()
        interpreting = secondary(say("findings.interpreting"), "translate")
        interpreting.setObjectName("to_interpreting")
        interpreting.clicked.connect(lambda: context.navigate(Place("interpreting")))
        self.add_action(interpreting)
        self._board = FindingBoard(
            context.catalogue,
            say("findings.all_of_this_desk"),
            say("findings.how_many_of_each_kind"),
            say("findings.no_structural_finding_noted_case"),
            (("open", say("common.open")), ("again", say("findings.met_again"))),
            self._act,
        )
        self.body.addWidget(self._board)

    def refresh(self) -> None:
        """Read the list again."""
        desk = self._context.desk

        def read() -> tuple[tuple[Listed, ...], dict[str, "KreisAnswer"]]:
            from kimdesk.sync import finding_answers

            return findings.listed(desk), finding_answers.answers(desk)

        self._context.work.read(self, read, self._got)

    def _got(self, found: tuple[tuple[Listed, ...], dict[str, "KreisAnswer"]]) -> None:
        self._all, answers = found
        catalogue = self._context.catalogue
        facts = [_facts(catalogue, each, answers.get(each.finding.id)) for each in self._all]
        facts.sort(key=lambda one: not one.new)
        new = sum(one.new for one in facts)
        self.set_note(say("findings.n_new_answers", n=new) if new else "")
        self._board.show_findings(facts, [_kind(catalogue, each) for each in self._all])

    def _act(self, key: str, action: str) -> None:
        one = next((each.finding for each in self._all if each.finding.id == key), None)
        if one is None:
            return
        if action == "open":
            self._see(key)
            self._context.navigate(place_of(one.case_id, ref_of(one)))
        else:
            work, again = self._context.work, partial(findings.seen_again, self._context.desk, one)
            work.write(self, again, self._counted)

    def _see(self, finding_id: str) -> None:
        """Take it that somebody has seen what the Kreis says."""
        desk = self._context.desk

        def write() -> None:
            from kimdesk.sync import finding_answers

            finding_answers.note_seen(desk, finding_id)

        self._context.work.write(self, write)

    def _counted(self, finding: Finding) -> None:
        self._context.toast(say("findings.met_n_times", n=finding.frequency))
        self.refresh()


def _kind(catalogue: Catalogue, each: Listed) -> str:
    kind = each.finding.kind
    return catalogue.label("finding_kind", kind) if kind else say("findings.without_a_kind")


def _facts(catalogue: Catalogue, each: Listed, answer: "KreisAnswer | None") -> FindingFacts:
    """Return a finding with where the Kreis stands with it, else the desk."""
    one = each.finding
    told = (
        catalogue.label("finding_kind", one.kind) if one.kind else "",
        catalogue.label("life_domain", one.life_domain) if one.life_domain else "",
        one.agencies,
        one.transition,
    )
    where = (
        dates.full(one.noted_on),
        say("findings.case_number", number=each.file_number),
        one.effects,
        answered(catalogue, answer) if answer else "",
    )
    state = answer.state if answer else one.state
    new = answer is not None and answer.new
    return FindingFacts(one.id, one.title or "–", state, one.frequency, told, where, new)
