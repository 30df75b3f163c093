"""The third part of the panel: what the desks are told, a draft until it is released."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from kimdesk.texts import dates, say
from ui.kit.badge import Badge
from ui.kit.base import spaced
from ui.kit.buttons import quiet, secondary
from ui.kit.text import Text
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.kreis.findings import ReportedFinding
    from kimdesk.kreis.steering.values import FindingCluster

_HEIGHT = 72


class AnswerPart(QWidget):
    """The answer to all desks that reported a bundle; ``release`` and ``keep`` are told bundle and text."""

    def __init__(
        self,
        found: "FindingCluster",
        release: Callable[["FindingCluster", str], None],
        keep: Callable[["FindingCluster", str], None],
    ) -> None:
        super().__init__()
        self.setObjectName("answer_part")
        self.found, self._keep = found, keep
        column = QVBoxLayout(self)
        spaced(column, 6, (14, 10, 14, 12))
        head = QHBoxLayout()
        spaced(head, 8)
        head.addWidget(Text(say("answers.answer_to_the_desks"), "strong", wrap=True), 1)
        self._badge = Badge("")
        head.addWidget(self._badge)
        column.addLayout(head)
        self.text = QPlainTextEdit(found.dealing.answer)
        self.text.setObjectName("cluster_answer")
        self.text.setAccessibleName(say("answers.answer_to_the_desks"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme().px(_HEIGHT))
        self.text.textChanged.connect(self._show_state)
        column.addWidget(self.text)
        column.addWidget(Text(self._hint(), "meta", "text-2", wrap=True))
        row = QHBoxLayout()
        spaced(row, 6)
        self._release = secondary(say("answers.release"))
        self._release.setObjectName("release")
        self._release.clicked.connect(lambda: release(self.found, self.typed))
        self._draft = quiet(say("answers.keep_draft"))
        self._draft.setObjectName("keep_draft")
        self._draft.clicked.connect(self.keep)
        row.addWidget(self._release)
        row.addWidget(self._draft)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self._show_state()

    @property
    def typed(self) -> str:
        """Return what is written now."""
        return self.text.toPlainText().strip()

    @property
    def changed(self) -> bool:
        """Return whether something is written that is not kept."""
        return self.typed != self.found.dealing.answer

    def keep(self) -> None:
        """Keep what is written as a draft, if it is not kept yet."""
        if self.changed:
            self._keep(self.found, self.typed)

    def _show_state(self) -> None:
        released = self.found.released and not self.changed
        words = say("answers.is_released") if released else say("answers.is_draft")
        self._badge.set(words, "ok" if released else "neutral", "present" if released else "tray")
        self._release.setEnabled(not released and self.found.reach.findings > 0)
        self._draft.setVisible(self.changed)

    def _hint(self) -> str:
        reach = self.found.reach
        if self.found.released:
            who = "all" if reach.told == reach.desks else "some"
            return say(f"answers.acknowledged_{who}", told=reach.told, desks=reach.desks)
        return say("answers.goes_to_desks", n=reach.desks)


def answer_alone(found: "ReportedFinding", answer: Callable[[], None]) -> QWidget:
    """Return what can be said of a finding that is in no bundle."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    spaced(column, 6, (14, 12, 14, 12))
    column.addWidget(Text(say("answers.answer_to_the_desk_alone"), "strong", wrap=True))
    words = say("answers.told_before") if found.answered_on else say("answers.better_bundled")
    column.addWidget(Text(words, "meta", "text-2", wrap=True))
    if told := answered_words(found):
        column.addWidget(Text(told, "table", "text", wrap=True))
    button = secondary(say("answers.answer"))
    button.setObjectName(f"answer_{found.id}")
    button.clicked.connect(answer)
    column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    column.addStretch(1)
    return holder


def answered_words(found: "ReportedFinding") -> str:
    """Return what its desk was told of a finding, and whether it has it; "" for nothing."""
    if found.answered_on is None:
        return ""
    key = "answers.arrived" if found.arrived else "answers.on_the_way"
    words = say(key, day=dates.full(found.answered_on))
    return say("answers.quoted", text=found.answer, words=words) if found.answer else words
