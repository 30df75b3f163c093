"""Beginning a change of regime, and ticking off its checklist."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QCheckBox

from kimdesk.casework import regime_changes
from kimdesk.casework.changes import Change
from kimdesk.casework.regime_changes import Proposal
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import CaseFile, RegimeChange
from kimdesk.domain.terms import ItemState
from kimdesk.texts.refusals import Explanation
from ui.case.deadline import open_dialog
from ui.case.editing import Editing
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
from ui.text import tr

_WIDTH, _MOST = 760, 0.7


class BeginDialog(Dialog):
    """Asks who changes from what to what, and from when."""

    def __init__(self, editing: Editing, proposal: Proposal | None) -> None:
        super().__init__(editing.page, tr("Which change begins?"), accept=tr("Begin hand-over"))
        self.setObjectName("begin_change_dialog")
        self._editing, self._proposal = editing, proposal
        offered = editing.catalogue.code_list("legal_regime").offered()
        regimes = tuple(Option(one.code, one.label) for one in offered)
        persons = tuple(Option(one.id, full_name(one)) for one in people(editing.file))
        self._person = self._combo("change_person", tr("Person"), persons)
        self._from = self._combo("change_from", tr("Until now"), regimes)
        self._to = self._combo("change_to", tr("From then on"), regimes)
        self._on = DateEditor()
        self._on.name("change_on", tr("First day of the new regime"))
        self._on_box = FieldBox(tr("First day of the new regime"), self._on, required=True)
        self.body.addWidget(self._on_box)
        self._spells = QCheckBox(tr("End the old spell and enter the new one as expected"))
        self._spells.setObjectName("change_spells")
        self.body.addWidget(self._spells)
        self._fill()

    def accept(self) -> None:
        """Begin it."""
        day = self._day()
        self._on_box.set_error(None if day else tr("Please enter the day."))
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
        self._editing.changed(tr("Hand-over begun"), change)

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
            tr("What does the hand-over still need? {change}", change=sheet.title),
            accept=tr("Finish hand-over"),
            reject=tr("Close"),
        )
        self.setObjectName("change_dialog")
        self.widen(_WIDTH, _MOST)
        self._editing, self._change, self._sheet = editing, change, sheet
        self._score = Text("", "strong", wrap=True)
        self._score.setObjectName("change_score")
        self._missing = Text("", "table", "text-2", wrap=True)
        self._late = Text("", "table", "bad", wrap=True)
        self._bar = ScoreBar()
        self._list = Checklist()
        self._list.setAccessibleDescription(tr("Enter changes the state, 1 to 4 set it."))
        self._list.changed.connect(self._set)
        for widget in (self._score, self._bar, self._missing, self._late, self._ways(), self._list):
            self.body.addWidget(widget)
        standing = tr("{rule}, unchecked", rule=sheet.source) if not sheet.checked else sheet.source
        keys = tr("Enter changes the state, 1 to 4 set it.")
        self.body.addWidget(Text(f"{keys} {tr('Rule: {rule}', rule=standing)}", "meta", "text-2", wrap=True))
        self._show()

    def accept(self) -> None:
        """Note the hand-over as finished."""
        desk, key, editing = self._editing.context.desk, self._change.id, self._editing
        super().accept()
        editing.context.work.write(
            editing.page,
            lambda: regime_changes.finish(desk, key, editing.today),
            lambda change: editing.changed(tr("Hand-over finished"), change),
        )

    def _ways(self) -> FlowBox:
        ways = FlowBox(6)
        deadline = quiet(tr("Work out a deadline"), "flag", "small")
        deadline.setObjectName("change_deadline")
        deadline.clicked.connect(self._open_deadline)
        ways.flow.addWidget(deadline)
        if self._sheet.service:
            refer = quiet(tr("Refer"), "paper-plane-tilt", "small")
            refer.setObjectName("change_refer")
            refer.setAccessibleName(tr("Refer to: {agency}", agency=self._sheet.new_body))
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
        self._change = change
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
        self._list.show_rows(rows(catalogue, self._change, today, self._list.codes()))

    def _file(self) -> CaseFile:
        others = tuple(one for one in self._editing.file.regime_changes if one.id != self._change.id)
        return replace(self._editing.file, regime_changes=(*others, self._change))
