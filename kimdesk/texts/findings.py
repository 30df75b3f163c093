"""A structural finding as it is begun from a record that shows it, in words that name nobody."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from kimdesk.casework.findings import WITHOUT_LANGUAGE
from kimdesk.casework.giveaway import found
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.records import (
    CaseFile,
    Contact,
    Finding,
    FollowUp,
    Goal,
    Measure,
    Record,
    Referral,
    RegimeChange,
    RegimeSpell,
)
from kimdesk.domain.terms import Lane, MeasureState
from kimdesk.texts.speech import say

if TYPE_CHECKING:
    from kimdesk.sync.finding_answers import KreisAnswer

_REFUSED = {"no_capacity": "capacity", "not_responsible": "interface_break", "language": "access_barrier"}


def prefilled(
    catalogue: Catalogue, file: CaseFile, about: Record | None = None, today: date | None = None
) -> Finding:
    """Return a new finding with what the case and the record ``about`` say, but nobody's name."""
    new = Finding(
        case_id=file.case.id,
        ags=file.case.ags,
        noted_on=today or calendar_day(),
        phase=str(file.case.phase),
        about=about.id if about else "",
    )
    fill = _FILLS.get(type(about)) if about else None
    known = fill(catalogue, file, about) if fill else {}
    harmless: dict[str, Any] = {name: _harmless(value, file) for name, value in known.items() if value}
    return replace(new, **harmless)


def answered(catalogue: Catalogue, answer: "KreisAnswer") -> str:
    """Return what the Kreis answered: „Kreis, 24.11.2026: Arbeitsgruppe. Die AG Sprache klärt das.“.

    What was decided and when the group meets follow.
    """
    state = catalogue.label("finding_state", answer.state)
    key = "findings_begun.answered_with" if answer.text else "findings_begun.answered"
    more = (
        say("findings_begun.decided", text=answer.decision) if answer.decision else "",
        _meeting(answer),
    )
    said = (say(key, day=answer.on, state=state, text=answer.text), *more)
    return " ".join(part for part in said if part)


def _meeting(answer: "KreisAnswer") -> str:
    group = answer.group or say("findings_begun.the_group")
    if answer.meets is not None:
        return say("findings_begun.group_meets", group=group, day=answer.meets)
    return say("findings_begun.with_group", group=group) if answer.group else ""


def _harmless(value: str, file: CaseFile) -> str:
    return "" if found(value, file) else value


def _of_measure(catalogue: Catalogue, file: CaseFile, measure: Measure) -> dict[str, str]:
    goal = next((each for each in file.goals if each.id == measure.goal_id), None)
    refused = measure.state is MeasureState.REJECTED
    kind = "service_gap" if measure.gap else "access_barrier" if refused else ""
    return {
        "kind": kind,
        "agencies": measure.agency,
        "life_domain": goal.life_domain if goal else "",
        "title": f"{measure.title}: {catalogue.label('measure_state', measure.state)}" if refused else "",
    }


def _of_referral(catalogue: Catalogue, _: CaseFile, referral: Referral) -> dict[str, str]:
    name = catalogue.service_name(referral.service)
    reason = catalogue.label("reject_reason", referral.reject_reason) if referral.reject_reason else ""
    return {
        "kind": _REFUSED.get(referral.reject_reason, "access_barrier" if reason else ""),
        "agencies": referral.agency or name,
        "title": f"{name}: {reason}" if reason else "",
    }


def _of_contact(catalogue: Catalogue, _: CaseFile, contact: Contact) -> dict[str, str]:
    return _of_language(catalogue, contact.language) if contact.interpreter in WITHOUT_LANGUAGE else {}


def _of_follow_up(catalogue: Catalogue, _: CaseFile, follow_up: FollowUp) -> dict[str, str]:
    return _of_language(catalogue, follow_up.language) if follow_up.interpreter in WITHOUT_LANGUAGE else {}


def _of_language(catalogue: Catalogue, language: str) -> dict[str, str]:
    title = say("findings_begun.no_interpreter")
    if language:
        title = say("findings_begun.no_interpreter_for", language=catalogue.label("language", language))
    return {
        "kind": "service_gap",
        "life_domain": "language",
        "title": title,
        "effects": say("findings_begun.nobody_interpreted"),
    }


def _of_goal(_: Catalogue, __: CaseFile, goal: Goal) -> dict[str, str]:
    return {"life_domain": goal.life_domain}


def _of_change(catalogue: Catalogue, _: CaseFile, change: RegimeChange) -> dict[str, str]:
    regimes = (catalogue.label("legal_regime", each) for each in (change.from_regime, change.to_regime))
    return {"kind": "interface_break", "transition": " → ".join(regimes)}


def _of_spell(catalogue: Catalogue, _: CaseFile, spell: RegimeSpell) -> dict[str, str]:
    if spell.lane is not Lane.BENEFIT:
        return {}
    return {"transition": catalogue.label("legal_regime", spell.regime), "agencies": spell.agency}


_FILLS: dict[type[Record], Callable[[Catalogue, CaseFile, Any], dict[str, str]]] = {
    Measure: _of_measure,
    Referral: _of_referral,
    Contact: _of_contact,
    FollowUp: _of_follow_up,
    Goal: _of_goal,
    RegimeChange: _of_change,
    RegimeSpell: _of_spell,
}
