"""Scans for a referral: those at hand, and adding one for a paper of its checklist."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import Attachment, CaseFile, RecordRef, Referral
from kimdesk.texts import dates, say
from ui.case.attachments.adding import Purpose, ScanAdder
from ui.case.attachments.rows import icon_of, proving
from ui.case.cards import joined
from ui.case.editing import Editing
from ui.case.referrals.rows import ChecklistRow
from ui.kit.buttons import secondary
from ui.kit.card import Card
from ui.kit.cards import CardItem, CardList
from ui.kit.state import Notice
from ui.kit.text import Text

_OTHER = "other"


class ReferralScans(Card):
    """Lists the scans that serve a referral and adds more; what does not go is said in ``notice``.

    ``present`` is told the code of a paper for which a scan was added.
    """

    def __init__(self, editing: Editing, notice: Notice, present: Callable[[str], None]) -> None:
        super().__init__(say("case.scans_at_hand"))
        self.setObjectName("referral_scans")
        self._editing, self._present = editing, present
        self._referral: Referral | None = None
        self._rows: tuple[ChecklistRow, ...] = ()
        self._code = ""
        self._adder = ScanAdder(self, editing, notice, self._added)
        self._list = CardList()
        self._list.acted.connect(lambda key, _: editing.show(RecordRef("attachment", key)))
        self._empty = Text(say("case.there_no_scan_yet_what"), "table", "text-2", wrap=True)
        add = secondary(say("case.add_a_scan"), "plus", "small")
        add.setObjectName("add_referral_scan")
        add.clicked.connect(lambda _: self.add())
        self.add_action(add)
        self.body.addWidget(self._empty)
        self.body.addWidget(self._list)

    def show_scans(self, referral: Referral, rows: Sequence[ChecklistRow], file: CaseFile) -> None:
        """Show the scans of ``file`` that serve ``referral``, whose checklist are ``rows``."""
        self._referral, self._rows, catalogue = referral, tuple(rows), self._editing.catalogue
        found = scans_of(referral, rows, file.attachments)
        self._list.set_cards([_card(catalogue, one) for one in found])
        self._empty.setVisible(not found)

    def add(self, code: str = "") -> None:
        """Add scans for the paper ``code`` of the checklist, or for the referral as a whole."""
        if self._referral is not None:
            self._code = code
            self._adder.choose(_purpose(self._editing.catalogue, self._referral, self._rows, code))

    def _added(self, _: Attachment) -> None:
        self._editing.saved(say("case.document_added"))
        if self._code:
            self._present(self._code)


def scans_of(
    referral: Referral, rows: Sequence[ChecklistRow], attachments: Sequence[Attachment]
) -> list[Attachment]:
    """Return the scans that belong to ``referral`` or are a paper of its checklist ``rows``, each once."""
    own = [one for one in attachments if one.about == referral.id]
    papers = [one for row in rows for one in proving(row.code, row.paper, referral.id, attachments)]
    return list({one.id: one for one in (*own, *papers)}.values())


def marked(
    rows: Sequence[ChecklistRow], referral: Referral, attachments: Sequence[Attachment]
) -> list[ChecklistRow]:
    """Return the rows of a checklist; those a scan is at hand for say so."""
    return [
        replace(row, reason=joined(say("case.scan_at_hand"), row.reason))
        if proving(row.code, row.paper, referral.id, attachments)
        else row
        for row in rows
    ]


def _purpose(catalogue: Catalogue, referral: Referral, rows: Sequence[ChecklistRow], code: str) -> Purpose:
    row = next((each for each in rows if each.code == code), None)
    if row is None:
        return Purpose(about=referral.id)
    kind = code if code in catalogue.code_list("document_kind") else _OTHER
    return Purpose(about=referral.id, document=kind, title=row.paper)


def _card(catalogue: Catalogue, one: Attachment) -> CardItem:
    until = say("common.until_day", day=dates.full(one.valid_until)) if one.valid_until else ""
    text = joined(catalogue.label("document_kind", one.document), until)
    return CardItem(
        one.id, one.title or "–", text, icon=icon_of(one), actions=(("view_scan", say("case.view_the_scan")),)
    )
