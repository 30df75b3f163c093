"""An editor for languages: which, how well, and whether an interpreter is needed."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QToolButton, QWidget

from kimdesk.forms.codes import CodeList
from kimdesk.texts import say
from ui.forms.editors.combo import CodeCombo, answer_of, show_answer
from ui.forms.editors.lines import EntryLine, LinesEditor
from ui.forms.sources import code_options
from ui.kit.base import spaced
from ui.kit.icons import icon


class _LanguageRow(EntryLine):
    """One language."""

    def __init__(self, lists: Mapping[str, CodeList]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        spaced(row, 8)
        self.language = CodeCombo(code_options(lists["language"]), say("common.language"))
        self.first = self.language
        self.level = CodeCombo(code_options(lists["language_level"]), say("forms.level"))
        self.interpreter = QCheckBox(say("common.interpreter"))
        self.remove = QToolButton()
        self.remove.setIcon(icon("x"))
        self.remove.setToolTip(say("forms.remove_language"))
        row.addWidget(self.language, 4)
        row.addWidget(self.level, 4)
        row.addWidget(self.interpreter)
        row.addWidget(self.remove)
        self.language.picked.connect(self.edited)
        self.level.picked.connect(self.edited)
        self.interpreter.clicked.connect(lambda _: self.edited.emit())
        self.remove.clicked.connect(lambda _: self.removed.emit())

    def value(self) -> dict[str, Any] | None:
        """Return the language as it is stored, or None before one is chosen."""
        language = answer_of(self.language)
        if language is None:
            return None
        return {
            "language": language,
            "level": self.level.code() or "",
            "interpreter": self.interpreter.isChecked(),
        }

    def show_value(self, value: dict[str, Any]) -> None:
        """Show a stored language."""
        show_answer(self.language, value.get("language"))
        self.level.set_code(value.get("level") or None)
        self.interpreter.setChecked(bool(value.get("interpreter")))

    def widgets(self) -> tuple[QWidget, ...]:
        """Return the inputs in their order."""
        return (self.language, self.level, self.interpreter, self.remove)

    def parts(self) -> tuple[tuple[str, str], ...]:
        """Return key and word of each input."""
        return (
            ("language", say("forms.language")),
            ("level", say("forms.level_word")),
            ("interpreter", say("forms.interpreter_needed")),
            ("remove", say("forms.remove")),
        )


class LanguagesEditor(LinesEditor):
    """Languages below one another, the best one first."""

    def __init__(self, lists: Mapping[str, CodeList]) -> None:
        super().__init__(lambda: _LanguageRow(lists), "field_languages", say("common.language"))
