"""The panel below the board: what the chosen card is, what sounds alike, what the desks are told."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from kimdesk.kreis.steering.values import DISMISSED
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.kit.base import clear, rule, spaced
from ui.kit.context_menu import MenuLine
from ui.kit.state import EmptyState
from ui.pages.answers.about import NEXT, about_cluster, about_single
from ui.pages.answers.alike_part import alike_part
from ui.pages.answers.answer_part import AnswerPart, answer_alone
from ui.pages.answers.dialog import AnswerDialog
from ui.pages.answers.inside import AdoptionDialog, HistoryDialog, InsideDialog
from ui.pages.answers.presenter import BoardPresenter
from ui.pages.answers.wording import (
    ClusterDialog,
    as_dealing,
    as_wording,
    dealing_answers,
    wording_answers,
)
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.kreis.findings import ReportedFinding
    from kimdesk.kreis.steering.values import FindingCluster
_FIRST, _LAST = 306, 316


class CardPanel(QFrame):
    """Three parts beside each other; below one another when the text is large."""

    def __init__(
        self, context: Context, presenter: BoardPresenter, refused: Callable[[Explanation], None]
    ) -> None:
        super().__init__()
        self._refused = refused
        self.setObjectName("card_panel")
        self.setProperty("board", "panel")
        self._context, self._presenter = context, presenter
        self._answer: AnswerPart | None = None
        self._shown: tuple[object, ...] = ()
        self._row = QBoxLayout(
            QBoxLayout.Direction.TopToBottom if theme().stacked else QBoxLayout.Direction.LeftToRight, self
        )
        spaced(self._row, 0)

    def show_card(self, key: str) -> None:
        """Show the card ``key``; what is being written stays."""
        model = self._presenter.model
        single, cluster = model.single(key), model.cluster(key)
        shown = (key, single, cluster, model.alike(key), theme().zoom, theme().dark)
        if shown == self._shown:
            return
        kept = self._written(cluster)
        self._shown = shown
        clear(self._row)
        self._answer = None
        if cluster is not None:
            self._show_cluster(cluster, kept)
        elif single is not None:
            self._show_single(single)
        else:
            self._row.addWidget(EmptyState("puzzle-piece", say("answers.choose_a_card")))

    def keep(self) -> None:
        """Keep what is written as a draft: another card is chosen, or the desk is about to be locked."""
        if self._answer is not None:
            self._answer.keep()

    def _written(self, cluster: "FindingCluster | None") -> str | None:
        """Return what is written to the desks of this bundle and not kept yet; None for nothing."""
        part = self._answer
        if part is None or cluster is None or part.found.id != cluster.id or not part.changed:
            return None
        return part.typed

    def _show_cluster(self, found: "FindingCluster", kept: str | None) -> None:
        presenter = self._presenter
        self._answer = AnswerPart(found, presenter.release, self._draft)
        if kept is not None:
            self._answer.text.setPlainText(kept)
        first = about_cluster(
            presenter.model, found, lambda state: self.go(found, state), self.offers(found.id)
        )
        self._lay(first, found.id, self._answer)

    def _draft(self, found: "FindingCluster", answer: str) -> None:
        """Keep what the desks are to be told, as a draft."""
        dealing = replace(found.dealing, answer=answer)
        self._presenter.deal(found, dealing, "", lambda: None, self._refused)

    def _show_single(self, found: "ReportedFinding") -> None:
        presenter = self._presenter

        def begin() -> None:
            presenter.begin((found.id,))

        first = about_single(presenter.model, found, begin, self.offers(found.id))
        self._lay(first, found.id, answer_alone(found, lambda: self._ask_answer(found)))

    def _lay(self, first: QWidget, key: str, last: QWidget) -> None:
        tinted = QFrame()
        tinted.setProperty("board", "first")
        inside = QVBoxLayout(tinted)
        spaced(inside)
        inside.addWidget(first)
        presenter = self._presenter
        middle = alike_part(presenter.model, key, lambda one: presenter.take(key, one), presenter.leave_apart)
        if not theme().stacked:
            tinted.setFixedWidth(theme().px(_FIRST))
            last.setFixedWidth(theme().px(_LAST))
        self._row.addWidget(tinted)
        self._row.addWidget(middle, 1)
        self._row.addWidget(rule(vertical=not theme().stacked))
        self._row.addWidget(last)

    def _ask_answer(self, found: "ReportedFinding") -> None:
        AnswerDialog(self, self._context, found, self._answered).open()

    def _answered(self, found: "ReportedFinding") -> None:
        self._context.toast(say("answers.kept", desk=found.desk))
        self._presenter.answered(found)

    def go(self, found: "FindingCluster", state: str) -> None:
        """Bring a bundle to a state; a decision is asked for its words, a group for its name."""
        if state in ("decided", "working_group") and NEXT.get(found.state) == state:
            self._deal(found, state)
        else:
            self._presenter.move(found.id, state)

    def offers(self, key: str) -> list[MenuLine]:
        """Return what can be done with a card."""
        found = self._presenter.model.cluster(key)
        label = self._context.catalogue.code_list("finding_state").label
        ways = self._context.catalogue.rules.findings.ways
        if found is None:
            states = ("bundled", *ways.get("bundled", ()))
            return [self._to(key, state, label(state)) for state in states]
        cluster = found
        lines = [
            MenuLine("edit_bundle", say("answers.edit"), lambda: self._word(cluster)),
            MenuLine("deal_bundle", say("answers.deal"), lambda: self._deal(cluster, "")),
            MenuLine("inside_bundle", say("answers.inside"), lambda: self._inside(cluster)),
            MenuLine("bundle_history", say("answers.history"), lambda: self._history(cluster)),
        ]
        if cluster.good_practice:
            lines.append(MenuLine("adopt", say("answers.note_taking_over"), lambda: self._adopt(cluster)))
        lines += [self._to(key, state, label(state)) for state in ways.get(cluster.state, ())]
        if cluster.state in ("bundled", DISMISSED):
            lines.append(
                MenuLine("dissolve", say("answers.dissolve"), lambda: self._presenter.dissolve(cluster))
            )
        return lines

    def _to(self, key: str, state: str, label: str) -> MenuLine:
        words = say("answers.bring_to", state=label)
        return MenuLine(f"to_{state}", words, lambda: self._presenter.move(key, state))

    def _word(self, found: "FindingCluster") -> None:
        presenter, answers = self._presenter, wording_answers(found.wording)
        ClusterDialog(
            self, say("answers.how_is_it_worded"), self._context.catalogue, "cluster", answers,
            lambda said, done, refused: presenter.word(found, as_wording(said), done, refused),
        ).open()  # fmt: skip

    def _deal(self, found: "FindingCluster", state: str) -> None:
        presenter, answers = self._presenter, dealing_answers(found.dealing)
        question = say(f"answers.ask_{state}") if state else say("answers.who_deals_with_it")
        accept = say(f"answers.go_{state}") if state else ""
        ClusterDialog(
            self, question, self._context.catalogue, "dealing", answers,
            lambda said, done, refused: presenter.deal(found, as_dealing(found, said), state, done, refused),
            accept,
        ).open()  # fmt: skip

    def _inside(self, found: "FindingCluster") -> None:
        inside = self._presenter.model.board.inside.get(found.id, ())
        InsideDialog(self, inside, self._presenter.leave).open()

    def _history(self, found: "FindingCluster") -> None:
        HistoryDialog(self, self._context, found).open()

    def _adopt(self, found: "FindingCluster") -> None:
        offered = self._presenter.model.municipalities()
        AdoptionDialog(self, found, offered, lambda ags, done: self._presenter.adopt(found, ags, done)).open()
