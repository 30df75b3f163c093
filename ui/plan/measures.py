"""The measures of the plan as a list, grouped by strand: the same as the picture, in words."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.chain import is_blocked
from kimdesk.domain.records import CaseFile, Measure
from kimdesk.pictures.chain import Insight, insight, words_of
from kimdesk.pictures.strands import Strand, strand_name, strands
from kimdesk.texts import say
from ui.case.cards import joined
from ui.case.signs import MEASURE_SIGNS
from ui.kit.base import clear, spaced
from ui.kit.cards import CardItem, CardList
from ui.kit.text import Text
from ui.theme import theme

_TONES = {"ok": "ok", "warn": "warn", "bad": "bad", "accent": "tint"}


class MeasureList(QWidget):
    """Every measure with its state, dates and what it waits for; ``wanted`` carries the id to edit."""

    wanted = Signal(str)

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self._catalogue = catalogue
        self.setObjectName("measure_list")
        self._column = QVBoxLayout(self)
        spaced(self._column, 8)

    def show_file(self, file: CaseFile) -> None:
        """Show the measures of ``file``."""
        clear(self._column)
        said = insight(file)
        for strand in strands(self._catalogue, file):
            self._column.addWidget(_head(strand))
            cards = CardList([_card(self._catalogue, measure, file, said) for measure in strand.measures])
            cards.acted.connect(lambda key, _: self.wanted.emit(key))
            self._column.addWidget(cards)


def _card(catalogue: Catalogue, measure: Measure, file: CaseFile, said: Insight) -> CardItem:
    icon, tone = MEASURE_SIGNS[measure.state]
    if is_blocked(measure, file.measures):
        icon, tone = "blocked", "bad"
    title, word, whose, when, waiting, steps, narrow, decides = words_of(catalogue, measure, file, said)
    fallback = say("plan.fallback_plan", plan=measure.fallback) if measure.fallback and waiting else ""
    return CardItem(
        measure.id,
        title or "–",
        joined(whose, measure.agency, when, steps),
        joined(narrow, decides, waiting, fallback),
        icon,
        tone,
        ((word, _TONES.get(tone, "neutral"), None),),
        (("edit", say("common.edit")),),
    )


def _head(strand: Strand) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    spaced(row, 8, (0, 4, 0, 0))
    row.addWidget(StrandMark(strand.color))
    row.addWidget(Text(strand_name(strand.key), "label"))
    row.addStretch(1)
    return holder


class StrandMark(QWidget):
    """The bar in the colour of a strand; its name stands beside it."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token
        self.setFixedSize(theme().px(3), theme().px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar."""
        QPainter(self).fillRect(self.rect(), theme().color(self._token))
