"""Translations that a record carries: read here, taken away here, written where the plan is translated."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from kimdesk.forms.codes import CodeList
from kimdesk.texts import dates, say
from kimdesk.texts.bidi import isolated
from ui.forms.editors.base import Editor
from ui.kit.base import clear, spaced
from ui.kit.icons import icon
from ui.kit.text import Text


class TranslationsEditor(Editor):
    """One line for each language: what it is called there, who translated it, and when."""

    def __init__(self, lists: Mapping[str, CodeList]) -> None:
        super().__init__()
        self._languages = lists["language"]
        self._entries: list[dict[str, Any]] = []
        self._removes: list[QToolButton] = []
        self._key, self._label = "", ""
        self._column = QVBoxLayout()
        spaced(self._column, 6)
        self.row.addLayout(self._column, 1)
        self._show()

    def value(self) -> Any:
        """Return the translations that are left, or None."""
        return list(self._entries) or None

    def set_value(self, value: Any) -> None:
        """Show ``value``."""
        self._entries = list(value or ())
        self._show()

    def name(self, key: str, label: str) -> None:
        """Name the buttons."""
        self._key, self._label = key, label
        for one, button in zip(self._entries, self._removes, strict=True):
            button.setObjectName(f"{key}_{one['language']}_remove")
            button.setAccessibleName(f"{label}: {self._said(one)}, {say('forms.remove')}")

    def inputs(self) -> list[QWidget]:
        """Return the buttons."""
        return list(self._removes)

    def _show(self) -> None:
        clear(self._column)
        self._removes = []
        if not self._entries:
            self._column.addWidget(Text(say("forms.no_translation"), "meta", "text-2", wrap=True))
        for one in self._entries:
            self._column.addLayout(self._line(one))
        self.name(self._key, self._label)

    def _line(self, one: dict[str, Any]) -> QHBoxLayout:
        line = QHBoxLayout()
        spaced(line, 8)
        remove = QToolButton()
        remove.setIcon(icon("x"))
        remove.setToolTip(say("forms.remove_translation"))
        remove.clicked.connect(partial(self._remove, one))
        self._removes.append(remove)
        words = QVBoxLayout()
        spaced(words, 0)
        words.addWidget(Text(isolated(one["text"]), "table", wrap=True))
        words.addWidget(Text(self._said(one), "meta", "text-2", wrap=True))
        line.addLayout(words, 1)
        line.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _said(self, one: Mapping[str, Any]) -> str:
        day = dates.of_iso(one["made_on"]) if one.get("made_on") else ""
        return " · ".join(filter(None, (self._languages.label(one["language"]), one.get("by", ""), day)))

    def _remove(self, one: dict[str, Any]) -> None:
        self._entries.remove(one)
        self._show()
        self.changed.emit()
