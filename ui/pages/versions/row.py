"""One field in two versions: what was before, both values to choose from, own words for a text."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from kimdesk.casework.conflicts import TwoVersions
from kimdesk.texts import say
from ui import focus
from ui.forms.editors.long_text import GrowingText
from ui.kit.base import spaced
from ui.kit.buttons import quiet, secondary
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.pages.versions.model import FieldLine, joined, marked
from ui.theme import theme

Act = Callable[[TwoVersions, str, str], None]
"""(versions, "keep" | "take" | "own" | "reopen" | "show", own words)"""

FIELD, BEFORE = 150, 150
_TOP = Qt.AlignmentFlag.AlignTop
_CHOSEN = {"kept": "mine", "taken": "theirs"}


class VersionCell(QFrame):
    """A cell of the table; ``tone``: surface, sunken or tint."""

    def __init__(self, tone: str = "surface", width: int = 0) -> None:
        super().__init__()
        self.setProperty("tone", tone)
        if width and not theme().stacked:
            self.setFixedWidth(theme().px(width))


class VersionRow(QFrame):
    """A conflict in the table; an open one has a bar at its left, the chosen cell is tinted."""

    def __init__(self, one: TwoVersions, told: tuple[FieldLine, ...], act: Act) -> None:
        super().__init__()
        self.setObjectName(f"version_{one.id}")
        self.setProperty("state", "decided" if one.decision else "open")
        self.one, self._act = one, act
        self._buttons: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        beside = QBoxLayout.Direction.TopToBottom if theme().stacked else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(beside, self)
        spaced(row, 0)
        row.addWidget(self._field(told[0]))
        row.addWidget(_before(told))
        both = QVBoxLayout()
        spaced(both, 0)
        sides = QBoxLayout(beside)
        spaced(sides, 0)
        for side in ("mine", "theirs"):
            sides.addWidget(self._cell(side, told), 1)
        both.addLayout(sides)
        if one.worded and not one.decision:
            both.addWidget(self._own_words())
        row.addLayout(both, 1)

    def choose_first(self) -> None:
        """Give the keyboard to the first version."""
        focus.go(self._buttons["mine"])

    def _field(self, told: FieldLine) -> QWidget:
        cell = VersionCell(width=FIELD)
        column = QVBoxLayout(cell)
        spaced(column, 3, (12, 10, 8, 10))
        column.addWidget(Text(told.field, "medium", wrap=True))
        if told.subject != told.field:
            column.addWidget(Text(told.subject, "meta", "text-2", wrap=True))
        decided = self.one.decision
        state = QHBoxLayout()
        spaced(state, 5)
        tone = "ok" if decided else "warn"
        state.addWidget(Sign("check-circle" if decided else "git-merge", tone, 14), 0, _TOP)
        words = say(f"versions.state_{decided}") if decided else say("versions.still_open")
        state.addWidget(Text(words, "meta", tone, wrap=True), 1)
        column.addLayout(state)
        if decided and self.one.source:
            again = quiet(say("versions.take_decision_back"), size="inline")
            again.setObjectName(f"reopen_{self.one.id}")
            again.setAccessibleName(f"{again.text()}: {told.field}")
            again.clicked.connect(lambda: self._act(self.one, "reopen", ""))
            column.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return cell

    def _cell(self, side: str, told: tuple[FieldLine, ...]) -> QWidget:
        chosen = _CHOSEN.get(self.one.decision) == side
        cell = VersionCell("tint" if chosen else "surface")
        row = QHBoxLayout(cell)
        spaced(row, 8, (12, 10, 12, 10))
        self._buttons[side] = button = self._button(side, told, chosen=chosen)
        row.addWidget(button, 0, _TOP)
        column = QVBoxLayout()
        spaced(column, 4)
        if theme().stacked:  # there are no heads above the columns then
            head = say("versions.mine") if side == "mine" else say("versions.theirs")
            column.addWidget(Text(head, "label", "text-2"))
        for line in told:
            column.addWidget(_words(getattr(line, side), line.before))
        column.addStretch(1)
        row.addLayout(column, 1)
        return cell

    def _button(self, side: str, told: tuple[FieldLine, ...], *, chosen: bool) -> QRadioButton:
        button = QRadioButton()
        self._group.addButton(button)
        button.setChecked(chosen)
        button.setObjectName(f"{side}_{self.one.id}")
        head = say("versions.mine") if side == "mine" else say("versions.theirs")
        spoken = "; ".join(getattr(line, side) for line in told)
        button.setAccessibleName(f"{told[0].field}, {head}: {spoken}")
        action = "keep" if side == "mine" else "take"
        button.clicked.connect(lambda: self._act(self.one, action, ""))
        return button

    def _own_words(self) -> QWidget:
        cell = VersionCell()
        column = QVBoxLayout(cell)
        spaced(column, 6, (12, 0, 12, 12))
        column.addWidget(Text(say("versions.or_join_both"), "label", "text-2"))
        row = QHBoxLayout()
        spaced(row, 8)
        text = GrowingText(1)
        text.setObjectName(f"own_{self.one.id}")
        text.setAccessibleName(say("versions.own_words"))
        text.setPlainText(joined(self.one))
        take = secondary(say("versions.take_own_words"), size="small")
        take.setObjectName(f"take_own_{self.one.id}")
        take.clicked.connect(lambda: self._act(self.one, "own", text.toPlainText().strip()))
        row.addWidget(text, 1)
        row.addWidget(take, 0, _TOP)
        column.addLayout(row)
        return cell


class HiddenRow(QFrame):
    """Addresses of somebody protected: shown after being asked for."""

    def __init__(self, one: TwoVersions, told: FieldLine, act: Act) -> None:
        super().__init__()
        self.setObjectName(f"version_{one.id}")
        row = QHBoxLayout(self)
        spaced(row, 10, (12, 10, 12, 10))
        row.addWidget(Sign("shield-lock", "bad"), 0, _TOP)
        row.addWidget(Text(f"{told.subject}: {told.mine}", "table", "text-2", wrap=True), 1)
        show = quiet(say("case.show_both"), "eye", "small")
        show.setObjectName(f"show_{one.id}")
        show.setAccessibleName(f"{show.text()}: {told.subject}")
        show.clicked.connect(lambda: act(one, "show", ""))
        row.addWidget(show, 0, _TOP)


def _before(told: tuple[FieldLine, ...]) -> QWidget:
    cell = VersionCell("sunken", BEFORE)
    column = QVBoxLayout(cell)
    spaced(column, 4, (12, 10, 8, 10))
    if theme().stacked:
        column.addWidget(Text(say("versions.before"), "label", "text-2"))
    for line in told:
        column.addWidget(Text(line.before or "–", "table", "text-3", wrap=True))
    column.addStretch(1)
    return cell


def _words(words: str, before: str) -> QLabel:
    label = QLabel(marked(words, before, theme().hex("accent")))
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setAccessibleName(words)
    return label
