"""The dialog that asks which measure another one waits for: „setzt voraus“."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from kimdesk.domain.chain import makes_circle
from kimdesk.domain.records import Measure
from kimdesk.texts import say
from kimdesk.texts.dates import span
from ui import focus
from ui.case.cards import joined
from ui.kit.dialog import Dialog
from ui.theme import theme

_KEY = 256  # Qt.UserRole
_ROWS = 8


def choices(measure: Measure, measures: Iterable[Measure]) -> list[Measure]:
    """Return what ``measure`` may wait for: not itself, nothing twice, nothing that waits for it."""
    known = tuple(measures)
    return [
        one
        for one in known
        if one.id != measure.id
        and one.id not in measure.requires
        and not makes_circle(replace(measure, requires=(*measure.requires, one.id)), known)
    ]


class PredecessorDialog(Dialog):
    """Lets one of the possible measures be chosen; ``chosen`` is told its identity."""

    def __init__(
        self, parent: QWidget, measure: Measure, measures: Iterable[Measure], chosen: Callable[[str], None]
    ) -> None:
        question = say("plan.what_must_done_before_measure", measure=measure.title)
        super().__init__(parent, question, accept=say("plan.link"))
        self.setObjectName("choose_predecessor")
        self._chosen = chosen
        self._list = QListWidget()
        self._list.setObjectName("predecessors")
        self._list.setAccessibleName(question)
        possible = choices(measure, measures)
        for one in possible:
            item = QListWidgetItem(joined(one.title, span(one.starts_on, one.due_on)))
            item.setData(_KEY, one.id)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.itemActivated.connect(lambda _: self.accept())
        self._list.setMinimumHeight(theme().px(34) * min(_ROWS, max(2, len(possible))))
        self._list.setVisible(bool(possible))
        if not possible:
            self.add_text(say("plan.there_no_other_measure_could"))
        self.body.addWidget(self._list)
        self.accept_button.setEnabled(bool(possible))
        focus.begin(self._list)

    def accept(self) -> None:
        """Link with the chosen one."""
        item = self._list.currentItem()
        super().accept()
        if item is not None:
            self._chosen(str(item.data(_KEY)))
