"""Enrolling a desk: what its request says, what is granted of it, and the digits its people read out."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from kimdesk.catalogue.municipalities import municipality_name
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.kit.base import spaced
from ui.kit.card import Card
from ui.kit.dialog import Dialog
from ui.kit.drop_down import DropDown
from ui.kit.field import FieldBox
from ui.kit.text import Text
from ui.pages.desks.presenter import Asked, Granted

DIGITS = 40
Enrol = Callable[[Asked, Granted, Path, Callable[[Explanation], None]], None]


class EnrolDialog(Dialog):
    """Shows the request and asks what to grant and for the digits; ``enrol`` gets both and the file."""

    def __init__(self, parent: QWidget, asked: Asked, enrol: Enrol) -> None:
        rotated = asked.endorsed or asked.contested
        question = say("kreis.enrol_these_new_keys") if rotated else say("kreis.enrol_this_desk")
        super().__init__(parent, question, accept=say("kreis.enrol_save_answer"))
        self._asked = asked
        self._enrol = enrol
        self.body.addWidget(_facts(asked))
        self._places = [_place(each, asked) for each in asked.request.municipalities]
        self.body.addWidget(_listed(say("kreis.which_municipalities_granted"), self._places))
        self._who = _who(asked)
        if not asked.known:
            words = say("kreis.only_if_keys_are_new")
            self.body.addWidget(FieldBox(say("kreis.which_desk_is_it"), self._who, words))
        self._digits = QLineEdit()
        self._digits.setObjectName("desk_digits")
        self._box = FieldBox(say("kreis.digits_you_hear"), self._digits)
        if asked.endorsed:
            self.add_text(say("kreis.former_keys_confirm_these"))
        else:
            if asked.contested:
                self.add_text(say("kreis.copy_has_these_keys_too"))
            self.add_text(say("kreis.call_desk_number_you_know"))
            self.body.addWidget(self._box)

    def accept(self) -> None:
        """Ask where the answer goes once there are forty digits, then enrol."""
        digits = self._digits.text().strip()
        if not self._asked.endorsed and sum(letter.isdigit() for letter in digits) != DIGITS:
            self._box.set_error(say("common.enter_all_40_digits"))
            return
        self._box.set_error(None)
        name, _ = QFileDialog.getSaveFileName(self, say("kreis.where_answer_saved"), "KIM-Bescheinigung.kimc")
        if name:
            self.set_busy(True)
            granted = Granted(digits or None, self._chosen(), self._who.currentData())
            self._enrol(self._asked, granted, Path(name), self._refused)

    def finish(self) -> None:
        """Close: the desk is enrolled."""
        super().accept()

    def _chosen(self) -> tuple[str, ...]:
        pairs = zip(self._asked.request.municipalities, self._places, strict=True)
        return tuple(ags for ags, box in pairs if box.isChecked())

    def _refused(self, told: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(told)


def _facts(asked: Asked) -> Card:
    card = Card()
    for title, text in (
        (say("common.desk"), asked.request.name),
        (say("kreis.municipalities"), ", ".join(map(municipality_name, asked.request.municipalities)) or "–"),
        (say("kreis.digits_in_the_file"), asked.request.fingerprint()),
    ):
        card.body.addWidget(Text(title, "meta", "text-2"))
        card.body.addWidget(Text(text, "strong", wrap=True))
    return card


def _place(ags: str, asked: Asked) -> QCheckBox:
    """Return the box of one municipality, ticked unless an enrolled desk wants it in addition."""
    place = municipality_name(ags)
    new = bool(asked.held) and ags not in asked.held
    box = QCheckBox(say("kreis.wanted_in_addition", place=place) if new else place)
    box.setObjectName(f"grant_{ags}")
    box.setChecked(not new)
    return box


def _listed(title: str, boxes: list[QCheckBox]) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    spaced(column, 4)
    column.addWidget(Text(title, "label"))
    for each in boxes:
        column.addWidget(each)
    if not boxes:
        column.addWidget(Text("–", "body"))
    return holder


def _who(asked: Asked) -> DropDown:
    chosen = DropDown()
    chosen.setObjectName("which_desk")
    if not asked.claims:
        chosen.addItem(say("kreis.a_new_desk"), None)
    if not asked.known:
        for row in asked.desks:
            chosen.addItem(say("kreis.this_is_desk", name=row.name), row.id)
    at = chosen.findData(asked.claims or None)
    chosen.setCurrentIndex(max(at, 0))
    return chosen
