"""Painting the chain of 60 measures and the timeline of 60 spells, against a widget with 60 rectangles."""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.records import Case, CaseFile, Measure, Member, Person, RegimeSpell
from kimdesk.domain.terms import Lane, MeasureState
from tests.bench.figures import Figure, side_by_side

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

MEASURES = 60
TODAY = date(2026, 11, 24)
SIZE = (780, 400)


def figures(home: Path) -> Iterator[Figure]:
    """Yield painting what is seen of the chain, and laying it out anew after a change."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from ui import theme
    from ui.app import prepare
    from ui.focus.watching import watch
    from ui.plan.chain_card import PictureScroll
    from ui.plan.chain_view import ChainView

    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication([])
    prepare(app)
    theme.apply(app)
    theme.complete()
    watch(app)
    file = chain_of(MEASURES)
    bare, view = _bare(), ChainView(SHIPPED)
    area = PictureScroll(view)
    area.resize(*SIZE)
    view.show_file(file, TODAY)
    area.set_limit(SIZE[1])
    for widget in (bare, area):
        widget.show()
    app.processEvents()
    floor, ours = side_by_side(bare.grab, area.grab, 31)
    against = f"bare widget, {MEASURES} rectangles"
    yield Figure(f"paint the chain of {MEASURES} measures", against, floor, ours, "≤ 16 ms")
    floor, ours = side_by_side(bare.grab, lambda: view.show_file(file, TODAY), 31)
    yield Figure(f"lay out the chain of {MEASURES} measures", against, floor, ours, "≤ 50 ms")
    yield from _timeline(bare)


def _timeline(bare: "QWidget") -> Iterator[Figure]:
    from PySide6.QtWidgets import QApplication

    from ui.regimes.timeline import Timeline

    view, file = Timeline(SHIPPED), household_of(MEASURES)
    view.resize(*SIZE)
    view.show_file(file, TODAY)
    view.show()
    QApplication.processEvents()
    against = f"bare widget, {MEASURES} rectangles"
    floor, ours = side_by_side(bare.grab, view.grab, 31)
    yield Figure(f"paint the timeline of {MEASURES} spells", against, floor, ours, "≤ 16 ms")

    def anew() -> None:
        view.show_file(file, TODAY)
        view.grab()

    floor, ours = side_by_side(bare.grab, anew, 31)
    yield Figure(f"lay out and paint {MEASURES} spells anew", against, floor, ours, "≤ 100 ms")


def household_of(spells: int) -> CaseFile:
    """Return five persons with ``spells`` spells of benefit, insurance and course, gaps among them."""
    people = tuple(Person(id=str(one), given_names=f"Person {one}") for one in range(5))
    members = tuple(Member(id=one.id, case_id="c", person_id=one.id) for one in people)
    lanes = ((Lane.BENEFIT, "sgb2"), (Lane.HEALTH_INSURANCE, "statutory"), (Lane.COURSE, "integration"))
    regimes = tuple(
        RegimeSpell(
            id=str(one),
            person_id=str(one % 5),
            lane=lanes[one % 3][0],
            regime=lanes[one % 3][1],
            starts_on=TODAY + timedelta(days=one // 15 * 90 - 180),
            ends_on=TODAY + timedelta(days=one // 15 * 90 - 110),
        )
        for one in range(spells)
    )
    return CaseFile(case=Case(id="c", opened_on=TODAY), persons=people, members=members, regimes=regimes)


def chain_of(number: int) -> CaseFile:
    """Return a plan of ``number`` measures over a year and more, each waiting for one or two earlier ones."""
    regimes = ("sgb2", "sgb3", "sgb8", "asylblg_basic", "other")
    states = (MeasureState.DONE, MeasureState.RUNNING, MeasureState.PLANNED, MeasureState.PLANNED)
    measures = tuple(
        Measure(
            id=str(one),
            title=f"Maßnahme {one} mit einem Namen",
            regime=regimes[one % len(regimes)],
            state=states[one % len(states)],
            starts_on=TODAY + timedelta(days=one * 6 - 40),
            due_on=TODAY + timedelta(days=one * 6 + 20),
            requires=tuple(str(other) for other in (one - 5, one - 7) if other >= 0),
        )
        for one in range(number)
    )
    return CaseFile(case=Case(id="c", opened_on=TODAY), measures=measures)


def _bare() -> "QWidget":
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainter, QPaintEvent
    from PySide6.QtWidgets import QWidget

    class Bare(QWidget):
        """Sixty rounded rectangles."""

        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - the name Qt calls
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for one in range(MEASURES):
                painter.drawRoundedRect(QRectF(10 + one * 9, one * 6, 120, 5), 2, 2)

    widget = Bare()
    widget.resize(*SIZE)
    return widget
