"""What nobody is asked here, and which words would tell it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Unasked:
    """One subject: words that ask for it in German, in names of fields and codes, and words that tell it.

    ``*word`` is looked for anywhere in a word, another one at the beginning.
    """

    code: str
    asks: tuple[str, ...]
    fields: tuple[str, ...]
    tells: tuple[str, ...]

    def is_asked(self, text: str) -> bool:
        """Return whether a German text asks for it; who says not to ask names it as well."""
        return bool(self._asks.search(text.casefold()))

    def is_named(self, name: str) -> bool:
        """Return whether the English name of a field or a code stands for it."""
        return bool(self._fields.search(name.casefold()))

    def is_told(self, text: str) -> bool:
        """Return whether a text tells it about somebody."""
        return bool(self._tells.search(text.casefold()))

    @cached_property
    def _asks(self) -> re.Pattern[str]:
        return _any_of(self.asks)

    @cached_property
    def _fields(self) -> re.Pattern[str]:
        return _any_of(self.fields, begin=r"(?:\b|_)")

    @cached_property
    def _tells(self) -> re.Pattern[str]:
        return _any_of(self.tells)


def told(topics: Iterable[Unasked], texts: Iterable[str]) -> Iterator[Unasked]:
    """Yield the topics that any of ``texts`` tells."""
    every = tuple(texts)
    return (topic for topic in topics if any(topic.is_told(each) for each in every))


def _any_of(words: Iterable[str], begin: str = r"\b") -> re.Pattern[str]:
    ways = [re.escape(word[1:]) if word.startswith("*") else begin + re.escape(word) for word in words]
    return re.compile("|".join(ways) or r"(?!)")
