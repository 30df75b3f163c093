"""What is counted on the desk over all its cases, and leaves only as numbers nobody can be found in.

Every code of a figure is named in it; which numbers are given is the rule of ``domain.small_cells``. Figures
are drawn once a month (DOMAIN.md §9).
"""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Column, Connection, func, select

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.arrival import stay_band
from kimdesk.domain.custody import PassageWay, Side, Stage
from kimdesk.domain.records import Case, Finding, Goal, Member, Person, PhaseEntry, Referral
from kimdesk.domain.small_cells import suppress
from kimdesk.domain.terms import CaseStatus, Phase, Role
from kimdesk.store.stored import Stored
from kimdesk.store.tables import RECORD_TABLES, passage
from kimdesk.sync.leaving import code_values
from kimdesk.sync.sealing.figures import Release
from kimdesk.sync.tables import sync_sent

OTHER: Final = "other"

_CASE, _MEMBER, _REFERRAL, _GOAL, _FINDING, _PERSON, _PHASE = (
    RECORD_TABLES[each].c for each in (Case, Member, Referral, Goal, Finding, Person, PhaseEntry)
)
_ACTIVE: Final = _CASE.status == CaseStatus.ACTIVE
_FIGURES: Final = {
    "case_status": (_CASE.status, "case_status", None),
    "member_role": (_MEMBER.role, "role", None),
    "phase": (_CASE.phase, "phase", _ACTIVE),
    "closing_reason": (_CASE.closing_reason, "closing_reason", _CASE.status == CaseStatus.CLOSED),
    "referral_service": (_REFERRAL.service, "service", None),
    "referral_state": (_REFERRAL.state, "referral_state", None),
    "goal_state": (_GOAL.state, "goal_state", None),
    "finding_kind": (_FINDING.kind, "finding_kind", None),
    "finding_life_domain": (_FINDING.life_domain, "life_domain", None),
}
_DERIVED: Final = {"client_stay": "stay_band", "no_other_access": "other_case_management"}
"""Figures that follow from the clients and the first talks of active cases, by their codes."""
_NO_ACCESS: Final = "no_access_elsewhere"
_TOTAL_UNKNOWN: Final = frozenset({"case_status"})
"""How many cases there are is told by no other figure; those of phases and reasons add up to these."""


_COVERED: Final = select(passage.c.case_id).where(
    passage.c.way == PassageWay.COVER,
    passage.c.side == Side.TOOK,
    passage.c.stage.in_([Stage.LENT, Stage.RETURNED]),
)
"""The cases of which this desk holds a copy while it covers: their owner counts them."""


def release(connection: Connection, catalogue: Catalogue, day: date, before: Release | None) -> Release:
    """Return the figures to send: those of this month's first bundle, or new ones."""
    if before and before.as_of[:7] == day.isoformat()[:7]:
        return before
    earlier = before.figures if before else {}
    drawn = {name: _draw(connection, catalogue, name) for name in _FIGURES}
    drawn |= _derived(connection, catalogue, day)
    shown = {
        name: suppress(cells, earlier.get(name, {}), known_total=name not in _TOTAL_UNKNOWN)
        for name, cells in drawn.items()
    }
    return Release(day.isoformat(), shown)


def held_active(connection: Connection) -> int:
    """Return how many active cases the Kreis holds of this desk once all bundles have arrived."""
    counted = select(func.count()).where(sync_sent.c.active == 1, sync_sent.c.gone.is_(None))
    return connection.execute(counted).scalar() or 0


def codes_of(figure: str) -> str:
    """Return by which codes a figure counts, "" for a figure nobody knows here."""
    return _FIGURES[figure][1] if figure in _FIGURES else _DERIVED.get(figure, "")


def _draw(connection: Connection, catalogue: Catalogue, name: str) -> dict[str, int]:
    column, codes, which = _FIGURES[name]
    known = code_values.codes(catalogue, codes)
    cells = dict.fromkeys(known if _is_closed(column) else (*known, OTHER), 0)
    for code, number in connection.execute(_count(column, which)):
        cells[str(code) if str(code) in cells else OTHER] += number
    return cells


def _derived(connection: Connection, catalogue: Catalogue, day: date) -> dict[str, dict[str, int]]:
    """Return how long clients of active cases are here, and how many first talks found no other access."""
    spans, own = catalogue.rules.agenda.spans, _ACTIVE & _CASE.id.not_in(_COVERED)
    case, member, person, phase = (RECORD_TABLES[each] for each in (Case, Member, Person, PhaseEntry))
    came = select(_PERSON.arrived_on).join_from(person, member).join(case, _CASE.id == _MEMBER.case_id)
    came = came.where(own, _MEMBER.role == Role.CLIENT)
    talks = select(_PHASE.case_id, _PHASE.answers).join_from(phase, case)
    talks = talks.where(own, _PHASE.phase == Phase.INTAKE)
    active = connection.execute(select(func.count()).select_from(case).where(own)).scalar() or 0
    marked = {row[0] for row in connection.execute(talks) if _NO_ACCESS in _criteria(row[1])}
    found = {
        "client_stay": Counter(str(stay_band(row[0], spans, day)) for row in connection.execute(came)),
        "no_other_access": Counter(none=len(marked), unsaid=active - len(marked)),
    }
    return {
        name: {code: cells[code] for code in code_values.codes(catalogue, _DERIVED[name])}
        for name, cells in found.items()
    }


def _criteria(answers: Mapping[str, Any]) -> Collection[str]:
    found = (answers.get("check") or {}).get("criteria") or ()
    return found if isinstance(found, list | tuple) else ()


def _is_closed(column: Column[object]) -> bool:
    """Return whether the column holds nothing but codes the program itself depends on."""
    decoded = column.type.codec.decode if isinstance(column.type, Stored) else None
    return isinstance(decoded, type) and issubclass(decoded, StrEnum)


def _count(column: Column[object], which: object):  # type: ignore[no-untyped-def]
    """Return the statement that counts a column, over the cases that are this desk's to tell of."""
    case_id = column.table.c.get("case_id", column.table.c.id)
    counted = select(column, func.count()).where(case_id.not_in(_COVERED)).group_by(column)
    return counted if which is None else counted.where(which)  # type: ignore[arg-type]
