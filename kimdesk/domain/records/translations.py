"""What a text of a record says in a language of the client."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class Translation:
    """A text of a record as an interpreter put it; an aid to understand, the German text counts.

    ``of`` is the German text it was made of: where the record says something else by now, it is outdated.
    """

    language: str  # language
    text: str
    of: str = ""
    by: str = ""  # who translated
    made_on: date | None = None
