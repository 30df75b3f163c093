"""The three layers, lowest first: what is shipped, what the Kreis edits, what municipalities add."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.texts import say
from ui.kit.card import Card
from ui.kit.scroll import Columns
from ui.kit.text import Text
from ui.pages.catalogue.presenter import DraftModel
from ui.theme import theme

if TYPE_CHECKING:
    from ui.desk.context import Context


_NAMED = 4


class LayerStrip(QWidget):
    """Each layer says its version, or who is at it; the one being edited is tinted."""

    def __init__(self, context: "Context") -> None:
        super().__init__()
        self._kreis = context.desk.name
        self._cards = [Card(), Card(tone="tint"), Card()]
        self._titles = [Text("", "strong", wrap=True) for _ in self._cards]
        self._words = [Text("", "table", "text-2", wrap=True) for _ in self._cards]
        for card, title, words in zip(self._cards, self._titles, self._words, strict=True):
            card.body.addWidget(title)
            card.body.addWidget(words)
        for card in (self._cards[0], self._cards[2]):
            card.setVisible(not theme().stacked)  # large text: the editor is what the page is for
        columns = Columns([(card, 0) for card in self._cards], spacing=12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(columns)

    def show_layers(self, model: DraftModel) -> None:
        """Show where each layer stands."""
        last, draft = model.last, model.draft
        self._say(0, say("editor.shipped"), say("editor.shipped_words"))
        version = (last.version if last else 0) + 1
        title = say("editor.kreis_edits", kreis=self._kreis, version=version)
        published = (
            say("editor.published", version=last.version, day=last.valid_from)
            if last
            else say("editor.nothing_published")
        )
        words = say("editor.draft_of", who=draft.by) if draft.begun else published
        self._say(1, title if draft.begun else self._kreis, words)
        self._say(2, say("editor.desks"), _in_use(model))

    def _say(self, number: int, title: str, words: str) -> None:
        self._titles[number].setText(title)
        self._words[number].setText(words)


def _in_use(model: DraftModel) -> str:
    if model.last is None or not model.in_use:
        return say("editor.none_in_use")
    version, every = model.last.version, len(model.in_use)
    behind = [name for name, has in model.in_use if has < version]
    if not behind:
        return say("editor.in_use_everywhere", all=every, version=version)
    names = ", ".join(behind[:_NAMED]) + (" …" if len(behind) > _NAMED else "")
    return say("editor.in_use", newest=every - len(behind), all=every, version=version, names=names)
