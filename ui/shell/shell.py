"""The frame of an open desk: it shows pages, leads from one to another and keeps what was typed."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kimdesk.casework.events import Changed
from kimdesk.domain.dates import today
from kimdesk.texts import dates, say
from kimdesk.texts.refusals import Explanation
from ui import focus
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.desk.upkeep import Upkeep
from ui.kit.base import spaced
from ui.kit.buttons import secondary
from ui.kit.state import Notice
from ui.pages import PageSpec, pages_for
from ui.places import SLIP, Place
from ui.program import keys
from ui.program.preferences import Keeper
from ui.program.scene import WindowScene
from ui.program.work import Work
from ui.shell.counters import Counters
from ui.shell.rail import Rail
from ui.shell.search import Search
from ui.shell.top_bar import TopBar
from ui.shell.undoing import Undoing

if TYPE_CHECKING:
    from kimdesk.casework.desk import Desk


class Shell(WindowScene, QWidget):
    """Rail, top bar and the pages of one open desk.

    Pages are made when first shown. ``lock_wanted`` when the user wants to lock, ``rekey_wanted`` when
    the vault is to get a new key; whoever locks calls ``flush`` first.
    """

    lock_wanted = Signal()
    rekey_wanted = Signal()
    _told = Signal(object)  # Changed, from whichever thread wrote

    def __init__(self, desk: "Desk", work: Work, keeper: Keeper, target: Place | None = None) -> None:
        super().__init__()
        self.setObjectName("shell")
        self.upkeep = Upkeep(desk, work, self)
        self._undoing = Undoing(self, work)
        self.context = Context(
            desk,
            work,
            self.navigate,
            self._undoing.tell,
            keeper,
            self.rekey_wanted.emit,
            self.upkeep,
            self.lock_wanted.emit,
            home=self,
        )
        self.specs = pages_for(desk.role)
        self.pages: dict[str, DeskPage] = {}
        self.target = target or Place(self.specs[0].key)
        self._build()
        self._told.connect(self._changed)
        self._unsubscribe: Callable[[], None] = desk.subscribe(self._told.emit)
        work.unexplained.connect(self.explain)
        self._shortcuts()
        known = any(spec.key == self.target.page for spec in self.specs)
        self.navigate(self.target if known else Place(self.specs[0].key))

    def navigate(self, target: Place) -> None:
        """Show a place; ignore a page that this desk does not have."""
        spec = next((each for each in self.specs if each.key == target.page), None)
        if spec is None:
            return
        self.target = target
        self._notice.hide()
        page = self._page(spec)
        self._stack.setCurrentWidget(page)
        self.rail.light(spec.under or spec.key)
        if target != Place(target.page):
            page.go(target)
        page.refresh()
        self._counters.look(today())

    def here(self) -> Place:
        """Return what leads back to what is shown now; a page may know it better."""
        page = self.current_page()
        return (page.here() if page else None) or self.target

    def current_page(self) -> DeskPage | None:
        """Return the page that is shown."""
        return self.pages.get(self.target.page)

    def flush(self) -> None:
        """Let every page save its drafts now."""
        for page in self.pages.values():
            page.flush()

    def leave(self) -> None:
        """Stop hearing about changes: the desk is about to be closed."""
        self._unsubscribe()
        self.upkeep.stop()

    def explain(self, explanation: Explanation) -> None:
        """Say what failed, above the page."""
        self._notice.explain(explanation)
        self._notice.show()

    def warn(self, title: str, words: str) -> None:
        """Say something above the page that nobody asked for, and that no page says."""
        self._notice.set("warn", title, words)
        self._notice.show()

    def rebuild(self) -> None:
        """Build everything anew for another look; the same page, target and field come back."""
        self.flush()
        self.target = self.here()
        self.pages.clear()
        old = [self._frame, self._search.popup]
        self._build()
        for widget in old:
            widget.hide()
            widget.deleteLater()
        self.navigate(self.target)

    def _build(self) -> None:
        desk = self.context.desk
        self._frame = QWidget()
        self.rail = Rail(self.specs, desk.actor, desk.name)
        self.rail.chosen.connect(lambda key: self.navigate(Place(key)))
        self._counters = Counters(self.context, self.rail)
        self.bar = TopBar(desk.practice)
        self.bar.lock_pressed.connect(self.lock_wanted)
        self._notice = Notice("bad")
        self._notice.setObjectName("shell_notice")
        dismiss = secondary(say("common.close"), size="small")
        dismiss.setObjectName("close_notice")
        dismiss.clicked.connect(self._notice.hide)
        self._notice.add_action(dismiss)
        self._notice.hide()
        self._stack = QStackedWidget()
        row = QHBoxLayout(self._frame)
        spaced(row)
        row.addWidget(self.rail)
        row.addLayout(self._right_side(), 1)
        if self.layout() is None:
            spaced(QVBoxLayout(self))
        self.layout().addWidget(self._frame)  # type: ignore[union-attr]
        self._search = Search(self.context, self.bar, self, self.specs)
        self.context.work.read(self.bar, lambda: _restored_at(desk), self._show_restored, lambda _: None)

    def _show_restored(self, at: datetime | None) -> None:
        """Mark a restored vault, here and where vaults are chosen, until everybody has heard of it."""
        keeper, folder = self.context.keeper, self.context.desk.vault.folder
        if at is not None:
            self.bar.show_restored(say("kit.restored_on", day=dates.full(at.astimezone().date())))
        if at is not None or keeper.current.known(folder).restored:
            keeper.change(keeper.current.restored(folder, at))

    def _right_side(self) -> QVBoxLayout:
        column = QVBoxLayout()
        spaced(column)
        column.addWidget(self.bar)
        holder = QVBoxLayout()
        spaced(holder, 0, (20, 0, 20, 0))
        holder.addWidget(self._notice)
        column.addLayout(holder)
        column.addWidget(self._stack, 1)
        return column

    def _shortcuts(self) -> None:
        keys.bind(self, "slip", lambda: self.navigate(Place("referrals", key=SLIP)))
        keys.bind(self, "rail", lambda: focus.begin(self.rail.list))
        keys.bind(self, "undo", self._undoing.take_back_last)
        if self.context.desk.role == "desk":
            keys.bind(self, "new_case", self._new_case)
        for number, key in enumerate(self.rail.keys()[:9], 1):
            keys.bind(self, "page_at", lambda key=key: self.navigate(Place(key)), number=number)  # type: ignore[misc]

    def _new_case(self) -> None:
        """Ask who comes, over the page that is shown: who gives it up is still there."""
        from ui.pages.cases.new_case import NewCaseDialog

        dialog = NewCaseDialog(self, self.context)
        dialog.opened.connect(self.navigate)
        dialog.open()

    def _page(self, spec: PageSpec) -> DeskPage:
        if spec.key not in self.pages:
            self.pages[spec.key] = spec.create(self.context)
            self._stack.addWidget(self.pages[spec.key])
        return self.pages[spec.key]

    def _changed(self, changed: Changed) -> None:
        if page := self.current_page():
            page.hear(changed)
        self._counters.hear(changed)


def _restored_at(desk: "Desk") -> datetime | None:
    from kimdesk.casework.backups import restored_at

    return restored_at(desk)
