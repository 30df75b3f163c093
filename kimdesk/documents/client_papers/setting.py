"""What every paper for the client starts from: the case, its words, who gives it, and what is kept back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kimdesk.casework.case_file import read_file
from kimdesk.casework.checklists import ChecklistLine, current
from kimdesk.casework.desk import Desk
from kimdesk.casework.letterhead import Letterhead, known_letterhead
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.client_words import ClientWords, by_tag
from kimdesk.catalogue.paper_words import PaperWords
from kimdesk.documents.client_papers.words import SpokenWords, words_of
from kimdesk.documents.client_sheet import (
    Both,
    ClientSheet,
    SheetBlock,
    SheetHeading,
    SheetParagraph,
    SignatureLines,
    lay_out,
)
from kimdesk.documents.papers import MadePaper, PaperWish
from kimdesk.domain.naming import full_name
from kimdesk.domain.phases import latest
from kimdesk.domain.records import CaseFile, PlanStep
from kimdesk.domain.terms import Phase, Role
from kimdesk.domain.translations import Translated, german_of, translation_of
from kimdesk.forms.answers import of_section
from kimdesk.store.work import Reader
from kimdesk.texts import dates
from kimdesk.texts.guarding import Guard

_TELLING = 8  # letters from which a word of a service says which one it is


@dataclass(frozen=True, slots=True)
class PaperSetting:
    """One paper of one case; ``fixed`` is the language beside German, None for German alone."""

    catalogue: Catalogue
    file: CaseFile
    head: Letterhead
    words: SpokenWords
    wish: PaperWish
    fixed: ClientWords | None
    practice: bool
    _guards: tuple[Guard, Guard] = field(repr=False)

    def item(self, line: ChecklistLine) -> Both:
        """Return how a paper of a checklist is called, in both languages as far as there is a word."""
        known = self.catalogue.item_labels.get(line.entry.item, line.entry.item)
        label = line.paper.label if line.paper else known
        return Both(label, self.fixed.item(label) if self.fixed else "")

    def free(self, text: str, own: str = "") -> Both:
        """Return what somebody wrote, and its translation if there is one, as the client may read it."""
        german, other = self._guards
        return Both(german(text), other(own) if own else "")

    def told(self, record: Translated) -> Both:
        """Return the text of a record that carries translations.

        Where something of the German text is kept back, the translation is: in another script nobody finds
        the name of a child (docs/decisions/0070).
        """
        german = german_of(record)
        whole = self._guards[0](german) == " ".join(german.split())
        own = translation_of(record, self.fixed.language) if self.fixed and whole else ""
        return self.free(german, own)

    def day(self, day: date) -> Both:
        """Return a day; it is written alike in all languages."""
        return self.words.plain(dates.full(day))

    def is_others(self, person_id: str) -> bool:
        """Return whether it is about somebody other than the client, who is meant where nobody is named."""
        client = self.file.client
        return bool(person_id) and not (client and client.id == person_id)

    def whose(self, person_id: str) -> Both:
        """Return „für Sie“, „für Ihr Kind“ or „für eine andere Person“, never a name."""
        if not self.is_others(person_id):
            return self.words.tell("for_you")
        role = next((one.role for one in self.file.members if one.person_id == person_id), None)
        return self.words.tell("for_your_child" if role is Role.CHILD else "for_another_person")

    def service(self, code: str) -> str:
        """Return the name of a service; instead of one with a safe contact alone, who gives the paper."""
        discreet = any(one.safe_contact_only for one in self.catalogue.versions(code))
        return (self.head.unit or self.head.name) if discreet else self.catalogue.service_name(code)

    def agency(self, text: str) -> Both:
        """Return where something is done, nothing for a service that has a safe contact alone."""
        said = " ".join(
            " ".join((one.name, *one.also)) for one in self.catalogue.services() if one.safe_contact_only
        )
        telling = (word.casefold() for word in said.split() if len(word) >= _TELLING)
        return Both("") if any(word in text.casefold() for word in telling) else self.free(text)

    def made(self, blocks: Iterable[SheetBlock], title: Both | None = None) -> MadePaper:
        """Return the paper with ``blocks``; its title is the text „title“ unless another one is given."""
        called = title or self.words.tell("title")
        own = self.words.own
        sheet = ClientSheet(
            head=self.head, title=called, about=self._about(), blocks=tuple(blocks),
            language=self.wish.language, fixed=self.fixed, checked=own is not None and own.checked,
            practice=self.practice,
        )  # fmt: skip
        client = self.file.client
        return MadePaper(
            title=called.german,
            data=lay_out(sheet),
            case_id=self.file.case.id,
            version=self.words.german.version,
            names_client=client is not None and bool(full_name(client)),
        )

    def stand(self) -> tuple[Both, ...]:
        """Return the file number and the day the paper bears."""
        number = self.file.case.file_number
        told = (self.words.tell("file_number", number=number),) if number else ()
        return (*told, self.words.tell("as_of", day=dates.full(self.wish.today)))

    def _about(self) -> Both:
        name = full_name(self.file.client) if self.file.client else ""
        return self.words.plain(name)


def start(desk: Desk, reader: Reader, case_id: str, code: str, wish: PaperWish) -> PaperSetting:
    """Return what the paper ``code`` about a case starts from.

    Raises CaseworkError E853 when there is no such case, ContentError E798 when there are no words in the
    language of ``wish``, E700 when they are broken.
    """
    words = words_of(desk.catalogue, code, wish.language)
    file = current(desk.catalogue, read_file(reader, case_id), wish.today)
    found = by_tag(desk.catalogue.client_words.values(), wish.language) if words.own else None
    return PaperSetting(
        catalogue=desk.catalogue,
        file=file,
        head=known_letterhead(reader, desk),
        words=words,
        wish=wish,
        fixed=found,
        practice=desk.practice,
        _guards=(_guard(file, words.german), _guard(file, words.own or words.german)),
    )


def _guard(file: CaseFile, words: PaperWords) -> Guard:
    return Guard(file, words.said("your_child"), words.said("another_person"), own_names=True)


def part(title: Both, blocks: Iterable[SheetBlock]) -> Iterator[SheetBlock]:
    """Yield ``blocks`` below their heading, nothing when there are none."""
    found = tuple(blocks)
    if found:
        yield SheetHeading(title)
        yield from found


def led(lead: Both, text: Both) -> Iterator[SheetBlock]:
    """Yield ``text`` below a small word of what it is, nothing when it says nothing."""
    if text.german:
        yield SheetParagraph(lead, quiet=True, leads=True)
        yield SheetParagraph(text)


def signatures(words: SpokenWords, *keys: str) -> SignatureLines:
    """Return the lines to sign on, the first for place and day."""
    return SignatureLines(tuple(words.tell(key) for key in ("place_and_day", *keys)))


def looked_at_again(setting: PaperSetting, said: Mapping[str, Any]) -> SheetBlock:
    """Return when it is looked at again; a line to write the day on where none is recorded."""
    tell, day = setting.words.tell, day_of(said, "review_on")
    if day:
        return SheetParagraph(tell("review_on", day=dates.full(day)), strong=True)
    return SignatureLines((tell("review_open"),))


def answered(file: CaseFile, phase: Phase, section: str) -> Mapping[str, Any]:
    """Return what the newest round of a phase answers in ``section``, nothing when there is none."""
    entry = latest(file.phases, phase)
    return of_section(entry.answers, section) if entry else {}


def day_of(answers: Mapping[str, Any], name: str) -> date | None:
    """Return a day that was answered, None without one."""
    value = answers.get(name)
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def owner(setting: PaperSetting, step: PlanStep) -> Both:
    """Return who does a step, nothing when nobody said so."""
    label = setting.catalogue.label("step_owner", step.by)
    return setting.words.code("owner", step.by, label) if step.by else Both("")
