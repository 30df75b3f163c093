"""Asking to which desk a case goes, until when and on what ground; and what of it stays here."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog

from kimdesk.domain.custody import CaseStanding
from kimdesk.domain.shielding import any_shielded
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.case.editing import Editing
from ui.case.passing.files import save_path
from ui.forms.editors.combo import CodeCombo
from ui.forms.editors.date import DateEditor
from ui.forms.sources import Option
from ui.kit.buttons import quiet
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.kit.state import Notice
from ui.kit.text import Text

if TYPE_CHECKING:
    from kimdesk.sync.trust.cards import Neighbour

_OFFER_DAYS, _COVER_DAYS = 30, 14


@dataclass(frozen=True, slots=True)
class GiveFacts:
    """Whose the case is, the desks that are known, and in words what stays here without a consent."""

    standing: CaseStanding
    known: "tuple[Neighbour, ...]"
    staying: str = ""


class GiveDialog(Dialog):
    """Asks to which desk a case goes, until when and on what ground, and writes the file."""

    def __init__(self, editing: Editing, facts: GiveFacts, *, cover: bool) -> None:
        question = say("passing.cover_question") if cover else say("passing.hand_over_question")
        accept = say("passing.write_cover") if cover else say("passing.write_offer")
        super().__init__(editing.page, question, accept=accept)
        self.setObjectName("give_dialog")
        self.widen(560)
        self._editing, self._cover = editing, cover
        self.add_text(say("passing.cover_what_happens") if cover else say("passing.hand_over_what_happens"))
        self._to = CodeCombo(tuple(Option(each.desk_id, each.name) for each in facts.known))
        self._to_box = self._field("give_to", say("passing.desk"), self._to)
        self._read_card = quiet(say("passing.card_of_colleague"), "identification-card", "small")
        self._read_card.setObjectName("read_card")
        self._read_card.clicked.connect(self._choose_card)
        self.body.addWidget(self._read_card, 0, Qt.AlignmentFlag.AlignLeft)
        codes = editing.catalogue.code_list("legal_basis").offered()
        self._basis = CodeCombo(tuple(Option(each.code, each.label) for each in codes))
        self._basis_box = self._field("give_basis", say("passing.basis"), self._basis)
        self.body.addWidget(Text(say("passing.for_article_nine"), "meta", "text-2", wrap=True))
        if facts.staying:
            stays = Notice("warn")
            stays.setObjectName("give_staying")
            stays.set("warn", say("passing.stays_here", what=facts.staying), "", "shield-check")
            self.body.addWidget(stays)
        self._until = DateEditor()
        label = say("passing.last_day") if cover else say("passing.last_day_of_offer")
        self._until.name("give_until", label)
        self._until.setObjectName("give_until_box")
        days = _COVER_DAYS if cover else _OFFER_DAYS
        self._until.set_value((editing.today + timedelta(days=days)).isoformat())
        self._until_box = FieldBox(label, self._until, required=True)
        self.body.addWidget(self._until_box)
        self._addresses = QCheckBox(say("passing.addresses_of_protected_go_along"))
        self._addresses.setObjectName("give_addresses")
        self._addresses.setVisible(any_shielded(editing.file.persons))
        self.body.addWidget(self._addresses)

    def accept(self) -> None:
        """Write the file; what lacks is asked for again."""
        lacks = next((box for box, words in self._missing() if self._complain(box, words)), None)
        if lacks is not None:
            return
        path = save_path(self, "Vertretung" if self._cover else "Fall-Übergabe")
        if path:
            self.set_busy(True)
            self._editing.context.work.write(self, lambda: self._write(path), self._written, self._refused)

    def _missing(self) -> list[tuple[FieldBox, str]]:
        day, found = self._day(), []
        if not self._to.code():
            found.append((self._to_box, say("passing.please_choose_desk")))
        if not self._basis.code():
            found.append((self._basis_box, say("passing.please_choose_basis")))
        if day is None or day < self._editing.today:
            found.append((self._until_box, say("passing.please_choose_later_day")))
        return found

    def _complain(self, box: FieldBox, words: str) -> bool:
        box.set_error(words)
        return True

    def _write(self, path: Path) -> None:
        from kimdesk.sync.passing import covers, moves

        desk, case_id, until = self._editing.context.desk, self._editing.file.case.id, self._day()
        to, basis, addresses = self._to.code() or "", self._basis.code() or "", self._addresses.isChecked()
        if self._cover:
            covers.lend(desk, case_id, to, path, until=until or date.max, basis=basis, addresses=addresses)
        else:
            moves.offer(desk, case_id, to, path, until=until, basis=basis, addresses=addresses)

    def _written(self, _: None) -> None:
        super().accept()
        self._editing.saved(say("passing.offer_written"))

    def _refused(self, explanation: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(explanation)

    def _choose_card(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, say("passing.card_of_colleague"), "", "KIMdesk (*.kimk);;* (*)"
        )
        if name:
            desk = self._editing.context.desk

            def read() -> "tuple[tuple[Neighbour, ...], Neighbour]":
                from kimdesk.sync import arrivals
                from kimdesk.sync.trust import colleagues

                met = arrivals.meet(desk, Path(name))
                return colleagues.known(desk), met

            self._editing.context.work.write(self, read, self._met, self.set_problem)

    def _met(self, found: "tuple[tuple[Neighbour, ...], Neighbour]") -> None:
        known, met = found
        self.set_problem(None)
        self._to.set_options(tuple(Option(each.desk_id, each.name) for each in known))
        self._to.set_code(met.desk_id)

    def _field(self, name: str, label: str, editor: CodeCombo) -> FieldBox:
        editor.setObjectName(name)
        editor.setAccessibleName(label)
        box = FieldBox(label, editor, required=True)
        self.body.addWidget(box)
        return box

    def _day(self) -> date | None:
        try:
            return date.fromisoformat(str(self._until.value()))
        except ValueError:
            return None
