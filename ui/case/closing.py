"""Closing a case, or opening it again: what is open is named, how long it is kept is derived."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kimdesk.casework import cases, closing
from kimdesk.casework.closing import OpenPoint, Retention
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import Case, CaseFile, RecordRef
from kimdesk.domain.terms import CaseStatus
from kimdesk.texts import agenda, dates, say
from kimdesk.texts.refusals import Explanation
from ui import focus
from ui.case.editing import Editing
from ui.case.link_row import LinkRow
from ui.case.papers import offered
from ui.case.reason import ReasonDialog
from ui.case.settling import SettleFields
from ui.forms.editors.combo import CodeCombo
from ui.forms.editors.date import DateEditor
from ui.forms.editors.long_text import GrowingText
from ui.forms.sources import Option
from ui.kit.base import clear
from ui.kit.buttons import secondary
from ui.kit.card import Card
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.kit.text import Text
from ui.papers.window import open_paper
from ui.places import Place

_MOST = 4
_ICONS = {
    "referral": "paper-plane-tilt",
    "deadline": "flag",
    "measure": "path",
    "goals": "target",
    "receipt": "unsent",
}


def ask_close(editing: Editing) -> None:
    """Ask why the case on the page is closed, or what is to be done with a closed one."""
    file = editing.file
    if file.case.status is CaseStatus.CLOSED:
        _ask_reopen(editing, file.case.id)
    else:
        CloseDialog(editing, file).open()


def ask_retention(editing: Editing) -> None:
    """Ask until when the closed case on the page is kept."""
    if editing.file.case.closed_on:
        RetentionDialog(editing, editing.file).open()


def show_handover(editing: Editing, over: QWidget) -> None:
    """Show the hand-over protocol of the case on the page."""
    open_paper(editing.context, over, "handover-protocol", editing.file.case.id)


def _ask_reopen(editing: Editing, case_id: str) -> None:
    ReasonDialog(
        editing.page,
        say("case.why_case_opened_again"),
        "",
        accept=say("case.open_again"),
        act=lambda why: editing.context.work.write(
            editing.page,
            lambda: cases.reopen(editing.context.desk, case_id, why),
            lambda _: editing.saved(say("case.case_opened_again")),
        ),
    ).open()


class RetentionFields(Card):
    """Until when a case is kept: the usual day with its derivation, another one with a reason."""

    def __init__(self, found: Retention, until: date | None = None, why: str = "") -> None:
        super().__init__(say("case.kept_until"), tone="sunken")
        self._found = found
        self.day = DateEditor()
        self.day.name("retain_until", say("case.kept_until"))
        self.day.set_value((until or found.until).isoformat())
        self.day.changed.connect(self.show_why)
        derived = say(
            "case.closed_start_plus_years_years",
            start=dates.full(found.start),
            years=say("case.years_kept", n=found.years),
            until=dates.full(found.until),
        )
        self._derivation = Text(derived, "table", "text-2", wrap=True)
        self._derivation.setObjectName("retention_derivation")
        self._why = GrowingText(1)
        self._why.setObjectName("retention_why")
        self._why.setPlainText(why)
        self._box = FieldBox(say("case.why_another_day"), self._why, required=True)
        for widget in (self._derivation, self.day, self._box):
            self.body.addWidget(widget)
        self.show_why()

    @property
    def until(self) -> date | None:
        """Return the day that is set, None when it cannot be read."""
        try:
            return date.fromisoformat(str(self.day.value()))
        except ValueError:
            return None

    @property
    def why(self) -> str:
        """Return the reason for another day than the usual one."""
        return self._why.toPlainText().strip() if self.until != self._found.until else ""

    def check(self) -> bool:
        """Return whether the day can be read and, if it is another one, has its reason; say what lacks."""
        if self.until is None:
            focus.go(self.day)
            return False
        if self.until != self._found.until and not self.why:
            self._box.set_error(say("case.say_one_sentence_why"))
            focus.go(self._why)
            return False
        return True

    def show_why(self) -> None:
        """Ask for a reason when the day is not the usual one."""
        self._box.setVisible(self.until is not None and self.until != self._found.until)


class CloseDialog(Dialog):
    """Asks for the reason, names what is open, and blocks nothing."""

    def __init__(self, editing: Editing, file: CaseFile) -> None:
        super().__init__(editing.page, say("case.why_case_closed"), accept=say("case.close_case"))
        self.setObjectName("close_dialog")
        self.widen(640)
        self._editing, self._case_id, self._on = editing, file.case.id, editing.today
        self.add_text(say("case.case_stays_readable_can_opened"))
        options = tuple(
            Option(one.code, one.label) for one in editing.catalogue.code_list("closing_reason").offered()
        )
        self._reason = CodeCombo(options)
        self._reason.setObjectName("reason")
        self._box = FieldBox(say("case.reason"), self._reason, required=True)
        self.body.addWidget(self._box)
        self._open = Card(say("case.still_open"), tone="warn")
        self._open.setObjectName("still_open")
        self._open.hide()
        self.body.addWidget(self._open)
        self._dates = SettleFields(editing.catalogue, say("case.open_dates_stay_visible"))
        self._dates.hide()
        self.body.addWidget(self._dates)
        self._retention = RetentionFields(closing.retention(editing.context.desk.rules.spans, self._on))
        self.body.addWidget(self._retention)
        protocol = secondary(offered("handover-protocol"), "file-pdf", "small")
        protocol.setObjectName("handover_protocol")
        protocol.clicked.connect(lambda _: show_handover(editing, self))
        self.body.addWidget(protocol, 0, Qt.AlignmentFlag.AlignLeft)
        desk, case_id = editing.context.desk, file.case.id
        read = editing.context.work.read
        read(
            self,
            lambda: (cases.peek(desk, case_id), closing.open_points(desk, case_id)),
            self._show,
            self.set_problem,
        )

    def accept(self) -> None:
        """Close the case; what lacks a reason is asked for again."""
        reason = self._reason.code() or ""
        if not reason:
            self._box.set_error(say("case.please_choose_why"))
            focus.go(self._reason)
            return
        if not (self._dates.check() and self._retention.check()):
            return
        self.set_busy(True)
        desk, case_id = self._editing.context.desk, self._case_id
        until, why, dates = self._retention.until, self._retention.why, self._dates.settling()
        self._editing.context.work.write(
            self,
            lambda: closing.close(desk, case_id, reason, on=self._on, until=until, why=why, dates=dates),
            self._closed,
            self._refused,
        )

    def _closed(self, _: Case) -> None:
        super().accept()
        self._editing.saved(say("case.case_closed"))

    def _refused(self, explanation: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(explanation)

    def _show(self, found: tuple[CaseFile, Sequence[OpenPoint]]) -> None:
        """Take over what the evaluation already says, and name what is open."""
        file, points = found
        if reason := closing.planned_reason(file):
            self._reason.set_code(reason)
        if until := closing.planned_until(file):
            self._retention.day.set_value(until.isoformat())
            self._retention.show_why()
        self._show_open(points)

    def _show_open(self, points: Sequence[OpenPoint]) -> None:
        clear(self._open.body)
        for number, point in enumerate(points[:_MOST]):
            said = _said(self._editing.catalogue, point)
            row = LinkRow(said, _ICONS[point.kind])
            row.setObjectName(f"open_point_{number}")
            row.setToolTip(said)
            row.clicked.connect(lambda _=False, ref=point.ref: self._leave_for(ref))
            self._open.body.addWidget(row)
        if len(points) > _MOST:
            self._open.body.addWidget(Text(say("common.and_n_more", n=len(points) - _MOST), "meta", "text-2"))
        self._open.set_count(str(len(points)))
        self._open.setVisible(bool(points))
        self._dates.setVisible(any(point.due_on for point in points))
        self.fit()

    def _leave_for(self, ref: RecordRef | None) -> None:
        self.reject()
        if ref:
            self._editing.show(ref)
        else:
            self._editing.context.navigate(Place("handover"))


class RetentionDialog(Dialog):
    """Changes until when a closed case is kept."""

    def __init__(self, editing: Editing, file: CaseFile) -> None:
        super().__init__(editing.page, say("case.how_long_case_kept"), accept=say("common.save"))
        self.setObjectName("retention_dialog")
        self._editing, self._file = editing, file
        closed_on = file.case.closed_on or editing.today
        self._retention = RetentionFields(
            closing.retention(editing.context.desk.rules.spans, closed_on), file.case.retain_until
        )
        self.body.addWidget(self._retention)

    def accept(self) -> None:
        """Keep the day with its reason."""
        until = self._retention.until
        if not self._retention.check() or until is None:
            return
        desk, case_id = self._editing.context.desk, self._file.case.id
        why = self._retention.why or say("case.back_usual_period")
        self._editing.context.work.write(
            self, lambda: closing.keep_until(desk, case_id, until, why), self._saved, self.set_problem
        )

    def _saved(self, _: Case) -> None:
        super().accept()
        self._editing.saved(say("case.retention_noted"))


def _said(catalogue: Catalogue, point: OpenPoint) -> str:
    until = f" ({say('common.until_day', day=dates.full(point.due_on))})" if point.due_on else ""
    what = agenda.words(catalogue, point.due).title if point.due else point.words
    words = {
        "referral": say("case.referral_without_end_what", what=what),
        "deadline": say("case.date_not_done_what", what=what),
        "measure": say("case.measure_under_way_what", what=what),
        "goals": say("case.goals_without_both_ratings_what", what=what),
        "receipt": say("case.kreis_has_not_confirmed_last"),
    }
    return words[point.kind] + until
