"""The page Falldokumente einlesen: choose a file, look at what would become of each entry, take it in."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from kimdesk.casework.events import Shows
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.kit.buttons import primary, secondary, way_back
from ui.kit.card import Card
from ui.kit.scroll import Page
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.pages.documents.fates import FatesCard
from ui.places import Place

if TYPE_CHECKING:
    from kimdesk.casework.exchange import Report


class DocumentsPage(DeskPage, Page):
    """Nothing is stored before everything was looked at; the fate of each entry stands below."""

    shows = Shows()

    def __init__(self, context: Context) -> None:
        super().__init__(say("documents.take_in_case_documents"))
        self.setObjectName("documents_page")
        self._context = context
        self._path = Path()
        back = way_back(say("common.cases"), "back_to_cases")
        back.clicked.connect(lambda: context.navigate(Place("cases")))
        self.add_action(back)
        self.body.addWidget(self._choosing())
        self._notice = Notice("info")
        self._notice.setObjectName("documents_result")
        self._notice.hide()
        self.body.addWidget(self._notice)
        self._take = primary(say("documents.take_in_now"), "check")
        self._take.setObjectName("take_documents")
        self._take.clicked.connect(self._take_in)
        row = QHBoxLayout()
        row.addWidget(self._take)
        row.addStretch(1)
        self.body.addLayout(row)
        self._take.hide()
        self._fates = FatesCard()
        self._fates.wanted.connect(self._open_case)
        self.body.addWidget(self._fates)
        self.body.addStretch(1)

    def go(self, place: Place) -> None:
        """Look at the file that ``place`` names by its path."""
        if place.key:
            self.open_file(Path(place.key))

    def open_file(self, path: Path) -> None:
        """Look at what would become of each entry of a file; nothing is stored."""
        self._path = path
        self._read(dry_run=True)

    def _choosing(self) -> Card:
        card = Card(say("documents.choose_a_file"))
        card.body.addWidget(Text(say("documents.what_is_read"), "body", "text-2", wrap=True))
        button = secondary(say("documents.choose_a_file_dialog"), "file-text")
        button.setObjectName("choose_documents")
        button.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _choose(self) -> None:
        kinds = f"{say('documents.case_documents')} (*.json *.jsonl)"
        name, _ = QFileDialog.getOpenFileName(self, say("documents.choose_a_file"), str(Path.home()), kinds)
        if name:
            self.open_file(Path(name))

    def _take_in(self) -> None:
        self._take.setEnabled(False)
        self._read(dry_run=False)

    def _read(self, *, dry_run: bool) -> None:
        desk, path = self._context.desk, self._path

        def write() -> "Report":
            from kimdesk.casework import exchange

            entries = exchange.read_file(path)
            return exchange.import_documents(desk, entries, source=path.name, dry_run=dry_run)

        self._context.work.write(
            self, write, lambda report: self._show(report, dry_run=dry_run), self._refused
        )

    def _show(self, report: "Report", *, dry_run: bool) -> None:
        refused, all_of = len(report.refused), len(report.fates)
        title = say(
            "documents.would_be_taken_in" if dry_run else "documents.was_taken_in", n=all_of - refused
        )
        tone = "bad" if refused == all_of else "warn" if refused or report.conflicts else "ok"
        self._notice.set(tone, title, " ".join(_counts(report)))
        self._notice.show()
        self._take.setEnabled(True)
        self._take.setVisible(dry_run and refused < all_of)
        self._fates.show_fates(report.fates, may_open=not dry_run)

    def _refused(self, told: Explanation) -> None:
        self._notice.explain(told)
        self._notice.show()
        self._take.hide()
        self._fates.show_fates((), may_open=False)

    def _open_case(self, case_id: str, tab: str) -> None:
        self._context.navigate(Place("case", case_id, tab))


def _counts(report: "Report") -> Sequence[str]:
    refused = len(report.refused)
    found = [say("documents.new_and_known", created=report.created, updated=report.updated)]
    found += [say("documents.n_refused", n=refused)] if refused else []
    found += [say("documents.n_to_decide", n=report.conflicts)] if report.conflicts else []
    return found
