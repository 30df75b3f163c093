"""How alike two persons are, and why: names by letters, words and sound, former and other names, birth."""

from collections.abc import Iterable
from dataclasses import dataclass

from kimdesk.catalogue.likeness_rules import LikenessRules, Reasons
from kimdesk.domain.dates import PartialDate
from kimdesk.store import likeness
from kimdesk.store.folding import fold, written
from kimdesk.store.likeness import Candidate

_SAME, _FOLDED, _SHARED, _SPELLED, _HEARD, _ALIKE = 0.999, 0.95, 0.9, 0.89, 0.82, 0.8
_FAMILY, _GIVEN, _BIRTH = 0.45, 0.3, 0.25  # how much each part counts
_UNLIKE = 0.5  # names less alike than this are simply different
_UNKNOWN = 0.6  # what a part counts that one side does not know


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two persons are, 0 to 1, the German reasons, and whether they may be twins."""

    score: float
    why: tuple[str, ...]
    twin: bool = False


@dataclass(frozen=True, slots=True)
class _Names:
    """How alike the names of two persons are, family and given, and how they were found to be."""

    family: float
    given: float
    how: str = ""

    @property
    def weight(self) -> float:
        return _FAMILY * self.family + _GIVEN * self.given


class SoughtPerson:
    """The person asked for, ready to be compared with many."""

    def __init__(
        self, rules: LikenessRules, family_name: str, given_names: str, born: PartialDate | None
    ) -> None:
        self._rules = rules
        self._family, self._given = _Name(family_name), _Name(given_names)
        self._whole = _Name(" ".join((given_names, family_name)).strip())
        self._born = born

    def compare(self, other: Candidate) -> Likeness:
        """Return how alike ``other`` is."""
        names = self._compared(other)
        birth = _birth_likeness(self._born, other.birth_date)
        parts = (
            (self._rules.family_name, names.family),
            (self._rules.given_names, names.given),
            (self._rules.birth_date, birth),
        )
        reasons = [names.how] if names.how else []
        reasons += [_how(part, alike) for part, alike in parts if alike >= _ALIKE]
        twin = names.family >= _ALIKE and birth >= _SAME and _UNKNOWN != names.given < _SHARED
        return Likeness(round(names.weight + _BIRTH * birth, 3), tuple(reasons), twin)

    def _compared(self, other: Candidate) -> _Names:
        """Return the likeness of the names, the best way to compare them: as they stand, swapped, others."""
        straight = _Names(self._family.likeness(other.family_name), self._given.nearest(other.own_names))
        if straight.family >= _ALIKE:
            return straight
        return max((straight, *self._otherwise(other)), key=lambda names: names.weight)

    def _otherwise(self, other: Candidate) -> Iterable[_Names]:
        given = self._given.nearest(other.own_names)
        if other.birth_name and (former := self._family.likeness(other.birth_name)) >= _ALIKE:
            yield _Names(former, given, self._rules.former)
        crossed = self._family.likeness(other.given_names), self._given.likeness(other.family_name)
        if max(crossed) >= _ALIKE and min(crossed) >= _UNKNOWN:
            yield _Names(*crossed, self._rules.swapped)
        for name in other.other_names:
            if (whole := self._whole.of_all(name)) >= _ALIKE:
                yield _Names(whole, whole, self._rules.other_name)


class _Name:
    """One name, compared with many; the same other name is compared once."""

    def __init__(self, name: str) -> None:
        from rapidfuzz.distance.Indel import normalized_similarity

        self._letters = normalized_similarity
        self._written, self._name = written(name), fold(name)
        self._words = set(self._name.split())
        self._sounds = likeness.sounds(self._name)
        self._known: dict[str, float] = {}

    def nearest(self, others: Iterable[str]) -> float:
        """Return how alike the nearest of ``others`` is; one that is not known only when all are not."""
        return max((self.likeness(other) for other in others), default=self.likeness(""))

    def likeness(self, other: str) -> float:
        """Return how alike the names are, 0 to 1, by letters, by a word they share or by their sound."""
        if other not in self._known:
            self._known[other] = self._compare(other)
        return self._known[other]

    def of_all(self, other: str) -> float:
        """Return how alike a whole name is, its words in any order."""
        if self._words and self._words == set(fold(other).split()):
            return 1.0
        ours, theirs = (" ".join(sorted(each.split())) for each in (self._name, fold(other)))
        return self._letters(ours, theirs, score_cutoff=_ALIKE)

    def _compare(self, other: str) -> float:
        folded = fold(other)
        if not self._name or not folded:
            return 1.0 if self._written and self._written == written(other) else _UNKNOWN
        if self._name == folded:
            return 1.0 if self._written == written(other) else _FOLDED
        if not self._words.isdisjoint(folded.split()):
            return _SHARED
        spelled = min(self._letters(self._name, folded, score_cutoff=_UNLIKE), _SPELLED)
        return spelled if spelled >= _ALIKE or self._sounds.isdisjoint(likeness.sounds(folded)) else _HEARD


def _how(part: Reasons, alike: float) -> str:
    if alike >= _SAME:
        return part.same
    return part.heard if alike == _HEARD and part.heard else part.alike


def _birth_likeness(asked: PartialDate | None, known: PartialDate | None) -> float:
    """Return how well two birth dates go together: the same, possible, day and month mixed up, one assumed
    (1 January), or not."""
    if asked is None or known is None:
        return _UNKNOWN
    if asked == known:
        return 1.0
    if asked.earliest() <= known.latest() and known.earliest() <= asked.latest():
        return 0.9
    if asked.year == known.year:
        mixed_up = (asked.month, asked.day) == (known.day, known.month)
        return 0.8 if mixed_up or (1, 1) in ((asked.month, asked.day), (known.month, known.day)) else 0.4
    return 0.0
