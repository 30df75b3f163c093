"""Work in the background: two verbs, one thread, results on the GUI thread.

``read`` is dropped when whoever asked is gone; ``write`` always runs. Both run in the order given, one at
a time. A result never reaches a widget that no longer exists, and whatever a job raises ends that job alone.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from kimdesk.texts import say

if TYPE_CHECKING:
    from queue import SimpleQueue
    from threading import Thread

    from kimdesk.texts.refusals import Explanation

T = TypeVar("T")
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


class Work(QObject):
    """The background of the program, one thread of its own."""

    unexplained = Signal(object)  # Explanation: something failed and nobody had asked to be told

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: Thread | None = None
        self._waiting: dict[int, _Job] = {}
        self._number = 0

    def read(self, owner: Owner, fn: Callable[[], T], done: Callable[[T], object],
             failed: Failed = None) -> None:  # fmt: skip
        """Call ``fn`` in the background, then ``done(result)`` or ``failed(explanation)``.

        Nothing happens any more once ``owner`` is gone.
        """
        self._put(_Job(owner, fn, done, failed, must_run=False))

    def write(self, owner: Owner, fn: Callable[[], T], done: Callable[[T], object] | None = None,
              failed: Failed = None) -> None:  # fmt: skip
        """Call ``fn`` in the background in any case, then ``done`` or ``failed`` while ``owner`` lives.

        What failed when nobody was left to be told is ``unexplained``: nothing typed is lost in silence.
        """
        self._put(_Job(owner, fn, done, failed, must_run=True))

    @property
    def busy(self) -> bool:
        """Return whether somebody has asked for what is not told yet."""
        return bool(self._waiting)

    def finish(self, seconds: float = 30.0) -> None:
        """Do what is queued, then end the thread; wait for it at most ``seconds``."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join(seconds)
            self._thread = None

    def _start(self) -> "Thread":
        from queue import SimpleQueue
        from threading import Thread

        self._jobs: SimpleQueue[tuple[int, _Job] | None] = SimpleQueue()
        jobs, post = self._jobs, _Post()
        _posts.append(post)
        post.arrived.connect(self._deliver)
        self.destroyed.connect(lambda: jobs.put(None))
        thread = Thread(target=_loop, args=(jobs, post.arrived.emit), daemon=True, name="work")
        thread.start()
        return thread

    def _put(self, job: _Job) -> None:
        if self._thread is None:
            self._thread = self._start()
        self._number += 1
        self._waiting[self._number] = job
        self._jobs.put((self._number, job))

    def _deliver(self, number: int, result: object, problem: "Explanation | None") -> None:
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

    def _put(self, job: _Job) -> None:
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


def _loop(
    jobs: "SimpleQueue[tuple[int, _Job] | None]",
    tell: "Callable[[int, object, Explanation | None], None]",
) -> None:
    while (entry := jobs.get()) is not None:
        number, job = entry
        result, problem = job.run()
        del entry, job  # widgets it knows must not die on this thread
        tell(number, result, problem)
