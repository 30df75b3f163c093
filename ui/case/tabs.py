"""The tabs of the case page: their order, their words, where each kind of place belongs."""

from typing import Any

from kimdesk.domain.kinds import KINDS
from ui.case.editing import Editing
from ui.text import tr

TABS = ("plan", "form", "contacts", "referrals", "regimes", "people", "consents", "attachments", "history")
"""The keys of the tabs in their order."""


def tab_word(key: str) -> str:
    """Return what the tab ``key`` says; the form's tab is named after its phase later."""
    return {
        "plan": tr("Plan"),
        "form": tr("Form"),
        "contacts": tr("Contacts"),
        "referrals": tr("Referrals"),
        "regimes": tr("Legal regimes"),
        "people": tr("People"),
        "consents": tr("Consents"),
        "attachments": tr("Documents"),
        "history": tr("History"),
    }[key]


_PLACES = {"phase": "form", "finding_from": "contacts"}


def tab_for(kind: str) -> str:
    """Return the tab that shows ``kind``: a tab's key or a kind of record; what is unknown is in the plan."""
    if kind in TABS:
        return kind
    return KINDS[kind].place if kind in KINDS else _PLACES.get(kind, "plan")


def make_tab(key: str, editing: Editing) -> Any:
    """Return the tab ``key``; each is imported when it is first shown."""
    from ui.case.attachments.tab import AttachmentsTab
    from ui.case.consents import ConsentsTab
    from ui.case.contacts.tab import ContactsTab
    from ui.case.form.tab import FormTab
    from ui.case.history import HistoryTab
    from ui.case.referrals.tab import ReferralsTab
    from ui.people.tab import PeopleTab
    from ui.plan.tab import PlanTab
    from ui.regimes.tab import RegimesTab

    return {
        "plan": PlanTab,
        "form": FormTab,
        "contacts": ContactsTab,
        "referrals": ReferralsTab,
        "regimes": RegimesTab,
        "people": PeopleTab,
        "consents": ConsentsTab,
        "attachments": AttachmentsTab,
        "history": HistoryTab,
    }[key](editing)
