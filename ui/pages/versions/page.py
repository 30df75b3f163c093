"""The page Klärung: what two desks changed differently in one case, side by side, decided by a person."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kimdesk.casework import case_list, conflicts, people
from kimdesk.casework.conflicts import TwoVersions
from kimdesk.casework.desk import Desk
from kimdesk.casework.events import CONFLICT, RECORDS, Shows
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.case.reason import ReasonDialog
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.forms.flow import FlowBox
from ui.kit.badge import Badge
from ui.kit.base import clear, spaced
from ui.kit.buttons import quiet, secondary
from ui.kit.card import Card
from ui.kit.scroll import Columns, Page, column
from ui.kit.state import EmptyState, Notice
from ui.kit.text import Text
from ui.pages.versions.model import Versions, latest, lines, who
from ui.pages.versions.row import BEFORE, FIELD, HiddenRow, VersionCell, VersionRow
from ui.pages.versions.side import LeftCard, OutcomeCard, kept_card
from ui.places import Place
from ui.theme import theme

SIDE_WIDTH = 292


class VersionsPage(DeskPage, Page):
    """The fields of one case that wait for a decision; another case is chosen above them."""

    shows = Shows(*RECORDS, CONFLICT)

    def __init__(self, context: Context) -> None:
        super().__init__(say("versions.title"))
        self.setObjectName("versions_page")
        self._context = context
        self._case_id = ""
        self._shown = Versions((), None)
        self._seen: set[str] = set()
        self._rows: list[VersionRow] = []
        self._actions()
        self._cases = FlowBox(8)
        self._told = Text("", "body", "text-2", wrap=True)
        self._problem = Notice("bad")
        self._problem.setObjectName("versions_problem")
        self._problem.hide()
        self._table = Card()
        self._table.setObjectName("versions_table")
        self._empty = EmptyState("check-circle", say("versions.nothing_to_decide"))
        self._left = LeftCard(self._next_open, self._to_case)
        self._result = OutcomeCard()
        self._side = column(self._left, self._result, kept_card())
        main = column(self._problem, self._table, self._empty)
        for widget in (
            self._cases,
            self._told,
            self._deciding,
            Columns([(main, 0), (self._side, SIDE_WIDTH)]),
        ):
            self.body.addWidget(widget)

    def go(self, place: Place) -> None:
        """Show the versions of a case, of the first one without a key."""
        self._case_id = place.key or self._case_id
        self.refresh()

    def here(self) -> Place | None:
        """Return what leads back to this case."""
        return Place("versions", key=self._case_id)

    def refresh(self) -> None:
        """Read again what is to be decided."""
        desk, wanted = self._context.desk, self._case_id

        def read() -> Versions:
            waiting = conflicts.open_in_cases(desk)
            rows = case_list.named(desk, {**({wanted: 0} if wanted else {}), **waiting})
            case = next((row for row in rows if row.id == wanted), rows[0] if rows else None)
            found = conflicts.of_case(desk, case.id) if case else ()
            return Versions(rows, case, tuple(one for one in found if one.source))

        self._context.work.read(self, read, self._show)

    def _show(self, shown: Versions) -> None:
        self._shown = shown
        self._case_id = shown.case.id if shown.case else ""
        self._show_cases()
        self._show_head()
        self._show_table()
        catalogue = self._context.catalogue
        names = [lines(catalogue, one)[0].field for one in shown.open]
        self._left.show_versions(shown, names)
        self._result.show_versions(catalogue, shown.found)
        for widget in (self._table, self._side):
            widget.setVisible(bool(shown.found))
        self._empty.setVisible(not shown.found)
        for button in (self._all_mine, self._all_theirs):
            button.setVisible(bool(shown.open))

    def _show_cases(self) -> None:
        clear(self._cases.flow)
        others = [row for row in self._shown.cases if row.id != self._case_id]
        self._cases.setVisible(bool(others))
        for row in others:
            button = quiet(row.name or row.file_number, "folder-user", "small")
            button.clicked.connect(lambda _=False, key=row.id: self.go(Place("versions", key=key)))
            self._cases.flow.addWidget(button)

    def _show_head(self) -> None:
        case, found = self._shown.case, self._shown.found
        name = " · ".join(part for part in (case.name, case.file_number) if part) if case else ""
        self.set_note(name)
        self._badge.setVisible(bool(self._shown.open))
        self._badge.set(say("versions.n_fields_open", n=len(self._shown.open)), "warn", "git-merge")
        desks = ", ".join(dict.fromkeys(one.source for one in found))
        self._told.setText(say("versions.both_changed", n=len(found), desks=desks) if found else "")
        self._told.setVisible(bool(found))

    def _show_table(self) -> None:
        clear(self._table.body)
        self._rows = []
        if self._shown.found and not theme().stacked:
            self._table.body.addWidget(self._heads())
        for one in self._shown.found:
            told = lines(self._context.catalogue, one)
            if one.hidden and one.id not in self._seen:
                self._table.body.addWidget(HiddenRow(one, told[0], self._act))
                continue
            row = VersionRow(one, told, self._act)
            self._rows.append(row)
            self._table.body.addWidget(row)

    def _heads(self) -> QWidget:
        found = self._shown.found
        holder = QWidget()
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, holder)
        spaced(row, 0)
        desks = ", ".join(dict.fromkeys(one.source for one in found))
        row.addWidget(_head_cell(say("versions.field"), "", FIELD))
        row.addWidget(_head_cell(say("versions.before"), say("versions.common_state"), BEFORE))
        mine = who(*latest(found, "mine_made"), self._context.desk.name)
        theirs = who(*latest(found, "theirs_made"), desks)
        row.addWidget(_head_cell(say("versions.mine"), mine), 1)
        row.addWidget(_head_cell(say("versions.theirs"), theirs), 1)
        return holder

    def _actions(self) -> None:
        """Put what concerns all fields beside the title; with large text below it."""
        self._deciding = FlowBox(8)
        self._deciding.setVisible(theme().stacked)
        add = self._deciding.flow.addWidget if theme().stacked else self.add_action
        self._badge = Badge("")
        add(self._badge)
        self._all_mine = secondary(say("versions.all_mine"))
        self._all_theirs = secondary(say("versions.all_theirs"))
        for name, button, take in (("mine", self._all_mine, False), ("theirs", self._all_theirs, True)):
            button.setObjectName(f"all_{name}")
            button.clicked.connect(lambda _=False, take=take: self._decide_all(take=take))
            add(button)

    def _act(self, one: TwoVersions, action: str, own: str) -> None:
        desk = self._context.desk
        if action == "show":
            self._seen.add(one.id)
            self._context.work.write(
                self, lambda: people.note_address_shown(desk, one.mine.id), lambda _: self.refresh()
            )
        elif action == "reopen":
            self._write(lambda: conflicts.reopen(desk, one.id))
        elif action == "take" and one.lifts and not one.decision:
            self._ask_why(one)
        else:
            self._write(lambda: _decide(desk, one, action, own))

    def _ask_why(self, one: TwoVersions) -> None:
        desk = self._context.desk
        ReasonDialog(
            self,
            say("people.why_does_the_protection_end"),
            say("case.the_document_says_it_ended"),
            accept=say("people.end_the_protection"),
            act=lambda reason: self._write(lambda: conflicts.decide(desk, one.id, take=True, reason=reason)),
        ).open()

    def _decide_all(self, *, take: bool) -> None:
        desk, ids = self._context.desk, [one.id for one in self._shown.open]
        self._write(lambda: _all(desk, ids, take=take), ids)

    def _write(self, act: Callable[[], object], back: Sequence[str] = ()) -> None:
        desk = self._context.desk

        def done(_: object) -> None:
            self._problem.hide()
            if back:
                self._context.toast(
                    say("versions.all_decided", n=len(back)),
                    lambda: self._write(lambda: _reopen(desk, back)),
                )

        self._context.work.write(self, act, done, self._refused)

    def _refused(self, told: Explanation) -> None:
        self._problem.explain(told)
        self._problem.show()
        self.refresh()

    def _next_open(self) -> None:
        row = next((row for row in self._rows if not row.one.decision), None)
        if row:
            self.ensureWidgetVisible(row)
            row.choose_first()

    def _to_case(self) -> None:
        self._context.navigate(Place("case", self._case_id))


def _decide(desk: Desk, one: TwoVersions, action: str, own: str) -> None:
    if one.decision:
        conflicts.reopen(desk, one.id)
    conflicts.decide(desk, one.id, take=action == "take", own=own if action == "own" else None)


def _all(desk: Desk, ids: Sequence[str], *, take: bool) -> None:
    conflicts.decide_all(desk, ids, take=take)


def _reopen(desk: Desk, ids: Sequence[str]) -> None:
    for each in ids:
        conflicts.reopen(desk, each)


def _head_cell(title: str, words: str, width: int = 0) -> QWidget:
    cell = VersionCell("sunken", width)
    column_ = QVBoxLayout(cell)
    spaced(column_, 2, (12, 10, 8, 10))
    column_.addWidget(Text(title, "medium"))
    for line in words.splitlines():
        column_.addWidget(Text(line, "meta", "text-2", wrap=True))
    column_.addStretch(1)
    return cell
