"""What is copied out of KIMdesk does not stay in the clipboard.

Everything the program copies is marked as secret for programs that keep a history of the clipboard, and
removed after half a minute, at locking and at the end, if it is still there. What other programs put there is
never touched. On macOS Qt offers no way to set the mark (org.nspasteboard.ConcealedType).
"""

import os
from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard

KEPT_S = 30
_OURS = "application/x-kimdesk-copied"
_NO = bytes(4)  # a DWORD of Windows
_SECRET = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': _NO,
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': _NO,
}
_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)

Owns = Callable[[QClipboard.Mode], bool]


class ClipboardGuard(QObject):
    """Watches ``clipboard``; ``owns`` says whether this program filled it (by default Qt is asked)."""

    def __init__(
        self, parent: QObject, clipboard: QClipboard, owns: Owns | None = None, kept_s: float = KEPT_S
    ) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._owns = owns or self._ask
        self._kept_ms = round(kept_s * 1000)
        self._marks: dict[QClipboard.Mode, bytes] = {}
        self._timers: dict[QClipboard.Mode, QTimer] = {mode: self._timer(mode) for mode in _MODES}
        clipboard.changed.connect(self._changed)

    def clear(self) -> None:
        """Remove now what this program copied, if it is still there."""
        for mode in _MODES:
            self._clear(mode)

    def _timer(self, mode: QClipboard.Mode) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(lambda: self._clear(mode))
        return timer

    def _changed(self, mode: QClipboard.Mode) -> None:
        if mode not in self._timers:
            return
        copied = self._contents(mode)
        if copied is None or not copied.formats() or copied.hasFormat(_OURS) or not self._owns(mode):
            return
        self._marks[mode] = os.urandom(16)
        self._clipboard.setMimeData(_marked(copied, self._marks[mode]), mode)
        self._timers[mode].start(self._kept_ms)

    def _clear(self, mode: QClipboard.Mode) -> None:
        self._timers[mode].stop()
        mark = self._marks.pop(mode, None)
        if mark is None:
            return
        now = self._contents(mode)
        if now is not None and now.hasFormat(_OURS) and now.data(_OURS).data() == mark:
            self._clipboard.clear(mode)

    def _contents(self, mode: QClipboard.Mode) -> QMimeData | None:
        return self._clipboard.mimeData(mode)

    def _ask(self, mode: QClipboard.Mode) -> bool:
        if mode == QClipboard.Mode.Selection:
            return self._clipboard.ownsSelection()
        return self._clipboard.ownsClipboard()


def _marked(copied: QMimeData, mark: bytes) -> QMimeData:
    """Return the same contents, marked as secret and as ours."""
    found = QMimeData()
    for name in copied.formats():
        found.setData(name, copied.data(name))
    for name, value in {**_SECRET, _OURS: mark}.items():
        found.setData(name, value)
    return found
