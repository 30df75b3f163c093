"""The tab of referrals: all of them above, one of them in full below."""

from PySide6.QtCore import QPoint

from kimdesk.domain.records import CaseFile
from kimdesk.domain.terms import ReferralState
from kimdesk.texts import say
from ui.case.cards import referral_name
from ui.case.editing import Editing
from ui.case.referrals.detail import ReferralDetail
from ui.case.referrals.listing import ReferralList
from ui.case.tabs import CaseTab
from ui.forms.editors.combo import CodeCombo
from ui.forms.sources import Option
from ui.kit.buttons import secondary
from ui.kit.context_menu import show_menu
from ui.kit.scroll import Page, column
from ui.kit.state import EmptyState
from ui.places import Place
from ui.theme import theme

_ENDED = {ReferralState.DONE, ReferralState.WITHDRAWN}


class ReferralsTab(CaseTab, Page):
    """Chooses among the referrals of a case and shows the chosen one."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("tab_referrals")
        self._editing = editing
        self._chosen = ""
        self._new = secondary(say("case.new_referral"), "plus")
        self._new.setObjectName("new_referral_button")
        self._new.clicked.connect(lambda: editing.open("referral"))
        self._selector = CodeCombo(())
        self._selector.setObjectName("referral_selector")
        self._selector.setAccessibleName(say("case.referrals"))
        self._selector.picked.connect(lambda: self._open(self._selector.code() or ""))
        self._list = ReferralList(editing.catalogue)
        self._list.opened.connect(self._open)
        self._list.menu_asked.connect(self._ask)
        self._detail = ReferralDetail(editing)
        self._empty = EmptyState(
            "paper-plane-tilt", say("case.there_no_referral_yet"), say("case.new_referral")
        )
        self._empty.pressed.connect(lambda: editing.open("referral"))
        shown, other = (self._selector, self._list) if theme().stacked else (self._list, self._selector)
        other.setParent(self)  # it dies with the tab too
        other.hide()
        self.add_action(self._new)
        self.set_title(say("case.referrals"))
        self._all = column(shown, self._detail, spacing=16, stretch=False)
        self.body.addWidget(self._all)
        self.body.addWidget(self._empty)

    def show_file(self, file: CaseFile) -> None:
        """Show the referrals of ``file``, those under way first."""
        ordered = sorted(file.referrals, key=lambda one: (one.state in _ENDED, one.id))
        known = [one.id for one in ordered]
        if self._chosen not in known:
            self._chosen = known[0] if known else ""
        self._all.setVisible(bool(ordered))
        self._empty.setVisible(not ordered)
        self._list.show_referrals(ordered, self._chosen, file, self._editing.today)
        catalogue = self._editing.catalogue
        self._selector.set_options(tuple(Option(one.id, referral_name(catalogue, one)) for one in ordered))
        self._selector.set_code(self._chosen or None)
        for one in file.referrals:
            if one.id == self._chosen:
                self._detail.show_referral(one, file)

    def choose(self, place: Place) -> bool:
        """Show this referral next."""
        if place.kind != "referral" or not place.key:
            return super().choose(place)
        self._chosen = place.key
        return True

    def _ask(self, key: str, at: QPoint) -> None:
        """Show what can be done with a referral."""
        self._open(key)
        offers = () if self._editing.read_only else self._detail.offers()
        if offers:
            show_menu(self._list, "referral_menu", say("case.referrals"), offers, at)

    def _open(self, key: str) -> None:
        self._chosen = key
        self.show_file(self._editing.file)
