"""Why a line of a checklist is asked for or not, for whom, and what is missing to say, in words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kimdesk.casework.checklists import ChecklistLine
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.conditions import LISTS
from kimdesk.domain.needs.conditions import (
    All,
    Answered,
    AnyOf,
    ByHand,
    Fact,
    Group,
    Need,
    NoneOf,
    Somebody,
)
from kimdesk.domain.needs.judging import PLAIN, Evidence, MissingFact, SeenFact
from kimdesk.domain.records import CaseFile
from kimdesk.domain.terms import ItemState
from kimdesk.texts import dates, say
from kimdesk.texts.bidi import apart

_NAMED = 3  # persons who are named; of more it is said how many
_UNSAID = frozenset({Fact.ROLE, Fact.RELATION, Fact.PROTECTION, Fact.ANSWER})
_NEVER_NO = frozenset({Fact.RELATION, Fact.PROTECTION, Fact.ACHIEVEMENT})


def title(line: ChecklistLine, file: CaseFile) -> str:
    """Return what is asked for and, one for each person, for whom: „Anlage WEP für Tarig“."""
    label = line.paper.label if line.paper else line.entry.item
    if not line.persons or len(line.persons) == 1 == len(file.members):
        return label
    if len(line.persons) > _NAMED:
        return say("needs.for_n_persons", paper=label, n=len(line.persons))
    return say("needs.for_persons", paper=label, names=_listed(_name(file, one) for one in line.persons))


def reason(catalogue: Catalogue, line: ChecklistLine, file: CaseFile) -> str:
    """Return why it is asked for, why not, or what is missing to say."""
    if line.paper is None:
        return say("common.always_needed")
    if line.own and line.judgement is not None:
        return _of_a_person(line, line.paper.condition)
    if line.judgement is None:
        return _closed(line, line.paper.condition)
    if line.judgement.truth is None:
        return _open(catalogue, line, file, line.paper.condition)
    why = joined(catalogue, line.judgement.because, file)
    if not line.judgement.truth:
        return say("needs.not_needed_why", why=why or line.paper.condition)
    told = _asked(line.paper.condition, why)
    unknown = missing_words(catalogue, wanted(line), file)
    return say("needs.asked_and_unclear", why=told, facts=unknown) if unknown else told


def wanted(line: ChecklistLine) -> tuple[MissingFact, ...]:
    """Return the facts that can be entered to say more of ``line``, without those that settle nothing."""
    one_each = line.paper is not None and line.paper.per_person
    if line.own or line.judgement is None or (line.judgement.truth and not one_each):
        return ()
    lacking = line.judgement.lacking
    judged = any(one.fact is Fact.JUDGEMENT for one in lacking)
    found = [one for one in lacking if one.fact is not Fact.JUDGEMENT]
    return tuple(one for one in found if not (judged and (one.earlier or one.fact in _NEVER_NO)))


def missing_words(catalogue: Catalogue, lacking: Sequence[MissingFact], file: CaseFile) -> str:
    """Return „Geburtsdatum von Ali, Arbeit von Sara und Tarig“, "" for none; of many the first ones."""
    alike: dict[MissingFact, list[MissingFact]] = {}
    for one in lacking:
        alike.setdefault(replace(one, person_id=""), []).append(one)
    told = [_missing(catalogue, each, file) for each in alike.values()]
    left = len(told) - _NAMED
    more = [say("common.and_n_more", n=left)] if left > 0 else []
    return " ".join([apart(", ").join(told[:_NAMED]), *more]) if told else ""


def missing_word(catalogue: Catalogue, one: MissingFact, file: CaseFile) -> str:
    """Return what is missing: „Geburtsdatum von Ali“."""
    return _missing(catalogue, [one], file)


def _missing(catalogue: Catalogue, alike: Sequence[MissingFact], file: CaseFile) -> str:
    """Return one fact that is missing of one person or of several."""
    one = alike[0]
    if one.fact is Fact.ANSWER:
        return say("needs.answer_to", question=_question(catalogue, one.form, one.field))
    label = say(f"needs.fact_{one.fact}")
    if not one.person_id:
        return label
    many = len(alike) > _NAMED
    names = (
        say("needs.n_persons", n=len(alike))
        if many
        else _listed(_name(file, each.person_id) for each in alike)
    )
    if one.earlier:
        return say("needs.earlier_of", fact=label, name=names)
    return say("needs.missing_of", fact=label, name=names)


def joined(catalogue: Catalogue, because: Iterable[Evidence], file: CaseFile) -> str:
    """Return what decided, in words: persons with their facts, each once."""
    told, seen = [], list[tuple[bool, SeenFact]]()
    for one in because:
        if words := _of_group(catalogue, one):
            told.append(words)
        elif isinstance(one.part, Somebody):
            seen += [(one.part.who is Group.CLIENT, each) for each in _worth_saying(one)]
    return "; ".join(dict.fromkeys(filter(None, (*told, _persons(catalogue, seen, file)))))


def _asked(condition: str, why: str) -> str:
    if not condition:
        return say("common.always_needed")
    because = say("case.because_condition", condition=condition)
    return say("needs.because_shown", because=because, why=why) if why else because


def _of_a_person(line: ChecklistLine, condition: str) -> str:
    if line.entry.state is not ItemState.NOT_NEEDED:
        needed = line.judgement is not None and line.judgement.truth is not False
        if not condition:
            return say("common.always_needed")
        return say(f"{'case.because' if needed else 'common.if'}_condition", condition=condition)
    day = dates.full(line.entry.since) if line.entry.since else ""
    set_so = say("needs.set_not_needed", day=day) if day else say("needs.set_not_needed_once")
    if condition and line.judgement is not None and line.judgement.truth:
        return say("needs.but_needed", said=set_so, condition=condition)
    return set_so


def _closed(line: ChecklistLine, condition: str) -> str:
    if not condition:
        return say("common.always_needed")
    kept = line.entry.state in (ItemState.PRESENT, ItemState.REQUESTED)
    return say(f"{'case.because' if kept else 'common.if'}_condition", condition=condition)


def _open(catalogue: Catalogue, line: ChecklistLine, file: CaseFile, condition: str) -> str:
    lacking = missing_words(catalogue, wanted(line), file)
    if lacking:
        return say("needs.open_facts", condition=condition, facts=lacking)
    return say("needs.open_judgement", condition=condition)


def _of_group(catalogue: Catalogue, one: Evidence) -> str:
    """Return what speaks against a group as a whole: nobody is there, of that age, or in that role."""
    if not isinstance(one.part, Somebody) or one.holds:
        return ""
    facts = {each.fact for each in one.seen}
    if not facts:
        return say(f"needs.nobody_{one.part.who}")
    if facts == {Fact.AGE} and one.part.who is not Group.CLIENT:
        return say(f"needs.too_old_or_young_{one.part.who}", age=_bounds(one.part))
    if facts == {Fact.ROLE}:
        roles = (code for test in one.part.tests for code in test.among)
        labels = say("needs.or").join(_code(catalogue, Fact.ROLE, each) for each in roles)
        return say("needs.not_there_as", roles=labels)
    return ""


def _worth_saying(one: Evidence) -> tuple[SeenFact, ...]:
    """Return what was seen; an age only where nothing else was."""
    more = {each.person_id for each in one.seen if each.fact not in (Fact.AGE, *_UNSAID)}
    return tuple(each for each in one.seen if each.fact is not Fact.AGE or each.person_id not in more)


def _persons(catalogue: Catalogue, seen: Sequence[tuple[bool, SeenFact]], file: CaseFile) -> str:
    """Return „Ali (8 Jahre), Sara (12 Jahre)“; of the client alone the facts without her name."""
    facts: dict[str, list[str]] = {}
    for _, one in seen:
        facts.setdefault(one.person_id, []).append(_seen(catalogue, one))
    alone = len(facts) == 1 and all(of_client for of_client, _ in seen)
    told = []
    for person_id, known in facts.items():
        words = ", ".join(dict.fromkeys(filter(None, known)))
        name = _name(file, person_id)
        told.append(words if alone else say("needs.person_facts", name=name, facts=words) if words else name)
    left = len(told) - _NAMED
    more = [say("common.and_n_more", n=left)] if left > 0 else []
    return " ".join(filter(None, [apart(", ").join(told[:_NAMED]), *more]))


def _seen(catalogue: Catalogue, one: SeenFact) -> str:
    if one.fact is Fact.AGE and one.number == 0:
        return say("needs.baby")
    if one.fact in PLAIN:
        return say(f"needs.seen_{one.fact}", n=one.number or 0)
    if one.fact in _UNSAID:
        return ""
    if not one.codes:
        return say(f"needs.without_{one.fact}")
    told = (code for code in one.codes if _told(one, code))
    return ", ".join(dict.fromkeys(_code(catalogue, one.fact, code) for code in told))


def _told(one: SeenFact, code: str) -> bool:
    """Return whether a code is worth saying: a paragraph with its Absatz, a country without group."""
    if one.fact is Fact.PARAGRAPH:
        return not any(other.startswith(f"{code}.") for other in one.codes)
    return one.fact is not Fact.NATIONALITY or code.isdigit()


def _code(catalogue: Catalogue, fact: Fact, code: str) -> str:
    if fact is Fact.PARAGRAPH:
        section, _, number = code.partition(".")
        absatz = say("needs.paragraph_part", number=number) if number else ""
        return say("needs.paragraph", section=section) + absatz
    if fact is Fact.NATIONALITY and not code.isdigit():
        return say(f"needs.nationality_{code}")
    if fact is Fact.PROTECTION:
        return say(f"needs.protection_{code}")
    return catalogue.code_list(LISTS.get(fact.value, fact.value)).short(code)


def described(catalogue: Catalogue, need: Need) -> str:
    """Return a condition in words, for who writes one: „weitere Person im Haushalt, ab 15 Jahren“."""
    match need:
        case Somebody():
            return ", ".join([say(f"needs.who_{need.who}"), *_tested(catalogue, need)])
        case Answered(form, field, among):
            answers = say("needs.or").join(map(str, among))
            return say("needs.answered_so", question=_question(catalogue, form, field), answers=answers)
        case ByHand():
            return say("needs.by_hand")
        case All(parts):
            return say("needs.and").join(described(catalogue, one) for one in parts)
        case AnyOf(parts):
            return say("needs.or").join(described(catalogue, one) for one in parts)
        case NoneOf(parts):
            told = say("needs.or").join(described(catalogue, one) for one in parts)
            return say("needs.none_of", parts=told)


def _tested(catalogue: Catalogue, need: Somebody) -> Iterator[str]:
    if need.from_age is not None or need.under_age is not None:
        yield _bounds(need)
    if need.from_stay is not None:
        yield say("needs.from_stay", n=need.from_stay)
    if need.under_stay is not None:
        yield say("needs.under_stay", n=need.under_stay)
    for test in need.tests:
        values = say("needs.or").join(_code(catalogue, test.fact, code) for code in test.among)
        label = say(f"needs.fact_{test.fact}")
        yield say(f"needs.test_{need.during}", fact=label, values=values)


def _bounds(need: Somebody) -> str:
    if need.from_age is None:
        return say("needs.under_age", n=need.under_age or 0)
    if need.under_age is None:
        return say("needs.from_age", n=need.from_age)
    return say("needs.between_ages", first=need.from_age, n=need.under_age - 1)


def _question(catalogue: Catalogue, form: str, field: str) -> str:
    section_id, _, field_id = field.partition(".")
    found = next((one for one in catalogue.forms() if one.name == form), None)
    section = found.section(section_id) if found else None
    asked = section.field(field_id) if section else None
    return asked.label if asked else field


def _name(file: CaseFile, person_id: str) -> str:
    person = next((one for one in file.persons if one.id == person_id), None)
    return (person.given_names or person.family_name if person else "") or say("needs.somebody")


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return say("needs.names_and", names=apart(", ").join(first), last=last) if first else last
