"""The page of one case."""

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from kimdesk.catalogue.codes import label
from kimdesk.domain.records import CaseFile
from kimdesk.domain.terms import Phase
from kimdesk.texts.refusals import Explanation
from ui.case.closing import ask_close
from ui.case.deadline import open_dialog
from ui.case.editing import Editing
from ui.case.findings.opening import open_finding_from
from ui.case.header import CaseHeader
from ui.case.heading import heading
from ui.case.presenter import CasePresenter
from ui.case.tabs import TABS, make_tab, tab_for, tab_word
from ui.desk.context import Context
from ui.kit.base import spaced
from ui.kit.state import EmptyState
from ui.text import tr
from ui.theme import theme


class CasePage(QWidget):
    """Header, phases and tabs of a case. ``go("<id>/contacts")`` and the like lead to a place in it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("case_page")
        self._context = context
        self._presenter = CasePresenter(context, self)
        self._editing = Editing(self, context, self._go_inside, self.refresh)
        self._tabs: dict[str, Any] = {}
        self._stale: set[str] = set()
        self._phase: Phase | None = None
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
        file, key = self._editing.file, self._current()
        if file is None:
            return ""
        tab = f"phase:{self._phase or file.case.phase}" if key == "form" else key
        record = self._editing.here()
        return f"{file.case.id}/{tab}" + (f"+{record}" if record else "")

    def refresh(self) -> None:
        """Read the case again."""
        self._presenter.refresh()

    def flush(self) -> None:
        """Keep everything that is typed as drafts (before the desk is locked)."""
        for tab in self._tabs.values():
            _tell(tab, "flush")
        self._editing.flush()

    def show_file(self, file: CaseFile) -> None:
        """Show the case."""
        self._editing.file = file
        self._header.show_heading(heading(file, self._editing.today))
        self._band.show()
        self._stale = set(self._tabs)
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self._go_inside(wanted)
        else:
            self._show_tab(self._current())
        self._name_form_tab()
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
        """Save the form when the page is left."""
        super().hideEvent(event)
        _tell(self._tabs.get("form"), "save")

    def _make_band(self) -> QFrame:
        self._band = QFrame()
        self._band.setObjectName("band")
        column = QVBoxLayout(self._band)
        spaced(column, 4)
        self._header = CaseHeader()
        self._header.note_contact.connect(self._note_contact)
        self._header.phase_chosen.connect(lambda phase: self._go_inside(f"phase:{phase}"))
        self._header.acted.connect(self._act)
        column.addWidget(self._header)
        self._bar = QTabBar()
        self._bar.setObjectName("case_tabs")
        self._bar.setAccessibleName(tr("Areas of the case"))
        self._bar.setExpanding(False)
        self._bar.setDrawBase(False)
        if theme().stacked:
            self._bar.setStyleSheet(f"QTabBar::tab {{ margin-right: {theme().px(7)}px; }}")
        self._bar.setContentsMargins(theme().px(20), 0, theme().px(20), 0)
        for key in TABS:
            index = self._bar.addTab(tab_word(key))
            self._bar.setTabData(index, key)
        self._bar.currentChanged.connect(lambda _: self._tab_chosen())
        holder = QWidget()
        row = QVBoxLayout(holder)
        spaced(row, 0, (20, 0, 20, 0))
        row.addWidget(self._bar)
        column.addWidget(holder)
        return self._band

    def _shortcuts(self) -> None:
        self._shortcut("Ctrl+Shift+F", lambda: self._act("deadline"))
        self._shortcut("Ctrl+Shift+K", self._note_contact)
        self._shortcut("Ctrl+Shift+S", lambda: self._act("finding"))
        for number, key in enumerate(TABS, 1):
            self._shortcut(f"Alt+{number}", lambda key=key: self._go_inside(key))  # type: ignore[misc]

    def _shortcut(self, keys: str, act: Callable[[], None]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _current(self) -> str:
        return str(self._bar.tabData(self._bar.currentIndex()))

    def _tab_chosen(self) -> None:
        if self._editing.file is not None:
            self._show_tab(self._current())

    def _go_inside(self, place: str) -> None:
        """Go to a tab, a phase or a record of the case."""
        if self._editing.file is None:
            self._wanted = place
            return
        kind, _, key = place.partition(":")
        key, _, path = key.partition("#")
        if kind == "phase":
            self._phase = Phase(key)
        index = TABS.index(tab_for(kind))
        if index == self._bar.currentIndex():
            self._show_tab(self._current())
        self._bar.setCurrentIndex(index)
        self._name_form_tab()
        if kind == "referral" and key:
            self._tabs["referrals"].choose(key)
        elif kind == "attachment" and key:
            self._tabs["attachments"].choose(key)
        elif kind == "phase" and path:
            self._tabs["form"].focus_path(path)
        elif kind == "finding_from":
            open_finding_from(self._editing, key)
        elif key and kind in ("measure", "goal", "follow_up", "person", "contact", "finding"):
            self._editing.open(kind, key)

    def _show_tab(self, key: str) -> None:
        file = self._editing.file
        if file is None:
            return
        if key != "form":
            _tell(self._tabs.get("form"), "save")
        tab = self._tabs.get(key) or self._build(key)
        if key == "form":
            tab.show_phase(file, self._phase or file.case.phase)
        elif key in self._stale:
            tab.show_file(file)
        self._stale.discard(key)
        self._stack.setCurrentWidget(tab)
        self._header.set_compact(theme().stacked and key != "plan")

    def _build(self, key: str) -> Any:
        tab = make_tab(key, self._editing)
        self._tabs[key] = tab
        self._stale.add(key)
        self._stack.addWidget(tab)
        if key == "form":
            tab.phase_ended.connect(self._phase_ended)
        return tab

    def _phase_ended(self) -> None:
        self._phase = None
        self._context.toast(tr("Phase noted"))
        self.refresh()

    def _name_form_tab(self) -> None:
        file = self._editing.file
        if file and not theme().stacked:
            words = label("phase", self._phase or file.case.phase)
            self._bar.setTabText(TABS.index("form"), words)

    def _note_contact(self) -> None:
        self._go_inside("contacts")
        self._tabs["contacts"].start_entry()

    def _act(self, key: str) -> None:
        file = self._editing.file
        if file is None:
            return
        if key == "client_screen":
            self._show_client_screen(file)
        elif key == "close":
            _tell(self._tabs.get("form"), "save")
            ask_close(self._editing)
        elif key == "deadline":
            open_dialog(self, self._context, file.case.id)
        else:
            self._editing.open(key)

    def _show_client_screen(self, file: CaseFile) -> None:
        from ui.client_screen.presenter import screen
        from ui.client_screen.window import ClientScreen

        self.flush()
        shown = screen(self._context.catalogue.client_words, file, self._editing.today)
        self._client_screen = ClientScreen(self._context, shown, self.window())
        self._client_screen.open_over()

    def _leave_case(self) -> None:
        _tell(self._tabs.get("form"), "save")
        self._phase = None
        self._editing.file = None
        for tab in self._tabs.values():
            self._stack.removeWidget(tab)
            tab.deleteLater()
        self._tabs.clear()


def _tell(tab: Any, verb: str) -> None:
    method = getattr(tab, verb, None)
    if callable(method):
        method()
