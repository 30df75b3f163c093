"""What a document says of a record that is stored: added, taken over, or kept beside it as a second version.

A document never lifts a protection, in whichever case. Of a person whom other cases hold too it adds what
nobody knew yet; whatever it says otherwise is for people to decide (docs/decisions/0035).
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final, TypeVar, cast

from sqlalchemy import bindparam, select

from kimdesk.casework.disputes import is_standing
from kimdesk.domain.kinds import must_name
from kimdesk.domain.records import Consent, Dispute, LanguageSkill, Person, Record
from kimdesk.domain.shielding import lifted
from kimdesk.domain.three_way import TOGETHER
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES
from kimdesk.store.work import Reader

_WAYS = ("safe_contact", "contact_channels", "contact_caution")  # how a contact does no harm
R = TypeVar("R", bound=Record)
Group = tuple[str, ...]
Joined = tuple[tuple[Any, ...], bool]

_NOTHING: Final[tuple[Any, ...]] = ("", None, (), {})
_HOUSEKEEPING: Final = frozenset({"id", "rev"})
_OTHERS: Final = [
    Statement(
        select(table.c.id)
        .where(table.c[name] == bindparam("person"), table.c.case_id != bindparam("case"))
        .limit(1),
        "person",
        "case",
    )
    for record_type, table in RECORD_TABLES.items()
    for name in must_name(record_type, Person)
]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A record, and the same with what a document says instead of the values in ``fields``.

    ``path`` says more closely what is meant, as in ``domain.three_way``; ``base`` is the same with what both
    sides had in common. Where one side has no such record any more (None), all of it contradicts, and
    ``fields`` is empty. ``mine_made`` and ``theirs_made``: when (ISO text, UTC) and by whom, if known.
    """

    mine: Record | None
    theirs: Record | None
    fields: Group = ()
    path: str = ""
    base: Record | None = None
    mine_made: tuple[str, str] = ("", "")
    theirs_made: tuple[str, str] = ("", "")

    @property
    def record(self) -> Record:
        """Return the version there is, the one from here first. Raises ValueError when there is none."""
        found = self.mine or self.theirs
        if found is None:
            raise ValueError("neither version")
        return found


def join(
    stored: R, wanted: R, *, shared: bool, cleared: Collection[str]
) -> tuple[R, tuple[Contradiction, ...]]:
    """Return the record to store in place of ``stored``, and what has to be decided about ``wanted``.

    ``cleared`` are the fields that the document explicitly empties; others that it leaves empty say nothing
    about a person who is ``shared`` with other cases.
    """
    if shared and isinstance(stored, Person) and isinstance(wanted, Person):
        taken, held = _added(stored, wanted, cleared)
    else:
        taken, held = {}, tuple(_protections(stored, wanted))
        kept = {name for group in held for name in group}
        taken = {each.name: getattr(stored, each.name) for each in fields(stored) if each.name in kept}
    joined = replace(stored if shared else wanted, **taken)
    return joined, tuple(_difference(joined, wanted, stored, group) for group in held)


def is_shared(reader: Reader, person_id: str, case_id: str) -> bool:
    """Return whether a stored person is known outside of ``case_id``."""
    if case_id not in reader.cases_of(person_id):
        return True
    return any(each.first(reader.connection, person_id, case_id) for each in _OTHERS)


def _difference(joined: R, wanted: R, stored: R, group: Group) -> Contradiction:
    theirs = {name: getattr(wanted, name) for name in group}
    if group == ("languages",):
        theirs["languages"] = _languages(cast("Any", stored), cast("Any", wanted), prefer_new=True)
    return Contradiction(joined, replace(joined, **theirs), group)


def _protections(stored: Record, wanted: Record) -> Iterator[Group]:
    """Yield what a document may not change about a record of its own case."""
    if isinstance(stored, Person) and isinstance(wanted, Person):
        yield from ((mark,) for mark in lifted(stored, wanted))
        for name in _WAYS:
            if getattr(stored, name) and getattr(stored, name) != getattr(wanted, name):
                yield (name,)
    elif isinstance(stored, Consent):
        yield from _changed(stored, wanted, TOGETHER[Consent])
        if stored.withdrawn_on:  # a withdrawal always counts
            yield from _changed(stored, wanted, (("withdrawn_on",),))
    elif isinstance(stored, Dispute) and isinstance(wanted, Dispute):
        about, outcome = TOGETHER[Dispute]
        yield from _changed(stored, wanted, (about,))
        if is_standing(stored) and not is_standing(wanted):
            yield outcome


def _changed(stored: Record, wanted: Record, groups: Collection[Group]) -> Iterator[Group]:
    for group in groups:
        if _values(stored, group) != _values(wanted, group):
            yield group


def _added(
    stored: Person, wanted: Person, cleared: Collection[str]
) -> tuple[dict[str, Any], tuple[Group, ...]]:
    """Return the values that are new of a shared person, and the groups that contradict."""
    taken: dict[str, Any] = {}
    held: list[Group] = []
    for group in _groups():
        found, agree = _group(group, stored, wanted)
        taken.update(zip(group, found, strict=True))
        emptied = any(name in cleared and getattr(stored, name) for name in group)
        if emptied or not agree:
            held.append(group)
    return taken, tuple(held)


def _group(group: Group, stored: Person, wanted: Person) -> Joined:
    old, new = _values(stored, group), _values(wanted, group)
    if old == new:
        return old, True
    if group in _SPECIAL:
        found, agree = _SPECIAL[group](stored, wanted)
        return (found,), agree
    pairs = tuple(zip(old, new, strict=True))
    if all(not mine or mine == theirs for mine, theirs in pairs):
        return new, True  # it knows all that is known, and more
    if all(theirs in _NOTHING or theirs == mine for mine, theirs in pairs):
        return old, True  # it says nothing new
    return old, False


def _groups() -> tuple[Group, ...]:
    together = TOGETHER[Person]
    apart = (each.name for each in fields(Person) if each.name not in _HOUSEKEEPING)
    known = {name for group in together for name in group}
    return (*together, *((name,) for name in apart if name not in known))


def _nationalities(stored: Person, wanted: Person) -> tuple[Any, bool]:
    old, new = stored.nationalities, wanted.nationalities
    if set(old) <= set(new):
        return (*old, *(each for each in new if each not in old)), True
    return old, not new


def _spoken(stored: Person, wanted: Person) -> tuple[Any, bool]:
    found = _languages(stored, wanted, prefer_new=False)
    return found, found == _languages(stored, wanted, prefer_new=True)


def _languages(stored: Person, wanted: Person, *, prefer_new: bool) -> tuple[LanguageSkill, ...]:
    """Return the languages of both; where they differ on one, the level of the document or the known one."""
    said = {each.language: each for each in wanted.languages}
    known = tuple(
        _skill(each, said.pop(each.language, each), prefer_new=prefer_new) for each in stored.languages
    )
    return (*known, *said.values())


def _skill(old: LanguageSkill, new: LanguageSkill, *, prefer_new: bool) -> LanguageSkill:
    level = new.level if not old.level or (prefer_new and new.level) else old.level
    interpreter = new.interpreter if prefer_new else old.interpreter
    return LanguageSkill(old.language, level, interpreter)


def _foreign(stored: Person, wanted: Person) -> tuple[Any, bool]:
    found = {**wanted.extra, **stored.extra}
    return found, found == wanted.extra


_SPECIAL: Final[Mapping[Group, Callable[[Person, Person], tuple[Any, bool]]]] = {
    ("nationalities",): _nationalities,
    ("languages",): _spoken,
    ("extra",): _foreign,
}


def _values(record: Record, group: Group) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in group)
