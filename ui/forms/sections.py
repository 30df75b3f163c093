"""Sections of a form as cards: answered once, as a list, or once for each code."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from kimdesk.forms.answers import answered
from kimdesk.forms.definition import Repeat, Section
from kimdesk.texts import say
from ui import focus
from ui.forms.panel import FieldsPanel
from ui.forms.session import FormSession
from ui.kit.base import clear, rule, spaced
from ui.kit.buttons import quiet, secondary
from ui.kit.card import Card
from ui.kit.text import Text


class SectionCard(Card):
    """A section answered once."""

    def __init__(self, session: FormSession, section: Section, only: frozenset[str] = frozenset()) -> None:
        super().__init__(section.title)
        self.setObjectName(f"section_{section.id}")
        if section.help:
            self.body.addWidget(Text(section.help, "table", "text-2", wrap=True))
        self.panel = FieldsPanel(session, section, section.id, only)
        self.body.addWidget(self.panel)
        if section.use and not any(map(answered, session.model.entry(section.id).answers.values())):
            self._wait_for_use(section)
        self._show_if_asked()
        session.restated.connect(self._show_if_asked)
        session.reshaped.connect(self._show_if_asked)

    def _show_if_asked(self) -> None:
        self.setVisible(not self.panel.isHidden())

    def _wait_for_use(self, section: Section) -> None:
        """Show but a button until somebody needs the section."""
        ask = quiet(section.use, "plus", "small")
        ask.setObjectName(f"use_{section.id}")
        holder = QWidget()
        self.body.removeWidget(self.panel)
        inside = QVBoxLayout(holder)
        spaced(inside, 0)
        inside.addWidget(self.panel)
        holder.hide()

        def begin() -> None:
            ask.hide()
            holder.show()
            focus.soon(self.panel.first())

        ask.clicked.connect(begin)
        self.body.addWidget(ask, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(holder)


class ListSection(Card):
    """A section answered as often as there is something: each entry with its own fields."""

    def __init__(self, session: FormSession, section: Section) -> None:
        super().__init__(section.title)
        self.setObjectName(f"section_{section.id}")
        self._session, self._section = session, section
        self._panels: list[FieldsPanel] = []
        if section.help:
            self.body.addWidget(Text(section.help, "table", "text-2", wrap=True))
        self._entries = QVBoxLayout()
        spaced(self._entries, 12)
        self.body.addLayout(self._entries)
        self.add = secondary(section.entry, "plus", "small")
        self.add.setObjectName(f"add_{section.id}")
        self.add.setAccessibleName(say("common.add_entry", entry=section.entry))
        self.add.clicked.connect(self._add)
        self.body.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        session.reshaped.connect(self._reshape)
        self._build()

    def _reshape(self, section_id: str) -> None:
        if section_id == self._section.id:
            self._build()

    def _add(self) -> None:
        self._session.add_entry(self._section.id)
        focus.soon(self._panels[-1].first() if self._panels else None)

    def _build(self) -> None:
        for panel in self._panels:
            panel.drop()
        clear(self._entries)
        paths = [entry.path for entry in self._session.model.entries(self._section.id)]
        self._panels = [FieldsPanel(self._session, self._section, path) for path in paths]
        for number, panel in enumerate(self._panels, 1):
            self._entries.addWidget(rule())
            self._entries.addLayout(self._entry_head(number, panel.path))
            self._entries.addWidget(panel)
        self.set_count(str(len(paths)) if paths else "")
        self.add.setEnabled(len(paths) < self._section.max)
        self._show_if_asked()

    def _entry_head(self, number: int, path: str) -> QLayout:
        head = QHBoxLayout()
        spaced(head, 8)
        name = f"{self._section.entry} {number}"
        remove = quiet(say("common.remove"), "trash", "small")
        remove.setObjectName(f"remove_{path.replace('.', '_')}")
        remove.setAccessibleName(say("forms.remove_entry", entry=name))
        remove.clicked.connect(lambda: self._session.remove_entry(path))
        head.addWidget(Text(name, "table_strong"))
        head.addStretch(1)
        if self._section.id in self._session.ordered:
            for step, icon, word in ((-1, "arrow-up", "forms.move_up"), (1, "arrow-down", "forms.move_down")):
                head.addWidget(self._mover(path, step, icon, say(word, entry=name)))
        head.addWidget(remove)
        return head

    def _mover(self, path: str, step: int, icon: str, words: str) -> QWidget:
        button = quiet("", icon, "small")
        button.setObjectName(f"{icon.replace('arrow-', 'move_')}_{path.replace('.', '_')}")
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.clicked.connect(lambda: self._session.move_entry(path, step))
        return button

    def _show_if_asked(self) -> None:
        condition = self._section.visible_when
        asked = condition is None or any(not panel.isHidden() for panel in self._panels)
        self.setVisible(asked)


class EachSection(Card):
    """A short section asked for each code of a list, one block below the other."""

    def __init__(self, session: FormSession, section: Section) -> None:
        super().__init__(section.title)
        self.setObjectName(f"section_{section.id}")
        self._session, self._section = session, section
        self._blocks: list[FieldsPanel] = []
        if section.help:
            self.body.addWidget(Text(section.help, "table", "text-2", wrap=True))
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        spaced(self._column, 12)
        self.body.addWidget(self._holder)
        session.restated.connect(self._show_if_asked)
        session.reshaped.connect(self._show_if_asked)
        self._show_if_asked()

    def _show_if_asked(self) -> None:
        entries = self._session.model.entries(self._section.id)
        asked = any(entry.shown for entry in entries)
        if asked and not self._blocks:
            self._build([entry.path for entry in entries])
        self.setVisible(asked)

    def _build(self, paths: list[str]) -> None:
        codes = self._session.model.definition.codes(self._section.over)
        for path in paths:
            self._column.addWidget(rule())
            self._column.addWidget(Text(codes.label(path.partition(".")[2]), "table_strong"))
            panel = FieldsPanel(self._session, self._section, path)
            self._blocks.append(panel)
            self._column.addWidget(panel)


def section_card(session: FormSession, section: Section) -> Card:
    """Return the card for ``section``."""
    if section.repeat is Repeat.LIST:
        return ListSection(session, section)
    if section.repeat is Repeat.EACH:
        return EachSection(session, section)
    return SectionCard(session, section)
