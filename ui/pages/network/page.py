"""The page Netzwerk: all chains of the Kreis in one picture, beside it the opened way and the bottlenecks."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QStackedWidget, QWidget

from kimdesk.casework.events import REGISTRY, Shows
from kimdesk.catalogue.municipalities import municipality_name
from kimdesk.domain.dates import today
from kimdesk.texts import network as words
from kimdesk.texts import say
from ui import focus
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.forms.flow import FlowBox
from ui.kit.base import spaced
from ui.kit.buttons import secondary
from ui.kit.card import Card
from ui.kit.drop_down import DropDown
from ui.kit.scroll import Columns, Page, column
from ui.kit.state import EmptyState
from ui.kit.text import Text
from ui.pages.network.bottlenecks import BottleneckCard
from ui.pages.network.canvas import NetworkCanvas
from ui.pages.network.legend import NetworkLegend
from ui.pages.network.table import WaysTable
from ui.pages.network.way_card import WayCard
from ui.places import Place
from ui.program import keys
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.kreis.steering.network import ChainNetwork
    from kimdesk.kreis.steering.values import FindingCluster

_SIDE = 304


class NetworkPage(DeskPage, Page):
    """A quarter, a municipality and a lane are chosen above; Alt+1 is the picture, Alt+2 the table."""

    shows = Shows(REGISTRY)

    def __init__(self, context: Context) -> None:
        super().__init__(say("network.title"), say("network.note"))
        self.setObjectName("network_page")
        self._context = context
        self._found: ChainNetwork | None = None
        self._clusters: tuple[FindingCluster, ...] = ()
        self._opened = ""
        self._tools = FlowBox(gap=6)  # while the text is large the title row has no room for them
        self._tools.setVisible(theme().stacked)
        self.body.addWidget(self._tools)
        self._period = self._chooser("network_period", say("network.period"), self.refresh)
        self._place = self._chooser("network_municipality", say("network.municipality"), self.refresh)
        self._lane = self._chooser("network_lane", say("network.show"), self._show)
        self._add_buttons()
        self._build()
        self._offer_periods()

    def refresh(self) -> None:
        """Read the registry again."""
        desk, period, ags = self._context.desk, self._period.currentData(), self._place.currentData() or ""

        def read() -> "tuple[ChainNetwork | None, tuple[FindingCluster, ...]]":
            from kimdesk.kreis.steering import board, network

            found = None if network.is_empty(desk) else network.draw(desk, period, ags)
            return found, board.read(desk).clusters

        self._context.work.read(self, read, self._got)

    def open_way(self, key: str) -> None:
        """Open a way in picture, table and card; "" closes it."""
        self._opened = key
        self._view.show_opened(key)
        self._table.show_opened(key)
        one = self._found.way(key) if self._found else None
        if self._found:
            self._card.show_way(self._found, one, words.findings_about(self._clusters, one) if one else 0)

    def open_worst(self) -> None:
        """Open the way on which is waited too long by most days, if there is one."""
        if self._found and (worst := self._found.bottlenecks):
            self.open_way(worst[0].way.key)

    def show_table(self, *, table: bool) -> None:
        """Show the table in the place of the picture, or the picture again."""
        self._either.setCurrentIndex(int(table))
        self._swap.setText(say("network.picture") if table else say("network.table"))
        self._swap.setToolTip(keys.words("network_picture" if table else "network_table"))

    def _chooser(self, name: str, title: str, act: Callable[[], None]) -> DropDown:
        made = DropDown()
        made.setObjectName(name)
        made.setAccessibleName(title)
        made.setToolTip(title)
        made.activated.connect(lambda _: act())
        self._put(made)
        return made

    def _put(self, widget: QWidget) -> None:
        if theme().stacked:
            self._tools.flow.addWidget(widget)
        else:
            self.add_action(widget)

    def _add_buttons(self) -> None:
        self._swap = secondary(say("network.table"), "table")
        self._swap.setObjectName("network_swap")
        self._swap.clicked.connect(lambda: self.show_table(table=self._either.currentIndex() == 0))
        self._put(self._swap)
        keys.bind(self, "network_picture", partial(self.show_table, table=False), where=keys.WITHIN)
        keys.bind(self, "network_table", partial(self.show_table, table=True), where=keys.WITHIN)

    def _show_paper(self) -> None:
        """Show the network as paper, to print or to save."""
        from kimdesk.documents import network_paper
        from ui.papers.plain import PlainPaperWindow

        desk, found = self._context.desk, self._found
        if found is None:
            return
        PlainPaperWindow(
            self._context,
            self,
            say("network.paper_title"),
            lambda: network_paper.pdf(desk, found, today()),
            lambda path, data: network_paper.save(desk, path, data),
            lambda: network_paper.note_printed(desk),
        ).open()

    def _build(self) -> None:
        self._view, self._table = NetworkCanvas(), WaysTable()
        self._area = _Across(self._view)
        self._legend = NetworkLegend()
        self._either = QStackedWidget()
        frame = Card()
        spaced(frame.outer, 0, (1, 1, 1, 8))
        for each in (self._area, self._legend):
            frame.body.addWidget(each)
        self._either.addWidget(column(frame))
        self._either.addWidget(column(self._table))
        self._notes = Text("", "table", "text-2", wrap=True)
        self._card = WayCard(self._close, lambda: self._context.navigate(Place("answers")))
        self._narrow = BottleneckCard(self.open_way)
        paper = secondary(say("network.paper"), "file-pdf")
        paper.setObjectName("network_paper")
        paper.clicked.connect(self._show_paper)
        self._empty = EmptyState("tree-structure", say("network.empty"))
        left = column(self._empty, self._either, self._notes)
        self._side = column(self._card, self._narrow, paper)
        self.body.addWidget(Columns([(left, 0), (self._side, _SIDE)], 12))
        self._view.wanted.connect(self.open_way)
        self._view.seen.connect(lambda x, y, w, h: self._area.ensureVisible(x + w // 2, y + h // 2, w, h))
        self._table.wanted.connect(self.open_way)

    def _offer_periods(self) -> None:
        from kimdesk.kreis.steering import network

        for each in network.quarters(today()):
            self._period.addItem(words.quarter(each), each)
        self._place.addItem(f"{say('network.municipality')}: {say('network.all_municipalities')}", "")
        self._lane.addItem(f"{say('network.show')}: {say('network.all_ways')}", "")

    def _got(self, found: "tuple[ChainNetwork | None, tuple[FindingCluster, ...]]") -> None:
        self._found, self._clusters = found
        if self._found:
            self._offer(self._place, [(municipality_name(one), one) for one in self._found.municipalities])
            lanes = [(lane.name.replace("\u00ad", ""), lane.code) for lane in self._found.lanes]
            self._offer(self._lane, lanes)
        self._show()

    def _offer(self, chooser: DropDown, choices: list[tuple[str, str]]) -> None:
        """Offer ``choices`` after „alle“; what was chosen stays so."""
        chosen = chooser.currentData()
        while chooser.count() > 1:
            chooser.removeItem(1)
        for told, value in choices:
            chooser.addItem(told, value)
        chooser.setCurrentIndex(max(chooser.findData(chosen), 0))

    def _show(self) -> None:
        found = self._found
        ways = found.ways if found else ()
        self._empty.setVisible(not ways)
        self._either.setVisible(bool(ways))
        self._side.setVisible(bool(ways))
        self._notes.setVisible(bool(found))
        if found is None:
            return
        from kimdesk.pictures.network import shown

        lane = self._lane.currentData() or ""
        told = list(words.notes(found)) if ways else [say("network.no_way")]
        self._view.show_network(found, lane)
        self._area.fit()
        self._table.show_ways(found, shown(found, lane), self._opened)
        if self._view.picture and self._view.picture.aside:
            told.append(say("network.fewer_ways", n=len(self._view.picture.aside)))
        self._notes.setText(" ".join(f"{one}." if one[-1] not in ".:" else one for one in told))
        self._narrow.show_network(found)
        self.open_way(self._opened if found.way(self._opened) else "")

    def _close(self) -> None:
        self.open_way("")
        focus.go(self._view)


class _Across(QScrollArea):
    """Holds the picture at its own height; a narrow window scrolls it sideways."""

    def __init__(self, view: QWidget) -> None:
        super().__init__()
        self._view = view
        self.setWidget(view)
        self.setObjectName("network_area")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def fit(self) -> None:
        """Be as high as the picture, and the bar below it where it is wider."""
        view = self._view
        scrolls = view.minimumSizeHint().width() > self.viewport().width()
        self.setFixedHeight(
            view.height() + (self.horizontalScrollBar().sizeHint().height() if scrolls else 0)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew: the picture follows the width."""
        super().resizeEvent(event)
        self.fit()
