"""The page of one case."""

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kimdesk.casework import conflicts, responsible
from kimdesk.casework.events import CONFLICT, PASSAGE, RECORDS, Changed, Shows
from kimdesk.domain.custody import CaseStanding
from kimdesk.domain.records import CaseFile, RecordRef
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui import focus
from ui.case import copying
from ui.case.band import CaseBand
from ui.case.editing import Editing
from ui.case.heading import heading
from ui.case.presenter import CasePresenter
from ui.case.reading_only import ReadingOnly
from ui.case.tabs import KEYS, OpenTabs, tab_of
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.kit.base import spaced
from ui.kit.state import EmptyState
from ui.places import Place
from ui.program import keys
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
        self._missing = EmptyState("folder-open", say("case.case_cannot_shown"), say("case.list_cases"))
        self._missing.pressed.connect(lambda: context.navigate(Place("cases")))
        self._stack.addWidget(self._missing)
        column.addWidget(self._stack, 1)
        self._reading_only = ReadingOnly(self._stack)
        self._decide_at = Place("case", tab="history")
        self._shortcuts()

    @property
    def shows(self) -> Shows:
        """Return whose changes concern the page: those in the case that is shown."""
        return Shows(*RECORDS, PASSAGE, ids=[self._presenter.case_id])

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
        tab = self._tabs.here(self._band.tab)
        return Place("case", self._editing.file.case.id, tab, record.kind, record.id)

    def refresh(self) -> None:
        """Read the case again, and whose it is."""
        self._presenter.refresh()
        if self._editing is not None:
            self._show_standing()

    def hear(self, changed: Changed) -> None:
        """Read again what was changed in the case."""
        if self.shows.concerned(changed):
            self._presenter.follow(changed.kinds)
            if PASSAGE in changed.kinds:
                self._show_standing()
        if CONFLICT in changed.kinds:
            self._count_undecided()

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
        self._editing.file, self._editing.answers = file, self._presenter.answers
        self._tabs.renew()
        self._band.header.show_heading(heading(self._context.catalogue, file, self._editing.today))
        self._band.show()
        self._count_undecided()
        self._show_standing()
        wanted, self._wanted = self._wanted, None
        if wanted:
            self._go_inside(wanted)
        else:
            self._show_tab()

    def _count_undecided(self) -> None:
        """Ask how many versions wait for a decision in the case."""
        desk, case_id = self._context.desk, self._presenter.case_id

        def show(found: tuple[conflicts.TwoVersions, ...]) -> None:
            if case_id == self._presenter.case_id:
                waiting = [one for one in found if not one.decision]
                between = any(one.source for one in waiting)  # the page Klärung shows what two desks did
                self._decide_at = (
                    Place("versions", key=case_id) if between else Place("case", case_id, "history")
                )
                self._band.header.show_undecided(len(waiting))

        self._context.work.read(self, lambda: conflicts.of_case(desk, case_id), show, lambda _: None)

    def _show_standing(self) -> None:
        desk, case_id = self._context.desk, self._presenter.case_id

        def show(standing: CaseStanding) -> None:
            if self._editing is None or case_id != self._presenter.case_id:
                return
            self._editing.read_only = standing.read_only
            self._reading_only.set_active(standing.read_only)
            self._band.custody.show_standing(standing)
            self._band.header.show_standing(standing)

        self._context.work.read(self, lambda: responsible.of_case(desk, case_id), show)

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

    def _make_band(self) -> CaseBand:
        self._band = CaseBand()
        self._band.chosen.connect(self._show_tab)
        self._band.header.note_contact.connect(lambda: self._go_to("contacts", "note"))
        self._band.header.phase_chosen.connect(self._go_to)
        self._band.header.acted.connect(self._act)
        self._band.header.decide.connect(lambda: self._context.navigate(self._decide_at))
        return self._band

    def _shortcuts(self) -> None:
        keys.bind(self, "deadline", lambda: self._act("deadline"))
        keys.bind(self, "papers", lambda: self._act("papers"))
        keys.bind(self, "note", lambda: self._go_to("contacts", "note"))
        keys.bind(self, "finding", lambda: self._act("finding"))
        copying.offer(self, lambda: self._editing.file if self._editing else None, self._context.toast)
        for number, key in enumerate(KEYS, 1):
            keys.bind(self, "tab_at", lambda key=key: self._begin_at(key), number=number % 10)  # type: ignore[misc]

    def _go_to(self, tab: str, kind: str = "") -> None:
        self.go(Place("case", self._presenter.case_id, tab, kind))

    def _begin_at(self, tab: str) -> None:
        """Show a tab with the keyboard at its beginning, and on none of its buttons."""
        self._go_to(tab)
        if self._editing is not None and (page := self._stack.currentWidget()) is not None:
            focus.begin(page)

    def _go_inside(self, place: Place) -> None:
        """Go to a tab, a phase or a record of the case."""
        self._band.choose(tab_of(place))
        if self._editing and not self._show_tab(place):
            self._editing.open(place.kind, place.key)

    def _show_tab(self, place: Place | None = None) -> bool:
        """Show the tab that is chosen; return False when ``place`` is not shown in it."""
        if self._editing is None or self._tabs is None:
            return True
        shown = self._tabs.show(self._band.tab, place)
        self._band.header.set_compact(theme().stacked and self._band.tab != "plan")
        return shown

    def _act(self, key: str) -> None:
        if self._editing is None or self._tabs is None:
            return
        if key == "client_screen":
            self.flush()
        elif key in ("close", "papers"):
            self._tabs.save()
        self._editing.open(key)

    def _leave_case(self) -> None:
        self._reading_only.set_active(False)
        if self._tabs:
            self._tabs.close()
        self._editing = self._tabs = None
