"""The small steps that are open, over all measures: ticked off right on the plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.chain import is_blocked, is_open
from kimdesk.domain.records import CaseFile, Measure
from kimdesk.texts import dates, say
from ui.case.cards import joined
from ui.kit.base import clear, spaced
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.text import Text

_MOST = 6


@dataclass(frozen=True, slots=True)
class OpenStep:
    """One step: in which measure, at which place in it, what is shown."""

    measure: Measure
    number: int
    words: str
    meta: str


def open_steps(catalogue: Catalogue, file: CaseFile, today: date) -> list[OpenStep]:
    """Return the open steps of measures that can go on: those with the nearest date first, then in order."""
    found = list(_steps(catalogue, file, today))
    return sorted(found, key=lambda one: one.measure.steps[one.number].due_on or date.max)


def _steps(catalogue: Catalogue, file: CaseFile, today: date) -> Iterator[OpenStep]:
    going = [one for one in file.measures if is_open(one) and not is_blocked(one, file.measures)]
    for measure in sorted(going, key=lambda one: one.starts_on or date.max):
        for number, step in enumerate(measure.steps):
            if step.done_on is None:
                due = dates.short(step.due_on, today) if step.due_on else ""
                meta = joined(catalogue.label("step_owner", step.by), due, measure.title)
                yield OpenStep(measure, number, step.text, meta)


class StepsCard(Card):
    """The next small steps; ``ticked`` carries measure, number of the step and whether it is done."""

    ticked = Signal(str, int, bool)
    translation_wanted = Signal()

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        super().__init__(say("plan.next_small_steps"))
        self.setObjectName("steps_card")
        translate = quiet(say("translating.translate"), "translate", "small")
        translate.setObjectName("translate_steps")
        translate.clicked.connect(self.translation_wanted)
        self.add_action(translate)
        self._column = QVBoxLayout()
        spaced(self._column, 6)
        self.body.addLayout(self._column)

    def show_file(self, file: CaseFile, today: date) -> None:
        """Show the open steps of ``file``; without any the card is not there."""
        clear(self._column)
        found = open_steps(self._catalogue, file, today)
        for one in found[:_MOST]:
            self._column.addWidget(self._row(one))
        self.set_count(str(len(found)) if len(found) > _MOST else "")
        self.setVisible(bool(found))

    def _row(self, one: OpenStep) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        spaced(row, 8)
        box = QCheckBox()
        box.setObjectName(f"tick_{one.measure.id}_{one.number}")
        box.setAccessibleName(f"{one.words}, {one.meta}")
        key, number = one.measure.id, one.number
        box.clicked.connect(lambda done: self.ticked.emit(key, number, done))
        row.addWidget(box)
        words = QVBoxLayout()
        spaced(words, 0)
        words.addWidget(Text(one.words, "table", wrap=True))
        words.addWidget(Text(one.meta, "meta", "text-2", wrap=True))
        row.addLayout(words, 1)
        return holder
