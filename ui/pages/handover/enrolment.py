"""Enrolling a desk at the Kreis: a file goes there, a file comes back, digits are compared aloud."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui.kit.base import rule, spaced
from ui.kit.buttons import Button, primary, secondary
from ui.kit.card import Card
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.kit.text import Text

DIGITS = 40


class EnrolmentCard(Card):
    """Two steps, each with its file."""

    def __init__(self, write_request: Callable[[Path], None], accept: Callable[[Path, str], None]) -> None:
        super().__init__(say("handover.enrol_desk_at_kreis"))
        self.setObjectName("enrolment")
        self._write_request = write_request
        self._accept = accept
        self._fingerprint = Text("", "next_step", "accent", wrap=True)
        self._fingerprint.setObjectName("own_fingerprint")
        why = say("handover.once_so_kreis_knows_desk")
        self.body.addWidget(Text(why, "body", "text-2", wrap=True))
        ask = secondary(say("handover.write_request"), "file-arrow-up")
        ask.setObjectName("write_request")
        ask.clicked.connect(self._choose_request)
        words = say("handover.give_file_kreis_then_read")
        self.body.addWidget(_step("1", say("handover.hand_over_the_request"), words, ask, self._fingerprint))
        self.body.addWidget(rule())
        take = primary(say("handover.read_in_the_answer"), "file-arrow-down")
        take.setObjectName("read_certificate")
        take.clicked.connect(self._choose_certificate)
        words = say("handover.kreis_sends_file_back_its")
        self.body.addWidget(_step("2", say("handover.take_the_answer"), words, take))

    def show_fingerprint(self, digits: str) -> None:
        """Show the digits of this desk."""
        self._fingerprint.setText(digits)

    def read(self, path: Path) -> None:
        """Take the answer of the Kreis at ``path``, once its digits are compared."""
        CompareDialog(self, lambda digits: self._accept(path, digits)).open()

    def _choose_request(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, say("handover.write_request"), "KIM-Anmeldung.kimq")
        if name:
            self._write_request(Path(name))

    def _choose_certificate(self) -> None:
        if path := chosen_answer(self):
            self.read(path)


class CompareDialog(Dialog):
    """Asks for the digits the people of the Kreis read out."""

    def __init__(self, parent: QWidget, compared: Callable[[str], None]) -> None:
        super().__init__(
            parent, say("handover.which_digits_does_kreis_read"), accept=say("handover.compare_and_take")
        )
        self._compared = compared
        self.add_text(say("handover.call_kreis_number_you_know"))
        self._digits = DigitsBox()
        self.body.addWidget(self._digits)

    def accept(self) -> None:
        """Hand the digits on once there are forty."""
        if digits := self._digits.complete():
            super().accept()
            self._compared(digits)


class DigitsBox(FieldBox):
    """Takes the digits that the people of the Kreis read out."""

    def __init__(self) -> None:
        self._line = QLineEdit()
        self._line.setObjectName("kreis_digits")
        super().__init__(say("handover.digits_of_the_kreis"), self._line)

    def complete(self) -> str:
        """Return the digits once there are forty; until then say so and return nothing."""
        digits = self._line.text().strip()
        enough = sum(letter.isdigit() for letter in digits) == DIGITS
        self.set_error(None if enough else say("common.enter_all_40_digits"))
        return digits if enough else ""


def chosen_answer(parent: QWidget) -> Path | None:
    """Return the file with the answer of a Kreis that a person chooses."""
    name, _ = QFileDialog.getOpenFileName(
        parent, say("handover.read_in_the_answer"), "", "KIMdesk (*.kimc);;* (*)"
    )
    return Path(name) if name else None


def _step(number: str, title: str, words: str, button: Button, *more: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    spaced(column, 6)
    column.addWidget(Text(title, "strong", lead=f"{number}."))
    column.addWidget(Text(words, "table", "text-2", wrap=True))
    for widget in more:
        column.addWidget(widget)
    column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    return holder
