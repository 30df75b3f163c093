"""What stands at a field besides its answer: that it had other values before, and that it is disputed."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kimdesk.forms.answers import entries
from kimdesk.forms.definition import FormDefinition
from kimdesk.texts import say
from ui.desk.context import Context
from ui.forms.model import FormModel
from ui.kit.badge import Badge
from ui.kit.base import spaced
from ui.kit.buttons import Button, quiet
from ui.program import keys
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.casework.history import FieldChange
    from kimdesk.domain.records import Dispute

Place = Callable[[QWidget], None]


class Marks(QObject):
    """The earlier values and disputes of one record, read in the background.

    ``changed`` when they were read; ``wanted`` (field) when somebody asks to see those of a field.
    """

    changed = Signal()
    wanted = Signal(str)

    def __init__(
        self, context: Context, kind: str, record_id: str, case_id: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.kind, self.record_id, self.case_id = kind, record_id, case_id
        self.changes: tuple[FieldChange, ...] = ()
        self.disputes: tuple[Dispute, ...] = ()

    def load(self) -> None:
        """Read them again."""
        desk, kind, record_id = self._context.desk, self.kind, self.record_id

        def read() -> "tuple[tuple[FieldChange, ...], tuple[Dispute, ...]]":
            from kimdesk.casework import disputes, history

            return history.of_record(desk, kind, record_id), disputes.of_record(desk, record_id)

        self._context.work.read(self, read, self._got)

    def earlier(self, field: str) -> "tuple[FieldChange, ...]":
        """Return the changes of a field, the newest first; of all fields for ""."""
        return tuple(one for one in self.changes if field in ("", one.field))

    def disputed(self, field: str) -> "tuple[Dispute, ...]":
        """Return the standing disputes about a field; about all fields for ""."""
        return tuple(one for one in self.disputes if field in ("", one.field_name))

    def _got(self, found: "tuple[tuple[FieldChange, ...], tuple[Dispute, ...]]") -> None:
        if found != (self.changes, self.disputes):
            self.changes, self.disputes = found
            self.changed.emit()


class FieldMark:
    """At a field: a clock beside its name where there are earlier values, „bestritten“ below if disputed.

    The clock is not in the way of the Tab key; Ctrl+H in the field does the same. Both are made when first
    needed; ``above`` and ``below`` put them into their places.
    """

    def __init__(self, field: QWidget, label: str, above: Place, below: Place) -> None:
        self._field, self._label, self._above, self._below = field, label, above, below
        self._clock: Button | None = None
        self._disputed: QWidget | None = None
        self._marks: Marks | None = None
        self._key = ""

    def show(self, marks: Marks, key: str) -> None:
        """Show what is known of the field that history and disputes call ``key``."""
        self._marks, self._key = marks, key
        disputed = bool(marks.disputed(key))
        known = disputed or bool(marks.earlier(key))
        if known and self._clock is None:
            self._clock = self._make_clock()
        if disputed and self._disputed is None:
            self._disputed = _disputed_line(key)
            self._below(self._disputed)
        if self._clock is not None:
            self._clock.setVisible(known)
        if self._disputed is not None:
            self._disputed.setVisible(disputed)

    def _make_clock(self) -> Button:
        clock = quiet("", "clock-counter-clockwise", "small")
        clock.setObjectName(f"earlier_{self._key}".replace(".", "_"))
        clock.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        clock.setAccessibleName(say("forms.field_earlier_values", field=self._label))
        clock.setToolTip(say("forms.earlier_values_ctrl_h"))
        clock.setStyleSheet("padding: 0; min-height: 0; border-width: 0;")
        clock.setFixedSize(theme().px(24), theme().line("meta"))
        clock.clicked.connect(self._ask)
        keys.bind(self._field, "earlier", self._ask, where=keys.WITHIN)
        self._above(clock)
        return clock

    def _ask(self) -> None:
        if self._marks is not None:
            self._marks.wanted.emit(self._key)


def _disputed_line(key: str) -> QWidget:
    line = QWidget()
    line.setObjectName(f"disputed_{key}".replace(".", "_"))
    row = QHBoxLayout(line)
    spaced(row, 0)
    row.addWidget(Badge(say("common.disputed"), "warn", "scales"))
    row.addStretch(1)
    return line


def mark_key(definition: FormDefinition, path: str, field_id: str) -> str:
    """Return what history and disputes call a field: an attribute of a record, or the path of an answer."""
    return field_id if definition.record else f"{path}.{field_id}"


def answered_fields(model: FormModel) -> Iterator[tuple[str, str]]:
    """Yield key and label of every field that is answered."""
    from kimdesk.casework.history import answer_label

    for entry in entries(model.definition, model.answers):
        for field in entry.section.fields:
            if field.id in entry.given:
                yield mark_key(model.definition, entry.path, field.id), answer_label(entry, field)
