"""The card of what each person has achieved: how much of it is proven, and the page for an authority."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui.forms.flow import FlowBox
from ui.kit.base import at_top, clear, rule, spaced
from ui.kit.buttons import quiet, secondary
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.kit.text import Text


@dataclass(frozen=True, slots=True)
class AchievedView:
    """What is recorded of one person: what is ``proven`` and what has no proof yet, and what it is."""

    person_id: str
    name: str
    proven: int
    unproven: int
    what: str


class AchievedCard(Card):
    """Integrationsleistungen per person; the signals carry the person.

    ``wanted``: show all of them. ``added``: add one. ``standing``: where the person stands in law.
    ``page``: the page for an authority.
    """

    wanted = Signal(str)
    added = Signal(str)
    standing = Signal(str)
    page = Signal(str)

    def __init__(self) -> None:
        super().__init__(say("perspective.achievements"))
        self.setObjectName("achieved")
        self.body.addWidget(Text(say("perspective.page_names_proven_only"), "meta", "text-2", wrap=True))
        self._rows = QVBoxLayout()
        spaced(self._rows, 8)
        self.body.addLayout(self._rows)

    def show_people(self, people: Sequence[AchievedView]) -> None:
        """Show ``people``."""
        clear(self._rows)
        for number, one in enumerate(people):
            if number:
                self._rows.addWidget(rule())
            self._rows.addWidget(self._row(one))

    def _row(self, one: AchievedView) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        spaced(row, 10)
        row.addLayout(at_top(Sign("circle-wavy-check", "accent", 18)))
        words = QVBoxLayout()
        spaced(words, 2)
        said = Text(_counts(one), "table", wrap=True, lead=one.name)
        said.setObjectName(f"achieved_{one.person_id}")
        words.addWidget(said)
        if one.what:
            words.addWidget(Text(one.what, "meta", "text-2", wrap=True))
        words.addWidget(self._buttons(one))
        row.addLayout(words, 1)
        if one.proven:
            page = secondary(say("perspective.page_for_authority"), "printer", "small")
            self._name(page, f"page_{one.person_id}", say("perspective.page_for_authority_who", who=one.name))
            page.clicked.connect(lambda: self.page.emit(one.person_id))
            row.addWidget(page, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _buttons(self, one: AchievedView) -> QWidget:
        box = FlowBox(12)
        ways = (
            ("add", say("perspective.add_achievement"), self.added),
            ("standing", say("perspective.enter_standing"), self.standing),
            ("perspective_all", say("perspective.look_at_all"), self.wanted),
        )
        for key, words, signal in ways:
            if key == "perspective_all" and not one.proven + one.unproven:
                continue
            button = quiet(words, size="inline")
            self._name(
                button, f"{key}_{one.person_id}", say("perspective.what_for_whom", what=words, who=one.name)
            )
            button.clicked.connect(lambda _=False, signal=signal: signal.emit(one.person_id))
            box.flow.addWidget(button)
        return box

    @staticmethod
    def _name(button: QWidget, key: str, spoken: str) -> None:
        button.setObjectName(key)
        button.setAccessibleName(spoken)


def _counts(one: AchievedView) -> str:
    if not one.proven + one.unproven:
        return say("perspective.nothing_recorded_yet")
    told = [say("perspective.n_proven", n=one.proven)] if one.proven else []
    if one.unproven:
        told.append(say("perspective.n_without_proof", n=one.unproven))
    return " · ".join(told)
