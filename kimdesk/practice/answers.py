"""What the forms of the phases say in a case of the town, in the shape forms store answers."""

from datetime import date, timedelta
from typing import Any

from kimdesk.domain.records import Goal, Measure
from kimdesk.domain.terms import Phase
from kimdesk.practice.library import odds, texts, words
from kimdesk.practice.scene import Scene

Answers = dict[str, Any]
_DEADLINE = "deadline"
_APPEAL_DAYS = 31


def access(scene: Scene) -> Answers:
    """Return the answers of the first phase; an anonymous case names nobody."""
    dice, client, begun = scene.dice, scene.client, scene.started[Phase.ACCESS]
    route = dice.pick(scene.story.routes)
    meets = scene.started.get(Phase.INTAKE, begun + timedelta(days=7))
    found: Answers = {
        "contact": {
            "held_on": begun.isoformat(),
            "route": route,
            "urgency": "immediate" if scene.story.immediate else dice.pick(("soon", "normal")),
            "occasion": scene.say(scene.story.occasion),
            "anonymous": client is None,
        },
        "communication": _communication(scene),
        "reach": _reach(scene),
        "outcome": {"result": "intake", "appointment_on": meets.isoformat()},
    }
    if route in words().assigner and client:
        found["assigning"] = {"agency": scene.say(words().assigner[route])}
    return found


def _communication(scene: Scene) -> Answers:
    """Return how people understand each other, as long as nobody is named; else the client says it."""
    return {} if scene.client else {"languages": [{"language": "eng", "level": "B1", "interpreter": False}]}


def _reach(scene: Scene) -> Answers:
    return {} if scene.client else {"channels": ["own_initiative"]}


def intake(scene: Scene) -> Answers:
    """Return the answers of the first consultation."""
    dice, begun = scene.dice, scene.started[Phase.INTAKE]
    needs = list(scene.story.immediate)
    request: Answers = {"request": scene.say(scene.story.request), "immediate_needs": needs}
    if needs:
        request["immediate_steps"] = words().note["immediate_steps"]
    if _DEADLINE in needs:
        request["deadline_on"] = (begun + timedelta(days=dice.between(5, 25))).isoformat()
    client = scene.client
    return {
        "request": request,
        "information": {
            "recorded": "yes",
            "given_on": begun.isoformat(),
            "language": client.languages[0].language if client else "deu",
        },
        "consents": {"passing": "yes"},
        "check": {
            "criteria": [one for one in odds().criteria if one == "voluntary" or dice.chance(0.8)],
            "classification": "case_management" if dice.chance(0.85) else "referral_counselling",
        },
    }


def goal_agreement(scene: Scene) -> Answers:
    """Return the answers of the agreement on goals."""
    dice, agreed = scene.dice, min(scene.started[Phase.GOAL_AGREEMENT] + timedelta(days=8), scene.until)
    agreement: Answers = {
        "agreed_on": agreed.isoformat(),
        "version": 1,
        "review_on": (agreed + timedelta(days=90)).isoformat(),
        "interpreter": dice.pick(("professional", "remote")) if scene.interpreted else "not_needed",
    }
    if scene.interpreted:
        agreement["interpreter_name"] = scene.interpreter
    signatures = {
        "client_signed": True,
        "case_manager_signed": True,
        "signed_on": agreed.isoformat(),
        "copy_given": True,
    }
    return {"agreement": agreement, "signatures": signatures}


def support_plan(scene: Scene) -> Answers:
    """Return the answers of the plan."""
    dice, made = scene.dice, scene.started[Phase.SUPPORT_PLAN]
    agrees = dice.chance(0.9)
    agreement: Answers = {
        "planned_on": made.isoformat(),
        "review_on": (made + timedelta(days=dice.between(80, 120))).isoformat(),
        "copy_given": dice.chance(0.9),
        "client_agrees": agrees,
    }
    if not agrees:
        agreement["reservations"] = scene.pick(texts().reservations)
    return {"agreement": agreement}


def coordination(scene: Scene, goals: tuple[Goal, ...], measures: tuple[Measure, ...]) -> Answers:
    """Return the answers of steering: notices, conferences, reassessments, changed goals, covers."""
    dice, begun, talk = scene.dice, scene.started[Phase.COORDINATION], texts().coordination
    found: Answers = {
        "notices": [_notice(scene, measure) for measure in measures if measure.agency_file_number][:3]
    }
    day = dice.day(begun, scene.until)
    if dice.chance(0.35):
        found["conferences"] = [_conference(scene, day)]
    if dice.chance(0.4):
        found["reassessments"] = [
            {
                "held_on": day.isoformat(),
                "occasion": words().note["reassessed"],
                "domains": ["language", "livelihood"],
                "result": scene.pick(talk["reassessment"]),
            }
        ]
    if goals and dice.chance(0.3):
        found["goal_changes"] = [
            {
                "changed_on": day.isoformat(),
                "goal": dice.pick(goals).id,
                "agreed": True,
                "change": scene.pick(talk["goal_change"]),
                "reason": scene.pick(talk["goal_reason"]),
            }
        ]
    if dice.chance(0.25):
        found["covers"] = [_cover(scene, day)]
    return found


def _notice(scene: Scene, measure: Measure) -> Answers:
    delivered = scene.dice.day(measure.starts_on or scene.until, scene.until)
    return {
        "agency": measure.agency,
        "kind": scene.dice.pick(odds().notice_kind),
        "subject": measure.title,
        "dated_on": (delivered - timedelta(days=4)).isoformat(),
        "delivery": "post",
        "delivered_on": delivered.isoformat(),
        "appeal_until": (delivered + timedelta(days=_APPEAL_DAYS)).isoformat(),
        "appeal": "none",
        "measure": measure.id,
    }


def _conference(scene: Scene, day: date) -> Answers:
    talk = texts().coordination
    return {
        "held_on": day.isoformat(),
        "identity": scene.dice.pick(("open", "pseudonymous")),
        "participants": [scene.say(one) for one in words().participants],
        "subject": scene.pick(talk["subject"]),
        "decisions": scene.dice.shuffled(talk["decisions"])[:2],
    }


def _cover(scene: Scene, day: date) -> Answers:
    talk = texts().coordination
    return {
        "by": scene.pick(talk["cover_by"]),
        "starts_on": day.isoformat(),
        "ends_on": (day + timedelta(days=18)).isoformat(),
        "tasks": scene.pick(talk["cover"]),
    }
