"""Questions to the list of cases that are asked again and again: ready-made ones and the worker's own."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from kimdesk.casework.desk import Desk
from kimdesk.domain.collation import word_key
from kimdesk.domain.law.periods import DAY
from kimdesk.domain.law.spans import SpanName, Spans
from kimdesk.domain.records import Person
from kimdesk.domain.terms import Phase
from kimdesk.store import search
from kimdesk.store.folding import fold
from kimdesk.store.lists import CaseQuery, Order
from kimdesk.store.settings import get_setting, set_setting
from kimdesk.store.work import Reader, Writer

_KEY = "case_views"
_SHORTEST = 3  # letters of a word that names somebody
_ALL: dict[str, Any] = {"status": "active", "due_until": None, "quiet_since": None, "unsent": False}


class OwnView(msgspec.Struct, frozen=True, kw_only=True):
    """A question under a name: a ready-made one (``base``) with further filters."""

    name: str
    base: str = "active"
    text: str = ""
    phase: Phase | None = None
    ags: str = ""
    regime: str = ""
    worker: str | None = None
    order: Order = "due"
    backwards: bool = False

    def query(self, spans: Spans, day: date) -> CaseQuery:
        """Return the question as it stands on ``day``."""
        asked = ("text", "phase", "ags", "regime", "worker", "order", "backwards")
        filters = {each: getattr(self, each) for each in asked}
        return CaseQuery(**ready_made(spans, day)[self.base], **filters)


def ready_made(spans: Spans, day: date) -> dict[str, dict[str, Any]]:
    """Return the ready-made questions by name, as they stand on ``day``: what each asks of the store."""
    return {
        "active": _ALL,
        "due": {**_ALL, "due_until": spans.after(SpanName.DUE_SOON, day)},
        "unsent": {**_ALL, "status": "", "unsent": True},
        "quiet": {**_ALL, "quiet_since": spans.before(SpanName.SILENCE, day) + DAY},
        "closed": {**_ALL, "status": "closed"},
    }


def own(desk: Desk) -> tuple[OwnView, ...]:
    """Return the questions kept at this desk, by name."""
    with desk.reading() as reader:
        return _own(reader)


def keep(desk: Desk, view: OwnView) -> None:
    """Keep ``view``; one of the same name is replaced."""
    with desk.writing() as writer:
        others = [each for each in _own(writer) if each.name != view.name]
        kept = sorted([*others, view], key=lambda each: word_key(each.name))
        set_setting(writer, _KEY, msgspec.json.encode(kept).decode())


def drop(desk: Desk, name: str) -> None:
    """Forget the question kept under ``name``."""
    with desk.writing() as writer:
        kept = [each for each in _own(writer) if each.name != name]
        set_setting(writer, _KEY, msgspec.json.encode(kept).decode())


def forget_names(writer: Writer, erased: Iterable[Person]) -> None:
    """Forget the questions that name one of ``erased`` and whose text finds nobody else."""
    names = {word for one in erased for word in _names(one)}
    views = _own(writer)
    kept = [each for each in views if not _names_one_of(names, each) or _finds(writer, each.text)]
    if len(kept) < len(views):
        set_setting(writer, _KEY, msgspec.json.encode(kept).decode())


def _names(person: Person) -> list[str]:
    said = (person.family_name, person.given_names, person.birth_name, person.german_name, person.alias)
    return [word for name in said for word in fold(name).split() if len(word) >= _SHORTEST]


def _names_one_of(names: set[str], view: OwnView) -> bool:
    typed = fold(view.text).split()
    return not names.isdisjoint(fold(view.name).split()) or any(
        name.startswith(word) for name in names for word in typed
    )


def _finds(reader: Reader, typed: str) -> bool:
    return bool(search.find(reader.connection, typed, 1))


def _own(reader: Reader) -> tuple[OwnView, ...]:
    stored = get_setting(reader, _KEY)
    return msgspec.json.decode(stored, type=tuple[OwnView, ...]) if stored else ()
