"""From an error code to one clear German sentence and what to do next."""

from dataclasses import dataclass
from functools import cache

import resources
from kimdesk.domain.errors import KimdeskError


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a refusal means: ``message`` says what happened and what is safe, ``hint`` what to do."""

    code: str
    message: str
    hint: str


@cache
def known() -> dict[str, dict[str, str]]:
    """Return every error code with its ``message`` and ``hint`` from ``resources/texts/de/refusals/``."""
    return {
        code: entry
        for path in resources.names("texts/de/refusals")
        for code, entry in resources.read_toml(path).items()
    }


def explain(error: KimdeskError) -> Explanation:
    """Return the sentence for ``error``, its facts filled in."""
    entry = known()[error.code]
    return Explanation(
        error.code, entry["message"].format(**error.facts), entry["hint"].format(**error.facts)
    )
