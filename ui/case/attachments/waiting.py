"""Looking into a file that takes a while: a line says so, and a button ends it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer

from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.kit.buttons import secondary
from ui.kit.state import Notice
from ui.program.work import Owner, Work

if TYPE_CHECKING:
    from kimdesk.cage import Stop

T = TypeVar("T")

_SOON_MS = 400
_STOPPED = "E764"


class Looking:
    """Looks into one file after the other; ``notice`` says so where one takes longer than a moment."""

    def __init__(self, parent: QObject, notice: Notice, stopped: Callable[[], object]) -> None:
        self._notice, self._stopped, self._name = notice, stopped, ""
        self._look: Stop | None = None
        self._soon = QTimer(parent)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._show)
        self._button = secondary(say("common.cancel"), size="small")
        self._button.setObjectName("stop_looking")
        self._button.clicked.connect(self._end)
        self._button.hide()
        notice.add_action(self._button)

    def look(
        self, work: Work, owner: Owner, name: str, fn: Callable[[], T], done: Callable[[T], object],
        failed: Callable[[Explanation], object],
    ) -> None:  # fmt: skip
        """Do as ``work.look``; what the user ends has not failed, ``stopped`` is told."""

        def found(result: T) -> None:
            self._hide()
            done(result)

        def refused(explanation: Explanation) -> None:
            self._hide()
            if explanation.code == _STOPPED:
                self._stopped()
            else:
                failed(explanation)

        self._name = name
        self._soon.start()
        self._look = work.look(owner, fn, found, refused)

    def _show(self) -> None:
        self._notice.set("info", say("scans.looked_at", name=self._name))
        self._button.show()
        self._notice.show()

    def _hide(self) -> None:
        self._soon.stop()
        if self._button.isVisibleTo(self._notice):
            self._button.hide()
            self._notice.hide()

    def _end(self) -> None:
        if self._look is not None:
            self._look.stop()
