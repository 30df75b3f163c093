"""What nobody is ever asked, as data: the law, not a Kreis, decides it, so no layer replaces it."""

from collections.abc import Mapping
from typing import Any

import msgspec

from kimdesk.domain.never_ask import Unasked
from kimdesk.forms.shape import shaped

PATH = "rules/never_ask.toml"


class TopicEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A subject as it stands in the file."""

    code: str
    label: str
    source: str
    checked: bool
    asks: tuple[str, ...]
    fields: tuple[str, ...]
    tells: tuple[str, ...]


class AllowedPlace(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A document that names a subject and does not ask for it, and why; with ``words`` only in those."""

    place: str
    why: str
    words: str = ""


class NeverAsk(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``resources/rules/never_ask.toml``."""

    topic: tuple[TopicEntry, ...]
    allowed: tuple[AllowedPlace, ...] = ()

    @property
    def topics(self) -> tuple[Unasked, ...]:
        """Return the subjects with their words."""
        return tuple(Unasked(one.code, one.asks, one.fields, one.tells) for one in self.topic)


def parse(table: Mapping[str, Any]) -> NeverAsk:
    """Return what ``table`` describes. Raises ContentError E700 when it is broken."""
    return shaped(table, NeverAsk, PATH)
