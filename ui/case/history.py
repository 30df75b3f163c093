"""The tab of the history: everything that happened to the case, and what people contradict in it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from kimdesk.casework import case_history
from kimdesk.casework.case_history import CaseHistory, Disputed, HistoryMoment
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import CaseFile, Dispute
from kimdesk.texts import dates, say
from kimdesk.texts.field_words import ChangeWords, called, named
from ui.case.cards import joined
from ui.case.editing import Editing
from ui.case.tabs import CaseTab
from ui.case.versions import VersionsCard
from ui.forms.earlier import SettleDialog
from ui.kit.base import spaced
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.cards import CardItem, CardList
from ui.kit.drop_down import DropDown
from ui.kit.icons import known
from ui.kit.scroll import Page
from ui.kit.state import EmptyState
from ui.places import Place

_MOST_CHANGES = 4


class HistoryTab(CaseTab, Page):
    """What is to be decided and what is disputed on top; below it all that happened, the latest first."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("tab_history")
        self._editing = editing
        self._file: CaseFile | None = None
        self._moments: list[HistoryMoment] = []
        self._next: int | None = None
        self._disputed: dict[str, Dispute] = {}
        self._versions = VersionsCard(editing)
        self.body.addWidget(self._versions)
        self.body.addWidget(self._dispute_card())
        self.body.addWidget(self._course_card())

    def show_file(self, file: CaseFile) -> None:
        """Show what happened to ``file``."""
        self._file = file
        desk, case_id = self._editing.context.desk, file.case.id
        read = self._editing.context.work.read
        read(self, lambda: case_history.disputes_of(desk, case_id), self._show_disputes)
        self._versions.refresh()
        self._read(None)

    def _dispute_card(self) -> Card:
        self._disputes = Card(say("case.disputed_entries"))
        self._disputes.setObjectName("disputes")
        self._dispute_list = CardList()
        self._dispute_list.acted.connect(lambda key, _: self._settle(self._disputed[key]))
        self._disputes.body.addWidget(self._dispute_list)
        self._disputes.hide()
        return self._disputes

    def _course_card(self) -> Card:
        card = Card(say("case.course_of_the_case"))
        card.body.addLayout(self._tools())
        self._list = CardList()
        self._list.setObjectName("course")
        self._empty = EmptyState("path", say("case.nothing_kind_has_happened_yet"))
        self._more = quiet(say("case.show_earlier"), "caret-down")
        self._more.setObjectName("course_more")
        self._more.clicked.connect(lambda: self._read(self._next))
        column = QVBoxLayout()
        spaced(column)
        column.addWidget(self._list)
        column.addWidget(self._empty)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addLayout(column)
        return card

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 8)
        self._group = DropDown()
        self._group.setObjectName("course_group")
        self._group.setAccessibleName(say("common.kind_of_entry"))
        self._group.addItem(say("common.all_kinds"), "")
        for one in self._editing.catalogue.rules.audit_groups:
            if one.of_cases:
                self._group.addItem(one.label, one.code)
        self._group.activated.connect(lambda _: self._read(None))
        whole = quiet(say("case.in_the_audit_trail"), "list-bullets")
        whole.setObjectName("course_trail")
        whole.clicked.connect(self._show_trail)
        row.addWidget(self._group)
        row.addStretch(1)
        row.addWidget(whole)
        return row

    def _read(self, before: int | None) -> None:
        if self._file is None:
            return
        desk, case_id, group = self._editing.context.desk, self._file.case.id, self._group.currentData()

        def got(found: CaseHistory) -> None:
            if self._file is not None and (case_id, group) == (self._file.case.id, self._group.currentData()):
                self._show(found, first=before is None)

        self._editing.context.work.read(
            self, lambda: case_history.of_case(desk, case_id, group=group, before=before), got
        )

    def _show(self, found: CaseHistory, *, first: bool) -> None:
        self._moments = [*([] if first else self._moments), *found.moments]
        self._next = found.next
        self._list.set_cards([_card(self._editing.catalogue, one) for one in self._moments])
        self._empty.setVisible(not self._moments)
        self._more.setVisible(found.next is not None)

    def _show_disputes(self, found: tuple[Disputed, ...]) -> None:
        self._disputed = {one.dispute.id: one.dispute for one in found}
        self._dispute_list.set_cards([_dispute_item(self._editing.catalogue, one) for one in found])
        self._disputes.setVisible(bool(found))

    def _settle(self, dispute: Dispute) -> None:
        dialog = SettleDialog(self, self._editing.context, dispute)
        dialog.open()

    def _show_trail(self) -> None:
        if self._file is not None:
            self._editing.context.navigate(Place("trail", key=self._file.case.file_number))


def _card(catalogue: Catalogue, moment: HistoryMoment) -> CardItem:
    line = moment.line
    subject = moment.field or (called(catalogue, moment.record) if moment.record else "")
    times = say("common.n_times", n=moment.times) if moment.times > 1 else ""
    title = f"{line.words}: {subject}" if subject else line.words
    when = joined(dates.moment(line.at), line.actor, times)
    text = moment.text or _changes(catalogue, moment)
    return CardItem(f"entry_{line.seq}", title, text, when, known(line.icon, "info"), "text-2")


def _changes(catalogue: Catalogue, moment: HistoryMoment) -> str:
    words = ChangeWords(catalogue)
    first = moment.changes[:_MOST_CHANGES]
    told = [f"{one.label}: {words.before(one)} → {words.after(one)}" for one in first]
    rest = len(moment.changes) - len(first)
    return " · ".join(told + ([say("common.and_n_more", n=rest)] if rest else []))


def _dispute_item(catalogue: Catalogue, one: Disputed) -> CardItem:
    dispute = one.dispute
    noted = say("case.noted_on_day", day=dates.full(dispute.noted_on))
    badges = [(say("common.disputed"), "warn", "scales")]
    settled = ""
    if dispute.resolved_on:
        outcome = catalogue.label("dispute_outcome", dispute.outcome)
        settled = say("case.settled_on_day_outcome", day=dates.full(dispute.resolved_on), outcome=outcome)
        badges = [] if dispute.outcome != "unresolved" else badges
    actions = () if dispute.resolved_on else (("settle", say("common.settle")),)
    kind = catalogue.label("record_kind", dispute.record_kind)
    title = joined(f"{kind} {named(catalogue, one.record)}".strip(), one.field)
    return CardItem(dispute.id, title, f"„{dispute.statement}“", joined(noted, settled), "scales", "warn",
                    tuple(badges), actions)  # fmt: skip
