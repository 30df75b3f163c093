"""Asking for the page for an authority: what is on it, what is not and why, and on which ground it leaves."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from kimdesk.casework.authority_page import (
    AUTHORITIES,
    AuthorityPage,
    HandedOut,
    LeftOut,
    consents,
    page_of,
)
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import Attachment
from kimdesk.texts import achievements, dates, say
from kimdesk.texts.refusals import Explanation
from ui.case.editing import Editing
from ui.case.link_row import LinkRow
from ui.forms.editors.combo import CodeCombo
from ui.forms.sources import Option
from ui.kit.card import Card
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.kit.text import Text

_HAND = "hand"


def ask(editing: Editing, person_id: str = "") -> None:
    """Open the dialog about a person of the case, about the client without one."""
    client = editing.file.client
    wanted = person_id or (client.id if client else "")
    if any(one.id == wanted for one in editing.file.persons):
        AuthorityDialog(editing, page_of(editing.catalogue, editing.file, wanted)).open()


class AuthorityDialog(Dialog):
    """Shows what the page says and what it leaves out, and writes it."""

    def __init__(self, editing: Editing, page: AuthorityPage) -> None:
        name = full_name(page.person)
        super().__init__(
            editing.page, say("achievements.page_question", name=name), accept=say("achievements.save_page")
        )
        self.setObjectName("authority_dialog")
        self.widen(680)
        self._editing, self._page = editing, page
        self.add_text(say("achievements.page_rule"))
        known = editing.catalogue
        self._to = CodeCombo(tuple(Option(code, known.service_name(code)) for code in AUTHORITIES))
        self._to.setObjectName("page_authority")
        self._to.set_code(AUTHORITIES[0])
        self._to.picked.connect(self._offer_basis)
        self.body.addWidget(FieldBox(say("achievements.page_for"), self._to, required=True))
        self._basis = CodeCombo(())
        self._basis.setObjectName("page_basis")
        self._basis_box = FieldBox(say("achievements.page_basis"), self._basis, required=True)
        self.body.addWidget(self._basis_box)
        self.body.addWidget(self._shown())
        if page.left_out:
            self.body.addWidget(self._left_out())
        self.accept_button.setEnabled(bool(page.shown))
        self._offer_basis()

    def accept(self) -> None:
        """Ask where the page goes, and write it."""
        stem = say("achievements.page_file", name=full_name(self._page.person))
        path, _ = QFileDialog.getSaveFileName(self, say("case.where_to"), f"{stem}.pdf", "PDF (*.pdf)")
        if path:
            self.write(Path(path))

    def write(self, path: Path) -> None:
        """Write the page to ``path``; the case tells of it."""
        from kimdesk.documents import authority_page

        desk, case_id, day = self._editing.context.desk, self._editing.file.case.id, self._editing.today
        basis = self._basis.code() or _HAND
        to = HandedOut(self._to.code() or AUTHORITIES[0], None if basis == _HAND else basis)
        self.set_busy(True)
        self._editing.context.work.write(
            self,
            lambda: authority_page.save(desk, case_id, self._page.person.id, to, path, day),
            self._written,
            self._refused,
        )

    def _written(self, kept: Attachment) -> None:
        super().accept()
        self._editing.saved(say("achievements.page_saved", title=kept.title))

    def _refused(self, explanation: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(explanation)

    def _offer_basis(self) -> None:
        """Offer the person's own hand, and the consents under which the page may go to the authority."""
        file, person = self._editing.file, self._page.person
        given = consents(file, person, self._to.code() or "", self._editing.today)
        by_consent = (
            Option(one.id, say("achievements.page_by_consent", day=dates.full(one.given_on))) for one in given
        )
        self._basis.set_options((Option(_HAND, say("achievements.page_by_hand")), *by_consent))
        self._basis.set_code(_HAND)

    def _shown(self) -> QWidget:
        card = Card(say("achievements.page_shows"), str(len(self._page.shown)))
        card.setObjectName("page_shows")
        for one in self._page.shown:
            words = f"{achievements.headline(self._editing.catalogue, one)} · {achievements.days(one)}"
            card.body.addWidget(Text(words.removesuffix(" · "), "table", wrap=True))
        if not self._page.shown:
            card.body.addWidget(Text(say("achievements.page_empty"), "table", "text-2", wrap=True))
        return card

    def _left_out(self) -> QWidget:
        card = Card(say("achievements.page_leaves_out"), str(len(self._page.left_out)), tone="warn")
        card.setObjectName("page_leaves_out")
        for one in self._page.left_out:
            card.body.addWidget(self._row(one))
        return card

    def _row(self, left: LeftOut) -> QWidget:
        named = achievements.headline(self._editing.catalogue, left.achievement)
        row = LinkRow(f"{named}: {say(f'achievements.why_{left.why}')}", "pencil-simple")
        row.setObjectName(f"left_out_{left.achievement.id}")
        row.clicked.connect(lambda: self._leave_for(left.achievement.id))
        return row

    def _leave_for(self, key: str) -> None:
        self.reject()
        self._editing.open("achievement", key)
