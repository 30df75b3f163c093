"""The card of the integration chain: as a picture to work on, or as a list."""

from datetime import date

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import CaseFile
from kimdesk.pictures.chain import insight
from kimdesk.pictures.frame import MONTHS, WEEKS
from kimdesk.pictures.strands import blocked
from kimdesk.texts import say
from ui.canvas.legend import Legend
from ui.forms.flow import FlowBox
from ui.kit.base import spaced
from ui.kit.buttons import Button, quiet, secondary
from ui.kit.card import Card
from ui.kit.state import EmptyState, Notice
from ui.kit.text import Text
from ui.plan.chain_view import ChainView
from ui.plan.measures import MeasureList
from ui.theme import theme

_LEAST = 180  # pixels of the picture that are always shown


class ChainCard(Card):
    """Measures with what they wait for; ``wanted`` carries the measure to edit ("" adds one).

    ``template_wanted`` asks for a typical chain; ``along`` says whether what waits is to move along.
    """

    wanted = Signal(str)
    template_wanted = Signal()
    along = Signal(bool)
    grown = Signal()  # it needs more or less room than before

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        super().__init__(say("plan.integration_chain"))
        self.setObjectName("chain_card")
        self.picture, self._list = ChainView(catalogue), MeasureList(catalogue)
        self._add_actions()
        self.picture.wanted.connect(self.wanted)
        self._list.wanted.connect(self.wanted)
        self._scroll = PictureScroll(self.picture)
        self._empty = EmptyState("tree-structure", say("plan.no_measure_planned_yet"))
        self._said = Text("", "meta", "text-2", wrap=True)
        self._said.setObjectName("chain_insight")
        self._refusal, self._offer = Notice("bad"), self._make_offer()
        self._refusal.setObjectName("chain_refusal")
        self._refusal.hide()
        for widget in (self._said, self._scroll, self._list, self._empty, self._refusal, self._offer):
            self.body.addWidget(widget)
        self._foot = self._make_foot()
        self.body.addWidget(self._foot)
        self._as_list = theme().stacked
        self._show_chosen(empty=True)

    def show_file(self, file: CaseFile, today: date) -> None:
        """Show the measures of ``file``."""
        self.picture.show_file(file, today)
        self._list.show_file(file)
        self.set_count(self._count_words(file) if file.measures else "")
        said = insight(file)
        words = said.words()
        self._said.setText(words)
        self._said.setToolTip(said.way())
        self._said.setAccessibleDescription(said.way())
        self._said.setVisible(bool(words))
        self._tell_left_out()
        self._show_chosen(empty=not file.measures)

    def set_room(self, height: int) -> None:
        """Let the whole card take at most ``height`` pixels; what does not fit is scrolled. 0: no limit."""
        if not height:
            self.picture.set_room(0)
            self._scroll.set_limit(0)
            return
        others = self.sizeHint().height() - self._scroll.height() if self._scroll.isVisibleTo(self) else 0
        room = max(theme().px(_LEAST), height - others)
        self.picture.set_room(room)
        self._scroll.set_limit(room)

    def toggle(self) -> None:
        """Change between picture and list."""
        self._as_list = not self._as_list
        self._show_chosen(empty=False)
        self.grown.emit()

    def refuse(self, words: str) -> None:
        """Say why nothing was changed; "" takes it away."""
        self._refusal.set("bad", words)
        self._refusal.setVisible(bool(words))
        self.grown.emit()

    def offer(self, words: str) -> None:
        """Ask whether what waits is to move along; "" takes the question away."""
        self._offer.set("tint", "", words)
        self._offer.setVisible(bool(words))
        self.grown.emit()

    def _count_words(self, file: CaseFile) -> str:
        number, stuck = len(file.measures), len(blocked(file))
        words = say("plan.measures", n=number)
        return f"{words} · {say('plan.n_blocked', n=stuck)}" if stuck else words

    def _show_chosen(self, *, empty: bool) -> None:
        shown = not empty and not self._as_list
        self._empty.setVisible(empty)
        self._foot.setVisible(not empty)
        self._scroll.setVisible(shown)
        self._legend.setVisible(not self._as_list)
        self._list.setVisible(not empty and self._as_list)
        for button in (self._zoom, self._earlier, self._later):
            button.setVisible(shown)
        self._switch.setText(
            say("common.show_as_a_picture") if self._as_list else say("common.show_as_a_list")
        )

    def _add_actions(self) -> None:
        self._tools = FlowBox(gap=6)  # while the text is large the head has no room for them
        self._tools.setVisible(theme().stacked)
        self.body.addWidget(self._tools)
        self._earlier = self._turner("chain_earlier", "caret-left", say("common.earlier"), -1)
        self._zoom = quiet(say("plan.weeks"), size="small")
        self._zoom.setObjectName("chain_zoom")
        self._zoom.clicked.connect(self._change_zoom)
        self._put(self._zoom)
        self._later = self._turner("chain_later", "caret-right", say("common.later"), 1)
        template = quiet(say("plan.template"), "tree-structure", "small")
        template.setObjectName("use_template_open")
        template.setAccessibleName(say("plan.use_a_template"))
        template.clicked.connect(self.template_wanted)
        add = quiet(say("common.measure"), "plus", "small")
        add.setObjectName("add_measure")
        add.setAccessibleName(say("plan.add_a_measure"))
        add.clicked.connect(lambda: self.wanted.emit(""))
        for button in (template, add):
            self._put(button)

    def _turner(self, name: str, icon: str, words: str, direction: int) -> Button:
        button = quiet("", icon, "small")
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.clicked.connect(lambda: self._show_frame(self.picture.frame.turned(direction)))
        self._put(button)
        return button

    def _put(self, button: Button) -> None:
        if theme().stacked:
            self._tools.flow.addWidget(button)
        else:
            self.add_action(button)

    def _change_zoom(self) -> None:
        self._show_frame(self.picture.frame.zoomed(MONTHS if self.picture.frame.zoom == WEEKS else WEEKS))

    def _show_frame(self, frame: object) -> None:
        self.picture.show_frame(frame)  # type: ignore[arg-type]
        self._zoom.setText(say("plan.months") if self.picture.frame.zoom == WEEKS else say("plan.weeks"))
        self._tell_left_out()

    def _tell_left_out(self) -> None:
        left_out = self.picture.picture.left_out if self.picture.picture else 0
        self._note.setText(say("plan.n_more_list", n=left_out) if left_out else "")

    def _make_offer(self) -> Notice:
        offer = Notice("tint")
        offer.setObjectName("shift_offer")
        row = offer.layout()
        assert row is not None  # noqa: S101 - a notice is laid out
        spaced(row, 8, (12, 4, 8, 4))
        along, alone = secondary(say("plan.move_along"), size="small"), quiet(say("common.no"), size="small")
        along.setObjectName("shift_along")
        alone.setObjectName("shift_alone")
        along.clicked.connect(lambda: self.along.emit(True))
        alone.clicked.connect(lambda: self.along.emit(False))
        row.addWidget(along)
        row.addWidget(alone)
        offer.hide()
        return offer

    def _make_foot(self) -> QWidget:
        foot = FlowBox(gap=10) if theme().stacked else QWidget()
        outer = foot.flow if isinstance(foot, FlowBox) else QHBoxLayout(foot)
        if isinstance(outer, QHBoxLayout):
            spaced(outer, 10)
        self._legend = Legend(
            (
                ("done", say("plan.finished")),
                ("running", say("plan.under_way")),
                ("planned", say("plan.planned")),
                ("blocked", say("common.blocked")),
                ("critical", say("plan.decides_the_end")),
            )
        )
        outer.addWidget(self._legend)
        self._note = Text("", "meta", "text-2")
        outer.addWidget(self._note)
        if isinstance(outer, QHBoxLayout):
            outer.addStretch(1)
        self._switch = quiet(say("common.show_as_a_list"), "list-bullets", "small")
        self._switch.setObjectName("chain_switch")
        self._switch.clicked.connect(self.toggle)
        outer.addWidget(self._switch)
        return foot


class PictureScroll(QScrollArea):
    """Shows the picture whole, or within a limit the part that is looked at."""

    def __init__(self, picture: ChainView) -> None:
        super().__init__()
        self._picture, self._limit = picture, 0
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(picture)
        for ground in (picture, self.viewport()):
            ground.setAutoFillBackground(False)
        picture.sight = self._sight
        picture.seen.connect(self._keep_in_sight)
        picture.installEventFilter(self)
        self.verticalScrollBar().valueChanged.connect(lambda _: picture.update())

    def set_limit(self, height: int) -> None:
        """Take at most ``height`` pixels; 0: no limit."""
        self._limit = height
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the height of the picture."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        wanted = self._picture.height()
        self.setFixedHeight(min(wanted, self._limit) if self._limit else wanted)

    def _sight(self) -> tuple[int, int]:
        seen: QRect = self._picture.visibleRegion().boundingRect()
        top = self.verticalScrollBar().value()
        return top, top + max(seen.height(), self.viewport().height())

    def _keep_in_sight(self, top: int, height: int) -> None:
        bar = self.verticalScrollBar()
        head = theme().px(56)
        if top - head < bar.value():
            bar.setValue(top - head)
        elif top + height > bar.value() + self.viewport().height():
            bar.setValue(top + height - self.viewport().height() + theme().px(8))
