"""Whose a case is, above its tabs; and handing it over, or having it covered, from its menu."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QVBoxLayout, QWidget

from kimdesk.casework import responsible
from kimdesk.domain.custody import CaseStanding, Custody
from kimdesk.domain.shielding import any_shielded
from kimdesk.texts import say
from kimdesk.texts.passing import short, told
from kimdesk.texts.refusals import Explanation
from ui.case.editing import Editing
from ui.case.reason import ReasonDialog
from ui.forms.editors.combo import CodeCombo
from ui.forms.editors.date import DateEditor
from ui.forms.sources import Option
from ui.kit.badge import Badge
from ui.kit.base import spaced
from ui.kit.buttons import quiet, secondary
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.sync.trust.cards import Neighbour

_TONES = {
    Custody.OFFERED: ("info", "arrow-square-out"),
    Custody.PASSED_ON: ("warn", "archive-box"),
    Custody.LENT: ("info", "arrows-left-right"),
    Custody.COVERING: ("warn", "arrows-left-right"),
}
_OFFER_DAYS, _COVER_DAYS = 30, 14


class CustodyNotice(QWidget):
    """Says above the tabs whose the case is, unless it is plainly this desk's; with large text in short."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("custody")
        column = QVBoxLayout(self)
        spaced(column)
        self._notice, self._badge = Notice(), Badge("")
        column.addWidget(self._badge if theme().stacked else self._notice)
        self.hide()

    def show_standing(self, standing: CaseStanding) -> None:
        """Say what holds."""
        tone, icon = _TONES.get(standing.custody, ("info", "info"))
        tone, words = "warn" if standing.overdue else tone, told(standing)
        self._notice.set(tone, words, "", icon)
        self._badge.set(short(standing, date.today()), tone, icon)  # noqa: DTZ011 - the worker's calendar day
        self._badge.setToolTip(words)
        self.setAccessibleName(words)
        self.setVisible(standing.custody in _TONES)


def ask_hand_over(editing: Editing) -> None:
    """Ask to whom the case goes, or what becomes of an offer that is out."""
    _with_standing(editing, lambda standing, known: _hand_over(editing, standing, known))


def ask_cover(editing: Editing) -> None:
    """Ask who covers, or what becomes of a cover that is out, or is done here."""
    _with_standing(editing, lambda standing, known: _cover(editing, standing, known))


def _with_standing(editing: Editing, show: "Callable[[CaseStanding, tuple[Neighbour, ...]], None]") -> None:
    desk, case_id = editing.context.desk, editing.file.case.id

    def read() -> "tuple[CaseStanding, tuple[Neighbour, ...]]":
        from kimdesk.sync.trust import colleagues

        return responsible.of_case(desk, case_id), colleagues.known(desk)

    editing.context.work.read(editing.page, read, lambda found: show(*found))


def _hand_over(editing: Editing, standing: CaseStanding, known: "tuple[Neighbour, ...]") -> None:
    if standing.custody is Custody.OFFERED:
        OutDialog(editing, standing).open()
    elif standing.custody is Custody.PASSED_ON:
        _Writing(editing, standing).add()
    else:
        GiveDialog(editing, known, cover=False).open()


def _cover(editing: Editing, standing: CaseStanding, known: "tuple[Neighbour, ...]") -> None:
    if standing.custody is Custody.COVERING:
        _Writing(editing, standing).give_back()
    elif standing.custody is Custody.LENT:
        OutDialog(editing, standing).open()
    else:
        GiveDialog(editing, known, cover=True).open()


class GiveDialog(Dialog):
    """Asks to which desk a case goes, until when and on what ground, and writes the file."""

    def __init__(self, editing: Editing, known: "tuple[Neighbour, ...]", *, cover: bool) -> None:
        question = say("passing.cover_question") if cover else say("passing.hand_over_question")
        accept = say("passing.write_cover") if cover else say("passing.write_offer")
        super().__init__(editing.page, question, accept=accept)
        self.setObjectName("give_dialog")
        self.widen(560, 0.8)
        self._editing, self._cover = editing, cover
        self.add_text(say("passing.cover_what_happens") if cover else say("passing.hand_over_what_happens"))
        self._to = CodeCombo(tuple(Option(each.desk_id, each.name) for each in known))
        self._to_box = self._field("give_to", say("passing.desk"), self._to)
        self._read_card = quiet(say("passing.card_of_colleague"), "identification-card", "small")
        self._read_card.setObjectName("read_card")
        self._read_card.clicked.connect(self._choose_card)
        self.body.addWidget(self._read_card, 0, Qt.AlignmentFlag.AlignLeft)
        codes = editing.catalogue.code_list("legal_basis").offered()
        self._basis = CodeCombo(tuple(Option(each.code, each.label) for each in codes))
        self._basis_box = self._field("give_basis", say("passing.basis"), self._basis)
        self.body.addWidget(Text(say("passing.for_article_nine"), "meta", "text-2", wrap=True))
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
        path = _save_path(self, "Vertretung" if self._cover else "Fall-Übergabe")
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


class OutDialog(Dialog):
    """What becomes of an offer or a cover that is out: write it again, or end it."""

    def __init__(self, editing: Editing, standing: CaseStanding) -> None:
        super().__init__(editing.page, say("passing.offer_is_out"), accept=say("passing.write_again"))
        self.setObjectName("out_dialog")
        self._writing = _Writing(editing, standing, self)
        self.add_text(told(standing))
        lent = standing.custody is Custody.LENT
        end = secondary(say("passing.end_waiting") if lent else say("passing.withdraw"))
        end.setObjectName("end_passage")
        end.clicked.connect(self._writing.recall if lent else self._writing.withdraw)
        self.button_row.insertWidget(0, end)

    def accept(self) -> None:
        """Write the same once more."""
        self._writing.again()


class _Writing:
    """Writes the files of a passage that is under way."""

    def __init__(self, editing: Editing, standing: CaseStanding, dialog: Dialog | None = None) -> None:
        self._editing, self._standing, self._dialog = editing, standing, dialog

    def again(self) -> None:
        """Write the same offer, or copy, once more."""
        passage, desk = self._standing.passage, self._editing.context.desk

        def write(path: Path) -> None:
            from kimdesk.sync.passing import covers, moves

            if passage and self._standing.custody is Custody.LENT:
                until, basis = passage.until or date.max, passage.basis
                covers.lend(desk, passage.case_id, passage.desk, path, until=until, basis=basis)
            elif passage:
                moves.offer(desk, passage.case_id, passage.desk, path, basis=passage.basis)

        self._write("Fall", write, say("passing.offer_written"))

    def withdraw(self) -> None:
        """Withdraw the offer, with a reason if there is one to be told."""

        def write(path: Path, reason: str) -> None:
            from kimdesk.sync.passing import moves

            moves.withdraw(self._editing.context.desk, self._editing.file.case.id, path, reason=reason)

        self._ask(
            say("passing.why_withdrawn"),
            say("passing.withdraw"),
            lambda reason: self._write(
                "Rücknahme", lambda path: write(path, reason), say("passing.withdrawn")
            ),
        )

    def recall(self) -> None:
        """Wait no longer for a cover."""

        def end(reason: str) -> None:
            from kimdesk.sync.passing import covers

            covers.recall(self._editing.context.desk, self._editing.file.case.id, reason)

        def act(reason: str) -> None:
            self._editing.context.work.write(
                self._owner, lambda: end(reason), lambda _: self._done(say("passing.waiting_ended"))
            )

        self._ask(say("passing.why_not_waiting"), say("passing.end_waiting"), act)

    def give_back(self) -> None:
        """Give the copy back."""

        def write(path: Path) -> None:
            from kimdesk.sync.passing import covers

            covers.give_back(self._editing.context.desk, self._editing.file.case.id, path)

        self._write("Rückgabe", write, say("passing.given_back"))

    def add(self) -> None:
        """Write what was changed after the offer."""

        def write(path: Path) -> None:
            from kimdesk.sync.passing import moves

            moves.add(self._editing.context.desk, self._editing.file.case.id, path)

        self._write("Nachtrag", write, say("passing.offer_written"))

    @property
    def _owner(self) -> QWidget:
        return self._dialog or self._editing.page

    def _ask(self, question: str, accept: str, act: Callable[[str], None]) -> None:
        ReasonDialog(self._owner, question, "", accept=accept, act=act, needed=False).open()

    def _write(self, stem: str, write: Callable[[Path], None], words: str) -> None:
        path = _save_path(self._owner, stem)
        if path is None:
            return
        work, failed = self._editing.context.work, self._dialog.set_problem if self._dialog else None
        if failed:
            work.write(self._owner, lambda: write(path), lambda _: self._done(words), failed)
        else:
            work.write(self._owner, lambda: write(path), lambda _: self._done(words))

    def _done(self, words: str) -> None:
        if self._dialog:
            self._dialog.reject()
        self._editing.saved(words)


def _save_path(owner: QWidget, stem: str) -> Path | None:
    name, _ = QFileDialog.getSaveFileName(owner, say("passing.write_offer"), f"KIM-{stem}.kimh")
    return Path(name) if name else None
