"""A field: its name above, the editor, help or the error below."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui.kit.announce import announce
from ui.kit.base import restyle, spaced
from ui.kit.sign import Sign
from ui.kit.text import Text


class FieldBox(QWidget):
    """An ``editor`` with its ``label``, a ``help`` sentence and room for an error."""

    def __init__(self, label: str, editor: QWidget, help: str = "", required: bool = False) -> None:  # noqa: A002
        super().__init__()
        self.editor = editor
        column = QVBoxLayout(self)
        spaced(column, 4)
        self.head = QHBoxLayout()
        spaced(self.head, 6)
        self._label = Text(label, "label")
        self._label.setBuddy(editor)
        self.head.addWidget(self._label)
        if required:
            self.head.addWidget(Text(say("kit.required"), "meta", "text-3"))
        self.head.addStretch(1)
        column.addLayout(self.head)
        column.addWidget(editor)
        self._help = help
        if help:
            column.addWidget(Text(help, "meta", "text-2", wrap=True))
        self._column = column
        self._error: _ErrorLine | None = None
        self._required = say("kit.required") if required else ""
        if not editor.accessibleName():
            editor.setAccessibleName(label)
        self._describe("")

    def set_error(self, text: str | None) -> None:
        """Show ``text`` as what is wrong with the field; None takes it away."""
        if self._error is None and text:
            self._error = _ErrorLine()
            self._column.addWidget(self._error)
        if self._error is not None:
            self._error.show_text(text or "")
        self._describe(text or "")
        restyle(self.editor, state="bad" if text else "")

    def _describe(self, error: str) -> None:
        """Tell screen readers what stands around the editor: needed, invalid and why, what helps."""
        invalid = say("kit.invalid", why=error) if error else ""
        self.editor.setAccessibleDescription(" ".join(filter(None, (self._required, invalid, self._help))))
        if error:
            announce(self, f"{self._label.text()}: {error}")

    def error(self) -> str:
        """Return the error shown, or an empty string."""
        return "" if self._error is None or self._error.isHidden() else self._error.text.text()

    def add_below(self, widget: QWidget) -> None:
        """Put ``widget`` below the editor and its help."""
        self._column.addWidget(widget)

    def add_action(self, widget: QWidget) -> None:
        """Put ``widget`` at the right of the label."""
        self.head.addWidget(widget)


class _ErrorLine(QWidget):
    """An icon and a sentence."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        spaced(row, 6)
        self.text = Text("", "meta", "bad", wrap=True)
        row.addWidget(Sign("overdue", size=14))
        row.addWidget(self.text, 1)
        self.hide()

    def show_text(self, text: str) -> None:
        """Show ``text``; empty hides the line."""
        self.text.setText(text)
        self.setVisible(bool(text))
