"""A new referral: where to, for what; without a fitting consent both ways on are shown."""

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QLineEdit, QScrollArea, QWidget

from kimdesk.casework import referrals
from kimdesk.casework.local_offices import LocalOffice
from kimdesk.domain.kinds import ref_of
from kimdesk.domain.records import CaseFile, Consent, RecordRef, Referral
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui import focus
from ui.case.blank import blank
from ui.case.editing import Editing
from ui.case.referrals.office import OfficeCard
from ui.forms.editors.combo import CodeCombo
from ui.forms.sources import Option, service_options
from ui.kit.buttons import secondary
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.kit.state import Notice
from ui.kit.text import Text

NO_CONSENT = "E850"


class NewReferralDialog(Dialog):
    """Prepares a referral with the checklist of its service."""

    def __init__(self, editing: Editing) -> None:
        super().__init__(editing.page, say("case.where_do_you_refer"), accept=say("case.prepare_referral"))
        self.setObjectName("new_referral")
        self.accept_button.setObjectName("save_record")
        self._editing = editing
        self._service = CodeCombo(service_options(editing.catalogue))
        self._purpose = CodeCombo(())
        self._agency, self._override = QLineEdit(), QLineEdit()
        self._warm = QCheckBox(say("case.warm_hand_over"))
        self._refusal = self._make_refusal()
        self._about = Text("", "table", "text-2", wrap=True)
        self._office = OfficeCard(editing, self._take_office)
        self._office.shown.connect(self._show_office)
        self._build()
        self._service.picked.connect(self._follow_service)

    @property
    def _file(self) -> CaseFile:
        return self._editing.file

    def accept(self) -> None:
        """Prepare it; a missing consent is said, with both ways on."""
        code, purpose = self._service.code(), self._purpose.code()
        self._service_box.set_error(None if code else say("case.please_choose_where_to"))
        self._purpose_box.set_error(None if purpose else say("case.please_choose_for_what"))
        if not code or not purpose:
            return
        desk, case_id = self._editing.context.desk, self._file.case.id
        agency, warm, reason = (
            self._agency.text().strip(),
            self._warm.isChecked(),
            self._override.text().strip(),
        )
        self._editing.context.work.write(
            self,
            lambda: referrals.prepare(
                desk, case_id, code, agency=agency, purpose=purpose, warm=warm, override_reason=reason
            ),
            self._prepared,
            self._refused,
        )

    def _build(self) -> None:
        found_by = say("case.find_a_service")
        self._service_box = FieldBox(say("case.service"), self._service, found_by, required=True)
        self._purpose_box = FieldBox(say("case.purpose"), self._purpose, required=True)
        agency = FieldBox(say("case.agency"), self._agency, say("case.as_called_here_example_jobcenter"))
        self._override_box = FieldBox(say("case.why_referral_needed_without_consent"), self._override)
        self._override_box.hide()
        self._about.hide()
        self._office.hide()
        for box in (
            self._service_box,
            self._about,
            self._purpose_box,
            agency,
            self._office,
            self._warm,
            Text(say("case.i_announce_client_or_come"), "meta", "text-2", wrap=True),
            self._refusal,
            self._override_box,
        ):
            self.body.addWidget(box)
        for name, widget in {
            "service": self._service,
            "purpose": self._purpose,
            "agency": self._agency,
            "warm": self._warm,
            "override_reason": self._override,
        }.items():
            widget.setObjectName(f"referral_{name}")

    def _make_refusal(self) -> Notice:
        notice = Notice("warn")
        notice.setObjectName("no_consent")
        record = secondary(say("case.record_a_consent"), size="small")
        record.setObjectName("record_consent")
        record.clicked.connect(self._record_consent)
        override = secondary(say("case.with_reason_all_same"), size="small")
        override.setObjectName("override_consent")
        override.clicked.connect(self._offer_override)
        notice.add_action(record)
        notice.add_action(override)
        notice.hide()
        return notice

    def _follow_service(self) -> None:
        code = self._service.code()
        if not code:
            return
        catalogue = self._editing.catalogue
        chosen = catalogue.service(code)
        self._about.setText(chosen.hint, f"{chosen.offer}.")
        self._about.show()
        self._office.show_service(code, chosen.version)
        self._purpose.set_options(
            tuple(Option(one, catalogue.label("consent_purpose", one)) for one in chosen.purposes)
        )
        self._purpose.set_code(chosen.purposes[0])
        self._refusal.hide()
        self._override_box.hide()
        self._override.clear()

    def _show_office(self, noted: str) -> None:
        """Say where it goes while the line of the agency is empty."""
        self._agency.setPlaceholderText(noted)
        self.fit()

    def _take_office(self, office: LocalOffice) -> None:
        """Refer to what was just noted."""
        self._agency.setText(office.name)

    def _prepared(self, referral: Referral) -> None:
        super().accept()
        self._editing.saved(say("case.referral_prepared"))
        self._editing.show(ref_of(referral))

    def _refused(self, explanation: Explanation) -> None:
        if explanation.code != NO_CONSENT:
            self.set_problem(explanation)
            return
        self._refusal.set("warn", explanation.message, explanation.hint)
        self._refusal.show()
        self._bring_up(self._refusal)

    def _offer_override(self) -> None:
        self._override_box.show()
        self._bring_up(self._override_box)
        focus.go(self._override)

    def _bring_up(self, widget: QWidget) -> None:
        """Grow, and scroll to ``widget`` where the screen is too low for all of it."""
        self.adjustSize()
        area = self.findChild(QScrollArea)
        if area is not None:
            QTimer.singleShot(0, widget, lambda: area.ensureWidgetVisible(widget))

    def _record_consent(self) -> None:
        code, purpose = self._service.code() or "", self._purpose.code() or ""
        new = blank(Consent, self._file, self._editing.today)
        chosen = self._editing.catalogue.service(code)
        name, kinds = self._agency.text().strip() or chosen.name, chosen.information_kinds
        new = replace(new, recipient=code, recipient_name=name, purpose=purpose, kinds=kinds)
        self._editing.edit(new, then=lambda _: self._refusal.hide())


def ask(editing: Editing) -> None:
    """Ask where to refer to."""
    NewReferralDialog(editing).open()


def show(editing: Editing, key: str) -> None:
    """Show the referral ``key`` in its tab."""
    editing.show(RecordRef("referral", key))
