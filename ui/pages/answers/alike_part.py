"""The second part of the panel: what sounds alike, why, and whether to take it in."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.texts import say, steering
from ui.kit.base import at_top, rule, spaced
from ui.kit.buttons import quiet, secondary
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.pages.answers.marked import MarkedText
from ui.pages.answers.model import BoardModel
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.kreis.steering.alike import Proposal

_MOST = 3
Answered = Callable[["Proposal"], None]


def alike_part(model: BoardModel, key: str, take: Answered, apart: Answered) -> QWidget:
    """Return what sounds like the card ``key``; ``take`` and ``apart`` are told what is wanted of it."""
    found = model.alike(key)[:_MOST]
    holder = QWidget()
    holder.setObjectName("alike_part")
    column = QVBoxLayout(holder)
    spaced(column, 7, (14, 12, 14, 12))
    way = QBoxLayout.Direction.TopToBottom if theme().stacked else QBoxLayout.Direction.LeftToRight
    head = QBoxLayout(way)
    spaced(head, 8)
    title = say("answers.sound_alike", n=len(found)) if found else say("answers.nothing_alike")
    head.addWidget(Text(title, "strong", wrap=True), 1)
    head.addWidget(Text(say("answers.nothing_by_itself"), "meta", "text-2"))
    column.addLayout(head)
    for at, one in enumerate(found):
        if at:
            column.addWidget(rule())
        column.addLayout(_row(model, key, one, take, apart))
    if found:
        column.addWidget(rule())
        why = QHBoxLayout()
        spaced(why, 8)
        why.addLayout(at_top(Sign("info", "text-2", 16)))
        why.addWidget(Text(steering.reasons(model.catalogue, found), "meta", "text-2", wrap=True), 1)
        column.addLayout(why)
    column.addStretch(1)
    return holder


def _row(model: BoardModel, key: str, one: "Proposal", take: Answered, apart: Answered) -> QBoxLayout:
    way = QBoxLayout.Direction.TopToBottom if theme().stacked else QBoxLayout.Direction.LeftToRight
    row = QBoxLayout(way)
    spaced(row, 8)
    lead, text = _said(model, key, one)
    row.addWidget(MarkedText(lead, text, one.words), 1)
    beside = QHBoxLayout()
    spaced(beside, 4)
    for name, words, act, make in (
        ("take_in", say("answers.take_in"), take, secondary),
        ("keep_apart", say("answers.keep_apart"), apart, quiet),
    ):
        button = make(words)
        button.setObjectName(f"{name}_{one.finding if one.finding != key else one.other}")
        button.setAccessibleName(f"{words}: {text}")
        button.clicked.connect(lambda _=False, act=act: act(one))
        beside.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
    beside.addStretch(1 if theme().stacked else 0)
    row.addLayout(beside)
    return row


def _said(model: BoardModel, key: str, one: "Proposal") -> tuple[str, str]:
    """Return where it was seen and what it says; where a single finding sounds like a bundle, the bundle."""
    bundle = model.cluster(one.other) if one.finding == key else None
    if bundle is not None:
        return say("answers.bundle_lead"), bundle.wording.title
    found = model.single(one.finding)
    if found is None:
        return "", ""
    effects = f" {found.effects}" if found.effects else ""
    stop = "." if effects and not found.title.endswith((".", "!", "?")) else ""
    return say("answers.desk_lead", desk=found.desk), f"{found.title}{stop}{effects}"
