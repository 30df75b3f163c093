"""A field on the screen: the editor with its label, or a list of typed records."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.forms.definition import Field, FieldType, Width
from ui.forms.editors import Editor, make_editor
from ui.forms.editors.boolean import CheckEditor
from ui.forms.editors.choice import ComboEditor
from ui.forms.marks import FieldMark, Marks
from ui.forms.proposal import ProposalLine
from ui.forms.records import RecordsField
from ui.forms.session import FormSession
from ui.forms.sources import Sources
from ui.kit.base import spaced
from ui.kit.field import FieldBox
from ui.kit.text import Text
from ui.theme import theme


class Box(Protocol):
    """One field as its panel uses it."""

    @property
    def widget(self) -> QWidget:
        """Return what stands in the grid."""

    def connect(self, key: str, edited: Callable[[Any], None], left: Callable[[], None]) -> None:
        """Name the inputs and report edits."""

    def renew(self, sources: Sources, entry: Mapping[str, Any]) -> None:
        """Show the answer and choices of the moment."""

    def show_problem(self, message: str | None) -> None:
        """Show or clear a message below the field."""

    def show_mark(self, marks: Marks, field: str) -> None:
        """Show at the field that it had other values, or is disputed."""


def make_box(field: Field, session: FormSession, entry: Mapping[str, Any]) -> Box:
    """Return the box for ``field``."""
    if field.type is FieldType.RECORDS:
        return _RecordsBox(field, session)
    return _AnswerBox(field, session, entry)


class _AnswerBox:
    """A field with an answer."""

    def __init__(self, field: Field, session: FormSession, entry: Mapping[str, Any]) -> None:
        self._field = field
        options = session.sources.options(field, entry)
        self.editor = make_editor(session.model.definition, field, options, tick=session.ticks)
        self.widget = _boxed(field, self.editor)
        self.widget.setFocusProxy(self.editor)
        self._mark = FieldMark(self.widget, field.label, self.widget.add_action, self.widget.add_below)
        self._proposal = ProposalLine(field, session) if field.proposal else None
        if self._proposal and isinstance(self.widget, FieldBox):
            self.widget.add_below(self._proposal)

    def connect(self, key: str, edited: Callable[[Any], None], left: Callable[[], None]) -> None:
        """Name the inputs and report edits."""
        self.editor.name(key, self._field.label)
        self.editor.changed.connect(lambda: edited(self.editor.value()))
        self.editor.left.connect(left)
        if self._proposal:
            self._proposal.name(key)
            self._proposal.taken.connect(edited)

    def renew(self, sources: Sources, entry: Mapping[str, Any]) -> None:
        """Show the answer; a choice that depends on another follows it."""
        if self._field.choices_by and isinstance(self.editor, ComboEditor):
            self.editor.input.set_options(sources.options(self._field, entry))
        answer = entry.get(self._field.id)
        if answer != self.editor.value():
            self.editor.set_value(answer)
        if self._proposal:
            self._proposal.show_proposal(sources.proposal(self._field, entry), entry)

    def show_problem(self, message: str | None) -> None:
        """Show or clear a message below the field."""
        self.widget.set_error(message)
        self.editor.show_state(bool(message))

    def show_mark(self, marks: Marks, field: str) -> None:
        """Show at the field that it had other values, or is disputed."""
        self._mark.show(marks, field)


class _RecordsBox:
    """A field that shows typed records."""

    def __init__(self, field: Field, session: FormSession) -> None:
        self._field = field
        words = session.model.definition.codes("record_kind")
        self.widget = RecordsField(field, words.label(field.record))
        self.widget.wanted.connect(session.wanted)

    def connect(self, key: str, edited: Callable[[Any], None], left: Callable[[], None]) -> None:
        """Name the button; records are saved on their own."""
        self.widget.name(key)

    def renew(self, sources: Sources, entry: Mapping[str, Any]) -> None:
        """Show the records of the moment."""
        self.widget.show_cards(sources.cards(self._field.record))

    def show_problem(self, message: str | None) -> None:
        """Show or clear a message below the list."""
        self.widget.set_error(message)

    def show_mark(self, marks: Marks, field: str) -> None:
        """Show nothing: each record of the list has its own marks."""


def _boxed(field: Field, editor: Editor) -> "FieldBox | TickBox":
    if isinstance(editor, CheckEditor):
        return TickBox(editor, field.help, lower=field.width is not Width.FULL)
    return FieldBox(field.label, editor, field.help, field.required)


class TickBox(QWidget):
    """A tick box with help below; ``lower`` sets it level with the inputs beside it."""

    def __init__(self, editor: Editor, help: str, *, lower: bool) -> None:  # noqa: A002
        super().__init__()
        column = QVBoxLayout(self)
        spaced(column, 4)
        if lower and not theme().stacked:
            column.addSpacing(theme().px(20))
        column.addWidget(editor)
        if help:
            column.addWidget(Text(help, "meta", "text-2", wrap=True))
        self._error = Text("", "meta", "bad", wrap=True)
        self._error.hide()
        column.addWidget(self._error)
        column.addStretch(1)
        self._column = column

    def add_action(self, widget: QWidget) -> None:
        """Put ``widget`` below the box, where its name would stand."""
        self.add_below(widget)

    def add_below(self, widget: QWidget) -> None:
        """Put ``widget`` below the box and its help."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def set_error(self, text: str | None) -> None:
        """Show ``text`` as what is wrong; None takes it away."""
        self._error.setText(text or "")
        self._error.setVisible(bool(text))
