"""The fields of one entry: built when they are first asked, hidden when they no longer are."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.forms.definition import Field, FieldType, Section
from ui import focus
from ui.forms.boxes import Box, make_box
from ui.forms.grid import FieldGrid
from ui.forms.marks import mark_key
from ui.forms.session import FormSession


class FieldsPanel(QWidget):
    """Shows the entry at ``path`` of ``section``; ``only`` narrows it to some fields."""

    def __init__(
        self, session: FormSession, section: Section, path: str, only: frozenset[str] = frozenset()
    ) -> None:
        super().__init__()
        self.path = path
        self._session = session
        self._asked = tuple(field for field in section.fields if not only or field.id in only)
        self._boxes: dict[str, Box] = {}
        self._grid = FieldGrid()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._grid)
        session.join(self)
        self.refresh()

    def drop(self) -> None:
        """Leave the form; the widget dies with whatever holds it."""
        self._session.leave(self)

    def refresh(self) -> None:
        """Show the fields that are asked now, with their answers and choices."""
        entry = self._session.model.entry(self.path)
        fields = [field for field in self._asked if field.id in entry.shown and self._can_be_asked(field)]
        for field in fields:
            if field.id not in self._boxes:
                self._boxes[field.id] = self._build(field)
            self._boxes[field.id].renew(self._session.sources, entry.answers)
        self._grid.arrange([(self._boxes[field.id].widget, field.width) for field in fields])
        self.setVisible(bool(fields))

    def show_marks(self) -> None:
        """Show which fields had other values or are disputed."""
        for field_id, box in self._boxes.items():
            self._show_mark(field_id, box)

    def show_problem(self, field_id: str, message: str | None) -> None:
        """Show or clear what is wrong with ``field_id``."""
        if box := self._boxes.get(field_id):
            box.show_problem(message)

    def focus(self, field_id: str) -> bool:
        """Put the keyboard into ``field_id``; return whether it is shown here."""
        box = self._boxes.get(field_id)
        if box is None or box.widget.isHidden():
            return False
        focus.soon(box.widget)
        return True

    def box_of(self, field_id: str) -> QWidget | None:
        """Return what shows ``field_id``, None while it was never asked."""
        box = self._boxes.get(field_id)
        return box.widget if box else None

    def first(self) -> QWidget | None:
        """Return the first field on the screen, or None."""
        return next((box.widget for box in self._boxes.values() if not box.widget.isHidden()), None)

    def _can_be_asked(self, field: Field) -> bool:
        if field.id in self._session.concealed:
            return False
        if field.type is not FieldType.LINKS:
            return True
        entry = self._session.model.entry(self.path).answers
        return bool(self._session.sources.options(field, entry))

    def _build(self, field: Field) -> Box:
        entry = self._session.model.entry(self.path)
        box = make_box(field, self._session, entry.answers)
        key = f"field_{self.path}_{field.id}".replace(".", "_")
        box.connect(key, lambda value: self._session.edit(self.path, field.id, value),
                    lambda: self._session.leave_field(self.path, field.id))  # fmt: skip
        self._show_mark(field.id, box)
        return box

    def _show_mark(self, field_id: str, box: Box) -> None:
        if marks := self._session.marks:
            box.show_mark(marks, mark_key(self._session.model.definition, self.path, field_id))
