"""Which cases are marked: kept by identity, so that marks outlive scrolling, sorting and reading again."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal


class CaseMarks(QObject):
    """Marked cases; ``changed`` after each change.

    A stretch runs from the row where it was begun; while it is drawn further, what was marked before stays.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.ids: frozenset[str] = frozenset()
        self._before: frozenset[str] = frozenset()
        self.begun: int | None = None

    def toggle(self, case_id: str, row: int) -> None:
        """Mark a case or no longer; a stretch drawn next begins at its row."""
        self._set(self.ids ^ {case_id})
        self.begun, self._before = row, self.ids

    def begin(self, row: int) -> None:
        """Begin a stretch at ``row`` unless one is being drawn."""
        if self.begun is None:
            self.begun, self._before = row, self.ids

    def stretch(self, case_ids: Iterable[str]) -> None:
        """Let the stretch that was begun have these cases."""
        self._set(self._before | frozenset(case_ids))

    def end(self) -> None:
        """Draw no further."""
        self.begun = None

    def replace(self, case_ids: Iterable[str]) -> None:
        """Mark these cases and no others."""
        self.end()
        self._set(frozenset(case_ids))

    def _set(self, ids: frozenset[str]) -> None:
        if ids != self.ids:
            self.ids = ids
            self.changed.emit()
