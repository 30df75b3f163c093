"""Draws the report of the page in the background, and what lies behind its numbers."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kimdesk.indicators.values import TOTAL, Period, Wish
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.program.work import Owner

if TYPE_CHECKING:
    from kimdesk.kreis.steering.report_values import SteeringReport
    from ui.pages.figures.behind import CountedBehind

TEMPLATE = "kreis"


@dataclass(frozen=True, slots=True)
class AskedReport:
    """Which report is looked at: a period and a municipality (AGS), "" for the whole Kreis."""

    span: Period
    municipality: str = ""


class _Left(Exception):  # noqa: N818 - nobody is told
    """Another report is asked for, or the page is left: the one being drawn is not wanted any more."""


class FiguresView(Owner, Protocol):
    """What the presenter tells the page."""

    def show_report(self, report: "SteeringReport") -> None:
        """Show a report."""

    def show_problem(self, told: Explanation) -> None:
        """Say why there is none."""

    def show_behind(self, behind: "CountedBehind") -> None:
        """Show what was counted."""

    def show_saved(self, path: Path) -> None:
        """Say where the report lies."""

    def show_refused(self, told: Explanation) -> None:
        """Say why something beside the report did not come about."""


class FiguresPresenter:
    """Asks ``kimdesk.kreis.steering``; only the report asked for last is shown."""

    def __init__(self, context: Context, view: FiguresView) -> None:
        self._context, self._view = context, view
        self._turn = 0

    def draw(self, asked: AskedReport, today: date) -> None:
        """Draw a report; whatever was being drawn before ends."""
        self._turn += 1
        turn, desk = self._turn, self._context.desk

        def check() -> None:
            if turn != self._turn:
                raise _Left

        def read() -> "SteeringReport | None":
            from kimdesk.kreis.steering.report import draw
            from kimdesk.kreis.steering.templates import template

            try:
                check()
                found = template(desk.catalogue, TEMPLATE, today)
                return draw(desk, found, asked.span, asked.municipality, today=today, check=check)
            except _Left:
                return None

        def got(report: "SteeringReport | None") -> None:
            if report is not None and turn == self._turn:
                self._view.show_report(report)

        self._context.work.read(self._view, read, got, self._view.show_problem)

    def leave(self) -> None:
        """Draw nothing any more."""
        self._turn += 1

    def behind(self, report: "SteeringReport", code: str) -> None:
        """Read what was counted in the total of ``code``, which the report shows."""
        desk = self._context.desk
        wanted = (report.municipality,) if report.municipality else ()
        wish = Wish(code, report.span, wanted)

        def read() -> "CountedBehind":
            from ui.pages.figures.behind import read_behind

            return read_behind(desk, wish, TOTAL)

        self._context.work.read(self._view, read, self._view.show_behind, self._view.show_refused)

    def save(self, report: "SteeringReport", path: Path) -> None:
        """Write the report as its ending says; it is kept with its proof before it is given out."""
        desk = self._context.desk

        def write() -> Path:
            from kimdesk.documents.figures.giving_out import save

            save(desk, report, path)
            return path

        self._context.work.write(self._view, write, self._view.show_saved, self._view.show_refused)
