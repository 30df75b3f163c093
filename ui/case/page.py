"""The page of one case."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from kimdesk.casework.events import RECORDS, Changed, Shows
from kimdesk.domain.records import CaseFile, RecordRef
from kimdesk.texts.refusals import Explanation
from ui.case.editing import Editing
from ui.case.header import CaseHeader
from ui.case.heading import heading
from ui.case.presenter import CasePresenter
from ui.case.tabs import KEYS, TABS, OpenTabs, tab_of
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.kit.base import spaced
from ui.kit.state import EmptyState
from ui.places import Place
from ui.text import tr
from ui.theme import theme


class CasePage(DeskPage, QWidget):
    """Header, phases and tabs of a case."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("case_page")
        self._context = context
        self._presenter = CasePresenter(context, self)
        self._editing: Editing | None = None
        self._tabs: OpenTabs | None = None
        self._wanted: Place | None = None
        column = QVBoxLayout(self)
        spaced(column)
        column.addWidget(self._make_band())
        self._stack = QStackedWidget()
        self._missing = EmptyState(
            "folder-open", tr("This case cannot be shown."), tr("To the list of cases")
        )
        self._missing.pressed.connect(lambda: context.navigate(Place("cases")))
        self._stack.addWidget(self._missing)
        column.addWidget(self._stack, 1)
        self._shortcuts()

    @property
    def shows(self) -> Shows:
        """Return whose changes concern the page: those in the case that is shown."""
        return Shows(*RECORDS, ids=[self._presenter.case_id])

    def go(self, place: Place) -> None:
        """Show a case, and a place in it; a case without a place keeps the one it has."""
        if place.case_id != self._presenter.case_id:
            self._leave_case()
            self._wanted = place
            self._presenter.open(place.case_id)
        elif self._editing is None:
            self._wanted = place
        elif place.tab or place.kind:
            self._go_inside(place)

    def here(self) -> Place | None:
        """Return what leads back to this tab, and to the record that is being edited."""
        if self._editing is None or self._tabs is None:
            return self._wanted
        record = self._editing.here() or RecordRef("", "")
        tab = self._tabs.here(self._current())
        return Place("case", self._editing.file.case.id, tab, record.kind, record.id)

    def refresh(self) -> None:
        """Read the case again."""
        self._presenter.refresh()

    def hear(self, changed: Changed) -> None:
        """Read again what was changed in the case."""
        if self.shows.concerned(changed):
            self._presenter.follow(changed.kinds)

    def flush(self) -> None:
        """Keep everything that is typed as drafts (before the desk is locked)."""
        if self._tabs:
            self._tabs.flush()
        super().flush()

    def show_file(self, file: CaseFile) -> None:
        """Show the case."""
        if self._editing is None or self._tabs is None:
            self._editing = Editing(self, self._context, file, self.go, self.refresh)
            self._tabs = OpenTabs(self._stack, self._editing)
        self._editing.file = file
        self._tabs.renew()
        self._header.show_heading(heading(self._context.catalogue, file, self._editing.today))
        self._band.show()
        wanted, self._wanted = self._wanted, None
        if wanted:
            self._go_inside(wanted)
        else:
            self._show_tab()

    def show_missing(self, explanation: Explanation) -> None:
        """Say that the case cannot be shown."""
        self._band.hide()
        self._missing.setAccessibleName(explanation.message)
        self._stack.setCurrentWidget(self._missing)

    def hideEvent(self, event: QHideEvent) -> None:
        """Store what is typed when the page is left."""
        super().hideEvent(event)
        if self._tabs:
            self._tabs.save()

    def _make_band(self) -> QFrame:
        self._band = QFrame()
        self._band.setObjectName("band")
        column = QVBoxLayout(self._band)
        spaced(column, 4)
        self._header = CaseHeader()
        self._header.note_contact.connect(lambda: self._go_to("contacts", "note"))
        self._header.phase_chosen.connect(self._go_to)
        self._header.acted.connect(self._act)
        column.addWidget(self._header)
        holder = QWidget()
        row = QVBoxLayout(holder)
        spaced(row, 0, (20, 0, 20, 0))
        row.addWidget(self._make_bar())
        column.addWidget(holder)
        return self._band

    def _make_bar(self) -> QTabBar:
        self._bar = QTabBar()
        self._bar.setObjectName("case_tabs")
        self._bar.setAccessibleName(tr("Areas of the case"))
        self._bar.setExpanding(False)
        self._bar.setDrawBase(False)
        if theme().stacked:
            self._bar.setStyleSheet(f"QTabBar::tab {{ margin-right: {theme().px(7)}px; }}")
        self._bar.setContentsMargins(theme().px(20), 0, theme().px(20), 0)
        for tab in TABS:
            self._bar.setTabData(self._bar.addTab(tr(tab.title)), tab.key)
        self._bar.currentChanged.connect(lambda _: self._show_tab())
        return self._bar

    def _shortcuts(self) -> None:
        self._shortcut("Ctrl+Shift+F", lambda: self._act("deadline"))
        self._shortcut("Ctrl+Shift+K", lambda: self._go_to("contacts", "note"))
        self._shortcut("Ctrl+Shift+S", lambda: self._act("finding"))
        for number, key in enumerate(KEYS, 1):
            self._shortcut(f"Alt+{number}", lambda key=key: self._go_to(key))  # type: ignore[misc]

    def _shortcut(self, keys: str, act: Callable[[], None]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _current(self) -> str:
        return str(self._bar.tabData(self._bar.currentIndex()))

    def _go_to(self, tab: str, kind: str = "") -> None:
        self.go(Place("case", self._presenter.case_id, tab, kind))

    def _go_inside(self, place: Place) -> None:
        """Go to a tab, a phase or a record of the case."""
        with QSignalBlocker(self._bar):
            self._bar.setCurrentIndex(KEYS.index(tab_of(place)))
        if self._editing and not self._show_tab(place):
            self._editing.open(place.kind, place.key)

    def _show_tab(self, place: Place | None = None) -> bool:
        """Show the tab that is chosen in the bar; return False when ``place`` is not shown there."""
        if self._tabs is None:
            return True
        shown = self._tabs.show(self._current(), place)
        self._header.set_compact(theme().stacked and self._current() != "plan")
        self._name_form_tab()
        return shown

    def _name_form_tab(self) -> None:
        if self._editing and self._tabs and not theme().stacked:
            shown = self._tabs.here("form")
            phase = shown if shown != "form" else self._editing.file.case.phase
            self._bar.setTabText(KEYS.index("form"), self._context.catalogue.label("phase", phase))

    def _act(self, key: str) -> None:
        if self._editing is None or self._tabs is None:
            return
        if key == "client_screen":
            self.flush()
        elif key == "close":
            self._tabs.save()
        self._editing.open(key)

    def _leave_case(self) -> None:
        if self._tabs:
            self._tabs.close()
        self._editing = self._tabs = None
