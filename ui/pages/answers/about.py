"""The first part of the panel: what a card is, and where it goes: the one primary button of the page."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.kreis.steering.values import DISMISSED
from kimdesk.texts import dates, say, steering
from kimdesk.texts.bidi import apart
from ui.kit.base import spaced
from ui.kit.buttons import Button, primary, quiet
from ui.kit.context_menu import MenuLine, show_menu
from ui.kit.text import Text
from ui.pages.answers.model import BoardModel
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.kreis.findings import ReportedFinding
    from kimdesk.kreis.steering.values import FindingCluster

NEXT: Final = {
    "bundled": "working_group",
    "working_group": "steering_group",
    "steering_group": "decided",
    "decided": "implemented",
    DISMISSED: "bundled",
}
"""Where a bundle goes next."""
_ROOM = 190  # pixels at 100 % for the words of the primary button
_ICONS: Final = {
    "working_group": "users-three",
    "steering_group": "presentation-chart",
    "decided": "scales",
    "implemented": "check-circle",
    "bundled": "stack",
}


def about_cluster(
    model: BoardModel, found: "FindingCluster", go: Callable[[str], None], offers: list[MenuLine]
) -> QWidget:
    """Return what a bundle says of itself; ``go`` is told the state it shall go to."""
    holder, column = _holder(say("answers.bundle"), found.wording.title)
    _add(column, found.wording.summary, "table", "text")
    for line in _facts(model, found):
        _add(column, line, "meta", "text-2")
    column.addStretch(1)
    row = QHBoxLayout()
    spaced(row, 8)
    state = NEXT.get(found.state)
    if state is not None:
        button = primary(_next_words(found, state), _ICONS[state])
        button.setObjectName("go_next")
        button.clicked.connect(lambda: go(state))
        row.addWidget(button)
    row.addWidget(_more(found.wording.title, offers))
    row.addStretch(1)
    column.addLayout(row)
    return holder


def about_single(
    model: BoardModel, found: "ReportedFinding", begin: Callable[[], None], offers: list[MenuLine]
) -> QWidget:
    """Return what a finding says that is in no bundle; ``begin`` makes one of it."""
    holder, column = _holder(say("answers.single"), found.title or say("answers.without_title"))
    _add(column, found.effects, "table", "text")
    _add(column, say("answers.proposal", text=found.proposal) if found.proposal else "", "table", "text")
    catalogue = model.catalogue
    kind = catalogue.label("finding_kind", found.kind)
    domain = catalogue.label("life_domain", found.life_domain)
    _add(column, _listed(kind, domain, found.agencies, found.transition), "meta", "text-2")
    seen = dates.of_iso(found.noted_on) if found.noted_on else ""
    _add(column, _listed(say("answers.seen_at", desk=found.desk), seen), "meta", "text-2")
    column.addStretch(1)
    row = QHBoxLayout()
    spaced(row, 8)
    button = primary(say("answers.begin_bundle"), "stack")
    button.setObjectName("begin_bundle")
    button.clicked.connect(begin)
    row.addWidget(button)
    row.addWidget(_more(found.title, offers))
    row.addStretch(1)
    column.addLayout(row)
    return holder


def _holder(what: str, title: str) -> tuple[QWidget, QVBoxLayout]:
    holder = QWidget()
    column = QVBoxLayout(holder)
    spaced(column, 4, (14, 12, 12, 12))
    column.addWidget(Text(what, "label", "accent"))
    column.addWidget(Text(title, "next_step", wrap=True))
    return holder, column


def _add(column: QVBoxLayout, words: str, use: str, tone: str) -> None:
    if words:
        column.addWidget(Text(words, use, tone, wrap=True))


def _listed(*parts: str) -> str:
    return apart(" · ").join(part for part in parts if part)


def _facts(model: BoardModel, found: "FindingCluster") -> list[str]:
    catalogue, wording, reach, dealing = model.catalogue, found.wording, found.reach, found.dealing
    kind = catalogue.label("finding_kind", wording.kind)
    domain = catalogue.label("life_domain", wording.life_domain)
    services = apart(", ").join(map(catalogue.service_name, wording.services))
    lines = [
        _listed(kind, domain, wording.agencies),
        _listed(steering.transition(catalogue, wording.regimes), services),
    ]
    if not reach.findings:
        lines.append(say("answers.empty_bundle"))
    else:
        since = dates.month(reach.first_on) if reach.first_on else "–"
        band = steering.band(reach.municipalities)
        lines.append(say("answers.reach", n=reach.findings, band=band, since=since))
    meets = say("answers.meets_on", day=dates.full(dealing.meets_on)) if dealing.meets_on else ""
    lines.append(_listed(dealing.group, meets))
    if dealing.decision:
        lines.append(say("answers.decision", text=dealing.decision))
    return [line for line in lines if line]


def _next_words(found: "FindingCluster", state: str) -> str:
    if state == "working_group" and found.dealing.group:
        words = say("answers.give_to_named", name=found.dealing.group)
        if QFontMetrics(theme().font("button")).horizontalAdvance(words) <= theme().px(_ROOM):
            return words
    return say(f"answers.go_{state}")


def _more(title: str, offers: list[MenuLine]) -> Button:
    button = quiet("", "dots-three")
    button.setObjectName("card_more")
    button.setAccessibleName(say("answers.more"))
    button.setToolTip(say("answers.more"))
    button.clicked.connect(
        lambda: show_menu(button, "card_menu", title, offers, button.mapToGlobal(button.rect().bottomLeft()))
    )
    return button
