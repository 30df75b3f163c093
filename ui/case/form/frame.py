"""How the form of a phase stands on the page: list, form, what is missing; one column when text is large."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kimdesk.forms.progress import EntryState
from kimdesk.texts import say
from ui.forms.form_view import FormBody
from ui.forms.station_list import state_word
from ui.forms.stations_view import StationsView
from ui.kit.base import spaced
from ui.kit.card import Card
from ui.kit.gutter import keep_gutter
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.theme import theme

_LIST, _SIDE, _WIDEST = 256, 290, 880
_LEGEND = (
    ("check-circle", "ok", True, EntryState.DONE),
    ("circle-half", "warn", True, EntryState.BEGUN),
    ("circle", "text-2", False, EntryState.OPEN),
)


class FormFrame(QWidget):
    """``form`` in the middle under ``head``; ``side`` beside it, below it when the text is large."""

    def __init__(self, form: FormBody, head: QWidget, side: QWidget) -> None:
        super().__init__()
        stacked = theme().stacked
        walk = form if isinstance(form, StationsView) else None
        row = QHBoxLayout(self)
        spaced(row)
        if walk and not stacked:
            row.addWidget(_list_panel(walk))
        row.addLayout(self._middle(form, walk, self._content(form, walk, head, side if stacked else None)), 1)
        if not stacked:
            row.addWidget(_side_panel(side))

    def _middle(self, form: FormBody, walk: StationsView | None, content: QWidget) -> QVBoxLayout:
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(content)
        keep_gutter(self.area)
        middle = QVBoxLayout()
        spaced(middle)
        middle.addWidget(self.area, 1)
        if walk:
            middle.addWidget(_action_bar(walk.bar))
        form.moved.connect(lambda: self.area.verticalScrollBar().setValue(0))
        return middle

    def _content(
        self, form: FormBody, walk: StationsView | None, head: QWidget, below: QWidget | None
    ) -> QWidget:
        content = QWidget()
        content.setObjectName("page_body")
        outer = QHBoxLayout(content)
        spaced(outer, 0, (20, 14, 20, 20))
        holder = QWidget()
        holder.setMaximumWidth(theme().px(_WIDEST))
        column = QVBoxLayout(holder)
        spaced(column, 12)
        column.addWidget(head)
        if walk and theme().stacked:
            column.addWidget(walk.selector)
        column.addWidget(form, 1)
        if below is not None:
            card = Card()
            card.body.addWidget(below)
            column.addWidget(card)
        outer.addWidget(holder, 1)
        return content


def _action_bar(bar: QWidget) -> QFrame:
    frame = QFrame()
    frame.setObjectName("action_bar")
    row = QHBoxLayout(frame)
    above = 4 if theme().stacked else 10
    spaced(row, 0, (20, above, 20, above))
    row.addWidget(bar)
    return frame


def _side_panel(side: QWidget) -> QFrame:
    panel = QFrame()
    panel.setObjectName("side_panel")
    panel.setFixedWidth(theme().px(_SIDE))
    content = QWidget()
    column = QVBoxLayout(content)
    spaced(column, 12, (16, 14, 16, 16))
    column.addWidget(side)
    column.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    keep_gutter(area)
    for see_through in (content, area.viewport()):
        see_through.setAutoFillBackground(False)
    outer = QVBoxLayout(panel)
    spaced(outer)
    outer.addWidget(area)
    return panel


def _list_panel(walk: StationsView) -> QFrame:
    panel = QFrame()
    panel.setObjectName("sunken_panel")
    panel.setFixedWidth(theme().px(_LIST))
    column = QVBoxLayout(panel)
    spaced(column, 6, (10, 10, 10, 10))
    head = QHBoxLayout()
    spaced(head, 6, (6, 0, 6, 0))
    progress = Text(walk.progress(), "meta", "text-2")
    walk.session.restated.connect(lambda: progress.setText(walk.progress()))
    head.addWidget(Text(walk.station.section.title, "label"))
    head.addStretch(1)
    head.addWidget(progress)
    column.addLayout(head)
    column.addWidget(walk.list, 1)
    column.addLayout(_legend())
    return panel


def _legend() -> QGridLayout:
    grid = QGridLayout()
    spaced(grid, 5, (6, 4, 6, 0))
    for number, (name, tone, filled, state) in enumerate(_LEGEND):
        row, column = divmod(number, 2)
        grid.addWidget(Sign(name, tone, 14, filled), row, 2 * column)
        grid.addWidget(Text(state_word(state), "meta", tone), row, 2 * column + 1)
    grid.addWidget(Text(say("case.scale_0_4"), "meta", "text-2"), 1, 2, 1, 2)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(3, 1)
    return grid
