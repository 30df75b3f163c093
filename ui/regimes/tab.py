"""The tab of legal regimes: timeline or list, what is wrong, what is coming, the changes and hand-overs."""

from datetime import timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kimdesk.casework import regime_changes
from kimdesk.casework.regime_changes import ChangeProposal
from kimdesk.domain.agenda.due import Due
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import CaseFile, RecordRef
from kimdesk.texts import dates, say
from ui.canvas.legend import Legend
from ui.case.editing import Editing
from ui.case.settling import DateActs
from ui.case.tabs import CaseTab
from ui.forms.editors.combo import CodeCombo
from ui.forms.flow import FlowBox
from ui.forms.sources import Option
from ui.kit.base import spaced
from ui.kit.buttons import Button, quiet, secondary
from ui.kit.card import Card
from ui.kit.context_menu import show_menu
from ui.kit.listing import Listing
from ui.kit.scroll import Columns, Page, column
from ui.kit.text import Text
from ui.regimes import words
from ui.regimes.change_card import ChangeCard
from ui.regimes.change_dialogs import BeginDialog, ChangeDialog
from ui.regimes.changes import SpellChanges
from ui.regimes.coming import coming
from ui.regimes.frame import ALL, MONTHS, YEARS
from ui.regimes.handover import handovers, proposal_words
from ui.regimes.lines import people
from ui.regimes.side import ComingCard, RemarksCard
from ui.regimes.timeline import Timeline
from ui.regimes.told import said, unrecorded_words

_SIDE = 300


class RegimesTab(CaseTab, Page):
    """Where everyone in the household stands, and where a gap opens."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("tab_regimes")
        self._editing = editing
        self._timeline, self._list = Timeline(editing.catalogue), Listing(fit=True)
        self._list.setObjectName("regime_list")
        self._list.setAccessibleName(say("regimes.legal_regimes_household"))
        self._spells = SpellChanges(editing, self)
        self._remarks, self._coming, self._changes = RemarksCard(), ComingCard(), ChangeCard()
        main = column(self._picture())
        side = column(self._remarks, self._coming, self._changes)
        self.body.addWidget(Columns([(main, 0), (side, _SIDE)], spacing=14))
        self._connect()

    def show_file(self, file: CaseFile) -> None:
        """Show the household of ``file``."""
        today = self._editing.today
        self._person.set_options(tuple(Option(one.id, full_name(one)) for one in people(file)))
        self._timeline.show_file(file, today)
        self._person.set_code(self._timeline.frame.person)
        self._show_list()
        self._show_span()
        catalogue = self._editing.catalogue
        self._remarks.show_remarks(said(catalogue, file, today), unrecorded_words(catalogue, file, today))
        self._coming.show_coming(coming(catalogue, file, today))
        proposals = regime_changes.proposals(catalogue.rules.law, file, today)
        proposed = [(one, proposal_words(catalogue, one, file)) for one in proposals]
        self._changes.show_changes(handovers(catalogue, file, today), proposed)

    def _connect(self) -> None:
        timeline, spells = self._timeline, self._spells
        timeline.wanted.connect(self._open)
        timeline.added.connect(spells.add)
        timeline.removed.connect(spells.remove)
        timeline.placed.connect(spells.place)
        timeline.told.connect(self._status.setText)
        timeline.framed.connect(self._show_span)
        self._list.opened.connect(self._open)
        self._remarks.wanted.connect(self._open)
        self._coming.asked.connect(self._ask_about_date)
        self._changes.begun.connect(self._begin)
        self._changes.wanted.connect(self._open_change)

    def _ask_about_date(self, due: Due, at: QPoint) -> None:
        now = self._editing
        acts = DateActs(now.page, now.context, now.changed)
        words = say("plan.what_can_be_done_with_date")
        show_menu(self, "date_menu", words, acts.offers(now.file.case.id, due, now.today), at)

    def _picture(self) -> QWidget:
        card = self._card = Card(say("regimes.legal_regimes_household"))
        card.body.addWidget(self._tools())
        card.body.addWidget(self._timeline)
        card.body.addWidget(self._list)
        self._list.hide()
        card.body.addWidget(self._foot())
        return card

    def _tools(self) -> QWidget:
        bar = FlowBox(6)
        self._person = CodeCombo((), say("regimes.whole_household"))
        self._person.setObjectName("timeline_person")
        self._person.setMinimumContentsLength(12)
        self._person.setAccessibleName(say("regimes.person_shown"))
        self._person.picked.connect(self._show_person)
        self._switch = quiet(say("common.show_as_a_list"), "list-bullets", "small")
        self._switch.setObjectName("timeline_switch")
        self._switch.clicked.connect(self._turn_over)
        for widget in (self._person, *self._turners(), self._zoom(), self._switch, *self._adders()):
            bar.flow.addWidget(widget)
        return bar

    def _turners(self) -> list[Button]:
        found = []
        for name, icon, told, turn in (
            ("earlier", "caret-left", say("common.earlier"), -1),
            ("later", "caret-right", say("common.later"), 1),
        ):
            button = secondary("", icon, "small")
            button.setObjectName(f"timeline_{name}")
            button.setAccessibleName(told)
            button.setToolTip(told)
            button.clicked.connect(lambda _=False, turn=turn: self._timeline.turn(turn))
            found.append(button)
        return found

    def _zoom(self) -> CodeCombo:
        zooms = (
            (MONTHS, say("regimes.twelve_months")),
            (YEARS, say("regimes.five_years")),
            (ALL, say("regimes.everything")),
        )
        box = self._zooms = CodeCombo(
            tuple(Option(code, name) for code, name in zooms), say("regimes.twelve_months")
        )
        box.removeItem(0)
        box.set_code(MONTHS)
        box.setMinimumContentsLength(7)
        box.setObjectName("timeline_zoom")
        box.setAccessibleName(say("regimes.time_shown"))
        box.picked.connect(
            lambda: self._timeline.show_frame(self._timeline.frame.zoomed(box.code() or MONTHS))
        )
        return box

    def _adders(self) -> list[Button]:
        found = []
        for kind, told in (
            ("regime_spell", say("regimes.spell")),
            ("residence_spell", say("regimes.title")),
        ):
            button = quiet(told, "plus", "small")
            button.setObjectName(f"add_{kind}")
            button.setAccessibleName(say("common.add_entry", entry=told))
            button.clicked.connect(lambda _=False, kind=kind: self._editing.open(kind))
            found.append(button)
        return found

    def _foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        spaced(row, 8, (0, 4, 0, 0))
        row.addWidget(
            Legend(
                (
                    ("running", say("regimes.in_place")),
                    ("planned", say("common.expected")),
                    ("gap", say("regimes.gap")),
                )
            )
        )
        row.addStretch(1)
        self._status = Text(say("regimes.no_legal_advice_check_each"), "meta", "text-2")
        self._status.setObjectName("timeline_status")
        row.addWidget(self._status, 0, Qt.AlignmentFlag.AlignRight)
        return foot

    def _open(self, ref: object) -> None:
        if isinstance(ref, RecordRef):
            self._editing.open(ref.kind, ref.id)

    def _begin(self, proposal: ChangeProposal | None) -> None:
        BeginDialog(self._editing, proposal).open()

    def _open_change(self, key: str) -> None:
        change = next((one for one in self._editing.file.regime_changes if one.id == key), None)
        if change:
            ChangeDialog(self._editing, change).open()

    def _turn_over(self) -> None:
        listed = self._list.isHidden()
        self._list.setVisible(listed)
        self._timeline.setVisible(not listed)
        self._switch.setText(say("common.show_as_a_picture") if listed else say("common.show_as_a_list"))
        self._show_list()

    def _show_person(self) -> None:
        self._timeline.show_frame(self._timeline.frame.of(self._person.code() or ""))
        self._show_list()

    def _show_list(self) -> None:
        if not self._list.isHidden():
            person = self._timeline.frame.person
            catalogue, file = self._editing.catalogue, self._editing.file
            self._list.set_rows(words.rows(catalogue, file, self._editing.today, person))

    def _show_span(self) -> None:
        if scale := self._timeline.scale:
            first, last = dates.month(scale.start), dates.month(scale.end - timedelta(days=1))
            self._card.set_count(say("regimes.first_to_last", first=first, last=last))
        self._zooms.set_code(self._timeline.frame.zoom)
        self._status.setText(say("regimes.no_legal_advice_check_each"))
