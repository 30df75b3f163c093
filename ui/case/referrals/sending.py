"""Noting that a referral was sent: what went along, as ticked, and when; said once how much is missing."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QCheckBox, QWidget

from kimdesk.casework.referral_course import StepFacts
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import Attachment, Referral
from kimdesk.domain.terms import ItemState
from kimdesk.texts import say
from ui import focus
from ui.case.referrals.answering import day_of, is_day
from ui.forms.editors.date import DateEditor
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.kit.text import Text


class SendDialog(Dialog):
    """Asks which papers went along: those that are there are ticked; ``send`` is told them and the day."""

    def __init__(
        self,
        parent: QWidget,
        catalogue: Catalogue,
        referral: Referral,
        scans: Sequence[Attachment],
        today: date,
        send: Callable[[StepFacts], None],
    ) -> None:
        missing = sum(one.state is ItemState.MISSING for one in referral.checklist)
        title = say("case.send_with_missing", n=missing) if missing else say("referrals.send_question")
        super().__init__(parent, title, accept=say("case.send_all_the_same"))
        self.setObjectName("send_with_missing")
        self._send = send
        if missing:
            self.add_text(say("case.missing_can_follow"))
        self._boxes: dict[str, QCheckBox] = {}
        for one in referral.checklist:
            if one.state in (ItemState.PRESENT, ItemState.REQUESTED):
                label = catalogue.item_labels.get(one.item, one.item)
                self._boxes[one.item] = _box(one.item, label, checked=one.state is ItemState.PRESENT)
        items = {one.item for one in referral.checklist}
        for scan in scans:
            if scan.about == referral.id and scan.title and scan.document not in items:
                self._boxes[scan.title] = _box(scan.id, scan.title, checked=True)
        if self._boxes:
            self.body.addWidget(Text(say("referrals.went_along"), "label"))
        for box in self._boxes.values():
            self.body.addWidget(box)
        self._day = DateEditor()
        self._day.name("sent_day", say("referrals.sent_on"))
        self._day.setObjectName("sent_day_box")
        self._day.set_value(today.isoformat())
        self._day_box = FieldBox(say("referrals.sent_on"), self._day)
        self.body.addWidget(self._day_box)

    def accept(self) -> None:
        """Tell what went along."""
        if not is_day(self._day):
            self._day_box.set_error(say("referrals.no_day"))
            focus.go(self._day)
            return
        papers = tuple(name for name, box in self._boxes.items() if box.isChecked())
        super().accept()
        self._send(StepFacts(on=day_of(self._day), papers=papers))


def _box(key: str, label: str, *, checked: bool) -> QCheckBox:
    box = QCheckBox(label)
    box.setObjectName(f"along_{key}")
    box.setChecked(checked)
    return box
