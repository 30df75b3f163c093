"""The card of case conferences: a new one, its decisions made work, its record on paper."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.casework import conferences
from kimdesk.casework.changes import Change
from kimdesk.casework.conferences import OPEN, Conference
from kimdesk.domain.records import CaseFile, FollowUp, Measure
from kimdesk.texts import dates, say
from kimdesk.texts.refusals import Explanation
from ui.case.contacts.conference_dialog import ConferenceDialog
from ui.case.editing import Editing
from ui.forms.flow import FlowBox
from ui.kit.badge import Badge
from ui.kit.base import clear, rule, spaced
from ui.kit.buttons import Button, quiet, secondary
from ui.kit.card import Card
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.papers.window import open_paper

_SHOWN = 3


class ConferencesCard(Card):
    """The conferences of the case, the latest first."""

    def __init__(self, editing: Editing) -> None:
        super().__init__(say("case.case_conferences"))
        self.setObjectName("conferences")
        self._editing = editing
        self._shown: tuple[Conference, ...] | None = None
        self._all = False
        add = secondary(say("case.conference"), "plus", "small")
        add.setObjectName("add_conference")
        add.setAccessibleName(say("case.add_a_case_conference"))
        add.clicked.connect(lambda: self._open(None))
        self.add_action(add)
        self._problem = Notice("bad")
        self._problem.hide()
        self._column = QVBoxLayout()
        spaced(self._column, 6)
        self._empty = Text(say("case.no_case_conference_noted"), "table", "text-2")
        self._more = quiet(say("case.show_all"), "caret-down", "small")
        self._more.setObjectName("all_conferences")
        self._more.clicked.connect(self._show_all)
        self.body.addWidget(self._problem)
        self.body.addLayout(self._column)
        self.body.addWidget(self._empty)
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    def show_file(self, file: CaseFile) -> None:
        """Show the conferences of ``file``."""
        found = conferences.conferences(file)
        self._more.setVisible(len(found) > _SHOWN and not self._all)
        wanted = found if self._all else found[:_SHOWN]
        if wanted == self._shown:
            return
        self._shown = wanted
        clear(self._column)
        for number, one in enumerate(wanted):
            if number:
                self._column.addWidget(rule())
            self._column.addWidget(self._row(one))
        self._empty.setVisible(not wanted)
        self.set_count(str(len(found)) if found else "")

    def _show_all(self) -> None:
        self._all = True
        self.show_file(self._editing.file)

    def _row(self, one: Conference) -> QWidget:
        holder = QWidget()
        holder.setObjectName(f"conference_{one.place}")
        column = QVBoxLayout(holder)
        spaced(column, 4)
        head = QHBoxLayout()
        spaced(head, 8)
        day = dates.short(one.held_on, self._editing.today)
        head.addWidget(Text(day, "medium"))
        is_open = one.identity == OPEN
        head.addWidget(
            Badge(
                say("common.open_state") if is_open else say("case.pseudonymous"),
                "info" if is_open else "neutral",
            )
        )
        head.addStretch(1)
        head.addWidget(self._button(say("common.edit"), "edit", one, lambda: self._open(one)))
        head.addWidget(
            self._button(
                say("papers.menu_line", paper=say("papers.record")), "print", one, lambda: self._print(one)
            )
        )
        column.addLayout(head)
        if one.subject:
            column.addWidget(Text(one.subject, "table", "text-2", wrap=True))
        for number, decision in enumerate(one.decisions):
            column.addWidget(self._decision(one, number, decision))
        return holder

    def _button(self, words: str, key: str, one: Conference, act: object) -> Button:
        button = quiet(words, size="small")
        button.setObjectName(f"{key}_conference_{one.place}")
        day = dates.full(one.held_on)
        button.setAccessibleName(f"{words}: {say('case.case_conference_on_day', day=day)}")
        button.clicked.connect(act)
        return button

    def _decision(self, one: Conference, number: int, decision: str) -> QWidget:
        box = FlowBox(6)
        box.flow.addWidget(Text(f"• {decision}", "table", wrap=True))
        for key, words, act in (
            ("measure", say("case.as_a_measure"), self._make_measure),
            ("follow_up", say("case.as_a_follow_up"), self._make_follow_up),
        ):
            button = quiet(words, size="small")
            button.setObjectName(f"{key}_{one.place}_{number}")
            button.setAccessibleName(f"{words}: {decision}")
            button.clicked.connect(lambda _=False, act=act: act(one, decision))
            box.flow.addWidget(button)
        return box

    def _make_measure(self, one: Conference, decision: str) -> None:
        desk, case_id, today = self._editing.context.desk, self._case_id, self._editing.today
        self._editing.context.work.write(
            self,
            lambda: conferences.measure_from(desk, case_id, decision, one.held_on or today),
            lambda made: self._made(made, say("case.measure_planned")),
            self._refused,
        )

    def _make_follow_up(self, one: Conference, decision: str) -> None:
        desk, case_id, today = self._editing.context.desk, self._case_id, self._editing.today
        reason = say("follow_ups.decided_in_conference", day=one.held_on) if one.held_on else ""
        self._editing.context.work.write(
            self,
            lambda: conferences.follow_up_from(desk, case_id, decision, one, today, reason),
            lambda made: self._made(made, say("case.follow_up_on_day", day=dates.short(made.due_on, today))),
            self._refused,
        )

    def _made(self, made: Measure | FollowUp, words: str) -> None:
        self._editing.changed(words, Change(((None, made),)))

    def _open(self, one: Conference | None) -> None:
        ConferenceDialog(self._editing, one).open()

    def _print(self, one: Conference) -> None:
        """Show the record of a conference on paper."""
        file = self._editing.file
        number = conferences.conferences(file).index(one) + 1
        open_paper(self._editing.context, self, "conference-record", f"{file.case.id}/{number}")

    def _refused(self, explanation: Explanation) -> None:
        self._problem.explain(explanation)
        self._problem.show()

    @property
    def _case_id(self) -> str:
        return self._editing.file.case.id
