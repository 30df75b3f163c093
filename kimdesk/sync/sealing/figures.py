"""The section of figures of a bundle."""

import msgspec

from kimdesk.sync.sealing.wire import Number


class Release(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Figures as they left on a day: per figure, per code, a number or None where it is hidden."""

    as_of: str
    figures: dict[str, dict[str, Number | None]]


class FigureSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The one record of the section: the figures, and how many active cases the Kreis holds after this."""

    release: Release
    held_active: Number
