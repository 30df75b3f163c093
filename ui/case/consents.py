"""The tab of consents: who may know what for which purpose, and taking it back."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from kimdesk.casework import consents
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.documents.papers import paper
from kimdesk.domain.consent import is_standing
from kimdesk.domain.kinds import ref_of
from kimdesk.domain.records import CaseFile, Consent
from kimdesk.domain.terms import Role
from kimdesk.texts import dates, say
from ui.case.attachments.adding import Purpose, ScanAdder
from ui.case.cards import person_name, recipient_name
from ui.case.editing import Editing
from ui.case.papers import offered, show
from ui.case.tabs import CaseTab
from ui.forms.flow import FlowBox
from ui.kit.badge import Badge
from ui.kit.base import clear, spaced
from ui.kit.buttons import primary, quiet
from ui.kit.card import Card
from ui.kit.dialog import Dialog
from ui.kit.scroll import Page
from ui.kit.state import EmptyState, Notice
from ui.kit.text import Text
from ui.theme import theme

_TOP = Qt.AlignmentFlag.AlignTop


class ConsentsTab(CaseTab, Page):
    """One card per consent, those in force first."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("tab_consents")
        self._editing = editing
        head = QHBoxLayout()
        spaced(head, 8)
        self._count = Text("", "section")
        add = primary(say("case.record_a_consent"), "plus")
        add.setObjectName("add_consent")
        add.clicked.connect(lambda: editing.open("consent"))
        head.addWidget(self._count)
        told = quiet(offered("information"), "printer")
        told.setObjectName("paper_information")
        told.clicked.connect(lambda: show(editing, paper("information"), editing.file.case.id))
        self.body.addLayout(head)
        if theme().stacked:  # large text leaves no room beside the count
            ways = FlowBox(8)
            ways.flow.addWidget(told)
            ways.flow.addWidget(add)
            self.body.addWidget(ways)
        else:
            head.addStretch(1)
            head.addWidget(told)
            head.addWidget(add)
        notice = Notice("bad")
        notice.setObjectName("consents_notice")
        notice.hide()
        self.body.addWidget(notice)
        self._adder = ScanAdder(self, editing, notice, lambda _: editing.saved(say("case.document_added")))
        self._grid = QGridLayout()
        spaced(self._grid, 12)
        self.body.addLayout(self._grid)

    def show_file(self, file: CaseFile) -> None:
        """Show the consents of ``file``."""
        clear(self._grid)
        today = self._editing.today
        clients = {"", *(each.person_id for each in file.members if each.role is Role.CLIENT)}
        stands = [one for one in file.consents if is_standing(one, today)]
        others = [one for one in file.consents if one not in stands]
        self._count.setText(_in_force(len(stands)))
        columns = 1 if theme().stacked else 2
        for number, one in enumerate((*stands, *others)):
            has_scan = any(each.about == one.id for each in file.attachments)
            whose = person_name(file, one.person_id) if one.person_id not in clients else ""
            card = ConsentCard(self._editing.catalogue, one, today, has_scan=has_scan, whose=whose)
            card.edit.connect(lambda key: self._editing.open("consent", key))
            card.withdraw.connect(lambda one=one: self._ask(one))
            card.sheet.connect(lambda one=one: show(self._editing, paper("consent"), one.id))
            card.scan.connect(lambda one=one: self._scan(one))
            self._grid.addWidget(card, number // columns, number % columns)
        if not file.consents:
            text = say("case.there_no_consent_yet_without")
            self._grid.addWidget(EmptyState("shield-warning", text), 0, 0)

    def _scan(self, consent: Consent) -> None:
        scans = self._editing.file.attachments
        found = next((one for one in scans if one.about == consent.id), None)
        if found:
            self._editing.show(ref_of(found))
        else:
            title = say("case.consent_recipient", recipient=recipient_name(self._editing.catalogue, consent))
            self._adder.choose(Purpose(consent.id, "consent_form", title))

    def _ask(self, consent: Consent) -> None:
        question = say(
            "case.withdraw_consent_recipient",
            recipient=recipient_name(self._editing.catalogue, consent),
        )
        dialog = Dialog(
            self, question, accept=say("case.withdraw_consent"), reject=say("case.keep_it"), danger=True
        )
        dialog.setObjectName("withdraw_dialog")
        dialog.add_text(say("case.from_today_nothing_more_passed"))
        dialog.accepted.connect(lambda: self._withdraw(consent))
        dialog.open()

    def _withdraw(self, consent: Consent) -> None:
        desk = self._editing.context.desk
        self._editing.context.work.write(
            self._editing.page,
            lambda: consents.withdraw(desk, consent),
            lambda _: self._editing.saved(say("case.consent_withdrawn")),
        )


class ConsentCard(Card):
    """One consent; ``edit`` carries its id, ``withdraw`` when it is taken back, ``scan`` for its scan,
    ``sheet`` for the paper to sign.

    ``whose``: the name of somebody else than the client who gave it.
    """

    edit = Signal(str)
    withdraw = Signal()
    scan = Signal()
    sheet = Signal()

    def __init__(
        self, catalogue: Catalogue, consent: Consent, today: date, *, has_scan: bool, whose: str = ""
    ) -> None:
        self._who = recipient_name(catalogue, consent)
        if whose:
            self._who = say("case.recipient_from_whom", recipient=self._who, name=whose)
        super().__init__(self._who)
        self.setObjectName(f"consent_{consent.id}")
        stands = is_standing(consent, today)
        self.set_tone("ok" if stands else "sunken")
        self.body.addLayout(self._badges(consent, stands, catalogue.label("sharing_level", consent.level)))
        self.body.addLayout(facts(catalogue, consent))
        self.body.addStretch(1)
        self.body.addWidget(self._buttons(consent, stands, has_scan))

    def _badges(self, consent: Consent, stands: bool, level: str) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 6)
        if stands:
            row.addWidget(Badge(say("case.in_force"), "ok", "shield-check"))
        elif consent.withdrawn_on:
            day = dates.full(consent.withdrawn_on)
            row.addWidget(Badge(say("case.withdrawn_on_day", day=day), "bad", "shield-slash"))
        else:
            row.addWidget(Badge(say("case.not_in_force"), "warn", "shield-warning"))
        row.addWidget(Badge(level))
        row.addStretch(1)
        return row

    def _buttons(self, consent: Consent, stands: bool, has_scan: bool) -> QWidget:
        row = FlowBox(8)
        change = quiet(say("common.edit"), "pencil-simple", "small")
        change.setObjectName(f"edit_consent_{consent.id}")
        change.setAccessibleName(say("common.edit_what", what=self._who))
        change.clicked.connect(lambda: self.edit.emit(consent.id))
        row.flow.addWidget(change)
        word = say("case.view_the_scan") if has_scan else say("case.add_a_scan")
        paper = quiet(word, "paperclip", "small")
        paper.setObjectName(f"scan_consent_{consent.id}")
        paper.setAccessibleName(f"{word}: {self._who}")
        paper.clicked.connect(self.scan)
        row.flow.addWidget(paper)
        sheet = quiet(say("papers.to_sign"), "printer", "small")
        sheet.setObjectName(f"paper_consent_{consent.id}")
        sheet.setAccessibleName(f"{say('papers.to_sign')}: {self._who}")
        sheet.clicked.connect(self.sheet)
        row.flow.addWidget(sheet)
        if stands:
            back = quiet(say("case.withdraw"), "shield-slash", "small")
            back.setObjectName(f"withdraw_{consent.id}")
            back.setAccessibleName(say("case.withdraw_what", what=self._who))
            back.clicked.connect(self.withdraw)
            row.flow.addWidget(back)
        return row


def _in_force(number: int) -> str:
    if not number:
        return say("common.no_consent_in_force")
    return say("case.consents_in_force", n=number)


def facts(catalogue: Catalogue, consent: Consent) -> QGridLayout:
    """Return purpose, contents and validity of a consent as pairs of lines."""
    kinds = ", ".join(catalogue.label("information_kind", kind) for kind in consent.kinds)
    special = ", ".join(catalogue.label("special_category", one) for one in consent.special_categories)
    until = dates.full(consent.valid_until) if consent.valid_until else say("case.no_end_agreed")
    language = catalogue.label("language", consent.language)
    explained = say("case.day_explained_in_language", day=until, language=language) if language else until
    grid = QGridLayout()
    spaced(grid, 6)
    grid.setColumnMinimumWidth(0, theme().px(72))
    grid.setColumnStretch(1, 1)
    pairs = (
        (say("case.purpose"), catalogue.label("consent_purpose", consent.purpose)),
        (say("case.covers"), kinds),
        (say("case.specially_protected"), special),
        (say("case.valid_until"), explained),
    )
    for row, (name, text) in enumerate((name, text) for name, text in pairs if text):
        grid.addWidget(Text(name, "table", "text-2"), row, 0, _TOP)
        grid.addWidget(Text(text, "table", wrap=True), row, 1, _TOP)
    return grid
