"""What a paper says in German and in the language of the client."""

from collections.abc import Sequence
from dataclasses import dataclass

from kimdesk.catalogue import paper_words
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.client_words import GERMAN, by_tag
from kimdesk.catalogue.paper_words import PaperWords
from kimdesk.documents import papers
from kimdesk.documents.client_sheet import Both
from kimdesk.domain.errors import ContentError
from kimdesk.texts.bidi import FIRST_STRONG, POP, isolated

NO_WORDS = "E798"
Fact = str | int | Both


@dataclass(frozen=True, slots=True)
class SpokenWords:
    """The words of one paper; ``own`` is None where German is alone."""

    german: PaperWords
    own: PaperWords | None = None

    def tell(self, key: str, **facts: Fact) -> Both:
        """Return the text ``key`` with its facts; one that is in both languages is told in each."""
        german = {name: isolated(_german(fact)) for name, fact in facts.items()}
        if self.own is None:
            return Both(self.german.said(key, **german))
        own = {name: f"{FIRST_STRONG}{_own(fact)}{POP}" for name, fact in facts.items()}
        return Both(self.german.said(key, **german), self.own.said(key, **own))

    def code(self, prefix: str, code: str, german: str) -> Both:
        """Return the text of a code; one that only a layer knows is said by its ``german`` label."""
        key = f"{prefix}_{code}"
        return self.tell(key) if key in self.german.words else self.plain(german)

    def plain(self, text: str) -> Both:
        """Return what is the same in both languages: a name, a number, a day."""
        return Both(text, text if self.own else "")

    def joined(self, parts: Sequence[Both]) -> Both:
        """Return ``parts`` one after the other, each a sentence or a phrase."""
        german = ". ".join(one.german.rstrip(".") for one in parts)
        if not any(one.own for one in parts):
            return Both(german)
        return Both(german, ". ".join(_own(one).rstrip(".") for one in parts))

    def listed(self, parts: Sequence[Both]) -> Both:
        """Return ``parts`` in one line."""
        german = ", ".join(isolated(one.german) for one in parts)
        return Both(german, ", ".join(_own(one) for one in parts) if self.own else "")


def words_of(catalogue: Catalogue, code: str, language: str) -> SpokenWords:
    """Return the words of the paper ``code`` in ``language`` (BCP 47) beside German.

    Raises ContentError E798 when there are none in it, E700 when they are broken.
    """
    known = paper_words.languages(catalogue, code)
    if language == papers.GERMAN:
        return SpokenWords(known[GERMAN])
    found = by_tag(catalogue.client_words.values(), language)
    if found is None or found.language not in known:
        raise ContentError(NO_WORDS, language=found.name if found else language)
    return SpokenWords(known[GERMAN], known[found.language])


def _german(fact: Fact) -> str:
    return fact.german if isinstance(fact, Both) else str(fact)


def _own(fact: Fact) -> str:
    return (fact.own or fact.german) if isinstance(fact, Both) else str(fact)
