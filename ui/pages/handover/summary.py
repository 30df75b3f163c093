"""How many changes of how many cases go with the next package."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from kimdesk.texts import say
from kimdesk.texts.bidi import apart
from kimdesk.texts.preview import case
from ui.kit.base import spaced
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.kit.text import Text

if TYPE_CHECKING:
    from kimdesk.sync import Preview

NAMED = 3


class HandoverSummary(Card):
    """A line above the preview, with the way to leave cases out."""

    def __init__(self, choose: Callable[[], None]) -> None:
        super().__init__()
        row = QHBoxLayout()
        spaced(row, 12)
        row.addWidget(Sign("unsent", "accent"))
        self._words = Text(say("handover.preview_being_put_together"), "body", wrap=True)
        row.addWidget(self._words, 1)
        self._change = quiet(say("handover.change_selection"), size="inline")
        self._change.setObjectName("choose_cases")
        self._change.clicked.connect(choose)
        self._change.hide()
        row.addWidget(self._change)
        self.body.addLayout(row)

    def show_preview(self, preview: "Preview", *, chosen: bool, acknowledged: bool) -> None:
        """Show what ``preview`` counts.

        ``chosen``: some cases were left out; ``acknowledged``: a receipt has come before.
        """
        self._change.setVisible(len(preview.choices) > 1 or chosen)
        if not preview.changes:
            self._words.setText(_nothing(chosen=chosen, acknowledged=acknowledged))
            return
        changed = say("handover.changes", n=preview.changes)
        of = say("handover.from_cases", n=preview.cases)
        names = apart(", ").join(_spoken(case(choice)) for choice in preview.choices[:NAMED])
        more = " …" if len(preview.choices) > NAMED else ""
        kept = f" ({say('handover.chosen')})" if chosen else ""
        self._words.setText(f"{of}{kept}: {names}{more}", changed)


def _nothing(*, chosen: bool, acknowledged: bool) -> str:
    if chosen:
        return say("handover.nothing_of_chosen")
    if acknowledged:
        return say("handover.everything_has_been_acknowledged_there")
    return say("handover.nothing_may_leave_yet")


def _spoken(name: str) -> str:
    family, _, given = name.partition(", ")
    return f"{given}\u00a0{family}".strip()
