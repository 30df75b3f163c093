"""Work in the background: two verbs, one thread, results on the GUI thread.

``read`` is dropped when whoever asked is gone; ``write`` always runs. Both run in the order given, one at
a time. A result never reaches a widget that no longer exists.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from ui.text import tr

if TYPE_CHECKING:
    from queue import SimpleQueue
    from threading import Thread

    from kimdesk.texts.refusals import Explanation

T = TypeVar("T")
Failed = Callable[["Explanation"], object] | None


class _Job:
    """One call and whom to tell."""

    __slots__ = ("call", "done", "failed", "must_run", "owners")

    def __init__(self, call: Callable[[], Any], done: Callable[[Any], object] | None,
                 failed: Failed, owners: list[QObject], must_run: bool) -> None:  # fmt: skip
        self.call = call
        self.done = done
        self.failed = failed
        self.owners = owners
        self.must_run = must_run

    def wanted(self) -> bool:
        """Return whether everyone who waits for the result still lives."""
        return all(isValid(owner) for owner in self.owners)

    def run(self) -> "tuple[Any, Explanation | None]":
        """Do the work, unless nobody wants it any more; return the result and why it failed."""
        if not self.must_run and not self.wanted():
            return None, None
        try:
            return self.call(), None
        except Exception as error:  # the border of the background: everything becomes a sentence
            return None, explanation(error)


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

    def read(self, fn: Callable[[], T], done: Callable[[T], object],
             failed: Failed = None, *, owner: QObject | None = None) -> None:  # fmt: skip
        """Call ``fn`` in the background, then ``done(result)`` or ``failed(explanation)``.

        Nothing happens any more once ``owner`` (or the widget ``done`` belongs to) is gone.
        """
        self._put(_Job(fn, done, failed, _owners(done, failed, owner), must_run=False))

    def write(self, fn: Callable[[], T], done: Callable[[T], object] | None = None,
              failed: Failed = None, *, owner: QObject | None = None) -> None:  # fmt: skip
        """Call ``fn`` in the background in any case; tell ``done`` or ``failed`` if they still live."""
        self._put(_Job(fn, done, failed, _owners(done, failed, owner), must_run=True))

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
        job = self._waiting.pop(number)
        if job.wanted():
            self._tell(job, result, problem)

    def _tell(self, job: _Job, result: object, problem: "Explanation | None") -> None:
        if problem is None:
            if job.done is not None:
                job.done(result)
        elif job.failed is not None:
            job.failed(problem)
        else:
            self.unexplained.emit(problem)


class InlineWork(Work):
    """The same verbs, done at once on the calling thread: for tests and pictures."""

    def _put(self, job: _Job) -> None:
        result, problem = job.run()
        if job.wanted():
            self._tell(job, result, problem)


def explanation(error: Exception) -> "Explanation":
    """Return what to tell the user about ``error``; never the text of an unknown one."""
    import logging
    import traceback

    from kimdesk.domain.errors import KimdeskError
    from kimdesk.texts.refusals import Explanation, explain

    if isinstance(error, KimdeskError):
        return explain(error)
    place = traceback.extract_tb(error.__traceback__)[-1]
    logging.getLogger(__name__).error("%s at %s:%s", type(error).__name__, place.filename, place.lineno)
    return Explanation(
        "E999",
        tr("Something unexpected happened. What you saved before is safe."),
        tr("Please try again. If it happens again, restart KIMdesk and tell your administration (E999)."),
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


def _owners(*candidates: object) -> list[QObject]:
    return [owner for candidate in candidates for owner in _widgets_behind(candidate)]


def _widgets_behind(thing: object) -> Iterator[QObject]:
    """Yield the Qt objects a callback belongs to: its own object, what it closes over, a presenter's view."""
    if isinstance(thing, QObject):
        yield thing
    elif isinstance(thing, partial):
        yield from _widgets_behind(thing.func)
    elif (bound := getattr(thing, "__self__", None)) is not None:
        values = [bound] if isinstance(bound, QObject) else list(getattr(bound, "__dict__", {}).values())
        yield from (value for value in values if isinstance(value, QObject))
    else:
        yield from (value for value in _closed_over(thing) if isinstance(value, QObject))


def _closed_over(function: object) -> Iterator[object]:
    for cell in getattr(function, "__closure__", None) or ():
        with suppress(ValueError):  # a name that has no value yet
            yield cell.cell_contents
