"""One referral: where to, how far, which documents, under which consent."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.casework import changes
from kimdesk.casework.changes import Change
from kimdesk.casework.referral_course import StepFacts
from kimdesk.domain.records import CaseFile, ChecklistEntry, Referral
from kimdesk.domain.referral_steps import ReferralStanding, open_query
from kimdesk.domain.referral_steps import standing as how_it_stands
from kimdesk.domain.terms import ItemState, ReferralState
from kimdesk.texts import dates, say
from kimdesk.texts.referrals import state as state_word
from kimdesk.texts.refusals import Explanation
from ui.case.cards import joined
from ui.case.editing import Editing
from ui.case.entering import enter
from ui.case.papers import PapersCard, about_kind
from ui.case.reason import ReasonDialog
from ui.case.referrals.checklist import Checklist
from ui.case.referrals.course import ReferralCourseCard, SlipCard
from ui.case.referrals.cover import CoverCard
from ui.case.referrals.looks import LOOKS
from ui.case.referrals.office import OfficeCard
from ui.case.referrals.presenter import ReferralPresenter, allowed, reasons, step_word
from ui.case.referrals.rows import TONES, ChecklistRow, checklist, counts, known_service, standing
from ui.case.referrals.scans import ReferralScans, marked
from ui.case.referrals.sending import SendDialog
from ui.case.referrals.way import WAY, ReferralStepsCard, way_of
from ui.forms.flow import FlowBox
from ui.kit.badge import Badge
from ui.kit.base import clear, spaced
from ui.kit.card import Card
from ui.kit.context_menu import MenuLine
from ui.kit.scroll import Columns, column
from ui.kit.sign import Sign
from ui.kit.state import Notice
from ui.kit.stepper import Stepper
from ui.kit.text import Text

_SIDE = 284
_SAID = set(ReferralStanding) - {ReferralStanding(str(each)) for each in WAY}
"""What the way of the referral does not show."""
_NEEDS_REASON = (ReferralState.REJECTED, ReferralState.WITHDRAWN)


class ReferralDetail(QWidget):
    """Shows one referral and lets it go on."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("referral_detail")
        self._editing = editing
        self._presenter = ReferralPresenter(editing, self, self._refuse, self._ask_override)
        self._referral: Referral | None = None
        self._last: Change | None = None
        outer = QVBoxLayout(self)
        spaced(outer, 10)
        outer.addWidget(self._make_head())
        self._stepper = Stepper()
        self._stepper.setObjectName("referral_stepper")
        outer.addWidget(self._stepper)
        self._notice = Notice("bad")
        self._notice.setObjectName("referral_notice")
        self._notice.hide()
        outer.addWidget(self._notice)
        self._cover = CoverCard(editing.catalogue)
        self._cover.record.connect(lambda: self._referral and self._presenter.record_consent(self._referral))
        self._office = OfficeCard(editing)
        self._prints = PapersCard(editing, about_kind("referral"))
        self._steps = ReferralStepsCard(self._go_to)
        self._slip = SlipCard(editing, self._ask_reply)
        self._course = ReferralCourseCard(editing)
        side = column(self._steps, self._slip, self._course, self._prints, self._office, self._cover)
        self._scans = ReferralScans(editing, self._notice, self._is_present)
        papers = column(self._make_documents(), self._scans)
        outer.addWidget(Columns([(papers, 0), (side, _SIDE)], spacing=14))
        outer.addStretch(1)

    def show_referral(self, referral: Referral, file: CaseFile) -> None:
        """Show ``referral``; the rows keep their places while it is the same one."""
        catalogue = self._editing.catalogue
        same = self._referral is not None and self._referral.id == referral.id
        self._last = self._last if same else None
        order = self._list.codes() if same else ()
        self._referral = referral
        self._prints.show_record(referral.id)
        self._notice.hide()
        self._show_head(referral)
        self._stepper.set_steps(way_of(catalogue, referral))
        rows = checklist(catalogue, referral, file, self._editing.today, order)
        self._list.show_rows(marked(rows, referral, file.attachments))
        self._scans.show_scans(referral, rows, file)
        self._show_counts(rows)
        self._steps.show_referral(referral)
        self._slip.show_referral(referral, file)
        self._course.show_referral(referral)
        self._office.show_service(referral.service, referral.service_version)
        self._cover.show_cover(referral, file, self._editing.today)

    def offers(self) -> tuple[MenuLine, ...]:
        """Return the steps the referral may take next, as lines of a menu."""
        states = allowed(self._referral) if self._referral else ()
        return tuple(
            MenuLine(f"menu_to_{state}", step_word(state), partial(self._go_to, state)) for state in states
        )

    def _make_head(self) -> QWidget:
        head = QWidget()
        outer = QVBoxLayout(head)
        spaced(outer, 4)
        self._line = FlowBox(10)
        outer.addWidget(self._line)
        self._about = Text("", "table", "text-2", wrap=True)
        outer.addWidget(self._about)
        self._advice = Text("", "table", "text", wrap=True)
        self._advice.setObjectName("service_advice")
        outer.addWidget(self._advice)
        self._source = Text("", "meta", "text-3", wrap=True)
        self._source.setObjectName("service_source")
        outer.addWidget(self._source)
        return head

    def _show_head(self, referral: Referral) -> None:
        clear(self._line.flow)
        catalogue = self._editing.catalogue
        name = referral.agency or catalogue.service_name(referral.service)
        title = Text(say("case.referral_agency", agency=name), "section")
        title.setObjectName("referral_title")
        self._line.flow.addWidget(title)
        if referral.warm:
            self._line.flow.addWidget(Badge(say("case.warm_hand_over_word"), "tint", "handshake"))
        stands = how_it_stands(referral, self._editing.today)
        if stands in _SAID:
            icon, tone = LOOKS[stands]
            self._line.flow.addWidget(Badge(state_word(stands), tone, icon))
        sheet = known_service(catalogue, referral)
        answer = say("case.answer_expected_by_day", day=dates.full(referral.answer_due_on))
        parts = (
            sheet.offer if sheet else "",
            referral.agency_person,
            catalogue.label("reject_reason", referral.reject_reason),
            answer if referral.state is ReferralState.SENT and referral.answer_due_on else "",
        )
        self._about.setText(joined(*parts))
        advice = joined(sheet.hint, sheet.hours, sheet.contact) if sheet else ""
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self._source.setText(standing(sheet) if sheet else "")
        self._source.setVisible(bool(sheet))

    def _make_documents(self) -> Card:
        card = Card()
        card.setAccessibleName(say("common.documents"))
        card.outer.setContentsMargins(1, 10, 1, 6)
        head = QWidget()
        row = QHBoxLayout(head)
        spaced(row, 6, (14, 0, 14, 4))
        row.addWidget(Text(say("common.documents"), "strong"))
        row.addStretch(1)
        self._count_row = QHBoxLayout()
        spaced(self._count_row, 6)
        row.addLayout(self._count_row)
        self._list = Checklist(self._editing.catalogue)
        self._list.changed.connect(self._set_item)
        self._list.undo_wanted.connect(self._undo)
        self._list.note_wanted.connect(self._ask_note)
        self._list.scan_wanted.connect(self._scans.add)
        self._list.fact_wanted.connect(lambda missing: enter(self._editing, missing))
        keys = Text(
            say("case.enter_changes_state_1_4_set"),
            "meta",
            "text-3",
            wrap=True,
        )
        foot = QHBoxLayout()
        spaced(foot, 0, (14, 0, 14, 4))
        foot.addWidget(keys)
        card.body.addWidget(head)
        card.body.addWidget(self._list)
        card.body.addLayout(foot)
        return card

    def _show_counts(self, rows: Sequence[ChecklistRow]) -> None:
        clear(self._count_row)
        for sign, words in counts(self._editing.catalogue, rows):
            self._count_row.addWidget(Sign(sign, size=14))
            self._count_row.addWidget(Text(words, "meta", TONES[sign]))
            self._count_row.addSpacing(6)

    def _go_to(self, state: ReferralState) -> None:
        referral = self._referral
        if referral is None:
            return
        if state not in _NEEDS_REASON:
            self._advance(referral, state)
            return
        ReasonDialog(
            self,
            say("case.why_was_referral_rejected")
            if state is ReferralState.REJECTED
            else say("case.why_withdraw_it"),
            "",
            accept=step_word(state).removesuffix(" …"),
            act=lambda why: self._presenter.advance(referral, state, why),
            options=reasons(self._editing.catalogue, state),
        ).open()

    def _advance(self, referral: Referral, state: ReferralState) -> None:
        """Take it on; before it is sent, ask what goes along, and say once how much is missing."""
        if state is not ReferralState.SENT:
            self._presenter.advance(referral, state)
            return
        editing = self._editing
        SendDialog(
            self, editing.catalogue, referral, editing.file.attachments, editing.today,
            lambda facts: self._presenter.send(referral, facts),
        ).open()  # fmt: skip

    def _ask_override(self, referral: Referral, facts: StepFacts, explanation: Explanation) -> None:
        ReasonDialog(
            self,
            say("case.send_without_consent"),
            f"{explanation.message} {explanation.hint}",
            accept=say("case.send_with_this_reason"),
            act=lambda why: self._presenter.send(referral, facts, why),
        ).open()

    def _ask_reply(self, referral: Referral) -> None:
        """Ask what was answered to the question of the office."""
        query = open_query(referral)
        ReasonDialog(
            self,
            say("referrals.what_was_replied"),
            query.text if query else "",
            accept=say("referrals.note_reply"),
            act=lambda text: self._presenter.reply(referral, text),
            needed=False,
        ).open()

    def _refuse(self, explanation: Explanation) -> None:
        self._notice.explain(explanation)
        self._notice.show()

    def _set_item(self, code: str, state: ItemState) -> None:
        if self._referral:
            self._presenter.set_item(
                self._referral, code, state, done=lambda change: self._noted(code, change)
            )

    def _noted(self, code: str, change: Change) -> None:
        """Say how a document stands now, with the way back."""
        self._last = change
        catalogue = self._editing.catalogue
        for referral in change.now(Referral):
            rows = checklist(catalogue, referral, self._editing.file, self._editing.today)
            row = next(one for one in rows if one.code == code)
            self._editing.changed(say("case.document_stands", document=row.title, state=row.word), change)

    def _undo(self) -> None:
        """Take the last state back."""
        change, self._last = self._last, None
        if change is not None:
            desk = self._editing.context.desk
            self._editing.context.work.write(self, lambda: changes.undo(desk, change), None, self._refuse)

    def _is_present(self, code: str) -> None:
        entry = self._entry(code)
        if self._referral and entry and entry.state in (ItemState.MISSING, ItemState.REQUESTED):
            self._presenter.set_item(self._referral, code, ItemState.PRESENT)

    def _entry(self, code: str) -> ChecklistEntry | None:
        entries = self._referral.checklist if self._referral else ()
        return next((one for one in entries if one.item == code), None)

    def _ask_note(self, code: str) -> None:
        referral, entry = self._referral, self._entry(code)
        if referral is None or entry is None:
            return
        dialog = ReasonDialog(
            self,
            say("case.what_should_remembered_about_document"),
            "",
            accept=say("case.save_note"),
            act=lambda note: self._presenter.set_item(referral, code, entry.state, note),
            needed=False,
        )
        dialog.fill(entry.note)
        dialog.open()
