"""Which cases go with the next package: a list to tick, a withdrawal always ticked."""

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from kimdesk.texts import say
from kimdesk.texts.preview import case
from ui.kit.dialog import Dialog
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.sync import PreviewCase

_SHOWN = 8


class ChooseCasesDialog(Dialog):
    """Asks which cases are handed over; ``chosen`` gets their identities, None for all."""

    def __init__(
        self,
        parent: QWidget,
        choices: Sequence["PreviewCase"],
        now: Collection[str] | None,
        chosen: Callable[[frozenset[str] | None], None],
    ) -> None:
        super().__init__(
            parent,
            say("handover.which_cases_go_with_package"),
            accept=say("handover.take_over_the_selection"),
        )
        self._chosen = chosen
        self.add_text(say("handover.what_you_leave_out_waits"))
        self._list = QListWidget()
        self._list.setObjectName("case_choices")
        self._list.setAccessibleName(say("handover.cases_with_changes"))
        for choice in choices:
            self._add(choice, ticked=now is None or choice.case_id in now or choice.bound)
        self._list.setFixedHeight(theme().px(30) * min(max(len(choices), 2), _SHOWN) + theme().px(8))
        self._list.itemActivated.connect(_turn)
        self.body.addWidget(self._list)

    def accept(self) -> None:
        """Hand the ticked cases on."""
        items = [self._list.item(row) for row in range(self._list.count())]
        ticked = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        super().accept()
        everything = len(ticked) == len(items)
        self._chosen(
            None if everything else frozenset(item.data(Qt.ItemDataRole.UserRole) for item in ticked)
        )

    def _add(self, choice: "PreviewCase", *, ticked: bool) -> None:
        changes = say("handover.changes", n=choice.changes)
        words = f"{case(choice)} · {changes}"
        item = QListWidgetItem(
            f"{words} · {say('handover.withdrawal')}" if choice.bound else words, self._list
        )
        item.setData(Qt.ItemDataRole.UserRole, choice.case_id)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        if choice.bound:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)


def _turn(item: QListWidgetItem) -> None:
    if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
        on = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
