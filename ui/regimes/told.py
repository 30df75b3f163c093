"""What is to be said about a household's spells: people with the same remark together. No widgets."""

from dataclasses import dataclass
from datetime import date

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.household import housemates
from kimdesk.domain.records import CaseFile, RecordRef
from kimdesk.domain.regime_remarks import remarks
from kimdesk.domain.regimes import unrecorded
from kimdesk.domain.remark import Remark
from kimdesk.domain.terms import Lane
from kimdesk.texts.remarks import ToldRemark, tell
from ui.case.cards import person_name


@dataclass(frozen=True, slots=True)
class Said:
    """One remark in German, about whom; ``ref`` is the record it leads to."""

    ref: RecordRef | None
    people: str
    told: ToldRemark
    lasts: bool


def said(catalogue: Catalogue, file: CaseFile, today: date) -> list[Said]:
    """Return what is to be said on ``today``, what lasts first."""
    groups: dict[tuple[object, ...], list[Remark]] = {}
    for one in remarks(file, today, catalogue.rules.law):
        same = (one.rule, one.lane, one.starts_on, one.ends_on, *sorted(one.facts.items()))
        groups.setdefault(same, []).append(one)
    found = []
    for group in groups.values():
        names = list(dict.fromkeys(_short_name(file, one.person_id) for one in group))
        told = tell(catalogue, group[0], today, names)
        if told:
            ref = next(iter(group[0].refs), None)
            found.append(Said(ref, ", ".join(names), told, group[0].lasts(today)))
    return found


def unrecorded_words(catalogue: Catalogue, file: CaseFile, today: date) -> str:
    """Return for which strands of whom nothing is entered („Krankenversicherung (Amna)“), "" for none."""
    people = [*filter(None, [file.client]), *housemates(file, today)]
    if not people:
        return ", ".join(catalogue.label("lane", lane) for lane in unrecorded((), ""))
    of_lane: dict[Lane, list[str]] = {}
    for person in people:
        for lane in unrecorded(file.regimes, person.id):
            of_lane.setdefault(lane, []).append(_short_name(file, person.id))
    return "; ".join(
        f"{catalogue.label('lane', lane)} ({', '.join(names)})" for lane, names in of_lane.items()
    )


def _short_name(file: CaseFile, person_id: str) -> str:
    person = next((one for one in file.persons if one.id == person_id), None)
    short = person and (person.call_name or person.given_names.partition(" ")[0])
    return short or person_name(file, person_id)
