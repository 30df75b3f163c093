"""The page Kennzahlen: six numbers, their charts, and the opened number. All of it is what a report holds."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from kimdesk.casework.events import REGISTRY, Shows
from kimdesk.catalogue.municipalities import municipality_name
from kimdesk.domain.dates import today as this_day
from kimdesk.indicators.values import Period
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.kit.announce import announce
from ui.kit.base import clear, spaced
from ui.kit.buttons import primary, quiet
from ui.kit.drop_down import DropDown
from ui.kit.scroll import Columns, Page, column
from ui.kit.state import EmptyState, Notice
from ui.kit.text import Text
from ui.pages.figures.charts import chart_card
from ui.pages.figures.dialogs import behind_dialog, versions_dialog
from ui.pages.figures.model import before_words, charted, headline, main_table, span_words, spans_offered
from ui.pages.figures.opened_card import FigureCard
from ui.pages.figures.presenter import AskedReport, FiguresPresenter
from ui.pages.figures.strip import HeadlineStrip
from ui.places import Place
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.kreis.steering.report_values import SteeringReport
    from ui.pages.figures.behind import CountedBehind

SIDE: Final = 312
REPORTS: Final = "reports"
_ENDINGS: Final = "PDF (*.pdf);;Excel (*.xlsx);;CSV (*.csv);;JSON (*.json)"


class FiguresPage(DeskPage, Page):
    """A period and a municipality are chosen above; a number opens at the right."""

    shows = Shows(REGISTRY)

    def __init__(self, context: Context) -> None:
        super().__init__(say("figures.title"))
        self.setObjectName("figures_page")
        self._context = context
        self._presenter = FiguresPresenter(context, self)
        self._report: SteeringReport | None = None
        self._today, self._opened = this_day(), ""
        self._make_head()
        self._problem = Notice("bad")
        self._problem.setObjectName("figures_problem")
        again = quiet(say("figures.try_again"))
        again.setObjectName("try_again")
        again.clicked.connect(self.refresh)
        self._problem.add_action(again)
        self._busy = Text(say("figures.counting"), "table", "text-2")
        self._busy.setObjectName("figures_busy")
        self._empty = EmptyState("chart-bar", say("figures.nothing_yet"), say("figures.to_the_inbox"))
        self._empty.setObjectName("figures_empty")
        self._empty.pressed.connect(lambda: context.navigate(Place("inbox")))
        self._strip = HeadlineStrip()
        self._strip.opened.connect(self._open)
        self._card = FigureCard()
        self._card.closed.connect(lambda: self._open(""))
        self._card.behind.connect(self._ask_behind)
        self._card.versions.connect(lambda code: versions_dialog(self, code).open())
        self._charts = QWidget()
        self._grid = QGridLayout(self._charts)
        spaced(self._grid, 12)
        for widget in (self._problem, self._busy, self._empty, self._strip):
            self.body.addWidget(widget)
        self.body.addWidget(Columns([(self._charts, 0), (column(self._card), SIDE)], spacing=12))
        self._show_parts(busy=True)

    def go(self, place: Place) -> None:
        """Open the number that ``place`` names."""
        if place.key:
            self._opened = place.key
            self._show()

    def here(self) -> Place | None:
        """Return the page with the opened number."""
        return Place("figures", key=self._opened) if self._opened else None

    def refresh(self) -> None:
        """Draw the report anew."""
        self._problem.hide()
        if self._report is None:
            self._show_parts(busy=True)
        self._presenter.draw(self._asked(), self._today)

    def hideEvent(self, event: QHideEvent) -> None:
        """Draw nothing any more for who has left."""
        super().hideEvent(event)
        self._presenter.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the opened number away."""
        if event.key() == Qt.Key.Key_Escape and self._opened:
            self._open("")
        else:
            super().keyPressEvent(event)

    def show_report(self, report: "SteeringReport") -> None:
        """Show a report."""
        self._report = report
        self._problem.hide()
        self._offer_municipalities(report)
        if not self._opened and report.template.headlines and not theme().stacked:
            self._opened = report.template.headlines[0]
        self._show()

    def show_problem(self, told: Explanation) -> None:
        """Say why there is no report."""
        self._report = None
        self._show_parts(busy=False)
        self._problem.explain(told)
        self._problem.show()

    def show_refused(self, told: Explanation) -> None:
        """Say what else was refused; the figures stay."""
        self._problem.explain(told)
        self._problem.show()
        self.ensureVisible(0, 0)

    def show_behind(self, behind: "CountedBehind") -> None:
        """Show what was counted."""
        behind_dialog(self, behind).open()

    def show_saved(self, path: Path) -> None:
        """Say where the report lies."""
        self._context.toast(say("figures.saved_as", name=path.name))

    def _make_head(self) -> None:
        self._span = DropDown()
        self._span.setObjectName("figures_span")
        self._span.setAccessibleName(say("figures.period"))
        for each in spans_offered(self._today):
            self._span.addItem(span_words(each), each)
        self._town = DropDown()
        self._town.setObjectName("figures_municipality")
        self._town.setAccessibleName(say("figures.municipality"))
        self._town.addItem(say("figures.whole_kreis"), "")
        self._give = primary(say("figures.report"), "file-text")
        self._give.setObjectName("give_report")
        self._give.clicked.connect(self._ask_save)
        for box in (self._span, self._town):
            box.activated.connect(lambda _: self.refresh())
        if theme().stacked:
            head = column(self._span, self._town, self._give, stretch=False)
            self.body.addWidget(head)
        else:
            for widget in (self._span, self._town, self._give):
                self.add_action(widget)

    def _asked(self) -> AskedReport:
        span: Period = self._span.currentData()
        return AskedReport(span, str(self._town.currentData() or ""))

    def _offer_municipalities(self, report: "SteeringReport") -> None:
        """Offer all municipalities of the Kreis by name; the first report of the whole Kreis knows them."""
        if self._town.count() > 1:
            return
        known = {ags for each in report.desks for ags in each.municipalities} | {*report.without_desk}
        for ags in sorted(known, key=municipality_name):
            self._town.addItem(municipality_name(ags), ags)
        self._town.setItemText(0, say("figures.all_municipalities", number=len(known)))

    def _show_parts(self, *, busy: bool) -> None:
        report = self._report
        filled = report is not None and not report.empty
        self._busy.setVisible(busy)
        self._empty.setVisible(report is not None and report.empty)
        self._strip.setVisible(filled)
        self._charts.setVisible(filled)
        self._give.setEnabled(filled)
        if not filled:
            self._card.hide()

    def _show(self) -> None:
        report = self._report
        self._show_parts(busy=report is None and self._problem.isHidden())
        if report is None or report.empty:
            return
        heads = [table for code in report.template.headlines if (table := main_table(report, code))]
        when = before_words(report.span, report.before)
        self._strip.show_headlines([headline(each, when) for each in heads], self._opened)
        self._show_charts(report)
        self._card.show_figure(report, main_table(report, self._opened))

    def _show_charts(self, report: "SteeringReport") -> None:
        clear(self._grid)
        per_row = 1 if theme().stacked else 2
        for at, table in enumerate(charted(report, self._opened)):
            card = chart_card(report, table, self._context.catalogue)
            card.opened.connect(lambda _, code=table.asked.code: self._open(code))
            self._grid.addWidget(card, at // per_row, at % per_row)
        for each in range(per_row):
            self._grid.setColumnStretch(each, 1)

    def _open(self, code: str) -> None:
        """Open a number, or put the opened one away: it, and the one pressed again."""
        self._opened = "" if code == self._opened else code
        self._strip.light(self._opened)
        if self._report is not None:
            table = main_table(self._report, self._opened)
            self._card.show_figure(self._report, table)
            if table is not None:
                announce(self, self._card.accessibleName())

    def _ask_behind(self, code: str) -> None:
        if self._report is not None:
            self._presenter.behind(self._report, code)

    def _ask_save(self) -> None:
        report, keeper = self._report, self._context.keeper
        if report is None:
            return
        folder = Path(keeper.current.place(REPORTS) or Path.home())
        start = folder / f"{say('figures.file_name')} {report.span.last.isoformat()}.pdf"
        name, _ = QFileDialog.getSaveFileName(self, say("figures.report"), str(start), _ENDINGS)
        if name:
            keeper.change(keeper.current.placed(REPORTS, Path(name).parent))
            self._presenter.save(report, Path(name))
