"""A disk that loses power: what was flushed is there, of the rest any part may be.

From the recorded steps it makes the states a disk could be in after a cut. Flushed writes are kept. Of the
others each is kept, dropped (so that a later one may be there without an earlier one), or torn at sectors
of 512 bytes. New names, renames and removals are kept or dropped likewise until their folder is flushed.
"""

import random
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

from tests.torture.tap import Step

_SECTOR = 512
_KEEPING = (0.0, 0.1, 0.5, 0.9, 1.0)


@dataclass
class _File:
    flushed: bytearray = field(default_factory=bytearray)
    seen: bytes = b""  # what Python's last look found
    waiting: list[Step] = field(default_factory=list)


@dataclass
class _Folder:
    names: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Naming:
    """Names set (to an inode) or removed (None) in folders, all at once."""

    changes: tuple[tuple[int, str, int | None], ...]


class Disk:
    """A file system below ``root``, as the program sees it and as it would be found after a cut."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._nodes: dict[int, _File | _Folder] = {0: _Folder()}
        self._flushed: dict[int, dict[str, int]] = {0: {}}
        self._naming: list[_Naming] = []

    def take(self, step: Step) -> None:
        """Let the program do one step."""
        getattr(self, f"_{step.kind}")(step)

    def after_a_cut(self, dice: random.Random) -> dict[str, bytes]:
        """Return the files, by path below the root, that a cut at this moment might leave."""
        keeping = dice.choice(_KEEPING)
        names = deepcopy(self._flushed)
        for naming in self._naming:
            if dice.random() < keeping:
                _apply(names, naming)
        files: dict[str, bytes] = {}
        self._collect(0, "", names, files, keeping, dice)
        return files

    def _collect(
        self, node: int, path: str, names: dict[int, dict[str, int]], files: dict[str, bytes], keeping: float,
        dice: random.Random,
    ) -> None:  # fmt: skip
        for name, inode in names.get(node, {}).items():
            found = self._nodes[inode]
            if isinstance(found, _File):
                files[f"{path}{name}"] = _survivor(found, keeping, dice)
            else:
                self._collect(inode, f"{path}{name}/", names, files, keeping, dice)

    def _parts(self, path: str) -> tuple[str, ...]:
        return Path(path).relative_to(self._root).parts

    def _folder(self, parts: tuple[str, ...]) -> int:
        node = 0
        for part in parts:
            node = self._names(node)[part]
        return node

    def _names(self, node: int) -> dict[str, int]:
        found = self._nodes[node]
        assert isinstance(found, _Folder)
        return found.names

    def _place(self, path: str) -> tuple[int, str]:
        *above, name = self._parts(path)
        return self._folder(tuple(above)), name

    def _file(self, path: str) -> _File:
        folder, name = self._place(path)
        if name not in self._names(folder):
            self._create(Step("create", path))
        found = self._nodes[self._names(folder)[name]]
        assert isinstance(found, _File)
        return found

    def _rename_names(self, *changes: tuple[int, str, int | None]) -> None:
        for folder, name, inode in changes:
            _set(self._names(folder), name, inode)
        self._naming.append(_Naming(changes))

    def _add(self, path: str, made: _File | _Folder) -> None:
        inode = len(self._nodes)
        self._nodes[inode] = made
        folder, name = self._place(path)
        self._rename_names((folder, name, inode))

    def _create(self, step: Step) -> None:
        self._add(step.path, _File())

    def _mkdir(self, step: Step) -> None:
        self._add(step.path, _Folder())

    def _unlink(self, step: Step) -> None:
        self._rename_names((*self._place(step.path), None))

    _rmdir = _unlink

    def _rename(self, step: Step) -> None:
        source, target = self._place(step.path), self._place(step.to)
        inode = self._names(source[0])[source[1]]
        self._rename_names((*source, None), (*target, inode))

    def _write(self, step: Step) -> None:
        file = self._file(step.path)
        if step.at >= 0:
            file.waiting.append(step)
        elif step.data != file.seen:
            file.seen = step.data
            file.waiting += [Step("truncate", step.path), Step("write", step.path, step.data)]

    def _truncate(self, step: Step) -> None:
        self._file(step.path).waiting.append(step)

    def _sync(self, step: Step) -> None:
        file = self._file(step.path)
        for each in file.waiting:
            _do(file.flushed, each)
        file.waiting.clear()

    def _syncdir(self, step: Step) -> None:
        if not Path(step.path).is_relative_to(self._root):
            return
        node = self._folder(self._parts(step.path))
        for each in [each for each in self._naming if any(change[0] == node for change in each.changes)]:
            _apply(self._flushed, each)
            self._naming.remove(each)

    def _mark(self, step: Step) -> None:
        """Somebody was told something: nothing the disk knows of."""


def _survivor(file: _File, keeping: float, dice: random.Random) -> bytes:
    content = bytearray(file.flushed)
    for step in file.waiting:
        if dice.random() >= keeping:
            continue
        if step.kind == "write" and dice.random() < 0.25:
            _tear(content, step, dice)
        else:
            _do(content, step)
    return bytes(content)


def _tear(content: bytearray, step: Step, dice: random.Random) -> None:
    """Bring only some sectors of a write onto the disk."""
    at = step.at
    while at < step.at + len(step.data):
        end = min((at // _SECTOR + 1) * _SECTOR, step.at + len(step.data))
        if dice.random() < 0.5:
            _do(content, Step("write", data=step.data[at - step.at : end - step.at], at=at))
        at = end


def _do(content: bytearray, step: Step) -> None:
    if step.kind == "truncate":
        del content[step.at :]
        return
    content.extend(bytes(max(0, step.at - len(content))))
    content[step.at : step.at + len(step.data)] = step.data


def _set(names: dict[str, int], name: str, inode: int | None) -> None:
    if inode is None:
        names.pop(name, None)
    else:
        names[name] = inode


def _apply(names: dict[int, dict[str, int]], naming: _Naming) -> None:
    for folder, name, inode in naming.changes:
        _set(names.setdefault(folder, {}), name, inode)


def cuts(
    root: Path, steps: list[Step], count: int, dice: random.Random
) -> Iterator[tuple[int, dict[str, bytes]]]:
    """Yield ``count`` states, each with the number of steps begun before the cut, in their order.

    Every other cut comes just after somebody was told that something is saved, or that it is flushed.
    """
    telling = [at for at, step in enumerate(steps, start=1) if step.kind in ("mark", "sync", "rename")]
    anywhere = range(1, len(steps) + 1)
    moments = sorted(dice.choice(telling if turn % 2 else anywhere) for turn in range(count))
    disk, done = Disk(root), 0
    for moment in moments:
        for step in steps[done:moment]:
            disk.take(step)
        done = moment
        yield moment, disk.after_a_cut(dice)


def put_back(files: dict[str, bytes], root: Path) -> None:
    """Write a state into a fresh folder."""
    root.mkdir(parents=True)
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
