"""Conditions as they stand in a document: ``when`` of a paper, one shape for each part of the language.

    when = { who = "others", from_age = 15 }
    when = { who = "client", status = ["toleration_60a"], from_stay = 12 }
    when = { who = "household", benefit = ["sgb2"], during = "lately" }
    when = { form = "intake", field = "check.classification", in = ["case_management"] }
    when = { by_hand = true }
    when = { any = [ { … }, { … } ] }          # likewise ``all`` and ``none``

A part with ``who`` holds for one person or not at all: its members are joined by „and“, codes of one member
by „or“. What it means: ``kimdesk.domain.needs``.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final

import msgspec

from kimdesk.catalogue.known import Lists
from kimdesk.domain.law.paragraphs import PLACE
from kimdesk.domain.needs.conditions import (
    All,
    Answered,
    AnyOf,
    ByHand,
    During,
    Fact,
    Group,
    Need,
    NoneOf,
    Somebody,
    Test,
)
from kimdesk.forms.definition import FieldType, FormDefinition, Repeat

DEEPEST: Final = 4
"""How many conditions can stand within each other."""
WIDEST: Final = 8
"""How many parts one of them can join."""
MOST_CODES: Final = 40
_OLDEST: Final = 120
_LONGEST_STAY: Final = 1200
LISTS: Final[Mapping[str, str]] = {
    "role": "role",
    "status": "residence_status",
    "employment": "employment_permission",
    "benefit": "legal_regime",
    "insurance": "insurance",
    "course": "course",
    "school": "school",
    "work": "work",
    "relation": "relation_kind",
    "achievement": "achievement_kind",
    "asylum": "asylum_decision",
}
"""Which code list the codes of a member stand in."""
TESTS: Final = (*LISTS, "nationality", "paragraph", "protection")
BOUNDS: Final = ("from_age", "under_age", "from_stay", "under_stay")
_GROUPS: Final = frozenset({"german", "eu", "third"})
_MARKS: Final = frozenset({"protected", "address_blocked"})

_Codes = tuple[str, ...]


class When(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """A condition in a document; which members it has says which part of the language it is."""

    who: Group | None = None
    from_age: int | None = None  # full years
    under_age: int | None = None
    from_stay: int | None = None  # full months since the arrival
    under_stay: int | None = None
    during: During = During.NOW
    role: _Codes = ()
    nationality: _Codes = ()  # „german“, „eu“, „third“, Destatis keys
    status: _Codes = ()
    paragraph: _Codes = ()  # „25a“, „25.3“
    employment: _Codes = ()
    benefit: _Codes = ()
    insurance: _Codes = ()
    course: _Codes = ()
    school: _Codes = ()
    work: _Codes = ()
    relation: _Codes = ()
    achievement: _Codes = ()
    asylum: _Codes = ()
    protection: _Codes = ()
    form: str = ""
    field: str = ""
    among: tuple[str | bool, ...] = msgspec.field(name="in", default=())
    by_hand: bool = False
    all: tuple["When", ...] = ()
    any: tuple["When", ...] = ()
    none: tuple["When", ...] = ()

    @cached_property
    def meaning(self) -> Need:
        """Return what it means; only of one without complaints."""
        parts = tuple(one.meaning for one in self.parts)
        if self.all:
            return All(parts)
        if parts:
            return AnyOf(parts) if self.any else NoneOf(parts)
        if self.who is None:
            return Answered(self.form, self.field, self.among) if self.form else ByHand()
        tests = tuple(Test(Fact(name), codes) for name in TESTS if (codes := getattr(self, name)))
        return Somebody(
            self.who, self.from_age, self.under_age, self.from_stay, self.under_stay, tests, self.during
        )

    @property
    def parts(self) -> tuple["When", ...]:
        """Return what it joins, () for a single condition."""
        return self.all or self.any or self.none

    def leaves(self) -> Iterator["When"]:
        """Yield the single conditions in it."""
        if not self.parts:
            yield self
        for one in self.parts:
            yield from one.leaves()


def demand_small(table: Any) -> str:
    """Return what is too large in ``when`` as it was read, "" when nothing is; before anything recurs."""
    level = [table]
    for _ in range(DEEPEST):
        within = [one for each in level if isinstance(each, Mapping) for one in _joined(each)]
        if any(isinstance(each, list | tuple) and len(each) > WIDEST for each in within):
            return "when: parts"
        level = [one for each in within if isinstance(each, list | tuple) for one in each]
        if not level:
            return ""
    return "when: depth"


def _joined(table: Mapping[str, Any]) -> list[Any]:
    return [table[name] for name in ("all", "any", "none") if table.get(name)]


def complaints(when: When, known: Lists) -> Iterator[str]:
    """Yield what is wrong with ``when``: two shapes at once, or codes that ``known`` does not have."""
    shapes = [bool(when.all), bool(when.any), bool(when.none), when.who is not None, bool(when.form),
              when.by_hand]  # fmt: skip
    if sum(shapes) != 1 or (when.who is None and _says_of_somebody(when)):
        yield "when: shape"
    elif when.form and not (when.field and when.among):
        yield f"when {when.form}/{when.field}" if not when.field else "when in"
    elif not when.form and (when.field or when.among):
        yield "when: field"
    yield from _bounds(when)
    yield from _codes(when, known)
    for one in when.parts:
        yield from complaints(one, known)


def asked_complaints(when: When, forms: Mapping[str, FormDefinition]) -> Iterator[str]:
    """Yield which answers ``when`` waits for that ``forms`` do not ask for."""
    for leaf in when.leaves():
        if leaf.form:
            yield from _of_answer(leaf, forms)


def _says_of_somebody(when: When) -> bool:
    given = (getattr(when, name) for name in BOUNDS + TESTS)
    return when.during is not During.NOW or any(one not in (None, ()) for one in given)


def _bounds(when: When) -> Iterator[str]:
    pairs = ((when.from_age, when.under_age, _OLDEST), (when.from_stay, when.under_stay, _LONGEST_STAY))
    for low, below, most in pairs:
        given = [one for one in (low, below) if one is not None]
        if any(not 0 <= one <= most for one in given) or (len(given) == len("12") and given[0] >= given[1]):
            yield "when: age, stay"


def _codes(when: When, known: Lists) -> Iterator[str]:
    for name in TESTS:
        codes = getattr(when, name)
        if len(codes) > MOST_CODES or len(set(codes)) != len(codes):
            yield f"when {name}"
        yield from (f"when {name}: {one}" for one in codes if not _is_known(name, one, known))
    if len(when.among) > MOST_CODES:
        yield "when in"


def _is_known(name: str, code: str, known: Lists) -> bool:
    if name == "paragraph":
        return bool(PLACE.fullmatch(code))
    if name == "protection":
        return code in _MARKS
    if name == "nationality":
        return code in _GROUPS or code in known.code_list("nationality")
    return code in known.code_list(LISTS[name])


def _of_answer(when: When, forms: Mapping[str, FormDefinition]) -> Iterator[str]:
    section_id, _, field_id = when.field.partition(".")
    form = forms.get(when.form)
    section = form.section(section_id) if form else None
    field = section.field(field_id) if section else None
    if form is None or section is None or field is None or section.repeat is not Repeat.ONCE:
        yield f"when {when.form}/{when.field}"
    elif not when.among:
        yield "when in"
    elif field.type is FieldType.BOOLEAN:
        yield from (f"when {one}" for one in when.among if not isinstance(one, bool))
    else:
        codes = form.codes(field.choices) if field.choices else ()
        yield from (f"when {one}" for one in when.among if isinstance(one, bool) or one not in codes)
