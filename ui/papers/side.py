"""Beside a paper: its language, what can be done with it, what became of it so far."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.texts import say
from ui.forms.editors.combo import CodeCombo
from ui.forms.sources import Option
from ui.kit.announce import announce
from ui.kit.base import clear, spaced
from ui.kit.buttons import Button, secondary
from ui.kit.card import Card
from ui.kit.field import FieldBox
from ui.kit.text import Text
from ui.papers.shown import ShownPaper, issue_words, language_words
from ui.theme import theme

_WIDTH = 264
_MOST = 5
_ONE = 2  # one to choose and the empty one


class PaperSide(QWidget):
    """Shows what is known of a paper. ``chosen`` carries a language, ``worded`` the code of a template,
    the others say which button was used."""

    chosen = Signal(str)
    worded = Signal(str)
    save = Signal()
    hand_out = Signal()
    keep = Signal()

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self._catalogue = catalogue
        if not theme().stacked:
            self.setFixedWidth(theme().px(_WIDTH))
        self._language = CodeCombo(())
        self._language.setObjectName("paper_language")
        self._language.picked.connect(lambda: self.chosen.emit(self._language.code() or ""))
        self._choice = FieldBox(say("papers.language"), self._language)
        self._template = CodeCombo(())
        self._template.setObjectName("paper_template")
        self._template.picked.connect(lambda: self.worded.emit(self._template.code() or ""))
        self._wording = FieldBox(say("common.template"), self._template)
        self._says = Text("", "table", "text-2", wrap=True)
        self._says.setObjectName("paper_says")
        self._buttons = (
            self._button("paper_save", "download-simple", say("papers.save"), self.save.emit),
            self._button("paper_hand_out", "handshake", say("papers.hand_out"), self.hand_out.emit),
            self._button("paper_keep", "tray", say("papers.keep"), self.keep.emit),
        )
        self._history = Card(say("papers.so_far"), tone="sunken")
        self._history.setObjectName("paper_history")
        column = QVBoxLayout(self)
        spaced(column, 10)
        for widget in (self._wording, self._choice, self._says, *self._buttons, self._history):
            column.addWidget(widget)
        column.addStretch(1)
        self.show_paper(None)

    def show_paper(self, shown: ShownPaper | None, busy: str = "") -> None:
        """Show what is known of a paper and offer what can be done with it; while ``busy`` nothing."""
        for button in self._buttons:
            button.setEnabled(shown is not None and not busy)
        told = [busy] if busy else _facts(shown) if shown else []
        self._says.setText("\n".join(told))
        self._says.setVisible(bool(told))
        if busy:
            announce(self, busy)
        self._show_templates(shown)
        self._show_languages(shown)
        self._show_history(shown)

    def _show_templates(self, shown: ShownPaper | None) -> None:
        """Offer the templates of a free letter; while another one is made, the choice stays."""
        if shown:
            self._template.set_options(tuple(Option(one.code, one.title) for one in shown.templates))
            self._template.set_code(shown.made.template)
        self._wording.setVisible(self._template.count() > _ONE)

    def _show_languages(self, shown: ShownPaper | None) -> None:
        """Offer what there is; while another one is made, the choice stays."""
        if shown:
            words = (Option(tag, language_words(self._catalogue, tag)) for tag in shown.languages)
            self._language.set_options(tuple(words))
            self._language.set_code(shown.language)
        self._choice.setVisible(self._language.count() > _ONE)

    def _show_history(self, shown: ShownPaper | None) -> None:
        before = shown.before[:_MOST] if shown else ()
        clear(self._history.body)
        for one in before:
            self._history.body.addWidget(
                Text(issue_words(self._catalogue, one), "table", "text-2", wrap=True)
            )
        self._history.setVisible(bool(before))

    def _button(self, name: str, icon: str, words: str, press: Callable[[], object]) -> Button:
        button = secondary(words, icon)
        button.setObjectName(name)
        button.clicked.connect(lambda _: press())
        return button


def _facts(shown: ShownPaper) -> list[str]:
    version = shown.made.version
    told = [say("papers.text_version", version=version)] if version else []
    told.append(say("papers.names_client" if shown.made.names_client else "papers.names_nobody"))
    return [*told, shown.made.beside] if shown.made.beside else told
