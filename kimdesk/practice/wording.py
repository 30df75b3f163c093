"""The words that fill the town's sentences: who speaks, who is spoken of, where they live."""

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.records import Person
from kimdesk.domain.terms import Role
from kimdesk.practice.cast_templates import CastPerson
from kimdesk.practice.library import words
from kimdesk.practice.templates import NamePool, Town

AGES = {"small_child": range(1, 6), "school_child": range(6, 17)}


class Wording(dict[str, str]):
    """Fills ``{…}`` in the town's texts."""

    def say(self, text: str) -> str:
        """Return ``text`` with its gaps filled. Raises KeyError for a gap nobody can fill."""
        return text.format_map(self) if "{" in text else text


def facts(plays: tuple[CastPerson, ...], shelter: bool) -> frozenset[str]:
    """Return what texts and goals may take for granted about a household."""
    children = [play for play in plays if play.role is Role.CHILD]
    known = {
        "shelter": shelter,
        "flat": not shelter,
        "family": len(plays) > 1,
        "child": bool(children),
        "childless": not children,
        **{fact: any(child.age in ages for child in children) for fact, ages in AGES.items()},
        "parent": any(play.role is Role.PARENT for play in plays),
    }
    return frozenset(fact for fact, holds in known.items() if holds)


def wording(client: Person, plays: tuple[CastPerson, ...], pool: NamePool, place: Town) -> Wording:
    """Return the words for a household whose client is ``client``."""
    surname, count = client.family_name, words().count
    form = words().said["female" if client.sex == "female" else "male"]
    said = Wording({gap: text.format(family_name=surname) for gap, text in form.items()})
    said["name"] = client.given_names or surname
    said["ort"], said["unterkunft"] = place.name, place.shelter
    said["in_land"], said["aus_land"] = pool.in_land, pool.aus_land
    said["In_land"] = pool.in_land[0].upper() + pool.in_land[1:]
    said["sprache"] = SHIPPED.label("language", pool.languages[0]).partition(" (")[0]
    said["personen"] = count.say(len(plays), count.people)
    said.update(_relatives(plays))
    return said


def anonymous(place: Town) -> Wording:
    """Return the words for somebody who gives no name."""
    said = Wording(words().said["anonymous"])
    said["ort"], said["sprache"] = place.name, SHIPPED.label("language", "eng")
    return said


def _relatives(plays: tuple[CastPerson, ...]) -> dict[str, str]:
    children = [play for play in plays if play.role is Role.CHILD]
    small = next((child for child in reversed(children) if child.age in AGES["small_child"]), None)
    school = next((child for child in children if child.age in AGES["school_child"]), None)
    parent = next((play for play in plays if play.role is Role.PARENT), None)
    found: dict[str, str] = {}
    count = words().count
    if small:
        found["kind"] = small.given
        found["kind_alter"] = count.say(small.age, count.years)
    if school:
        found["schulkind"] = school.given
    if parent:
        found["elternteil"] = words().parent["female" if parent.sex == "female" else "male"]
    return found


def gendered(text: str, female: bool) -> str:
    """Return the form of an occupation that fits: „Bäcker*in“, or „Koch/Köchin“ (male first)."""
    male_form, slash, female_form = text.partition("/")
    if slash:
        return female_form if female else male_form
    return text.replace("*in", "in" if female else "")
