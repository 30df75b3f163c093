"""Case documents that nobody here wrote: valid ones, changed by type, size, structure, codes, references."""

import copy
import json
import random
import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from kimdesk.casework import cases
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.casework.exchange import document
from kimdesk.domain.kinds import KINDS
from kimdesk.practice.fill import fill

Change = Callable[[random.Random, Any], None]

_CODE = 30  # letters at most
_SOMETIMES = 0.3

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_DAY = re.compile(r"\d{4}(-\d{2}){0,2}")
_DAYS = (
    "0001-01-01", "9999-12-31", "1900-01-01", "2199-12-31", "2024-02-29", "2023-02-29", "1899-12-31",
    "1900-01-01", "2199-12-31", "1900-01-02", "2199-12-30", "1900", "2199-12", "1990", "1990-13",
    "2026-03", "10000-01-01", "0000-00-00", "2026-3-2", "2026-03-02T10:00", "01.03.2026", "2026-03-02 ",
    "1970-01-01", "\u0662\u0660\u0662\u0666-\u0660\u0663-\u0660\u0662", "2026-11-30",
)  # fmt: skip
_MOMENTS = (
    "2026-03-02T10:00:00+01:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00",
    "2026-03-02T10:00:00", "2026-03-02T24:00:00Z", "2026-03-02T10:00:00.999999Z",
    "1900-01-01T00:00:00+23:59", "2199-12-31T23:59:59-23:59",
)  # fmt: skip
_TEXTS = (
    "", " ", "\n", "x" * 501, "x" * 499, "ü" * 20_001, "a b " * 110, "{name} {0} %s %(x)s",
    "<b>&amp;</b>", "\u202eabc\u202c", "\ufeff", "\u0000", "\ud800", "😀" * 40, "zu\u2028zwei", "\u0301",
    "\u0645\u062d", "=1+1", "../../etc/passwd", "-", "None", "0", "\u201aAmt\u2018", "\t\t", "ß" * 200,
    "Z\u0351" * 90, "w" * 4_000, "a b " * 2_000,
)  # fmt: skip
_NUMBERS = (
    0, -1, 1, 2, -2, 3, 99, 100, 10**6, 2**31, -(2**31), 2**53, 2**53 + 1, 2**63, 10**400, 1.0, 0.5,
    -0.0, 1e300, float("nan"), float("inf"),
)  # fmt: skip
_OTHERS: tuple[Any, ...] = (
    None,
    True,
    False,
    [],
    {},
    [None],
    [[]],
    {"": ""},
    [{}],
    {"a": {"b": []}},
    ["x"] * 300,
)
_ANY: tuple[Any, ...] = (*_OTHERS, *_NUMBERS, *_TEXTS, *_DAYS)


def originals(desk: Desk, number: int = 8) -> list[dict[str, Any]]:
    """Return documents of the practice town, everything in them, once it was written into ``desk``."""
    fill(desk, number)
    rows = cases.list_page(desk, CaseQuery(status=""), None, number).rows
    return [_plain(document(cases.peek(desk, row.id))) for row in rows]


def changed(dice: random.Random, given: dict[str, Any], codes: list[str]) -> dict[str, Any]:
    """Return a document made of ``given`` by one to three changes, under identities of its own.

    Now and then persons keep theirs, so that several documents speak of the same ones.
    """
    found = _renamed(dice, given)
    for _ in range(dice.choice((1, 1, 2, 3))):
        dice.choice(_CHANGES)(dice, found)
    if dice.random() < _SOMETIMES:
        _other_code(dice, found, codes)
    return found


def codes_in(given: list[dict[str, Any]]) -> list[str]:
    """Return the short texts of documents: codes of all lists, to be put where others belong."""
    texts = {value for each in given for _, _, value in _leaves(each) if isinstance(value, str)}
    return sorted(
        each for each in texts if each and len(each) < 30 and " " not in each and not _ID.match(each)
    )


def _plain(given: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(given))
    return found


def _renamed(dice: random.Random, given: dict[str, Any]) -> dict[str, Any]:
    salt = str(dice.getrandbits(64))
    shared = {one["id"] for one in given["persons"]} if dice.random() < _SOMETIMES else set()

    def other(found: re.Match[str]) -> str:
        return found[0] if found[0] in shared else str(uuid5(NAMESPACE_URL, salt + found[0]))

    renamed: dict[str, Any] = json.loads(_ID.sub(other, json.dumps(given)))
    renamed["file_number"] = f"F-{salt}"
    for person in renamed["persons"]:
        if dice.random() < 0.5:
            person.pop("member_id", None)
    return renamed


def _leaves(value: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Yield (holder, key, value) of everything inside ``value``."""
    held = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in list(held):
        yield value, key, each
        yield from _leaves(each)


def _some(dice: random.Random, given: Any, wanted: Callable[[Any], bool]) -> tuple[Any, Any, Any] | None:
    found = [each for each in _leaves(given) if wanted(each[2])]
    return dice.choice(found) if found else None


def _put(dice: random.Random, given: Any, wanted: Callable[[Any], bool], values: Any) -> None:
    if place := _some(dice, given, wanted):
        place[0][place[1]] = copy.deepcopy(dice.choice(values))


def _other_type(dice: random.Random, given: Any) -> None:
    _put(dice, given, lambda _: True, _ANY)


def _other_text(dice: random.Random, given: Any) -> None:
    _put(dice, given, lambda value: isinstance(value, str) and not _ID.match(value), _TEXTS)


def _other_number(dice: random.Random, given: Any) -> None:
    _put(dice, given, lambda value: type(value) in (int, float), _NUMBERS)


def _other_day(dice: random.Random, given: Any) -> None:
    _put(dice, given, lambda value: isinstance(value, str) and bool(_DAY.fullmatch(value)), _DAYS)


def _other_moment(dice: random.Random, given: Any) -> None:
    _put(dice, given, lambda value: isinstance(value, str) and "T" in value and "Z" in value, _MOMENTS)


def _nothing(dice: random.Random, given: Any) -> None:
    _put(dice, given, lambda _: True, (None,))


def _less(dice: random.Random, given: Any) -> None:
    if place := _some(dice, given, lambda _: True):
        del place[0][place[1]]


def _more(dice: random.Random, given: Any) -> None:
    if place := _some(dice, given, lambda value: isinstance(value, list) and bool(value)):
        extra = [copy.deepcopy(dice.choice(place[2])) for _ in range(dice.choice((1, 2, 40)))]
        for each in extra:
            if isinstance(each, dict) and dice.random() < 0.8:
                each.pop("id", None)
        place[2].extend(extra)


def _elsewhere(dice: random.Random, given: Any) -> None:
    source, target = (_some(dice, given, lambda _: True) for _ in range(2))
    if source and target:
        target[0][target[1]] = copy.deepcopy(source[2])


def _swap_lists(dice: random.Random, given: Any) -> None:
    names = [name for name, value in given.items() if isinstance(value, list)]
    if len(names) > 1:
        one, other = dice.sample(names, 2)
        given[one], given[other] = given[other], given[one]


def _other_reference(dice: random.Random, given: Any) -> None:
    ids = sorted(set(_ID.findall(json.dumps(given, default=str))))
    _put(
        dice,
        given,
        lambda value: isinstance(value, str) and bool(_ID.fullmatch(value)),
        [*ids, "", "x", None],
    )


def _circle(dice: random.Random, given: Any) -> None:
    measures = given.get("measures")
    if isinstance(measures, list) and all(isinstance(each, dict) for each in measures):
        for each in measures:
            each["requires"] = [dice.choice(measures).get("id")]
    people_here = [each.get("id") for each in given.get("persons") or () if isinstance(each, dict)]
    if people_here:
        kinds = ("parent", "child", "sibling", "partner", "grandparent", "x")
        given["relations"] = [
            {
                "person_id": dice.choice(people_here),
                "other_id": dice.choice(people_here),
                "kind": dice.choice(kinds),
            }
            for _ in range(dice.randint(1, 12))
        ]


def _person(dice: random.Random, given: Any) -> None:
    """Let somebody be called otherwise, lose a protection, live elsewhere."""
    persons = [each for each in given.get("persons") or () if isinstance(each, dict)]
    if persons:
        said = {"given_names": "Anders", "protected": False, "address_blocked": False, "street": "Gasse 2",
                "nationalities": ["163"], "languages": ["kmr"], "phone": None, "safe_contact": "Nachbarin",
                "extra": 1, "birth_date": "1990"}  # fmt: skip
        dice.choice(persons).update({name: said[name] for name in dice.sample(sorted(said), 3)})


def _dispute(dice: random.Random, given: Any) -> None:
    ids = sorted(set(_ID.findall(json.dumps(given, default=str))))
    given["disputes"] = [
        {
            "record_kind": dice.choice([*KINDS, *KINDS, *KINDS, "unknown", ""]),
            "record_id": dice.choice([*ids, "", "x"]),
            "field_name": dice.choice(["street", "answers", "", "contact.occasion", "x.y", "id"]),
            "statement": "anders",
        }
        for _ in range(2)
    ]


def _answers(dice: random.Random, given: Any) -> None:
    phases = [each for each in given.get("phases") or () if isinstance(each, dict)]
    if phases:
        answers = dice.choice(phases).get("answers")
        _put(
            dice,
            answers,
            lambda _: True,
            (*_OTHERS, [None, {}], {"housing": None}, *_NUMBERS, *_TEXTS, *_DAYS),
        )


def _facts(dice: random.Random, given: Any) -> None:
    dates = [each for each in given.get("follow_ups") or () if isinstance(each, dict)]
    if dates:
        one = dice.choice(dates)
        one["facts"] = dice.choice(
            [{"date": None}, {"date": "9999-12-31"}, {"n": "x"}, {"x": [1]}, {}, {"days": 10**9}]
        )
        one["rule"] = dice.choice([one.get("rule"), "unknown", "objection", ""])
        one["time"] = dice.choice(["25:99", "", "9:30", "09:30", "x", "24:00"])


def _other_code(dice: random.Random, given: Any, codes: list[str]) -> None:
    _put(
        dice, given, lambda value: isinstance(value, str) and len(value) < 30 and not _ID.match(value), codes
    )


_CHANGES: tuple[Change, ...] = (
    _other_type, _other_text, _other_text, _other_number, _other_day, _other_day, _other_moment,
    _nothing, _less, _less, _more, _elsewhere, _swap_lists, _other_reference, _circle, _person, _person,
    _dispute, _answers, _facts, _facts,
)  # fmt: skip
