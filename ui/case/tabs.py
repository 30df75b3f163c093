"""The tabs of the case page: one table, what each can be told, and those that are open for the shown case."""

from pkgutil import resolve_name
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QStackedWidget

from kimdesk.domain.kinds import KINDS
from kimdesk.domain.records import CaseFile
from kimdesk.domain.terms import Phase
from ui.case.editing import Editing
from ui.places import Place

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
else:
    QWidget = object  # a tab is a widget of whichever kind it likes


class CaseTab(QWidget):
    """What a tab of a case can be told; it does what concerns it."""

    def show_file(self, file: CaseFile) -> None:
        """Show the case as it was read last."""

    def choose(self, place: Place) -> bool:
        """Show this place next; return False when its record has none in the tab: its dialog opens.

        What was chosen is shown by ``show_file``, which follows.
        """
        return not place.kind

    def here(self) -> str:
        """Return the ``tab`` of the place that is shown, "" for a tab that is but one place."""
        return ""

    def save(self) -> None:
        """Store what is typed: the tab is left."""

    def flush(self) -> None:
        """Keep what is typed as a draft: the desk is about to be locked."""


class TabSpec(NamedTuple):
    """One tab: its key, the key of its title, its class as "module:name"."""

    key: str
    title: str
    place: str


TABS = (
    TabSpec("plan", "case.plan", "ui.plan.tab:PlanTab"),
    TabSpec("form", "case.form", "ui.case.form.tab:FormTab"),
    TabSpec("contacts", "case.contacts", "ui.case.contacts.tab:ContactsTab"),
    TabSpec("referrals", "case.referrals", "ui.case.referrals.tab:ReferralsTab"),
    TabSpec("regimes", "case.legal_regimes", "ui.regimes.tab:RegimesTab"),
    TabSpec("perspective", "perspective.title", "ui.perspective.tab:PerspectiveTab"),
    TabSpec("people", "common.people", "ui.people.tab:PeopleTab"),
    TabSpec("consents", "case.consents", "ui.case.consents:ConsentsTab"),
    TabSpec("attachments", "common.documents", "ui.case.attachments.tab:AttachmentsTab"),
    TabSpec("history", "case.history", "ui.case.history:HistoryTab"),
)
KEYS = tuple(tab.key for tab in TABS)

_TAB_OF = {"finding_from": "contacts", "note": "contacts"}


def tab_of(place: Place) -> str:
    """Return the key of the tab that shows ``place``; what is unknown is in the plan."""
    if place.tab in KEYS:
        return place.tab
    if place.tab in set(Phase):
        return "form"
    return KINDS[place.kind].place if place.kind in KINDS else _TAB_OF.get(place.kind, "plan")


class OpenTabs:
    """The tabs of one shown case, each made when it is first shown, all ended with the case."""

    def __init__(self, stack: QStackedWidget, editing: Editing) -> None:
        self._stack, self._editing = stack, editing
        self._tabs: dict[str, CaseTab] = {}
        self._stale: set[str] = set()

    def show(self, key: str, place: Place | None = None) -> bool:
        """Show the tab ``key`` as the case stands; what is typed in another one is stored first.

        Return False when the record of ``place`` is not shown in the tab itself.
        """
        for other, each in list(self._tabs.items()):  # saving may show the case anew
            if other != key:
                each.save()
        tab = self._tabs.get(key) or self._make(key)
        self._stack.setCurrentWidget(tab)
        chosen = place if place and (place.kind or place.tab not in ("", key)) else None
        shown = tab.choose(chosen) if chosen else True
        if chosen or key in self._stale:
            self._stale.discard(key)
            tab.show_file(self._editing.file)
        return shown

    def here(self, key: str) -> str:
        """Return the ``tab`` of the place shown in the tab ``key``."""
        tab = self._tabs.get(key)
        return (tab.here() if tab else "") or key

    def renew(self) -> None:
        """The case was read again: each tab shows it when it is shown next."""
        self._stale = set(self._tabs)

    def save(self) -> None:
        """Store what is typed in any of them."""
        for tab in list(self._tabs.values()):
            tab.save()

    def flush(self) -> None:
        """Keep what is typed in any of them as drafts."""
        for tab in self._tabs.values():
            tab.flush()

    def close(self) -> None:
        """Store what is typed and end: another case is about to be shown."""
        self.save()
        for tab in self._tabs.values():
            self._stack.removeWidget(tab)
            tab.deleteLater()
        self._tabs.clear()

    def _make(self, key: str) -> CaseTab:
        spec = next(each for each in TABS if each.key == key)
        tab: CaseTab = resolve_name(spec.place)(self._editing)
        self._tabs[key] = tab
        self._stale.add(key)
        self._stack.addWidget(tab)
        return tab
