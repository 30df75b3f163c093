"""What people do at a desk that decides what may leave, and what they do besides."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

from kimdesk.domain.records import Case, Consent, Member, Record
from kimdesk.domain.terms import Role, SharingLevel
from tests.sync.exchange import KINDS, Known
from tests.sync.world import AGS_OF, COPY, Place

R = TypeVar("R", bound=Record)

NAMED, PSEUDONYMISED = SharingLevel.IDENTIFIED, SharingLevel.PSEUDONYMISED
LEVELS = [NAMED, NAMED, PSEUDONYMISED, SharingLevel.STATISTICS]
FEW = ("person", "goals")
PURPOSES = ["reporting", "school", "language_course", "reporting"]
DECISIONS = ["withdraw", "withdraw", "again", "again", "less", "end", "later", "level", "move", "protect",
             "purpose", "own"]  # fmt: skip

_ALL = {"level": NAMED, "kinds": KINDS, "purpose": PURPOSES[0]}


def decide(place: Place, known: Known, what: str, days: int, today: date) -> None:
    """Let something change that decides what may leave of a case; ``days``: which of several, or how soon."""
    if what == "move":
        change(place, known.case, ags=AGS_OF[place.name.removesuffix(COPY)][days % 2])
    elif what == "protect":
        person = present(place, known.person)
        change(place, known.person, protected=not (person and person.protected))
    elif what == "own":
        say(place, known.case, today)
    else:
        amend(place, known.agreed, **_consent(what, days, today))


def amend(place: Place, consent: Consent, **values: Any) -> None:
    """Change a consent. It ends on the day it begins where it would end before: no door lets that in (E709),
    and no other desk would take a case with it."""
    if found := present(place, consent):
        said = replace(found, **values)
        ends = {"valid_until": said.valid_until, "withdrawn_on": said.withdrawn_on}
        begins = said.given_on or date.min
        place.change(said, **{name: max(begins, day) for name, day in ends.items() if day})


def _consent(what: str, days: int, today: date) -> dict[str, Any]:
    values: dict[str, dict[str, Any]] = {
        "withdraw": {"withdrawn_on": today},
        "again": {"withdrawn_on": None, "valid_until": None, **_ALL},
        "purpose": {"purpose": PURPOSES[days]},
        "less": {"kinds": FEW},
        "end": {"valid_until": today + timedelta(days)},
        "later": {"given_on": today + timedelta(days)},
        "level": {"level": LEVELS[days]},
    }  # fmt: skip
    return values[what]


def present(place: Place, record: R) -> R | None:
    """Return the record as it is there by now, if it is."""
    with place.desk.reading() as reader:
        return reader.get(type(record), record.id)


def change(place: Place, record: Record, **values: Any) -> None:
    if found := present(place, record):
        place.change(found, **values)


def say(place: Place, case: Case, today: date) -> None:
    """Somebody of the household says for themselves what may leave about them, or takes it back."""
    with place.desk.reading() as reader:
        said = [each for each in reader.of_case(Consent, case.id) if each.person_id]
        others = [each.person_id for each in reader.of_case(Member, case.id) if each.role is Role.PARTNER]
    if said:
        amend(place, said[0], withdrawn_on=None if said[0].withdrawn_on else today)
    elif others and present(place, case):
        place.put(
            Consent(
                case_id=case.id, person_id=others[0], recipient="ki", purpose=PURPOSES[0], kinds=KINDS,
                level=LEVELS[0], given_on=today,
            )
        )  # fmt: skip


def join(place: Place, known: Known, other: Known) -> None:
    """Let the other client belong to the household as well."""
    with place.desk.reading() as reader:
        inside = {each.person_id for each in reader.of_case(Member, known.case.id)}
    if other.person.id not in inside and present(place, other.person) and present(place, known.case):
        place.put(Member(case_id=known.case.id, person_id=other.person.id, role=Role.PARTNER))
