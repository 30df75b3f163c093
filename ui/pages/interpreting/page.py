"""The page of the interpreter ledger."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from kimdesk.casework import interpreting
from kimdesk.casework.events import Shows
from kimdesk.casework.interpreting import LanguageRow, Ledger, Occasion
from kimdesk.texts import dates, say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.kit.bars import BarKey, NumberBar
from ui.kit.base import clear, spaced
from ui.kit.buttons import quiet, secondary
from ui.kit.card import Card
from ui.kit.cards import CardItem, CardList
from ui.kit.drop_down import DropDown
from ui.kit.scroll import Page
from ui.kit.state import EmptyState, Notice
from ui.kit.text import Text
from ui.pages.interpreting.periods import YEAR, periods, span
from ui.places import Place, place_of
from ui.theme import theme

_PAGE = 40
_FIGURES = ("wanted", "booked", "came", "lay", "no_show", "unavailable", "minutes")
_LOOKS = ("solid", "tinted", "hatched")  # who came, relatives, nobody
_SIGNS = {
    "needed": ("requested", "warn"), "requested": ("requested", "warn"), "booked": ("clock", "info"),
    "cancelled": ("not_needed", "text-2"), "came": ("present", "ok"), "lay": ("users", "text-2"),
    "no_show": ("missing", "bad"), "unavailable": ("missing", "bad"),
}  # fmt: skip


class InterpretingPage(DeskPage, Page):
    """What one period took per language, what is not settled yet, and each occasion."""

    shows = Shows("contact", "follow_up", "case")

    def __init__(self, context: Context) -> None:
        super().__init__(say("findings.interpreting"))
        self.setObjectName("interpreting_page")
        self._context = context
        self._ledger = Ledger((), ())
        self._shown = _PAGE
        self.add_action(self._period_choice())
        export = secondary(say("common.as_table"), "file-arrow-down")
        export.setObjectName("export_ledger")
        export.clicked.connect(self._export)
        self.add_action(export)
        self._problem = Notice("bad")
        self._problem.hide()
        self._asked = Card(say("findings.did_they_come"), tone="tint")
        self._asked.setObjectName("unsettled")
        self._asked_list = CardList()
        self._asked_list.acted.connect(self._settle)
        self._asked.body.addWidget(self._asked_list)
        self._languages = Card(say("findings.per_language"))
        self._grid = QGridLayout()
        spaced(self._grid, 8)
        self._languages.body.addLayout(self._grid)
        failed = f"{say('findings.did_not_come')}, {say('findings.nobody_available')}"
        words = say("findings.came"), say("findings.relatives"), failed
        self._languages.body.addWidget(BarKey(tuple(zip(_LOOKS, words, strict=True))))
        self._occasions = Card(say("findings.each_occasion"))
        self._list = CardList()
        self._list.acted.connect(self._act)
        self._empty = EmptyState("translate", say("findings.no_interpreting_recorded"))
        self._more = quiet(say("findings.show_more"), "caret-down")
        self._more.setObjectName("more_occasions")
        self._more.clicked.connect(self._show_more)
        for widget in (self._list, self._empty):
            self._occasions.body.addWidget(widget)
        self._occasions.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        for card in (self._problem, self._asked, self._languages, self._occasions):
            self.body.addWidget(card)

    def refresh(self) -> None:
        """Read the ledger of the chosen period again."""
        desk, (first, last) = self._context.desk, span(self._period.currentData(), _today())
        self._context.work.read(self, lambda: interpreting.ledger(desk, first, last), self._got)

    def write(self, path: Path) -> None:
        """Write the occasions that are shown to ``path`` as CSV."""
        desk, found = self._context.desk, self._ledger
        heads = (
            say("findings.day"),
            say("common.case"),
            say("common.language"),
            say("common.state"),
            say("findings.minutes"),
        )
        self._context.work.write(
            self,
            lambda: interpreting.write_csv(desk, found, path, heads, self._cells),
            lambda number: self._context.toast(say("findings.n_rows_written", n=number)),
            self._refused,
        )

    def _period_choice(self) -> QWidget:
        self._period = DropDown()
        self._period.setObjectName("ledger_period")
        self._period.setAccessibleName(say("findings.period"))
        for key, words in periods():
            self._period.addItem(words, key)
        self._period.setCurrentIndex(self._period.findData(YEAR))
        self._period.activated.connect(lambda _: self.refresh())
        return self._period

    def _got(self, found: Ledger) -> None:
        self._ledger = found
        open_ones = found.unsettled(_today())
        self._asked_list.set_cards([_question(self._language(each.language), each) for each in open_ones])
        self._asked.setVisible(bool(open_ones))
        self._show_languages(found)
        self._show_occasions()

    def _show_languages(self, found: Ledger) -> None:
        clear(self._grid)
        self._languages.setVisible(bool(found.occasions))
        if theme().stacked:
            self._show_language_lines(found)
            return
        heads = (
            say("common.language"),
            "",
            say("findings.wanted"),
            say("findings.booked"),
            say("findings.came"),
            say("findings.relatives"),
            say("findings.did_not_come"),
            say("findings.nobody_available"),
            say("findings.minutes"),
        )
        rows = [*found.languages, *([found.total] if len(found.languages) > 1 else [])]
        for column, head in enumerate(heads):
            if head:
                self._grid.addWidget(_cell(head, "meta", "text-2", column), 0, column)
            self._grid.setColumnStretch(column, 3 if column == 1 else 1)
        most = max((row.wanted for row in found.languages), default=1)
        for number, row in enumerate(rows, 1):
            last = number > len(found.languages)
            use = "table_strong" if last else "table"
            name = say("findings.together") if last else self._language(row.language)
            self._grid.addWidget(_cell(name, use, "text", 0), number, 0)
            if not last:
                self._grid.addWidget(_bar(name, row, most), number, 1)
            for column, words in enumerate(_numbers(row), 2):
                self._grid.addWidget(_cell(words, use, "text", column), number, column)

    def _show_language_lines(self, found: Ledger) -> None:
        """Show each language over its bar: with large text a table would not fit."""
        most = max((row.wanted for row in found.languages), default=1)
        for number, row in enumerate(found.languages):
            name, came = self._language(row.language), row.came
            told = say("findings.came_of_wanted", came=came, wanted=row.wanted)
            self._grid.addWidget(Text(name, "medium"), 2 * number, 0)
            self._grid.addWidget(_cell(told, "table", "text-2", 1), 2 * number, 1)
            self._grid.addWidget(_bar(name, row, most), 2 * number + 1, 0, 1, 2)

    def _show_occasions(self) -> None:
        every = self._ledger.occasions
        self._list.set_cards(
            [_occasion(self._language(each.language), each) for each in every[: self._shown]]
        )
        self._empty.setVisible(not every)
        self._occasions.set_title(say("findings.each_occasion") if every else "")
        self._more.setVisible(len(every) > self._shown)
        self._occasions.set_count(str(len(every)) if every else "")

    def _cells(self, each: Occasion) -> tuple[str, ...]:
        language = self._language(each.language) if each.language else ""
        return dates.full(each.day), each.file_number, language, _word(each.state), str(each.minutes or "")

    def _language(self, code: str) -> str:
        return self._context.catalogue.label("language", code) if code else say("findings.language_not_noted")

    def _show_more(self) -> None:
        self._shown += _PAGE
        self._show_occasions()

    def _act(self, key: str, action: str) -> None:
        one = next((each for each in self._ledger.occasions if each.ref.id == key), None)
        if one is not None:
            about = Place("case", one.case_id, kind="finding_from", key=one.ref.id)
            self._context.navigate(about if action == "finding" else place_of(one.case_id, one.ref))

    def _settle(self, key: str, action: str) -> None:
        settle = partial(interpreting.settle, self._context.desk, key, came=action == "came")
        self._context.work.write(self, settle, lambda _: self.refresh(), self._refused)

    def _export(self) -> None:
        name = say("findings.interpreting_csv")
        path, _ = QFileDialog.getSaveFileName(self, say("common.as_table"), name, "CSV (*.csv)")
        if path:
            self.write(Path(path))

    def _refused(self, explanation: Explanation) -> None:
        self._problem.explain(explanation)
        self._problem.show()


def _cell(words: str, use: str, tone: str, column: int) -> Text:
    cell = Text(words, use, tone)
    if column:
        cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return cell


def _bar(name: str, row: LanguageRow, most: int) -> NumberBar:
    """Return how the wishes of a language ended; a screen reader hears every figure of it."""
    figures = {figure: getattr(row, figure) for figure in _FIGURES}
    words = say("findings.language_wanted_wanted_booked_booked", language=name, **figures)
    ended = row.came, row.lay, row.no_show + row.unavailable
    return NumberBar(tuple(zip(ended, _LOOKS, strict=True)), most, words)


def _numbers(row: LanguageRow) -> Sequence[str]:
    return tuple(f"{getattr(row, figure):,}".replace(",", ".") for figure in _FIGURES)


def _question(language: str, each: Occasion) -> CardItem:
    title = f"{dates.full(each.day)} · {each.title}"
    actions = (("came", say("findings.yes_they_came")), ("no_show", say("common.no")))
    words = f"{language} · {each.file_number}"
    return CardItem(each.ref.id, title, words, "", "translate", "", (), actions)


def _occasion(language: str, each: Occasion) -> CardItem:
    icon, tone = _SIGNS[each.state]
    took = say("common.n_minutes", n=each.minutes) if each.minutes else ""
    words = " · ".join(part for part in (language, _word(each.state), took) if part)
    title = f"{dates.full(each.day)} · {each.title}"
    case = say("findings.case_number", number=each.file_number)
    actions = [("open", say("common.open"))]
    if each.failed:
        actions.insert(0, ("finding", say("common.note_a_structural_finding")))
    return CardItem(each.ref.id, title, words, case, icon, tone, (), tuple(actions))


def _word(state: str) -> str:
    return {
        "needed": say("findings.needed_not_asked_for"),
        "requested": say("findings.asked_for"),
        "booked": say("findings.booked"),
        "cancelled": say("findings.cancelled"),
        "came": say("findings.came"),
        "lay": say("findings.relatives_or_acquaintances"),
        "no_show": say("findings.did_not_come"),
        "unavailable": say("findings.nobody_available"),
    }[state]


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the worker's calendar day
