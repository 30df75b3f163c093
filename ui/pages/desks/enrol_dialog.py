"""Enrolling a desk: who asks, and the digits its people read out."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.kit.card import Card
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.kit.text import Text
from ui.pages.desks.presenter import Asked

DIGITS = 40
Enrol = Callable[[Asked, str, Path, Callable[[Explanation], None]], None]


class EnrolDialog(Dialog):
    """Shows the request and asks for the digits; ``enrol`` gets request, digits and the file to write."""

    def __init__(self, parent: QWidget, asked: Asked, enrol: Enrol) -> None:
        super().__init__(parent, say("kreis.enrol_this_desk"), accept=say("kreis.enrol_save_answer"))
        self._asked = asked
        self._enrol = enrol
        card = Card()
        for title, text in (
            (say("common.desk"), asked.request.name),
            (say("kreis.municipalities"), ", ".join(asked.request.municipalities) or "–"),
            (say("kreis.digits_in_the_file"), asked.request.fingerprint()),
        ):
            card.body.addWidget(Text(title, "meta", "text-2"))
            card.body.addWidget(Text(text, "strong", wrap=True))
        self.body.addWidget(card)
        self.add_text(say("kreis.call_desk_number_you_know"))
        self._digits = QLineEdit()
        self._digits.setObjectName("desk_digits")
        self._box = FieldBox(say("kreis.digits_you_hear"), self._digits)
        self.body.addWidget(self._box)

    def accept(self) -> None:
        """Ask where the answer goes once there are forty digits, then enrol."""
        digits = self._digits.text().strip()
        if sum(letter.isdigit() for letter in digits) != DIGITS:
            self._box.set_error(say("common.enter_all_40_digits"))
            return
        self._box.set_error(None)
        name, _ = QFileDialog.getSaveFileName(self, say("kreis.where_answer_saved"), "KIM-Bescheinigung.kimc")
        if name:
            self.set_busy(True)
            self._enrol(self._asked, digits, Path(name), self._refused)

    def finish(self) -> None:
        """Close: the desk is enrolled."""
        super().accept()

    def _refused(self, told: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(told)
