"""What of a case is of a special category (Art. 9 DSGVO), and stays at its desk unless a consent lets it go.

The rule (docs/decisions/0046) holds whatever the legal basis of a passage is: what ``[special]`` of the
policy names is of such a category, and so is all that hangs on it. It goes along only where a consent that
stands says so: to the Kreis, whose desks they all are, for the purpose of this passage, with names, naming
the kind of information and the category. About somebody of age it is their own consent, about a child the
client's too.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, Final

import msgspec

from kimdesk.casework.case_file import read_file
from kimdesk.casework.desk import Desk
from kimdesk.casework.parcel import States
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.consent import KREIS, standing
from kimdesk.domain.custody import PassageWay
from kimdesk.domain.errors import ContentError
from kimdesk.domain.kinds import kind_of
from kimdesk.domain.law.claims import full_age_on
from kimdesk.domain.law.spans import Spans
from kimdesk.domain.records import (
    MEMBERS,
    Case,
    CaseFile,
    Consent,
    Dispute,
    Member,
    Person,
    PhaseEntry,
    Record,
)
from kimdesk.domain.terms import Role, SharingLevel
from kimdesk.forms.answers import FormEntry, entries
from kimdesk.forms.definition import Repeat
from kimdesk.sync.leaving.answers import categories_of
from kimdesk.sync.leaving.policy import policy

PURPOSES: Final[Mapping[PassageWay, str]] = {PassageWay.MOVE: "handover", PassageWay.COVER: "cover"}
"""For what a consent has to be given (consent_purpose), by the way a case passes."""
ANSWERS: Final = "answer"
"""As what answers are counted, beside the kinds of records."""

_NAMED: Final = (
    ("life_domain", "life_domain"),
    ("service", "service"),
    ("recipient", "service"),
    ("purpose", "consent_purpose"),
    ("document", "document_kind"),
)
"""Fields whose codes tell a category, and where the policy lists such codes."""
_HANGS: Final = ("about", "record_id", "goal_id")
"""Fields by which a record belongs to another one."""
_INFORMATION: Final = {"attachment": "documents", "finding": "findings"}
"""What kinds are where the Kreis needs no consent for them, or gets nothing of them."""
_UNRULED: Final = "assessment"
"""What answers are to forms the policy does not know."""
_FIELD: Final = "field"
"""Where the policy lists single fields of records that tell a category ("standing.unable")."""
_PEOPLE: Final = (Person, Member)

Opens = Callable[[str, Iterable[str], str], bool]
"""Whether data of a kind, of all these categories, about a person ("": the client) may go."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """A case as it may pass, and how much of it stays: by kind of record, answers apart."""

    file: CaseFile
    staying: Mapping[str, int]


def sift(catalogue: Catalogue, file: CaseFile, way: PassageWay, day: date) -> Sifted:
    """Return what of a case may pass on ``day``, and what stays at this desk."""
    return _Sieve(catalogue, file, agreed(file, PURPOSES[way], day, catalogue.rules.agenda.spans)).run()


def staying(desk: Desk, case_id: str, way: PassageWay, day: date) -> Mapping[str, int]:
    """Return how much of a case stays if it passes on ``day``: by kind of record, answers apart.

    Raises CaseworkError E853 when there is no such case.
    """
    with desk.reading() as reader:
        return sift(desk.catalogue, read_file(reader, case_id), way, day).staying


def bare(catalogue: Catalogue, file: CaseFile) -> CaseFile:
    """Return a case without any data of a special category, whatever was agreed to."""
    return _Sieve(catalogue, file, lambda *_: False).run().file


def bare_states(catalogue: Catalogue, states: States) -> States:
    """Return the records of a case as ``bare`` leaves them: what the other desk has, whatever it got."""
    every = [each for (record_type, _), each in states.items() if record_type is not Case]
    named: dict[str, Any] = {
        name: tuple(each for each in every if type(each) is record_type)
        for record_type, name in MEMBERS.items()
    }
    case = next(each for each in states.values() if isinstance(each, Case))
    left = bare(catalogue, CaseFile(case=case, **named))
    kept = (case, *(each for record_type in MEMBERS for each in left.of(record_type)))
    return {(type(each), each.id): each for each in kept}


def agreed(file: CaseFile, purpose: str, day: date, spans: Spans) -> Opens:
    """Return what the consents of a case for ``purpose`` open on ``day``."""
    clients = {each.person_id for each in file.members if each.role is Role.CLIENT}
    given = [each for each in standing(file.consents, day) if _serves(each, purpose)]
    born = {each.id: each.birth_date for each in file.persons}
    minors = {
        each.person_id
        for each in file.members
        if each.role is Role.CHILD and born.get(each.person_id)
        and day < full_age_on(born[each.person_id], spans)
    }  # fmt: skip
    of_client = [each for each in given if not each.person_id or each.person_id in clients]

    def opens(kind: str, categories: Iterable[str], person_id: str) -> bool:
        by_client = not person_id or person_id in clients or person_id in minors
        own = [each for each in given if person_id and each.person_id == person_id]
        counting = [*own, *(of_client if by_client else ())]
        return all(any(_names(each, kind, category) for each in counting) for category in categories)

    return opens


def _serves(consent: Consent, purpose: str) -> bool:
    named = (consent.recipient, consent.purpose, consent.level)
    return named == (KREIS, purpose, SharingLevel.IDENTIFIED)


def _names(consent: Consent, kind: str, category: str) -> bool:
    return (not kind or kind in consent.kinds) and category in consent.special_categories


@dataclass(slots=True)
class _Sieve:
    catalogue: Catalogue
    file: CaseFile
    opens: Opens
    staying: Counter[str] = field(default_factory=Counter)

    def run(self) -> Sifted:
        categories = self._categories()
        kept: dict[str, Any] = {}
        for record_type, name in MEMBERS.items():
            if record_type not in _PEOPLE:
                every = self.file.of(record_type)
                kept[name] = tuple(self._bare(each) for each in every if self._passes(each, categories))
        kept["phases"] = tuple(self._with_answers(each, categories) for each in kept["phases"])
        return Sifted(replace(self.file, **kept), dict(self.staying))

    def _bare(self, record: Record) -> Record:
        """Return a record without the single fields that stay."""
        gone = {
            name: value
            for name, category, value in _special_fields(record)
            if not self.opens(_information(record), (category,), _about(record))
        }
        self.staying.update({ANSWERS: len(gone)} if gone else {})
        return replace(record, **gone) if gone else record

    def _passes(self, record: Record, categories: Mapping[str, frozenset[str]]) -> bool:
        found = categories.get(record.id, frozenset())
        if not found or self.opens(_information(record), sorted(found), _about(record)):
            return True
        self.staying[kind_of(type(record))] += 1
        return False

    def _categories(self) -> dict[str, frozenset[str]]:
        """Return the special categories of each record that is of any, with what hangs on it."""
        every = [each for record_type in MEMBERS for each in self.file.of(record_type)]
        found = {each.id: named for each in every if (named := _named(each))}
        before = -1
        while before != len(found):
            before = len(found)
            for each in every:
                above = [found[key] for key in _belongs_to(each) if key in found]
                if above and each.id not in found:
                    found[each.id] = frozenset().union(*above)
        return found

    def _with_answers(self, entry: PhaseEntry, records: Mapping[str, frozenset[str]]) -> PhaseEntry:
        """Return a phase without the answers that stay; all do where nobody here knows what was asked."""
        rule = policy().answers.get(entry.form or entry.phase)
        kind = rule.kind if rule else _UNRULED
        try:
            definition = self.catalogue.phase_form(entry.phase, entry.version or None)
        except ContentError:
            self.staying[ANSWERS] += len(entry.answers)
            return replace(entry, answers={})
        gone = [
            (each, name)
            for each in entries(definition, entry.answers, blank=False)
            for name, own in categories_of(each, rule)
            if (found := own | _of_named(each, name, records)) and not self.opens(kind, sorted(found), "")
        ]
        self.staying.update({ANSWERS: len(gone)} if gone else {})
        return replace(entry, answers=_without(entry.answers, gone)) if gone else entry


def _named(record: Record) -> frozenset[str]:
    special = policy().special
    codes = ((getattr(record, name, ""), special.get(where, {})) for name, where in _NAMED)
    found = {known[code] for code, known in codes if isinstance(code, str) and code in known}
    if isinstance(record, Dispute):
        disputed = special.get(_FIELD, {}).get(f"{record.record_kind}.{record.field_name}")
        found |= {disputed} if disputed else set()
    return frozenset(found).union(getattr(record, "special_categories", ()))


def _special_fields(record: Record) -> Iterator[tuple[str, str, Any]]:
    """Yield each field that tells a category, with that category and what stands there otherwise."""
    listed, kind = policy().special.get(_FIELD, {}), kind_of(type(record))
    for each in fields(record):
        category = listed.get(f"{kind}.{each.name}")
        if category and getattr(record, each.name) != each.default:
            yield each.name, category, each.default


def _about(record: Record) -> str:
    return getattr(record, "for_person", "") or getattr(record, "person_id", "")


def _of_named(entry: FormEntry, name: str, records: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the special categories of the records an answer is about, or names."""
    value = entry.answers[name]
    texts = (entry.key, *(value if isinstance(value, list | tuple) else (value,)))
    return frozenset().union(*(records.get(each, frozenset()) for each in texts if isinstance(each, str)))


def _belongs_to(record: Record) -> Iterator[str]:
    return (getattr(record, name) for name in _HANGS if getattr(record, name, ""))


def _information(record: Record) -> str:
    """Return the kind of information (information_kind) a record is."""
    kind = record.record_kind if isinstance(record, Dispute) else kind_of(type(record))
    return _INFORMATION.get(kind) or policy().record[kind].kind


def _without(answers: Mapping[str, Any], gone: Iterable[tuple[FormEntry, str]]) -> dict[str, Any]:
    left: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(answers, enc_hook=dict))
    for entry, name in gone:
        there = left[entry.section.id]
        if entry.section.repeat is Repeat.LIST:
            there = there[int(entry.key)]
        elif entry.section.repeat is not Repeat.ONCE:
            there = there[entry.key]
        there.pop(name, None)
    return left
