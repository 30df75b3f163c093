"""The Kreis this desk belongs to: who it is, until when, and what can be renewed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from kimdesk.texts import dates, joined, say
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.dialog import Dialog
from ui.kit.text import Text
from ui.pages.handover.enrolment import DigitsBox, chosen_answer

if TYPE_CHECKING:
    from kimdesk.sync import Certificate, Joining


class KreisCard(Card):
    """Shows the Kreis; ``renew`` gets the file for new keys, ``read_answer`` the answer that was chosen.

    ``leave`` gets the folder for the package that has everything erased there.
    """

    def __init__(
        self,
        renew: Callable[[Path], None],
        read_answer: Callable[[Path], None],
        leave: Callable[[Path], None],
    ) -> None:
        super().__init__(say("handover.your_kreis"))
        self.setObjectName("kreis_card")
        self._renew = renew
        self._read_answer = read_answer
        self._leave = leave
        self._name = Text("", "strong", wrap=True)
        self._until = Text("", "meta", "text-2", wrap=True)
        self._digits = Text("", "next_step", "accent", wrap=True)
        self._digits.setObjectName("new_fingerprint")
        self._digits.hide()
        for each in (self._name, self._until, self._digits):
            self.body.addWidget(each)
        for name, words, icon, act in (
            ("read_answer", say("handover.read_in_the_answer"), "file-arrow-down", self._choose_answer),
            ("new_keys", say("handover.ask_for_new_keys"), "key", self._ask_for_keys),
            ("have_erased", say("handover.have_all_erased"), "trash", self._ask_for_erasure),
        ):
            button = quiet(words, icon, size="inline")
            button.setObjectName(name)
            button.clicked.connect(act)
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_kreis(self, certificate: "Certificate") -> None:
        """Show which Kreis it is and until when its certificate counts."""
        self._name.setText(certificate.kreis_name or "–")
        day = dates.full(date.fromisoformat(certificate.not_after))
        self._until.setText(say("handover.enrolled_until_day", day=day))

    def show_new_digits(self, digits: str) -> None:
        """Show the digits of the new keys that were asked for."""
        self._digits.setText(digits)
        self._digits.show()

    def _choose_answer(self) -> None:
        if path := chosen_answer(self):
            self._read_answer(path)

    def _ask_for_keys(self) -> None:
        dialog = Dialog(self, say("handover.ask_for_new_keys_question"), accept=say("handover.write_request"))
        dialog.add_text(say("handover.what_new_keys_do"))
        dialog.accepted.connect(self._choose_place)
        dialog.open()

    def _ask_for_erasure(self) -> None:
        dialog = Dialog(
            self, say("handover.have_all_erased_question"), accept=say("handover.write_erasure"), danger=True
        )
        dialog.add_text(say("handover.what_erasure_does"))
        dialog.accepted.connect(self._choose_folder)
        dialog.open()

    def _choose_folder(self) -> None:
        if name := QFileDialog.getExistingDirectory(self, say("handover.write_erasure")):
            self._leave(Path(name))

    def _choose_place(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, say("handover.write_request"), "KIM-Anmeldung.kimq")
        if name:
            self._renew(Path(name))


class JoiningDialog(Dialog):
    """Says what an answer of the same Kreis changes, and takes it."""

    def __init__(self, parent: QWidget, joining: "Joining", take: Callable[[], None]) -> None:
        super().__init__(parent, say("handover.take_this_answer"), accept=say("handover.take"))
        for sentence in joined.told(joining) or (say("handover.nothing_changes_but_the_day"),):
            self.add_text(sentence)
        self.accepted.connect(take)


class ChangeKreisDialog(Dialog):
    """Asks whether another Kreis is to take the present one's place, and for its digits."""

    def __init__(self, parent: QWidget, joining: "Joining", change: Callable[[str], None]) -> None:
        super().__init__(
            parent, say("handover.change_to_another_kreis"), accept=say("handover.change_kreis"),
            reject=say("handover.keep_the_kreis"), danger=True,
        )  # fmt: skip
        self._change = change
        before, now = joining.before, joining.certificate
        card = Card()
        for title, name, digits in (
            (say("handover.kreis_so_far"), before.kreis_name, before.fingerprint())
            if before
            else ("", "", ""),
            (say("handover.kreis_from_now_on"), now.kreis_name, say("handover.digits_it_reads_out")),
        ):
            card.body.addWidget(Text(title, "meta", "text-2"))
            card.body.addWidget(Text(name, "strong", wrap=True))
            card.body.addWidget(Text(digits, "table", "text-2", wrap=True))
        self.body.addWidget(card)
        for sentence in joined.told(joining)[-2:]:
            self.add_text(sentence)
        self._digits = DigitsBox()
        self.body.addWidget(self._digits)

    def accept(self) -> None:
        """Hand the digits on once there are forty."""
        if digits := self._digits.complete():
            super().accept()
            self._change(digits)
