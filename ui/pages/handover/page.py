"""The page Übergabe."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from kimdesk.catalogue.messages import Explanation
from ui import dates
from ui.context import Context
from ui.kit.base import spaced
from ui.kit.card import Card
from ui.kit.scroll import Columns, Page, column
from ui.kit.sign import Sign
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.pages.handover.chain import Link, PackageChain
from ui.pages.handover.enrolment import EnrolmentCard
from ui.pages.handover.lines import PreviewColumn
from ui.pages.handover.medium import MediumCard
from ui.pages.handover.presenter import HandoverModel, HandoverPresenter
from ui.text import tr

if TYPE_CHECKING:
    from kimdesk.sync import Exported, Package, Taken

SHOWN_PACKAGES = 4


class HandoverPage(Page):
    """What leaves, is coarsened or stays; beside it the chain and the one button that writes."""

    progressed = Signal(int, int)

    def __init__(self, context: Context) -> None:
        super().__init__(tr("Hand-over"))
        self._presenter = HandoverPresenter(context, self)
        self._context = context
        self.body.addWidget(
            Text(tr("You see exactly what leaves. Nothing is sent as long as you do not write."), "body", "text-2", wrap=True)
        )
        self._problem = Notice("bad")
        self._problem.setObjectName("handover_problem")
        self._problem.hide()
        self.body.addWidget(self._problem)
        self._enrolment = EnrolmentCard(self._write_request, self._presenter.accept)
        self._summary = _Summary()
        self._chain = PackageChain()
        chain = Card(tr("Chain of packages"))
        chain.body.addWidget(self._chain)
        self._medium = MediumCard(self._presenter.write_package, self._choose_receipt)
        self.progressed.connect(self._medium.show_progress)
        self._chain_card = chain
        main = column(self._enrolment, self._summary, self._columns(), self._footnote())
        self.body.addWidget(Columns([(main, 0), (column(chain, self._medium), 326)]))

    def refresh(self) -> None:
        """Read again what would leave."""
        self._presenter.refresh()

    def show_handover(self, model: HandoverModel) -> None:
        """Show what would leave."""
        enrolled = model.certificate is not None
        self._enrolment.setVisible(not enrolled)
        self._enrolment.show_fingerprint(model.fingerprint)
        self._chain_card.setVisible(enrolled)
        self._medium.setVisible(enrolled)
        preview = model.preview
        if model.certificate is not None:
            name = model.certificate.kreis_name
            self.set_note(tr("Package {n} to {kreis}", n=preview.next_seq, kreis=name))
            self._medium.show_target(preview.next_seq, name)
        self._summary.show_counts(preview.changes, preview.cases)
        for part, lines in zip(self._parts, (preview.leaves, preview.coarsened, preview.stays), strict=True):
            part.show_lines(lines)
        packages = [_link(package) for package in model.status.chain[-SHOWN_PACKAGES:]]
        following = Link("next", tr("Package {n} · now", n=preview.next_seq), tr("contains everything not acknowledged"))
        self._chain.show_links([*packages, following])

    def show_problem(self, told: Explanation) -> None:
        """Say what was refused."""
        self._medium.show_progress(0, 0)
        self._problem.explain(told)
        self._problem.show()

    def show_written(self, exported: "Exported") -> None:
        """Say that the package lies on the medium."""
        self._problem.hide()
        self._medium.show_progress(0, 0)
        self._context.toast(tr("Package {n} is written and checked.", n=exported.seq))

    def show_taken(self, taken: "Taken") -> None:
        """Say what the receipt says."""
        self._problem.hide()
        self._context.toast(tr("Receipt for package {n} read in.", n=taken.seq))

    def show_progress(self, done: int, total: int) -> None:
        """Called from the background: hand it to the window's thread."""
        self.progressed.emit(done, total)

    def _columns(self) -> QWidget:
        nothing = tr("Nothing.")
        self._parts = (
            PreviewColumn("leaves", tr("Leaves this computer"), "arrow-square-out", "accent", nothing),
            PreviewColumn("coarsened", tr("Is coarsened"), "circles-three", "warn", nothing),
            PreviewColumn("stays", tr("Stays here"), "house-line", "ok", nothing),
        )
        return Columns([(part, 0) for part in self._parts], spacing=12)

    def _footnote(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        spaced(row, 8, (4, 0, 0, 0))
        row.addWidget(Sign("info", "text-2", 16), 0, Qt.AlignmentFlag.AlignTop)
        words = tr("Without consent nothing personal leaves. A withdrawal travels along, signed.")
        row.addWidget(Text(words, "table", "text-2", wrap=True), 1)
        return holder

    def _write_request(self, path: Path) -> None:
        self._presenter.write_request(path, self._requested)

    def _requested(self, fingerprint: str) -> None:
        self._problem.hide()
        self._enrolment.show_fingerprint(fingerprint)
        self._context.toast(tr("The request is written. Give it to the Kreis."))

    def _choose_receipt(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("Read in receipt …"), "", "KIMdesk (*.kimr)")
        if name:
            self._presenter.take_receipt(Path(name))


class _Summary(Card):
    """How many changes of how many cases."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout()
        spaced(row, 12)
        row.addWidget(Sign("unsent", "accent"))
        self._words = Text("", "body", wrap=True)
        row.addWidget(self._words, 1)
        self.body.addLayout(row)

    def show_counts(self, changes: int, cases: int) -> None:
        """Show ``changes`` and ``cases``."""
        if not changes:
            self._words.setText(tr("Everything has been acknowledged. There is nothing to hand over."))
            return
        changed = tr("1 change") if changes == 1 else tr("{n} changes", n=changes)
        of = tr("from 1 case") if cases == 1 else tr("from {n} cases", n=cases)
        self._words.setText(of, changed)


def _link(package: "Package") -> Link:
    today = date.today()  # noqa: DTZ011 - the worker's calendar day
    day = dates.short(package.written_on, today)
    match package.state:
        case "acknowledged":
            text = tr("written {day}, receipt of {other}", day=day, other=dates.short(package.answered_on, today))
            return Link("acknowledged", tr("Package {n} · acknowledged", n=package.seq), text)
        case "missing":
            return Link("missing", tr("Package {n} is missing at the Kreis", n=package.seq), tr("written {day}", day=day))
        case _:
            return Link("waiting", tr("Package {n} · waits for its receipt", n=package.seq), tr("written {day}", day=day))
