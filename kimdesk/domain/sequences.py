"""Lists whose elements are known again, and the order in which two changed ones are joined."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, NamedTuple


class Key(NamedTuple):
    """What an element is known by, and how many like it stand before it."""

    text: str
    earlier: int = 0

    @property
    def label(self) -> str:
        """Return the key in words: „ara“, the second of its kind „ara#2“."""
        return f"{self.text}#{self.earlier + 1}" if self.earlier else self.text


class Order(NamedTuple):
    """The keys in their joined order; ``both``: each side had put them in an order of its own."""

    keys: tuple[Key, ...]
    both: bool


def keyed(elements: Sequence[Any], name: Callable[[Any], str]) -> dict[Key, Any]:
    """Return the elements by their keys, in their order."""
    seen: Counter[str] = Counter()
    found: dict[Key, Any] = {}
    for each in elements:
        text = name(each)
        found[Key(text, seen[text])] = each
        seen[text] += 1
    return found


def disputed(base: Collection[Key], mine: Collection[Key], theirs: Collection[Key]) -> bool:
    """Return whether both sides changed how often the same stands there, each in its own way.

    Which of several like elements is meant nobody can tell then.
    """
    counts = [Counter(key.text for key in side) for side in (base, mine, theirs)]
    several = {key.text for side in (base, mine, theirs) for key in side if key.earlier}
    return any(len({count[text] for count in counts}) == len(counts) for text in several)


def joined_order(
    base: Sequence[Key], mine: Sequence[Key], theirs: Sequence[Key], kept: Collection[Key]
) -> Order:
    """Return the order of the ``kept`` keys: what all have as whoever moved it, the rest behind a neighbour.

    Where both moved what all have, the smaller of the two orders counts, so that swapping sides changes
    nothing.
    """
    common = set(kept) & set(base) & set(mine) & set(theirs)
    was, ours, other = ([key for key in side if key in common] for side in (base, mine, theirs))
    both = ours not in (was, other) and other != was
    core = min(ours, other) if both else (other if ours == was else ours)
    places = [dict(_places(side, core, kept)) for side in (mine, theirs)]
    loose = sorted((min(found[key] for found in places if key in found), key) for key in set(kept) - common)
    keys: list[Key] = [key for (anchor, _, _), key in loose if not anchor]
    for number, key in enumerate(core, 1):
        keys += [key, *(each for (anchor, _, _), each in loose if anchor == number)]
    return Order(tuple(keys), both)


def _places(
    side: Sequence[Key], core: Sequence[Key], kept: Collection[Key]
) -> Iterator[tuple[Key, tuple[int, Key, int]]]:
    """Yield where the loose keys of a side stand: behind how many of the core, in which run, where in it."""
    numbers = {key: number for number, key in enumerate(core, 1)}
    anchor, run = 0, list[Key]()
    for key in side:
        if key in numbers:
            anchor, run = numbers[key], []
        elif key in kept:
            run.append(key)
            yield key, (anchor, run[0], len(run))
