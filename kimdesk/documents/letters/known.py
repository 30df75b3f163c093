"""What a case tells a letter: facts as words, truths, lists; and how a text of the catalogue is filled."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kimdesk.casework.desk import Desk
from kimdesk.catalogue.letters import LetterBlock, LetterText
from kimdesk.documents.letter import Block, LetterParagraph
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import CaseFile, Person
from kimdesk.domain.sentences import filled, gaps
from kimdesk.domain.shielding import any_shielded
from kimdesk.texts import dates, say
from kimdesk.texts.bidi import isolated

NO_CLIENT: Final = "E843"
_BY_LETTER: Final = "letter"  # contact_channel
_CALLED: Final = {"female": "letter.called_woman", "male": "letter.called_man"}  # sex


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What there is to say. A fact that is unknown is missing or empty, and then nothing speaks of it.

    ``to`` are the lines of the address, ``person`` is who signs as client, ``their_sign`` the file number of
    the office; ``covered``: a consent or a noted reason lets the desk say who it is; ``beside``: what is to
    be known besides, for nobody but the desk.
    """

    file: CaseFile
    facts: Mapping[str, str] = field(default_factory=dict)
    truths: frozenset[str] = frozenset()
    parts: Mapping[str, Block] = field(default_factory=dict)
    to: tuple[str, ...] = ()
    person: Person | None = None
    covered: bool = False
    their_sign: str = ""
    slip: str = ""
    beside: str = ""

    def holds(self, block: LetterBlock, on: date) -> bool:
        """Return whether ``block`` is to be written on the day ``on``."""
        there = {name for name, text in self.facts.items() if text} | self.truths | self.parts.keys()
        return block.holds(on) and there.issuperset(block.when) and there.isdisjoint(block.unless)


def common(desk: Desk, person: Person | None, day: date) -> dict[str, str]:
    """Return the facts every letter knows, and those of ``person``, as far as they are recorded."""
    facts = {"desk": desk.name, "worker": desk.actor, "today": dates.full(day)}
    if person is None:
        return facts
    name = full_name(person)
    called = say(_CALLED[person.sex], name=isolated(name)) if person.sex in _CALLED else name
    born = dates.partial(person.birth_date) if person.birth_date else ""
    return {**facts, "client": name, "addressed": called, "born": born}


def address_of(file: CaseFile, person: Person) -> tuple[str, ...]:
    """Return where ``person`` lives; nothing when somebody of the case must not be found."""
    if any_shielded(file.persons):
        return ()
    place = " ".join(filter(None, (person.postcode, person.city)))
    return tuple(filter(None, (person.street, place)))


def to_client(file: CaseFile, client: Person) -> tuple[str, ...]:
    """Return her name, and where she lives unless a letter there may do harm."""
    ways = client.contact_channels
    lines = address_of(file, client) if not ways or _BY_LETTER in ways else ()
    return tuple(map(isolated, (full_name(client), *lines)))


def subject(text: LetterText, known: LetterFacts) -> tuple[str, ...]:
    """Return the lines of the subject that can be said. Raises CaseworkError E843 as ``said``."""
    first, *others = text.subject
    sayable = (line for line in others if all(known.facts.get(name) for name in gaps(line)))
    return (said(first, known), *(said(line, known) for line in sayable))


def blocks(text: LetterText, known: LetterFacts, day: date) -> Iterator[Block]:
    """Yield what is to be written on ``day``. Raises CaseworkError E843 as ``said``."""
    for block in text.blocks:
        if known.holds(block, day):
            if block.text:
                yield LetterParagraph(said(block.text, known), heading=block.heading)
            elif block.part in known.parts:
                yield known.parts[block.part]


def said(sentence: str, known: LetterFacts) -> str:
    """Return ``sentence`` with its facts, each in its own direction.

    Raises CaseworkError E843 when it speaks of the client and the case knows none.
    """
    if any(not known.facts.get(name) for name in gaps(sentence)):
        raise CaseworkError(NO_CLIENT)
    return filled(sentence, {name: isolated(text) for name, text in known.facts.items()})
