"""The page Befunde of the Kreis: what desks have seen, bundled by people, up to what became of it."""

from PySide6.QtCore import QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kimdesk.casework.events import REGISTRY, Shows
from kimdesk.catalogue.municipalities import municipality_name
from kimdesk.kreis.steering.values import DISMISSED
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.forms.flow import FlowBox
from ui.kit.announce import announce
from ui.kit.base import restyle, spaced
from ui.kit.buttons import quiet, secondary
from ui.kit.context_menu import show_menu
from ui.kit.drop_down import DropDown
from ui.kit.scroll import Page
from ui.kit.sign import Sign
from ui.kit.state import EmptyState, Notice
from ui.kit.text import Text
from ui.pages.answers.columns import BoardColumns
from ui.pages.answers.model import BoardModel, Narrowed
from ui.pages.answers.panel import CardPanel
from ui.pages.answers.presenter import BoardPresenter
from ui.places import Place
from ui.theme import theme


class AnswersPage(DeskPage, Page):
    """The board, and below it the card that is looked at."""

    shows = Shows(REGISTRY)

    def __init__(self, context: Context) -> None:
        super().__init__(say("findings.findings"))
        self.setObjectName("answers_page")
        self._context = context
        self._chosen, self._picked = "", False
        self._presenter = BoardPresenter(context, self, self)
        self._filters = {name: self._filter(name) for name in ("life_domain", "ags", "kind")}
        self._problem = Notice("bad")
        self._problem.setObjectName("board_problem")
        self._problem.hide()
        self._columns = BoardColumns(context.catalogue, self._show_menu)
        self._columns.chosen.connect(self._choose)
        self._columns.moved.connect(self._move)
        self._panel = CardPanel(context, self._presenter, self.show_problem)
        self._empty = EmptyState("puzzle-piece", say("answers.none_yet"))
        self._foot = self._make_foot()
        self._place_filters()
        self._paper = secondary(say("answers.paper"), "file-text")
        self._paper.setObjectName("steering_agenda")
        self._paper.clicked.connect(self._show_paper)
        self.add_action(self._paper)
        for widget in (self._problem, self._empty, self._columns, self._panel, self._foot):
            self.body.addWidget(widget)
        self._show_parts(any_=False)

    def go(self, place: Place) -> None:
        """Look at a card."""
        if place.key:
            self.look_at(place.key)

    def refresh(self) -> None:
        """Read the board again."""
        self._presenter.refresh()

    def flush(self) -> None:
        """Keep what is written: the desk is about to be locked."""
        super().flush()
        self._panel.keep()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is written: another page is shown."""
        if not event.spontaneous():
            self._panel.keep()
        super().hideEvent(event)

    def show_board(self, model: BoardModel) -> None:
        """Show the board."""
        entries = model.entries()
        every = {one.id for found in entries.values() for one in found}
        if self._chosen not in every or not self._picked:
            self._chosen, self._picked = self._first(model), False
        self.set_note(model.title_note())
        self._show_parts(any_=bool(model.board.single or model.board.clusters))
        self._offer(model)
        self._columns.show_entries(entries, model.card, self._chosen)
        self._panel.show_card(self._chosen)
        dismissed = len(entries[DISMISSED])
        self._dismissed.setVisible(dismissed > 0 or self._dismissed.isChecked())
        self._dismissed.setText(say("answers.dismissed_n", number=dismissed))

    def show_problem(self, told: Explanation) -> None:
        """Say what was refused."""
        self._problem.explain(told)
        self._problem.show()
        self.ensureVisible(0, 0)

    def look_at(self, key: str) -> None:
        """Look at a card once it is there."""
        self._chosen, self._picked = key, True

    def _first(self, model: BoardModel) -> str:
        """Return what is looked at first: a bundle for which something new sounds alike, else any card."""
        bundles = [each.id for each in model.board.clusters if each.state != DISMISSED]
        proposed = (each for each in bundles if model.proposals.get(each))
        return next(proposed, next(iter([*bundles, *(each.id for each in model.board.single)]), ""))

    def _choose(self, key: str) -> None:
        self._panel.keep()
        self._problem.hide()
        self.look_at(key)
        self._panel.show_card(key)

    def _move(self, key: str, state: str) -> None:
        self._problem.hide()
        label = self._context.catalogue.label("finding_state", state)
        announce(self, say("answers.bring_to", state=label))
        self._presenter.move(key, state)

    def _show_menu(self, key: str, at: QPoint) -> None:
        self._columns.chosen.emit(key)
        title = say("answers.menu_of_card")
        show_menu(self, "card_menu", title, self._panel.offers(key), at)

    def _show_parts(self, *, any_: bool) -> None:
        self._empty.setVisible(not any_)
        for part in (self._columns, self._panel, self._foot, self._paper, *self._filters.values()):
            part.setVisible(any_)

    def _show_paper(self) -> None:
        """Show what the Lenkungsgruppe gets to decide."""
        from kimdesk.documents import steering_agenda
        from ui.papers.plain import PlainPaperWindow

        desk, day = self._context.desk, self._presenter.model.today
        PlainPaperWindow(
            self._context,
            self,
            say("answers.paper"),
            lambda: steering_agenda.pdf(desk, day),
            lambda path, data: steering_agenda.save(desk, path, data),
            lambda: steering_agenda.note_printed(desk),
        ).open()

    def _filter(self, name: str) -> DropDown:
        box = DropDown()
        box.setObjectName(f"board_{name}")
        box.setAccessibleName(say(f"answers.filter_{name}"))
        box.addItem(say(f"answers.all_{name}"), "")
        box.activated.connect(lambda _: self._narrow())
        return box

    def _place_filters(self) -> None:
        if not theme().stacked:
            for box in self._filters.values():
                self.add_action(box)
            return
        holder = FlowBox(gap=6)
        for box in self._filters.values():
            holder.flow.addWidget(box)
        self.body.addWidget(holder)

    def _offer(self, model: BoardModel) -> None:
        """Offer what there is on the board; what is chosen stays."""
        catalogue, board = model.catalogue, model.board
        bundled = [each.wording for each in board.clusters]
        domains = {each.life_domain for each in board.single} | {each.life_domain for each in bundled}
        kinds = {each.kind for each in board.single} | {each.kind for each in bundled}
        offered = {
            "life_domain": {each: catalogue.label("life_domain", each) for each in domains if each},
            "kind": {each: catalogue.label("finding_kind", each) for each in kinds if each},
            "ags": {each: municipality_name(each) for each in model.municipalities()},
        }
        for name, words in offered.items():
            box, chosen = self._filters[name], self._filters[name].currentData()
            with QSignalBlocker(box):
                while box.count() > 1:
                    box.removeItem(1)
                for code, word in sorted(words.items(), key=lambda one: one[1].casefold()):
                    box.addItem(word, code)
                box.setCurrentIndex(max(0, box.findData(chosen)))

    def _narrow(self) -> None:
        for box in self._filters.values():
            restyle(box, state="on" if box.currentIndex() else "")
        chosen = {name: box.currentData() for name, box in self._filters.items()}
        self._presenter.narrow(Narrowed(**chosen))

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        spaced(row, 8, (4, 0, 4, 0))
        row.addWidget(Sign("shield-check", "text-2", 16))
        row.addWidget(Text(say("answers.only_bands"), "meta", "text-2", wrap=True), 1)
        self._dismissed = quiet("", size="inline")
        self._dismissed.setObjectName("show_dismissed")
        self._dismissed.setCheckable(True)
        self._dismissed.toggled.connect(self._columns.show_dismissed)
        self._dismissed.setVisible(False)
        row.addWidget(self._dismissed, 0, Qt.AlignmentFlag.AlignRight)
        return foot
