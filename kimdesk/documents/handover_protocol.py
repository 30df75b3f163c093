"""The hand-over protocol at the end of a case: what was reached, what runs, what is due, who is told what.

It names the client only when a consent in force names the recipient; otherwise a code stands instead.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kimdesk.casework import cases
from kimdesk.casework.conferences import case_code, consents_for
from kimdesk.casework.desk import Desk
from kimdesk.casework.giveaway import redacted
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.documents.paper import PaperBlock, instead, lay_out
from kimdesk.documents.papers import MadePaper, PaperWish
from kimdesk.domain.agenda.due import Due
from kimdesk.domain.agenda.dues import open_dates
from kimdesk.domain.agenda.perspective_dates import PERSPECTIVE
from kimdesk.domain.naming import full_name
from kimdesk.domain.phases import latest
from kimdesk.domain.records import CaseFile, Goal
from kimdesk.domain.terms import GoalState, MeasureState, Phase
from kimdesk.texts import agenda, dates, say
from kimdesk.texts.bidi import apart

_UNDER_WAY = frozenset(
    {MeasureState.PLANNED, MeasureState.APPLIED, MeasureState.GRANTED, MeasureState.RUNNING}
)


@dataclass(frozen=True, slots=True)
class HandoverProtocol:
    """What the evaluation says about the hand-over, and whether the protocol may name the client."""

    recipient: str
    person: str
    day: date | None
    joint_talk: bool
    open_points: tuple[str, ...]
    documents: tuple[str, ...]
    is_open: bool
    consent_on: date | None


def make(desk: Desk, case_id: str, wish: PaperWish) -> MadePaper:
    """Return the protocol of a case. Raises StoreError E909 when there is no such case."""
    file = cases.peek(desk, case_id)
    return MadePaper(
        title=say("handover_protocol.title"),
        data=pdf(desk, file, wish.today),
        case_id=file.case.id,
        names_client=handover(desk.catalogue, file, wish.today).is_open,
    )


def handover(catalogue: Catalogue, file: CaseFile, today: date) -> HandoverProtocol:
    """Return what is handed over to whom; open only with a consent in force that names the recipient."""
    entry = latest(file.phases, Phase.EVALUATION)
    said: Mapping[str, Any] = (entry.answers.get("handover") if entry else None) or {}
    recipient = str(said.get("recipient") or "")
    consents = consents_for(catalogue, file, recipient, today)
    return HandoverProtocol(
        recipient=recipient,
        person=str(said.get("person") or ""),
        day=_date(said.get("handed_over_on")),
        joint_talk=bool(said.get("joint_talk")),
        open_points=tuple(said.get("open_points") or ()),
        documents=tuple(said.get("documents") or ()),
        is_open=bool(consents),
        consent_on=max((each.given_on for each in consents if each.given_on), default=None),
    )


def due_for(desk: Desk, file: CaseFile, today: date) -> tuple[Due, ...]:
    """Return the dates that whoever takes the case over must know, the earliest first.

    What was screened (the tab „Perspektive“) stays: nothing of it leaves the desk.
    """
    found = (each for each in open_dates(file, desk.rules, today) if each.kind != PERSPECTIVE)
    return tuple(sorted(found, key=lambda each: each.due_on))


def pdf(desk: Desk, file: CaseFile, today: date) -> bytes:
    """Return the protocol."""
    found = handover(desk.catalogue, file, today)
    is_open = found.is_open

    def said(text: str) -> str:
        return text if is_open else redacted(text, file, instead())

    found = replace(found, recipient=said(found.recipient), person=said(found.person))
    blocks = [
        *_head(desk, file, found),
        *_lists(desk.catalogue, file, found, due_for(desk, file, today), said),
        PaperBlock("heading", say("handover_protocol.told")),
        PaperBlock("text", _told(found)),
        PaperBlock("sign", say("handover_protocol.sign_from")),
        PaperBlock("sign", say("handover_protocol.sign_to")),
        PaperBlock("note", say("paper.made", day=today, name=desk.actor)),
    ]
    return lay_out(
        say("handover_protocol.title"),
        blocks,
        practice=desk.practice,
    )


def _head(desk: Desk, file: CaseFile, found: HandoverProtocol) -> list[PaperBlock]:
    who = [_fact("code", case_code(desk, file.case.id))]
    client = file.client
    if found.is_open and client:
        who = [_fact("client", full_name(client))]
        who += [_fact("born", dates.partial(client.birth_date))] if client.birth_date else []
        who += [_fact("case", file.case.file_number)]
    recipient = found.recipient or say("handover_protocol.nobody")
    identity = say("handover_protocol.pseudonymous", recipient=recipient)
    if found.is_open:
        identity = say("handover_protocol.open", day=dates.full(found.consent_on))
    return [
        _fact("desk", desk.name),
        _fact("recipient", recipient),
        *([_fact("person", found.person)] if found.person else []),
        _fact("day", dates.full(found.day)),
        *who,
        _fact("identity", identity),
        _fact("talk", say("handover_protocol.talk_yes" if found.joint_talk else "handover_protocol.talk_no")),
    ]


def _lists(
    catalogue: Catalogue,
    file: CaseFile,
    found: HandoverProtocol,
    due: Sequence[Due],
    said: Callable[[str], str],
) -> list[PaperBlock]:
    reached = [each for each in file.goals if _is_reached(each)]
    goals = [each for each in file.goals if each not in reached and each.state is not GoalState.DROPPED]
    running = [each for each in file.measures if each.state in _UNDER_WAY]
    states = catalogue.code_list("measure_state")
    parts = {
        "reached": [_goal(each) for each in reached],
        "goals": [_goal(each) for each in goals],
        "measures": [
            _joined(
                each.title,
                each.agency,
                states.label(each.state),
                _until(each.due_on),
            )
            for each in running
        ],
        "deadlines": [_due(catalogue, each) for each in due],
        "open_points": list(found.open_points),
        "documents": list(found.documents),
    }
    blocks, nothing = list[PaperBlock](), PaperBlock("text", say("handover_protocol.none"))
    for name, items in parts.items():
        blocks.append(PaperBlock("heading", say(f"handover_protocol.part_{name}")))
        blocks += [PaperBlock("item", said(each)) for each in items] or [nothing]
    return blocks


def _due(catalogue: Catalogue, due: Due) -> str:
    return _joined(dates.full(due.due_on), agenda.words(catalogue, due).title)


def _told(found: HandoverProtocol) -> str:
    recipient = found.recipient or say("handover_protocol.nobody")
    if not found.is_open:
        return say("handover_protocol.told_pseudonymous", recipient=recipient)
    return say("handover_protocol.told_open", recipient=recipient, day=dates.full(found.consent_on))


def _level(goal: Goal) -> int | None:
    return goal.level_case_manager if goal.level_case_manager is not None else goal.level


def _is_reached(goal: Goal) -> bool:
    level = _level(goal)
    return goal.state is GoalState.REACHED or (level is not None and level >= 0)


def _goal(goal: Goal) -> str:
    level = _level(goal)
    words = f"{level:+d}".replace("-", "−").replace("+0", "0") if level is not None else ""
    return _joined(goal.text, say("handover_protocol.level", level=words) if words else "")


def _until(day: date | None) -> str:
    return say("handover_protocol.until", day=day) if day else ""


def _joined(*parts: str) -> str:
    return apart(" · ").join(part for part in parts if part)


def _date(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _fact(name: str, text: str) -> PaperBlock:
    return PaperBlock("fact", text, say(f"handover_protocol.fact_{name}"))
