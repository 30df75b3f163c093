"""Two versions of a value side by side, and the choice between them („Zwei Fassungen, Klärung“)."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.casework import conflicts, people
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.kinds import kind_of
from kimdesk.texts import dates, say
from kimdesk.texts.field_words import ChangeWords, called
from ui.case.cards import joined
from ui.case.editing import Editing
from ui.case.reason import ReasonDialog
from ui.kit.badge import Badge
from ui.kit.base import clear, spaced
from ui.kit.buttons import quiet, secondary
from ui.kit.card import Card
from ui.kit.text import Text
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.casework.conflicts import TwoVersions

_TOP = Qt.AlignmentFlag.AlignTop
_MOST_DECIDED = 20


class VersionsCard(Card):
    """What is to be decided in a case, then what was decided; hidden while there is neither."""

    def __init__(self, editing: Editing) -> None:
        super().__init__(say("case.two_versions"))
        self.setObjectName("two_versions")
        self._editing = editing
        self._seen: set[str] = set()
        self._column = QVBoxLayout()
        spaced(self._column, 14)
        self.body.addLayout(self._column)
        self.hide()

    def refresh(self) -> None:
        """Read them again."""
        desk, case_id = self._editing.context.desk, self._editing.file.case.id
        self._editing.context.work.read(self, lambda: conflicts.of_case(desk, case_id), self._show)

    def _show(self, found: "tuple[TwoVersions, ...]") -> None:
        clear(self._column)
        still = [one for one in found if not one.decision]
        for one in (*still, *[each for each in found if each.decision][:_MOST_DECIDED]):
            row = VersionsRow(self._editing.catalogue, one, shown=not one.hidden or one.id in self._seen)
            row.wanted.connect(lambda action, one=one: self._act(one, action))
            self._column.addWidget(row)
        self.set_tone("warn" if still else "surface")
        self.set_count(say("case.n_to_decide", n=len(still)) if still else "")
        self.setVisible(bool(found))

    def _act(self, one: "TwoVersions", action: str) -> None:
        if action == "show":
            self._reveal(one)
        elif action == "take" and one.lifts:
            self._ask_why(one)
        else:
            self._decide(one, take=action == "take")

    def _reveal(self, one: "TwoVersions") -> None:
        desk = self._editing.context.desk
        self._seen.add(one.id)
        self._editing.context.work.write(
            self, lambda: people.note_address_shown(desk, one.mine.id), lambda _: self.refresh()
        )

    def _ask_why(self, one: "TwoVersions") -> None:
        ReasonDialog(
            self,
            say("people.why_does_the_protection_end"),
            say("case.the_document_says_it_ended"),
            accept=say("people.end_the_protection"),
            act=lambda reason: self._decide(one, take=True, reason=reason),
        ).open()

    def _decide(self, one: "TwoVersions", *, take: bool, reason: str = "") -> None:
        desk = self._editing.context.desk
        self._editing.context.work.write(
            self,
            lambda: conflicts.decide(desk, one.id, take=take, reason=reason),
            lambda _: self.refresh(),
        )


class VersionsRow(QWidget):
    """One conflict; ``wanted`` carries "keep", "take" or "show"."""

    wanted = Signal(str)

    def __init__(self, catalogue: Catalogue, one: "TwoVersions", *, shown: bool) -> None:
        super().__init__()
        self.setObjectName(f"versions_{one.id}")
        column = QVBoxLayout(self)
        spaced(column, 6)
        subject = called(catalogue, one.mine) or catalogue.label("record_kind", kind_of(type(one.mine)))
        head = QHBoxLayout()
        spaced(head, 8)
        head.addWidget(Text(subject, "medium", wrap=True), 1)
        if one.decision:
            head.addWidget(Badge(say(f"case.version_{one.decision}"), "neutral", "check-circle"))
        column.addLayout(head)
        column.addLayout(_values(catalogue, one, shown=shown))
        column.addWidget(Text(_meta(one), "meta", "text-2", wrap=True))
        if not one.decision:
            column.addLayout(self._buttons(subject, shown=shown))

    def _buttons(self, subject: str, *, shown: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 8)
        keep = secondary(say("case.keep_what_is_here"), size="small")
        take = quiet(say("case.take_the_other_version"), size="small")
        show = quiet(say("case.show_both"), "eye", "small")
        for action, button in (("keep", keep), ("take", take)) if shown else (("show", show),):
            button.setObjectName(f"{action}_{self.objectName()}")
            button.setAccessibleName(f"{button.text()}: {subject}")
            button.clicked.connect(lambda _=False, action=action: self.wanted.emit(action))
            row.addWidget(button)
        row.addStretch(1)
        return row


def _values(catalogue: Catalogue, one: "TwoVersions", *, shown: bool) -> QGridLayout:
    """Return both versions in two columns, a line for each field."""
    grid = QGridLayout()
    spaced(grid, 6)
    grid.setColumnMinimumWidth(0, theme().px(120))
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(2, 1)
    heads = ("", say("case.here"), say("case.elsewhere") if one.source else say("case.by_hand"))
    lines = _lines(catalogue, one) if shown else [_hidden()]
    for row, line in enumerate((heads, *lines)):
        for place, words in enumerate(line):
            use = "label" if not row else "table"
            grid.addWidget(
                Text(words, use, "text" if row and place else "text-2", wrap=True), row, place, _TOP
            )
    return grid


def _lines(catalogue: Catalogue, one: "TwoVersions") -> list[tuple[str, str, str]]:
    words = ChangeWords(catalogue)
    told = [(each.label, words.before(each), words.after(each)) for each in one.changes]
    return told or [(say("case.other_entries"), say("case.as_it_is_here"), say("case.otherwise"))]


def _hidden() -> tuple[str, str, str]:
    words = say("people.protected_not_shown_here")
    return say("people.address"), words, words


def _meta(one: "TwoVersions") -> str:
    came = joined(one.source, dates.moment(one.at), one.file_number, one.actor)
    if one.decided_at is None:
        return came
    decided = say("case.decided_by_on", who=one.decided_by, when=dates.moment(one.decided_at))
    return joined(came, decided, f"„{one.reason}“" if one.reason else "")
