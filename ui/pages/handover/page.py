"""The page Übergabe."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from kimdesk.casework.events import PASSAGE, RECORDS, SETTING, Shows
from kimdesk.texts import say
from kimdesk.texts.preview import PreviewWords, case
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.desk.slip import slip_button
from ui.kit.base import spaced
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.scroll import Columns, Page, column
from ui.kit.sign import Sign
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.pages.handover.arriving import Arriving
from ui.pages.handover.between import BetweenCard
from ui.pages.handover.carried import CarriedDialog, FiguresDialog, KeptPackage
from ui.pages.handover.chain import PackageChain
from ui.pages.handover.choosing import ChooseCasesDialog
from ui.pages.handover.enrolment import EnrolmentCard
from ui.pages.handover.fields import FieldsDialog
from ui.pages.handover.lines import PreviewColumn
from ui.pages.handover.medium import PURPOSE, MediumCard
from ui.pages.handover.packages import links
from ui.pages.handover.presenter import HandoverModel, HandoverPresenter
from ui.pages.handover.renewal import Renewal
from ui.pages.handover.standing import StandingNotices
from ui.pages.handover.summary import HandoverSummary
from ui.places import Place

if TYPE_CHECKING:
    from kimdesk.sync import Exported, Joining, Preview, PreviewLine
    from kimdesk.sync.receipts_in import TakenReceipt

SIDE_WIDTH = 320
REFUSED = "E406"  # another history counts: this laptop is to be enrolled as a desk of its own


class HandoverPage(DeskPage, Page):
    """What leaves, is coarsened or stays; beside it the chain and the one button that writes."""

    shows = Shows(*RECORDS, SETTING, PASSAGE)

    progressed = Signal(int, int)

    def __init__(self, context: Context) -> None:
        super().__init__(say("common.hand_over"))
        self._context = context
        self._presenter = HandoverPresenter(context, self)
        promise = say("handover.you_see_exactly_what_leaves")
        self.body.addWidget(Text(promise, "body", "text-2", wrap=True))
        self._problem = Notice("bad")
        self._problem.setObjectName("handover_problem")
        self._problem.hide()
        self.body.addWidget(self._problem)
        self._enrolment = EnrolmentCard(self._write_request, self._presenter.accept)
        self._enrolment.hide()
        self._standing = StandingNotices(context.navigate)
        self._summary = HandoverSummary(lambda: self._presenter.choices(self._choose_cases))
        self._medium = MediumCard(context.keeper, self._presenter.write_package, self._presenter.stop)
        self.progressed.connect(self._medium.show_progress)
        self._renewal = Renewal(self, self._presenter, self._requested, self._enrolment.read)
        parts = (
            self._chain_card(),
            self._lost_notice(),
            self._medium,
            self._between_card(),
            self._renewal.card,
        )
        self._side = column(*parts)
        self._side.hide()
        main = column(self._enrolment, self._standing, self._summary, self._columns(), _footnote())
        self.body.addWidget(Columns([(main, 0), (self._side, SIDE_WIDTH)]))

    def refresh(self) -> None:
        """Read again what would leave."""
        self._presenter.refresh()

    def show_handover(self, model: HandoverModel) -> None:
        """Show what would leave."""
        preview, certificate = model.preview, model.certificate
        enrolled = certificate is not None
        self._enrolment.setVisible(not enrolled or model.expired or model.status.stopped == REFUSED)
        self._enrolment.show_fingerprint(model.fingerprint)
        self._side.setVisible(enrolled)
        self._between.setVisible(enrolled)
        self._between.show_cases(model.between, model.desks)
        if certificate is not None:
            name = certificate.kreis_name
            self.set_note(say("handover.package_n_to_kreis", n=preview.next_seq, kreis=name))
            self._renewal.card.show_kreis(certificate)
            self._medium.show_target(preview.next_seq, name, something=preview.changes > 0)
        self._standing.show_status(model.status, self._context.desk.catalogue)
        chosen, acknowledged = self._presenter.case_ids is not None, model.status.last_receipt_seq > 0
        self._summary.show_preview(preview, chosen=chosen, acknowledged=acknowledged)
        for part, lines in zip(self._parts, (preview.leaves, preview.coarsened, preview.stays), strict=True):
            part.show_lines(lines, self._context.desk.catalogue)
        self._chain.show_links(links(model.status, preview.next_seq, model.today))
        self._show_lost(model.status.missing)

    def show_problem(self, told: Explanation) -> None:
        """Say what was refused."""
        self._medium.show_progress(0, 0)
        self._problem.explain(told)
        self._problem.show()
        self.ensureVisible(0, 0)

    def show_written(self, exported: "Exported") -> None:
        """Say that the package lies on the medium."""
        self._problem.hide()
        self._medium.show_progress(0, 0)
        self._context.toast(say("handover.package_n_written_checked", n=exported.seq))

    def show_taken(self, taken: "TakenReceipt") -> None:
        """Say what the receipt says."""
        self._problem.hide()
        if taken.body is not None:
            key = "handover.receipt_known" if taken.again else "handover.receipt_package_n_read"
            self._context.toast(say(key, n=taken.body.seq))

    def show_accepted(self, joined: "Joining") -> None:
        """Say that the answer of the Kreis counts."""
        self._problem.hide()
        self._context.toast(say("handover.enrolled_at_kreis", kreis=joined.certificate.kreis_name))

    def show_progress(self, done: int, total: int) -> None:
        """Hand it to the window's thread."""
        self.progressed.emit(done, total)

    def _columns(self) -> QWidget:
        nothing = say("handover.nothing")
        self._parts = (
            PreviewColumn(
                "leaves", say("handover.leaves_this_computer"), "arrow-square-out", "accent", nothing
            ),
            PreviewColumn("coarsened", say("handover.is_coarsened"), "circles-three", "warn", nothing),
            PreviewColumn("stays", say("handover.stays_here"), "house-line", "ok", nothing),
        )
        for part in self._parts:
            part.opened.connect(self._open_line)
        return Columns([(part, 0) for part in self._parts], spacing=12)

    def _open_line(self, line: "PreviewLine") -> None:
        if line.group == "figures":
            catalogue = self._context.desk.catalogue
            self._presenter.figures(lambda found: FiguresDialog(self, found, catalogue).open())
            return
        title = f"{PreviewWords(self._context.desk.catalogue).label(line)} · {case(line)}"
        catalogue = self._context.desk.catalogue
        self._presenter.fields(line, lambda found: FieldsDialog(self, title, found, catalogue).open())

    def _chain_card(self) -> Card:
        card = Card(say("handover.chain_of_packages"))
        self._chain = PackageChain()
        card.body.addWidget(self._chain)
        receipt = quiet(say("handover.read_in_receipt"), "receipt", size="inline")
        receipt.setObjectName("take_receipt")
        receipt.clicked.connect(self._choose_receipt)
        card.body.addWidget(receipt, 0, Qt.AlignmentFlag.AlignLeft)
        carried = quiet(say("handover.what_was_in_packages"), "package", size="inline")
        carried.setObjectName("open_carried")
        carried.clicked.connect(lambda: self._presenter.packages(self._open_packages))
        card.body.addWidget(carried, 0, Qt.AlignmentFlag.AlignLeft)
        slip = slip_button(self._context, self, self.show_problem)
        card.body.addWidget(slip, 0, Qt.AlignmentFlag.AlignLeft)
        packs = quiet(say("packs.read_in"), "stack", size="inline")
        packs.setObjectName("to_packs")
        packs.clicked.connect(lambda: self._context.navigate(Place("settings")))
        card.body.addWidget(packs, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _open_packages(self, packages: tuple[KeptPackage, ...]) -> None:
        CarriedDialog(self, packages, self._presenter.carried, self._context.desk.catalogue).open()

    def _between_card(self) -> BetweenCard:
        of_the_kreis = {
            "receipt": self._presenter.take_receipt,
            "certificate": self._renewal.read,
        }
        arriving = Arriving(self._context, self, of_the_kreis, self.show_problem)
        self._between = BetweenCard(
            arriving.read,
            lambda path: self._presenter.write_card(path, self._card_written),
            lambda case_id: self._context.navigate(Place("case", case_id)),
        )
        self._between.hide()
        return self._between

    def _card_written(self) -> None:
        self._problem.hide()
        self._context.toast(say("passing.card_written"))

    def _lost_notice(self) -> Notice:
        self._lost = Notice("warn", icon="magnifying-glass")
        self._lost.hide()
        return self._lost

    def _show_lost(self, missing: tuple[int, ...]) -> None:
        self._lost.setVisible(bool(missing))
        if missing:
            title = say("handover.where_stick_with_package_n", n=", ".join(map(str, missing)))
            self._lost.set(
                "warn",
                title,
                say("handover.encrypted_if_does_not_turn"),
                "magnifying-glass",
            )

    def _write_request(self, path: Path) -> None:
        self._presenter.write_request(path, self._requested)

    def _requested(self, fingerprint: str) -> None:
        self._problem.hide()
        self._enrolment.show_fingerprint(fingerprint)
        self._context.toast(say("handover.request_written_give_kreis"))

    def _choose_cases(self, preview: "Preview") -> None:
        ChooseCasesDialog(self, preview.choices, self._presenter.case_ids, self._presenter.choose).open()

    def _choose_receipt(self) -> None:
        folder = str(self._context.keeper.current.place(PURPOSE) or "")
        name, _ = QFileDialog.getOpenFileName(
            self, say("handover.read_in_receipt"), folder, "KIMdesk (*.kimr);;* (*)"
        )
        if name:
            self._presenter.take_receipt(Path(name))


def _footnote() -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    spaced(row, 8, (4, 0, 0, 0))
    row.addWidget(Sign("info", "text-2", 16), 0, Qt.AlignmentFlag.AlignTop)
    words = say("handover.without_consent_nothing_personal_leaves")
    row.addWidget(Text(words, "table", "text-2", wrap=True), 1)
    return holder
