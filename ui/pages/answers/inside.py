"""What stands in a bundle, who takes a good practice over, and what was done: three lists in dialogs."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QWidget

from kimdesk.catalogue.municipalities import municipality_name
from kimdesk.kreis.steering import board
from kimdesk.texts import say, steering
from ui.desk.context import Context
from ui.kit.cards import CardItem, CardList
from ui.kit.dialog import Dialog
from ui.kit.text import Text

if TYPE_CHECKING:
    from kimdesk.kreis.findings import ReportedFinding
    from kimdesk.kreis.steering.values import ClusterStep, FindingCluster

_WIDTH = 680


class InsideDialog(Dialog):
    """The findings of a bundle, without where they were seen; ``leave`` takes one out."""

    def __init__(
        self, parent: QWidget, found: "Sequence[ReportedFinding]",
        leave: "Callable[[str, Callable[[], None]], None]",
    ) -> None:  # fmt: skip
        super().__init__(parent, say("answers.what_is_inside"), accept=say("common.close"))
        self.setObjectName("inside_dialog")
        self.widen(_WIDTH)
        self.reject_button.hide()
        self.add_text(say("answers.taken_out_stands_alone"))
        actions = (("leave", say("answers.take_out")),)
        items = [
            CardItem(one.id, one.title or say("answers.without_title"), one.effects, one.proposal,
                     "puzzle-piece", actions=actions)
            for one in found
        ]  # fmt: skip
        cards = CardList(items)
        cards.acted.connect(lambda key, _: leave(key, self.reject))
        self.body.addWidget(cards)


class HistoryDialog(Dialog):
    """What was done with a bundle, the latest first."""

    def __init__(self, parent: QWidget, context: Context, found: "FindingCluster") -> None:
        super().__init__(parent, say("answers.history"), accept=say("common.close"))
        self.setObjectName("history_dialog")
        self.widen(_WIDTH)
        self.reject_button.hide()
        self._catalogue = context.catalogue
        desk, key = context.desk, found.id
        context.work.read(self, lambda: board.history(desk, key), self._show)

    def _show(self, steps: "Sequence[ClusterStep]") -> None:
        for step in steps:
            self.body.addWidget(Text(steering.of_step(self._catalogue, step), "table", wrap=True))
        self.fit()


class AdoptionDialog(Dialog):
    """Which municipalities take a good practice over; ``save`` is told their keys."""

    def __init__(
        self, parent: QWidget, found: "FindingCluster", offered: Sequence[str],
        save: "Callable[[Sequence[str], Callable[[], None]], None]",
    ) -> None:  # fmt: skip
        super().__init__(parent, say("answers.who_takes_it_over"), accept=say("common.save"))
        self.setObjectName("adoption_dialog")
        self._save = save
        self._boxes = {ags: QCheckBox(municipality_name(ags)) for ags in {*offered, *found.adopted}}
        for ags, box in sorted(self._boxes.items(), key=lambda one: one[1].text()):
            box.setObjectName(f"adopts_{ags}")
            box.setChecked(ags in found.adopted)
            self.body.addWidget(box)

    def accept(self) -> None:
        """Keep who does."""
        self.set_busy(True)
        chosen = [ags for ags, box in self._boxes.items() if box.isChecked()]
        self._save(chosen, super().accept)
