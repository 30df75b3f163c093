"""Drafts: what is typed is kept within a second, across locking and power cuts."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from ui.desk.context import Context

PAUSE_MS = 800

Body = dict[str, Any]


class DraftKeeper(QObject):
    """Keeps what ``body`` returns under ``key``, shortly after each ``touch``; ``kept`` says when."""

    kept = Signal(datetime)

    def __init__(self, context: Context, key: str, body: Callable[[], Body], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._key, self._body = context, key, body
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.flush)
        self._dirty = False

    def touch(self) -> None:
        """Note that something changed; it is kept when the typing pauses."""
        self._dirty = True
        self._timer.start()

    def flush(self) -> None:
        """Keep what changed now."""
        self._timer.stop()
        if not self._dirty:
            return
        self._dirty = False
        desk, key, body = self._context.desk, self._key, self._body()

        def save() -> datetime:
            from kimdesk.casework.drafts import save_draft

            save_draft(desk, key, body)
            return datetime.now().astimezone()

        self._context.work.write(self, save, self._tell)

    def settle(self) -> None:
        """Forget what is not yet kept: it is being saved otherwise."""
        self._timer.stop()
        self._dirty = False

    def load(self, then: Callable[[Body | None], None]) -> None:
        """Hand the draft, if there is one, to ``then``."""
        desk, key = self._context.desk, self._key

        def read() -> Body | None:
            from kimdesk.casework.drafts import load_draft

            return load_draft(desk, key)

        self._context.work.read(self, read, then)

    def discard(self) -> None:
        """Forget the draft: it was saved, or given up."""
        self.settle()
        desk, key = self._context.desk, self._key

        def drop() -> None:
            from kimdesk.casework.drafts import discard_draft

            discard_draft(desk, key)

        self._context.work.write(self, drop)

    def _tell(self, at: datetime) -> None:
        self.kept.emit(at)
