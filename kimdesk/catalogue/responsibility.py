"""Who is responsible for a service in a municipality, as far as that follows from its standing.

A town without a Kreis does everything itself. Elsewhere ``municipalities/responsible.toml`` says for each
standing whether it is the municipality, its Kreis, or one of the two that has to be asked for.
"""

from enum import StrEnum
from functools import cache
from typing import Annotated

import msgspec

import resources
from kimdesk.catalogue.municipalities import Municipality, municipality
from kimdesk.forms.shape import shaped

PATH = "municipalities/responsible.toml"
_Ags = Annotated[str, msgspec.Meta(pattern="^05[0-9]{6}$")]
_Kreis = Annotated[str, msgspec.Meta(pattern="^05[0-9]{3}$")]


class MunicipalStanding(StrEnum):
    """What a municipality is by the Gemeindeordnung NRW (§ 4)."""

    FREE = "free"  # kreisfrei
    REGION_TOWN = "region_town"  # Aachen
    LARGE = "large"
    MIDDLE = "middle"
    OTHER = "other"


class Doer(StrEnum):
    """Who does it."""

    ITSELF = "itself"
    DISTRICT = "district"
    OPEN = "open"


class _Standings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    source: str
    checked: bool
    region_towns: frozenset[_Ags]
    large: frozenset[_Ags]
    middle: frozenset[_Ags]


class _Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    region_town: Doer
    large: Doer
    middle: Doer
    other: Doer
    source: str
    checked: bool = False


class _Form(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    service: str
    code: str
    kreise: frozenset[_Kreis]
    otherwise: str
    source: str


class Responsibilities(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The standing of all municipalities, and the rules by levels of ``services/base.toml``."""

    standing: _Standings
    rule: dict[str, _Rule]
    form: tuple[_Form, ...]

    def standing_of(self, place: Municipality) -> MunicipalStanding:
        """Return what ``place`` is by the Gemeindeordnung."""
        if not place.kreis:
            return MunicipalStanding.FREE
        known = self.standing
        listed = (
            (MunicipalStanding.REGION_TOWN, known.region_towns),
            (MunicipalStanding.LARGE, known.large),
            (MunicipalStanding.MIDDLE, known.middle),
        )
        return next((what for what, keys in listed if place.ags in keys), MunicipalStanding.OTHER)


class Responsible(msgspec.Struct, frozen=True, kw_only=True):
    """Who is responsible: ``bodies`` by name, more than one where it is one of them and must be asked for.

    ``form``: what kind of body it is ("option", "joint" of a Jobcenter, else "").
    ``checked``: False while nobody has compared the rule with its source.
    """

    bodies: tuple[str, ...]
    form: str
    source: str
    checked: bool

    @property
    def is_open(self) -> bool:
        """Return whether it has to be asked for on the spot."""
        return len(self.bodies) != 1


def responsibilities() -> Responsibilities:
    """Return the rules. Raises ContentError E700 when the document is broken."""
    return _read()


def responsible(service: str, level: str, ags: str) -> Responsible | None:
    """Return who is responsible for ``service`` of ``level`` in the municipality with the key ``ags``.

    None where no municipality or Kreis is: a federal office, a provider; and for a key that nobody knows.
    """
    known, place = responsibilities(), municipality(ags)
    rule = known.rule.get(level)
    if rule is None or place is None:
        return None
    standing = known.standing_of(place)
    who = Doer.ITSELF if standing is MunicipalStanding.FREE else Doer(getattr(rule, standing.value))
    among = {Doer.ITSELF: (place.name,), Doer.DISTRICT: (place.kreis,), Doer.OPEN: (place.name, place.kreis)}
    form = next((one for one in known.form if one.service == service), None)
    source = "; ".join(one.source for one in (rule, known.standing, form) if one)
    kind = (form.code if ags[:5] in form.kreise else form.otherwise) if form else ""
    return Responsible(
        bodies=among[who], form=kind, source=source, checked=rule.checked and known.standing.checked
    )


@cache
def _read() -> Responsibilities:
    return shaped(resources.read_toml(PATH), Responsibilities, PATH)
