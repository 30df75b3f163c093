"""The ways in which records leave: each is decided once, and compiled for rows as they are stored.

The preview shows what happens to each field of a record; the export writes the rows that come of it. Both
follow the same steps (see ``projection``). Here most of a row goes from its columns into the bundle as it
stands, because what is stored is what JSON says: texts, codes, dates, whole numbers.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from enum import Enum
from functools import cache, cached_property, lru_cache
from operator import itemgetter
from typing import Any, Final, NamedTuple, get_type_hints

import msgspec

from kimdesk.domain import records
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.kinds import type_of
from kimdesk.domain.records import Record
from kimdesk.store.columns import ColumnCodec, codec_for
from kimdesk.store.mapping import shape
from kimdesk.sync.leaving.allow_list import Treatment, level_name
from kimdesk.sync.leaving.answers import AnswerGates
from kimdesk.sync.leaving.policy import policy
from kimdesk.sync.leaving.projection import (
    Circumstances,
    FieldStep,
    Part,
    catalogue_of,
    leaving,
    out_of,
    parts,
    plan,
)
from kimdesk.sync.leaving.scope import Terms
from kimdesk.sync.leaving.treatment import Tools

Stored = Sequence[Any]
Convert = Callable[[Any], Any]

_REMEMBERED: Final = 8192
_ENCODER: Final = msgspec.json.Encoder(enc_hook=dict)
_MAYBE_DATES: Final = (date | None, datetime | None, PartialDate | None)
_TRUE: Final[Convert] = {1: True}.get
"""Of what is yes or no only yes says something."""


class Column(NamedTuple):
    """A member of the rows that leave: what comes of its column, None as it stands; what says nothing."""

    member: str
    place: int
    how: Convert | None
    empty: str | None = None


class LeavingWay:
    """How records of one kind leave under given terms; ``steps`` put something into the bundle."""

    def __init__(self, kind: str, terms: Terms, about: Circumstances, tools: Tools, purpose: str) -> None:
        self.kind = kind
        self.terms = terms
        self.about = about
        self.tools = tools
        self.steps = leaving(kind, terms, about)
        self.leaves = bool(self.steps)
        self.level = level_name(terms.level, shielded=terms.shielded)
        self._head = b'{"kind":"%b","level":"%b","scope":' % (kind.encode(), self.level.encode())
        self.rule = f"{terms.key}|{purpose}|{about.key}"

    @property
    def why(self) -> str:
        """Return why records leave or stay, as far as that is not the matter of single fields."""
        own = self.about.own
        return own.why if own and not self.leaves else self.terms.why

    def parts(self, record: Record) -> Iterator[Part]:
        """Yield what happens to each field of a record, also to those that stay."""
        return parts(plan(self.kind, self.terms, self.about), record, self.terms, self.tools)

    @cached_property
    def row(self) -> Callable[[Stored], msgspec.Struct]:
        """Return the function from a row as it is stored to the members that leave."""
        columns = [_column(self, step) for step in self.steps]
        fields = [(each.member, Any, each.empty) for each in columns]
        make: Any = msgspec.defstruct(f"{self.kind}_out", fields, omit_defaults=True)
        pick = itemgetter(*(each.place for each in columns))
        changed = [(place, each.how) for place, each in enumerate(columns) if each.how]
        whole = self._of_answers(columns)

        def row(stored: Stored) -> Any:
            values = list(pick(stored))
            for place, how in changed:
                values[place] = how(values[place])
            for place in whole:
                values[place] = self._answers(stored)
            return make(*values)

        return row

    def line(self, scope: int, row: msgspec.Struct) -> bytes:
        """Return the line of the bundle for a row whose terms hold since the bundle ``scope``."""
        return b'%b%d,"row":%b}' % (self._head, scope, self.encoded(row))

    @staticmethod
    def encoded(row: msgspec.Struct) -> bytes:
        """Return a row as it stands in its line."""
        return _ENCODER.encode(row)

    def _of_answers(self, columns: Sequence[Column]) -> list[int]:
        named = {step.name for step in self.steps if step.treatment is Treatment.ANSWERS}
        return [place for place, each in enumerate(columns) if each.member in named]

    @cached_property
    def _answers(self) -> Callable[[Stored], Any]:
        known = AnswerGates(catalogue_of(self.terms, self.tools), self.terms, policy())
        decode: Any = shape(type_of(self.kind)).decode

        def leaving(stored: Any) -> Any:
            if not known.lets_out(stored.form, stored.version):
                return None
            return known.select(decode(stored)).leaving or None

        return leaving


def _column(way: LeavingWay, step: FieldStep) -> Column:
    record_type = type_of(way.kind)
    hint, place = _hints(way.kind)[step.name], shape(record_type).names.index(step.name)
    codec = codec_for(hint)
    if step.treatment is Treatment.ANSWERS:
        return Column(step.member, place, None)
    if step.treatment is not Treatment.KEEP or step.only_codes:
        return Column(step.member, place, _made(step, codec, way))
    return Column(step.member, place, *_kept(hint, codec, _made(step, codec, way)))


@cache
def _hints(kind: str) -> dict[str, Any]:
    return get_type_hints(type_of(kind), vars(records))


def _kept(hint: Any, codec: ColumnCodec, otherwise: Convert) -> tuple[Convert | None, str | None]:
    """Return what makes of a stored value the one that leaves as it is, and what says nothing."""
    if codec.decode is bool:
        return _TRUE, None
    if hint == tuple[str, ...]:
        return _raw, None
    if codec.number or hint in _MAYBE_DATES:
        return None, None
    if hint in (str, date, datetime) or (isinstance(hint, type) and issubclass(hint, Enum)):
        return None, ""
    return otherwise, None


def _raw(stored: str) -> msgspec.Raw | None:
    return msgspec.Raw(stored.encode()) if stored else None


def _made(step: FieldStep, codec: ColumnCodec, way: LeavingWay) -> Convert:
    """Return what decodes a stored value and treats it; values that come again are treated once."""
    out = out_of(step, way.terms, way.tools)

    @lru_cache(_REMEMBERED)
    def made(stored: Any) -> Any:
        return out(codec.decode(stored) if codec.decode and stored is not None else stored)

    return made
