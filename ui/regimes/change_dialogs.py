"""Beginning a change of regime, and ticking off its checklist."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QCheckBox

from kimdesk.casework import cases, changes, regime_changes
from kimdesk.casework.changes import Change
from kimdesk.casework.regime_changes import ChangeProposal
from kimdesk.domain.naming import full_name
from kimdesk.domain.needs.judging import MissingFact
from kimdesk.domain.records import CaseFile, RegimeChange
from kimdesk.domain.terms import ItemState
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.case.deadline import open_dialog
from ui.case.editing import Editing
from ui.case.entering import enter
from ui.case.referrals.checklist import Checklist
from ui.forms.editors.combo import CodeCombo
from ui.forms.editors.date import DateEditor
from ui.forms.flow import FlowBox
from ui.forms.sources import Option
from ui.kit.buttons import quiet
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.kit.text import Text
from ui.regimes.change_card import ScoreBar
from ui.regimes.handover import handover, rows
from ui.regimes.lines import people

_WIDTH = 760


class BeginDialog(Dialog):
    """Asks who changes from what to what, and from when."""

    def __init__(self, editing: Editing, proposal: ChangeProposal | None) -> None:
        super().__init__(
            editing.page, say("regimes.which_change_begins"), accept=say("regimes.begin_hand_over")
        )
        self.setObjectName("begin_change_dialog")
        self._editing, self._proposal = editing, proposal
        offered = editing.catalogue.code_list("legal_regime").offered()
        regimes = tuple(Option(one.code, one.label) for one in offered)
        persons = tuple(Option(one.id, full_name(one)) for one in people(editing.file))
        self._person = self._combo("change_person", say("regimes.person"), persons)
        self._from = self._combo("change_from", say("regimes.until_now"), regimes)
        self._to = self._combo("change_to", say("regimes.from_then_on"), regimes)
        self._on = DateEditor()
        self._on.name("change_on", say("regimes.first_day_new_regime"))
        self._on_box = FieldBox(say("regimes.first_day_new_regime"), self._on, required=True)
        self.body.addWidget(self._on_box)
        self._spells = QCheckBox(say("regimes.end_old_spell_enter_new"))
        self._spells.setObjectName("change_spells")
        self.body.addWidget(self._spells)
        self._fill()

    def accept(self) -> None:
        """Begin it."""
        day = self._day()
        self._on_box.set_error(None if day else say("regimes.please_enter_the_day"))
        known = (self._person.code(), self._from.code(), self._to.code())
        if day is None or not all(known):
            return
        person, before, after = (str(one) for one in known)
        desk, case_id = self._editing.context.desk, self._editing.file.case.id
        with_spells = self._spells.isChecked()
        also = self._proposal.person_ids if self._proposal else ()
        self.set_busy(True)
        self._editing.context.work.write(
            self,
            lambda: regime_changes.begin(
                desk, case_id, person, before, after, day, with_spells=with_spells, also=also
            ),
            self._begun,
            self._refused,
        )

    def _begun(self, change: Change) -> None:
        super().accept()
        self._editing.changed(say("regimes.hand_over_begun"), change)

    def _refused(self, explanation: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(explanation)

    def _combo(self, key: str, label: str, options: tuple[Option, ...]) -> CodeCombo:
        combo = CodeCombo(options)
        combo.setObjectName(key)
        combo.setAccessibleName(label)
        self.body.addWidget(FieldBox(label, combo, required=True))
        return combo

    def _fill(self) -> None:
        file, given = self._editing.file, self._proposal
        if file.client:
            self._person.set_code(file.client.id)
        if given:
            self._person.set_code(given.person_ids[0])
            self._from.set_code(given.from_regime)
            self._to.set_code(given.to_regime)
            self._on.set_value(given.on.isoformat())

    def _day(self) -> date | None:
        try:
            return date.fromisoformat(str(self._on.value()))
        except ValueError:
            return None


class ChangeDialog(Dialog):
    """The checklist of a change. Each state is kept at once; the score rises with it."""

    def __init__(self, editing: Editing, change: RegimeChange) -> None:
        sheet = regime_changes.list_of(editing.catalogue, change)
        super().__init__(
            editing.page,
            say("regimes.what_does_hand_over_still", change=sheet.title),
            accept=say("regimes.finish_hand_over"),
            reject=say("common.close"),
        )
        self.setObjectName("change_dialog")
        self.widen(_WIDTH)
        self._editing, self._change, self._sheet = editing, change, sheet
        self._score = Text("", "strong", wrap=True)
        self._score.setObjectName("change_score")
        self._missing = Text("", "table", "text-2", wrap=True)
        self._late = Text("", "table", "bad", wrap=True)
        self._bar = ScoreBar()
        self._last: Change | None = None
        self._seen: CaseFile | None = None  # the case, once something was entered from here
        self._list = Checklist(editing.catalogue)
        self._list.undo_wanted.connect(self._undo)
        self._list.setAccessibleDescription(say("regimes.enter_changes_state_1_4"))
        self._list.changed.connect(self._set)
        self._list.fact_wanted.connect(self._enter)
        for widget in (self._score, self._bar, self._missing, self._late, self._ways(), self._list):
            self.body.addWidget(widget)
        standing = say("regimes.rule_unchecked", rule=sheet.source) if not sheet.checked else sheet.source
        keys = say("regimes.enter_changes_state_1_4")
        self.body.addWidget(
            Text(f"{keys} {say('common.rule_rule', rule=standing)}", "meta", "text-2", wrap=True)
        )
        self._show()

    def accept(self) -> None:
        """Note the hand-over as finished."""
        desk, key, editing = self._editing.context.desk, self._change.id, self._editing
        super().accept()
        editing.context.work.write(
            editing.page,
            lambda: regime_changes.finish(desk, key, editing.today),
            lambda change: editing.changed(say("regimes.hand_over_finished"), change),
        )

    def _ways(self) -> FlowBox:
        ways = FlowBox(6)
        deadline = quiet(say("common.work_out_a_deadline"), "flag", "small")
        deadline.setObjectName("change_deadline")
        deadline.clicked.connect(self._open_deadline)
        ways.flow.addWidget(deadline)
        if self._sheet.service:
            refer = quiet(say("regimes.refer"), "paper-plane-tilt", "small")
            refer.setObjectName("change_refer")
            refer.setAccessibleName(say("regimes.refer_to_agency", agency=self._sheet.new_body))
            refer.clicked.connect(self._refer)
            ways.flow.addWidget(refer)
        return ways

    def _open_deadline(self) -> None:
        rule = next((one.rule for one in self._sheet.items if one.rule), "")
        facts = {"day": self._change.changes_on.isoformat()}
        open_dialog(self, self._editing.context, self._change.case_id, facts, rule=rule)

    def _refer(self) -> None:
        self.reject()
        self._editing.open("referral")

    def _set(self, code: str, state: ItemState) -> None:
        desk, key = self._editing.context.desk, self._change.id
        self._editing.context.work.write(
            self, lambda: regime_changes.set_item(desk, key, code, state), self._kept, self.set_problem
        )

    def _kept(self, change: RegimeChange) -> None:
        self._last = Change(((self._change, change),))
        self._change = change
        self._show()

    def _undo(self) -> None:
        """Take the last state back."""
        last, self._last = self._last, None
        if last is not None:
            desk = self._editing.context.desk
            self._editing.context.work.write(
                self, lambda: changes.undo(desk, last), self._undone, self.set_problem
            )

    def _undone(self, change: Change) -> None:
        (self._change,) = change.now(RegimeChange)
        self._show()

    def _enter(self, missing: MissingFact) -> None:
        """Enter what a line waits for; what is open on the page for it closes this dialog."""
        dialog = enter(self._editing, missing)
        if dialog is None:
            self.reject()
        else:
            dialog.saved.connect(lambda _: self._look_again())

    def _look_again(self) -> None:
        desk, case_id = self._editing.context.desk, self._change.case_id
        self._editing.context.work.read(self, lambda: cases.peek(desk, case_id), self._seen_again)

    def _seen_again(self, file: CaseFile) -> None:
        self._seen = file
        self._show()

    def _show(self) -> None:
        file = self._file()
        told = handover(self._editing.catalogue, self._change, file, self._editing.today)
        self._score.setText(f"{told.words} · {told.note}")
        self._bar.show_score(told.score.present, told.score.needed, told.words)
        self._missing.setText(told.missing)
        self._late.setText(told.late)
        self._late.setVisible(bool(told.late))
        catalogue, today = self._editing.catalogue, self._editing.today
        self._list.show_rows(rows(catalogue, self._change, file, today, self._list.codes()))

    def _file(self) -> CaseFile:
        seen = self._seen or self._editing.file
        others = tuple(one for one in seen.regime_changes if one.id != self._change.id)
        return replace(seen, regime_changes=(*others, self._change))
