"""The timeline as a list: everything the picture shows, in the same order. Plain values, no widgets."""

from datetime import date

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import CaseFile
from kimdesk.domain.terms import Lane
from kimdesk.texts import say
from kimdesk.texts.dates import span
from ui.case.signs import LANE_ICONS
from ui.kit.task_row import TaskGroup, TaskRow
from ui.regimes.lines import Stretch, lane_name, people, stretches

_LANES = (Lane.BENEFIT, Lane.HEALTH_INSURANCE, None, Lane.COURSE, Lane.SCHOOL, Lane.WORK)
_SIGNS = {"gap": ("gap", "bad"), "overlap": ("warning", "warn"), "awaited": ("requested", "warn")}


def rows(
    catalogue: Catalogue, file: CaseFile, today: date, person: str = ""
) -> list[tuple[TaskGroup | None, list[TaskRow]]]:
    """Return per person the bars, gaps and overlaps; ``person`` narrows it to one."""
    found: list[tuple[TaskGroup | None, list[TaskRow]]] = []
    for each in people(file):
        if person not in ("", each.id):
            continue
        entries = [
            _row(one, lane, number, each.id)
            for lane in _LANES
            for number, one in enumerate(stretches(catalogue, file, each.id, lane, today))
        ]
        found.append((TaskGroup("user", "text-2", full_name(each), len(entries)), entries))
    return found


def _row(one: Stretch, lane: Lane | None, number: int, person: str) -> TaskRow:
    icon, tone = _SIGNS.get(one.style, (LANE_ICONS[lane] if lane else "identification-card", "text-2"))
    state = say("common.expected") if one.style == "expected" else ""
    key = one.ref or (person, lane, number)
    title = f"{lane_name(lane)}: {one.text}"
    return TaskRow(icon, tone, title, "", span(one.first, one.last), state, "", key)
