"""The tab „Perspektive“: the step that helps now, the lanes as a path or a list, the opened rule."""

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.casework import perspective
from kimdesk.domain.agenda.perspective_dates import PERSPECTIVE, place_in
from kimdesk.domain.records import CaseFile
from kimdesk.texts import say
from ui import focus
from ui.case.editing import Editing
from ui.case.tabs import CaseTab
from ui.kit.announce import announce
from ui.kit.base import spaced
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.listing import Listing
from ui.kit.scroll import Page, column
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.perspective.achieved import AchievedCard
from ui.perspective.acts import StepActs
from ui.perspective.empty import EmptyHolder
from ui.perspective.entering import PLACES, add_achievement, enter, open_standing
from ui.perspective.lanes import LaneKey
from ui.perspective.legend import path_legend
from ui.perspective.listed import rows
from ui.perspective.model import FirstEntry, PerspectiveView
from ui.perspective.news import Perspective, news
from ui.perspective.opened import OpenedCard
from ui.perspective.picture import LEAST, LanePicture
from ui.perspective.strip import StepStrip, StepView
from ui.perspective.viewing import view
from ui.places import Place
from ui.theme import theme

_SIDE = 384
_MOST_NEWS = 5
_ABOVE = 14
_BESIDE = 1040  # pixels at 100 %: narrower, the opened rule stands below the lanes


class PerspectiveTab(CaseTab, QWidget):
    """What residence law may open for each person of the household, and the one step that helps now."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("tab_perspective")
        self._editing = editing
        self._view = PerspectiveView()
        self._chosen: LaneKey | None = None
        self._screened: Perspective | None = None
        self._news_told: list[str] = []
        self._told_on = editing.today
        self._listed = theme().stacked
        self._acts = StepActs(editing)
        outer = QVBoxLayout(self)
        spaced(outer)
        self._page = Page()
        outer.addWidget(self._page, 1)
        outer.addWidget(self._foot())
        self._news = Notice("info")
        self._news.setObjectName("perspective_news")
        self._strip, self._opened, self._achieved = StepStrip(), OpenedCard(), AchievedCard()
        self._empty = EmptyHolder()
        for widget in (self._news, self._strip, self._empty, self._columns()):
            self._page.body.addWidget(widget)
        self._connect()

    def show_file(self, file: CaseFile) -> None:
        """Show the perspective of everybody in ``file``."""
        self._view = shown = self._read(file)
        self._chosen = shown.first(self._chosen)
        self._empty.show_beginning(shown.beginning)
        self._card.setVisible(bool(shown.groups))
        self._card_count.setText(shown.checked)
        self._left_out.setText(shown.left_out)
        self._left_out.setVisible(bool(shown.left_out))
        self._picture.show_groups(shown.groups, self._chosen)
        self._list.set_rows(rows(shown.groups))
        self._achieved.show_people(shown.achieved)
        self._achieved.setVisible(bool(shown.achieved))
        self._news.setVisible(bool(shown.news))
        self._news.set("info", say("perspective.new_since_today"), "\n".join(shown.news))
        self._state.setText(shown.state, say("perspective.no_legal_advice"))
        self._show_chosen()
        self._arrange()

    def choose(self, place: Place) -> bool:
        """Open the lane of a date of the agenda next."""
        if place.kind == PERSPECTIVE:
            person, rule = place_in(place.key)
            self._chosen = LaneKey((person,), rule)
            return True
        return super().choose(place)

    def hasHeightForWidth(self) -> bool:
        """Return False: the tab scrolls, so its foot takes no height from the head of the case."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the opened rule stand beside the lanes or below them."""
        super().resizeEvent(event)
        self._arrange()

    def _connect(self) -> None:
        self._picture.opened.connect(self._open)
        self._list.opened.connect(self._open)
        self._opened.wanted.connect(self._enter)
        self._strip.act.connect(lambda: self._acts.act(self._step()))
        self._strip.later.connect(lambda: self._acts.later(self._strip.later_button, self._step()))
        self._empty.wanted.connect(self._begin)
        self._achieved.added.connect(lambda person: add_achievement(self._editing, person))
        self._achieved.standing.connect(lambda person: open_standing(self._editing, person))
        self._achieved.page.connect(lambda person: self._editing.open("authority_page", person))
        self._achieved.wanted.connect(lambda _: self._editing.go(Place("case", self._case_id, "people")))

    @property
    def _case_id(self) -> str:
        return self._editing.file.case.id

    def _read(self, file: CaseFile) -> PerspectiveView:
        """Screen the household; what is otherwise than when it was shown last is said, and stands here."""
        catalogue, today = self._editing.catalogue, self._editing.today
        screened = perspective.of_file(catalogue, file, today)
        if self._told_on != today:
            self._news_told, self._told_on = [], today
        if self._screened is not None and (found := news(self._screened, screened, file.persons)):
            self._news_told = [*found, *self._news_told][:_MOST_NEWS]
            self._editing.saved(found[0] if len(found) == 1 else say("perspective.n_news", n=len(found)))
        self._screened = screened
        return view(catalogue, file, today, screened, self._news_told)

    def _enter(self, fact: str) -> None:
        """Enter a fact of the person whose lane is open; the dialog comes back here."""
        if self._chosen:
            enter(self._editing, fact, self._chosen.people[0])

    def _begin(self, beginning: FirstEntry) -> None:
        if beginning.kind in PLACES:
            enter(self._editing, beginning.kind, beginning.person_id)
        else:
            self._editing.open(beginning.kind)

    def _columns(self) -> QWidget:
        holder = QWidget()
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, holder)
        spaced(self._beside, 12)
        self._side = column(self._opened)
        left = QWidget()
        self._left = QVBoxLayout(left)
        spaced(self._left, 12)
        self._left.addWidget(self._lanes_card())
        self._left.addStretch(1)
        self._beside.addWidget(left, 1)
        self._beside.addWidget(self._side)
        return holder

    def _lanes_card(self) -> QWidget:
        card = self._card = Card(say("perspective.residence_and_naturalisation"))
        card.setObjectName("perspective_lanes")
        spaced(card.outer, 8, (1, 12, 1, 10))
        card.inset_head(13)
        self._card_count = Text("", "table", "text-2")
        self._switch = quiet("", "list-bullets", "small")
        self._switch.setObjectName("perspective_switch")
        self._switch.clicked.connect(self._turn_over)
        card.add_action(self._card_count)
        card.add_action(self._switch)
        self._picture = LanePicture(self._editing.today)
        self._list = Listing(fit=True)
        self._list.setObjectName("perspective_list")
        self._list.setProperty("flat", True)
        self._list.setAccessibleName(say("perspective.residence_and_naturalisation"))
        self._legend = path_legend()
        self._left_out = Text("", "meta", "text-2", wrap=True)
        self._left_out.setObjectName("perspective_left_out")
        below = QVBoxLayout()
        spaced(below, 6, (13, 0, 13, 0))
        below.addWidget(self._legend)
        below.addWidget(self._left_out)
        card.body.addWidget(self._picture)
        card.body.addWidget(self._list)
        card.body.addLayout(below)
        return card

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setObjectName("perspective_foot")
        row = QHBoxLayout(foot)
        spaced(row, 8, (20, 6, 20, 6))
        self._state = Text("", "meta", "text-2", wrap=True)
        self._state.setObjectName("perspective_state")
        row.addWidget(self._state, 1, Qt.AlignmentFlag.AlignVCenter)
        return foot

    def _step(self) -> StepView | None:
        return self._view.steps.get(self._chosen) if self._chosen else None

    def _open(self, key: object) -> None:
        """Open a lane: its rule is shown, and the step that belongs to it."""
        if isinstance(key, LaneKey):
            self._chosen = key
            self._show_chosen()
            if (shown := self._view.opened.get(key)) is not None:
                announce(self, shown.spoken)
            if not self._is_beside():
                focus.begin(self._opened)
                QTimer.singleShot(0, self._opened, self._bring_up)

    def _bring_up(self) -> None:
        """Scroll so that the opened rule begins at the top."""
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # it was just filled anew
        if (content := self._page.widget()) is not None:
            top = self._opened.mapTo(content, QPoint(0, 0)).y()
            self._page.verticalScrollBar().setValue(top - theme().px(_ABOVE))

    def _show_chosen(self) -> None:
        chosen, step = self._chosen, self._step()
        self._strip.setVisible(step is not None)
        if step is not None:
            self._strip.show_step(step)
        opened = self._view.opened.get(chosen) if chosen else None
        self._side.setVisible(opened is not None)
        if opened is not None and chosen is not None:
            self._opened.show_rule(opened)
            self._picture.choose(chosen)

    def _turn_over(self) -> None:
        self._listed = not self._listed
        self._arrange()

    def _is_beside(self) -> bool:
        return not theme().stacked and self.width() >= theme().px(_BESIDE)

    def _arrange(self) -> None:
        """Give lanes and rule their places; where the picture has no room, its list stands for it."""
        beside = self._is_beside()
        ways = QBoxLayout.Direction
        self._beside.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        if beside:
            self._left.insertWidget(1, self._achieved)
            self._side.setFixedWidth(theme().px(_SIDE))
        else:
            self._beside.addWidget(self._achieved)
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(_ENDLESS)
        roomy = self.width() - theme().px(42 + (_SIDE + 12 if beside else 0)) >= theme().px(LEAST)
        listed = self._listed or not roomy
        self._picture.setVisible(not listed)
        self._legend.setVisible(not listed)
        self._list.setVisible(listed)
        self._switch.setVisible(roomy)
        words = say("common.show_as_a_picture") if self._listed else say("common.show_as_a_list")
        self._switch.setText(words)


_ENDLESS = 16777215  # QWIDGETSIZE_MAX
