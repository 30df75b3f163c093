"""A disk that fails: once, at one step, or from that step on for good, as for a process that is killed."""

import os
from collections.abc import Callable
from typing import Any

import pytest

_STEPS = ("replace", "fsync", "mkdir", "rename")
_CLEANING = ("unlink", "remove", "rmdir")


class FailingDisk:
    """Counts the steps that put something on the disk, and refuses one.

    With ``dead``, nothing is written, moved or removed any more after it: what a kill leaves behind.
    """

    def __init__(self, patch: pytest.MonkeyPatch, step: int, *, dead: bool) -> None:
        self.steps = 0
        self._fails, self._dead = step, dead
        for name in _STEPS:
            patch.setattr(os, name, self._counted(getattr(os, name)))
        for name in _CLEANING:
            patch.setattr(os, name, self._cleaning(getattr(os, name)))

    @property
    def failed(self) -> bool:
        """Say whether the step was reached."""
        return self.steps >= self._fails

    def _counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*given: Any, **named: Any) -> Any:
            self.steps += 1
            if self.steps == self._fails or (self._dead and self.steps > self._fails):
                raise OSError(5, "the disk refuses")
            return real(*given, **named)

        return step

    def _cleaning(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def clean(*given: Any, **named: Any) -> Any:
            if self._dead and self.failed:
                raise OSError(5, "the disk refuses")
            return real(*given, **named)

        return clean
