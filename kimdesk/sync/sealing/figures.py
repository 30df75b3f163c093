"""The section of figures of a bundle."""

from typing import Annotated

import msgspec

from kimdesk.sync.sealing.wire import Number, Rising


class Release(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Figures as they left on a day: per figure, per code, a number or None where it is hidden."""

    as_of: str
    figures: dict[str, dict[str, Number | None]]


Day = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
Code = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z_]{0,39}\Z")]
Place = Annotated[str, msgspec.Meta(pattern=r"^([0-9]{8}|unknown)?\Z")]
"""A municipality (AGS), where it is unknown, or "" for all of them."""
Numbers = Annotated[list[Number], msgspec.Meta(min_length=2, max_length=5)]
"""How many, from how many cases; then how many have the property, or quartile, median, quartile in days."""
MOST_INDICATORS, MOST_PLACES = 200, 1000


class IndicatorCount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a desk counted by one version of an indicator, by municipality."""

    version: Rising
    cells: Annotated[dict[Place, Numbers], msgspec.Meta(max_length=MOST_PLACES)]


class DeskCounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a desk counted of all it shares, by the codes of indicators."""

    first: Day
    last: Day
    counts: Annotated[dict[Code, IndicatorCount], msgspec.Meta(max_length=MOST_INDICATORS)]


class FigureSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The one record of the section: the figures, and how many active cases the Kreis holds after this.

    ``counts`` where the bundle carries everything that was unsent.
    """

    release: Release
    held_active: Number
    counts: DeskCounts | msgspec.UnsetType = msgspec.UNSET
