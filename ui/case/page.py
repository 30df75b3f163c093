"""The page of one case."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from kimdesk.casework.events import RECORDS, Shows
from kimdesk.catalogue.codes import label
from kimdesk.domain.records import CaseFile
from kimdesk.texts.refusals import Explanation
from ui.case.editing import Editing
from ui.case.header import CaseHeader
from ui.case.heading import heading
from ui.case.presenter import CasePresenter
from ui.case.tabs import KEYS, TABS, OpenTabs, tab_for
from ui.desk.context import Context
from ui.kit.base import spaced
from ui.kit.state import EmptyState
from ui.text import tr
from ui.theme import theme

_OPENED = ("measure", "goal", "follow_up", "person", "contact", "finding", "finding_from")


class CasePage(QWidget):
    """Header, phases and tabs of a case. ``go("<id>/contacts")`` and the like lead to a place in it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("case_page")
        self._context = context
        self._presenter = CasePresenter(context, self)
        self._editing: Editing | None = None
        self._tabs: OpenTabs | None = None
        self._wanted = self._wanted_record = ""
        column = QVBoxLayout(self)
        spaced(column)
        column.addWidget(self._make_band())
        self._stack = QStackedWidget()
        self._missing = EmptyState(
            "folder-open", tr("This case cannot be shown."), tr("To the list of cases")
        )
        self._missing.pressed.connect(lambda: context.navigate("cases"))
        self._stack.addWidget(self._missing)
        column.addWidget(self._stack, 1)
        self._shortcuts()

    @property
    def shows(self) -> Shows:
        """Return whose changes concern the page: those in the case that is shown."""
        return Shows(*RECORDS, ids=[self._presenter.case_id])

    def go(self, sub: str) -> None:
        """Show a case and a place in it: ``<id>``, ``<id>/plan``, ``<id>/phase:intake`` …"""
        case_id, _, place = sub.partition("/")
        place, _, self._wanted_record = place.partition("+")
        if case_id != self._presenter.case_id:
            self._leave_case()
            self._wanted = place or "plan"
            self._presenter.open(case_id)
        elif place:
            self._go_inside(place)

    def place(self) -> str:
        """Return what leads back to this tab, and after "+" to the record that is being edited."""
        if self._editing is None or self._tabs is None:
            return ""
        kind, key = self._tabs.here(self._current())
        tab = f"{kind}:{key}" if kind else self._current()
        record = self._editing.here()
        return f"{self._editing.file.case.id}/{tab}" + (f"+{record}" if record else "")

    def refresh(self) -> None:
        """Read the case again."""
        self._presenter.refresh()

    def flush(self) -> None:
        """Keep everything that is typed as drafts (before the desk is locked)."""
        if self._editing and self._tabs:
            self._tabs.flush()
            self._editing.flush()

    def show_file(self, file: CaseFile) -> None:
        """Show the case."""
        if self._editing is None or self._tabs is None:
            self._editing = Editing(self, self._context, file, self._go_inside, self.refresh)
            self._tabs = OpenTabs(self._stack, self._editing)
        self._editing.file = file
        self._tabs.renew()
        self._header.show_heading(heading(file, self._editing.today))
        self._band.show()
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self._go_inside(wanted)
        else:
            self._show_tab()
        if self._wanted_record:
            kind, _, key = self._wanted_record.partition(":")
            self._wanted_record = ""
            self._editing.open(kind, key)

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
        self._header.note_contact.connect(lambda: self._go_inside("note:"))
        self._header.phase_chosen.connect(lambda phase: self._go_inside(f"phase:{phase}"))
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
        self._shortcut("Ctrl+Shift+K", lambda: self._go_inside("note:"))
        self._shortcut("Ctrl+Shift+S", lambda: self._act("finding"))
        for number, key in enumerate(KEYS, 1):
            self._shortcut(f"Alt+{number}", lambda key=key: self._go_inside(key))  # type: ignore[misc]

    def _shortcut(self, keys: str, act: Callable[[], None]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _current(self) -> str:
        return str(self._bar.tabData(self._bar.currentIndex()))

    def _go_inside(self, place: str) -> None:
        """Go to a tab, a phase or a record of the case."""
        if self._editing is None:
            self._wanted = place
            return
        kind, is_record, key = place.partition(":")
        key, _, field = key.partition("#")
        with QSignalBlocker(self._bar):
            self._bar.setCurrentIndex(KEYS.index(tab_for(kind)))
        if not self._show_tab(kind if is_record else "", key, field) and key and kind in _OPENED:
            self._editing.open(kind, key)

    def _show_tab(self, kind: str = "", record: str = "", field: str = "") -> bool:
        """Show the tab that is chosen in the bar; return whether it shows the record itself."""
        if self._tabs is None:
            return False
        shown = self._tabs.show(self._current(), kind, record, field)
        self._header.set_compact(theme().stacked and self._current() != "plan")
        self._name_form_tab()
        return shown

    def _name_form_tab(self) -> None:
        if self._editing and self._tabs and not theme().stacked:
            phase = self._tabs.here("form")[1] or self._editing.file.case.phase
            self._bar.setTabText(KEYS.index("form"), label("phase", phase))

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
