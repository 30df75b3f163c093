"""Noting that a copy of a paper, or the original, went to somebody."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QCheckBox, QWidget

from kimdesk.casework import attachments
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import Attachment, CaseFile, HandOver
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui import focus
from ui.case.editing import Editing
from ui.forms.editors.combo import CodeCombo
from ui.forms.editors.date import DateEditor
from ui.forms.editors.line import TextEditor
from ui.forms.sources import Option
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox

_COPY, _ORIGINAL = "copy", "original"


class HandOverDialog(Dialog):
    """Asks who got a paper; ``act`` is called with the hand-over."""

    def __init__(
        self, parent: QWidget, paper: Attachment, today: date, service_of: Callable[[str], str],
        act: Callable[[HandOver], None],
    ) -> None:  # fmt: skip
        super().__init__(parent, say("wallet.hand_over_question"), accept=say("wallet.note_hand_over"))
        self.setObjectName("hand_over_paper")
        self._service_of, self._act = service_of, act
        self.add_text(paper.title)
        self._to = TextEditor()
        self._to_box = self._field("hand_over_to", say("wallet.hand_over_to"), self._to, required=True)
        self._what = CodeCombo(
            (
                Option(_COPY, say("wallet.handed_copy")),
                Option(_ORIGINAL, say("wallet.handed_original")),
            )
        )
        self._what.setObjectName("hand_over_what")
        self._what.setCurrentIndex(self._what.findData(_COPY))
        self.body.addWidget(FieldBox(say("wallet.hand_over_what"), self._what))
        self._on = DateEditor()
        self._on_box = self._field("hand_over_on", say("wallet.hand_over_on"), self._on)
        self._on.set_value(today.isoformat())
        self._receipt = QCheckBox(say("wallet.hand_over_receipt"))
        self._receipt.setObjectName("hand_over_receipt")
        self.body.addWidget(self._receipt)
        focus.go(self._to.input)

    def accept(self) -> None:
        """Hand it on; who got it and a day that is one are asked for again."""
        to, day = str(self._to.value() or "").strip(), self._day()
        if not to:
            self._to_box.set_error(say("wallet.hand_over_who_missing"))
            focus.go(self._to.input)
            return
        if day is None and self._on.value():
            self._on_box.set_error(say("wallet.hand_over_day_wrong"))
            focus.go(self._on.input)
            return
        super().accept()
        original = self._what.code() == _ORIGINAL
        self._act(HandOver(to, self._service_of(to), day, original, self._receipt.isChecked()))

    def _day(self) -> date | None:
        try:
            return date.fromisoformat(str(self._on.value() or ""))
        except ValueError:
            return None

    def _field(
        self, name: str, label: str, editor: TextEditor | DateEditor, *, required: bool = False
    ) -> FieldBox:
        editor.name(name, label)
        box = FieldBox(label, editor, required=required)
        self.body.addWidget(box)
        return box


def ask_hand_over(
    parent: QWidget, editing: Editing, refuse: Callable[[Explanation], None], one: Attachment
) -> None:
    """Ask who got ``one``, and note it, with the way back."""
    desk, file = editing.context.desk, editing.file

    def note(to: HandOver) -> None:
        editing.context.work.write(
            parent,
            lambda: attachments.hand_over(desk, one, to),
            lambda change: editing.changed(say("wallet.hand_over_noted"), change),
            refuse,
        )

    def service(name: str) -> str:
        return service_of(editing.catalogue, file, name)

    HandOverDialog(parent, one, editing.today, service, note).open()


def service_of(catalogue: Catalogue, file: CaseFile, name: str) -> str:
    """Return which kind of office ``name`` is: of a referral of the case, or by its own name; "" for none."""
    known = name.casefold()
    for one in file.referrals:
        if one.agency.casefold() == known:
            return one.service
    return next((one.code for one in catalogue.services() if one.name.casefold() == known), "")
