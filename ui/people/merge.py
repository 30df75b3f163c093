"""Two entries of one person become one: look for the other, compare, choose, merge; undone at any time."""

from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kimdesk.casework import people, people_merge
from kimdesk.casework.people import Match
from kimdesk.casework.people_merge import Merged, PastMerge, Reach
from kimdesk.domain.naming import full_name, list_name
from kimdesk.domain.records import Person
from kimdesk.texts import dates, say
from kimdesk.texts.refusals import Explanation
from ui.case.editing import Editing
from ui.forms.who import PAUSE_MS, match_card
from ui.kit.base import clear, spaced
from ui.kit.buttons import quiet
from ui.kit.cards import CardItem, CardList
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.people.compare_grid import CompareGrid
from ui.people.comparison import differing, merged

_WIDTH = 760
_LISTED = 8


class MergeDialog(Dialog):
    """Merges another entry into ``person``, which stays."""

    def __init__(self, editing: Editing, person: Person) -> None:
        super().__init__(
            editing.page,
            say("people.merge_name_with_which_entry", name=full_name(person)),
            accept=say("people.merge"),
        )
        self.setObjectName("merge_dialog")
        self.widen(_WIDTH)
        self._editing, self._keep = editing, person
        self._gone: Person | None = None
        self._grid: CompareGrid | None = None
        self._matches: dict[str, Match] = {}
        self._search = self._search_side()
        self._compare = QWidget()
        self._column = QVBoxLayout(self._compare)
        spaced(self._column, 12)
        self._compare.hide()
        self.body.addWidget(self._search)
        self.body.addWidget(self._compare)
        self.accept_button.setEnabled(False)
        self._look()
        editing.context.work.read(self, lambda: people_merge.past(editing.context.desk), self._show_past)

    def accept(self) -> None:
        """Merge with the values that were chosen."""
        if self._gone is None or self._grid is None:
            return
        desk, gone = self._editing.context.desk, self._gone
        wanted = merged(self._keep, gone, self._grid.chosen())
        self.set_busy(True)
        self._editing.context.work.write(
            self, lambda: people_merge.merge(desk, wanted, gone.id), self._merged, self._refused
        )

    def flush(self) -> None:
        """Look for nobody any more: the desk is about to be locked."""
        self._pause.stop()

    def _search_side(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        spaced(column, 12)
        self._line = QLineEdit()
        self._line.setObjectName("merge_search")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._line.textChanged.connect(lambda _: self._pause.start())
        column.addWidget(
            FieldBox(say("people.name_other_entry"), self._line, say("people.empty_entries_resemble_one"))
        )
        self._found = CardList()
        self._found.setObjectName("merge_candidates")
        self._found.acted.connect(lambda key, _: self._choose(self._matches[key].person))
        self._none = Text(say("people.no_other_entry_resembles_one"), "table", "text-2", wrap=True)
        self._past_title = Text(say("people.merged_before"), "strong")
        self._past = CardList()
        self._past.setObjectName("past_merges")
        self._past.acted.connect(lambda key, _: self._undo_past(key))
        for widget in (self._found, self._none, self._past_title, self._past):
            column.addWidget(widget)
        self._past_title.hide()
        return holder

    def _look(self) -> None:
        desk, person, text = self._editing.context.desk, self._keep, self._line.text().strip()

        def read() -> tuple[Match, ...]:
            if text:
                return people.named(desk, text)
            return people.similar(desk, person.family_name, person.given_names, person.birth_date)

        self._editing.context.work.read(self, read, self._show)

    def _show(self, matches: tuple[Match, ...]) -> None:
        others = [match for match in matches if match.person.id != self._keep.id][:_LISTED]
        self._matches = {match.person.id: match for match in others}
        self._found.set_cards([match_card(match, "compare", say("people.compare")) for match in others])
        self._none.setVisible(not others)
        self.fit()

    def _show_past(self, found: tuple[PastMerge, ...]) -> None:
        self._past.set_cards([_past_card(one) for one in found[:_LISTED]])
        self._past_title.setVisible(bool(found))
        self.fit()

    def _undo_past(self, operation_id: str) -> None:
        super().reject()
        undo_merge(self._editing, operation_id)

    def _choose(self, gone: Person) -> None:
        desk, keep = self._editing.context.desk, self._keep
        self._gone = gone
        self._editing.context.work.read(
            self,
            lambda: people_merge.reach(desk, keep.id, gone.id),
            self._show_comparison,
            self._refused,
        )

    def _show_comparison(self, reach: Reach) -> None:
        gone = self._gone
        if gone is None:
            return
        back = quiet(say("people.choose_another_entry"), "arrow-left", "small")
        back.setObjectName("merge_back")
        back.clicked.connect(self._back)
        self._column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(Text(_reach_words(reach), "body", "text-2", wrap=True))
        if reach.shielded:
            words = say("people.one_two_or_somebody_they")
            notice = Notice("warn", say("people.protected_person"), words, "shield-lock")
            notice.setObjectName("merge_protected")
            self._column.addWidget(notice)
        form, sources = self._editing.catalogue.record_form("person"), self._editing.sources()
        found = differing(form, self._keep, gone, sources, hidden=reach.shielded)
        self._grid = CompareGrid(list_name(self._keep), list_name(gone), found)
        self._column.addWidget(self._grid)
        self._search.hide()
        self._compare.show()
        self.accept_button.setEnabled(True)
        self.fit()

    def _back(self) -> None:
        clear(self._column)
        self._grid = self._gone = None
        self._compare.hide()
        self._search.show()
        self.accept_button.setEnabled(False)
        self.fit()

    def _merged(self, done: Merged) -> None:
        super().accept()
        editing = self._editing
        editing.saved(
            say("people.merged_into_name", name=full_name(done.person)),
            lambda: undo_merge(editing, done.operation_id),
        )

    def _refused(self, told: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(told)


def undo_merge(editing: Editing, operation_id: str) -> None:
    """Take a merge back and say so."""
    desk = editing.context.desk
    editing.context.work.write(
        editing.page,
        lambda: people_merge.undo(desk, operation_id),
        lambda again: editing.saved(say("people.name_entry_its_own_again", name=full_name(again))),
    )


def _reach_words(reach: Reach) -> str:
    cases = ", ".join(reach.cases)
    rows = say("people.entries_move_over", n=reach.rows)
    return say("people.concerned_cases_rows_nothing_lost", cases=cases, rows=rows)


def _past_card(one: PastMerge) -> CardItem:
    day = dates.full(datetime.fromisoformat(one.at).astimezone().date())
    if one.undone or not one.kept:
        return CardItem(
            one.operation_id, say("people.undone"), f"{day} · {one.actor}", icon="arrow-counter-clockwise"
        )
    title = say("people.gone_was_merged_into_kept", gone=one.gone or "–", kept=one.kept)
    action = (("undo", say("common.undo")),)
    return CardItem(one.operation_id, title, f"{day} · {one.actor}", icon="git-merge", actions=action)
