"""How the life domains changed from one round of the assessment to the next. Plain values, no widgets."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import CaseFile, PhaseEntry
from kimdesk.domain.terms import Phase
from kimdesk.forms.answers import of_section

SECTION, FIELD = "domains", "scale"
END_SECTION = "changes"


@dataclass(frozen=True, slots=True)
class ScaleChange:
    """One life domain: its scale in the round before and now, None where nothing is said."""

    code: str
    short: str
    before: int | None
    now: int | None

    @property
    def kind(self) -> str:
        """Return better, same, worse or open."""
        if self.now is None or self.before is None:
            return "open"
        if self.now == self.before:
            return "same"
        return "better" if self.now > self.before else "worse"


def changes(
    catalogue: Catalogue, file: CaseFile, entry: PhaseEntry | None, answers: Mapping[str, Any]
) -> tuple[ScaleChange, ...]:
    """Return all life domains with the round before ``entry`` and the ``answers`` of the moment."""
    earlier = before(file, entry)
    then = of_section(earlier.answers, SECTION) if earlier else {}
    now = of_section(answers, SECTION)
    return tuple(
        ScaleChange(one.code, one.short or one.label, _scale(then, one.code), _scale(now, one.code))
        for one in catalogue.code_list("life_domain").offered()
    )


def since_assessment(
    catalogue: Catalogue, file: CaseFile, answers: Mapping[str, Any]
) -> tuple[ScaleChange, ...]:
    """Return all life domains with the first assessment and the ``answers`` of the evaluation."""
    first = first_round(file)
    then = of_section(first.answers, SECTION) if first else {}
    now = of_section(answers, END_SECTION)
    return tuple(
        ScaleChange(one.code, one.short or one.label, _scale(then, one.code), _scale(now, one.code))
        for one in catalogue.code_list("life_domain").offered()
    )


def first_round(file: CaseFile) -> PhaseEntry | None:
    """Return the first round of the assessment, None when there is none."""
    rounds = [one for one in file.phases if one.phase is Phase.ASSESSMENT]
    return min(rounds, key=lambda one: one.round, default=None)


def before(file: CaseFile, entry: PhaseEntry | None) -> PhaseEntry | None:
    """Return the round of the assessment before ``entry``, None for the first."""
    rounds = [
        one for one in file.phases if one.phase is Phase.ASSESSMENT and entry and one.round < entry.round
    ]
    return max(rounds, key=lambda one: one.round, default=None)


def _scale(domains: Mapping[str, Any], code: str) -> int | None:
    value = (domains.get(code) or {}).get(FIELD)
    return value if isinstance(value, int) else None
