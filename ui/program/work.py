"""Work in the background: three verbs, two threads, results on the GUI thread.

``read`` is dropped when whoever asked is gone; ``write`` always runs. Both run in the order given, one at
a time. ``look`` is for files from outside and runs beside them: saving never waits for a stranger's file. A
result never reaches a widget that no longer exists, and whatever a job raises ends that job alone.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from kimdesk.texts import say

if TYPE_CHECKING:
    from kimdesk.cage import Stop
    from kimdesk.texts.refusals import Explanation

T = TypeVar("T")
_VAULT, _OUTSIDE = "vault", "outside"

Failed = Callable[["Explanation"], object] | None


class Owner(Protocol):
    """Whoever waits for a result: a Qt object. The views of presenters are owners; presenters know no Qt."""

    def deleteLater(self) -> None:
        """Be gone soon; results are dropped from then on."""


class _Job:
    """One call and whom to tell."""

    __slots__ = ("call", "done", "failed", "must_run", "owner")

    def __init__(self, owner: Owner, call: Callable[[], Any], done: Callable[[Any], object] | None,
                 failed: Failed, must_run: bool) -> None:  # fmt: skip
        if not isinstance(owner, QObject):
            raise TypeError("the owner of a job is a Qt object")
        self.owner = owner
        self.call = call
        self.done = done
        self.failed = failed
        self.must_run = must_run

    def wanted(self) -> bool:
        """Return whether whoever waits for the result still lives."""
        return isValid(self.owner)

    def run(self) -> "tuple[Any, Explanation | None]":
        """Do the work, unless nobody wants it any more; return the result and why it failed."""
        if not self.must_run and not self.wanted():
            return None, None
        try:
            return self.call(), None
        except BaseException as error:
            return None, _told(error)


class _Post(QObject):
    """Carries results from the thread to the windows: number of the job, result, why it failed."""

    arrived = Signal(int, object, object)


_posts: list[_Post] = []  # they outlive their threads: emitting on a dying object would crash


class _Lane:
    """A thread of its own and what it has to do, in order."""

    def __init__(self, name: str, tell: "Callable[[int, object, Explanation | None], None]") -> None:
        from queue import SimpleQueue
        from threading import Thread

        jobs: SimpleQueue[tuple[int, _Job] | None] = SimpleQueue()

        def loop() -> None:
            while (entry := jobs.get()) is not None:
                number, job = entry
                result, problem = job.run()
                del entry, job  # widgets it knows must not die on this thread
                tell(number, result, problem)

        self.put = jobs.put
        self._thread = Thread(target=loop, daemon=True, name=name)
        self._thread.start()

    def finish(self, seconds: float) -> None:
        """Do what is queued, then end; wait for it at most ``seconds``."""
        self.put(None)
        self._thread.join(seconds)


class Work(QObject):
    """The background of the program: a thread for the vault, and one for files from outside."""

    unexplained = Signal(object)  # Explanation: something failed and nobody had asked to be told

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[str, _Lane] = {}
        self._waiting: dict[int, _Job] = {}
        self._stops: dict[int, Stop] = {}
        self._number = 0

    def read(self, owner: Owner, fn: Callable[[], T], done: Callable[[T], object],
             failed: Failed = None) -> None:  # fmt: skip
        """Call ``fn`` in the background, then ``done(result)`` or ``failed(explanation)``.

        Nothing happens any more once ``owner`` is gone.
        """
        self._put(_Job(owner, fn, done, failed, must_run=False), _VAULT)

    def write(self, owner: Owner, fn: Callable[[], T], done: Callable[[T], object] | None = None,
              failed: Failed = None) -> None:  # fmt: skip
        """Call ``fn`` in the background in any case, then ``done`` or ``failed`` while ``owner`` lives.

        What failed when nobody was left to be told is ``unexplained``: nothing typed is lost in silence.
        """
        self._put(_Job(owner, fn, done, failed, must_run=True), _VAULT)

    def look(self, owner: Owner, fn: Callable[[], T], done: Callable[[T], object],
             failed: Failed = None) -> "Stop":  # fmt: skip
        """Call ``fn`` beside the vault, as ``read`` does; it looks into a file and knows no desk.

        Who calls ``stop`` of what is returned ends the look at once; it has then failed with E764.
        """
        from kimdesk.cage import Stop

        stop = Stop()

        def heeding() -> T:
            with stop.heeded():
                return fn()

        self._stops[self._number + 1] = stop
        self._put(_Job(owner, heeding, done, failed, must_run=False), _OUTSIDE)
        return stop

    @property
    def busy(self) -> bool:
        """Return whether somebody has asked for what is not told yet."""
        return bool(self._waiting)

    def finish(self, seconds: float = 30.0) -> None:
        """Do what is queued, but look into no file any more, then end; wait at most ``seconds``."""
        for stop in self._stops.values():
            stop.stop()
        for name in tuple(self._lanes):
            self._lanes.pop(name).finish(seconds)

    def _lane(self, name: str) -> _Lane:
        post = _Post()
        _posts.append(post)
        post.arrived.connect(self._deliver)
        lane = _Lane(name, post.arrived.emit)
        self.destroyed.connect(partial(lane.put, None))
        return lane

    def _put(self, job: _Job, lane: str) -> None:
        if lane not in self._lanes:
            self._lanes[lane] = self._lane(lane)
        self._number += 1
        self._waiting[self._number] = job
        self._lanes[lane].put((self._number, job))

    def _deliver(self, number: int, result: object, problem: "Explanation | None") -> None:
        self._stops.pop(number, None)
        self._tell(self._waiting.pop(number), result, problem)

    def _tell(self, job: _Job, result: object, problem: "Explanation | None") -> None:
        wanted = job.wanted()
        if problem is None:
            if wanted and job.done is not None:
                job.done(result)
        elif wanted and job.failed is not None:
            job.failed(problem)
        elif wanted or job.must_run:
            self.unexplained.emit(problem)


class InlineWork(Work):
    """The same verbs, done at once on the calling thread: for tests and pictures."""

    def _put(self, job: _Job, lane: str) -> None:
        self._tell(job, *job.run())


def explanation(error: BaseException) -> "Explanation":
    """Return what to tell the user about ``error``; never the text of an unknown one."""
    from kimdesk.domain.errors import KimdeskError
    from kimdesk.texts.refusals import explain

    return explain(error) if isinstance(error, KimdeskError) else _unexpected(error)


def _told(error: BaseException) -> "Explanation":
    try:
        return explanation(error)
    except BaseException as another:
        return _unexpected(another)


def _unexpected(error: BaseException) -> "Explanation":
    import logging
    import traceback

    from kimdesk.texts.refusals import Explanation

    place = traceback.extract_tb(error.__traceback__)[-1]
    logging.getLogger(__name__).error("%s at %s:%s", type(error).__name__, place.filename, place.lineno)
    return Explanation(
        "E999",
        say("kit.something_unexpected_happened_what_you"),
        say("kit.try_again_if_happens_again"),
    )
