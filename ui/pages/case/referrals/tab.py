"""The tab of referrals: all of them at the left, one of them in full."""

from kimdesk.catalogue.codes import label
from kimdesk.domain.records import CaseFile, Referral
from kimdesk.domain.terms import ItemState, ReferralState
from ui.forms.editors.combo import CodeCombo
from ui.forms.sources import Option
from ui.kit.buttons import secondary
from ui.kit.listing import Listing, TaskRow
from ui.kit.scroll import Columns, Page, column
from ui.kit.state import EmptyState
from ui.pages.case.cards import service_name
from ui.pages.case.editing import Editing
from ui.pages.case.referrals.detail import ReferralDetail
from ui.pages.case.referrals.rows import known_service
from ui.text import tr
from ui.theme import theme

_LIST = 250
_SIGNS = {
    ReferralState.PREPARED: ("folder-open", "accent"),
    ReferralState.SENT: ("paper-plane-tilt", "accent"),
    ReferralState.ACCEPTED: ("handshake", "ok"),
    ReferralState.REJECTED: ("x-circle", "bad"),
    ReferralState.DONE: ("present", "ok"),
    ReferralState.WITHDRAWN: ("minus-circle", "text-2"),
}


class ReferralsTab(Page):
    """Chooses among the referrals of a case and shows the chosen one."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("tab_referrals")
        self._editing = editing
        self._chosen = ""
        self._file: CaseFile | None = None
        self._new = secondary(tr("New referral"), "plus")
        self._new.setObjectName("new_referral_button")
        self._new.clicked.connect(lambda: editing.open("referral"))
        self._selector = CodeCombo(())
        self._selector.setObjectName("referral_selector")
        self._selector.setAccessibleName(tr("Referrals"))
        self._selector.picked.connect(lambda: self.choose(self._selector.code() or ""))
        self._list = ReferralList()
        self._list.opened.connect(self.choose)
        self._detail = ReferralDetail(editing)
        self._empty = EmptyState("paper-plane-tilt", tr("There is no referral yet."), tr("New referral"))
        self._empty.pressed.connect(lambda: editing.open("referral"))
        left = column(self._new, self._selector if theme().stacked else self._list)
        self._columns = Columns([(left, _LIST), (self._detail, 0)], spacing=16)
        self.body.addWidget(self._columns)
        self.body.addWidget(self._empty)

    def show_file(self, file: CaseFile) -> None:
        """Show the referrals of ``file``, those under way first."""
        self._file = file
        ordered = sorted(file.referrals, key=lambda one: (one.state in _ENDED, one.id))
        known = [one.id for one in ordered]
        if self._chosen not in known:
            self._chosen = known[0] if known else ""
        self._columns.setVisible(bool(ordered))
        self._empty.setVisible(not ordered)
        self._list.show_referrals(ordered, self._chosen)
        self._selector.set_options(tuple(Option(one.id, name(one)) for one in ordered))
        self._selector.set_code(self._chosen or None)
        self._show_chosen()

    def choose(self, key: str) -> None:
        """Show the referral ``key``."""
        self._chosen = key
        if self._file:
            self.show_file(self._file)

    def _show_chosen(self) -> None:
        for one in self._file.referrals if self._file else ():
            if one.id == self._chosen and self._file:
                self._detail.show_referral(one, self._file)


_ENDED = {ReferralState.DONE, ReferralState.WITHDRAWN}


class ReferralList(Listing):
    """The referrals as rows of two lines."""

    def __init__(self) -> None:
        super().__init__(fit=True)
        self.setObjectName("referral_list")
        self.setAccessibleName(tr("Referrals"))

    def show_referrals(self, referrals: list[Referral], chosen: str) -> None:
        """Show ``referrals`` with ``chosen`` lit."""
        self.set_rows([(None, [_row(one) for one in referrals])])
        for number, key in enumerate(self.keys()):
            if key == chosen:
                self.setCurrentIndex(self.model().index(number, 0))


def name(referral: Referral) -> str:
    """Return what a referral is called."""
    return referral.agency or service_name(referral.service)


def _row(referral: Referral) -> TaskRow:
    icon, tone = _SIGNS[referral.state]
    sheet = known_service(referral)
    missing = sum(one.state is ItemState.MISSING for one in referral.checklist)
    state = label("referral_state", referral.state)
    if missing and referral.state is ReferralState.PREPARED:
        state = f"{state} · {tr('{n} missing', n=missing)}"
    return TaskRow(sheet.icon if sheet else icon, tone, name(referral), "", state, "", "", referral.id)
