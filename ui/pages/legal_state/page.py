"""The page Rechtsstand."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from kimdesk.casework.events import SETTING, Shows
from kimdesk.catalogue import legal_state
from kimdesk.catalogue.legal_state import Reliance, Stated, Time
from kimdesk.domain.collation import word_key
from kimdesk.domain.dates import today
from kimdesk.texts import numbers, say
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.forms.flow import FlowBox
from ui.kit.base import spaced
from ui.kit.buttons import secondary, way_back
from ui.kit.drop_down import DropDown
from ui.kit.scroll import MARGIN
from ui.kit.state import EmptyState, Notice
from ui.kit.table import Table
from ui.kit.text import Text
from ui.pages.legal_state.model import ContentModel, area_of, title_of
from ui.places import Place
from ui.theme import theme

_PAUSE = 120  # milliseconds
_WIDTHS = (296, 156, 104, 126, 132)
_SOURCE_LEAST = 270
_VIEWS: dict[str, Callable[[Stated], bool]] = {
    "to_do": lambda one: one.to_do,
    "passed": lambda one: one.time in {Time.PASSED, Time.OLD},
    "checked": lambda one: one.reliance is Reliance.CHECKED and not one.to_do,
    "every": lambda _: True,
}


class LegalStatePage(DeskPage, QWidget):
    """How many contents nobody has compared with the law, and every one of them with its source."""

    shows = Shows(SETTING)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("page_body")
        self.setAccessibleName(say("legal_state.title"))
        self._context = context
        self._every: tuple[Stated, ...] = ()
        self._told = Notice("info")
        self._told.setObjectName("legal_state_told")
        self._model = ContentModel(context.catalogue)
        column = QVBoxLayout(self)
        spaced(column, 10, (MARGIN, 14, MARGIN, MARGIN))
        filters = self._filters()
        self._opener = secondary(say("common.filters"), "funnel-simple")
        self._opener.setObjectName("more_filters")
        self._opener.setCheckable(True)
        self._opener.toggled.connect(filters.setVisible)
        filters.setVisible(not theme().stacked)
        column.addLayout(self._title_row())
        column.addWidget(self._told)
        column.addWidget(filters)
        column.addWidget(self._list(), 1)

    def refresh(self) -> None:
        """Read again what the contents say of themselves."""
        catalogue = self._context.catalogue
        self._context.work.read(self, lambda: legal_state.of(catalogue, today()), self._show)

    def _show(self, every: tuple[Stated, ...]) -> None:
        self._every = every
        n, passed = legal_state.unchecked(every), sum(map(_VIEWS["passed"], every))
        words = say("legal_state.told_words")
        words = f"{say('legal_state.n_passed', n=passed)} {words}" if passed else words
        title = say("legal_state.n_of_all_unchecked", n=n, every=len(every))
        self._told.set("warn" if passed else "info", title, words)
        for name, fits in _VIEWS.items():
            view, n = say(f"legal_state.view_{name}"), sum(map(fits, every))
            counted = say("legal_state.counted", view=view, count=numbers.whole(n))
            self._view.setItemText(self._view.findData(name), counted)
        self._offer_areas()
        self._look()

    def _offer_areas(self) -> None:
        known = {self._area.itemData(row) for row in range(self._area.count())}
        for one in self._every:
            if one.group not in known:
                known.add(one.group)
                self._area.addItem(area_of(one), one.group)

    def _look(self) -> None:
        fits, area = _VIEWS[self._view.currentData()], self._area.currentData()
        words = self._words.text().casefold().replace("\u00a0", " ").split()
        found = [
            one
            for one in self._every
            if fits(one) and (not area or one.group == area) and self._has(one, words)
        ]
        found.sort(key=lambda one: (not one.to_do, word_key(title_of(one, self._context.catalogue))))
        self._model.show(found)
        self._stack.setCurrentWidget(self._table if found else self._none)

    def _has(self, one: Stated, words: list[str]) -> bool:
        text = f"{title_of(one, self._context.catalogue)} {one.source}".casefold().replace("\u00a0", " ")
        return all(word in text for word in words)

    def _title_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 10)
        row.addWidget(Text(say("legal_state.title"), "title"))
        row.addStretch(1)
        back = way_back(say("common.settings"), "back_to_settings")
        back.clicked.connect(lambda: self._context.navigate(Place("settings")))
        row.addWidget(back)
        if theme().stacked:
            row.addWidget(self._opener)
        return row

    def _filters(self) -> QWidget:
        self._view, self._area, self._words = DropDown(), DropDown(), QLineEdit()
        for field, name in ((self._view, "view"), (self._area, "area"), (self._words, "words")):
            field.setObjectName(f"legal_{name}")
            field.setAccessibleName(say(f"legal_state.filter_{name}"))
        for name in _VIEWS:
            self._view.addItem(say(f"legal_state.view_{name}"), name)
        self._area.addItem(say("legal_state.every_area"), "")
        self._words.setPlaceholderText(say("legal_state.filter_words"))
        self._words.setClearButtonEnabled(True)
        self._words.setFixedWidth(theme().px(230))
        pause = QTimer(self, singleShot=True, interval=_PAUSE)
        pause.timeout.connect(self._look)
        self._words.textChanged.connect(lambda _: pause.start())
        box = FlowBox(gap=8)
        for combo in (self._view, self._area):
            combo.currentIndexChanged.connect(lambda _: self._look() if self._every else None)
            box.flow.addWidget(combo)
        box.flow.addWidget(self._words)
        return box

    def _list(self) -> QStackedWidget:
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(_ContentTable(self._model))
        self._table = card
        self._none = EmptyState(
            "magnifying-glass", say("legal_state.nothing_fits"), say("common.take_filters_away")
        )
        self._none.pressed.connect(self._reset)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._none)
        return self._stack

    def _reset(self) -> None:
        self._words.clear()
        self._area.setCurrentIndex(0)
        self._view.setCurrentIndex(self._view.findData("every"))


class _ContentTable(Table):
    def __init__(self, model: ContentModel) -> None:
        super().__init__(model, say("legal_state.title"))
        model.setParent(self)
        self.setObjectName("legal_table")
        self.setProperty("flat", "true")
        self.horizontalHeader().setStretchLastSection(False)
        self.set_widths(*_WIDTHS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the source what the other columns leave."""
        super().resizeEvent(event)
        others = sum(theme().px(width) for width in _WIDTHS)
        self.setColumnWidth(len(_WIDTHS), max(theme().px(_SOURCE_LEAST), self.viewport().width() - others))
