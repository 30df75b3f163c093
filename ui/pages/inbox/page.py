"""The page Eingang of the Kreis."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from kimdesk.casework.events import REGISTRY, Shows
from kimdesk.texts import dates, say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.kit.buttons import primary, secondary
from ui.kit.scroll import Columns, Page, column
from ui.kit.state import EmptyState, Notice
from ui.kit.stoppable import StoppableBar
from ui.pages.inbox.asides import SetAsides
from ui.pages.inbox.desks_card import DesksCard
from ui.pages.inbox.disputes import Disputes
from ui.pages.inbox.figures import FiguresStrip
from ui.pages.inbox.open_files import OpenFiles
from ui.pages.inbox.presenter import BUNDLES, INBOX, InboxModel, InboxPresenter
from ui.pages.inbox.receipts_card import ReceiptsCard
from ui.pages.inbox.table import FilesTable
from ui.pages.inbox.totals import TotalsLine
from ui.places import Place
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.kreis import ImportResult

SIDE_WIDTH = 304

_FINE = 1000


class InboxPage(DeskPage, Page):
    """What came in, what somebody has to look at, how the desks stand, and whether the totals agree."""

    shows = Shows(REGISTRY)

    progressed = Signal(int, int)
    _far = (0, 0)

    def __init__(self, context: Context) -> None:
        super().__init__(say("common.inbox"))
        self._context = context
        self._presenter = InboxPresenter(context, self)
        self._title_buttons()
        self._notice = Notice("bad")
        self._notice.setObjectName("inbox_notice")
        self._notice.hide()
        self._progress = StoppableBar(say("kreis.reading_packages_in"), "reading")
        self._progress.stopped.connect(self._presenter.stop)
        self.progressed.connect(self._progress.show_far)
        self._figures = FiguresStrip()
        self._open = OpenFiles(
            self._presenter.settle, lambda desk_id: context.navigate(Place("desks", key=desk_id))
        )
        self._disputes = Disputes(self._presenter.choose)
        self._asides = SetAsides(self._presenter.release, self._presenter.put_away)
        self._files = FilesTable()
        self._files.chosen.connect(lambda desk_id: context.navigate(Place("desks", key=desk_id)))
        self._empty = EmptyState("tray", say("kreis.no_package_has_come_yet"))
        self._totals = TotalsLine()
        self._desks = DesksCard(context.navigate)
        self._receipts = ReceiptsCard(self._presenter.keep_receipts_in)
        self.body.addWidget(self._notice)
        self.body.addWidget(self._progress)
        waiting = (self._disputes, self._open, self._asides)
        main = column(self._figures, *waiting, self._files, self._empty, self._totals)
        self.body.addWidget(Columns([(main, 0), (column(self._desks, self._receipts), SIDE_WIDTH)]))

    def refresh(self) -> None:
        """Read again what came in."""
        self._presenter.refresh()

    def show_inbox(self, model: InboxModel) -> None:
        """Show what came in."""
        found = model.overview
        self.set_note("" if theme().stacked else dates.spelled(model.today))
        self._figures.show_figures(found)
        self._disputes.show_disputes(model.disputes, model.today)
        self._asides.show_groups(model.asides, self._context.desk.catalogue)
        noticed = [row for row in found.rows if row.open and row.result != "quarantined"]
        others = [row for row in found.rows if row not in noticed]
        self._open.show_rows(noticed, model.today)
        self._files.show_rows(others, model.today)
        self._files.setVisible(bool(others))
        self._empty.setVisible(not found.rows)
        self._totals.show_totals(found.totals)
        self._desks.show_desks(found.desks)
        self._receipts.show_folder(model.receipts)

    def show_results(self, results: Sequence["ImportResult"], *, stopped: bool) -> None:
        """Say what came of the files that were just read; a receipt that was refused stays on the page."""
        self._progress.show_far(0, 0)
        unwritten = [each for each in results if each.result == "applied" and each.receipt is None]
        self._notice.setVisible(bool(unwritten))
        if unwritten:
            title = say("kreis.taken_over_but_receipt_could")
            hint = say("kreis.choose_another_folder_receipts_then")
            self._notice.set("warn", title, hint)
        self._context.toast(say("kreis.stopped_rest_is_unread") if stopped else _told(results))

    def show_chosen(self, results: Sequence["ImportResult"]) -> None:
        """Say that it is decided, and what came of the packages that were kept."""
        self._notice.hide()
        words = [say("kreis.decided"), *([_told(results)] if results else [])]
        self._context.toast(" ".join(words))

    def show_problem(self, told: Explanation) -> None:
        """Say what was refused."""
        self._progress.show_far(0, 0)
        self._notice.explain(told)
        self._notice.show()
        self.ensureVisible(0, 0)

    def show_progress(self, done: int, total: int) -> None:
        """Hand it to the window's thread."""
        self._far = done, total
        self.progressed.emit(done, total)

    def show_inside(self, done: int, total: int) -> None:
        """Add how far the reading of the present file is, in thousandths of it."""
        files, every = self._far
        if total and files < every:
            self.progressed.emit(files * _FINE + done * _FINE // total, every * _FINE)

    def _title_buttons(self) -> None:
        self._check = secondary(say("kreis.check_folder"), "folder-open")
        self._check.setObjectName("check_folder")
        self._check.clicked.connect(self._check_folder)
        self._read = primary(say("kreis.read_in_stick"), "usb")
        self._read.setObjectName("read_stick")
        self._read.clicked.connect(self._read_stick)
        self.add_action(self._check)
        self.add_action(self._read)

    def _place(self) -> str:
        return str(self._context.keeper.current.place(INBOX) or "")

    def _read_stick(self) -> None:
        kinds = f"KIMdesk ({BUNDLES});;* (*)"
        names, _ = QFileDialog.getOpenFileNames(self, say("kreis.which_packages_read"), self._place(), kinds)
        if names:
            self._presenter.take([Path(name) for name in names])

    def _check_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, say("kreis.which_folder_checked_packages"), self._place()
        )
        if name:
            keeper = self._context.keeper
            keeper.change(keeper.current.placed(INBOX, Path(name)))
            self._presenter.check(Path(name))


def _told(results: Sequence["ImportResult"]) -> str:
    if not results:
        return say("kreis.nothing_new_lies_there")
    found = Counter(str(each.result) for each in results)
    words = (
        ("applied", say("kreis.n_taken_over", n=found["applied"])),
        ("duplicate", say("kreis.n_known_already", n=found["duplicate"])),
        ("held", say("kreis.n_waiting", n=found["held"])),
        ("quarantined", say("kreis.n_in_quarantine", n=found["quarantined"])),
        ("refused", say("kreis.n_not_taken_over", n=found["refused"])),
    )
    return ", ".join(word for result, word in words if found[result])
