"""Which findings sound alike: words in their plain form, parts of compounds, titles, and what is coded.

Everything is compared with what stands near it, not with everything: each word leads from a finding to the
next ones with that word, in the order of all their words. So five thousand findings take a moment.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from kimdesk.catalogue.finding_rules import AlikeRules
from kimdesk.store.folding import fold

_WORD: Final = re.compile(r"[^\W_]+")
_AGENCIES: Final = re.compile(r"[,;/]|\bund\b")
_WINDOW: Final = 8
"""To so many of the next findings a word leads …"""
_RAREST: Final = 14
"""… and so many words of each finding do, the rarest."""
_PART: Final = 4
"""Letters of a part of a compound, at least."""


@dataclass(frozen=True, slots=True)
class Sounding:
    """What is compared of a finding; ``card``: what it belongs to on the board, itself or its bundle."""

    id: str
    card: str
    title: str
    text: str = ""
    kind: str = ""
    life_domain: str = ""
    agencies: str = ""
    transition: str = ""


class AlikeReason(NamedTuple):
    """Why two are proposed together: ``why`` (agency, life_domain, kind, transition) and which one it is."""

    why: str
    what: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A finding that sounds like what stands on the card ``other``; ``words`` of it to mark, as written."""

    finding: str
    other: str
    score: float
    reasons: tuple[AlikeReason, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Heard:
    """A finding as it is compared: its words in plain form with how they are written, and its weight."""

    said: Sounding
    plain_title: str
    written: Mapping[str, str]
    features: frozenset[str]
    weight: float = 0.0
    agencies: Mapping[str, str] = field(default_factory=dict)


def proposals(
    found: Iterable[Sounding], apart: frozenset[tuple[str, str]], rules: AlikeRules
) -> dict[str, tuple[Proposal, ...]]:
    """Return by card what sounds like it, the most alike first; at least one of each two is in no bundle.

    ``apart``: pairs of findings or bundles, the lower identity first, that are never proposed again.
    """
    ear = _Ear(rules, list(found))
    best: dict[tuple[str, str], _Match] = {}
    parted = _parted(ear.heard, apart)
    for one, other in ear.neighbours():
        score = ear.score(one, other)
        if score < rules.least or _pair(one.said.card, other.said.card) in parted:
            continue
        for single, beside in ((one, other), (other, one)):
            key = (single.said.card, beside.said.card)
            alone = single.said.id == single.said.card
            if alone and (key not in best or score > best[key].score):
                best[key] = _Match(score, single, beside)
    return {
        card: tuple(ear.proposal(*match) for match in matches)
        for card, matches in _ranked(best.values(), rules.most).items()
    }


class _Match(NamedTuple):
    """How alike a finding and what stands on another card are."""

    score: float
    single: "_Heard"
    beside: "_Heard"


def _ranked(made: Iterable[_Match], most: int) -> dict[str, list[_Match]]:
    """Return by card what is most like it, the most alike first."""
    found: dict[str, list[_Match]] = defaultdict(list)
    for each in made:
        found[each.beside.said.card].append(each)
    for matches in found.values():
        matches.sort(key=lambda one: (-one.score, one.single.said.id))
        del matches[most:]
    return found


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _parted(heard: Iterable[_Heard], apart: frozenset[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Return pairs of cards between which a pair was left apart."""
    cards = {each.said.id: each.said.card for each in heard}
    return frozenset(_pair(cards.get(one, one), cards.get(other, other)) for one, other in apart)


class _Ear:
    """Knows all words of all findings."""

    def __init__(self, rules: AlikeRules, found: Sequence[Sounding]) -> None:
        self._rules = rules
        self._most_coded = rules.agency + rules.life_domain + rules.kind + rules.transition
        self._stop = frozenset(fold(each) for each in rules.stop)
        self._stems: dict[str, str] = {}
        self._whole: dict[str, str] = {}
        written = [self._written(f"{each.title} {each.text}") for each in found]
        vocabulary = {stem for each in written for stem in each}
        self._parts = {stem: frozenset(self._inside(stem, vocabulary)) for stem in vocabulary}
        features = [self._features(each) for each in written]
        counted = Counter(word for each in features for word in each)
        self._weights = {word: log(1 + len(found) / number) for word, number in counted.items()}
        self.heard = [
            self._heard(said, words, known)
            for said, words, known in zip(found, written, features, strict=True)
        ]

    def neighbours(self) -> Iterator[tuple[_Heard, _Heard]]:
        """Yield pairs that share a word, each once; not two of the same card."""
        order = sorted(range(len(self.heard)), key=lambda index: sorted(self.heard[index].features))
        places: dict[str, list[int]] = defaultdict(list)
        for index in order:
            features = self.heard[index].features
            for word in sorted(features, key=self._weights.__getitem__)[-_RAREST:]:
                places[word].append(index)
        seen: set[tuple[int, int]] = set()
        for all_ in places.values():
            for at, index in enumerate(all_):
                for other in all_[at + 1 : at + 1 + _WINDOW]:
                    pair = (index, other) if index < other else (other, index)
                    if pair not in seen:
                        seen.add(pair)
                        yield self.heard[index], self.heard[other]

    def score(self, one: _Heard, other: _Heard) -> float:
        """Return how alike two findings are, from 0 to 1."""
        rules, this, that = self._rules, one.said, other.said
        if this.card == that.card or (this.kind in rules.apart) != (that.kind in rules.apart):
            return 0.0
        shared: float = sum(self._weights[word] for word in one.features & other.features)
        words = (shared / min(one.weight, other.weight) + 2 * shared / (one.weight + other.weight)) / 2
        known = rules.words * words
        if known + rules.title + self._most_coded < rules.least:
            return 0.0  # whatever the titles are
        known += sum(getattr(rules, why) for why in {each.why for each in _reasons(one, other)})
        if known + rules.title < rules.least:
            return 0.0
        title = fuzz.token_set_ratio(one.plain_title, other.plain_title) / 100
        found: float = min(1.0, round(known + rules.title * title, 4))
        return found

    def proposal(self, score: float, one: _Heard, other: _Heard) -> Proposal:
        """Return the proposal to take ``one`` together with ``other``."""
        words = self._marked(one, one.features & other.features)
        return Proposal(one.said.id, other.said.card, score, tuple(_reasons(one, other)), words)

    def _marked(self, one: _Heard, common: frozenset[str]) -> tuple[str, ...]:
        return tuple(word for stem, word in one.written.items() if common & {stem, *self._parts[stem]})

    def _heard(self, said: Sounding, written: Mapping[str, str], features: frozenset[str]) -> _Heard:
        weight = sum(self._weights[word] for word in features)
        title = " ".join(stem for stem in map(self._stem, _WORD.findall(said.title)) if stem)
        agencies = {fold(each): each.strip() for each in _AGENCIES.split(said.agencies) if each.strip()}
        return _Heard(said, title, written, features, weight, agencies)

    def _features(self, stems: Iterable[str]) -> frozenset[str]:
        return frozenset(word for stem in stems for word in (stem, *self._parts[stem]))

    def _written(self, text: str) -> dict[str, str]:
        """Return the words of ``text`` that matter: plain form, and as it is written first."""
        found: dict[str, str] = {}
        for word in _WORD.findall(text):
            if stem := self._stem(word):
                found.setdefault(stem, word)
        return found

    def _stem(self, word: str) -> str:
        """Return ``word`` without its ending, "" for one that says nothing."""
        known = self._stems.get(word)
        if known is None:
            plain = fold(word).replace(" ", "")
            known = self._stems[word] = self._cut(plain)
            self._whole.setdefault(known, plain)
        return known

    def _inside(self, stem: str, vocabulary: set[str]) -> Iterator[str]:
        """Yield the words a compound begins or ends with: „vormittag“ and „kurs“ of „vormittagskurs“."""
        whole = self._whole[stem]
        for at in range(_PART, len(whole) - _PART + 1):
            for part in (whole[:at], self._cut(whole[at:])):
                if part in vocabulary and part != stem:
                    yield part

    def _cut(self, plain: str) -> str:
        if plain in self._stop or len(plain) < self._rules.shortest - 1:
            return ""
        while ending := next(filter(plain.endswith, self._rules.endings), ""):
            if len(plain) - len(ending) < self._rules.shortest:
                break
            plain = plain[: -len(ending)]
        return plain


def _reasons(one: _Heard, other: _Heard) -> Iterator[AlikeReason]:
    for plain in one.agencies.keys() & other.agencies.keys():
        yield AlikeReason("agency", one.agencies[plain])
    for why in ("life_domain", "kind", "transition"):
        what = getattr(one.said, why)
        if what and what == getattr(other.said, why):
            yield AlikeReason(why, what)
