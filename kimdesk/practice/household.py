"""Families: who lives together, with names, birth dates and languages as papers show them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import LanguageSkill, Member, Person
from kimdesk.domain.terms import Role
from kimdesk.practice.cast_templates import CaseOutline, CastPerson, as_of
from kimdesk.practice.dice import Dice
from kimdesk.practice.library import names, stories, words
from kimdesk.practice.templates import NamePool, Story, Town

ADULT = 18
_SPEAKS, _LEARNED = 4, 14  # from which age German, and a language from school, is worth a note
_NEEDS_INTERPRETER = frozenset({"A0", "A1", "A2"})
_YEAR = 365.25
_STATELESS, _UNCLEAR = "997", "998"


@dataclass(frozen=True, slots=True)
class Household:
    """The people of a case, the client first."""

    plays: tuple[CastPerson, ...]
    persons: tuple[Person, ...]
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """What all people of a household share on paper."""

    pool: NamePool
    family: tuple[str, ...]
    place: Town
    street: str
    arrived: date
    german: str
    protected: bool
    single_names: bool


def plays(given: CaseOutline, dice: Dice) -> tuple[CastPerson, ...]:
    """Return who lives in the household of a case: the cast's people, or people drawn for its story."""
    story = stories()[given.story]
    if given.person or story.anonymous:
        return given.person
    pool = names()[given.names]
    given_names = {"female": dice.shuffled(pool.female), "male": dice.shuffled(pool.male)}
    return tuple(_named(role, sex, age, given_names) for role, sex, age in _roles(story, dice))


def _named(role: Role, sex: str, age: int, left: dict[str, list[tuple[str, ...]]]) -> CastPerson:
    """Give a name that nobody in the household has yet; the other sex when those of one run out."""
    fitting = sex if left[sex] else next(other for other in left if left[other])
    return CastPerson(role=role, given=left[fitting].pop()[0], sex=fitting, age=age)


def _roles(story: Story, dice: Dice) -> Iterator[tuple[Role, str, int]]:
    house = story.household
    age = dice.between(*house.age)
    sex = "female" if dice.chance(house.women) else "male"
    children = sorted(_child_ages(story, age, dice), reverse=True)
    yield Role.CLIENT, sex, age
    if dice.chance(house.partner):
        least = max([ADULT, age - 6, *(child + ADULT for child in children)])
        yield Role.PARTNER, "male" if sex == "female" else "female", dice.between(least, age + 7)
    for child in children:
        yield Role.CHILD, dice.pick(("female", "male")), child
    if dice.chance(house.parent):
        yield Role.PARENT, dice.pick(("female", "male")), age + dice.between(20, 30)
    if dice.chance(house.sibling):
        yield Role.SIBLING, dice.pick(("female", "male")), dice.between(6, 24)


def _child_ages(story: Story, age: int, dice: Dice) -> Iterator[int]:
    house = story.household
    oldest = age - ADULT
    for number in range(dice.between(*house.children)):
        if house.grown_children:
            yield dice.between(20, age - 20)
        elif number == 0 and house.small_child:
            yield dice.between(2, min(5, oldest))
        elif number <= 1 and house.school_child:
            yield dice.between(7, min(15, oldest))
        else:
            yield dice.between(0, min(17, oldest))


def shared_facts(given: CaseOutline, place: Town, arrived: date, dice: Dice) -> Shared:
    """Return what the people of a case share on paper."""
    pool = names()[given.names]
    by_name = {entry[0]: entry for entry in pool.family}
    family = by_name[given.family] if given.family else dice.pick(pool.family)
    street = f"{dice.pick(place.streets)} {dice.between(1, 68)}"
    story = stories()[given.story]
    shelter = place.shelter if given.shelter else street
    single = pool.single_names and not given.family
    return Shared(pool, family, place, shelter, arrived, given.german or "A1", story.protected, single)


def household(
    cast: tuple[CastPerson, ...], shared: Shared, case_id: str, opened: date, today: date, dice: Dice
) -> Household:
    """Return the persons and their places in the case ``case_id``."""
    persons = tuple(_person(play, shared, opened, today, dice) for play in cast)
    members = tuple(
        Member(
            id=dice.new_id(opened),
            case_id=case_id,
            person_id=person.id,
            role=play.role,
            relation=words().relation.get(play.role, {}).get(play.sex, ""),
            since=max(shared.arrived, person.birth_date.earliest() if person.birth_date else shared.arrived),
        )
        for play, person in zip(cast, persons, strict=True)
    )
    return Household(cast, persons, members)


def _person(play: CastPerson, shared: Shared, opened: date, today: date, dice: Dice) -> Person:
    adult = play.age >= ADULT
    pool = shared.pool
    born, fictitious = _born(play.age, pool, today, dice)
    if play.born:
        born, fictitious = _exact(play.born, today), False
    family_name, given, original, single = _names(play, shared, dice)
    born_here = born.earliest() > shared.arrived
    return Person(
        id=dice.new_id(opened),
        family_name=family_name,
        given_names=given,
        single_name=single,
        original_name=original,
        birth_name=dice.pick(pool.family)[0] if play.role is Role.PARTNER and dice.chance(0.15) else "",
        alias=_alias(family_name, given) if adult and dice.chance(0.06) else "",
        call_name=given.split()[-1] if " " in given else "",
        birth_date=born,
        birth_fictitious=fictitious,
        birth_place=words().note["birth_place"] if born_here else dice.pick(pool.places),
        birth_country="000" if born_here else pool.nationality,
        sex=play.sex,
        nationalities=_nationalities(pool, dice),
        languages=_languages(play, shared, dice),
        street="" if shared.protected else shared.street,
        postcode="" if shared.protected else shared.place.postcode,
        city="" if shared.protected else shared.place.name,
        arrived_on=_came(play, shared, today, dice) if not born_here else None,
        phone=words().note["mobile"] + dice.digits(2) if adult else "",
        email=f"{_plain(given or family_name)}@example.org" if adult and dice.chance(0.3) else "",
        safe_contact=words().note["safe_contact"] if shared.protected else _safe_contact(adult, dice),
        contact_channels=_channels(play, shared),
        contact_caution=words().note["caution"] if shared.protected and adult else "",
        interpreter_wish=_wish(play, shared, dice) if adult else "",
        address_blocked=shared.protected,
        protected=shared.protected,
        azr_number=f"000{dice.digits(9)}" if dice.chance(0.08) else "",
    )


def _names(play: CastPerson, shared: Shared, dice: Dice) -> tuple[str, str, str, bool]:
    forms = shared.family[2:] if play.sex == "female" else shared.family
    family, script = (*(forms or shared.family), "")[:2]
    written = {entry[0]: entry[1] for entry in (*shared.pool.female, *shared.pool.male) if len(entry) > 1}
    first = written.get(play.given, "")
    if play.age >= ADULT and shared.single_names and dice.chance(0.2):
        return play.given, "", first, True
    return family, play.given, f"{first} {script}" if first and script else "", False


def _born(age: int, pool: NamePool, today: date, dice: Dice) -> tuple[PartialDate, bool]:
    latest = today - timedelta(days=int(age * _YEAR) + 1)
    day = latest - timedelta(days=dice.between(0, 360))
    if age >= ADULT and pool.assumed_births and dice.chance(0.18):
        return PartialDate(day.year, 1, 1), True
    if age >= ADULT and dice.chance(0.06):
        return PartialDate(day.year, day.month if dice.chance(0.5) else 0), False
    return PartialDate(day.year, day.month, day.day), False


def _nationalities(pool: NamePool, dice: Dice) -> tuple[str, ...]:
    if dice.chance(0.02):
        return (dice.pick((_STATELESS, _UNCLEAR)),)
    second = pool.second and dice.chance(0.08)
    return (pool.nationality, pool.second) if second else (pool.nationality,)


def _languages(play: CastPerson, shared: Shared, dice: Dice) -> tuple[LanguageSkill, ...]:
    german = shared.german if play.role is Role.CLIENT else dice.pick(("A1", "A2", "B1"))
    needed = play.age >= ADULT and german in _NEEDS_INTERPRETER
    first = LanguageSkill(shared.pool.languages[0], "native", needed)
    if play.age < _SPEAKS:
        return (first,)
    others = [LanguageSkill(code, "C1") for code in shared.pool.languages[1:]]
    learned = [code for code in shared.pool.extra if play.age >= _LEARNED and dice.chance(0.4)]
    others += [LanguageSkill(code, dice.pick(("A2", "B1", "B2"))) for code in learned]
    return (first, *others, LanguageSkill("deu", german))


def _exact(day: date, today: date) -> PartialDate:
    found = as_of(today, day)
    return PartialDate(found.year, found.month, found.day)


def _came(play: CastPerson, shared: Shared, today: date, dice: Dice) -> PartialDate:
    drawn = _arrived(shared.arrived, dice)
    return _exact(play.arrived, today) if play.arrived else drawn


def _arrived(day: date, dice: Dice) -> PartialDate:
    return PartialDate(day.year, day.month, day.day if dice.chance(0.7) else 0)


def _safe_contact(adult: bool, dice: Dice) -> str:
    return dice.pick(words().contact_wishes) if adult and dice.chance(0.12) else ""


def _channels(play: CastPerson, shared: Shared) -> tuple[str, ...]:
    if play.role is not Role.CLIENT:
        return ()
    return ("trusted_person",) if shared.protected else ("phone", "messenger")


def _wish(play: CastPerson, shared: Shared, dice: Dice) -> str:
    needed = play.role is Role.CLIENT and shared.german in _NEEDS_INTERPRETER
    return dice.pick(words().interpreter_wishes) if needed and dice.chance(0.4) else ""


def _alias(family_name: str, given: str) -> str:
    other = family_name.replace("k", "c").replace("y", "j").replace("sch", "sh").replace("ş", "s")
    return f"{given} {other if other != family_name else family_name + 'i'}".strip()


def _plain(name: str) -> str:
    letters = "".join(letter for letter in name.casefold() if letter.isascii() and letter.isalpha())
    return letters or "post"
