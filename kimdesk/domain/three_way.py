"""Two desks changed the same record: what both did, joined, as far as it does not contradict.

A pure function of the state both last had in common and the two states of now. It asks nobody and loses
nothing: what only one side changed is taken, what both changed alike too, and of everything else both values
stand in a conflict. Swapping the sides mirrors the result.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import Enum
from itertools import zip_longest
from operator import attrgetter, itemgetter
from typing import Any, Final, Generic, TypeVar

from kimdesk.domain.kinds import KINDS, PARTS
from kimdesk.domain.records import PhaseEntry, Record
from kimdesk.domain.sequences import Key, Order, disputed, joined_order, keyed

R = TypeVar("R", bound=Record)


class Absent(Enum):
    """What stands in a conflict for a value, a part or a record that is not there."""

    ABSENT = ""


ABSENT: Final = Absent.ABSENT

_JSON_IDENTITY: Final = ("id", "language", "item")

TOGETHER: Final[Mapping[type[Record], tuple[tuple[str, ...], ...]]] = {
    each.type: each.together for each in KINDS.values()
}
"""Fields that only mean something together: a street of one and a town of the other is nobody's address, and
a consent put together from two was given by nobody."""

_ANSWERED: Final = ("form", "version", "answers")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where both sides changed the same thing differently, with all three values.

    ``path`` names it: ``note``, ``street+postcode+city`` (values in that order), ``languages[ara].level``,
    ``answers.reach.channels``, ``steps[order]`` (identities), "" for the whole record.
    """

    path: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Conflicts(Generic[R]):
    """What has to be decided, and what both agree on.

    ``agreed`` is as ``base`` wherever something is to be decided; None when that is the record itself.
    """

    found: tuple[Conflict, ...]
    agreed: R | None


class Version(Enum):
    """One of the three states of what contradicts."""

    BASE = "base"
    MINE = "mine"
    THEIRS = "theirs"


Choose = Callable[[str], Version]
"""Which version holds where both sides contradict, by the path of the conflict."""


def top_of(path: str) -> tuple[str, ...]:
    """Return the fields of the record that the path of a conflict is about."""
    return tuple(re.split(r"[.\[]", path)[0].split("+"))


def settled(base: R, mine: R, theirs: R, choose: Choose) -> R:
    """Return the record as ``merge`` joins it, with ``choose`` deciding wherever both sides contradict."""
    if _same(mine, theirs) or _same(theirs, base):
        return mine
    return _Joining(choose).record(base, mine, theirs)


def merge(base: R | None, mine: R | None, theirs: R | None) -> R | Conflicts[R] | None:
    """Return the record with what both sides changed since ``base``, or what contradicts.

    None stands for a record that is not there: it is new, or gone. ``rev`` is no change; the result has the
    higher one. Raises ValueError for states of different records.
    """
    there = [each for each in (base, mine, theirs) if each is not None]
    if len({(type(each), each.id) for each in there}) > 1:
        raise ValueError("states of different records")
    if _same(mine, theirs):
        return max((each for each in (mine, theirs) if each), key=lambda each: each.rev, default=None)
    if _same(mine, base):
        return theirs
    if _same(theirs, base):
        return mine
    if base is None or mine is None or theirs is None:
        whole = Conflict("", *(ABSENT if each is None else each for each in (base, mine, theirs)))
        return Conflicts((whole,), None)
    joining = _Joining()
    joined = joining.record(base, mine, theirs)
    if not joining.conflicts:
        return joined
    return Conflicts(tuple(joining.conflicts), joined)


def _same(one: Record | None, other: Record | None) -> bool:
    """Return whether two states of a record say the same."""
    if one is None or other is None:
        return one is other
    return replace(one, rev=0) == replace(other, rev=0)


class _Joining:
    """One merge on its way: every method returns the joined value, the chosen one after a conflict."""

    def __init__(self, choose: Choose = lambda _: Version.BASE) -> None:
        self.conflicts: list[Conflict] = []
        self._choose = choose

    def record(self, base: R, mine: R, theirs: R) -> R:
        """Join field by field."""
        states = (base, mine, theirs)
        joined: dict[str, Any] = {"rev": max(mine.rev, theirs.rev)}
        for group in _groups(*states):
            values = [tuple(getattr(each, name) for name in group) for each in states]
            taken = self.atom("+".join(group), *values)
            joined |= {name: taken[at] for at, name in enumerate(group)}
        for field in fields(base):
            if field.name not in joined:
                joined[field.name] = self.value(field.name, *(getattr(each, field.name) for each in states))
        return replace(mine, **joined)

    def atom(self, path: str, base: Any, mine: Any, theirs: Any) -> Any:
        """Join what is only ever taken whole."""
        if theirs in (mine, base):
            return mine
        if mine == base:
            return theirs
        self.conflicts.append(Conflict(path, base, mine, theirs))
        return {Version.BASE: base, Version.MINE: mine, Version.THEIRS: theirs}[self._choose(path)]

    def value(self, path: str, base: Any, mine: Any, theirs: Any) -> Any:
        """Join what may have parts."""
        states = (base, mine, theirs)
        if theirs in (mine, base) or mine == base:
            return self.atom(path, *states)
        if all(isinstance(each, Mapping) for each in states):
            return self._members(path, *states)
        if all(isinstance(each, list | tuple) for each in states):
            return self._sequence(path, *states)
        if type(base) in PARTS and type(base) is type(mine) is type(theirs):
            return self._part(path, *states)
        return self.atom(path, *states)

    def _part(self, path: str, *states: Any) -> Any:
        names = [field.name for field in fields(states[0])]
        return replace(
            states[0],
            **{
                name: self.value(f"{path}.{name}", *(getattr(each, name) for each in states))
                for name in names
            },
        )

    def _members(self, path: str, *states: Mapping[str, Any]) -> Mapping[str, Any]:
        base, mine, theirs = states
        names = [*base, *sorted((mine.keys() | theirs.keys()) - base.keys())]
        joined = {
            name: self.value(f"{path}.{name}", *_begun(*(each.get(name, ABSENT) for each in states)))
            for name in names
        }
        return {name: value for name, value in joined.items() if value is not ABSENT}

    def _sequence(self, path: str, *states: Sequence[Any]) -> Sequence[Any]:
        made: type = list if any(isinstance(each, list) for each in states) else tuple
        name = _identity([each for state in states for each in state])
        if name is None:
            return self._rows(path, *states)
        by_key = [keyed(state, name) for state in states]
        base, mine, theirs = by_key
        if disputed(base, mine, theirs):
            whole: Sequence[Any] = self.atom(path, *states)
            return whole
        joined: dict[Key, Any] = {
            key: self.value(f"{path}[{key.label}]", *(each.get(key, ABSENT) for each in by_key))
            for key in sorted(base.keys() | mine.keys() | theirs.keys())
        }
        kept = {key for key, value in joined.items() if value is not ABSENT}
        order = joined_order(list(base), list(mine), list(theirs), kept)
        if order.both and name is not repr:
            said = [tuple(key.label for key in each) for each in by_key]
            self.conflicts.append(Conflict(f"{path}[order]", *said))
            order = self._ordered(f"{path}[order]", order, (list(base), list(mine), list(theirs)), kept)
        found: Sequence[Any] = made(joined[key] for key in order.keys)
        return found

    def _ordered(
        self, path: str, joined: Order, sides: tuple[list[Key], list[Key], list[Key]], kept: Collection[Key]
    ) -> Order:
        """Return the order of the chosen side, what only the other one has at its place in it."""
        _, mine, theirs = sides
        chosen = self._choose(path)
        if chosen is Version.BASE:
            return joined
        return joined_order(theirs if chosen is Version.MINE else mine, mine, theirs, kept)

    def _rows(self, path: str, *states: Sequence[Any]) -> Sequence[Any]:
        """Join entries without identity by their place; where both sides lost some, nobody knows which."""
        base, mine, theirs = states
        if len(mine) < len(base) > len(theirs):
            whole: Sequence[Any] = self.atom(path, *states)
            return whole
        rows = [
            self.value(f"{path}[{place}]", *each)
            for place, each in enumerate(zip_longest(*states, fillvalue=ABSENT))
        ]
        return [each for each in rows if each is not ABSENT]


def _groups(base: Record, mine: Record, theirs: Record) -> tuple[tuple[str, ...], ...]:
    """Return the fields that are taken together; answers too, when they answer another form or version."""
    together = TOGETHER[type(base)]
    if isinstance(base, PhaseEntry):
        asked = {tuple(getattr(each, name) for name in _ANSWERED[:2]) for each in (base, mine, theirs)}
        return (*together, _ANSWERED) if len(asked) > 1 else together
    return together


def _begun(base: Any, mine: Any, theirs: Any) -> tuple[Any, Any, Any]:
    """Return a member both sides have begun as one that was empty before."""
    for kind, empty in ((Mapping, {}), (list, [])):
        if base is ABSENT and isinstance(mine, kind) and isinstance(theirs, kind):
            return empty, mine, theirs
    return base, mine, theirs


def _identity(elements: Sequence[Any]) -> Callable[[Any], str] | None:
    """Return what tells elements of a list by, None when nothing does."""
    kinds = {type(each) for each in elements}
    if len(kinds) == 1 and (known := PARTS.get(kinds.pop())):
        return attrgetter(known)
    if all(isinstance(each, Mapping) for each in elements):
        names = [name for name in _JSON_IDENTITY if all(isinstance(each.get(name), str) for each in elements)]
        return itemgetter(names[0]) if names else None
    if any(isinstance(each, Mapping | list | tuple) for each in elements):
        return None
    return repr
