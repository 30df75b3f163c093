"""Upkeep of the open desk in the background: step by step, so that other work comes in between."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from kimdesk.texts.refusals import Explanation
from ui.program.work import Work

if TYPE_CHECKING:
    from kimdesk.casework.desk import Desk
    from kimdesk.vault import Steps

BACKUP, DRILL, RENEWAL = "backup", "drill", "renewal"
_PAUSE_MS = 3000  # the first pages come first


class Upkeep(QObject):
    """After unlocking works out again what an update changed, makes today's backup, tries one every month.

    ``running`` is what is done now, "" for nothing, ``problem`` why the last work failed. Locking ends it
    between two steps, and nothing half-written stays.
    """

    progressed = Signal(float)  # 0 to 1
    changed = Signal()  # something began, ended or failed
    restore_wanted = Signal(str)  # path of a backup

    def __init__(self, desk: "Desk", work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._work = work
        self._steps: Steps[Any] | None = None
        self._done: Callable[[Any], object] | None = None
        self._over = False
        self.running = ""
        self.problem: Explanation | None = None

    def start(self, pause_ms: int = _PAUSE_MS) -> None:
        """Do, in a moment, what is due today; an absent stick is no reason to disturb anybody."""
        QTimer.singleShot(pause_ms, self, self._begin)

    def back_up(self, folder: Path, done: Callable[[Any], object] | None = None) -> None:
        """Write a verified backup to ``folder``; ``done`` gets it. Nothing happens while something runs."""
        desk = self._desk

        def steps() -> "Steps[Any]":
            from kimdesk.casework import upkeep

            return upkeep.backup_steps(desk, folder)

        self._run(BACKUP, steps, done)

    def try_out(self, source: Path, done: Callable[[Any], object] | None = None) -> None:
        """Prove that the backup ``source`` can be restored; ``done`` gets what came of it."""
        desk = self._desk

        def steps() -> "Steps[Any]":
            from kimdesk.casework import upkeep

            return upkeep.drill_steps(desk, source)

        self._run(DRILL, steps, done)

    def stop(self) -> None:
        """End what runs, for good: the desk is about to be closed. What it had begun to write goes."""
        self._over = True
        steps, self._steps, self.running = self._steps, None, ""
        if steps is not None:
            self._work.write(self, steps.close)

    def _begin(self) -> None:
        if self._over:
            return
        desk = self._desk

        def outdated() -> int:
            from kimdesk.casework import derived

            return derived.outdated(desk)

        self._work.read(self, outdated, self._renew_due, self._failed)

    def _renew_due(self, outdated: int) -> None:
        desk = self._desk

        def steps() -> "Steps[Any]":
            from kimdesk.casework import derived

            return derived.renew_steps(desk)

        if outdated:
            self._run(RENEWAL, steps, lambda _: self._look_for_backup())
        else:
            self._look_for_backup()

    def _look_for_backup(self) -> None:
        desk = self._desk

        def due() -> Path | None:
            from kimdesk.casework import backups

            return backups.backup_due(desk)

        self._work.read(self, due, self._back_up_due, self._failed)

    def _back_up_due(self, folder: Path | None) -> None:
        if folder is None:
            self._look_for_drill()
        else:
            self.back_up(folder, lambda _: self._look_for_drill())

    def _look_for_drill(self) -> None:
        desk = self._desk

        def due() -> Path | None:
            from kimdesk.casework import backups

            return backups.drill_due(desk)

        self._work.read(self, due, self._try_out_due, self._failed)

    def _try_out_due(self, source: Path | None) -> None:
        if source is not None:
            self.try_out(source)

    def _run(
        self, kind: str, steps: "Callable[[], Steps[Any]]", done: Callable[[Any], object] | None
    ) -> None:
        if self.running or self._over:
            return
        self.running, self.problem, self._done = kind, None, done
        self._steps = steps()
        self.changed.emit()
        self._step()

    def _step(self) -> None:
        steps = self._steps
        if steps is not None:
            self._work.write(self, lambda: _next(steps), self._stepped, self._failed)

    def _stepped(self, step: tuple[float | None, Any]) -> None:
        if self._steps is None:
            return
        far, result = step
        if far is not None:
            self.progressed.emit(far)
            self._step()
            return
        done = self._end()
        self.changed.emit()
        if done is not None:
            done(result)

    def _failed(self, told: Explanation) -> None:
        ended = self.running
        self._end()
        self.problem = told
        self.changed.emit()
        if ended == RENEWAL:  # a backup is all the more worth having
            self._look_for_backup()

    def _end(self) -> Callable[[Any], object] | None:
        done, self._done = self._done, None
        self._steps, self.running = None, ""
        return done


def _next(steps: "Steps[Any]") -> tuple[float | None, Any]:
    """Do one step; return how far it is, or the result once it is done."""
    try:
        return next(steps), None
    except StopIteration as end:
        return None, end.value
