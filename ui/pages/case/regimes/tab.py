"""The tab of legal regimes: timeline, gaps, what is coming, and all spells as a list."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kimdesk.domain.records import CaseFile
from ui import dates
from ui.forms.editors.combo import CodeCombo
from ui.forms.sources import Option
from ui.kit.base import spaced
from ui.kit.buttons import quiet, secondary
from ui.kit.card import Card
from ui.kit.cards import CardItem, CardList
from ui.kit.scroll import Columns, Page, column
from ui.kit.text import Text
from ui.pages.case.cards import cards
from ui.pages.case.editing import Editing
from ui.pages.case.plan.chain_card import Legend
from ui.pages.case.regimes.coming import coming, open_gaps
from ui.pages.case.regimes.side import ComingCard, GapCard
from ui.pages.case.regimes.timeline import Timeline
from ui.text import tr

_SIDE = 300
_STEP = 3  # months


class RegimesTab(Page):
    """Where everyone in the household stands, and where a gap opens."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("tab_regimes")
        self._editing = editing
        self._timeline = Timeline()
        self._timeline.wanted.connect(lambda key: editing.open(*key.split(":", 1)))
        self._gaps, self._coming = GapCard(), ComingCard()
        self._lists: dict[str, tuple[Card, CardList]] = {}
        main = column(self._picture(), self._spells("regime_spell"), self._spells("residence_spell"))
        side = column(self._gaps, self._coming)
        self.body.addWidget(Columns([(main, 0), (side, _SIDE)], spacing=14))

    def show_file(self, file: CaseFile) -> None:
        """Show the household of ``file``."""
        today = self._editing.today
        self._timeline.show_file(file, today)
        self._show_span()
        self._gaps.show_gaps(open_gaps(file, today))
        self._coming.show_coming(coming(file, today))
        for kind, (card, shown) in self._lists.items():
            items: list[CardItem] = list(cards(file, kind, today))
            shown.set_cards(items)
            card.set_count(str(len(items)) if items else "")

    def _picture(self) -> QWidget:
        card = self._card = Card(tr("Legal regimes in the household"))
        for name, icon, words, turn in (
            ("earlier", "caret-left", tr("Earlier months"), -_STEP),
            ("later", "caret-right", tr("Later months"), _STEP),
        ):
            button = secondary("", icon, "small")
            button.setObjectName(f"timeline_{name}")
            button.setAccessibleName(words)
            button.setToolTip(words)
            button.clicked.connect(lambda _=False, turn=turn: self._move(turn))
            card.add_action(button)
        card.add_action(self._zoom())
        card.body.addWidget(self._timeline)
        card.body.addWidget(self._foot())
        return card

    def _zoom(self) -> CodeCombo:
        box = CodeCombo(tuple(Option(str(n), tr("{n} months", n=n)) for n in (6, 12, 24)), tr("12 months"))
        box.removeItem(0)
        box.set_code("12")
        box.setObjectName("timeline_months")
        box.setAccessibleName(tr("Months shown"))
        box.picked.connect(lambda: self._show_months(int(box.code() or "12")))
        return box

    def _foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        spaced(row, 8, (0, 4, 0, 0))
        row.addWidget(Legend((("running", tr("in place")), ("planned", tr("expected")), ("gap", tr("Gap")))))
        row.addStretch(1)
        row.addWidget(Text(tr("No legal advice: please check each case."), "meta", "text-2"))
        return foot

    def _spells(self, kind: str) -> Card:
        titles = {
            "regime_spell": tr("Benefits, insurance, course, school, work"),
            "residence_spell": tr("Titles"),
        }
        card = Card(titles[kind])
        add = quiet(tr("Add"), "plus", "small")
        add.setObjectName(f"add_{kind}")
        add.setAccessibleName(tr("Add: {entry}", entry=titles[kind]))
        add.clicked.connect(lambda: self._editing.open(kind))
        card.add_action(add)
        shown = CardList()
        shown.acted.connect(lambda key, _: self._editing.open(kind, key))
        card.body.addWidget(shown)
        self._lists[kind] = (card, shown)
        return card

    def _move(self, months: int) -> None:
        self._timeline.move_by(months)
        self._show_span()

    def _show_months(self, months: int) -> None:
        self._timeline.months = months
        self._timeline.move_by(0)
        self._show_span()

    def _show_span(self) -> None:
        start, end = self._timeline.span()
        last = dates.MONTHS[(end.month - 2) % 12]
        year = end.year if end.month > 1 else end.year - 1
        first = dates.MONTHS[start.month - 1]
        self._card.set_count(tr("{first} to {last}", first=f"{first} {start.year}", last=f"{last} {year}"))
