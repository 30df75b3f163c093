"""A moment of the course of a case as it is shown: in words, with its sign and tone."""

from dataclasses import dataclass
from datetime import date

from kimdesk.casework.contacts import CourseMoment
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import RecordRef
from kimdesk.domain.terms import ContactStatus
from kimdesk.texts import course

_ICONS = {
    "phase": "path",
    "phase_opened": "folder-open",
    "phase_closed": "archive",
    "decision_conference": "users-three",
    "decision_notice": "envelope-simple",
}


@dataclass(frozen=True, slots=True)
class ToldMoment:
    """A moment in words; ``tone`` is "" or "warn"."""

    day: date
    kind: str
    title: str
    text: str
    icon: str
    ref: RecordRef
    tone: str = ""


def told(catalogue: Catalogue, moment: CourseMoment) -> ToldMoment:
    """Return a moment as it is shown."""
    missed = moment.kind == "contact" and moment.event != ContactStatus.HELD
    return ToldMoment(
        moment.day,
        moment.kind,
        course.title(catalogue, moment),
        course.text(catalogue, moment),
        _icon(catalogue, moment),
        moment.ref,
        "warn" if missed else "",
    )


def _icon(catalogue: Catalogue, moment: CourseMoment) -> str:
    kind = catalogue.code_list("record_kind").find(moment.kind)
    own = _ICONS.get(f"{moment.kind}_{moment.event}") or _ICONS.get(moment.kind)
    return own or (kind.icon if kind else "")
