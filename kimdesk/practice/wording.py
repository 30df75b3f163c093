"""The words that fill the town's sentences: who speaks, who is spoken of, where they live."""

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.records import Person
from kimdesk.domain.terms import Role
from kimdesk.practice.templates import CastPerson, NamePool, Town

_FEMALE = {"sie": "sie", "Sie": "Sie", "acc": "sie"}
_MALE = {"sie": "er", "Sie": "Er", "acc": "ihn"}
_NUMBERS = ("null", "eine Person", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn")
_SMALL, _SCHOOL = range(1, 6), range(6, 17)


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
        "small_child": any(child.age in _SMALL for child in children),
        "school_child": any(child.age in _SCHOOL for child in children),
        "parent": any(play.role is Role.PARENT for play in plays),
    }
    return frozenset(fact for fact, holds in known.items() if holds)


def wording(client: Person, plays: tuple[CastPerson, ...], pool: NamePool, place: Town) -> Wording:
    """Return the words for a household whose client is ``client``."""
    female = client.sex == "female"
    surname = client.family_name
    said = Wording(_FEMALE if female else _MALE)
    said["frau"] = f"Frau {surname}" if female else f"Herr {surname}"
    said["herrn"] = f"Frau {surname}" if female else f"Herrn {surname}"
    said["name"] = client.given_names or surname
    said["ort"], said["unterkunft"] = place.name, place.shelter
    said["in_land"], said["aus_land"] = pool.in_land, pool.aus_land
    said["In_land"] = pool.in_land[0].upper() + pool.in_land[1:]
    said["sprache"] = SHIPPED.label("language", pool.languages[0]).partition(" (")[0]
    said["personen"] = _NUMBERS[1] if len(plays) == 1 else f"{_count(len(plays))} Personen"
    said.update(_relatives(plays))
    return said


def anonymous(place: Town) -> Wording:
    """Return the words for somebody who gives no name."""
    said = Wording(_FEMALE, frau="die Person", herrn="die Person", name="die Person")
    said["ort"], said["sprache"] = place.name, SHIPPED.label("language", "eng")
    return said


def _count(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _relatives(plays: tuple[CastPerson, ...]) -> dict[str, str]:
    children = [play for play in plays if play.role is Role.CHILD]
    small = next((child for child in reversed(children) if child.age in _SMALL), None)
    school = next((child for child in children if child.age in _SCHOOL), None)
    parent = next((play for play in plays if play.role is Role.PARENT), None)
    found: dict[str, str] = {}
    if small:
        found["kind"] = small.given
        found["kind_alter"] = "ein Jahr" if small.age == 1 else f"{_count(small.age)} Jahre"
    if school:
        found["schulkind"] = school.given
    if parent:
        found["elternteil"] = "meine Mutter" if parent.sex == "female" else "mein Vater"
    return found


def gendered(text: str, female: bool) -> str:
    """Return the form of an occupation that fits: „Bäcker*in“, or „Koch/Köchin“ (male first)."""
    male_form, slash, female_form = text.partition("/")
    if slash:
        return female_form if female else male_form
    return text.replace("*in", "in" if female else "")
