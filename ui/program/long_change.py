"""Many short steps that change the vault, one job each: what others save and read goes on in between."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from ui.program.work import Owner, Work

if TYPE_CHECKING:
    from kimdesk.casework.person_lists import Steps
    from kimdesk.domain.errors import KimdeskError
    from kimdesk.texts.refusals import Explanation


class Watcher(Owner, Protocol):
    """Who is told how far it is."""

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""


class LongChange:
    """Steps that are all taken, whoever has gone meanwhile.

    ``stopped`` is thrown into them before the next one: then they take back what they did.
    """

    def __init__(self, work: Work, watcher: Watcher, steps: "Steps[Any]") -> None:
        self.stopped: KimdeskError | None = None
        self._work, self._watcher, self._steps = work, watcher, steps

    def run(self, done: Callable[[Any], object], failed: "Callable[[Explanation], object]") -> None:
        """Take the next step and all others, then tell what they came to while the watcher lives."""

        def further(found: tuple[tuple[int, int] | None, Any]) -> None:
            far, result = found
            if far is None:
                self._tell(lambda: done(result))
            else:
                self._tell(lambda: self._watcher.show_progress(*far))
                self.run(done, failed)

        self._work.write(self._work, self._next, further, lambda told: self._tell(lambda: failed(told)))

    def _tell(self, what: Callable[[], object]) -> None:
        self._work.read(self._watcher, lambda: None, lambda _: what())

    def _next(self) -> tuple[tuple[int, int] | None, Any]:
        if self.stopped is None:
            return taken(self._steps)
        reason, self.stopped = self.stopped, None
        return self._steps.throw(reason), None


def taken(steps: "Steps[Any]") -> tuple[tuple[int, int] | None, Any]:
    """Take the next step; return how far it is, or None and what all came to."""
    try:
        return next(steps), None
    except StopIteration as end:
        return None, end.value
